/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Places of many units, counted unit by unit instead of draw by draw: each thread has units of its
 * own, whose histograms stay near while all draws go by, and all threads count into one table.
 * Pairs are of two units, so where they are counted this is not the way.
 */
#include "draws/outside_units.h"

#include <string.h>

enum {
    UNITS_NEAR = 32,     /* their places in a draw are one line of the cache */
    UNITS_DRAWS = 32768, /* sums of so many places stay below 2^32 */
};

typedef struct units_run {
    const mera_draws *draws;
    const uint16_t *place; /* draw by draw */
    size_t count;
    uint32_t **shift; /* per worker and draw */
} units_run;

/* Some units, in arrays of one length, so that all of them are added to at once. */
typedef struct units_near {
    uint16_t place[UNITS_NEAR], reference[UNITS_NEAR]; /* beyond the last unit: none */
    uint32_t sum[UNITS_NEAR], within[MERA_TOPS + 1][UNITS_NEAR];
} units_near;

static void units_shift(const units_near *near, uint32_t *shift)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < UNITS_NEAR; i++) {
        const int32_t off = (int32_t)near->place[i] - near->reference[i];
        sum += (uint32_t)(off < 0 ? -off : off);
    }
    *shift += sum;
}

/* What a histogram of wide bins does not tell. */
static void units_sums(const mera_ranking *r, units_near *near)
{
    const uint16_t last = (uint16_t)r->n;
    for (size_t i = 0; i < UNITS_NEAR; i++) {
        near->sum[i] += near->place[i] <= last ? near->place[i] : 0;
    }
    for (size_t t = 0; t < r->n_top; t++) {
        const uint16_t top = r->top[t] < last ? (uint16_t)r->top[t] : last;
        for (size_t i = 0; i < UNITS_NEAR; i++) {
            near->within[t][i] += near->place[i] <= top;
        }
    }
}

static void units_add_sums(const mera_ranking *r, const units_near *near, size_t first, size_t n,
                           mera_counts *counts)
{
    uint32_t *top = counts->cell + mera_cells_top(r) + first * r->n_top;
    for (size_t i = 0; i < n; i++) {
        counts->place_sum[first + i] += near->sum[i];
        for (size_t t = 0; t < r->n_top; t++) {
            top[i * r->n_top + t] += near->within[t][i];
        }
    }
}

static void units_start(const mera_ranking *r, size_t first, size_t n, units_near *near)
{
    *near = (units_near){.sum = {0}};
    for (size_t i = 0; i < UNITS_NEAR; i++) {
        near->place[i] = (uint16_t)(r->n + 1);
        near->reference[i] = i < n ? r->reference[first + i] : near->place[i];
    }
}

static void units_count_some(const units_run *run, size_t job, size_t from, size_t until,
                             uint32_t *shift)
{
    const mera_ranking *r = &run->draws->ranking;
    const size_t first = job * UNITS_NEAR, left = r->n - first;
    const size_t n = left < UNITS_NEAR ? left : UNITS_NEAR;
    mera_counts *counts = &run->draws->drawer[0].counts;
    uint32_t *histogram = counts->cell + first * (r->n_bins + 1);
    units_near near;
    units_start(r, first, n, &near);
    for (size_t d = from; d < until; d++) {
        memcpy(near.place, run->place + d * r->n + first, n * sizeof *near.place);
        for (size_t i = 0; i < n; i++) {
            histogram[i * (r->n_bins + 1) + mera_bin(r, near.place[i])]++;
        }
        units_shift(&near, &shift[d]);
        if (r->bin > 1) {
            units_sums(r, &near);
        }
    }
    units_add_sums(r, &near, first, n, counts);
}

static mera_code units_job(void *context, size_t job, unsigned worker)
{
    const units_run *run = context;
    for (size_t d = 0; d < run->count; d += UNITS_DRAWS) {
        const size_t left = run->count - d;
        units_count_some(run, job, d, d + (left < UNITS_DRAWS ? left : UNITS_DRAWS),
                         run->shift[worker]);
    }
    return MERA_OK;
}

static void units_shifts(const units_run *run, const uint8_t *tied, mera_counts *counts)
{
    for (size_t d = 0; d < run->count; d++) {
        uint64_t shift = 0;
        for (unsigned w = 0; w < mera_pool_size(run->draws->pool); w++) {
            shift += run->shift[w][d];
        }
        counts->shift += shift;
        counts->worst_shift = shift > counts->worst_shift ? shift : counts->worst_shift;
        counts->tied += tied[d];
    }
}

static mera_code units_count(units_run *run, const uint8_t *tied, mera_arena *arena)
{
    const mera_draws *draws = run->draws;
    MERA_TRY_NEW(run->shift, arena, mera_pool_size(draws->pool));
    for (unsigned w = 0; w < mera_pool_size(draws->pool); w++) {
        MERA_TRY_NEW(run->shift[w], arena, run->count);
    }
    const size_t jobs = (draws->ranking.n + UNITS_NEAR - 1) / UNITS_NEAR;
    MERA_TRY(mera_pool_run(draws->pool, jobs, units_job, run));
    units_shifts(run, tied, &draws->drawer[0].counts);
    return MERA_OK;
}

mera_code mera_draws_count_units(const mera_draws *draws, size_t count, const uint16_t *place,
                                 const uint8_t *tied)
{
    units_run run = {.draws = draws, .place = place, .count = count};
    mera_arena *arena = mera_arena_new();
    const mera_code code = arena != NULL ? units_count(&run, tied, arena) : MERA_ENOMEM;
    mera_arena_free(arena);
    return code;
}
