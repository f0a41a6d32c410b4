/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Shares within bounds and stated orders: is there room, where is its middle, and walks through it.
 */
#ifndef MERA_DRAWS_POLYTOPE_H
#define MERA_DRAWS_POLYTOPE_H

#include "mera/robustness.h"

/** {x: sum x = 1, low <= x <= high, rows . x >= 0}. */
typedef struct mera_polytope {
    size_t k, n_free;
    double *low, *high;
    size_t *free; /**< shares that can vary */
    const mera_weight_order *order;
    size_t n_orders;
    double *centre; /**< of the largest ball inside, among the shares that vary */
    double radius;
    size_t burn_in, thinning; /**< steps before the first draw of a chain; between draws */
} mera_polytope;

/** MERA_EINPUT when bounds and orders leave no room. */
mera_code mera_polytope_make(const mera_law *law, size_t k, mera_arena *arena, mera_diags *diags,
                             mera_polytope **out);

/** Draws d = 256 c .. 256 c + 255 are one chain, which starts at the centre: so a draw depends on
 * its number alone. */
enum { MERA_CHAIN = 256 };

/** Where a thread stands in a chain. */
typedef struct mera_walk {
    double *x, *direction; /**< k each */
    uint64_t next;         /**< draw that comes next; UINT64_MAX = not started */
} mera_walk;

mera_code mera_walk_new(size_t k, mera_arena *arena, mera_walk *out);

/** The shares of draw `d`, valid until the next call. Going on to d + 1 is cheap. */
const double *mera_walk_to(mera_walk *walk, const mera_polytope *p, uint64_t seed, uint32_t stream,
                           uint64_t d);

#endif
