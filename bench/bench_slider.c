/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How long a slider's question takes: one weight moved, 120 units x 66 indicators, 10,000 draws,
 * with places, intervals and bands. The plan is scored before.
 *
 *     bench_slider [threads]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "made_up.h"

enum { SLIDER_RUNS = 15, SLIDER_DRAWS = 10000 };

static const char slider_steps[] =
    "impute: {op: group_mean, by: size}, normalise: {op: minmax, range: [1, 100]}";

int main(int argc, char **argv)
{
    const bench_size size = {120, 66, argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0};
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    const mera_reader reader = bench_reader(bench_yaml(size, slider_steps, arena));
    mera_engine *engine;
    mera_project *project;
    mera_plan *plan;
    const mera_result *result;
    mera_slider *slider;
    double best = INFINITY;
    bench_check(mera_engine_open(&(mera_options){.threads = size.threads}, &engine), diags, arena);
    bench_check(
        mera_project_open_reader(engine, &reader, "bench.yaml", NULL, NULL, 0, diags, &project),
        diags, arena);
    bench_check(mera_plan_open(project, bench_data(size, arena), diags, &plan), diags, arena);
    bench_check(mera_plan_score(plan, arena, diags, &result), diags, arena);
    const mera_robust_ask ask = {
        .draws = SLIDER_DRAWS, .threads = size.threads, .draws_alone = true};
    bench_check(mera_slider_open(plan, result, &ask, &slider), diags, arena);
    for (int run = 0; run < SLIDER_RUNS; run++) {
        mera_arena *room = mera_arena_new();
        mera_robust robust;
        const mera_slider_weight move = {.weight = 1 + run};
        const double from = bench_now(CLOCK_MONOTONIC);
        bench_check(mera_slider_at(slider, &move, 1, room, diags, &robust), diags, arena);
        best = fmin(best, bench_now(CLOCK_MONOTONIC) - from);
        if (run == 0) {
            printf("%s, %zu bands\n",
                   robust.why_anew == MERA_ROBUST_FINE ? "by products" : "scored anew",
                   robust.summary.n_bands);
        }
        mera_arena_free(room);
    }
    printf("slider, 120 x 66, %d draws: %.2f ms, best of %d\n", SLIDER_DRAWS, best, SLIDER_RUNS);
    mera_slider_close(slider);
    mera_plan_close(plan);
    mera_project_close(project);
    mera_engine_close(engine);
    mera_arena_free(arena);
    return 0;
}
