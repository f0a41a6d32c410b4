/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A framework scored again with something in it changed: other weights, other aggregators, other
 * points of indicators, indicators left out. What an audit asks some times and simulations ask
 * thousands of times: indicators are not computed anew.
 */
#ifndef MERA_AGAIN_H
#define MERA_AGAIN_H

#include "mera/plan.h"

/** One period of a result, ready to be scored again. Immutable; threads may share it. */
typedef struct mera_again mera_again;

/** The plan and the result must outlive it. MERA_EUSAGE when there is no such period. */
mera_code mera_again_open(mera_plan *plan, const mera_result *result, size_t period,
                          mera_arena *arena, mera_again **out);

/** Values as the first normaliser sees them, higher is better: x, -x, or minus the distance to the
 * wished range. */
void mera_directed_values(const mera_indicator *indicator, const double *x, size_t n, double *y);

/** Values of indicator `indicator` of which the higher is better for the index: directed ones, or
 * minus them where the index is `better: lower`. */
void mera_better_values(const mera_methodology *m, size_t indicator, const double *x, size_t n,
                        double *y);

/** Is some node's own operation fitted on other periods, which changed points do not reach? */
bool mera_again_crosses(const mera_again *again);

/** Must its items run one after the other (mera_again_each)? */
bool mera_again_is_serial(const mera_again *again);

/** What to change; all NULL changes nothing and gives the result's own numbers. */
typedef struct mera_again_change {
    const double *const *points; /**< per indicator n_units values; NULL = as scored */
    const double *const *weight; /**< per node, of its children; NULL = as in force */
    const mera_use *const
        *aggregate;          /**< per node, for its own aggregator or formula; NULL = own */
    const uint8_t *left_out; /**< per indicator: 1 = as if screening had left it out */
} mera_again_change;

/** Room of one worker: `arena` holds what is asked for until the item ends. */
typedef struct mera_again_room {
    mera_arena *arena, *scratch;
} mera_again_room;

typedef struct mera_again_scores {
    const double *const *score; /**< per node n_units scores, as passed up */
    const double *rank;         /**< of the root, by the methodology's rules; NaN = not ranked */
} mera_again_scores;

/** Weights that an operation made are those in force. A node whose children all were left out has
 * no scores. `diags` may be NULL. */
mera_code mera_again_score(const mera_again *again, const mera_again_change *change,
                           const mera_again_room *room, mera_diags *diags, mera_again_scores *out);

/** Item `i` of n; must not depend on the worker. */
typedef mera_code (*mera_again_fn)(void *context, size_t i, const mera_again_room *room);

/** Runs items 0..n-1 on the engine's threads, or one after the other where a node is Lua's. */
mera_code mera_again_each(const mera_again *again, size_t n, mera_again_fn fn, void *context);

#endif
