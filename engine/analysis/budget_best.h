/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera_budget_best() share. */
#ifndef MERA_ANALYSIS_BUDGET_BEST_H
#define MERA_ANALYSIS_BUDGET_BEST_H

#include "mera/budget.h"

/** An item with a choice to make; its options that are not out, SIZE_MAX = to take nothing. */
typedef struct best_class {
    size_t item, n;
    size_t *option;
    double second; /**< what the best option but one loses */
} best_class;

/** What was taken of the classes up to some depth. */
typedef struct best_state {
    double cost, gain;
    uint32_t parent; /**< in the layer before */
    uint32_t choice; /**< of the class's options */
} best_state;

typedef struct best_run {
    const mera_budget_item *item;
    size_t n, most;
    double budget, price, slack;
    mera_arena *arena;
    size_t *relaxed; /**< per item: the option of the linear relaxation */
    size_t *best;    /**< the split in hand */
    double best_gain, open_bound, bound;
    size_t n_classes, looked_at;
    best_class *cls;
    double *rest_value, *rest_cost, *rest_gain; /**< of classes from a depth on: at the price; taken
                                                     as in the relaxation */
    best_state **layer;
    size_t *n_layer;
} best_run;

/** An option of an item; SIZE_MAX = to take nothing. */
mera_budget_option mera_budget_option_of(const best_run *b, size_t i, size_t o);

/** The linear relaxation: the price of money where it breaks off, what it takes of each item before
 * that, and a split in hand. */
mera_code mera_budget_relax(best_run *b);

#endif
