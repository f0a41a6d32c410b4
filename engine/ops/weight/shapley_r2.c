/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.shapley_r2 -- each child's fair part of what all together explain of an anchor.
 *
 *     w_j = sum over sets S without j of |S|! (k - 1 - |S|)! / k! * (R2(S + j) - R2(S))
 *
 * R2(S) is the share of the anchor's variance that least squares on the children in S explains; the
 * parts add up to R2 of all (LMG).
 *
 * shape   x[k][n], y[n] -> w[k], divided by their sum
 * nulls   units that lack a value of a child or of the anchor take no part
 * errors  more than 20 children: 2^k regressions are made
 * source  Lindeman, Merenda and Gold, Introduction to Bivariate and Multivariate Analysis (1980);
 *         Groemping, Journal of Statistical Software 17 (2006) 1
 */
#include <math.h>

#include "ops/shapley.h"
#include "ops/support.h"
#include "ops/weight/anchor.h"

typedef struct {
    const char *anchor;
} shapley_params;

static const mera_param shapley_table[] = {
    MERA_WEIGH_NAME(shapley_params, anchor, MERA_PARAM_COLUMN,
                    "indicator or column the index should foretell; higher is better"),
    MERA_PARAMS_END,
};

static double shapley_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* Correlations of the children with each other and with the anchor. */
static mera_code shapley_regressors(const mera_anchored *data, mera_arena *arena,
                                    mera_regressors *out)
{
    const size_t k = data->k, n = data->n;
    double *r, *ry;
    MERA_TRY_NEW(r, arena, k * k);
    MERA_TRY_NEW(ry, arena, k);
    for (size_t a = 0; a < k; a++) {
        const double *x = data->x + a * n, by = (double)(n - 1) * data->sd[a];
        for (size_t b = 0; b < k; b++) {
            r[a * k + b] = a == b ? 1 : shapley_dot(x, data->x + b * n, n) / (by * data->sd[b]);
        }
        ry[a] = shapley_dot(x, data->y, n) / (by * data->y_sd);
    }
    *out = (mera_regressors){.k = k, .r = r, .ry = ry};
    return MERA_OK;
}

static mera_code shapley_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *w)
{
    const shapley_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_anchored data;
    mera_regressors x;
    double r2;
    if (in->k > SHAPLEY_EXACT_MOST) {
        const mera_code rc =
            mera_fail(ctx->diags, MERA_EINPUT, "too-many-children", ctx->at,
                      "%s has %zu children; %s makes 2^k regressions and takes at most %d",
                      mera_op_subject(op, ctx), in->k, op->name, SHAPLEY_EXACT_MOST);
        mera_hint(ctx->diags, "group the children under nodes of their own");
        return rc;
    }
    MERA_TRY(mera_anchor_read(&call, p->anchor, &data));
    MERA_TRY(shapley_regressors(&data, ctx->arena, &x));
    MERA_TRY(mera_shapley_exact(&x, ctx->arena, w, &r2));
    for (size_t j = 0; j < in->k; j++) {
        w[j] = fmax(0, w[j]); /* below 0 by rounding alone */
    }
    mera_note(ctx->diags, "anchor", ctx->at,
              "%s: all children together explain %.1f %% of the variance of '%s' over %zu units",
              mera_op_subject(op, ctx), 100 * r2, p->anchor, data.n);
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_shapley_r2 = {
    .name = "weight.shapley_r2",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary =
        "Each child's fair part of what all together explain of an outcome (Shapley shares of "
        "R2, LMG).",
    .formula = "w_j = mean over orders of entry of the rise of R2 when child j enters; divided by "
               "their sum",
    .nulls = "units that lack a value of a child or of the anchor take no part",
    .conventions = "all 2^k sets of children, at most 20 children; the sign of an effect does not "
                   "count; shares do not depend on the children's scales",
    .source = "Lindeman, Merenda and Gold, Introduction to Bivariate and Multivariate Analysis "
              "(1980); Groemping, Journal of Statistical Software 17 (2006) 1",
    .params = shapley_table,
    .params_size = sizeof(shapley_params),
    .weigh = shapley_weigh,
};
