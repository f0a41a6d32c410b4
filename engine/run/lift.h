/* SPDX-License-Identifier: Apache-2.0 */
/** @file Values put in place of others while a plan is evaluated. */
#ifndef MERA_RUN_LIFT_H
#define MERA_RUN_LIFT_H

#include "run/internal.h"

/** A column as it is with the values put in. */
typedef struct run_patch {
    const mera_column *column;
    double *value;
    uint8_t *state;
} run_patch;

/** Copies columns that values are put into. */
mera_code mera_run_patch(run_score *s);
/** Puts values into a derived indicator, which is in its place. */
mera_code mera_run_lift(run_score *s, size_t indicator);
const double *mera_run_column_value(const run_score *s, const mera_column *column);
const uint8_t *mera_run_column_state(const run_score *s, const mera_column *column);

#endif
