/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Weights that are solved for: to an importance (within reach and out of it), the most information,
 * benefit of the doubt, Shapley shares. Milliseconds of one call, and what it reached.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "mera/op.h"

typedef struct {
    mera_registry *registry;
    double *x;
    const double **columns;
    double *w, *y, *anchor;
    const char **names;
    size_t n, k;
} bench;

static double bench_noise(uint64_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

/* k scores of n units between 1 and 100 that share a common part. */
static bool bench_data(bench *b, mera_arena *arena, size_t n, size_t k, double common)
{
    b->n = n;
    b->k = k;
    b->x = mera_arena_zero(arena, n * k, sizeof *b->x);
    b->columns = mera_arena_zero(arena, k, sizeof *b->columns);
    b->names = mera_arena_zero(arena, k, sizeof *b->names);
    b->w = mera_arena_zero(arena, k, sizeof *b->w);
    b->y = mera_arena_zero(arena, n, sizeof *b->y);
    b->anchor = mera_arena_zero(arena, n, sizeof *b->anchor);
    if (b->x == NULL || b->columns == NULL || b->names == NULL || b->w == NULL || b->y == NULL ||
        b->anchor == NULL) {
        return false;
    }
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < n; i++) {
            const double own = bench_noise(j * n + i), shared = bench_noise(1000000 + i);
            b->x[j * n + i] = 50.5 + 49.5 * ((1 - common) * own + common * shared);
            b->anchor[i] += own + shared;
        }
        b->columns[j] = b->x + j * n;
        b->names[j] = mera_arena_printf(arena, "i%zu", j);
        b->w[j] = 1;
    }
    return true;
}

static double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void bench_run(const bench *b, const char *name, const char *what, void *params)
{
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena != NULL ? mera_diags_new(arena) : NULL;
    const mera_op *op = mera_registry_find(b->registry, MERA_STEP_DERIVE, name);
    const double *const input[] = {b->anchor};
    mera_op_ctx ctx = {.diags = diags,
                       .arena = arena,
                       .subject = what,
                       .child_name = b->names,
                       .input = input,
                       .n_inputs = 1};
    const mera_children in = {
        .n = b->n, .k = b->k, .x = b->columns, .w = b->w, .total = (double)b->k};
    double *w = calloc(b->n > b->k ? b->n : b->k, sizeof *w);
    if (op == NULL || diags == NULL || w == NULL) {
        exit(1);
    }
    const double start = bench_now();
    const mera_code rc = op->weigh != NULL ? op->weigh(op, params, &ctx, &in, w)
                                           : op->aggregate(op, params, &ctx, &in, w);
    const double took = bench_now() - start;
    const mera_diag *said =
        mera_diags_size(diags) > 0 ? mera_diags_get(diags, mera_diags_size(diags) - 1) : NULL;
    printf("%-24s %5zu x %-3zu %9.2f ms  %s%.100s\n", name, b->n, b->k, took,
           rc == MERA_OK ? "" : "FAILED ", said != NULL ? said->message : "");
    free(w);
    mera_arena_free(arena);
}

static void *bench_bind(const bench *b, mera_arena *arena, const char *name,
                        const mera_value *given)
{
    void *params = NULL;
    const mera_op *op = mera_registry_find(b->registry, MERA_STEP_DERIVE, name);
    if (op == NULL ||
        mera_op_bind(op, given, NULL, MERA_NOWHERE, arena, NULL, &params) != MERA_OK) {
        exit(1);
    }
    return params;
}

/* {key: value} */
static const mera_value *bench_map(mera_arena *arena, const char *key, const char *text)
{
    mera_value *map = mera_arena_zero(arena, 1, sizeof *map), *value = NULL;
    mera_entry *entry = mera_arena_zero(arena, 1, sizeof *entry);
    if (map == NULL || entry == NULL ||
        mera_value_scalar(arena, text, false, MERA_NOWHERE, &value) != MERA_OK) {
        exit(1);
    }
    *entry = (mera_entry){.key = key, .value = value};
    *map = (mera_value){.kind = MERA_VALUE_MAP, .n = 1, .entries = entry};
    return map;
}

int main(void)
{
    static const char *const measures[] = {"squared_correlation", "correlation", "variance_share",
                                           "spline"};
    mera_arena *arena = mera_arena_new();
    bench b = {.n = 0};
    if (arena == NULL || mera_registry_new(arena, &b.registry) != MERA_OK) {
        return 1;
    }
    for (int reach = 0; reach < 2; reach++) {
        if (!bench_data(&b, arena, 200, 50, reach == 0 ? 0.3 : 0.05)) {
            return 1;
        }
        for (size_t m = 0; m < 4; m++) {
            bench_run(&b, "weight.to_importance", measures[m],
                      bench_bind(&b, arena, "weight.to_importance",
                                 bench_map(arena, "measure", measures[m])));
        }
        bench_run(&b, "weight.max_information", "most information",
                  bench_bind(&b, arena, "weight.max_information", NULL));
    }
    if (!bench_data(&b, arena, 1000, 20, 0.3)) {
        return 1;
    }
    bench_run(&b, "aggregate.bod", "free", bench_bind(&b, arena, "aggregate.bod", NULL));
    bench_run(&b, "aggregate.bod", "bounds",
              bench_bind(&b, arena, "aggregate.bod", bench_map(arena, "upper", "0.2")));
    bench_run(&b, "weight.bod", "common weights", bench_bind(&b, arena, "weight.bod", NULL));
    bench_run(&b, "weight.shapley_r2", "all sets of 20",
              bench_bind(&b, arena, "weight.shapley_r2", bench_map(arena, "anchor", "y")));
    mera_arena_free(arena);
    return 0;
}
