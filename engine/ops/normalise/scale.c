/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.scale -- a fixed linear change of scale.
 *
 *     y = factor * x + offset
 *
 * shape   x[n] -> y[n]
 * unit    x: any -> points
 * nulls   stay missing
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5
 */
#include <math.h>

#include "ops/support.h"

typedef struct {
    double factor, offset;
} scale_params;

static const mera_param scale_table[] = {
    MERA_F64(scale_params, factor, 1, -1e15, 1e15, NULL, "what the values are multiplied by"),
    MERA_F64(scale_params, offset, 0, -1e15, 1e15, "points", "what is added then"),
    MERA_PARAMS_END,
};

static mera_code scale_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)fitted;
    const scale_params *p = params;
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(x[i]) ? p->factor * x[i] + p->offset : NAN;
        if (isinf(y[i])) {
            return mera_op_refuse_result(op, ctx, i);
        }
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_scale = {
    .name = "normalise.scale",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Multiply by a number and add another.",
    .formula = "y = factor x + offset",
    .nulls = "stay missing",
    .conventions = "values of an indicator where lower is better come as -x",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = scale_table,
    .params_size = sizeof(scale_params),
    .apply = scale_apply,
};
