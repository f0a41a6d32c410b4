/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.geometric -- the weighted geometric mean, the power mean of exponent 0.
 *
 *     y = exp( sum_j w_j ln x_j / sum_j w_j )
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled
 * errors  a value of 0 or below: it has no logarithm, and the mean no answer
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 */
#include "base/math.h"
#include "ops/kernel.h"

static void geometric_transform(const void *params, const double *x, size_t n, double *y)
{
    (void)params;
    mera_log_n(x, n, y);
}

static void geometric_inverse(const void *params, const double *x, size_t n, double *y)
{
    (void)params;
    mera_exp_n(x, n, y);
}

const mera_op mera_op_aggregate_geometric = {
    .name = "aggregate.geometric",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The weighted geometric mean: a low score is made up only by much higher others.",
    .formula = "y = exp(sum(w ln x) / sum(w))",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions = "values must be above 0; choose 'floor' or a range above 0 where they are not",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .flags = MERA_OP_POSITIVE,
    .transform = geometric_transform,
    .inverse = geometric_inverse,
};
