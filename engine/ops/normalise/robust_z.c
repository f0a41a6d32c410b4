/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.robust_z -- distance from the median in median absolute deviations.
 *
 *     y = mean + sd * (x - med) / (1.4826 MAD)    MAD = median |x - med|
 *
 * shape   x[n] -> y[n]; fitted: median (as in the source, not directed), mad
 * unit    x: any -> points
 * nulls   stay missing and take no part
 * errors  MAD of 0: half of the values or more are the same
 * source  Rousseeuw and Croux, JASA 88 (1993) 1273; 1.4826 makes MAD estimate a normal deviation
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    double mean, sd;
} robust_z_params;

static const char *const robust_z_fitted[] = {"median", "mad", NULL};
static const mera_param robust_z_table[] = {
    MERA_F64(robust_z_params, mean, 0, -1e6, 1e6, "points", "score of the median"),
    MERA_F64(robust_z_params, sd, 1, 1e-6, 1e6, "points", "points for one robust deviation"),
    MERA_PARAMS_END,
};

static mera_code robust_z_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const double *x, size_t n, mera_fitted *out)
{
    (void)params;
    double median, mad, *distance;
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
    MERA_TRY(mera_column_median(x, n, ctx->arena, &median));
    if (isnan(median)) {
        return mera_op_refuse_empty(op, ctx);
    }
    MERA_TRY_NEW(distance, ctx->arena, n);
    for (size_t i = 0; i < n; i++) {
        distance[i] = fabs(x[i] - median);
    }
    MERA_TRY(mera_column_median(distance, n, ctx->arena, &mad));
    mera_arena_rewind(ctx->arena, mark);
    if (mad == 0) {
        const mera_code rc =
            mera_fail(ctx->diags, MERA_EINPUT, "constant-column", ctx->at,
                      "%s has the same value in half of the reference set or more; "
                      "%s has no deviation to divide by",
                      mera_op_subject(op, ctx), op->name);
        mera_hint(ctx->diags, "'zscore' needs only two distinct values");
        return rc;
    }
    out->v[0] = (ctx->direction == MERA_LOWER ? -median : median) + 0.0;
    out->v[1] = mad;
    return MERA_OK;
}

static mera_code robust_z_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const robust_z_params *p = params;
    const double median = ctx->direction == MERA_LOWER ? -fitted->v[0] : fitted->v[0];
    const double deviation = 1.4826 * fitted->v[1];
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(x[i]) ? p->mean + p->sd * ((x[i] - median) / deviation) : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_robust_z = {
    .name = "normalise.robust_z",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary =
        "Distance from the median in median absolute deviations: outliers do not set the scale.",
    .formula = "y = mean + sd (x - median) / (1.4826 MAD)",
    .nulls = "stay missing and take no part",
    .conventions = "the median of an even number is the mean of the middle two",
    .source = "Rousseeuw and Croux, JASA 88 (1993) 1273",
    .params = robust_z_table,
    .params_size = sizeof(robust_z_params),
    .fitted = robust_z_fitted,
    .fit = robust_z_fit,
    .apply = robust_z_apply,
};
