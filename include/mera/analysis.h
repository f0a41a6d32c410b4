/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a result says about its methodology: its numbers as columns of a tree, how much each part
 * really counts, how far a unit is from the one above, and the statistical audit.
 */
#ifndef MERA_ANALYSIS_H
#define MERA_ANALYSIS_H

#include "mera/plan.h"
#include "mera/statistics.h"

/* ---- the result as columns -------------------------------------------------------------- */

/** Nodes and indicators of one period as columns, nodes first, each in methodology order. */
typedef struct mera_sheet {
    size_t n;          /**< units */
    size_t k, n_nodes; /**< columns; the first n_nodes are nodes */
    const char *const *id;
    const mera_title *title;
    const double *const *x;  /**< nodes: as passed up; indicators: of the stage asked for */
    const size_t *parent;    /**< column of the (first) parent; SIZE_MAX = root, or in no node */
    const int *level;        /**< 1 = indicators, a node one above its highest child */
    const double *weight;    /**< share in force inside the parent; 1 for the root */
    const double *effective; /**< weight in the index: shares down the tree, over all parents */
} mera_sheet;

/** Screened units are missing everywhere. MERA_EUSAGE when there is no such period. */
mera_code mera_sheet_of(const mera_result *result, size_t period, mera_stage stage,
                        mera_arena *arena, mera_sheet *out);

/** Columns of a sheet that stand under a node, and the share each has of the node's weight. */
typedef struct mera_sheet_parts {
    size_t n;
    const size_t *column;
    const double *share; /**< product of shares down the tree, over all ways */
} mera_sheet_parts;

/** A node's children, or all indicators below it. */
mera_code mera_sheet_below(const mera_result *result, const mera_sheet *sheet, size_t node,
                           bool indicators, mera_arena *arena, mera_sheet_parts *out);

/* ---- importance ------------------------------------------------------------------------- */

/** How to look for importance. Zero-initialised: of children, the defaults. */
typedef struct mera_importance_ask {
    bool indicators;  /**< of all indicators below, not of children */
    size_t knots;     /**< of the spline of main effects; 0 = 10 */
    size_t exact_max; /**< Shapley shares are exact up to so many parts; 0 = 15, at most 20 */
    size_t orders;    /**< else from so many random orders and their reverses; 0 = 500 */
    uint64_t seed;    /**< of the orders */
} mera_importance_ask;

/** The same with defaults put in; NULL asks for nothing but them. */
mera_importance_ask mera_importance_defaults(const mera_importance_ask *ask);

/** One part of a node. */
typedef struct mera_importance_part {
    size_t column;        /**< of the sheet */
    double nominal;       /**< share of the node's weight as the methodology has it */
    double r;             /**< correlation with the node */
    double r2;            /**< its square */
    double main_effect;   /**< Var(E[y | x]) / Var(y) by a penalised spline */
    double linear;        /**< w cov(x, y) / Var(y); these sum to 1 where y is the weighted mean */
    double shapley;       /**< part of R2 of y on all parts (LMG); sums to R2 */
    double shapley_error; /**< standard error; 0 when exact */
} mera_importance_part;

typedef struct mera_importance_of_node {
    size_t node;
    size_t n_units; /**< that have the node and all parts */
    size_t n;
    const mera_importance_part *part;
    double r2;         /**< of y on all parts */
    bool exact;        /**< the Shapley shares */
    size_t n_orders;   /**< looked at when not */
    double divergence; /**< max |main / max main - nominal / max nominal| */
} mera_importance_of_node;

/**
 * How much the parts of a node count in one period. Main effects are of a natural cubic spline with
 * knots at quantiles, its penalty chosen by generalised cross-validation. Numbers are NaN where
 * fewer than 3 units have everything or nothing varies. Divergence is that of Paruolo et al. with
 * main effects for importance.
 *
 * source  Paruolo, Saisana, Saltelli, JRSS A 176 (2013) 609; Lindeman, Merenda, Gold (1980);
 *         Green, Silverman, Nonparametric Regression (1994)
 */
mera_code mera_importance_in(const mera_result *result, const mera_sheet *sheet, size_t node,
                             const mera_importance_ask *ask, mera_arena *arena,
                             mera_importance_of_node *out);

/* ---- overtaking ------------------------------------------------------------------------- */

typedef enum mera_overtake_end {
    MERA_OVERTAKE_POSSIBLE,
    MERA_OVERTAKE_MISSING,   /**< the unit has no value of it */
    MERA_OVERTAKE_NO_EFFECT, /**< no change of it moves the score (weight 0, a floor, a cap) */
    MERA_OVERTAKE_GOALPOST,  /**< even at the end of its scale the score stays below */
} mera_overtake_end;

/** What it takes in one indicator, all others as they are. */
typedef struct mera_overtake_way {
    size_t indicator;
    mera_overtake_end end;
    double value, needed; /**< in the indicator's own unit, after imputation and before treatment */
    double points, needed_points; /**< of the normalised indicator; NaN when it is not normalised */
    double limit;                 /**< the best value that is allowed; NaN = none is known */
    bool beyond_observed;         /**< better than any unit of the period has */
} mera_overtake_way;

typedef struct mera_overtake {
    size_t unit, target; /**< target SIZE_MAX: the unit is first, or has no place */
    size_t node, period;
    double score, target_score;
    size_t n;
    const mera_overtake_way *way; /**< of each indicator below the node, methodology order */
} mera_overtake;

/**
 * What each indicator alone would have to become for a unit to reach the score of the one above it
 * at a node. Fitted numbers stay as they are; so the answer holds for the unit that moves, not for
 * what its move does to the scale. A value may not leave the indicator's goalposts or, when it has
 * none, its plausible range; without either the end of the search is twice the observed range, and
 * 0 where nobody is below. Nodes that compare units with each other are scored again with all
 * units.
 */
mera_code mera_overtake_of(mera_plan *plan, const mera_result *result, size_t unit, size_t period,
                           size_t node, mera_arena *arena, mera_diags *diags, mera_overtake *out);

/* ---- fitted numbers --------------------------------------------------------------------- */

/**
 * The fitted numbers as a file that `frozen: FILE` and `reference: {frozen: FILE}` read: comments
 * with the methodology, the engine, the data and a sum over what follows, then CSV with the fields
 * step,op,indicator,group,period,name,value,params. Numbers read back as the same doubles, so what
 * was scored is scored again to the same bytes.
 *
 * Operations that learn from the data and keep no numbers (imputers over tables, screening,
 * aggregators that compare units, classes by rank) cannot be frozen: each is warned of once.
 * Nothing to freeze is MERA_EINPUT. The text lives in `arena`.
 */
mera_code mera_freeze_csv(const mera_result *result, mera_arena *arena, mera_diags *diags,
                          const char **out);

#endif
