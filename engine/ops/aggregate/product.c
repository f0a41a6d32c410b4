/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.product -- the product of the children, each raised to its weight.
 *
 *     y = prod_j x_j^w_j
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> a product of points
 * nulls   missing children are left out and the weights of the others rescaled to the sum of all
 * errors  a value below 0 under a weight other than 1
 * source  Triantaphyllou, Multi-criteria Decision Making Methods (2000), weighted product model
 *
 * Weights are exponents as they stand, never divided by their sum.
 */
#include "base/math.h"
#include "ops/support.h"

/* The factor by which the exponents of a unit's present children grow, or 0 when none is there. */
static mera_code product_scale(mera_op_ctx *ctx, const mera_children *in, double **out)
{
    double *scale, all = 0;
    MERA_TRY_NEW(scale, ctx->arena, in->n);
    for (size_t j = 0; j < in->k; j++) {
        const double w = in->w[j];
        all += w;
        for (size_t i = 0; i < in->n; i++) {
            scale[i] += mera_is_present(in->x[j][i]) ? w : 0.0;
        }
    }
    for (size_t i = 0; i < in->n; i++) {
        scale[i] = scale[i] > 0 ? all / scale[i] : 0;
    }
    *out = scale;
    return MERA_OK;
}

static mera_code product_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_children *in, double *y)
{
    (void)params;
    double *scale;
    MERA_TRY(product_scale(ctx, in, &scale));
    for (size_t i = 0; i < in->n; i++) {
        y[i] = scale[i] > 0 ? 1 : NAN;
    }
    for (size_t j = 0; j < in->k; j++) {
        for (size_t i = 0; i < in->n; i++) {
            const double x = in->x[j][i], w = in->w[j] * scale[i];
            if (!(w > 0) || !mera_is_present(x)) {
                continue;
            }
            if (x < 0 && w != 1) {
                return mera_op_refuse_child(op, ctx, j, i, x);
            }
            y[i] *= w == 1 ? x : mera_pow(x, w);
        }
    }
    for (size_t i = 0; i < in->n; i++) {
        if (scale[i] > 0 && !isfinite(y[i])) {
            return mera_op_refuse_result(op, ctx, i);
        }
    }
    return MERA_OK;
}

const mera_op mera_op_aggregate_product = {
    .name = "aggregate.product",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The product of the children, each raised to its weight.",
    .formula = "y = prod(x^w)",
    .nulls = "missing children are left out and the weights of the others rescaled to the same sum",
    .conventions = "weights are exponents and never divided by their sum",
    .source = "Triantaphyllou, Multi-criteria Decision Making Methods (2000)",
    .aggregate = product_aggregate,
};
