/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the importance of children is made of, out of their columns. The main effect of a child is
 * what least squares on a natural cubic spline of it explains of y (Hastie, Tibshirani and
 * Friedman, The Elements of Statistical Learning (2009), 5.2.1): with an orthonormal basis B of the
 * spline that is |B' x w|^2, a function of the weights alone. Of degree 1 the same gives the
 * correlation.
 */
#include <math.h>
#include <string.h>

#include "ops/column.h"
#include "ops/importance.h"

typedef struct {
    const double *x; /* k columns of n, centred */
    size_t n, k, rank;
    double *basis; /* rank columns of n */
    double *effect;
} effects_run;

static double effects_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static double effects_cubed(double x)
{
    return x > 0 ? x * x * x : 0;
}

/* The natural cubic spline's columns: x itself, and d_t - d_last for the knots before the last two.
 */
static void effects_spline(const double *x, size_t n, const double *knot, size_t knots,
                           double *basis)
{
    const double last = knot[knots - 1], before = knot[knots - 2];
    for (size_t i = 0; i < n; i++) {
        const double end = effects_cubed(x[i] - last);
        const double d_before = (effects_cubed(x[i] - before) - end) / (last - before);
        basis[i] = x[i];
        for (size_t t = 0; t + 2 < knots; t++) {
            basis[(t + 1) * n + i] =
                (effects_cubed(x[i] - knot[t]) - end) / (last - knot[t]) - d_before;
        }
    }
}

/* Centres the columns and makes them orthonormal, in order; what depends on earlier ones becomes 0.
 */
static void effects_orthonormal(double *basis, size_t n, size_t columns)
{
    for (size_t c = 0; c < columns; c++) {
        double *v = basis + c * n;
        const double mean = mera_column_mean(v, n);
        for (size_t i = 0; i < n; i++) {
            v[i] -= mean;
        }
        const double before = sqrt(effects_dot(v, v, n));
        for (int twice = 0; twice < 2; twice++) {
            for (size_t b = 0; b < c; b++) {
                const double along = effects_dot(basis + b * n, v, n);
                for (size_t i = 0; i < n; i++) {
                    v[i] -= along * basis[b * n + i];
                }
            }
        }
        const double length = sqrt(effects_dot(v, v, n));
        for (size_t i = 0; i < n; i++) {
            v[i] = length > 1e-9 * before ? v[i] / length : 0;
        }
    }
}

/* Knots at evenly spaced quantiles; equal ones once. */
static mera_code effects_knots(const double *x, size_t n, size_t wanted, mera_arena *arena,
                               double *knot, size_t *knots)
{
    double *sorted;
    size_t m;
    MERA_TRY(mera_column_sorted(x, n, arena, &sorted, &m));
    *knots = 0;
    for (size_t t = 0; t < wanted; t++) {
        const double at = mera_quantile_sorted(sorted, m, (double)t / (double)(wanted - 1), 7);
        if (*knots == 0 || at > knot[*knots - 1]) {
            knot[(*knots)++] = at;
        }
    }
    return MERA_OK;
}

static mera_code effects_of_child(effects_run *run, size_t j, size_t wanted, mera_arena *arena)
{
    const size_t n = run->n;
    const double *x = run->x + j * n;
    double *knot;
    size_t knots = 2;
    memset(run->basis, 0, run->rank * n * sizeof *run->basis);
    memcpy(run->basis, x, n * sizeof *x);
    if (run->rank > 1) {
        MERA_TRY_NEW(knot, arena, wanted);
        MERA_TRY(effects_knots(x, n, wanted, arena, knot, &knots));
        if (knots > 2) {
            effects_spline(x, n, knot, knots, run->basis);
        }
    }
    effects_orthonormal(run->basis, n, run->rank > 1 && knots > 2 ? knots - 1 : 1);
    for (size_t q = 0; q < run->rank; q++) {
        for (size_t l = 0; l < run->k; l++) {
            run->effect[(j * run->rank + q) * run->k + l] =
                effects_dot(run->basis + q * n, run->x + l * n, n) / sqrt((double)(n - 1));
        }
    }
    return MERA_OK;
}

static mera_code effects_covariance(const effects_run *run, mera_arena *arena, double **out)
{
    MERA_TRY_NEW(*out, arena, run->k * run->k);
    for (size_t a = 0; a < run->k; a++) {
        for (size_t b = 0; b < run->k; b++) {
            (*out)[a * run->k + b] = effects_dot(run->x + a * run->n, run->x + b * run->n, run->n) /
                                     (double)(run->n - 1);
        }
    }
    return MERA_OK;
}

mera_code mera_importance_of(const double *x, size_t n, size_t k, mera_importance_kind kind,
                             size_t knots, mera_arena *arena, mera_importance *out)
{
    effects_run run = {.n = n, .k = k};
    double *centred, *covariance;
    run.rank = kind == MERA_IMPORTANCE_SPLINE && knots > 2 ? knots - 1 : 1;
    MERA_TRY_NEW(centred, arena, n * k);
    MERA_TRY_NEW(run.basis, arena, run.rank * n);
    MERA_TRY_NEW(run.effect, arena, k * run.rank * k);
    for (size_t j = 0; j < k; j++) {
        const double mean = mera_column_mean(x + j * n, n);
        for (size_t i = 0; i < n; i++) {
            centred[j * n + i] = x[j * n + i] - mean;
        }
    }
    run.x = centred;
    for (size_t j = 0; j < k; j++) {
        const mera_arena_mark mark = mera_arena_mark_now(arena);
        MERA_TRY(effects_of_child(&run, j, knots, arena));
        mera_arena_rewind(arena, mark);
    }
    MERA_TRY(effects_covariance(&run, arena, &covariance));
    *out = (mera_importance){
        .k = k, .kind = kind, .covariance = covariance, .rank = run.rank, .effect = run.effect};
    return MERA_OK;
}
