/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.merec -- method based on the removal effects of criteria: a child weighs what its leaving
 * would change.
 *
 *     t_ij = |ln(min_i x_ij / x_ij)|,  S_i = ln(1 + (1/k) sum_j t_ij),
 *     S_ij = ln(1 + (1/k) sum_{l != j} t_il),  w_j = sum_i |S_ij - S_i|
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   units that lack a value take no part
 * errors  values of 0 or less; nothing that varies
 * source  Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene, Symmetry 13 (2021) 525
 *
 * Values come directed, so all are benefits; both sums divide by the number of all children.
 */
#include <math.h>

#include "base/math.h"
#include "ops/column.h"
#include "ops/support.h"
#include "ops/weight/support.h"

static mera_code merec_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_children *in, double *w)
{
    (void)params;
    const mera_weighing call = {op, ctx, in};
    const size_t k = in->k;
    double *x, *lowest, *t;
    size_t m;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_check_sign(&call, true));
    MERA_TRY(mera_complete_cases(in->x, k, in->n, ctx->arena, &x, &m, NULL));
    MERA_TRY_NEW(lowest, ctx->arena, k);
    MERA_TRY_NEW(t, ctx->arena, k);
    for (size_t j = 0; j < k; j++) {
        double high;
        mera_column_range(x + j * m, m, &lowest[j], &high);
        w[j] = 0;
    }
    for (size_t i = 0; i < m; i++) {
        double sum = 0;
        for (size_t j = 0; j < k; j++) {
            t[j] = fabs(mera_log(lowest[j] / x[j * m + i]));
            sum += t[j];
        }
        const double all = mera_log1p(sum / (double)k);
        for (size_t j = 0; j < k; j++) {
            w[j] += fabs(mera_log1p(fmax(0, sum - t[j]) / (double)k) - all);
        }
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_merec = {
    .name = "weight.merec",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "A child weighs what its leaving would change (MEREC).",
    .formula = "w_j = sum_i |ln(1 + (1/k) sum_{l != j} t_il) - ln(1 + (1/k) sum_l t_il)|, "
               "t_ij = |ln(min x_j / x_ij)|; divided by their sum",
    .nulls = "units that lack a value take no part",
    .conventions = "all values are benefits, as they come directed; both sums divide by the number "
                   "of all children",
    .source =
        "Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene, Symmetry 13 (2021) "
        "525",
    .weigh = merec_weigh,
};
