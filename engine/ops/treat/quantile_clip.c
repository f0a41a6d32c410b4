/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * treat.quantile_clip -- hold values between two quantiles of the reference set.
 *
 *     y = min(max(x, Q(lower)), Q(upper))
 *
 * shape   x[n] -> y[n]; fitted: lower, upper
 * unit    x's
 * nulls   stay missing and take no part in the quantiles
 * errors  nothing is present in the reference set
 * source  SDG Index (Sachs et al., 2016): the 2.5th percentile as the lower bound; types of
 *         quantiles: Hyndman and Fan, The American Statistician 50 (1996) 361
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    double lower, upper;
    int64_t type;
} quantile_clip_params;

static const char *const quantile_clip_fitted[] = {"lower", "upper", NULL};
static const mera_param quantile_clip_table[] = {
    MERA_F64(quantile_clip_params, lower, 0.025, 0, 1, NULL,
             "quantile of the lower bound; 0 sets none"),
    MERA_F64(quantile_clip_params, upper, 0.975, 0, 1, NULL,
             "quantile of the upper bound; 1 sets none"),
    MERA_INT(quantile_clip_params, type, 7, 1, 9, "type of quantile by Hyndman and Fan"),
    MERA_PARAMS_END,
};

static mera_code quantile_clip_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const quantile_clip_params *p = params;
    if (p->lower >= p->upper) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "'lower' of %s is %g and not below 'upper', %g", op->name, p->lower,
                         p->upper);
    }
    return MERA_OK;
}

static mera_code quantile_clip_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const double *x, size_t n, mera_fitted *out)
{
    const quantile_clip_params *p = params;
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
    double *sorted;
    size_t present;
    MERA_TRY(mera_column_sorted(x, n, ctx->arena, &sorted, &present));
    if (present == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    out->v[0] = mera_quantile_sorted(sorted, present, p->lower, (int)p->type);
    out->v[1] = mera_quantile_sorted(sorted, present, p->upper, (int)p->type);
    mera_arena_rewind(ctx->arena, mark);
    return MERA_OK;
}

static mera_code quantile_clip_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                     const mera_fitted *fitted, const double *x, size_t n,
                                     double *y)
{
    (void)op, (void)ctx;
    const quantile_clip_params *p = params;
    const double lower = p->lower > 0 ? fitted->v[0] : -INFINITY;
    const double upper = p->upper < 1 ? fitted->v[1] : INFINITY;
    for (size_t i = 0; i < n; i++) {
        const double raised = x[i] < lower ? lower : x[i];
        y[i] = raised > upper ? upper : raised;
    }
    return MERA_OK;
}

const mera_op mera_op_treat_quantile_clip = {
    .name = "treat.quantile_clip",
    .step = MERA_STEP_TREAT,
    .version = 1,
    .summary = "Hold values between two quantiles of the reference set.",
    .formula = "y = min(max(x, Q(lower)), Q(upper))",
    .nulls = "stay missing and take no part in the quantiles",
    .conventions = "quantiles of Hyndman and Fan's type 7 unless 'type' says otherwise",
    .source = "Sachs et al., SDG Index and Dashboards (2016); Hyndman and Fan (1996)",
    .params = quantile_clip_table,
    .params_size = sizeof(quantile_clip_params),
    .fitted = quantile_clip_fitted,
    .check = quantile_clip_check,
    .fit = quantile_clip_fit,
    .apply = quantile_clip_apply,
};
