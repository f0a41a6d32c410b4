/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.harmonic -- the weighted harmonic mean, the power mean of exponent -1.
 *
 *     y = sum_j w_j / sum_j (w_j / x_j)
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled
 * errors  a value of 0 or below
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 */
#include "ops/kernel.h"

static void harmonic_map(const void *params, const double *x, size_t n, double *y)
{
    (void)params;
    for (size_t i = 0; i < n; i++) {
        y[i] = 1 / x[i];
    }
}

const mera_op mera_op_aggregate_harmonic = {
    .name = "aggregate.harmonic",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The weighted harmonic mean: the lowest scores decide most.",
    .formula = "y = sum(w) / sum(w / x)",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions = "values must be above 0; choose 'floor' or a range above 0 where they are not",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .flags = MERA_OP_POSITIVE,
    .transform = harmonic_map,
    .inverse = harmonic_map,
};
