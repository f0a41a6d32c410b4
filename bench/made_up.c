/* SPDX-License-Identifier: Apache-2.0 */
/** @file Made-up data (made_up.h). */
#include "made_up.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "base/text.h"
#include "data/builder.h"

enum { BENCH_GROUPS = 20, BENCH_PER_NODE = 10, BENCH_PILLARS = 5 };

double bench_now(clockid_t clock)
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

void bench_check(mera_code rc, const mera_diags *diags, mera_arena *arena)
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

mera_dataset *bench_data(bench_size size, mera_arena *arena)
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

const char *bench_yaml(bench_size size, const char *steps, mera_arena *arena)
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

mera_reader bench_reader(const char *yaml)
{
    return (mera_reader){.read = bench_read, .self = (void *)(uintptr_t)yaml};
}
