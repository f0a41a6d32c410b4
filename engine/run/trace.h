/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: what the files that explain a score share. */
#ifndef MERA_RUN_TRACE_H
#define MERA_RUN_TRACE_H

#include "run/explain.h"
#include "run/internal.h"

/** Which number is being explained. */
typedef struct run_trace {
    mera_plan *plan;
    const mera_result *result;
    size_t unit, period;
    size_t cell; /**< period * n_units + unit */
    mera_arena *arena;
} run_trace;

mera_code mera_run_trace_indicator(const run_trace *t, size_t indicator,
                                   const mera_trace_indicator **out);

/** The fit that the unit falls under in a chain: of its group, else of all units. NULL = none. */
const mera_fit_record *mera_run_trace_fit(const run_trace *t, const run_use *use, size_t indicator,
                                          size_t node);

/** The trace of one chain: fills step[0..uses->n). `before` and `after` are its ends, of all cells.
 */
mera_code mera_run_trace_chain(const run_trace *t, const run_uses *uses, size_t indicator,
                               size_t node, const double *before, const double *after,
                               mera_trace_step *step);

/** Finds the reference set of a step among `x`, the values of all cells before its chain. */
mera_code mera_run_trace_members(const run_trace *t, const run_use *use, const double *x,
                                 mera_trace_step *step);
/** Fills in what stands between the operations of a chain, where it can be found again. */
mera_code mera_run_trace_inside(const run_trace *t, const run_uses *uses, size_t indicator,
                                mera_trace_step *step);

/** Splits the node's score over its children; fills split, baseline and contributions. */
mera_code mera_run_contributions(const run_trace *t, mera_trace_node *node,
                                 mera_trace_child *child);

#endif
