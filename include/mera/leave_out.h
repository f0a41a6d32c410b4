/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Leave-one-out of a scored plan: each indicator, each direction or each unit is left out in turn
 * and all is scored anew, and places are told against those with everybody. docs/robustness.md.
 */
#ifndef MERA_LEAVE_OUT_H
#define MERA_LEAVE_OUT_H

#include "mera/plan.h"
#include "mera/robustness.h"

typedef enum mera_leave_what {
    MERA_LEAVE_INDICATORS, /**< that have weight below the node asked for */
    MERA_LEAVE_DIRECTIONS, /**< nodes below it, at every level */
    MERA_LEAVE_UNITS,      /**< that have a score there */
} mera_leave_what;

/** Zero-initialised but for `what`: the whole index, the first period. */
typedef struct mera_leave_ask {
    mera_leave_what what;
    size_t node, period;
    mera_progress_fn progress; /**< told after each; false ends it, and what was done is summed up.
                                    May be NULL */
    void *context;             /**< of progress */
} mera_leave_ask;

/** One that was left out. Places count from 1, equal scores share the least; NaN = no place. */
typedef struct mera_left {
    size_t index;       /**< of the indicator, node or unit */
    double weight;      /**< its share of the node asked for; NaN for a unit */
    const char *failed; /**< why there are no scores without it; or NULL, and then: */
    size_t n, n_moved;  /**< units with a place before and after; those that move */
    double mean_shift;  /**< mean |shift| */
    double largest;     /**< move of the unit that moves most */
    size_t unit;        /**< that unit; SIZE_MAX = nobody moves */
    double spearman, kendall;
    const double *score, *place; /**< per unit; NULL when it failed */
    const double *shift; /**< per unit: place after - place before, both among the n units: that one
                             went or came moves nobody; NaN = it is not one of them */
} mera_left;

/** What the removals do to one unit. */
typedef struct mera_left_unit {
    double lowest, highest; /**< places over all removals that gave it one; NaN = none did */
    double largest;         /**< move of the removal that moves it most, as above */
    size_t by;              /**< that removal, into `left`; SIZE_MAX = none moves it */
} mera_left_unit;

typedef struct mera_leave_out {
    mera_leave_what what;
    size_t node, period;
    const double *score, *place; /**< per unit, with everybody */
    size_t n_ranked;
    size_t n_asked; /**< how many there are to leave out; n_left unless stopped */
    size_t n_left, n_failed;
    const mera_left *left;      /**< largest mean shift first, failed ones last */
    const mera_left_unit *unit; /**< per unit */
    const size_t *order;        /**< n_ranked units, best first */
} mera_leave_out;

/** Units times removals that are kept in memory. */
enum { MERA_LEAVE_CELLS = 8000000 };

/**
 * An indicator or a direction is left out as if screening had done it: its weight goes to the
 * others of its node, weights from data are made without it, and where a step looks at several
 * indicators at once (screening, an imputer) it runs without it. Of a direction go the indicators
 * that count only through it. A unit is left out of the data: bounds, means, weights and all that
 * is fitted are of the others.
 *
 * MERA_EUSAGE: no such node or period. MERA_EINPUT: nobody has a score, or there is nothing to
 * leave out. MERA_ELIMIT: more than MERA_LEAVE_CELLS. The result lives in `arena`.
 */
mera_code mera_leave_out_of(mera_plan *plan, const mera_result *result, const mera_leave_ask *ask,
                            mera_arena *arena, mera_diags *diags, mera_leave_out *out);

#endif
