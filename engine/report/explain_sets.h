/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: the reference sets that a trace speaks of, each told once. */
#ifndef MERA_REPORT_EXPLAIN_SETS_H
#define MERA_REPORT_EXPLAIN_SETS_H

#include "run/explain.h"

typedef struct mera_explain_sets {
    const mera_trace_step **step; /**< the first that has the set */
    size_t n;
} mera_explain_sets;

/** The sets of a trace, in the order in which it comes to them. MERA_ENOMEM alone. */
mera_code mera_explain_sets_of(const mera_trace_node *trace, mera_arena *arena,
                               mera_explain_sets *out);
/** The number of a step's set, from 0; SIZE_MAX = it has none. */
size_t mera_explain_set(const mera_explain_sets *sets, const mera_trace_step *step);

#endif
