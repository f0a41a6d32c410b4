/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.equal -- the same weight for every child of a node, or for every indicator below it.
 *
 *     w_j = 1, or the number of indicators at or below child j
 *
 * shape   x[k][n] -> w[k]
 * nulls   take no part
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 *
 * The two differ as soon as the nodes below are of different sizes: equal by child lets an
 * indicator of a small node count for more. With `per: leaf` at every node all indicators of the
 * tree have one weight in the whole.
 */
#include "mera/op.h"

enum { PER_CHILD, PER_LEAF };

typedef struct {
    int per;
} equal_params;

static const char *const equal_per[] = {"child", "leaf", NULL};
static const mera_param equal_table[] = {
    MERA_ENUM(equal_params, per, PER_CHILD, equal_per,
              "one weight for every child of the node, or for every indicator below it"),
    MERA_PARAMS_END,
};

static mera_code equal_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_children *in, double *w)
{
    (void)op;
    const equal_params *p = params;
    for (size_t j = 0; j < in->k; j++) {
        w[j] = p->per == PER_LEAF && ctx->child_leaves != NULL ? (double)ctx->child_leaves[j] : 1;
    }
    return MERA_OK;
}

const mera_op mera_op_weight_equal = {
    .name = "weight.equal",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "The same weight for every child of a node, or for every indicator below it.",
    .formula = "w = 1, or the number of indicators at or below the child; divided by their sum",
    .nulls = "take no part: the data are not looked at",
    .conventions = "equal within a node unless 'per: leaf', which at every node of the tree gives "
                   "all indicators one weight in the whole; what screening left out is not counted",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .params = equal_table,
    .params_size = sizeof(equal_params),
    .weigh = equal_weigh,
};
