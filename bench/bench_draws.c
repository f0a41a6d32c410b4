/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Draws of weights with places, intervals, acceptability, pairs and bands: draws a second by clock
 * and by processor time, the time of a slider's question, and the product kernel beside OpenBLAS
 * when its library is there (or named in MERA_OPENBLAS).
 *
 *     bench_draws [threads [CASE]]
 *
 * With CASE only those whose name begins so, and no product.
 */
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "draws/kernels.h"
#include "draws/random.h"
#include "mera/robustness.h"

static double bench_clock(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double *bench_values(size_t n, uint32_t stream)
{
    double *x = aligned_alloc(64, (n * sizeof *x + 63) / 64 * 64);
    mera_stream s = mera_stream_of(7, stream, 0);
    for (size_t i = 0; x != NULL && i < n; i++) {
        x[i] = mera_stream_uniform(&s);
    }
    if (x == NULL) {
        exit(1);
    }
    return x;
}

/** A table of n units and k columns under one root. */
typedef struct bench_table {
    double *z;
    const double **column;
    mera_weight_part *part;
    mera_weight_node node;
    mera_draws_ask ask;
} bench_table;

static void bench_make(bench_table *b, size_t n, size_t k, double missing, unsigned threads)
{
    b->z = bench_values(n * k, 0);
    b->column = calloc(k, sizeof *b->column);
    b->part = calloc(k, sizeof *b->part);
    if (b->column == NULL || b->part == NULL) {
        exit(1);
    }
    for (size_t j = 0; j < k; j++) {
        b->column[j] = b->z + j * n;
        b->part[j] = (mera_weight_part){.index = j, .weight = 1};
    }
    for (size_t c = 0; c < n * k && missing > 0; c += (size_t)(1 / missing)) {
        b->z[c] = NAN;
    }
    b->node =
        (mera_weight_node){.n = k, .part = b->part, .power = 1, .law = {.kind = MERA_LAW_UNIFORM}};
    b->ask = (mera_draws_ask){.n = n,
                              .k = k,
                              .z = b->column,
                              .node = &b->node,
                              .n_nodes = 1,
                              .seed = 1,
                              .threads = threads,
                              .top = {10},
                              .n_top = 1};
}

static void bench_free(bench_table *b)
{
    free(b->z);
    free(b->column);
    free(b->part);
}

/* The better of three: open, draw, sum up. */
static void bench_run(const char *what, const bench_table *b, uint64_t draws)
{
    double clock = INFINITY, processor = INFINITY;
    size_t bands = 0;
    for (int round = 0; round < 3; round++) {
        mera_draws *d;
        mera_draws_summary summary;
        mera_arena *arena = mera_arena_new();
        const double c = bench_clock(CLOCK_MONOTONIC), p = bench_clock(CLOCK_PROCESS_CPUTIME_ID);
        if (arena == NULL || mera_draws_open(&b->ask, NULL, &d) != MERA_OK ||
            mera_draws_run(d, draws, NULL, NULL) != MERA_OK ||
            mera_draws_summarise(d, NULL, arena, &summary) != MERA_OK) {
            exit(1);
        }
        clock = fmin(clock, bench_clock(CLOCK_MONOTONIC) - c);
        processor = fmin(processor, bench_clock(CLOCK_PROCESS_CPUTIME_ID) - p);
        bands = summary.n_bands;
        mera_draws_close(d);
        mera_arena_free(arena);
    }
    printf("%-34s %9.0f draws/s by clock, %9.0f a core-second; %8.2f ms for %llu, %zu bands\n",
           what, (double)draws / clock, (double)draws / processor, clock * 1e3,
           (unsigned long long)draws, bands);
}

/* ---- the product alone ---- */

typedef void (*bench_gemm_fn)(int, int, int, int, int, int, double, const double *, int,
                              const double *, int, double, double *, int);

static bench_gemm_fn bench_gemm(void)
{
    const char *name = getenv("MERA_OPENBLAS");
    void *library = dlopen(name != NULL ? name : "libopenblas.so.0", RTLD_NOW);
    void (*threads)(int) = NULL;
    bench_gemm_fn gemm = NULL;
    if (library != NULL) {
        *(void **)&gemm = dlsym(library, "cblas_dgemm");
        *(void **)&threads = dlsym(library, "openblas_set_num_threads");
    }
    if (threads != NULL) {
        threads(1);
    }
    return gemm;
}

enum { PRODUCT_TILES = 16, ROW_MAJOR = 101, NO_TRANSPOSE = 111 };

static double bench_product(const mera_kernels *kernels, bench_gemm_fn gemm, size_t n, size_t k)
{
    const size_t panels = (n + MERA_PANEL - 1) / MERA_PANEL, rows = panels * MERA_PANEL;
    double *z = bench_values(rows * k, 1), *w = bench_values(k * MERA_TILE * PRODUCT_TILES, 2);
    double *y = bench_values(rows * MERA_TILE * PRODUCT_TILES, 3), best = INFINITY;
    const double flop = 2.0 * (double)(n * k * MERA_TILE * PRODUCT_TILES);
    const int repeat = (int)(1 + 2e8 / flop);
    for (int round = 0; round < 5; round++) {
        const double start = bench_clock(CLOCK_PROCESS_CPUTIME_ID);
        for (int r = 0; r < repeat; r++) {
            if (kernels != NULL) {
                kernels->product(z, panels, k, w, y, rows * MERA_TILE, PRODUCT_TILES);
            } else {
                const int columns = MERA_TILE * PRODUCT_TILES;
                gemm(ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, (int)n, columns, (int)k, 1, z, (int)k,
                     w, columns, 0, y, columns);
            }
        }
        best = fmin(best, (bench_clock(CLOCK_PROCESS_CPUTIME_ID) - start) / repeat);
    }
    free(z);
    free(w);
    free(y);
    return flop / best * 1e-9;
}

static void bench_products(void)
{
    static const char *const names[] = {"baseline", "avx2", "avx512"};
    static const size_t size[][2] = {{120, 66}, {500, 40}, {2600, 350}};
    const bench_gemm_fn gemm = bench_gemm();
    for (size_t s = 0; s < 3; s++) {
        printf("product %4zu x %-3zu, one core, GFLOP/s:", size[s][0], size[s][1]);
        for (size_t i = 0; i < 3; i++) {
            const mera_kernels *k = mera_kernels_named(names[i]);
            if (k != NULL) {
                printf("  %s %.1f", names[i], bench_product(k, NULL, size[s][0], size[s][1]));
            }
        }
        if (gemm != NULL) {
            printf("  OpenBLAS dgemm %.1f", bench_product(NULL, gemm, size[s][0], size[s][1]));
        }
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    const unsigned threads = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 2;
    static const struct {
        const char *what;
        size_t n, k;
        double missing;
        bool no_pairs;
        uint64_t draws;
    } run[] = {
        {"120 x 66", 120, 66, 0, false, 1000000},
        {"120 x 66 without pairs and bands", 120, 66, 0, true, 1000000},
        {"120 x 66, 2 % of values missing", 120, 66, 0.02, false, 200000},
        {"500 x 40", 500, 40, 0, false, 100000},
        {"2600 x 350", 2600, 350, 0, false, 20000},
        {"a slider's question: 120 x 66", 120, 66, 0, false, 10000},
    };
    printf("%u threads, kernels %s\n", threads, mera_kernels_best()->name);
    for (size_t i = 0; i < sizeof run / sizeof *run; i++) {
        bench_table b;
        if (argc > 2 && strncmp(run[i].what, argv[2], strlen(argv[2])) != 0) {
            continue;
        }
        bench_make(&b, run[i].n, run[i].k, run[i].missing, threads);
        b.ask.no_pairs = run[i].no_pairs;
        bench_run(run[i].what, &b, run[i].draws);
        bench_free(&b);
    }
    if (argc < 3) {
        bench_products();
    }
    return 0;
}
