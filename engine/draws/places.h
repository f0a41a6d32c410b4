/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From scores in tiles of draws to places, and counts of places. All counts are whole numbers, so
 * they add up to the same however draws are dealt out to threads.
 */
#ifndef MERA_DRAWS_PLACES_H
#define MERA_DRAWS_PLACES_H

#include "draws/kernels.h"
#include "mera/robustness.h"

enum {
    MERA_RANK_NETWORK = 4096,  /**< up to so many units a sorting network, else a radix sort */
    MERA_RANK_WHOLE = 2048,    /**< up to so many units each place has a count of its own */
    MERA_RANK_CELLS = 1 << 24, /**< of all histograms together */
    MERA_RANK_PAIRS = 4096,    /**< up to so many units pairs are counted */
    MERA_RANK_EVERY = 512,     /**< up to so many in each draw, else in one of 16 sets */
    MERA_RANK_SET = 256,       /**< draws of a set */
    MERA_RANK_LIMIT = 65000,   /**< units */
};

/** How n units are ranked and what is counted. Immutable. */
typedef struct mera_ranking {
    const mera_kernels *kernels;
    size_t n;
    size_t lanes; /**< draws ranked together: a multiple of 64 */
    bool ascending;
    bool network;       /**< else a radix sort */
    uint64_t mask;      /**< low bits of a key: the unit */
    size_t bin, n_bins; /**< places a bin of the histogram holds, 2^bin_bits */
    unsigned bin_bits;
    size_t top[MERA_TOPS + 1];
    size_t n_top;        /**< the first is 1 */
    uint64_t pair_every; /**< pairs are counted in sets of draws whose number is a multiple of
                              this; 0 = never */
    uint16_t *reference; /**< n places by the given weights */
} mera_ranking;

/** Fills all but `top` and `reference`. */
void mera_ranking_make(const mera_kernels *kernels, size_t n, bool ascending, bool pairs,
                       mera_ranking *out);

/** Sums over draws that a thread adds to, which a total takes over in time. */
typedef struct mera_counts {
    uint32_t *cell;
    uint16_t *fresh;     /**< histograms of the last draws, which are not among the cells yet: half
                              as much memory goes by; NULL where units are few */
    uint32_t n_fresh;    /**< these draws */
    uint64_t *place_sum; /**< n; used where a bin holds several places, as the tops are */
    uint64_t shift, worst_shift, tied, pair_draws;
} mera_counts;

/** Which cell of its unit's histogram a place counts in; the last is for draws without a place. */
static inline size_t mera_bin(const mera_ranking *r, uint16_t place)
{
    const size_t at = place - (size_t)1;
    return at >= r->n ? r->n_bins : at >> r->bin_bits;
}

/** Where what stands among the cells: histograms of n_bins + 1 (the last: draws without a place),
 * tops, pairs. */
size_t mera_cells_top(const mera_ranking *r);
size_t mera_cells_pair(const mera_ranking *r);
size_t mera_cells(const mera_ranking *r); /**< how many in all */

/** Counts into `cell`, or, NULL, into cells of its own. */
mera_code mera_counts_new(const mera_ranking *r, uint32_t *cell, mera_arena *arena,
                          mera_counts *out);

/** Scratch of one thread. */
typedef struct mera_ranking_space {
    double *key;       /**< (mask + 1) * 16, for the network */
    uint64_t *sort;    /**< 2 n */
    double *column;    /**< n */
    uint32_t *order;   /**< n */
    uint16_t *place;   /**< n * lanes; place n + 1: the unit has no score in that draw */
    uint16_t *by_lane; /**< n * 16: places of a tile, lane by lane */
    uint32_t *shift;   /**< lanes */
    uint32_t *bins;    /**< 4 (n + 2) */
    int8_t *narrow;    /**< n * lanes */
    uint8_t *tied;     /**< lanes: 1 = units share a place in that draw */
} mera_ranking_space;

mera_code mera_ranking_space_new(const mera_ranking *r, mera_arena *arena, mera_ranking_space *out);

/** Places of the 16 draws of tile `t` from y[i * 16 + lane], and which have ties; the first
 * `n_draws` count. */
void mera_rank_tile(const mera_ranking *r, mera_ranking_space *space, const double *y, size_t t,
                    size_t n_draws);

/** Takes the last draws' histograms into the cells. */
void mera_counts_settle(const mera_ranking *r, mera_counts *counts);

/** Counts draws first .. first + n_draws - 1, whose places stand in the space. */
void mera_count_block(const mera_ranking *r, mera_ranking_space *space, uint64_t first,
                      size_t n_draws, mera_counts *counts);

#endif
