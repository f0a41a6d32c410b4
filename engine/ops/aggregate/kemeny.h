/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to aggregate.kemeny: best rankings of a set of units.
 *
 * lead[a n + b] is how far a leads b, minus how far b leads a. A ranking loses lead[b n + a] for
 * each pair with a above b where b leads. The best ranking loses least, which is the same as having
 * the largest sum of outranking scores over the pairs it orders.
 */
#ifndef MERA_OPS_AGGREGATE_KEMENY_H
#define MERA_OPS_AGGREGATE_KEMENY_H

#include "mera/op.h"

/** Differences of losses below it are rounding. */
#define MERA_KEMENY_ROUNDING 1e-10

/** What is known of the best rankings of n units. */
typedef struct mera_kemeny {
    double *place;     /**< [n], from 0: the mean over all best rankings when these were counted */
    double loss;       /**< of the best ranking found */
    double bound;      /**< no ranking loses less; equal to `loss` when that is proved */
    double optima;     /**< how many rankings lose `loss`; 0: not counted */
    uint32_t *ranking; /**< the best ones, n units each from best to worst, in order of their units'
                            numbers; NULL when there is one, more than MERA_KEMENY_LIST, or they
                            were not found */
} mera_kemeny;

enum { MERA_KEMENY_LIST = 12 };

/** Three units that beat each other in a circle, and what any ranking loses by it. */
typedef struct mera_kemeny_circle {
    uint32_t unit[3];
    double loss;
} mera_kemeny_circle;

/** A good ranking: moves of single units until none gains. order[n] from best to worst. */
mera_code mera_kemeny_search(const double *lead, size_t n, mera_arena *arena, uint32_t *order,
                             double *loss);

/** Circles that share no part of a lead, so that their losses add up to a bound. For many units the
 * search for circles stops early: the bound holds, and may be low. */
mera_code mera_kemeny_circles(const double *lead, size_t n, mera_arena *arena,
                              mera_kemeny_circle **out, size_t *n_out);

/**
 * The best rankings, counted, and the mean place of each unit over them. `order` is a ranking that
 * loses `out->loss`. Leaves *found false when there are more than 64 units or too many sets of
 * units come into question as the upper part of a best ranking.
 */
mera_code mera_kemeny_exact(const double *lead, size_t n, mera_arena *arena, mera_kemeny *out,
                            bool *found);

/**
 * Notes all best rankings of n units that share the places from `first` (from 0) on; nothing when
 * they are not listed. unit[p] is the number in the call of the ranking's unit p.
 */
mera_code mera_kemeny_note_all(const mera_op *op, const mera_op_ctx *ctx, const mera_kemeny *best,
                               const size_t *unit, size_t n, size_t first);

#endif
