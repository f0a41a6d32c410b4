/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The change of a score between two periods or two editions, split into its causes.
 *
 * What may change is cut into players: of each indicator its value at the unit, the numbers its
 * treatment and normalisation were fitted to, and its being in the framework at all; then the
 * weights, and the rest (peers that nodes compare with, or another method). A player is switched
 * from before to after and the framework scored again. A split is the mean, over random orders of
 * the players and the same orders reversed, of what each switch does to the score: the Shapley
 * value, exact where no more than two players act on each other, as in an arithmetic mean, and an
 * estimate by sampling elsewhere. In every order the steps end at the score after, so the split
 * adds up to the change however few the orders.
 *
 * source  Shapley, A Value for n-Person Games (1953); Castro, Gomez, Tejada, Computers & Operations
 *         Research 36 (2009) 1726 for sampling by orders; Shorrocks, J. Econ. Inequality 11 (2013)
 */
#ifndef MERA_ANALYSIS_CHANGE_H
#define MERA_ANALYSIS_CHANGE_H

#include "mera/plan.h"

typedef enum mera_cause {
    MERA_CAUSE_OWN,        /**< the unit's own observed values */
    MERA_CAUSE_SURVEY,     /**< answers of a survey, whose audience may be another one */
    MERA_CAUSE_IMPUTED,    /**< values filled in or carried, before or after */
    MERA_CAUSE_INDICATORS, /**< indicators with data, or in the framework, at one end only */
    MERA_CAUSE_BOUNDS,     /**< peers: what treatment and normalisation were fitted to */
    MERA_CAUSE_WEIGHTS,
    MERA_CAUSE_METHOD, /**< operations, parameters and the shape of the tree */
    MERA_N_CAUSES,
} mera_cause;

/** One end: a scored plan and the period meant in it. */
typedef struct mera_changed_end {
    mera_plan *plan;
    const mera_result *result;
    size_t period;
} mera_changed_end;

typedef struct mera_changed_ask {
    size_t unit;   /**< of the result after: in full; SIZE_MAX = all units, in short */
    size_t orders; /**< random orders, each with its reverse; 0 = 16 */
    uint64_t seed;
} mera_changed_ask;

/** A score, before and after, with its split. NaN where it has no score at one end. */
typedef struct mera_changed_row {
    double before, after;
    double rank[2];           /**< of units at the root; NaN = no place, or no unit */
    double by[MERA_N_CAUSES]; /**< adds up to after - before */
    double frozen; /**< the change if what was fitted before had stayed; NaN = the same */
} mera_changed_row;

/** An indicator of the unit asked for. */
typedef struct mera_changed_part {
    const char *id;
    size_t indicator[2]; /**< before and after; SIZE_MAX = not in that framework */
    double value[2];     /**< after imputation, in its own unit */
    uint8_t state[2];
    double points[2];
    double by[MERA_N_CAUSES]; /**< what it did to the index */
    double noise;             /**< what of the change may be error of the data, in points of the
                                 index: 1.96 standard errors; NaN = errors are not known */
} mera_changed_part;

typedef struct mera_changed {
    mera_changed_end end[2];
    bool same_method;   /**< one methodology, the same to the last setting */
    bool bounds_move;   /**< something was fitted anew */
    size_t n_units;     /**< of the result after */
    const size_t *unit; /**< in short: those with a split, the largest changes first */
    size_t n;           /**< of `unit` and `row` */
    const mera_changed_row *row;
    /* in full, of one unit: */
    size_t one;                   /**< the unit; SIZE_MAX = in short */
    size_t one_before;            /**< in the result before */
    const mera_changed_row *node; /**< per node of the framework after; [0] is the index */
    const mera_changed_part *part;
    size_t n_parts;
    double noise;      /**< of the index; NaN = errors are not known */
    size_t n_orders;   /**< with the reversed ones */
    double imputed[2]; /**< share of the index's weight that was not observed */
} mera_changed;

/**
 * Splits the change from `from` to `to`, which may be two periods of one result. Units are matched
 * by key, indicators and nodes by id. MERA_EINPUT, recorded, when the unit has no score at one end
 * or nobody has both. Everything lives in `arena`.
 */
mera_code mera_change_of(const mera_changed_end *from, const mera_changed_end *to,
                         const mera_changed_ask *ask, mera_arena *arena, mera_diags *diags,
                         const mera_changed **out);

/** "own", "survey", ...: for programs. */
const char *mera_cause_name(mera_cause cause);

#endif
