/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How much each child matters for the weighted sum y = sum_j w_j x_j of them, and which weights
 * come nearest to a stated importance.
 */
#ifndef MERA_OPS_IMPORTANCE_H
#define MERA_OPS_IMPORTANCE_H

#include "mera/error.h"

typedef enum mera_importance_kind {
    MERA_IMPORTANCE_R2,     /**< squared correlation of x_j and y */
    MERA_IMPORTANCE_R,      /**< correlation of x_j and y */
    MERA_IMPORTANCE_SHARE,  /**< w_j cov(x_j, y) / var(y): these sum to 1 */
    MERA_IMPORTANCE_SPLINE, /**< main effect: R2 of y on a natural cubic spline of x_j */
} mera_importance_kind;

/** The children seen as what makes importance a function of weights alone. */
typedef struct mera_importance {
    size_t k;
    mera_importance_kind kind;
    const double *covariance; /**< k x k */
    size_t rank;              /**< rows of a child in `effect` */
    const double *effect;     /**< (k * rank) x k by rows: R2_j = |effect_j w|^2 / var(y) */
} mera_importance;

/** From k columns of n complete cases, x[j * n + i]; `knots` (3 or more) are those of the spline.
 */
mera_code mera_importance_of(const double *x, size_t n, size_t k, mera_importance_kind kind,
                             size_t knots, mera_arena *arena, mera_importance *out);

/** importance[k] at weights w. NaN when y does not vary. */
mera_code mera_importance_at(const mera_importance *children, const double *w, mera_arena *arena,
                             double *importance);

typedef struct mera_importance_aim {
    const double *target;        /**< k shares that sum to 1 */
    const double *lower, *upper; /**< k bounds of weights that sum to 1; lower may be below 0 */
} mera_importance_aim;

/**
 * The weights w[k], sum 1 and within bounds, whose shares S_j / sum S come nearest to the target in
 * least squares; share[k] are those reached. MERA_EINPUT when no weights fit the bounds.
 */
mera_code mera_importance_reach(const mera_importance *children, const mera_importance_aim *aim,
                                mera_arena *arena, double *w, double *share);

#endif
