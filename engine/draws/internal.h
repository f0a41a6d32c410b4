/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to draws: what a run of draws holds. */
#ifndef MERA_DRAWS_INTERNAL_H
#define MERA_DRAWS_INTERNAL_H

#include "base/threads.h"
#include "draws/places.h"
#include "draws/scores.h"

#define MERA_CENTRAL_UNIT 0x1p32 /* central weights are summed as whole multiples of 2^-32 */

/** What all draws so far add up to. */
typedef struct mera_totals {
    uint32_t *cell;      /**< as mera_counts.cell: the first thread counts in place */
    uint64_t *place_sum; /**< n */
    uint64_t *central;   /**< n * k, or NULL */
    uint64_t shift, worst_shift, tied, pair_draws, done;
} mera_totals;

/** One thread's own. */
typedef struct mera_drawer {
    mera_scorer_space scorer;
    mera_ranking_space ranking;
    mera_counts counts;
    uint64_t *central; /**< n * k, or NULL */
    double *w, *y; /**< weights of a block's tiles; scores of a group's (of a block's, outside) */
} mera_drawer;

struct mera_draws {
    mera_arena *arena;
    mera_pool *pool;
    mera_draws_ask ask;
    const mera_kernels *kernels;
    mera_scorer scorer;
    mera_ranking ranking;
    mera_totals total;
    mera_drawer *drawer; /**< by thread */
    size_t block;        /**< draws a job takes */
    size_t group;        /**< tiles that are scored together */
    bool outside;        /**< scores are handed in, not drawn */
    uint64_t print;      /**< of the ask: a saved state must have the same */
};

/** Scores by the given weights, in order of the scorer's units. */
void mera_draws_given(const mera_draws *draws, mera_drawer *d, const double *weight,
                      uint16_t *place);

/** Opens the threads. */
mera_code mera_draws_pool(mera_draws *draws);

/** Memory of one thread, and of the totals. */
mera_code mera_draws_drawer(const mera_draws *draws, mera_drawer *d);
mera_code mera_draws_totals(mera_draws *draws);

/** Rows of a tile of scores: the last panel may reach beyond the units. */
size_t mera_draws_rows(const mera_draws *draws);

/** Takes what the threads have counted into the totals. */
void mera_draws_collect(mera_draws *draws);

/** A number that differs when the ask does. */
uint64_t mera_draws_print(const mera_draws_ask *ask, const mera_ranking *ranking);

#endif
