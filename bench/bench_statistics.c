/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Correlations with their p-values of all pairs of columns, with and without gaps, on one thread
 * and on all; beside a plain loop over the pairs that makes two passes for each, with the same
 * p-values. Prints milliseconds and how many times faster the engine is.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "analysis/chance.h"
#include "mera/statistics.h"

enum { BENCH_UNITS = 1000, BENCH_COLUMNS = 300 };

static double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static double bench_noise(uint64_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-53;
}

/* Columns that share something; `gaps` of a thousand values are missing. */
static const double **bench_data(mera_arena *arena, double gaps)
{
    double *x = mera_arena_zero(arena, (size_t)BENCH_UNITS * BENCH_COLUMNS, sizeof *x);
    const double **column = mera_arena_zero(arena, BENCH_COLUMNS, sizeof *column);
    if (x == NULL || column == NULL) {
        exit(1);
    }
    for (size_t j = 0; j < BENCH_COLUMNS; j++) {
        column[j] = x + j * BENCH_UNITS;
        for (size_t i = 0; i < BENCH_UNITS; i++) {
            const size_t at = j * BENCH_UNITS + i;
            x[at] = bench_noise(at) + 0.3 * bench_noise(7000000 + i);
            x[at] = bench_noise(9000000 + at) * 1000 < gaps ? NAN : x[at];
        }
    }
    return column;
}

static double bench_plain_pair(const double *x, const double *y, size_t *n)
{
    double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    *n = 0;
    for (size_t i = 0; i < BENCH_UNITS; i++) {
        if (!isnan(x[i]) && !isnan(y[i])) {
            mean_x += x[i];
            mean_y += y[i];
            (*n)++;
        }
    }
    mean_x /= (double)*n;
    mean_y /= (double)*n;
    for (size_t i = 0; i < BENCH_UNITS; i++) {
        if (!isnan(x[i]) && !isnan(y[i])) {
            xx += (x[i] - mean_x) * (x[i] - mean_x);
            yy += (y[i] - mean_y) * (y[i] - mean_y);
            xy += (x[i] - mean_x) * (y[i] - mean_y);
        }
    }
    return xy / sqrt(xx * yy);
}

static double bench_plain(const double *const *x, double *r, double *p)
{
    const double start = bench_now();
    for (size_t i = 0; i < BENCH_COLUMNS; i++) {
        for (size_t j = 0; j < BENCH_COLUMNS; j++) {
            size_t n;
            r[i * BENCH_COLUMNS + j] = bench_plain_pair(x[i], x[j], &n);
            p[i * BENCH_COLUMNS + j] = mera_chance_t(r[i * BENCH_COLUMNS + j], n);
        }
    }
    return bench_now() - start;
}

static double bench_farthest(const double *a, const double *b)
{
    double off = 0;
    for (size_t i = 0; i < (size_t)BENCH_COLUMNS * BENCH_COLUMNS; i++) {
        off = fmax(off, fabs(a[i] - b[i]));
    }
    return off;
}

static void bench_run(mera_arena *arena, const char *what, double gaps)
{
    static const unsigned threads[] = {1, 0};
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    const double **column = bench_data(arena, gaps);
    const mera_columns x = {BENCH_UNITS, BENCH_COLUMNS, column};
    double *r = mera_arena_zero(arena, (size_t)BENCH_COLUMNS * BENCH_COLUMNS, sizeof *r);
    double *p = mera_arena_zero(arena, (size_t)BENCH_COLUMNS * BENCH_COLUMNS, sizeof *p);
    if (r == NULL || p == NULL) {
        exit(1);
    }
    const double plain = bench_plain(column, r, p);
    printf("%-28s %9.1f ms\n", what, plain);
    for (int kind = MERA_PEARSON; kind <= MERA_KENDALL; kind++) {
        for (size_t t = 0; t < 2; t++) {
            mera_correlations c;
            const double start = bench_now();
            if (mera_correlations_of(&x, NULL, (mera_correlation_kind)kind, MERA_CHANCE_TEST,
                                     threads[t], arena, &c) != MERA_OK) {
                exit(1);
            }
            const double took = bench_now() - start;
            printf("  %-10s %s %9.1f ms", mera_correlation_name((mera_correlation_kind)kind),
                   threads[t] == 1 ? "1 thread   " : "all threads", took);
            if (kind == MERA_PEARSON) {
                printf("  %.1f times faster, r within %.1g, p within %.1g", plain / took,
                       bench_farthest(c.r, r), bench_farthest(c.p, p));
            }
            printf("\n");
        }
    }
    mera_arena_rewind(arena, mark);
}

int main(void)
{
    mera_arena *arena = mera_arena_new();
    if (arena == NULL) {
        return 1;
    }
    printf("%d x %d\n", BENCH_UNITS, BENCH_COLUMNS);
    bench_run(arena, "plain loop, no gaps", 0);
    bench_run(arena, "plain loop, 2 % gaps", 20);
    mera_arena_free(arena);
    return 0;
}
