/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to how sure priorities are: draws that share a combination of choices. */
#ifndef MERA_ANALYSIS_PRIORITIES_DRAWS_H
#define MERA_ANALYSIS_PRIORITIES_DRAWS_H

#include "analysis/joint_groups.h"
#include "analysis/priorities.h"

/** Points as they are and with each item lifted, under one combination of choices. */
typedef struct sure_case {
    mera_arena *arena;
    joint_combination *c;      /**< its tree and samplers */
    const priorities_run *run; /**< its plan, result and period */
    const priorities_rows *rows;
    mera_again *again;
    size_t node;  /**< whose gain is meant, by its own number */
    size_t *slot; /**< units in whose places rows stand; NULL = all units are scored */
    size_t n_slots;
    const char *failed; /**< why it has no answer */
    bool kept;          /**< for later draws */
} sure_case;

/** Draws of a case. */
typedef struct sure_draws {
    const mera_joint *joint;
    const sure_case *of;
    const joint_rows *rows;
    size_t top;     /**< so many are the first */
    uint32_t *hits; /**< per item: draws in which it is among them */
    uint32_t good;  /**< draws with an answer */
} sure_draws;

/** What cases are made from: what is asked, its rows as found with the given settings, and draws.
 */
typedef struct sure_base {
    const priorities_run *p;
    const priorities_rows *rows;
    const mera_joint *joint;
    const robust_run *tree;
} sure_base;

/** A case that is not made yet: `c` is NULL. */
mera_code mera_priorities_case_new(sure_case **out);
/** Makes the case of a row's choices: `here` on this thread alone. What fails says so in it. */
mera_code mera_priorities_case_make(const sure_base *base, const joint_points *points, size_t row,
                                    bool here, sure_case *of);
/** The case in which nothing but weights varies: what was found is so. */
mera_code mera_priorities_case_as_is(const sure_base *base, sure_case *of);
void mera_priorities_case_free(sure_case *of);
/** Counts, on the engine's threads; or on this one, in rows->room, when rows->here. */
mera_code mera_priorities_draws(sure_draws *draws, mera_arena *arena);

#endif
