/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.ampi -- the goalposts of the adjusted Mazziotta-Pareto index: a reference value is 100,
 * and half the range of all values away from it 70 or 130.
 *
 *     y = 60 (x - Min) / (Max - Min) + 70,   Min, Max = ref -/+ (sup - inf) / 2
 *
 * shape   x[n] -> y[n]; fitted: reference (as in the source, not directed), half of the range
 * unit    x: any -> points about 100
 * nulls   stay missing and take no part
 * errors  a constant reference set; a reference value for an indicator with a target
 * source  Mazziotta, Pareto, Social Indicators Research 127 (2016) 983
 *
 * inf and sup are the indicator's goalposts where it has both, else those of the reference set. So
 * that years can be compared they must be taken over all periods (`reference: {period: all}`, or
 * goalposts), and ref should be a fixed value.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

enum { TO_MEAN, TO_MEDIAN, TO_MIDDLE, TO_VALUE };

typedef struct {
    int to;
    double value;
} ampi_params;

static const char *const ampi_to[] = {"mean", "median", "middle", "value", NULL};
static const char *const ampi_fitted[] = {"reference", "half_range", NULL};
static const mera_param ampi_table[] = {
    MERA_ENUM(ampi_params, to, TO_MEAN, ampi_to,
              "what is 100: the mean, the median or the middle of the range of the reference set, "
              "or 'value'"),
    {.name = "value",
     .type = MERA_PARAM_F64,
     .offset = offsetof(ampi_params, value),
     .nullable = true,
     .fallback = NAN,
     .help = "the reference value as in the source, for 'to: value'"},
    MERA_PARAMS_END,
};

static mera_code ampi_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const ampi_params *p = params;
    if ((p->to == TO_VALUE) == isnan(p->value)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'value' of %s goes with 'to: value', and only with it", op->name);
    }
    return MERA_OK;
}

static mera_code ampi_reference(const ampi_params *p, mera_op_ctx *ctx, const double *x, size_t n,
                                double middle, double *out)
{
    switch (p->to) {
    case TO_MEAN:
        *out = mera_column_mean(x, n);
        return MERA_OK;
    case TO_MEDIAN:
        return mera_column_median(x, n, ctx->arena, out);
    case TO_MIDDLE:
        *out = middle;
        return MERA_OK;
    default:
        *out = ctx->direction == MERA_LOWER ? -p->value : p->value;
        return MERA_OK;
    }
}

static mera_code ampi_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                          size_t n, mera_fitted *out)
{
    const ampi_params *p = params;
    double low, high, ref;
    if (p->to == TO_VALUE && ctx->direction == MERA_TARGET) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-direction", ctx->at,
                         "%s has a target; 'to: value' of %s needs 'direction: higher' or 'lower'",
                         mera_op_subject(op, ctx), op->name);
    }
    if (mera_column_range(x, n, &low, &high) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (mera_is_present(ctx->goalpost[0]) && mera_is_present(ctx->goalpost[1])) {
        low = ctx->goalpost[0];
        high = ctx->goalpost[1];
    }
    const double sign = ctx->direction == MERA_LOWER ? -1 : 1;
    if (!(high > low)) {
        const mera_code rc = mera_op_refuse_constant(op, ctx, sign * low, "rescaled");
        mera_hint(ctx->diags, "choose a wider reference set, or give the indicator 'goalposts'");
        return rc;
    }
    MERA_TRY(ampi_reference(p, ctx, x, n, low + (high - low) / 2, &ref));
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    out->v[0] = sign * ref + 0.0;
    out->v[1] = (high - low) / 2;
    return MERA_OK;
}

static mera_code ampi_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)params;
    const double half = fitted->v[1];
    const double ref = ctx->direction == MERA_LOWER ? -fitted->v[0] : fitted->v[0];
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(x[i]) ? 100 + 30 * ((x[i] - ref) / half) : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_ampi = {
    .name = "normalise.ampi",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Goalposts of the adjusted Mazziotta-Pareto index: the reference is 100.",
    .formula = "y = 60 (x - Min)/(Max - Min) + 70, Min, Max = ref -/+ (sup - inf)/2",
    .nulls = "stay missing and take no part",
    .conventions =
        "inf and sup are the goalposts where both are given, else those of the reference "
        "set; take them over all periods ('reference: {period: all}') so that years "
        "can be compared; a value may leave 70..130 where ref is not the middle",
    .source = "Mazziotta, Pareto, Social Indicators Research 127 (2016) 983",
    .params = ampi_table,
    .params_size = sizeof(ampi_params),
    .fitted = ampi_fitted,
    .check = ampi_check,
    .fit = ampi_fit,
    .apply = ampi_apply,
};
