/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.max_scaling -- children divided by the largest value found, then multiplied.
 *
 *     z_j = scale * x_j / max_j
 *     y = prod_j z_j^w_j              combine: product
 *         sum_j w_j z_j / sum w       combine: mean
 *
 * shape   x[k][n] -> y[n]
 * unit    points of 0 and above -> a product of points, or points
 * nulls   missing children are left out and the weights of the others rescaled to the sum of all
 * errors  a value below 0; a child whose largest value is 0
 * source  OEHHA, CalEnviroScreen 4.0 (2021): pollution burden and population characteristics, each
 *         over its maximum times 10, multiplied
 *
 * Weights of a product are exponents as they stand, as in aggregate.product.
 */
#include <math.h>

#include "base/math.h"
#include "ops/aggregate/children.h"
#include "ops/column.h"
#include "ops/support.h"

enum { COMBINE_PRODUCT, COMBINE_MEAN };

typedef struct {
    double scale;
    int combine;
} scaling_params;

static const char *const scaling_combine[] = {"product", "mean", NULL};
static const mera_param scaling_table[] = {
    MERA_F64(scaling_params, scale, 10, 1e-6, 1e6, "points", "what the largest value becomes"),
    MERA_ENUM(scaling_params, combine, COMBINE_PRODUCT, scaling_combine,
              "multiply the scaled children, or take their weighted mean"),
    MERA_PARAMS_END,
};

/* The largest value of a child; NaN when it has none. */
static mera_code scaling_largest(const mera_op *op, mera_op_ctx *ctx, const mera_children *in,
                                 size_t j, double *out)
{
    double low;
    *out = NAN;
    if (mera_column_range(in->x[j], in->n, &low, out) == 0) {
        return MERA_OK;
    }
    for (size_t i = 0; i < in->n && low < 0; i++) {
        if (in->x[j][i] < 0) {
            return mera_op_refuse_child(op, ctx, j, i, in->x[j][i]);
        }
    }
    if (!(*out > 0)) {
        char child[MERA_CHILD_TEXT];
        return mera_fail(ctx->diags, MERA_EINPUT, "no-ratio", ctx->at,
                         "%s: %s is 0 at every unit, and %s cannot divide by its maximum",
                         mera_op_subject(op, ctx), mera_child_text(ctx, j, child), op->name);
    }
    return MERA_OK;
}

static void scaling_add(const scaling_params *p, const mera_children *in, size_t j, double largest,
                        const double *present, double *y)
{
    const double *x = in->x[j], w = in->w[j], all = mera_children_weight(in);
    for (size_t i = 0; i < in->n; i++) {
        const double z = p->scale * x[i] / largest;
        if (!mera_is_present(z)) {
            continue;
        }
        if (p->combine == COMBINE_MEAN) {
            y[i] += w * z / present[i];
            continue;
        }
        const double power = w * (all / present[i]);
        y[i] *= power == 1 ? z : mera_pow(z, power);
    }
}

static mera_code scaling_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_children *in, double *y)
{
    const scaling_params *p = params;
    double *present;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    for (size_t i = 0; i < in->n; i++) {
        y[i] = p->combine == COMBINE_PRODUCT ? 1 : 0;
    }
    for (size_t j = 0; j < in->k; j++) {
        double largest;
        if (!mera_child_counts(in, j)) {
            continue;
        }
        MERA_TRY(scaling_largest(op, ctx, in, j, &largest));
        scaling_add(p, in, j, largest, present, y);
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_max_scaling = {
    .name = "aggregate.max_scaling",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "Children divided by the largest value found, then multiplied (CalEnviroScreen).",
    .formula = "z = scale x / max(x); y = prod(z^w), or sum(w z)/sum(w)",
    .nulls = "missing children are left out and the weights of the others rescaled to the same sum",
    .conventions =
        "compares the units of one period: another set of units gives other scores; weights of a "
        "product are exponents and never divided by their sum",
    .source = "OEHHA, CalEnviroScreen 4.0 (2021)",
    .params = scaling_table,
    .params_size = sizeof(scaling_params),
    .flags = MERA_OP_POPULATION,
    .aggregate = scaling_aggregate,
};
