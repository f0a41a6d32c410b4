/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to ops/treat: what a column goes through, as numbers: held between two bounds, then a
 * power or logarithm of the shifted column. Each half is left out where its numbers are NaN.
 *
 *     c = min(max(x, lower), upper)
 *     u = factor * sign * (c - base) + shift
 *     y = sign * ln u                      power NaN or 0
 *         (u^power - 1) / power            else (Box-Cox)
 */
#ifndef MERA_OPS_TREAT_TRANSFORM_H
#define MERA_OPS_TREAT_TRANSFORM_H

#include "ops/column.h"
#include "ops/support.h"

/** The family of logarithms, and Box-Cox. `sign` is -1 where the long tail is the lower one. */
typedef enum mera_transform {
    MERA_LOG_CT,      /**< ln(x - min + 0.01 (max - min)) */
    MERA_LOG_CT_PLUS, /**< the same; -ln(max + 0.01 (max - min) - x) where skewness is not above 0
                       */
    MERA_LOG_CT_ORIG, /**< ln(x - min + 1) */
    MERA_LOG_GII,     /**< ln((max - 1) (x - min) / (max - min) + 1) */
    MERA_BOXCOX,      /**< Box-Cox of x - min + 1 */
} mera_transform;

/** All NaN: nothing is done. */
typedef struct mera_treatment {
    double lower, upper, base, factor, shift, sign, power;
} mera_treatment;

mera_treatment mera_treatment_none(void);

/**
 * Learns the transform of a column whose moments are `m`; the bounds of *out are left as they are
 * (the column is already held between them). `lambda` is of Box-Cox; NaN looks for the most
 * likely one. MERA_EINPUT when the column is constant, or too small for the GII's logarithm.
 */
mera_code mera_transform_fit(const mera_op *op, mera_op_ctx *ctx, mera_transform kind,
                             double lambda, const double *x, size_t n, const mera_moments *m,
                             mera_treatment *out);

/** y[n] from x[n]; y may be x. MERA_EINPUT when a value has no logarithm. */
mera_code mera_treatment_apply(const mera_op *op, mera_op_ctx *ctx, const mera_treatment *t,
                               const double *x, size_t n, double *y);

/** The lambda under which the present (x - base) + shift, all above 0, are most nearly normal (Box
 * and Cox 1964). */
mera_code mera_boxcox_fit(mera_arena *arena, const double *x, size_t n, double base, double shift,
                          double *lambda);

/** Is a distribution tame? |G1| < skewness or G2 < kurtosis; so is one that cannot be judged. */
bool mera_is_tame(const mera_moments *m, double skewness, double kurtosis);

#endif
