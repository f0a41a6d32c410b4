/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.share -- a value as a share of the total; normalise.vector: of the Euclidean length.
 *
 *     share   y = scale * x / sum |x|
 *     vector  y = scale * x / sqrt(sum x^2)
 *
 * shape   x[n] -> y[n]; fitted: total, length
 * unit    x: any on a ratio scale -> scale
 * nulls   stay missing and take no part
 * errors  all values are 0
 * source  Hwang and Yoon, Multiple Attribute Decision Making (1981), chapter 2
 *
 * Where lower is better the values come as -x, so the scores are the shares with a minus.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    double scale;
} share_params;

static const char *const share_fitted[] = {"total", NULL};
static const char *const vector_fitted[] = {"length", NULL};
static const mera_param share_table[] = {
    MERA_F64(share_params, scale, 1, 1e-6, 1e6, "points", "score of the whole"),
    MERA_PARAMS_END,
};

static mera_code share_keep(const mera_op *op, mera_op_ctx *ctx, const double *x, size_t n,
                            double whole, mera_fitted *out)
{
    if (mera_column_count(x, n) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (!(whole > 0)) {
        return mera_op_refuse_constant(op, ctx, 0, "divided by its total");
    }
    MERA_TRY(mera_op_fitted(ctx, 1, out));
    out->v[0] = whole;
    return MERA_OK;
}

static mera_code share_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                           size_t n, mera_fitted *out)
{
    (void)params;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += mera_is_present(x[i]) ? fabs(x[i]) : 0;
    }
    return share_keep(op, ctx, x, n, sum, out);
}

static mera_code vector_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const double *x, size_t n, mera_fitted *out)
{
    (void)params;
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        squares += mera_is_present(x[i]) ? x[i] * x[i] : 0;
    }
    return share_keep(op, ctx, x, n, sqrt(squares), out);
}

static mera_code share_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)ctx;
    const share_params *p = params;
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(x[i]) ? p->scale * (x[i] / fitted->v[0]) : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_share = {
    .name = "normalise.share",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "A value as a share of the total over the reference set.",
    .formula = "y = scale x / sum|x|",
    .nulls = "stay missing and take no part",
    .conventions = "where lower is better the shares have a minus",
    .source = "Hwang and Yoon, Multiple Attribute Decision Making (1981), chapter 2",
    .params = share_table,
    .params_size = sizeof(share_params),
    .fitted = share_fitted,
    .fit = share_fit,
    .apply = share_apply,
};

const mera_op mera_op_normalise_vector = {
    .name = "normalise.vector",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "A value divided by the Euclidean length of the column, as TOPSIS does.",
    .formula = "y = scale x / sqrt(sum x^2)",
    .nulls = "stay missing and take no part",
    .conventions = "where lower is better the scores have a minus",
    .source = "Hwang and Yoon, Multiple Attribute Decision Making (1981), chapter 2",
    .params = share_table,
    .params_size = sizeof(share_params),
    .fitted = vector_fitted,
    .fit = vector_fit,
    .apply = share_apply,
};
