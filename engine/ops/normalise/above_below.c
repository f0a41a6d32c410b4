/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.above_below -- clearly better than a reference value, about the same, clearly worse.
 *
 *     y = points[2]  x > ref + margin |ref|
 *         points[0]  x < ref - margin |ref|
 *         points[1]  else
 *
 * shape   x[n] -> y[n]; fitted: reference (as in the source, not directed)
 * unit    x: any on a ratio scale -> points
 * nulls   stay missing and take no part
 * errors  an empty reference set; `to: value` for an indicator with a target
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5 (indicators above
 *         or below the mean)
 */
#include "ops/normalise/directed.h"

enum { TO_MEAN, TO_MEDIAN, TO_VALUE };

typedef struct {
    int to;
    double value, margin;
    mera_f64_list points;
} above_below_params;

static const char *const above_below_to[] = {"mean", "median", "value", NULL};
static const char *const above_below_fitted[] = {"reference", NULL};
static const mera_param above_below_table[] = {
    MERA_ENUM(above_below_params, to, TO_MEAN, above_below_to, "what values are compared with"),
    {.name = "value",
     .type = MERA_PARAM_F64,
     .offset = offsetof(above_below_params, value),
     .nullable = true,
     .fallback = NAN,
     .help = "the reference value, for 'to: value'"},
    MERA_F64(above_below_params, margin, 0.1, 0, 1e6, NULL,
             "share of the reference value that still counts as about the same"),
    {.name = "points",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(above_below_params, points),
     .fallback_text = "[-1, 0, 1]",
     .min_items = 3,
     .max_items = 3,
     .unit = "points",
     .help = "scores of worse, about the same, better"},
    MERA_PARAMS_END,
};

static mera_code above_below_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const above_below_params *p = params;
    if ((p->to == TO_VALUE) == isnan(p->value)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'value' of %s goes with 'to: value', and only with it", op->name);
    }
    return MERA_OK;
}

static mera_code above_below_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const double *x, size_t n, mera_fitted *out)
{
    const above_below_params *p = params;
    double ref = directed_sign(ctx) * p->value;
    if (p->to == TO_VALUE && ctx->direction == MERA_TARGET) {
        return directed_refuse_target(op, ctx, "'to: value'");
    }
    if (p->to == TO_MEAN) {
        ref = mera_column_mean(x, n);
    } else if (p->to == TO_MEDIAN) {
        MERA_TRY(mera_column_median(x, n, ctx->arena, &ref));
    }
    if (isnan(ref)) {
        return mera_op_refuse_empty(op, ctx);
    }
    MERA_TRY(mera_op_fitted(ctx, 1, out));
    out->v[0] = directed_sign(ctx) * ref + 0.0;
    return MERA_OK;
}

static mera_code above_below_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const above_below_params *p = params;
    const double ref = directed_sign(ctx) * fitted->v[0], margin = p->margin * fabs(ref);
    const double high = ref + margin, low = ref - margin;
    for (size_t i = 0; i < n; i++) {
        const size_t side = x[i] > high ? 2 : x[i] < low ? 0 : 1;
        y[i] = mera_is_present(x[i]) ? p->points.v[side] : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_above_below = {
    .name = "normalise.above_below",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Better than a reference value by more than a margin, about the same, or worse.",
    .formula = "y = 1 if x > (1 + margin) ref, -1 if x < (1 - margin) ref, else 0",
    .nulls = "stay missing and take no part",
    .conventions = "a value on the edge of the margin is about the same; the margin is a share of "
                   "|ref|",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = above_below_table,
    .params_size = sizeof(above_below_params),
    .fitted = above_below_fitted,
    .check = above_below_check,
    .fit = above_below_fit,
    .apply = above_below_apply,
};
