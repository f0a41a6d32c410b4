/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.zscore -- distance from the mean in standard deviations.
 *
 *     y = mean + sd * (x - M) / S    M, S: mean and deviation of the reference set
 *
 * shape   x[n] -> y[n]; fitted: mean (as in the source, not directed), deviation
 * unit    x: any -> points
 * nulls   stay missing and take no part in mean and deviation
 * errors  a constant reference set, or one value alone, unless `constant: middle`
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

enum { DEVIATION_SAMPLE, DEVIATION_POPULATION };
enum { CONSTANT_ERROR, CONSTANT_MIDDLE };

typedef struct {
    double mean, sd;
    int deviation, constant;
} zscore_params;

static const char *const zscore_deviation[] = {"sample", "population", NULL};
static const char *const zscore_constant[] = {"error", "middle", NULL};
static const char *const zscore_fitted[] = {"mean", "deviation", NULL};
static const mera_param zscore_table[] = {
    MERA_F64(zscore_params, mean, 0, -1e6, 1e6, "points", "score of the mean"),
    MERA_F64(zscore_params, sd, 1, 1e-6, 1e6, "points", "points for one standard deviation"),
    MERA_ENUM(zscore_params, deviation, DEVIATION_SAMPLE, zscore_deviation,
              "divide squares by n - 1 (sample) or n (population)"),
    MERA_ENUM(zscore_params, constant, CONSTANT_ERROR, zscore_constant,
              "what a constant column gives: an error, or the score of the mean"),
    MERA_PARAMS_END,
};

static mera_code zscore_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const double *x, size_t n, mera_fitted *out)
{
    const zscore_params *p = params;
    double low, high;
    if (mera_column_range(x, n, &low, &high) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    const double sign = ctx->direction == MERA_LOWER ? -1 : 1;
    if (low == high && p->constant == CONSTANT_ERROR) {
        const mera_code rc = mera_op_refuse_constant(op, ctx, sign * low, "standardised");
        mera_hint(ctx->diags, "choose a wider reference set, or 'constant: middle'");
        return rc;
    }
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    out->v[0] = sign * (low == high ? low : mera_column_mean(x, n)) + 0.0;
    out->v[1] = low == high ? 0 : mera_column_sd(x, n, p->deviation == DEVIATION_SAMPLE);
    return MERA_OK;
}

static mera_code zscore_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const zscore_params *p = params;
    const double mean = ctx->direction == MERA_LOWER ? -fitted->v[0] : fitted->v[0];
    const double deviation = fitted->v[1];
    for (size_t i = 0; i < n; i++) {
        const double z = deviation > 0 ? (x[i] - mean) / deviation : 0;
        y[i] = mera_is_present(x[i]) ? p->mean + p->sd * z : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_zscore = {
    .name = "normalise.zscore",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Distance from the mean of the reference set in standard deviations.",
    .formula = "y = mean + sd (x - M) / S",
    .nulls = "stay missing and take no part in mean and deviation",
    .conventions = "the deviation divides by n - 1 unless 'deviation: population'",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = zscore_table,
    .params_size = sizeof(zscore_params),
    .fitted = zscore_fitted,
    .fit = zscore_fit,
    .apply = zscore_apply,
};
