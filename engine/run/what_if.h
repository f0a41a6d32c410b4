/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One number of one unit is another one: what becomes of its points and of scores above them. All
 * fitted numbers, weights and the other units' indicators stay as they were.
 */
#ifndef MERA_RUN_WHAT_IF_H
#define MERA_RUN_WHAT_IF_H

#include "mera/plan.h"

typedef struct mera_what_if mera_what_if;

/** Everything lives in `arena`. Indices of the result; the plan is the one that made it. */
mera_code mera_what_if_new(mera_plan *plan, const mera_result *result, size_t unit, size_t period,
                           mera_arena *arena, mera_what_if **out);

/** Turns to another unit of the period; without a room of its own for each. */
void mera_what_if_move(mera_what_if *w, size_t unit);

/** Is some aggregator from the node down costly (MERA_OP_COSTLY)? */
bool mera_what_if_is_costly(const mera_what_if *w, size_t node);

/** Points of an indicator for a value as it is after imputation. NaN = no answer. */
mera_code mera_what_if_points(const mera_what_if *w, size_t indicator, double value,
                              double *points);

/**
 * Scores at a node when an indicator of the unit has `points`: *own of the unit, *other of the unit
 * `other` (an index). They differ from the result's for others only where a node below compares
 * units. NaN = no answer.
 */
mera_code mera_what_if_score(const mera_what_if *w, size_t node, size_t indicator, double points,
                             size_t other, double *own, double *other_score);

#endif
