/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.arithmetic -- the weighted mean.
 *
 *     y = sum_j w_j x_j / sum_j w_j
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 */
#include "ops/kernel.h"

const mera_op mera_op_aggregate_arithmetic = {
    .name = "aggregate.arithmetic",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The weighted mean: a deficit in one child is made up by a surplus in another.",
    .formula = "y = sum(w x) / sum(w)",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .transform = mera_map_identity,
    .inverse = mera_map_identity,
};
