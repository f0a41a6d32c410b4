/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Shapley values of R2 (LMG): what a column adds to the R2 of those before it, averaged over all
 * orders in which columns may come.
 *
 * A column is added to a set by one row of a Cholesky factor of correlations: L u = r_y, R2 =
 * |u|^2. What the others say already adds nothing. A random order is looked at together with its
 * reverse, which takes most of the chance out; the standard error is that of the mean of such
 * pairs.
 *
 * source  Lindeman, Merenda, Gold, Introduction to Bivariate and Multivariate Analysis (1980);
 *         Groemping, Journal of Statistical Software 17 (2006) 1
 */
#include "ops/shapley.h"

#include "base/hash.h"
#include "base/math.h"

#define SHAPLEY_DEPENDENT 1e-12

/** Columns chosen so far, in their order. */
typedef struct shapley_chain {
    const mera_regressors *x;
    double *row; /**< [place * k + c]: rows of the factor */
    double *u;
    size_t *chosen;
} shapley_chain;

static mera_code shapley_open(const mera_regressors *x, mera_arena *arena, shapley_chain *out)
{
    out->x = x;
    MERA_TRY_NEW(out->row, arena, x->k * x->k);
    MERA_TRY_NEW(out->u, arena, x->k);
    MERA_TRY_NEW(out->chosen, arena, x->k);
    return MERA_OK;
}

static double shapley_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/** Puts column j at place `size`; returns what it adds to R2. */
static double shapley_add(shapley_chain *s, size_t size, size_t j)
{
    const size_t k = s->x->k;
    double *row = s->row + size * k;
    for (size_t c = 0; c < size; c++) {
        const double *other = s->row + c * k;
        const double rest = s->x->r[j * k + s->chosen[c]] - shapley_dot(row, other, c);
        row[c] = other[c] > 0 ? rest / other[c] : 0;
    }
    const double left = s->x->r[j * k + j] - shapley_dot(row, row, size);
    row[size] = left > SHAPLEY_DEPENDENT ? sqrt(left) : 0;
    s->u[size] = row[size] > 0 ? (s->x->ry[j] - shapley_dot(row, s->u, size)) / row[size] : 0;
    s->chosen[size] = j;
    return s->u[size] * s->u[size];
}

/* ---- all sets ---- */

/** R2 of all sets that go on from the one in place. */
static void shapley_visit(shapley_chain *s, size_t set, size_t size, size_t from, double *r2)
{
    for (size_t j = from; j < s->x->k; j++) {
        const size_t with = set | (size_t)1 << j;
        r2[with] = r2[set] + shapley_add(s, size, j);
        shapley_visit(s, with, size + 1, j + 1, r2);
    }
}

mera_code mera_shapley_exact(const mera_regressors *x, mera_arena *arena, double *share, double *r2)
{
    const size_t k = x->k, sets = (size_t)1 << k;
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    double *of_set, weight[SHAPLEY_EXACT_MOST];
    shapley_chain chain;
    if (k > SHAPLEY_EXACT_MOST) {
        return MERA_EUSAGE;
    }
    MERA_TRY_NEW(of_set, arena, sets);
    MERA_TRY(shapley_open(x, arena, &chain));
    shapley_visit(&chain, 0, 0, 0, of_set);
    for (size_t size = 0; size < k; size++) { /* size! (k - 1 - size)! / k! */
        weight[size] =
            size == 0 ? 1 / (double)k : weight[size - 1] * (double)size / (double)(k - size);
    }
    for (size_t j = 0; j < k; j++) {
        share[j] = 0;
        for (size_t set = 0; set < sets; set++) {
            if ((set >> j & 1) == 0) {
                const size_t size = (size_t)__builtin_popcountll(set);
                share[j] += weight[size] * (of_set[set | (size_t)1 << j] - of_set[set]);
            }
        }
    }
    *r2 = of_set[sets - 1];
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* ---- random orders ---- */

/** A whole number below `n` for a place in an order. */
static size_t shapley_draw(uint64_t seed, size_t order, size_t place, size_t n)
{
    const uint64_t key[2] = {order, place};
    const uint64_t bits = mera_hash64(key, sizeof key, seed);
    return (size_t)(((bits >> 32) * (uint64_t)n) >> 32);
}

static void shapley_shuffle(size_t *order, size_t k, uint64_t seed, size_t number)
{
    for (size_t i = 0; i < k; i++) {
        order[i] = i;
    }
    for (size_t i = k; i-- > 1;) {
        const size_t j = shapley_draw(seed, number, i, i + 1), at = order[i];
        order[i] = order[j];
        order[j] = at;
    }
}

/** Adds to gain[j] half of what each column adds in the order, from either end. */
static double shapley_order(shapley_chain *s, const size_t *order, bool reverse, double *gain)
{
    const size_t k = s->x->k;
    double sum = 0;
    for (size_t i = 0; i < k; i++) {
        const size_t j = order[reverse ? k - 1 - i : i];
        const double add = shapley_add(s, i, j);
        gain[j] += add / 2;
        sum += add;
    }
    return sum;
}

mera_code mera_shapley_sampled(const mera_regressors *x, size_t orders, uint64_t seed,
                               mera_arena *arena, double *share, double *error, double *r2)
{
    const size_t k = x->k;
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    const double n = (double)orders;
    double *gain, *squares;
    size_t *order;
    shapley_chain chain;
    MERA_TRY(shapley_open(x, arena, &chain));
    MERA_TRY_NEW(gain, arena, k);
    MERA_TRY_NEW(squares, arena, k);
    MERA_TRY_NEW(order, arena, k);
    for (size_t j = 0; j < k; j++) {
        share[j] = 0;
    }
    for (size_t number = 0; number < orders; number++) {
        for (size_t j = 0; j < k; j++) {
            gain[j] = 0;
        }
        shapley_shuffle(order, k, seed, number);
        (void)shapley_order(&chain, order, false, gain);
        *r2 = shapley_order(&chain, order, true, gain);
        for (size_t j = 0; j < k; j++) { /* mean and squares about it as they grow */
            const double off = gain[j] - share[j];
            share[j] += off / (double)(number + 1);
            squares[j] += off * (gain[j] - share[j]);
        }
    }
    for (size_t j = 0; j < k; j++) {
        error[j] = orders > 1 ? sqrt(squares[j] / (n - 1) / n) : NAN;
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
