/* SPDX-License-Identifier: Apache-2.0 */
/** @file The one kernel of all quasi-arithmetic means: transform, weighted sum, inverse. */
#ifndef MERA_OPS_KERNEL_H
#define MERA_OPS_KERNEL_H

#include "mera/op.h"

/**
 * Writes y[n], the mean of the children under op->transform and op->inverse.
 *
 * Children of weight 0 take no part. At a unit where a child is missing the weights of the present
 * ones are rescaled so that their sum is that of all; without a present child y is missing.
 * MERA_EINPUT when a value has no transform (a zero under a logarithm). Sums run in the order of
 * the children, units are independent: the same bits at any vector width. `y` is none of the x.
 */
mera_code mera_mean_kernel(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, mera_arena *arena, double *y);

/** The transform of the arithmetic mean: y = x. The kernel knows it and copies nothing. */
void mera_map_identity(const void *params, const double *x, size_t n, double *y);

/** Transform and inverse of the power mean; `params` begins with its exponent, a double. Exponent 0
 * is the geometric mean; a value below 0 has no transform unless the exponent is 1. */
void mera_map_power(const void *params, const double *x, size_t n, double *y);
void mera_map_root(const void *params, const double *x, size_t n, double *y);

#endif
