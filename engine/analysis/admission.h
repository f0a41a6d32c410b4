/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Is an overlay's indicator fit to stand beside the core? Coverage, redundancy, discrimination,
 * unit of measure, and what it does to places. The thresholds are those of mera/admission.h, or
 * what the overlay says instead.
 */
#ifndef MERA_ANALYSIS_ADMISSION_H
#define MERA_ANALYSIS_ADMISSION_H

#include "mera/plan.h"

typedef enum mera_verdict {
    MERA_VERDICT_OK,
    MERA_VERDICT_WARNING,
    MERA_VERDICT_REFUSED
} mera_verdict;

typedef enum mera_admission_question {
    MERA_ASK_COVERAGE,
    MERA_ASK_REDUNDANCY,
    MERA_ASK_DISCRIMINATION,
    MERA_ASK_UNIT,
    MERA_ASK_DIRECTION,
    MERA_N_QUESTIONS,
} mera_admission_question;

/** One question and its answer. */
typedef struct mera_admission_item {
    mera_admission_question question;
    mera_verdict verdict;
    double number;    /**< share of units, correlation, share of the commonest value; NaN = none */
    size_t count;     /**< units with a value; different values */
    const char *name; /**< the nearest indicator, the unit of measure; NULL = none */
} mera_admission_item;

/** Of one new indicator. */
typedef struct mera_admission_of {
    size_t indicator;
    mera_admission_item item[MERA_N_QUESTIONS];
    size_t n_items;
} mera_admission_of;

typedef struct mera_admission {
    const mera_result *result;
    size_t period;
    mera_admission_of *of;
    size_t n;
    size_t n_units, n_core;       /**< with an extended score, with a core score */
    double mean_shift, max_shift; /**< of places among the units that have both; NaN without any */
    size_t max_unit;
    bool refused;
} mera_admission;

/** `result` is that of an overlay, looked at in one period. */
mera_code mera_admission_of_overlay(const mera_result *result, size_t period, mera_arena *arena,
                                    mera_admission *out);

#endif
