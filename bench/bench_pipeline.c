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

#include "base/math.h"
#include "made_up.h"

enum { BENCH_RUNS = 7 };

typedef struct bench_times {
    double open, plan, score, wall, after;
} bench_times;

static void bench_best(bench_times *best, bench_times now, int run)
{
    best->open = run == 0 ? now.open : fmin(best->open, now.open);
    best->plan = run == 0 ? now.plan : fmin(best->plan, now.plan);
    best->score = run == 0 ? now.score : fmin(best->score, now.score);
    best->after = run == 0 ? now.after : fmin(best->after, now.after);
    best->wall = run == 0 ? now.wall : fmin(best->wall, now.wall);
}

static bench_times bench_once(mera_engine *engine, const char *yaml, const mera_dataset *data)
{
    const mera_reader reader = bench_reader(yaml);
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
    from = bench_now(cpu);
    bench_check(mera_plan_score_after(plan, result, arena, diags, &result), diags, arena);
    t.after = bench_now(cpu) - from;
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
    printf("  %-30s %8.2f ms\n", "a variant of other weights", t.after);
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
