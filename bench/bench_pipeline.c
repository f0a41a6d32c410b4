/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How long a pipeline takes, in processor time, over generated data and a methodology in memory.
 *
 *     bench_pipeline [UNITS INDICATORS [THREADS]]
 *
 * Without arguments: a pipeline of the size of ASEM (51 x 49) and one of 10,000 x 300, both with
 * group means for gaps, winsorising, min-max and a tree of four levels. Steps are added one after
 * the other; what a step takes is the difference. Every figure is the best of several runs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/math.h"
#include "base/text.h"
#include "data/builder.h"
#include "mera/mera.h"

enum { BENCH_RUNS = 7, BENCH_GROUPS = 20, BENCH_PER_NODE = 10, BENCH_PILLARS = 5 };

typedef struct bench_size {
    size_t units, indicators;
    unsigned threads;
} bench_size;

static double bench_now(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/** A number in [0, 1) that depends on nothing but its place. */
static double bench_uniform(uint64_t i)
{
    uint64_t z = i * 0x9E3779B97F4A7C15u + 0xBF58476D1CE4E5B9u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void bench_check(mera_code rc, const mera_diags *diags, mera_arena *arena)
{
    if (rc == MERA_OK) {
        return;
    }
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        fputs(mera_diag_text(diags, mera_diags_get(diags, i), arena), stderr);
    }
    fprintf(stderr, "bench: code %d\n", (int)rc);
    exit(1);
}

/** Nine columns in ten near a normal law, one with a long tail; one cell in twenty missing. */
static double bench_value(size_t column, size_t unit, size_t n_units)
{
    const uint64_t cell = (uint64_t)column * n_units + unit;
    double sum = 0;

    if (bench_uniform(7 * cell + 3) < 0.05) {
        return NAN;
    }
    for (uint64_t k = 0; k < 4; k++) {
        sum += bench_uniform(16 * cell + k);
    }
    return column % 10 == 0 && unit % 2500 < 3 ? mera_exp(4 * sum) : 10 * sum;
}

static mera_dataset *bench_data(bench_size size, mera_arena *arena)
{
    const mera_file file = {.path = "generated", .sha256 = "", .encoding = "utf-8"};
    mera_builder *b;
    mera_dataset *data = NULL;
    size_t index, period;
    char name[32];
    bool added;

    bench_check(mera_builder_new(arena, &b), NULL, arena);
    bench_check(mera_builder_file(b, &file, &index), NULL, arena);
    bench_check(mera_builder_period(b, "", 0, &period), NULL, arena);
    bench_check(mera_builder_attribute(b, "size", &index), NULL, arena);
    for (size_t i = 0; i < size.units; i++) {
        int n = snprintf(name, sizeof name, "u%zu", i);

        bench_check(mera_builder_unit(b, name, (size_t)n, &index, &added), NULL, arena);
        n = snprintf(name, sizeof name, "g%zu", i % BENCH_GROUPS);
        bench_check(mera_builder_text(b, 0, i, 0, name, (size_t)n), NULL, arena);
    }
    for (size_t j = 0; j < size.indicators; j++) {
        snprintf(name, sizeof name, "x%zu", j);
        bench_check(mera_builder_column(b, name, &index), NULL, arena);
        for (size_t i = 0; i < size.units; i++) {
            const double x = bench_value(j, i, size.units);

            if (!isnan(x)) {
                bench_check(mera_builder_cell(b, j, i, 0, x, MERA_OBSERVED, 0, 0, 0), NULL, arena);
            }
        }
    }
    bench_check(mera_builder_finish(b, &data), NULL, arena);
    return data;
}

/** Index, pillars, sub-pillars of ten indicators each, indicators. */
static void bench_tree(mera_text *yaml, size_t n_indicators)
{
    const size_t n_nodes = (n_indicators + BENCH_PER_NODE - 1) / BENCH_PER_NODE;

    mera_text_add(yaml, "framework:\n  id: index\n  nodes:\n");
    for (size_t p = 0; p < BENCH_PILLARS && p < n_nodes; p++) {
        mera_text_addf(yaml, "    - id: pillar%zu\n      nodes:\n", p);
        for (size_t k = p; k < n_nodes; k += BENCH_PILLARS) {
            mera_text_addf(yaml, "        - id: sub%zu\n          indicators:\n", k);
            for (size_t j = k * BENCH_PER_NODE; j < (k + 1) * BENCH_PER_NODE && j < n_indicators;
                 j++) {
                mera_text_addf(yaml, "            x%zu: %zu\n", j, 1 + j % 3);
            }
        }
    }
}

static const char *bench_yaml(bench_size size, const char *steps, mera_arena *arena)
{
    mera_text yaml = {.arena = arena};

    mera_text_add(&yaml, "mera: 1\nid: bench\nunits: {key: key, groups: {size: size}}\n");
    mera_text_add(&yaml, "indicators:\n");
    for (size_t j = 0; j < size.indicators; j++) {
        mera_text_addf(&yaml, "  x%zu: {direction: %s}\n", j, j % 4 == 3 ? "lower" : "higher");
    }
    mera_text_addf(&yaml, "steps: {%s, aggregate: arithmetic}\n", steps);
    bench_tree(&yaml, size.indicators);
    return mera_text_string(&yaml);
}

static mera_code bench_read(void *self, const char *path, size_t limit, mera_at at,
                            mera_arena *arena, mera_diags *diags, const char **bytes, size_t *n)
{
    (void)path;
    (void)limit;
    (void)at;
    (void)arena;
    (void)diags;
    *bytes = self;
    *n = strlen(*bytes);
    return MERA_OK;
}

typedef struct bench_times {
    double open, plan, score, wall;
} bench_times;

static void bench_best(bench_times *best, bench_times now, int run)
{
    best->open = run == 0 ? now.open : fmin(best->open, now.open);
    best->plan = run == 0 ? now.plan : fmin(best->plan, now.plan);
    best->score = run == 0 ? now.score : fmin(best->score, now.score);
    best->wall = run == 0 ? now.wall : fmin(best->wall, now.wall);
}

static bench_times bench_once(mera_engine *engine, const char *yaml, const mera_dataset *data)
{
    const mera_reader reader = {.read = bench_read, .self = (void *)(uintptr_t)yaml};
    const clockid_t cpu = CLOCK_PROCESS_CPUTIME_ID;
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    const mera_result *result;
    mera_project *project;
    mera_plan *plan;
    bench_times t;
    double from = bench_now(cpu), wall;

    bench_check(
        mera_project_open_reader(engine, &reader, "bench.yaml", NULL, NULL, 0, diags, &project),
        diags, arena);
    t.open = bench_now(cpu) - from;
    from = bench_now(cpu);
    bench_check(mera_plan_open(project, data, diags, &plan), diags, arena);
    t.plan = bench_now(cpu) - from;
    from = bench_now(cpu);
    wall = bench_now(CLOCK_MONOTONIC);
    bench_check(mera_plan_score(plan, arena, diags, &result), diags, arena);
    t.score = bench_now(cpu) - from;
    t.wall = bench_now(CLOCK_MONOTONIC) - wall;
    mera_plan_close(plan);
    mera_project_close(project);
    mera_arena_free(arena);
    return t;
}

static bench_times bench_steps(mera_engine *engine, bench_size size, const char *steps,
                               const mera_dataset *data, mera_arena *arena)
{
    const char *yaml = bench_yaml(size, steps, arena);
    bench_times best = {0};

    for (int run = 0; run < BENCH_RUNS; run++) {
        bench_best(&best, bench_once(engine, yaml, data), run);
    }
    return best;
}

static void bench_size_run(bench_size size)
{
    static const char *const steps[][2] = {
        {"aggregate, places, coverage", "normalise: none"},
        {"  and normalise (min-max)", "normalise: minmax"},
        {"  and treat (winsorise)",
         "treat: {op: winsorise, skewness: 2, kurtosis: 3.5}, normalise: minmax"},
        {"  and impute (group mean)",
         "impute: {op: group_mean, by: size}, treat: {op: winsorise, skewness: 2, kurtosis: 3.5}, "
         "normalise: minmax"},
    };
    const mera_options options = {.threads = size.threads};
    mera_arena *arena = mera_arena_new();
    const mera_dataset *data = bench_data(size, arena);
    bench_times t = {0}, before = {0};
    mera_engine *engine;

    bench_check(mera_engine_open(&options, &engine), NULL, arena);
    printf("%zu units x %zu indicators, %u thread%s\n", size.units, size.indicators, size.threads,
           size.threads == 1 ? "" : "s");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        t = bench_steps(engine, size, steps[i][1], data, arena);
        printf("  %-30s %8.2f ms  (+%.2f)\n", steps[i][0], t.score, t.score - before.score);
        before = t;
    }
    printf("  %-30s %8.2f ms of processor, %.2f ms of time\n", "whole evaluation", t.score, t.wall);
    printf("  %-30s %8.2f ms\n", "reading the methodology", t.open);
    printf("  %-30s %8.2f ms\n", "binding it to the data", t.plan);
    mera_engine_close(engine);
    mera_arena_free(arena);
}

int main(int argc, char **argv)
{
    bench_size size = {10000, 300, 1};

    if (argc == 1) {
        bench_size_run((bench_size){51, 49, 1});
        bench_size_run(size);
        return 0;
    }
    if (argc < 3) {
        fprintf(stderr, "usage: bench_pipeline [UNITS INDICATORS [THREADS]]\n");
        return 2;
    }
    size.units = strtoul(argv[1], NULL, 10);
    size.indicators = strtoul(argv[2], NULL, 10);
    size.threads = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 1;
    bench_size_run(size);
    return 0;
}
