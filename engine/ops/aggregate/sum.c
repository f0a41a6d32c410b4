/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.sum -- the weighted sum.
 *
 *     y = sum_j w_j x_j
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled to the sum of all
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 *
 * Weights count as they stand and are never divided by their sum.
 */
#include <math.h>

#include "ops/support.h"

static mera_code sum_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *y)
{
    (void)params;
    double all = 0, *present;
    MERA_TRY_NEW(present, ctx->arena, in->n);
    for (size_t i = 0; i < in->n; i++) {
        y[i] = 0;
    }
    for (size_t j = 0; j < in->k; j++) {
        const double w = in->w[j], *x = in->x[j];
        if (!(w > 0)) {
            continue;
        }
        all += w;
        for (size_t i = 0; i < in->n; i++) {
            const bool here = mera_is_present(x[i]);
            y[i] += here ? w * x[i] : 0.0;
            present[i] += here ? w : 0.0;
        }
    }
    for (size_t i = 0; i < in->n; i++) {
        if (!(present[i] > 0)) {
            y[i] = NAN;
        } else if (present[i] != all) {
            y[i] *= all / present[i];
        }
        if (isinf(y[i])) {
            return mera_op_refuse_result(op, ctx, i);
        }
    }
    return MERA_OK;
}

const mera_op mera_op_aggregate_sum = {
    .name = "aggregate.sum",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The weighted sum; weights are taken as they stand.",
    .formula = "y = sum(w x)",
    .nulls = "missing children are left out and the weights of the others rescaled to the same sum",
    .conventions = "weights are never divided by their sum; 'missing: skip' rescales nothing",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .aggregate = sum_aggregate,
};
