/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.waspas -- between the weighted sum and the weighted product.
 *
 *     y = lambda sum_j w_j x_j + (1 - lambda) prod_j x_j^w_j,   w as shares of their sum
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled
 * errors  a value of 0 or below, unless lambda is 1
 * source  Zavadskas et al., Elektronika ir Elektrotechnika 122 (2012) 3
 *
 * The authors divide each criterion by its best value first: normalise.reference {to: best}.
 */
#include <math.h>

#include "base/math.h"
#include "ops/aggregate/children.h"
#include "ops/support.h"

typedef struct {
    double lambda;
} waspas_params;

static const mera_param waspas_table[] = {
    MERA_F64(waspas_params, lambda, 0.5, 0, 1, NULL,
             "share of the weighted sum; the rest is the weighted product's"),
    MERA_PARAMS_END,
};

/* logs[n]: the weighted sum of logarithms. */
static mera_code waspas_logs(const mera_op *op, mera_op_ctx *ctx, const mera_children *in,
                             double *logs)
{
    double *room;
    MERA_TRY_NEW(room, ctx->arena, in->n);
    for (size_t j = 0; j < in->k; j++) {
        const double *x = in->x[j];
        if (!mera_child_counts(in, j)) {
            continue;
        }
        mera_log_n(x, in->n, room);
        for (size_t i = 0; i < in->n; i++) {
            if (x[i] <= 0) {
                return mera_op_refuse_child(op, ctx, j, i, x[i]);
            }
            logs[i] += mera_is_present(x[i]) ? in->w[j] * room[i] : 0.0;
        }
    }
    return MERA_OK;
}

static mera_code waspas_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const mera_children *in, double *y)
{
    const double lambda = ((const waspas_params *)params)->lambda;
    double *present, *logs;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    mera_children_mean(in, present, y);
    if (lambda < 1) {
        MERA_TRY_NEW(logs, ctx->arena, in->n);
        MERA_TRY(waspas_logs(op, ctx, in, logs));
        for (size_t i = 0; i < in->n; i++) {
            y[i] = lambda * y[i] + (1 - lambda) * mera_exp(logs[i] / present[i]);
        }
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_waspas = {
    .name = "aggregate.waspas",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "Between the weighted sum and the weighted product (WASPAS).",
    .formula = "y = lambda sum(w x)/sum(w) + (1 - lambda) exp(sum(w ln x)/sum(w))",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions = "weights enter as shares of their sum; values must be above 0 unless lambda is "
                   "1; the authors normalise by 'reference: {to: best}'",
    .source = "Zavadskas, Turskis, Antucheviciene, Zakarevicius, Elektronika ir Elektrotechnika "
              "122 (2012) 3",
    .params = waspas_table,
    .params_size = sizeof(waspas_params),
    .flags = MERA_OP_POSITIVE,
    .aggregate = waspas_aggregate,
};
