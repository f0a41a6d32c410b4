/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * treat.boxcox -- a power that makes a column more nearly normal.
 *
 *     y = (u^lambda - 1) / lambda,  ln u for lambda 0
 *     u = x - min x + 1, or x as it is with `shift_to_positive: false`
 *
 * shape   x[n] -> y[n]; fitted: base, shift, lambda
 * unit    x: any -> y: its power
 * nulls   stay missing and take no part
 * errors  u of 0 or below; a constant column when lambda is looked for
 * source  Box and Cox, Journal of the Royal Statistical Society B 26 (1964) 211; Becker et al.,
 *         COINr, JOSS 7 (2022) 4567, function boxcox
 *
 * `lambda: null` takes the one between -5 and 5 that makes u most nearly normal: the maximum of
 * (lambda - 1) sum ln u - n ln sd(y), sd with n.
 */
#include <math.h>

#include "ops/treat/transform.h"

typedef struct {
    double lambda;
    bool shift_to_positive;
} boxcox_params;

static const char *const boxcox_fitted[] = {"base", "shift", "lambda", NULL};
static const mera_param boxcox_table[] = {
    {.name = "lambda",
     .type = MERA_PARAM_F64,
     .offset = offsetof(boxcox_params, lambda),
     .nullable = true,
     .fallback = NAN,
     .min = -10,
     .max = 10,
     .help = "the power; null takes the most likely one"},
    MERA_BOOL(boxcox_params, shift_to_positive, 1, "move the column so that its minimum is 1"),
    MERA_PARAMS_END,
};

static mera_code boxcox_refuse(const mera_op *op, mera_op_ctx *ctx, size_t i, double value)
{
    const mera_code rc = mera_op_refuse_log(op, ctx, i, value);
    mera_hint(ctx->diags, "'shift_to_positive: true' moves the minimum to 1 first");
    return rc;
}

static mera_code boxcox_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const double *x, size_t n, mera_fitted *out)
{
    const boxcox_params *p = params;
    double low, high;
    MERA_TRY(mera_op_fitted(ctx, 3, out));
    if (mera_column_range(x, n, &low, &high) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    out->v[0] = p->shift_to_positive ? low : 0;
    out->v[1] = p->shift_to_positive ? 1 : 0;
    out->v[2] = p->lambda;
    if (!isnan(p->lambda)) {
        return MERA_OK;
    }
    if (low == high) {
        return mera_op_refuse_constant(op, ctx, low, "given a most likely power");
    }
    for (size_t i = 0; i < n && !p->shift_to_positive; i++) {
        if (x[i] <= 0) {
            return boxcox_refuse(op, ctx, i, x[i]);
        }
    }
    return mera_boxcox_fit(ctx->arena, x, n, out->v[0], out->v[1], &out->v[2]);
}

static mera_code boxcox_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    const boxcox_params *p = params;
    mera_treatment t = mera_treatment_none();
    t.base = fitted->v[0];
    t.shift = fitted->v[1];
    t.power = fitted->v[2];
    t.factor = t.sign = 1;
    for (size_t i = 0; i < n && !p->shift_to_positive; i++) {
        if (x[i] <= 0) {
            return boxcox_refuse(op, ctx, i, x[i]);
        }
    }
    return mera_treatment_apply(op, ctx, &t, x, n, y);
}

const mera_op mera_op_treat_boxcox = {
    .name = "treat.boxcox",
    .step = MERA_STEP_TREAT,
    .version = 1,
    .summary = "Raise the shifted column to a power that makes it more nearly normal.",
    .formula = "y = (u^lambda - 1) / lambda, ln u for lambda 0; u = x - min x + 1",
    .nulls = "stay missing and take no part",
    .conventions = "without 'lambda' the most likely one between -5 and 5 is taken; the deviation "
                   "in the likelihood divides by n",
    .source = "Box and Cox, Journal of the Royal Statistical Society B 26 (1964) 211",
    .params = boxcox_table,
    .params_size = sizeof(boxcox_params),
    .fitted = boxcox_fitted,
    .fit = boxcox_fit,
    .apply = boxcox_apply,
};
