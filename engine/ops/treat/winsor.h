/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to ops/treat: pulling in the outermost points of a column, one step at a time. */
#ifndef MERA_OPS_TREAT_WINSOR_H
#define MERA_OPS_TREAT_WINSOR_H

#include "ops/column.h"

/** When to stop. */
typedef struct mera_winsor_limits {
    double skewness, kurtosis; /**< tame: |G1| < skewness or G2 < kurtosis */
    size_t max_points;         /**< stop once so many are pulled in */
    bool force;                /**< go on to max_points even when tame */
} mera_winsor_limits;

typedef struct mera_winsorised {
    double lower, upper;  /**< where points are pulled in to; NaN = that end was left alone */
    size_t points;        /**< how many were pulled in */
    mera_moments moments; /**< of the column as it is then */
} mera_winsorised;

/**
 * Pulls points of x[n], whose moments are `all`, in until it is tame or the limit is reached:
 * where G1 >= 0 all points at the maximum take the next smaller value, else all at the minimum the
 * next larger one. Tied points move together, so the last step may pass max_points.
 */
mera_code mera_winsorise(const mera_winsor_limits *limits, const double *x, size_t n,
                         const mera_moments *all, mera_arena *arena, mera_winsorised *out);

#endif
