/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.value_exponential -- a value function that is steep at one end: t the share of the way
 * from the worst to the best bound,
 *
 *     v = (1 - exp(-c t)) / (1 - exp(-c)),   v = t for c = 0
 *     y = range[0] + (range[1] - range[0]) * v
 *
 * shape   x[n] -> y[n]; fitted: worst, best (as in the source, not directed), curvature c
 * unit    x: any -> points
 * nulls   stay missing and take no part in the bounds
 * errors  equal bounds; neither or both of `curvature` and `midvalue`; a midvalue outside the
 * bounds source  Kirkwood, Strategic Decision Making (1997), chapter 4; Keeney and Raiffa (1976):
 * midvalue splitting
 *
 * c > 0: the first steps away from the worst count most; c < 0: the last ones. `midvalue` is the
 * value that is worth half: c then follows from it. Bounds are goalposts where given, else of the
 * reference set; shares outside 0 to 1 are cut.
 */
#include "base/math.h"
#include "ops/normalise/directed.h"

#define CURVE_MOST 700.0 /* exp stays finite */

typedef struct {
    double curvature, midvalue;
    mera_f64_list range;
} curve_params;

static const char *const curve_fitted[] = {"worst", "best", "curvature", NULL};
static const mera_param curve_table[] = {
    {.name = "curvature",
     .type = MERA_PARAM_F64,
     .offset = offsetof(curve_params, curvature),
     .nullable = true,
     .fallback = NAN,
     .min = -CURVE_MOST,
     .max = CURVE_MOST,
     .help = "c: above 0 the way off the worst counts most, below 0 the way to the best"},
    {.name = "midvalue",
     .type = MERA_PARAM_F64,
     .offset = offsetof(curve_params, midvalue),
     .nullable = true,
     .fallback = NAN,
     .help = "instead: the value of the indicator that is worth half of the range"},
    MERA_PAIR(curve_params, range, "[0, 100]", -1e6, 1e6, "points",
              "scores of the worst and the best bound"),
    MERA_PARAMS_END,
};

static mera_code curve_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const curve_params *p = params;
    if (!isnan(p->curvature) && !isnan(p->midvalue)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "%s takes 'curvature' or 'midvalue', not both", op->name);
    }
    return MERA_OK;
}

static double curve_value(double c, double t)
{
    if (fabs(c) <
        1e-6) { /* the quotient would lose its digits; two terms of its series hold 1e-13 */
        return t + c * t * (1 - t) / 2;
    }
    return (1 - mera_exp(-c * t)) / (1 - mera_exp(-c));
}

/* The curvature that gives t the value one half: v rises with c. */
static double curve_through(double t)
{
    double low = -CURVE_MOST, high = CURVE_MOST;
    for (int step = 0; step < 200; step++) {
        const double middle = (low + high) / 2;
        if (curve_value(middle, t) < 0.5) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}

static mera_code curve_from_midvalue(const mera_op *op, const curve_params *p,
                                     const mera_op_ctx *ctx, double low, double high, double *out)
{
    const double sign = directed_sign(ctx), t = (sign * p->midvalue - low) / (high - low);
    if (ctx->direction == MERA_TARGET) {
        return directed_refuse_target(op, ctx, "'midvalue'");
    }
    if (!(t >= 0.001 && t <= 0.999)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "out-of-range", ctx->at,
                         "%s: 'midvalue' of %s is %g and must lie between the bounds, %g and %g",
                         mera_op_subject(op, ctx), op->name, p->midvalue, sign * low + 0.0,
                         sign * high + 0.0);
    }
    *out = t == 0.5 ? 0 : curve_through(t);
    return MERA_OK;
}

static mera_code curve_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                           size_t n, mera_fitted *out)
{
    const curve_params *p = params;
    double low, high, c = isnan(p->curvature) ? 0 : p->curvature;
    MERA_TRY(directed_bounds(op, ctx, x, n, &low, &high));
    if (!isnan(p->midvalue)) {
        MERA_TRY(curve_from_midvalue(op, p, ctx, low, high, &c));
    }
    MERA_TRY(mera_op_fitted(ctx, 3, out));
    out->v[0] = directed_sign(ctx) * low + 0.0;
    out->v[1] = directed_sign(ctx) * high + 0.0;
    out->v[2] = c;
    return MERA_OK;
}

static mera_code curve_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const curve_params *p = params;
    const double sign = directed_sign(ctx), from = p->range.v[0], span = p->range.v[1] - from;
    const double worst = sign * fitted->v[0], way = sign * fitted->v[1] - worst;
    for (size_t i = 0; i < n; i++) {
        const double t = directed_clamp((x[i] - worst) / way, DIRECTED_CLAMP_BOTH);
        y[i] = mera_is_present(t) ? from + span * curve_value(fitted->v[2], t) : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_value_exponential = {
    .name = "normalise.value_exponential",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "An exponential value function between two bounds, by curvature or midvalue.",
    .formula = "v = (1 - exp(-c t)) / (1 - exp(-c)), t = (x - worst) / (best - worst); "
               "y = range[0] + (range[1] - range[0]) v",
    .nulls = "stay missing and take no part in the bounds",
    .conventions =
        "bounds are the goalposts where given, else those of the reference set; t is cut "
        "to 0..1; without 'curvature' and 'midvalue' the function is linear",
    .source = "Kirkwood, Strategic Decision Making (1997); Keeney and Raiffa (1976)",
    .params = curve_table,
    .params_size = sizeof(curve_params),
    .fitted = curve_fitted,
    .check = curve_check,
    .fit = curve_fit,
    .apply = curve_apply,
};
