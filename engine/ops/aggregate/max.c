/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.max -- the largest of the children, the power mean whose exponent goes to infinity.
 *
 *     y = max_j x_j
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out
 * source  Hardy, Littlewood, Polya, Inequalities (1934), chapter 2
 *
 * Weights do not matter, but for a child of weight 0: it takes no part.
 */
#include <math.h>

#include "ops/support.h"

static mera_code max_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *y)
{
    (void)op, (void)params, (void)ctx;
    for (size_t i = 0; i < in->n; i++) {
        y[i] = NAN;
    }
    for (size_t j = 0; j < in->k; j++) {
        if (!(in->w[j] > 0)) {
            continue;
        }
        for (size_t i = 0; i < in->n; i++) {
            const double x = in->x[j][i];
            y[i] = x > y[i] || (mera_is_present(x) && !mera_is_present(y[i])) ? x : y[i];
        }
    }
    return MERA_OK;
}

const mera_op mera_op_aggregate_max = {
    .name = "aggregate.max",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The best child decides: the others do not count.",
    .formula = "y = max(x)",
    .nulls = "missing children are left out",
    .conventions = "weights do not matter, but a child of weight 0 takes no part",
    .source = "Hardy, Littlewood, Polya, Inequalities (1934), chapter 2",
    .aggregate = max_aggregate,
};
