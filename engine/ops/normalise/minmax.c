/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.minmax -- rescale a column linearly onto a range; normalise.goalposts does it between
 * fixed bounds.
 *
 *     t = (u - lo) / (hi - lo)   higher is better        u = x, or ln x with `log: true`
 *         (hi - u) / (hi - lo)   lower is better         lo, hi: of u
 *     y = range[0] + (range[1] - range[0]) * t
 *
 * shape   x[n] -> y[n]; fitted: lower, upper, as in the source (not directed, no logarithm)
 * unit    x: any -> points
 * nulls   stay missing and take no part in the bounds
 * errors  bounds that are equal, unless `constant: middle`; a value of 0 or below under `log`
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5; UNDP, Human
 *         Development Report technical notes (goalposts, and the logarithm of income)
 *
 * A goalpost of the indicator takes the place of the fitted bound. Values come directed (-x where
 * lower is better), and for a target range as minus the distance to it, 0 being best.
 */
#include <math.h>

#include "base/math.h"
#include "base/number.h"
#include "ops/column.h"
#include "ops/support.h"

enum { CLAMP_NONE, CLAMP_BOTH, CLAMP_ABOVE, CLAMP_BELOW };
enum { CONSTANT_ERROR, CONSTANT_MIDDLE };

typedef struct {
    mera_f64_list range;
    int clamp;
    bool log;
    int constant;
} minmax_params;

static const char *const minmax_clamp[] = {"none", "both", "above", "below", NULL};
static const char *const minmax_constant[] = {"error", "middle", NULL};
static const char *const minmax_fitted[] = {"lower", "upper", NULL};

#define MINMAX_TABLE(clamp_default)                                                    \
    {                                                                                  \
        MERA_PAIR(minmax_params, range, "[0, 100]", -1e6, 1e6, "points",               \
                  "scores of the worst and the best bound"),                           \
            MERA_ENUM(minmax_params, clamp, clamp_default, minmax_clamp,               \
                      "at which ends of the range scores beyond it are cut"),          \
            MERA_BOOL(minmax_params, log, 0, "rescale the natural logarithm"),         \
            MERA_ENUM(minmax_params, constant, CONSTANT_ERROR, minmax_constant,        \
                      "what equal bounds give: an error, or the middle of the range"), \
            MERA_PARAMS_END                                                            \
    }

static const mera_param minmax_table[] = MINMAX_TABLE(CLAMP_NONE);
static const mera_param goalposts_table[] = MINMAX_TABLE(CLAMP_BOTH);

static mera_code minmax_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const minmax_params *p = params;
    if (p->range.v[0] == p->range.v[1]) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "both ends of 'range' of %s are %g", op->name, p->range.v[0]);
    }
    return MERA_OK;
}

/* The goalposts as the methodology wrote them; they come directed. */
static void minmax_goalposts(const mera_op_ctx *ctx, double *low, double *high)
{
    const bool lower = ctx->direction == MERA_LOWER;
    *low = lower ? -ctx->goalpost[1] : ctx->goalpost[0];
    *high = lower ? -ctx->goalpost[0] : ctx->goalpost[1];
}

static mera_code minmax_check_bounds(const mera_op *op, const minmax_params *p, mera_op_ctx *ctx,
                                     double low, double high)
{
    char text[32];
    if (p->log && ctx->direction == MERA_TARGET) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-direction", ctx->at,
                         "%s has a target; the distance to it cannot be rescaled with 'log: true'",
                         mera_op_subject(op, ctx));
    }
    if (p->log && low <= 0) {
        mera_number_write(low, text);
        const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "no-logarithm", ctx->at,
                                       "%s has the lower bound %s, which has no logarithm (%s with "
                                       "'log: true' needs bounds above 0)",
                                       mera_op_subject(op, ctx), text, op->name);
        mera_hint(ctx->diags, "set goalposts above 0, or take 'log: true' away");
        return rc;
    }
    if (low > high) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "%s has the lower bound %g above the upper one, %g, in %s",
                         mera_op_subject(op, ctx), low, high, op->name);
    }
    if (low == high && p->constant == CONSTANT_ERROR) {
        const mera_code rc = mera_op_refuse_constant(op, ctx, low, "rescaled");
        mera_hint(ctx->diags,
                  "give it goalposts, choose a wider reference set, or 'constant: middle'");
        return rc;
    }
    return MERA_OK;
}

static mera_code minmax_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const double *x, size_t n, mera_fitted *out)
{
    double low, high, least, largest;
    minmax_goalposts(ctx, &low, &high);
    if (isnan(low) || isnan(high)) {
        if (mera_column_range(x, n, &least, &largest) == 0) {
            return mera_op_refuse_empty(op, ctx);
        }
        const bool lower = ctx->direction == MERA_LOWER;
        low = !isnan(low) ? low : lower ? -largest : least;
        high = !isnan(high) ? high : lower ? -least : largest;
    }
    MERA_TRY(minmax_check_bounds(op, params, ctx, low, high));
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    out->v[0] = low + 0.0;
    out->v[1] = high + 0.0;
    return MERA_OK;
}

static mera_code goalposts_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const double *x, size_t n, mera_fitted *out)
{
    if (isnan(ctx->goalpost[0]) || isnan(ctx->goalpost[1])) {
        const mera_code rc =
            mera_fail(ctx->diags, MERA_EINPUT, "missing-goalposts", ctx->at,
                      "%s has no goalposts; %s needs both", mera_op_subject(op, ctx), op->name);
        mera_hint(ctx->diags, "give the indicator 'goalposts: [worst or least, best or largest]', "
                              "or use 'minmax'");
        return rc;
    }
    return minmax_fit(op, params, ctx, x, n, out);
}

/* Directed logarithms of directed values, into y. */
static mera_code minmax_logs(const mera_op *op, mera_op_ctx *ctx, double sign, const double *x,
                             size_t n, double *y)
{
    for (size_t i = 0; i < n; i++) {
        const double raw = sign * x[i];
        if (raw <= 0) {
            const mera_code rc = mera_op_refuse_log(op, ctx, i, raw);
            mera_hint(ctx->diags, "clip the values above 0 first (treat.clip), or take 'log: true' "
                                  "away");
            return rc;
        }
        y[i] = raw;
    }
    mera_log_n(y, n, y);
    for (size_t i = 0; i < n; i++) {
        y[i] *= sign;
    }
    return MERA_OK;
}

static void minmax_scale(const minmax_params *p, const double *u, size_t n, double low,
                         double width, double *y)
{
    const double from = p->range.v[0], span = p->range.v[1] - from;
    const double least = p->clamp == CLAMP_BOTH || p->clamp == CLAMP_BELOW ? 0 : -INFINITY;
    const double most = p->clamp == CLAMP_BOTH || p->clamp == CLAMP_ABOVE ? 1 : INFINITY;
    for (size_t i = 0; i < n; i++) {
        double t = (u[i] - low) / width;
        t = t < least ? least : t;
        t = t > most ? most : t;
        y[i] = mera_is_present(t) ? from + span * t : NAN;
    }
}

static mera_code minmax_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    const minmax_params *p = params;
    double low = fitted->v[0], high = fitted->v[1];
    const double sign = ctx->direction == MERA_LOWER ? -1 : 1;
    if (low == high) {
        const double middle = (p->range.v[0] + p->range.v[1]) / 2;
        for (size_t i = 0; i < n; i++) {
            y[i] = mera_is_present(x[i]) ? middle : NAN;
        }
        return MERA_OK;
    }
    if (p->log) {
        MERA_TRY(minmax_logs(op, ctx, sign, x, n, y));
        x = y;
        low = mera_log(low);
        high = mera_log(high);
    }
    minmax_scale(p, x, n, sign < 0 ? -high : low, high - low, y);
    return MERA_OK;
}

const mera_op mera_op_normalise_goalposts = {
    .name = "normalise.goalposts",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Rescale linearly between the indicator's fixed goalposts.",
    .formula =
        "y = range[0] + (range[1] - range[0]) (x - lower) / (upper - lower), of ln x with log",
    .nulls = "stay missing",
    .conventions = "scores beyond the goalposts are cut at both ends unless 'clamp' says otherwise",
    .source = "UNDP, Human Development Report 2021/22, technical note 1",
    .params = goalposts_table,
    .params_size = sizeof(minmax_params),
    .fitted = minmax_fitted,
    .check = minmax_check,
    .fit = goalposts_fit,
    .apply = minmax_apply,
};

const mera_op mera_op_normalise_minmax = {
    .name = "normalise.minmax",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Rescale linearly between the least and the largest value of the reference set.",
    .formula = "y = range[0] + (range[1] - range[0]) (x - min) / (max - min), of ln x with log",
    .nulls = "stay missing and take no part in the bounds",
    .conventions = "a goalpost of the indicator takes the place of the fitted bound; scores beyond "
                   "the bounds are kept unless 'clamp' says otherwise",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = minmax_table,
    .params_size = sizeof(minmax_params),
    .fitted = minmax_fitted,
    .check = minmax_check,
    .fit = minmax_fit,
    .apply = minmax_apply,
};
