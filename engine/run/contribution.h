/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: a node's score being split over its children. */
#ifndef MERA_RUN_CONTRIBUTION_H
#define MERA_RUN_CONTRIBUTION_H

#include "run/parts.h"
#include "run/trace.h"

/** A split at work. Players are the children that have a value and a mean; others stand as they
 * are at the unit. */
typedef struct run_split {
    const run_trace *t;
    mera_trace_node *node;
    mera_trace_child *child;
    run_parts parts;
    size_t *player; /**< places in parts.part */
    size_t n_players;
    bool population; /**< the aggregator compares units: each coalition runs it on all of them */
    bool rules;      /**< play with floor and veto; without them they are a line of their own */
} run_split;

/**
 * The node's aggregate, unrounded, for coalitions: in[row * n_players + p] says whether player p
 * shows its own value or the mean of all units. *ok is false where one of them has no answer.
 */
mera_code mera_run_split_play(const run_split *s, const uint8_t *in, size_t rows, double *value,
                              bool *ok);

/**
 * Shapley values of the players into `contribution` of their children; fills baseline, split_error
 * and split_orders, and *full, the aggregate it adds up to. *ok as above.
 */
mera_code mera_run_split_shapley(const run_split *s, double *full, bool *ok);

#endif
