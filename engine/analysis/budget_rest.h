/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera_budget_over() share. */
#ifndef MERA_ANALYSIS_BUDGET_REST_H
#define MERA_ANALYSIS_BUDGET_REST_H

#include "analysis/priorities.h"

enum { BUDGET_STEPS = 4 };

/** What is being chosen from. */
typedef struct budget_choice {
    priorities_run run;
    const mera_priorities *of; /**< per member */
    mera_members members;
    size_t node;
    const mera_price *cost;
    size_t n_costs;
    size_t n; /**< indicators of members with a cost */
    mera_budget_item *item;
    mera_spending **step; /**< per item and option */
    bool *divisible;      /**< per item: a price per unit buys any part of the way */
} budget_choice;

/** What is taken of each item. */
typedef struct budget_plan {
    mera_spending **taken; /**< NULL = nothing */
    double cost, gain, bound;
    bool exact, cut_short, of_straight; /**< as in mera_budget */
} budget_plan;

/** The mean gain of the members with values put in; scores and places then where they are wanted.
 */
mera_code mera_budget_gain(const budget_choice *b, const mera_lift *lift, size_t n, double *gain,
                           double *score, double *place);

/** The best split into steps, and what it leaves spent on part of a step. */
mera_code mera_budget_plan(const budget_choice *b, double budget, budget_plan *out);

#endif
