/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Why a number is what it is: the trace of one unit's score down to raw cells of files, and where
 * a weight comes from. Nothing is computed anew except contributions: values are the result's own,
 * so what a trace says is what was scored.
 */
#ifndef MERA_RUN_EXPLAIN_H
#define MERA_RUN_EXPLAIN_H

#include "mera/plan.h"

/** A cell of the data that a number was made from. */
typedef struct mera_trace_cell {
    const char *name;  /**< the column, or the id of the indicator that a formula read */
    bool is_indicator; /**< `name` is another indicator, not a column of the data */
    double value;
    uint8_t state; /**< reason | flags, as read */
    mera_at place; /**< file, line and number of the field (as `column`); file NULL = unknown */
} mera_trace_cell;

/** One operation on the way from the raw value to the points. */
typedef struct mera_trace_step {
    mera_step step;
    const mera_op *op;
    const char *params;   /**< "range [0, 100], clamp none"; "" when there is none */
    const char *chosen;   /**< those of them that are not as by default */
    double before, after; /**< of this unit; NaN = missing. Inside a chain they are found again; an
                             operation of which they cannot be has `inner` true, and NaN */
    bool inner;
    bool changed;                /**< before and after differ (or one is missing) */
    const mera_trace_cell *cell; /**< columns that it reads besides (the denominator) */
    size_t n_cells;
    const mera_fit_record *fit; /**< the fit that this unit fell under; NULL = there is none */
    const size_t *member; /**< cells (period * n_units + unit) that it was fitted on; NULL = none,
                             or they are not known any more */
    size_t n_members;
    const char *reference; /**< "120 values of all units in 2024"; "" without fit */
    const char *frozen;    /**< the file that its numbers are from, or NULL = fitted here */
    mera_at at;            /**< where the methodology asks for it */
} mera_trace_step;

/** An indicator at one unit and period. */
typedef struct mera_trace_indicator {
    size_t indicator; /**< into methodology.indicator */
    double stage[MERA_N_STAGES];
    uint8_t raw_state; /**< before all steps */
    uint8_t state;     /**< after all steps */
    bool screened_out;
    const mera_trace_cell *cell; /**< what the raw value was read or derived from */
    size_t n_cells;
    const mera_trace_step *step; /**< derive (op NULL = a formula), denominate, impute, ... */
    size_t n_steps;
    size_t rank;      /**< place of the normalised value among the units of the period, 1 = best;
                           0 = missing */
    size_t n_present; /**< units with a value in the period */
    double mean;      /**< of the normalised values of the period */
} mera_trace_indicator;

/** How contributions were split. Whichever it was, aggregate = baseline + sum of points_added of
 * the children + rule + rounding. */
typedef enum mera_split {
    MERA_SPLIT_NONE,    /**< not split: the node is missing */
    MERA_SPLIT_LINEAR,  /**< share * (value - mean) */
    MERA_SPLIT_LOG,     /**< share * (ln value - ln mean): sums to ln score - ln of that score */
    MERA_SPLIT_SHAPLEY, /**< Shapley value over the children, means for those left out */
    MERA_SPLIT_PROPORTIONAL, /**< in proportion to share * (value - mean): where coalitions have no
                                  answer, or cost too much */
} mera_split;

typedef struct mera_trace_node mera_trace_node;

/** A child of a node at one unit. Exactly one of `node` and `indicator` is set. */
typedef struct mera_trace_child {
    const mera_trace_node *node;
    const mera_trace_indicator *indicator;
    const char *id;
    mera_title title;
    double value;  /**< the child's own score (points) as it reaches the parent; NaN = missing */
    double used;   /**< what was aggregated: after floor and the rule for missing; NaN = left out */
    double weight; /**< stated, or made by the weigher */
    double share;  /**< of this unit: weight over the sum of those taking part; 0 when left out */
    double index_share;  /**< weight in the traced root: product of shares down the tree */
    double mean;         /**< of the child's values over the units of the period */
    double points;       /**< share * used; of geometric and other nodes too, where it adds up to
                              nothing but shows the size */
    double contribution; /**< against the mean of all units; see mera_trace_node.split */
    double points_added; /**< the same in points of the node, so that all add up; of a log split
                              contribution * the logarithmic mean of score and baseline */
    mera_at at;          /**< where the weight comes from */
    const char *origin;  /**< "--set", "variant 'equal'", ... or NULL */
} mera_trace_child;

struct mera_trace_node {
    size_t node; /**< into methodology.node */
    double aggregate, score, rank, group_rank, coverage;
    size_t n_ranked;         /**< units with a place in the period */
    const char *class_label; /**< or NULL */
    const mera_op *op;       /**< the aggregator, or NULL = formula */
    const char *params;      /**< of the aggregator as text, or the formula; the rule for missing */
    const char *settings;    /**< the same without the rule for missing */
    const char *chosen;      /**< those that are not as by default, or the formula */
    const char *missing;     /**< the rule for missing children in words */
    mera_split split;
    double baseline; /**< the aggregate made of the children's means, unrounded and without rules */
    double rule;     /**< points that a floor or a veto adds */
    double rounding; /**< points that rounding adds */
    double split_error;  /**< largest standard error of a contribution; 0 when all coalitions were
                              looked at */
    size_t split_orders; /**< random orders looked at; 0 = all coalitions */
    size_t n_children;
    const mera_trace_child *child;
    const mera_trace_step *then; /**< operations over the node's own aggregate */
    size_t n_then;
};

/**
 * The trace of one unit at one period (indices into the result) from node `node` down.
 * MERA_EUSAGE when an index is out of range.
 */
mera_code mera_explain_unit(mera_plan *plan, const mera_result *result, size_t unit, size_t period,
                            size_t node, mera_arena *arena, mera_diags *diags,
                            const mera_trace_node **out);

/** One step of a weight's way from a node or indicator up to the root. */
typedef struct mera_weight_link {
    const char *id;     /**< the child */
    const char *parent; /**< its parent */
    double stated;      /**< as written (or made by `weigher`) */
    double sum;         /**< of the stated weights of all children of the parent */
    double share;       /**< in force inside the parent */
    mera_weight_scale scale;
    bool as_given;          /**< used undivided */
    const mera_op *weigher; /**< the operation that made it, or NULL = as written */
    mera_at at;             /**< where it is written */
    const char *origin;     /**< "--set", "variant 'equal'", ... or NULL */
} mera_weight_link;

/** One place of a node or indicator in the tree. */
typedef struct mera_weight_path {
    const mera_weight_link *link; /**< from the thing asked for up to a child of the root */
    size_t n_links;
    double index_share; /**< product of the shares */
} mera_weight_path;

typedef struct mera_weight_trace {
    const char *id;
    mera_title title;
    bool is_indicator;
    const mera_weight_path *path; /**< one, or several for an indicator under several nodes; none
                                       for the root */
    size_t n_paths;
    double index_share; /**< over all paths */
} mera_weight_trace;

/**
 * Where the weight of a node or indicator comes from. An unknown id is MERA_EUSAGE with a
 * suggestion.
 */
mera_code mera_explain_weight(const mera_result *result, const char *id, mera_arena *arena,
                              mera_diags *diags, const mera_weight_trace **out);

#endif
