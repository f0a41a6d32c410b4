/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.none -- leave directed values as they are: for points that are on one scale already.
 *
 *     y = x
 *
 * shape   x[n] -> y[n]
 * unit    x's -> x's
 * nulls   stay missing
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5
 */
#include <string.h>

#include "mera/op.h"

static mera_code none_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)params, (void)ctx, (void)fitted;
    if (y != x) {
        memcpy(y, x, n * sizeof *y);
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_none = {
    .name = "normalise.none",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Leave the values as they are.",
    .formula = "y = x",
    .nulls = "stay missing",
    .conventions = "values of an indicator where lower is better come as -x",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .apply = none_apply,
};
