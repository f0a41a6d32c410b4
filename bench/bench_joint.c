/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How long joint draws and sensitivity take, reading and the first scoring not counted.
 *
 *     bench_joint [METHODOLOGY | small | large]
 *
 * Made-up data of the size of ASEM (51 x 49) with the factors of COINr's cases: weights within 25
 * %, five numbers of winsorised points, two normalisers, two means; 500 draws, and a design of
 * 3,072 runs. Then 10,000 x 300, 1,000 draws, beside what bounds it on as many threads: the
 * products of all draws and the ranking of their scores, nothing else. A methodology of one's own,
 * with factors, is drawn and shared out the same way instead. Every figure is the best of several
 * runs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "analysis/joint.h"
#include "base/math.h"
#include "draws/places.h"
#include "made_up.h"
#include "mera/variance.h"

enum { JOINT_RUNS = 7, JOINT_LARGE_RUNS = 2, JOINT_DRAWS = 1000 };

static const char joint_steps[] =
    "impute: {op: group_mean, by: size}, treat: {op: winsorise, max_points: 5}, "
    "normalise: {op: minmax, range: [1, 100]}";

static const char joint_factors[] =
    "uncertainty:\n  factors:\n"
    "    winmax: {set: steps.treat.max_points, choices: 1..5:1}\n"
    "    scale: {set: steps.normalise, choices: [{op: minmax, range: [1, 100]}, {op: zscore, mean: "
    "100, sd: 2}]}\n"
    "    mean: {set: steps.aggregate, choices: arithmetic|geometric}\n";

typedef struct joint_bench {
    mera_arena *arena;
    mera_diags *diags;
    mera_engine *engine;
    mera_project *project;
    mera_dataset *data;
    mera_plan *plan;
    const mera_result *result;
} joint_bench;

static void joint_open(joint_bench *b, unsigned threads, const char *path, bench_size size)
{
    b->arena = mera_arena_new();
    b->diags = mera_diags_new(b->arena);
    bench_check(mera_engine_open(&(mera_options){.threads = threads}, &b->engine), b->diags,
                b->arena);
    if (path != NULL) {
        bench_check(mera_project_open(b->engine, path, NULL, NULL, 0, b->diags, &b->project),
                    b->diags, b->arena);
        bench_check(mera_project_read(b->project, NULL, 0, b->arena, b->diags, &b->data, NULL),
                    b->diags, b->arena);
    } else {
        const char *yaml = mera_arena_printf(
            b->arena, "%s%s", bench_yaml(size, joint_steps, b->arena), joint_factors);
        const mera_reader reader = bench_reader(yaml);
        bench_check(mera_project_open_reader(b->engine, &reader, "bench.yaml", NULL, NULL, 0,
                                             b->diags, &b->project),
                    b->diags, b->arena);
        b->data = bench_data(size, b->arena);
    }
    bench_check(mera_plan_open(b->project, b->data, b->diags, &b->plan), b->diags, b->arena);
    bench_check(mera_plan_score(b->plan, b->arena, b->diags, &b->result), b->diags, b->arena);
}

static void joint_close(joint_bench *b)
{
    mera_plan_close(b->plan);
    mera_project_close(b->project);
    mera_engine_close(b->engine);
    mera_arena_free(b->arena);
}

static double joint_peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

/* Milliseconds by the clock and of processors' work: the best of each. */
typedef struct joint_time {
    double clock, work;
} joint_time;

static joint_time joint_since(joint_time best, joint_time from)
{
    return (joint_time){fmin(best.clock, bench_now(CLOCK_MONOTONIC) - from.clock),
                        fmin(best.work, bench_now(CLOCK_PROCESS_CPUTIME_ID) - from.work)};
}

static joint_time joint_now(void)
{
    return (joint_time){bench_now(CLOCK_MONOTONIC), bench_now(CLOCK_PROCESS_CPUTIME_ID)};
}

static joint_time joint_draws(const joint_bench *b, uint64_t draws, unsigned threads, int runs)
{
    joint_time best = {INFINITY, INFINITY};
    for (int run = 0; run < runs; run++) {
        mera_arena *arena = mera_arena_new();
        mera_robust robust;
        const mera_robust_ask ask = {.draws = draws, .threads = threads};
        const joint_time from = joint_now();
        bench_check(mera_robust_of(b->plan, b->result, &ask, arena, b->diags, &robust), b->diags,
                    b->arena);
        best = joint_since(best, from);
        if (run == 0) {
            printf("  %llu combinations, %llu draws failed, mean shift %.3f\n",
                   (unsigned long long)robust.combinations, (unsigned long long)robust.failed,
                   robust.summary.mean_shift);
        }
        mera_arena_free(arena);
    }
    return best;
}

static void joint_small(const joint_bench *b, unsigned threads)
{
    joint_time best = {INFINITY, INFINITY};
    size_t n = 0;
    const joint_time draws = joint_draws(b, 500, threads, JOINT_RUNS);
    printf("  500 joint draws                 %8.2f ms, %.2f of work\n", draws.clock, draws.work);
    for (int run = 0; run < JOINT_RUNS; run++) {
        mera_arena *arena = mera_arena_new();
        mera_variance v;
        const mera_variance_ask ask = {
            .unit = SIZE_MAX, .runs = 3100, .wide = 1e-9, .threads = threads};
        const joint_time from = joint_now();
        bench_check(mera_variance_of(b->plan, b->result, &ask, arena, b->diags, &v), b->diags,
                    b->arena);
        best = joint_since(best, from);
        n = v.runs;
        mera_arena_free(arena);
    }
    printf("  sensitivity, %5zu runs         %8.2f ms, %.2f of work\n", n, best.clock, best.work);
}

/* ---- the bound ---- */

typedef struct joint_bound {
    size_t n, k;
    double *panel, *w;
    const mera_kernels *kernels;
    mera_ranking ranking;
    mera_ranking_space space[64];
    double *y[64];
} joint_bound;

static mera_code joint_bound_job(void *context, size_t job, unsigned worker)
{
    joint_bound *b = context;
    const size_t stride = (b->n + MERA_PANEL) * MERA_TILE;
    (void)job;
    b->kernels->product(b->panel, (b->n + MERA_PANEL - 1) / MERA_PANEL, b->k, b->w, b->y[worker],
                        stride, JOINT_TILES);
    for (size_t t = 0; t < JOINT_TILES; t++) {
        mera_rank_tile(&b->ranking, &b->space[worker], b->y[worker] + t * stride,
                       t % (b->ranking.lanes / MERA_TILE), MERA_TILE);
    }
    return MERA_OK;
}

static joint_time joint_bound_of(bench_size size)
{
    mera_arena *arena = mera_arena_new();
    mera_pool *pool;
    joint_bound *b = mera_arena_zero(arena, 1, sizeof *b);
    b->n = size.units;
    b->k = size.indicators;
    b->kernels = mera_kernels_best();
    const size_t cells = (b->n + MERA_PANEL) * b->k;
    b->panel = mera_arena_zero(arena, cells, sizeof(double));
    b->w = mera_arena_zero(arena, b->k * MERA_TILE * JOINT_TILES, sizeof(double));
    for (size_t i = 0; i < cells; i++) {
        b->panel[i] = (double)(i * 2654435761u % 1000003);
    }
    for (size_t i = 0; i < b->k * MERA_TILE * JOINT_TILES; i++) {
        b->w[i] = (double)(i * 40503u % 65537);
    }
    bench_check(mera_pool_open(size.threads, &pool), NULL, arena);
    mera_ranking_make(b->kernels, b->n, false, false, &b->ranking);
    for (unsigned w = 0; w < mera_pool_size(pool) && w < 64; w++) {
        bench_check(mera_ranking_space_new(&b->ranking, arena, &b->space[w]), NULL, arena);
        b->y[w] =
            mera_arena_zero(arena, (b->n + MERA_PANEL) * MERA_TILE * JOINT_TILES, sizeof(double));
    }
    joint_time best = {INFINITY, INFINITY};
    for (int run = 0; run < JOINT_LARGE_RUNS; run++) {
        const joint_time from = joint_now();
        bench_check(
            mera_pool_run(pool, (JOINT_DRAWS + 63) / (MERA_TILE * JOINT_TILES), joint_bound_job, b),
            NULL, arena);
        best = joint_since(best, from);
    }
    mera_pool_close(pool);
    mera_arena_free(arena);
    return best;
}

static void joint_large(unsigned threads)
{
    const bench_size size = {10000, 300, threads};
    joint_bench b = {0};
    printf("10000 units x 300 indicators, %u threads\n", threads);
    const joint_time bound = joint_bound_of(size);
    printf("  products and ranking alone      %8.0f ms, %.0f of work\n", bound.clock, bound.work);
    joint_open(&b, threads, NULL, size);
    const double before = joint_peak();
    const joint_time draws = joint_draws(&b, JOINT_DRAWS, threads, JOINT_LARGE_RUNS);
    const double after = joint_peak();
    printf("  %d joint draws                %8.0f ms, %.0f of work: %.1f and %.1f of that\n",
           JOINT_DRAWS, draws.clock, draws.work, draws.clock / bound.clock,
           draws.work / bound.work);
    (void)joint_draws(&b, 4 * JOINT_DRAWS, threads, 1);
    printf("  memory: %.0f MiB before, %.0f MiB after, %.0f MiB after 4 times the draws\n", before,
           after, joint_peak());
    joint_close(&b);
}

int main(int argc, char **argv)
{
    const unsigned threads = 2;
    const bench_size size = {51, 49, threads};
    const bool small = argc > 1 && strcmp(argv[1], "small") == 0;
    const bool large = argc > 1 && strcmp(argv[1], "large") == 0;
    const char *own = argc > 1 && !small && !large ? argv[1] : NULL;
    joint_bench b = {0};
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, 2 << 20); /* as in the program */
    (void)mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
    setvbuf(stdout, NULL, _IONBF, 0);
    if (!large) {
        printf("%s, %u threads\n", own != NULL ? own : "51 units x 49 indicators", threads);
        joint_open(&b, threads, own, size);
        joint_small(&b, threads);
        joint_close(&b);
    }
    if (!small && own == NULL) {
        joint_large(threads);
    }
    return 0;
}
