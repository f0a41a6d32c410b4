/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first: of each indicator of a unit, what the index gains when it comes up to what
 * similar units have reached, and how sure that is. docs/priorities.md.
 */
#ifndef MERA_PRIORITIES_H
#define MERA_PRIORITIES_H

#include "mera/robustness.h"
#include "mera/similar.h"

/** Units of which a mean is taken. */
typedef struct mera_members {
    size_t n;
    const size_t *unit;
    const double *share; /**< they sum to 1 */
} mera_members;

/** A value that an indicator is to have, whatever similar units have reached. */
typedef struct mera_aim {
    size_t indicator;
    double value;
} mera_aim;

/** What is asked. */
typedef struct mera_priorities_ask {
    size_t unit, period;
    size_t node;  /**< whose gain puts indicators in order; 0 = the index */
    double reach; /**< the value that so large a part of similar units has not passed: 0.75 = what
                       a quarter of them has reached; 1 = the best of them; 0 stands for 0.75 */
    const mera_aim *aim; /**< in the place of `reach`, for some indicators */
    size_t n_aims;
    uint64_t draws;   /**< 0 = the methodology's, at most 1000 */
    unsigned threads; /**< 0 = all processors; changes nothing in the results */
    size_t top; /**< so many are counted as first; 0 = 5, and at most a third of those lifted */
    const mera_members *among; /**< whose mean gain is told besides; NULL = nobody's */
    mera_progress_fn progress; /**< told now and then how many draws are done; false ends them, and
                                    `sure` is of those. May be NULL */
    void *context;             /**< of progress */
} mera_priorities_ask;

/** What came of an indicator. */
typedef enum mera_priority_end {
    MERA_PRIORITY_POSSIBLE,
    MERA_PRIORITY_THERE,   /**< it is there already */
    MERA_PRIORITY_FEW,     /**< fewer than 3 similar units have a value of their own */
    MERA_PRIORITY_MISSING, /**< the unit has no value, or none that could be put in */
    MERA_PRIORITY_GIVEN,   /**< nobody can change it: `actionable: false` */
    MERA_PRIORITY_FAILED,  /**< with the value put in, the methodology has no answer */
} mera_priority_end;

typedef struct mera_priority {
    size_t indicator;
    size_t direction; /**< the child of the root above it; SIZE_MAX = it is one itself */
    mera_priority_end end;
    double value;   /**< now: denominated and imputed, in the indicator's unit */
    uint8_t state;  /**< of that cell */
    double to;      /**< what it is lifted to, as the engine has it */
    mera_lift lift; /**< what was put in the data for that */
    size_t n_known; /**< similar units with a value of their own */
    size_t n_there; /**< of them, those that have reached `to` */
    bool asked;     /**< `to` is of ask.aim */
    double points, to_points;
    double gain;           /**< of ask.node, better is positive */
    double index_gain;     /**< of the root */
    double direction_gain; /**< of the direction; NaN = none */
    double among_gain;     /**< of ask.node, the mean of ask.among; NaN = none */
    double place;          /**< of the root, with the value put in; NaN = none */
    double sure;           /**< share of draws in which it is among the first; NaN = not drawn */
} mera_priority;

/** Of how many draws it is told how sure items are. */
typedef struct mera_surety {
    size_t top;             /**< so many items are the first */
    bool methods;           /**< factors of `uncertainty:` varied with the weights */
    uint64_t draws;         /**< 0 = none: `why_not` says why */
    uint64_t asked;         /**< more than `draws` when it was stopped */
    uint64_t failed;        /**< of `draws`, those without an answer: shares are of the others */
    const char *why_failed; /**< what the first of them had */
    const char *why_not;
} mera_surety;

typedef struct mera_priorities {
    size_t unit, period, node;
    double reach;
    mera_surety surety;
    mera_similar similar;
    double score, place; /**< of the root, as things stand */
    size_t n;
    const mera_priority *item; /**< possible ones by gain, then the rest in methodology order */
    size_t n_possible;
} mera_priorities;

/**
 * Lifts each indicator below the node, alone, and scores the plan anew with the value put in: gains
 * are what `mera score` would say of the changed data, fits and weights from data included. Values
 * that similar units were given by imputation do not count as reached.
 *
 * Weights and the factors of `uncertainty:` are then drawn together; in each draw the same values
 * are put in, and everything is scored anew under the settings drawn. The same numbers for any
 * number of threads.
 *
 * MERA_EUSAGE: no such unit, period or node, or `reach` beyond 1; MERA_EINPUT: the unit has no
 * score, or as mera_similar_of(). Lives in `arena`.
 */
mera_code mera_priorities_of(mera_plan *plan, const mera_result *result,
                             const mera_priorities_ask *ask, mera_arena *arena, mera_diags *diags,
                             mera_priorities *out);

#endif
