/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * treat.clip -- hold values between two numbers of the methodology.
 *
 *     y = min(max(x, lower), upper)
 *
 * shape   x[n] -> y[n]
 * unit    x's
 * nulls   stay missing
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3 (outliers)
 */
#include <math.h>

#include "ops/support.h"

typedef struct {
    double lower, upper;
} clip_params;

static const mera_param clip_table[] = {
    {.name = "lower",
     .type = MERA_PARAM_F64,
     .offset = offsetof(clip_params, lower),
     .nullable = true,
     .fallback = NAN,
     .help = "values below are raised to it; null sets no bound"},
    {.name = "upper",
     .type = MERA_PARAM_F64,
     .offset = offsetof(clip_params, upper),
     .nullable = true,
     .fallback = NAN,
     .help = "values above are lowered to it; null sets no bound"},
    MERA_PARAMS_END,
};

static mera_code clip_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const clip_params *p = params;
    if (isnan(p->lower) && isnan(p->upper)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "missing-parameter", ctx->at,
                         "%s needs 'lower', 'upper' or both", op->name);
    }
    if (p->lower >= p->upper) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "'lower' of %s is %g and not below 'upper', %g", op->name, p->lower,
                         p->upper);
    }
    return MERA_OK;
}

static mera_code clip_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)ctx, (void)fitted;
    const clip_params *p = params;
    for (size_t i = 0; i < n; i++) { /* a bound that is NaN is never passed */
        const double raised = x[i] < p->lower ? p->lower : x[i];
        y[i] = raised > p->upper ? p->upper : raised;
    }
    return MERA_OK;
}

const mera_op mera_op_treat_clip = {
    .name = "treat.clip",
    .step = MERA_STEP_TREAT,
    .version = 1,
    .summary = "Hold values between two given numbers.",
    .formula = "y = min(max(x, lower), upper)",
    .nulls = "stay missing",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3",
    .params = clip_table,
    .params_size = sizeof(clip_params),
    .check = clip_check,
    .apply = clip_apply,
};
