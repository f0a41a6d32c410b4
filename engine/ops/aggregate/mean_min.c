/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.mean_min -- the mean, drawn towards the worst child.
 *
 *     y = M - alpha ( sqrt((M - min)^2 + beta^2) - beta )
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled
 * source  Casadio Tarabusi, Guarini, Social Indicators Research 112 (2013) 19
 *
 * M is the weighted mean, min the smallest present child, both of the unit itself.
 */
#include <math.h>

#include "ops/aggregate/children.h"
#include "ops/support.h"

typedef struct {
    double alpha, beta;
} mean_min_params;

static const mera_param mean_min_table[] = {
    {.name = "alpha",
     .type = MERA_PARAM_F64,
     .offset = offsetof(mean_min_params, alpha),
     .required = true,
     .min = 0,
     .max = 1,
     .help = "how much imbalance is penalised: 0 is the mean, 1 with beta 0 the minimum"},
    MERA_F64(mean_min_params, beta, 0, 0, 1e6, "points",
             "how far below the mean the worst child may be before it costs much"),
    MERA_PARAMS_END,
};

static mera_code mean_min_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                    const mera_children *in, double *y)
{
    const mean_min_params *p = params;
    double *present, *least;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY_NEW(least, ctx->arena, in->n);
    mera_children_mean(in, present, y);
    for (size_t i = 0; i < in->n; i++) {
        least[i] = INFINITY;
    }
    for (size_t j = 0; j < in->k; j++) {
        const double *x = in->x[j];
        if (!mera_child_counts(in, j)) {
            continue;
        }
        for (size_t i = 0; i < in->n; i++) {
            least[i] = x[i] < least[i] ? x[i] : least[i];
        }
    }
    for (size_t i = 0; i < in->n; i++) {
        const double gap =
            fmax(y[i] - least[i], 0); /* of equal children rounding may make it less */
        y[i] -= p->alpha * (sqrt(gap * gap + p->beta * p->beta) - p->beta);
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_mean_min = {
    .name = "aggregate.mean_min",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The mean, drawn towards the worst child the more the further it lags behind.",
    .formula = "y = M - alpha (sqrt((M - min)^2 + beta^2) - beta)",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions = "M and min are the unit's own; weights enter the mean alone, but a child of "
                   "weight 0 takes no part in the minimum",
    .source = "Casadio Tarabusi, Guarini, Social Indicators Research 112 (2013) 19",
    .params = mean_min_table,
    .params_size = sizeof(mean_min_params),
    .aggregate = mean_min_aggregate,
};
