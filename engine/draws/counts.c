/* SPDX-License-Identifier: Apache-2.0 */
/** @file Counts a block of places: histograms, tops, sums, shifts, pairs. */
#include <string.h>

#include "draws/places.h"

/* Histograms of many units are far away: while one unit's places are counted, the cells that the
 * next one, `next`, will need are sent for. */
static void count_fresh(const mera_ranking *r, const uint16_t *place, const uint16_t *next,
                        size_t n_draws, uint16_t *fresh)
{
    const uint16_t *after = fresh + r->n_bins + 1;
    for (size_t d = 0; d < n_draws; d++) {
        if (next != NULL) {
            __builtin_prefetch(after + mera_bin(r, next[d]), 1);
        }
        fresh[mera_bin(r, place[d])]++;
    }
}

/* Unit i's places into its histogram. */
static void count_bins(const mera_ranking *r, mera_ranking_space *space, size_t i, size_t n_draws,
                       mera_counts *counts)
{
    const uint16_t *place = space->place + i * r->lanes;
    uint32_t *histogram = counts->cell + i * (r->n_bins + 1);
    if (counts->fresh != NULL) {
        const uint16_t *next = i + 1 < r->n ? place + r->lanes : NULL;
        count_fresh(r, place, next, n_draws, counts->fresh + i * (r->n_bins + 1));
    } else if (r->n <= n_draws) {
        r->kernels->histogram(place, n_draws, r->n, space->bins, histogram);
    } else {
        for (size_t d = 0; d < n_draws; d++) {
            histogram[mera_bin(r, place[d])]++;
        }
    }
}

void mera_counts_settle(const mera_ranking *r, mera_counts *counts)
{
    const size_t cells = counts->n_fresh > 0 ? mera_cells_top(r) : 0;
    for (size_t c = 0; c < cells; c++) {
        counts->cell[c] += counts->fresh[c];
        counts->fresh[c] = 0;
    }
    counts->n_fresh = 0;
}

/* What a histogram of wide bins does not tell. A block's sum stays below 2^32: 256 draws of at most
 * 65,001. */
static void count_sums(const mera_ranking *r, const uint16_t *place, size_t i, size_t n_draws,
                       mera_counts *counts)
{
    uint32_t *top = counts->cell + mera_cells_top(r) + i * r->n_top, sum = 0;
    for (size_t d = 0; d < n_draws; d++) {
        sum += place[d] <= r->n ? place[d] : 0;
    }
    counts->place_sum[i] += sum;
    for (size_t t = 0; t < r->n_top; t++) {
        const uint16_t last = (uint16_t)(r->top[t] < r->n ? r->top[t] : r->n);
        uint16_t within = 0;
        for (size_t d = 0; d < n_draws; d++) {
            within += place[d] <= last;
        }
        top[t] += within;
    }
}

static void count_unit(const mera_ranking *r, mera_ranking_space *space, size_t i, size_t n_draws,
                       mera_counts *counts)
{
    count_bins(r, space, i, n_draws, counts);
    if (r->bin > 1) {
        count_sums(r, space->place + i * r->lanes, i, n_draws, counts);
    }
}

static void count_shifts(const mera_ranking *r, mera_ranking_space *space, size_t n_draws,
                         mera_counts *counts)
{
    memset(space->shift, 0, r->lanes * sizeof *space->shift);
    r->kernels->shifts(space->place, r->n, r->lanes, r->reference, space->shift);
    for (size_t d = 0; d < n_draws; d++) {
        counts->shift += space->shift[d];
        counts->worst_shift =
            space->shift[d] > counts->worst_shift ? space->shift[d] : counts->worst_shift;
    }
}

static bool count_is_counted(const mera_ranking *r, uint64_t draw)
{
    return draw / MERA_RANK_SET % r->pair_every == 0;
}

/* Draws that pairs are not counted in get the same place for all. */
static void count_pairs(const mera_ranking *r, mera_ranking_space *space, uint64_t first,
                        size_t n_draws, mera_counts *counts)
{
    size_t dead = 0, tied = 0;
    if (!count_is_counted(r, first) && !count_is_counted(r, first + n_draws - 1)) {
        return; /* a block is no longer than a set */
    }
    for (size_t d = 0; d < r->lanes; d++) {
        if (d >= n_draws || !count_is_counted(r, first + d)) {
            for (size_t i = 0; i < r->n; i++) {
                space->place[i * r->lanes + d] = 0;
            }
            dead++;
        }
    }
    for (size_t d = 0; d < n_draws; d++) {
        tied += space->tied[d];
    }
    r->kernels->pairs(space->place, r->n, r->lanes, tied > 0, (uint32_t)dead, space->narrow,
                      counts->cell + mera_cells_pair(r));
    counts->pair_draws += r->lanes - dead;
}

void mera_count_block(const mera_ranking *r, mera_ranking_space *space, uint64_t first,
                      size_t n_draws, mera_counts *counts)
{
    if (counts->fresh != NULL) {
        if (counts->n_fresh + n_draws > UINT16_MAX) {
            mera_counts_settle(r, counts);
        }
        counts->n_fresh += (uint32_t)n_draws;
    }
    for (size_t i = 0; i < r->n; i++) {
        count_unit(r, space, i, n_draws, counts);
    }
    count_shifts(r, space, n_draws, counts);
    if (r->pair_every > 0) {
        count_pairs(r, space, first, n_draws, counts);
    }
    for (size_t d = 0; d < n_draws; d++) {
        counts->tied += space->tied[d];
    }
}
