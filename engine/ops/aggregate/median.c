/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.median -- the median of the children.
 *
 *     y = median_j x_j   (the mean of the middle two when their number is even)
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out
 * source  Tukey, Exploratory Data Analysis (1977), chapter 2
 *
 * Weights do not matter, but for a child of weight 0: it takes no part.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

static mera_code median_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const mera_children *in, double *y)
{
    (void)op, (void)params;
    double *v;
    MERA_TRY_NEW(v, ctx->arena, 2 * in->k);
    for (size_t i = 0; i < in->n; i++) {
        size_t present = 0;
        for (size_t j = 0; j < in->k; j++) {
            v[present] = in->x[j][i];
            present += in->w[j] > 0 && mera_is_present(v[present]);
        }
        mera_sort(v, present, v + in->k);
        y[i] = mera_quantile_sorted(v, present, 0.5, 7);
    }
    return MERA_OK;
}

const mera_op mera_op_aggregate_median = {
    .name = "aggregate.median",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The median of the children: single extremes do not count.",
    .formula = "y = median(x)",
    .nulls = "missing children are left out",
    .conventions = "weights do not matter, but a child of weight 0 takes no part; with an even "
                   "number the mean of the middle two",
    .source = "Tukey, Exploratory Data Analysis (1977), chapter 2",
    .aggregate = median_aggregate,
};
