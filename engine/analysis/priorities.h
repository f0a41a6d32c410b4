/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera/priorities.h share. */
#ifndef MERA_ANALYSIS_PRIORITIES_H
#define MERA_ANALYSIS_PRIORITIES_H

#include "mera/budget.h"

/** What is scored under drawn weights: points of some units as they are, then with each item
 * lifted. Gains are means over the units. */
typedef struct priorities_rows {
    size_t n_units, n_items;
    const size_t *unit;
    const double *share;    /**< of each unit in a gain; they sum to 1 */
    bool *possible;         /**< per item: was it lifted? */
    const mera_lift **lift; /**< per item: what was put in, */
    size_t *n_lifts;        /**< and in how many cells */
    double *points;         /**< [((1 + item) * n_units + unit) * n_indicators + indicator]; the
                                 first n_units rows are as things stand */
    const double ***column; /**< [item][indicator] points of all units where the lift changes them,
                                 NULL elsewhere; NULL where a row is enough */
} priorities_rows;

/** Indicators being lifted. */
typedef struct priorities_run {
    mera_plan *plan;
    const mera_result *result;
    const mera_priorities_ask *ask;
    mera_priorities *out;
    mera_arena *arena;
    mera_arena *work; /**< of one lift: rewound after it */
    mera_diags *diags;
    size_t shift; /**< of the period's first cell */
    mera_priority *item;
    priorities_rows rows;
} priorities_run;

/** Opens rows of `rows->unit` for `n_items`, and fills those that are as things stand. */
mera_code mera_priorities_rows(const priorities_run *run, size_t n_items, priorities_rows *rows);
/** Keeps the points that item `i` has once lifted, and what was put in, which must stay. */
mera_code mera_priorities_keep(const priorities_run *run, priorities_rows *rows, size_t i,
                               const mera_lift *lift, size_t n_lifts, const mera_result *lifted);
/** Scores with values put in. The result lives in run->work. MERA_EINPUT: no answer. */
mera_code mera_priorities_score(const priorities_run *run, const mera_lift *lift, size_t n,
                                const mera_result **out);
/** A gain of a node: positive is better. */
double mera_priorities_gain(const priorities_run *run, size_t node, double before, double after);
/** The mean gain of a node over members; NaN when one of them has no score. */
double mera_priorities_mean_gain(const priorities_run *run, const mera_members *of, size_t node,
                                 const mera_result *lifted);
/** What is put in for a value on the way to an item's aim: rates are proportional to amounts. */
mera_lift mera_priorities_partly(const mera_result *result, const mera_priority *item, double to);
/** The unit whose prices of the indicator hold: its own, or those of all. */
size_t mera_price_payer(size_t indicator, size_t unit, const mera_price *cost, size_t n_costs);
/** Is what holds for an item of a unit a price per unit, and no curve? */
bool mera_price_is_rate(const mera_priority *item, size_t unit, const mera_price *cost,
                        size_t n_costs);
/** Draws weights and methods and tells in what share of draws each item is among the first; NaN =
 * not possible. out->top is asked for, 0 = a choice. */
mera_code mera_priorities_sure(const priorities_run *run, const priorities_rows *rows,
                               mera_surety *out, double **sure);

#endif
