/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Methods whose cost grows fast, each beside the plain way to do the same, in one run: Copeland
 * beside two loops over the definition, benefit of the doubt beside one whole linear program a
 * unit, weights to an importance beside the search of Nelder and Mead (COINr's), correlations with
 * p-values beside plain sums. Printed are milliseconds of processor time, the ratio, and how far
 * the two answers are apart.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mera/op.h"
#include "mera/statistics.h"
#include "numeric/lp.h"

typedef struct {
    mera_arena *arena;
    mera_registry *registry;
    size_t n, k;
    double *x; /* k columns of n */
    const double **columns;
    double *w;
} bench;

static double bench_noise(uint64_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

static double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void *bench_room(const bench *b, size_t n)
{
    void *room = mera_arena_zero(b->arena, n, sizeof(double));
    if (room == NULL) {
        exit(1);
    }
    return room;
}

/* k scores of n units between 1 and 100 that share a common part. */
static void bench_data(bench *b, size_t n, size_t k, double common)
{
    b->n = n;
    b->k = k;
    b->x = bench_room(b, n * k);
    b->columns = bench_room(b, k);
    b->w = bench_room(b, k);
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < n; i++) {
            const double own = bench_noise(j * n + i), shared = bench_noise(10000000 + i);
            b->x[j * n + i] = 50.5 + 49.5 * ((1 - common) * own + common * shared);
        }
        b->columns[j] = b->x + j * n;
        b->w[j] = 1 + (double)(j % 3);
    }
}

/* An operation with its defaults, into y; milliseconds. */
static double bench_op(const bench *b, const char *name, double *y)
{
    const mera_op *op = mera_registry_find(b->registry, MERA_STEP_DERIVE, name);
    mera_diags *diags = mera_diags_new(b->arena);
    mera_op_ctx ctx = {.diags = diags, .arena = b->arena, .subject = "node 'bench'"};
    mera_children in = {.n = b->n, .k = b->k, .x = b->columns, .w = b->w};
    void *params = NULL;
    for (size_t j = 0; j < b->k; j++) {
        in.total += b->w[j];
    }
    if (op == NULL || diags == NULL ||
        mera_op_bind(op, NULL, NULL, MERA_NOWHERE, b->arena, diags, &params) != MERA_OK) {
        exit(1);
    }
    const double start = bench_now();
    const mera_code rc = op->weigh != NULL ? op->weigh(op, params, &ctx, &in, y)
                                           : op->aggregate(op, params, &ctx, &in, y);
    const double took = bench_now() - start;
    if (rc != MERA_OK) {
        exit(1);
    }
    return took;
}

static double bench_apart(const double *y, const double *z, size_t n)
{
    double apart = 0;
    for (size_t i = 0; i < n; i++) {
        apart = fmax(apart, fabs(y[i] - z[i]));
    }
    return apart;
}

static void bench_say(const char *what, const bench *b, double ours, const char *beside,
                      double theirs, double apart)
{
    printf("%-28s %6zu x %-4zu %10.2f ms   %-34s %12.2f ms   %8.1f times   apart %.2g\n", what,
           b->n, b->k, ours, beside, theirs, theirs / ours, apart);
    fflush(stdout);
}

/* ---- Copeland ---- */

static double copeland_plain(const bench *b, double *y)
{
    const double start = bench_now();
    for (size_t a = 0; a < b->n; a++) {
        y[a] = 0;
        for (size_t c = 0; c < b->n; c++) {
            double lead = 0;
            for (size_t j = 0; j < b->k; j++) {
                const double p = b->columns[j][a], q = b->columns[j][c];
                lead += p > q ? b->w[j] : p < q ? -b->w[j] : 0;
            }
            y[a] += lead > 1e-12 ? 1 : lead < -1e-12 ? -1 : 0;
        }
    }
    return bench_now() - start;
}

static void bench_copeland(bench *b, size_t n, size_t k)
{
    bench_data(b, n, k, 0.3);
    double *y = bench_room(b, n), *z = bench_room(b, n);
    const double ours = bench_op(b, "aggregate.copeland", y), theirs = copeland_plain(b, z);
    bench_say("aggregate.copeland", b, ours, "loops over all pairs", theirs, bench_apart(y, z, n));
}

/* ---- benefit of the doubt ---- */

/* The whole program of every `step`-th unit, from the start; time for all of them. */
static double bod_plain(const bench *b, size_t step, double *y)
{
    double *row = bench_room(b, b->k), *w = bench_room(b, b->k);
    const double start = bench_now();
    size_t solved = 0;
    for (size_t i = 0; i < b->n; i += step, solved++) {
        mera_lp *lp = mera_lp_open(b->k);
        for (size_t u = 0; lp != NULL && u < b->n; u++) {
            for (size_t j = 0; j < b->k; j++) {
                row[j] = b->columns[j][u] / 100;
            }
            if (!mera_lp_add_row(lp, row, -INFINITY, 1)) {
                exit(1);
            }
        }
        for (size_t j = 0; j < b->k; j++) {
            row[j] = b->columns[j][i] / 100;
        }
        if (lp == NULL || !mera_lp_objective(lp, row) || mera_lp_solve(lp, w) != MERA_LP_OPTIMAL) {
            exit(1);
        }
        y[i] = 0;
        for (size_t j = 0; j < b->k; j++) {
            y[i] += w[j] * row[j];
        }
        mera_lp_close(lp);
    }
    return (bench_now() - start) * (double)b->n / (double)solved;
}

static void bench_bod(bench *b, size_t n, size_t k)
{
    enum { STEP = 50 };
    double apart = 0;
    bench_data(b, n, k, 0.3);
    double *y = bench_room(b, n), *z = bench_room(b, n);
    const double ours = bench_op(b, "aggregate.bod", y), theirs = bod_plain(b, STEP, z);
    for (size_t i = 0; i < n; i += STEP) {
        apart = fmax(apart, fabs(y[i] - z[i]));
    }
    bench_say("aggregate.bod", b, ours, "whole programs, 1 in 50, scaled up", theirs, apart);
}

/* ---- weights to an importance ---- */

typedef struct {
    const bench *b;
    double *cov;
} aim;

/* Squared correlations of the children with the weighted sum; their shares should be equal. */
static double aim_miss(const aim *a, const double *w)
{
    const size_t k = a->b->k;
    double variance = 0, sum = 0, miss = 0, s[64], total = 0;
    for (size_t j = 0; j < k; j++) {
        total += fabs(w[j]);
    }
    for (size_t j = 0; j < k; j++) {
        s[j] = 0;
        for (size_t l = 0; l < k; l++) {
            s[j] += a->cov[j * k + l] * fabs(w[l]) / total;
        }
        variance += s[j] * fabs(w[j]) / total;
    }
    for (size_t j = 0; j < k; j++) {
        s[j] = s[j] * s[j] / (a->cov[j * k + j] * variance);
        sum += s[j];
    }
    for (size_t j = 0; j < k; j++) {
        miss += (s[j] / sum - 1 / (double)k) * (s[j] / sum - 1 / (double)k);
    }
    return miss;
}

static void aim_covariance(aim *a)
{
    const bench *b = a->b;
    a->cov = bench_room(b, b->k * b->k);
    for (size_t j = 0; j < b->k; j++) {
        for (size_t l = 0; l < b->k; l++) {
            double p = 0, q = 0, pq = 0;
            for (size_t i = 0; i < b->n; i++) {
                p += b->columns[j][i];
                q += b->columns[l][i];
                pq += b->columns[j][i] * b->columns[l][i];
            }
            a->cov[j * b->k + l] = pq / (double)b->n - p * q / ((double)b->n * (double)b->n);
        }
    }
}

/* One round of Nelder and Mead (The Computer Journal 7 (1965) 308) over k + 1 points, sorted. */
static void simplex_sort(double *point, double *value, size_t k)
{
    for (size_t i = 1; i <= k; i++) {
        for (size_t l = i; l > 0 && value[l - 1] > value[l]; l--) {
            const double v = value[l];
            value[l] = value[l - 1];
            value[l - 1] = v;
            for (size_t j = 0; j < k; j++) {
                const double p = point[l * k + j];
                point[l * k + j] = point[(l - 1) * k + j];
                point[(l - 1) * k + j] = p;
            }
        }
    }
}

static double simplex_try(const aim *a, const double *point, const double *centre, double step,
                          double *to)
{
    const size_t k = a->b->k;
    for (size_t j = 0; j < k; j++) {
        to[j] = centre[j] + step * (point[k * k + j] - centre[j]);
    }
    return aim_miss(a, to);
}

static void simplex_round(const aim *a, double *point, double *value, double *room)
{
    const size_t k = a->b->k;
    double *centre = room, *one = room + k, *two = room + 2 * k;
    for (size_t j = 0; j < k; j++) {
        centre[j] = 0;
        for (size_t i = 0; i < k; i++) {
            centre[j] += point[i * k + j] / (double)k;
        }
    }
    double best = simplex_try(a, point, centre, -1, one);
    if (best < value[0]) {
        const double further = simplex_try(a, point, centre, -2, two);
        memcpy(one, further < best ? two : one, k * sizeof *one);
        best = further < best ? further : best;
    } else if (best >= value[k - 1]) {
        best = simplex_try(a, point, centre, best < value[k] ? -0.5 : 0.5, one);
        for (size_t i = 1; best >= value[k] && i <= k; i++) { /* shrink */
            for (size_t j = 0; j < k; j++) {
                point[i * k + j] = (point[i * k + j] + point[j]) / 2;
            }
            value[i] = aim_miss(a, point + i * k);
        }
    }
    if (best < value[k]) {
        memcpy(point + k * k, one, k * sizeof *one);
        value[k] = best;
    }
    simplex_sort(point, value, k);
}

/* COINr's way: 500 rounds from equal weights, as it is called by default. */
static double aim_search(const aim *a, size_t rounds, double *w)
{
    const size_t k = a->b->k;
    double *point = bench_room(a->b, (k + 1) * k), *value = bench_room(a->b, k + 1);
    double *room = bench_room(a->b, 3 * k);
    const double start = bench_now();
    for (size_t i = 0; i <= k; i++) {
        for (size_t j = 0; j < k; j++) {
            point[i * k + j] = i == j + 1 ? 1.1 : 1;
        }
        value[i] = aim_miss(a, point + i * k);
    }
    simplex_sort(point, value, k);
    for (size_t round = 0; round < rounds; round++) {
        simplex_round(a, point, value, room);
    }
    double total = 0;
    for (size_t j = 0; j < k; j++) {
        total += fabs(point[j]);
    }
    for (size_t j = 0; j < k; j++) {
        w[j] = fabs(point[j]) / total;
    }
    return bench_now() - start;
}

static void bench_aim(bench *b, size_t n, size_t k, size_t rounds)
{
    char beside[64];
    bench_data(b, n, k, 0.3);
    aim a = {.b = b};
    double *w = bench_room(b, k), *v = bench_room(b, k);
    const double ours = bench_op(b, "weight.to_importance", w);
    aim_covariance(&a);
    const double theirs = aim_search(&a, rounds, v);
    snprintf(beside, sizeof beside, "Nelder-Mead, %zu rounds", rounds);
    bench_say("weight.to_importance", b, ours, beside, theirs, bench_apart(w, v, k));
    printf("%-28s misses the aim by %.3g; the search beside it by %.3g\n", "", aim_miss(&a, w),
           aim_miss(&a, v));
}

/* ---- correlations ---- */

static double correlation_plain(const bench *b, double *r)
{
    const double start = bench_now();
    for (size_t j = 0; j < b->k; j++) {
        for (size_t l = 0; l < b->k; l++) {
            double p = 0, q = 0, pp = 0, qq = 0, pq = 0;
            for (size_t i = 0; i < b->n; i++) {
                p += b->columns[j][i] / (double)b->n;
                q += b->columns[l][i] / (double)b->n;
            }
            for (size_t i = 0; i < b->n; i++) {
                const double dp = b->columns[j][i] - p, dq = b->columns[l][i] - q;
                pp += dp * dp;
                qq += dq * dq;
                pq += dp * dq;
            }
            r[j * b->k + l] = pq / sqrt(pp * qq);
        }
    }
    return bench_now() - start;
}

static void bench_correlation(bench *b, size_t n, size_t k)
{
    bench_data(b, n, k, 0.3);
    const mera_columns all = {n, k, b->columns};
    mera_correlations c;
    double *r = bench_room(b, k * k);
    const double start = bench_now();
    if (mera_correlations_of(&all, NULL, MERA_PEARSON, MERA_CHANCE_TEST, 1, b->arena, &c) !=
        MERA_OK) {
        exit(1);
    }
    const double ours = bench_now() - start, theirs = correlation_plain(b, r);
    bench_say("correlations with p-values", b, ours, "plain sums, without p-values", theirs,
              bench_apart(c.r, r, k * k));
}

int main(void)
{
    bench b = {.arena = mera_arena_new()};
    if (b.arena == NULL || mera_registry_new(b.arena, &b.registry) != MERA_OK) {
        return 1;
    }
    bench_copeland(&b, 400, 50);
    bench_copeland(&b, 10000, 50);
    bench_bod(&b, 1000, 20);
    bench_aim(&b, 200, 50, 500);
    bench_aim(&b, 200, 50, 20000);
    bench_correlation(&b, 1000, 300);
    mera_arena_free(b.arena);
    return 0;
}
