/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What money buys: the split of a budget over indicators, and over units, that gains most, and what
 * brings a score to a goal. docs/priorities.md.
 */
#ifndef MERA_BUDGET_H
#define MERA_BUDGET_H

#include "mera/perimeter.h"

/* ---- the split --------------------------------------------------------------------------- */

/** One way of doing something. */
typedef struct mera_budget_option {
    double cost; /**< above 0 */
    double gain;
} mera_budget_option;

/** Something of which one option at most is taken. */
typedef struct mera_budget_item {
    size_t n;
    const mera_budget_option *option;
} mera_budget_item;

typedef struct mera_budget_split {
    const size_t *chosen; /**< per item; SIZE_MAX = nothing */
    double cost, gain;
    double bound; /**< no split within the budget gains more; equals `gain` when `exact` */
    bool exact;
    const size_t *relaxed; /**< options of the linear relaxation before the part of one in which it
                              breaks off */
    double relaxed_bound;  /**< its gain: no split does better, of parts of options neither */
    size_t looked_at;      /**< states of the search */
} mera_budget_split;

/**
 * The split with the largest sum of gains: the multiple-choice knapsack. Options are left out by
 * what they lose at the price of money of the linear relaxation, the rest is a dynamic programme
 * over undominated states (Pisinger, European Journal of Operational Research 83 (1995) 394). At
 * most `most` states are kept at a time (0 = 10,000): where that cuts off what could have been
 * better, `exact` is false and the bound is the largest that was cut off. Lives in `arena`.
 */
mera_code mera_budget_best(const mera_budget_item *item, size_t n, double budget, size_t most,
                           mera_arena *arena, mera_budget_split *out);

/* ---- of units ---------------------------------------------------------------------------- */

/** What an indicator costs: of `value` NaN the price of one of its unit, else all that it takes to
 * come from where the unit is to that value. A unit with prices of its own for an indicator has
 * those alone. */
typedef struct mera_price {
    size_t indicator;
    size_t unit; /**< SIZE_MAX = all */
    double value, cost;
} mera_price;

/** A step of an indicator that was scored. */
typedef struct mera_spending {
    size_t member;     /**< of the perimeter; 0 for a unit alone */
    size_t item;       /**< of its priorities */
    mera_lift lift;    /**< put in the data */
    double to;         /**< in the indicator's unit */
    double cost, gain; /**< alone */
} mera_spending;

typedef struct mera_budget {
    double budget;
    size_t n;
    const mera_spending *spending; /**< what is chosen, largest gain first */
    double cost;
    double gain;      /**< sum of the gains of each alone, which the split maximises */
    double bound;     /**< of that sum */
    bool exact;       /**< no split sums to more */
    bool cut_short;   /**< the search was */
    bool of_straight; /**< the bound takes gains to be straight between steps, and they are not */
    double together;  /**< what all of them bring at once, scored anew */
    double score;     /**< of the node, then: the mean over members */
    const double *place; /**< of the root, then, per member */
    size_t n_priced;     /**< possible indicators with a cost, over all members */
} mera_budget;

/** Indicators with a price per unit are taken in quarters of the way to the aim, and what is left
 * buys part of one; those with a curve at its points up to the aim, and at the aim where the curve
 * goes beyond it. MERA_EINPUT: no possible indicator has a cost. */
mera_code mera_budget_of(mera_plan *plan, const mera_result *result, const mera_priorities *of,
                         const mera_price *cost, size_t n_costs, double budget, mera_arena *arena,
                         mera_diags *diags, mera_budget *out);

/** The same over indicators and members of a perimeter: gains are means over the members, with
 * their shares. */
mera_code mera_budget_over(mera_plan *plan, const mera_result *result, const mera_perimeter *of,
                           const mera_price *cost, size_t n_costs, double budget, mera_arena *arena,
                           mera_diags *diags, mera_budget *out);

/** What it costs to bring a unit's indicator from its value now to `to`, on the way to its aim:
 * between points of a curve along the straight line; NaN = not known: no price, or the curve ends
 * before. */
double mera_price_at(const mera_priority *item, size_t unit, double to, const mera_price *cost,
                     size_t n_costs);

/** The same of the whole way. */
double mera_price_of(const mera_priority *item, size_t unit, const mera_price *cost,
                     size_t n_costs);

/* ---- a goal ------------------------------------------------------------------------------ */

/** What is asked. */
typedef struct mera_goal_ask {
    double wanted; /**< score of the node */
    bool each;     /**< every member is to have it, each by what is lifted in it; else their mean */
    const mera_price *cost;
    size_t n_costs; /**< 0 = none are given */
} mera_goal_ask;

typedef struct mera_goal_step {
    size_t member; /**< of the perimeter; 0 for a unit alone */
    size_t item;   /**< of its priorities */
    mera_lift lift;
    double to;    /**< in the indicator's unit */
    double cost;  /**< of the way there; NaN = not known */
    double score; /**< of the node, with this and all steps before: the mean, or that of the member
                       where each has the goal */
    double place; /**< of the root, of the member, likewise */
} mera_goal_step;

typedef struct mera_goal {
    double wanted;
    bool each;
    double now, score; /**< mean of members, as things stand and with all steps */
    bool met;
    size_t n;
    const mera_goal_step *step;
    double cost;               /**< of all steps whose cost is known */
    size_t n_priced;           /**< how many these are */
    const double *end, *place; /**< per member, with all steps: score of the node, place of the
                                  root; NaN = the methodology has no answer */
} mera_goal;

/**
 * Lifts indicators one after the other, all scored together, until the node has the score; the last
 * one only as far as it takes. Those that bring most come first, so that few are lifted; with
 * costs, those that bring most per cost, so that it is cheap: where gains and costs are in
 * proportion to the way, nothing is cheaper. Those without a known cost come last. Never beyond
 * what similar units have reached: where that is not enough, `met` is false and the steps are all
 * there are, the nearest that can be had.
 *
 * With `each`, member by member; as what is lifted in one may lower another, those that fell below
 * are lifted on, in eight rounds at most.
 */
mera_code mera_goal_over(mera_plan *plan, const mera_result *result, const mera_perimeter *of,
                         const mera_goal_ask *ask, mera_arena *arena, mera_diags *diags,
                         mera_goal *out);

/** The same of one unit. */
mera_code mera_goal_of(mera_plan *plan, const mera_result *result, const mera_priorities *of,
                       const mera_goal_ask *ask, mera_arena *arena, mera_diags *diags,
                       mera_goal *out);

#endif
