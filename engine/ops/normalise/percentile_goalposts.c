/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.percentile_goalposts -- rescale between bounds that outliers do not set: a low
 * quantile, and the mean of the best few or a high quantile.
 *
 *     worst = Q(lower)
 *     best  = mean of the `top` best values, or Q(upper)
 *     y = range[0] + (range[1] - range[0]) * (x - worst) / (best - worst)
 *
 * shape   x[n] -> y[n]; fitted: worst, best, as in the source (not directed)
 * unit    x: any -> points
 * nulls   stay missing and take no part in the bounds
 * errors  an empty reference set; bounds that are equal or in the wrong order
 * source  Sachs et al., SDG Index and Dashboards (2016), and Lafortune et al., detailed
 * methodological paper (2018): 2.5th percentile; target, or the mean of the five best; types of
 * quantiles: Hyndman and Fan, The American Statistician 50 (1996) 361
 *
 * Quantiles are of directed values, so the lower one is of the bad end whatever the direction. A
 * goalpost of the indicator (a target that all should reach) takes the place of a bound.
 */
#include "ops/normalise/directed.h"

enum { BEST_TOP, BEST_QUANTILE };

typedef struct {
    double lower;
    int best;
    int64_t top;
    double upper;
    int64_t type;
    mera_f64_list range;
    int clamp;
} posts_params;

static const char *const posts_best[] = {"top", "quantile", NULL};
static const char *const posts_clamp[] = {"none", "both", "above", "below", NULL};
static const char *const posts_fitted[] = {"worst", "best", NULL};
static const mera_param posts_table[] = {
    MERA_F64(posts_params, lower, 0.025, 0, 1, NULL, "quantile of the worst bound"),
    MERA_ENUM(posts_params, best, BEST_TOP, posts_best,
              "the best bound: the mean of the best units, or a quantile"),
    MERA_INT(posts_params, top, 5, 1, 1000000, "how many best units, for 'best: top'"),
    MERA_F64(posts_params, upper, 0.975, 0, 1, NULL,
             "quantile of the best bound, for 'best: quantile'"),
    MERA_INT(posts_params, type, 7, 1, 9, "type of quantile by Hyndman and Fan"),
    MERA_PAIR(posts_params, range, "[0, 100]", -1e6, 1e6, "points",
              "scores of the worst and the best bound"),
    MERA_ENUM(posts_params, clamp, DIRECTED_CLAMP_BOTH, posts_clamp,
              "at which ends of the range scores beyond it are cut"),
    MERA_PARAMS_END,
};

static mera_code posts_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const posts_params *p = params;
    if (p->range.v[0] == p->range.v[1]) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "both ends of 'range' of %s are %g", op->name, p->range.v[0]);
    }
    if (p->best == BEST_QUANTILE && p->lower >= p->upper) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "'lower' of %s is %g and not below 'upper', %g", op->name, p->lower,
                         p->upper);
    }
    return MERA_OK;
}

static double posts_top(const double *sorted, size_t n, size_t top)
{
    const size_t from = top < n ? n - top : 0;
    return mera_column_mean(sorted + from, n - from);
}

static mera_code posts_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                           size_t n, mera_fitted *out)
{
    const posts_params *p = params;
    const double sign = directed_sign(ctx);
    mera_op_ctx bounded = *ctx;
    double *sorted, low, high;
    size_t present;
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
    MERA_TRY(mera_column_sorted(x, n, ctx->arena, &sorted, &present));
    if (present > 0 && isnan(bounded.goalpost[0])) {
        bounded.goalpost[0] = mera_quantile_sorted(sorted, present, p->lower, (int)p->type);
    }
    if (present > 0 && isnan(bounded.goalpost[1])) {
        bounded.goalpost[1] = p->best == BEST_TOP
                                  ? posts_top(sorted, present, (size_t)p->top)
                                  : mera_quantile_sorted(sorted, present, p->upper, (int)p->type);
    }
    mera_arena_rewind(ctx->arena, mark);
    MERA_TRY(directed_bounds(op, &bounded, x, n, &low, &high));
    out->v[0] = sign * low + 0.0;
    out->v[1] = sign * high + 0.0;
    return MERA_OK;
}

static mera_code posts_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const posts_params *p = params;
    const double sign = directed_sign(ctx), from = p->range.v[0], span = p->range.v[1] - from;
    const double worst = sign * fitted->v[0], way = sign * fitted->v[1] - worst;
    for (size_t i = 0; i < n; i++) {
        const double t = directed_clamp((x[i] - worst) / way, p->clamp);
        y[i] = mera_is_present(t) ? from + span * t : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_percentile_goalposts = {
    .name = "normalise.percentile_goalposts",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary =
        "Rescale between a low quantile and the mean of the best few, as the SDG Index does.",
    .formula = "y = range[0] + (range[1] - range[0]) (x - worst) / (best - worst), worst = "
               "Q(lower), best = mean of the top values or Q(upper)",
    .nulls = "stay missing and take no part in the bounds",
    .conventions = "quantiles are of directed values, of type 7 unless 'type' says otherwise; a "
                   "goalpost of the indicator takes the place of a bound; scores beyond the bounds "
                   "are cut unless 'clamp' says otherwise",
    .source = "Sachs et al., SDG Index and Dashboards (2016); Lafortune et al. (2018)",
    .params = posts_table,
    .params_size = sizeof(posts_params),
    .fitted = posts_fitted,
    .check = posts_check,
    .fit = posts_fit,
    .apply = posts_apply,
};
