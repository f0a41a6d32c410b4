/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.power -- the weighted power mean.
 *
 *     y = ( sum_j w_j x_j^p / sum_j w_j )^(1/p);   p = 0: the geometric mean
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled
 * errors  a value below 0 (p other than 1), or of 0 when p <= 0
 * source  Hardy, Littlewood, Polya, Inequalities (1934), chapter 2; OECD/JRC Handbook (2008), step
 * 6
 */
#include "ops/kernel.h"

typedef struct {
    double exponent; /* the first field: see kernel.h */
} power_params;

static const mera_param power_table[] = {
    {.name = "exponent",
     .type = MERA_PARAM_F64,
     .offset = offsetof(power_params, exponent),
     .required = true,
     .min = -100,
     .max = 100,
     .help = "1 is the arithmetic mean, 0 the geometric, -1 the harmonic; lower is stricter"},
    MERA_PARAMS_END,
};

const mera_op mera_op_aggregate_power = {
    .name = "aggregate.power",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The weighted power mean, from the minimum's neighbour to the maximum's.",
    .formula = "y = (sum(w x^p) / sum(w))^(1/p)",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions =
        "p = 0 is the geometric mean, -1 the harmonic; the limits at minus and plus infinity are "
        "'min' and 'max'; values must be above 0 for p <= 0, else 0 or above (p = 1: any)",
    .source = "Hardy, Littlewood, Polya, Inequalities (1934); OECD/JRC Handbook (2008), step 6",
    .params = power_table,
    .params_size = sizeof(power_params),
    .transform = mera_map_power,
    .inverse = mera_map_root,
};
