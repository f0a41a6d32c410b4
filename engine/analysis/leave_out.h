/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to analysis: leave-one-out being made. */
#ifndef MERA_ANALYSIS_LEAVE_OUT_H
#define MERA_ANALYSIS_LEAVE_OUT_H

#include "mera/leave_out.h"

typedef struct leave_run {
    mera_plan *plan;
    const mera_result *result;
    const mera_leave_ask *ask;
    mera_arena *arena;
    mera_diags *diags;
    mera_leave_out *out;
    mera_left *left;
    bool lower_is_better;
} leave_run;

/** What there is to leave out, into run->left and out->n_asked; MERA_EINPUT when there is nothing.
 */
mera_code mera_leave_list(leave_run *run);

/** Marks what goes with number `index` (of an indicator or node): itself, and of a node all that
 * counts only through it. */
mera_code mera_leave_flags(const leave_run *run, size_t index, mera_arena *arena,
                           uint8_t *indicator, uint8_t *node);

#endif
