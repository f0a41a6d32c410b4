/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.entropy -- children whose values are spread unevenly over the units weigh more.
 *
 *     p_ij = x_ij / sum_i x_ij,  e_j = -(1 / ln m) sum_i p ln p  (0 ln 0 = 0),  w_j = 1 - e_j
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   left out of their column; m is its number of values
 * errors  values below 0; nothing that varies
 * source  Shannon, Bell System Technical Journal 27 (1948) 379; Zeleny, Multiple Criteria Decision
 *         Making (1982), chapter 7
 *
 * The values are taken as normalised: a share depends on where 0 lies, so entropy weights of the
 * same indicator differ between normalisations.
 */
#include <math.h>

#include "base/math.h"
#include "ops/column.h"
#include "ops/support.h"
#include "ops/weight/support.h"

/* 1 - e of one column; 0 when it does not vary. */
static double entropy_divergence(const double *x, size_t n)
{
    double low, high, sum = 0;
    const size_t m = mera_column_range(x, n, &low, &high);
    const double total = mera_column_sum(x, n);
    if (m < 2 || low == high || !(total > 0)) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        const double p = mera_is_present(x[i]) ? x[i] / total : 0;
        sum += p > 0 ? p * mera_log(p) : 0;
    }
    return fmax(0, 1 + sum / mera_log((double)m));
}

static mera_code entropy_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *w)
{
    (void)params;
    const mera_weighing call = {op, ctx, in};
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_check_sign(&call, false));
    for (size_t j = 0; j < in->k; j++) {
        w[j] = entropy_divergence(in->x[j], in->n);
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_entropy = {
    .name = "weight.entropy",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Children whose values are spread unevenly over the units weigh more.",
    .formula = "w = 1 - e, e = -(1 / ln m) sum p ln p, p = x / sum x; divided by their sum",
    .nulls = "left out of their column; m is its number of values",
    .conventions = "0 ln 0 is 0, nothing is added inside the logarithm; values are taken as "
                   "normalised; a child that does not vary weighs 0",
    .source = "Shannon, Bell System Technical Journal 27 (1948) 379; Zeleny, Multiple Criteria "
              "Decision Making (1982), chapter 7",
    .weigh = entropy_weigh,
};
