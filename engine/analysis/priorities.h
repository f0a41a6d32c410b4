/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera/priorities.h share. */
#ifndef MERA_ANALYSIS_PRIORITIES_H
#define MERA_ANALYSIS_PRIORITIES_H

#include "mera/priorities.h"

/** Indicators being lifted. Rows are what the unit would be: row 0 as it is, row 1 + i with item i
 * lifted. */
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
    double *points;         /**< [row * n_indicators + indicator] of the unit */
    const double ***column; /**< [item][indicator] points of all units where the lift changes them,
                                 NULL elsewhere; NULL where a row is enough */
} priorities_run;

/** Is the unit's own row all that its score depends on, once points are known? */
bool mera_priorities_by_row(const priorities_run *run);
/** Scores with values put in. The result lives in run->work. MERA_EINPUT: no answer. */
mera_code mera_priorities_score(const priorities_run *run, const mera_lift *lift, size_t n,
                                const mera_result **out);
/** A gain of a node: positive is better. */
double mera_priorities_gain(const priorities_run *run, size_t node, double before, double after);
/** Draws weights and fills `sure` of the possible items. */
mera_code mera_priorities_sure(priorities_run *run);

#endif
