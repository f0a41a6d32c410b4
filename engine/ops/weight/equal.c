/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.equal -- the same weight for every child of a node.
 *
 *     w_j = 1
 *
 * shape   x[k][n] -> w[k]
 * nulls   take no part
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 */
#include "mera/op.h"

static mera_code equal_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_children *in, double *w)
{
    (void)op, (void)params, (void)ctx;
    for (size_t j = 0; j < in->k; j++) {
        w[j] = 1;
    }
    return MERA_OK;
}

const mera_op mera_op_weight_equal = {
    .name = "weight.equal",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "The same weight for every child of a node.",
    .formula = "w = 1, divided by the sum of the node's weights",
    .nulls = "take no part: the data are not looked at",
    .conventions = "equal within a node, not over all leaves of the tree",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .weigh = equal_weigh,
};
