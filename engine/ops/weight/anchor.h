/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the weighers that look at an outcome from outside: children and anchor,
 * centred.
 */
#ifndef MERA_OPS_WEIGHT_ANCHOR_H
#define MERA_OPS_WEIGHT_ANCHOR_H

#include "ops/weight/support.h"

/** The units that have all children and the anchor; distances from the means. */
typedef struct mera_anchored {
    size_t n, k;
    double *x;  /**< k columns of n */
    double *y;  /**< n */
    double *sd; /**< k deviations, divided by n - 1 */
    double y_sd;
} mera_anchored;

/** Reads the first COLUMN parameter as the anchor; refuses what is too few or does not vary. */
mera_code mera_anchor_read(const mera_weighing *call, const char *name, mera_anchored *out);

#endif
