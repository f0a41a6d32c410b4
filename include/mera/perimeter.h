/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first in several units at once: the towns of a company, the municipalities of a
 * region. docs/priorities.md.
 */
#ifndef MERA_PERIMETER_H
#define MERA_PERIMETER_H

#include "mera/priorities.h"

/** What is asked. */
typedef struct mera_perimeter_ask {
    mera_members members;
    size_t period, node;
    double reach;              /**< as mera_priorities_ask */
    const mera_aim *aim;       /**< as there */
    size_t n_aims;             /**< as there */
    uint64_t draws;            /**< as there */
    unsigned threads;          /**< as there */
    size_t top;                /**< as there */
    mera_progress_fn progress; /**< as there: of the draws of all members and of the perimeter */
    void *context;
} mera_perimeter_ask;

/** An indicator lifted at once in every member where that is possible, each to its own aim. */
typedef struct mera_perimeter_item {
    size_t indicator, direction; /**< as mera_priority */
    size_t n;                    /**< members in which it is lifted */
    const mera_lift *lift;       /**< of each of them */
    double gain;                 /**< of ask.node: the mean over members; NaN = no answer */
    double direction_gain;       /**< NaN = none */
    size_t most;                 /**< the member whose node gains most by it */
    double most_gain;
    double sure; /**< share of draws in which it is among the first; NaN = not drawn */
} mera_perimeter_item;

/** An indicator of one member. */
typedef struct mera_perimeter_step {
    size_t member, item; /**< of that member's priorities */
} mera_perimeter_step;

typedef struct mera_perimeter {
    size_t period, node;
    mera_members members;      /**< in the order given */
    const mera_priorities *of; /**< per member; `among_gain` is what the perimeter gains */
    double score;              /**< of the node: the mean over members */
    size_t n;
    const mera_perimeter_item *item; /**< largest gain first */
    size_t n_steps;
    const mera_perimeter_step *step; /**< what is possible, by among_gain */
    mera_surety surety;              /**< of its items; members have their own */
} mera_perimeter;

/**
 * mera_priorities_of() of each member, and each indicator lifted in all of them at once and scored
 * anew. Gains are means over the members with their shares, effects of one member's values on the
 * others included. The same numbers for any number of threads.
 *
 * MERA_EUSAGE: no member, a share that is not above 0, or as mera_priorities_of(); MERA_EINPUT: a
 * member has no score. Lives in `arena`.
 */
mera_code mera_perimeter_of(mera_plan *plan, const mera_result *result,
                            const mera_perimeter_ask *ask, mera_arena *arena, mera_diags *diags,
                            mera_perimeter *out);

#endif
