/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.value_logistic -- an S-shaped value function.
 *
 *     v = 1 / (1 + exp(-(x - m) / s))
 *     y = range[0] + (range[1] - range[0]) * v
 *
 *     m = midpoint, else the mean of the reference set
 *     s = (ninety - m) / ln 9, else the deviation of the reference set (n - 1)
 *
 * shape   x[n] -> y[n]; fitted: midpoint (as in the source, not directed), s
 * unit    x: any -> points
 * nulls   stay missing and take no part
 * errors  `ninety` on the worse side of the midpoint; a constant reference set without `ninety`; a
 *         target range with either parameter
 * source  Keeney and Raiffa, Decisions with Multiple Objectives (1976); Stewart and Losa, European
 *         Journal of Operational Research 145 (2003) 298 (sigmoid value functions)
 */
#include "base/math.h"
#include "ops/normalise/directed.h"

typedef struct {
    double midpoint, ninety;
    mera_f64_list range;
} logistic_params;

static const char *const logistic_fitted[] = {"midpoint", "s", NULL};
static const mera_param logistic_table[] = {
    {.name = "midpoint",
     .type = MERA_PARAM_F64,
     .offset = offsetof(logistic_params, midpoint),
     .nullable = true,
     .fallback = NAN,
     .help = "value worth half of the range; null takes the mean"},
    {.name = "ninety",
     .type = MERA_PARAM_F64,
     .offset = offsetof(logistic_params, ninety),
     .nullable = true,
     .fallback = NAN,
     .help = "value worth nine tenths of the range; null sets s to the deviation"},
    MERA_PAIR(logistic_params, range, "[0, 100]", -1e6, 1e6, "points",
              "scores that the worst and the best come near to"),
    MERA_PARAMS_END,
};

static mera_code logistic_spread(const mera_op *op, const logistic_params *p,
                                 const mera_op_ctx *ctx, const double *x, size_t n, double m,
                                 double *s)
{
    double low, high;
    *s = NAN;
    if (!isnan(p->ninety)) {
        *s = (directed_sign(ctx) * p->ninety - m) / mera_log(9);
        if (*s > 0) {
            return MERA_OK;
        }
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "%s: 'ninety' of %s, %g, must be better than the midpoint, %g",
                         mera_op_subject(op, ctx), op->name, p->ninety,
                         directed_sign(ctx) * m + 0.0);
    }
    if (mera_column_range(x, n, &low, &high) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (low == high) {
        const mera_code rc = mera_op_refuse_constant(op, ctx, directed_sign(ctx) * low + 0.0,
                                                     "scored by its deviation");
        mera_hint(ctx->diags, "give 'midpoint' and 'ninety', or choose a wider reference set");
        return rc;
    }
    *s = mera_column_sd(x, n, true);
    return MERA_OK;
}

static mera_code logistic_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const double *x, size_t n, mera_fitted *out)
{
    const logistic_params *p = params;
    double s, m = isnan(p->midpoint) ? mera_column_mean(x, n) : directed_sign(ctx) * p->midpoint;
    if (ctx->direction == MERA_TARGET && !(isnan(p->midpoint) && isnan(p->ninety))) {
        return directed_refuse_target(op, ctx, "'midpoint' and 'ninety'");
    }
    if (isnan(m)) {
        return mera_op_refuse_empty(op, ctx);
    }
    MERA_TRY(logistic_spread(op, p, ctx, x, n, m, &s));
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    out->v[0] = directed_sign(ctx) * m + 0.0;
    out->v[1] = s;
    return MERA_OK;
}

static mera_code logistic_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const logistic_params *p = params;
    const double m = directed_sign(ctx) * fitted->v[0], s = fitted->v[1];
    const double from = p->range.v[0], span = p->range.v[1] - from;
    for (size_t i = 0; i < n; i++) {
        const double v = 1 / (1 + mera_exp(-((x[i] - m) / s)));
        y[i] = mera_is_present(x[i]) ? from + span * v : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_value_logistic = {
    .name = "normalise.value_logistic",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "An S-shaped value function by the values worth half and nine tenths.",
    .formula = "y = range[0] + (range[1] - range[0]) / (1 + exp(-(x - m) / s)), "
               "s = (ninety - m) / ln 9",
    .nulls = "stay missing and take no part",
    .conventions = "without 'midpoint' m is the mean, without 'ninety' s is the deviation with "
                   "n - 1, both of the reference set",
    .source = "Keeney and Raiffa (1976); Stewart and Losa, EJOR 145 (2003) 298",
    .params = logistic_table,
    .params_size = sizeof(logistic_params),
    .fitted = logistic_fitted,
    .fit = logistic_fit,
    .apply = logistic_apply,
};
