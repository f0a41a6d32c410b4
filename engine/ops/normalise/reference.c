/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.reference -- a value as a share of a reference value.
 *
 *     y = scale * x / ref    higher is better
 *         scale * ref / x    lower is better
 *
 * shape   x[n] -> y[n]; fitted: reference (as in the source, not directed)
 * unit    x: any on a ratio scale -> scale
 * nulls   stay missing and take no part
 * errors  a reference that is not above 0; a value below 0 or (where lower is better) of 0; a
 * target direction source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5
 * (distance to a reference)
 *
 * `to: best` is the largest value where higher is better, the smallest where lower is.
 */
#include <math.h>

#include "base/number.h"
#include "ops/column.h"
#include "ops/support.h"

#define REFERENCE_HINT                                                                         \
    "'minmax' and 'zscore' need no true zero; 'any_sign: true' takes ratios of any sign, for " \
    "which "                                                                                   \
    "the order may turn round"

enum { TO_VALUE, TO_BEST, TO_MEAN, TO_MEDIAN };

typedef struct {
    int to;
    double value, scale;
    bool any_sign;
} reference_params;

static const char *const reference_to[] = {"value", "best", "mean", "median", NULL};
static const char *const reference_fitted[] = {"reference", NULL};
static const mera_param reference_table[] = {
    MERA_ENUM(reference_params, to, TO_BEST, reference_to, "what values are divided by"),
    {.name = "value",
     .type = MERA_PARAM_F64,
     .offset = offsetof(reference_params, value),
     .nullable = true,
     .fallback = NAN,
     .help = "the reference value, for 'to: value'"},
    MERA_F64(reference_params, scale, 1, 1e-6, 1e6, "points", "score of the reference value"),
    MERA_BOOL(reference_params, any_sign, 0,
              "allow negative values and references, for which ratios may reverse the order"),
    MERA_PARAMS_END,
};

static mera_code reference_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const reference_params *p = params;
    if ((p->to == TO_VALUE) == isnan(p->value)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'value' of %s goes with 'to: value', and only with it", op->name);
    }
    return MERA_OK;
}

static mera_code reference_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const double *x, size_t n, mera_fitted *out)
{
    const reference_params *p = params;
    const double sign = ctx->direction == MERA_LOWER ? -1 : 1;
    double ref = sign * p->value, least;
    if (ctx->direction == MERA_TARGET) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-direction", ctx->at,
                         "%s has a target; %s needs 'direction: higher' or 'lower'",
                         mera_op_subject(op, ctx), op->name);
    }
    if (p->to != TO_VALUE && mera_column_range(x, n, &least, &ref) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (p->to == TO_MEAN) {
        ref = mera_column_mean(x, n);
    } else if (p->to == TO_MEDIAN) {
        MERA_TRY(mera_column_median(x, n, ctx->arena, &ref));
    }
    ref *= sign;
    if (!(ref > 0) && !(p->any_sign && ref < 0)) {
        char text[32];
        mera_number_write(ref, text);
        const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "no-ratio", ctx->at,
                                       "%s has the reference value %s; %s needs one above 0",
                                       mera_op_subject(op, ctx), text, op->name);
        mera_hint(ctx->diags, REFERENCE_HINT);
        return rc;
    }
    if (ref < 0) {
        mera_warn(ctx->diags, "no-ratio", ctx->at,
                  "%s has the reference value %g, below 0: better units get lower scores from %s",
                  mera_op_subject(op, ctx), ref, op->name);
    }
    MERA_TRY(mera_op_fitted(ctx, 1, out));
    out->v[0] = ref;
    return MERA_OK;
}

/* A ratio needs a scale with a true zero: x has the wrong sign for one. */
static mera_code reference_refuse(const mera_op *op, const mera_op_ctx *ctx, double x, size_t i)
{
    const bool lower = ctx->direction == MERA_LOWER;
    char unit[MERA_UNIT_TEXT], text[32];
    mera_number_write(lower ? -x : x, text);
    const mera_code rc = mera_fail(
        ctx->diags, MERA_EINPUT, "no-ratio", ctx->at, "%s is %s at %s; %s needs values %s",
        mera_op_subject(op, ctx), text, mera_op_unit(ctx, i, unit), op->name,
        lower ? "above 0 where lower is better" : "of 0 or more: a ratio scale");
    mera_hint(ctx->diags, REFERENCE_HINT);
    return rc;
}

static mera_code reference_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    const reference_params *p = params;
    const double ref = fitted->v[0];
    const bool lower = ctx->direction == MERA_LOWER;
    for (size_t i = 0; i < n; i++) {
        const double ratio = lower ? ref / -x[i] : x[i] / ref;
        if ((lower && x[i] == 0) || (!p->any_sign && (lower ? x[i] > 0 : x[i] < 0))) {
            return reference_refuse(op, ctx, x[i], i);
        }
        y[i] = mera_is_present(x[i]) ? p->scale * ratio : NAN;
        if (isinf(y[i])) {
            return mera_op_refuse_result(op, ctx, i);
        }
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_reference = {
    .name = "normalise.reference",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "A value as a share of a reference value: the best, the mean, or a given one.",
    .formula = "y = scale x / ref; scale ref / x where lower is better",
    .nulls = "stay missing and take no part",
    .conventions =
        "ratio scale only: the reference must be above 0 and values 0 or more (above 0 where "
        "lower is better) unless 'any_sign'",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = reference_table,
    .params_size = sizeof(reference_params),
    .fitted = reference_fitted,
    .check = reference_check,
    .fit = reference_fit,
    .apply = reference_apply,
};
