/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Certificates of a scored plan: what holds for every weighting that `uncertainty:` allows, worked
 * out and not drawn. docs/robustness.md.
 */
#ifndef MERA_CERTIFY_H
#define MERA_CERTIFY_H

#include "mera/robust.h"

/** Zero-initialised: the whole index, the first period, all units. */
typedef struct mera_certify_ask {
    size_t node, period;
    bool one; /**< places of `unit` alone are looked for */
    size_t unit;
    size_t limit;     /**< elastic programs for either end of a unit's places; 0 = as much work as
                         mera_reach_of() does for one unit, MERA_REACH_QUICK for all */
    unsigned threads; /**< 0 = all processors; changes nothing in the results */
    mera_progress_fn progress; /**< told how many units are done; false leaves the rest of them
                                    without places and leads. May be NULL */
    void *context;             /**< of progress */
} mera_certify_ask;

/** A weight of the framework. */
typedef struct mera_certified_weight {
    size_t node; /**< whose child it is */
    bool is_indicator;
    size_t index;    /**< of the child, into the methodology's nodes or indicators */
    size_t order_of; /**< whose order holds between the ends: the asked node's, where every node on
                        the way up is a plain arithmetic mean; else that of `node` */
    size_t n_units;  /**< that have all children of `node` */
    mera_stable_weight stable;
} mera_certified_weight;

/** A node whose weights have no interval. */
typedef struct mera_certified_without {
    size_t node;
    mera_robust_why why;
} mera_certified_without;

typedef struct mera_certified_unit {
    size_t unit;
    size_t place;          /**< by the weights as written, among those compared */
    bool looked_for;       /**< the next two hold something */
    mera_reach reach;      /**< places over all allowed weights */
    mera_first first;      /**< over all allowed weights */
    mera_hasse_unit hasse; /**< over all weights whatever */
    double epsilon;        /**< of its order to the next one; NaN = it is the last */
    size_t speaks;         /**< the part that speaks most for the next one; SIZE_MAX = none does */
} mera_certified_unit;

typedef struct mera_certified {
    size_t node, period;
    mera_uncertainty rules;
    size_t n_weights;
    const mera_certified_weight *weight;
    size_t n_without;
    const mera_certified_without *without;
    mera_robust_why why_none; /**< why there is nothing on units: the asked node is no plain mean */
    bool whole;       /**< the weights of all levels vary: columns are the indicators below. Else
                         those of the node's own parts alone, which are the columns */
    size_t n_columns; /**< what weights of reach and first are of */
    const mera_robust_part *column; /**< `stable` is not filled */
    const double *given;            /**< their shares as written */
    size_t n_parts;
    const mera_robust_part *part;    /**< of the asked node */
    size_t n_ranked;                 /**< units with a score */
    size_t n_units;                  /**< of them, those compared: with all columns */
    const mera_certified_unit *unit; /**< best first */
    mera_hasse hasse;
    size_t n_cut;        /**< ends of places that stayed bounds */
    size_t n_looked_for; /**< units whose places were looked for */
    bool stopped;        /**< progress ended it */
} mera_certified;

/**
 * Intervals of the weights of all nodes below and at the asked one, then of the units that have all
 * columns: places that allowed weights can reach, who can be first, epsilon of neighbours,
 * dominance.
 *
 * Allowed are the weights that the laws of `uncertainty:` can draw: of `range` those within r of
 * the given before they are brought to their sum, of `bounds` all that fulfil them, of `dirichlet`
 * and `simplex` all there are. Weights of all levels vary where the node and all below it are plain
 * arithmetic means over indicators of their own and no unit drops out by that; else the weights of
 * the node's own parts, and scores of parts stay as they are.
 *
 * MERA_EUSAGE: no such node, period or unit. MERA_EINPUT: nobody has a score, a weight is negative,
 * no weights are allowed. The result lives in `arena`.
 */
mera_code mera_certify_of(mera_plan *plan, const mera_result *result, const mera_certify_ask *ask,
                          mera_arena *arena, mera_diags *diags, mera_certified *out);

#endif
