/* SPDX-License-Identifier: Apache-2.0 */
/** @file Counts a block of places: histograms, tops, sums, shifts, pairs. */
#include <string.h>

#include "draws/places.h"

/* Which cell of its histogram a place counts in; the last is for draws without a place. */
static inline size_t count_bin(const mera_ranking *r, uint16_t place)
{
    const size_t at = place - (size_t)1;
    return at >= r->n ? r->n_bins : at >> r->bin_bits;
}

/* One unit's places into its histogram. Histograms of many units are far away: the cells that the
 * next unit will need are sent for. */
static void count_bins(const mera_ranking *r, mera_ranking_space *space, const uint16_t *place,
                       size_t n_draws, bool last, uint32_t *histogram)
{
    if (r->n <= n_draws) {
        r->kernels->histogram(place, n_draws, r->n, space->bins, histogram);
        return;
    }
    const uint16_t *next = place + r->lanes;
    for (size_t d = 0; d < n_draws; d++) {
        if (!last) {
            __builtin_prefetch(histogram + r->n_bins + 1 + count_bin(r, next[d]), 1);
        }
        histogram[count_bin(r, place[d])]++;
    }
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
    const uint16_t *place = space->place + i * r->lanes;
    count_bins(r, space, place, n_draws, i + 1 == r->n, counts->cell + i * (r->n_bins + 1));
    if (r->bin > 1) {
        count_sums(r, place, i, n_draws, counts);
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
