/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.regression -- weights that make the index foretell an outcome from outside, the anchor.
 *
 *     min sum_i (y_i - a - sum_j w_j x_ij)^2
 *
 *     ols      free weights             nnls     w >= 0
 *     simplex  w >= 0, sum w = 1: for an anchor on the scale of the children
 *     ridge    + penalty (n - 1) sum_j (w_j s_j)^2, s_j the deviation of child j
 *
 * shape   x[k][n], y[n] -> w[k], divided by their sum
 * nulls   units that lack a value of a child or of the anchor take no part
 * errors  a child that does not vary or, for ols, depends on others; weights below 0, unless
 *         'negative' says otherwise
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6; Lawson and
 * Hanson, Solving Least Squares Problems (1974), chapter 23 (nnls); Hoerl and Kennard,
 * Technometrics 12 (1970) 55 (ridge)
 */
#include <math.h>
#include <string.h>

#include "numeric/linear.h"
#include "ops/column.h"
#include "ops/support.h"
#include "ops/weight/anchor.h"

enum { METHOD_OLS, METHOD_NNLS, METHOD_SIMPLEX, METHOD_RIDGE };

typedef struct {
    const char *anchor;
    int method, negative;
    double penalty;
} regression_params;

static const char *const regression_methods[] = {"ols", "nnls", "simplex", "ridge", NULL};
static const mera_param regression_table[] = {
    MERA_WEIGH_NAME(regression_params, anchor, MERA_PARAM_COLUMN,
                    "indicator or column the index should foretell; higher is better"),
    MERA_ENUM(regression_params, method, METHOD_NNLS, regression_methods,
              "least squares: free, weights of 0 or more, these with sum 1, or with a penalty on "
              "their size"),
    MERA_F64(regression_params, penalty, 0.1, 0, 1e6, NULL,
             "of ridge: added to the diagonal of the children's correlations"),
    MERA_ENUM(regression_params, negative, MERA_NEGATIVE_ERROR, mera_negative_names,
              "of ols and ridge: what a weight below 0 is: an error, cut to 0, or solved anew with "
              "weights of 0 or more"),
    MERA_PARAMS_END,
};

/* Standardised children by columns, with the rows of the penalty below, and the anchor. */
typedef struct {
    size_t rows, k;
    double *a, *b;
} regression_table_of;

static mera_code regression_build(const mera_anchored *data, double penalty, mera_arena *arena,
                                  regression_table_of *out)
{
    const size_t n = data->n, k = data->k;
    out->k = k;
    out->rows = penalty > 0 ? n + k : n;
    MERA_TRY_NEW(out->a, arena, out->rows * k);
    MERA_TRY_NEW(out->b, arena, out->rows);
    for (size_t j = 0; j < k; j++) {
        double *column = out->a + j * out->rows;
        for (size_t i = 0; i < n; i++) {
            column[i] = data->x[j * n + i] / data->sd[j];
        }
        if (penalty > 0) {
            column[n + j] = sqrt(penalty * (double)(n - 1));
        }
    }
    memcpy(out->b, data->y, n * sizeof *out->b);
    return MERA_OK;
}

/* min |sum_j w_j (y - x_j)| over w >= 0, sum w = 1: as sum w y = y. */
static mera_code regression_simplex(const mera_weighing *call, const mera_anchored *data, double *w)
{
    const size_t n = data->n, k = data->k;
    mera_arena *arena = call->ctx->arena;
    double *d, *zero, *r, *c;
    MERA_TRY_NEW(d, arena, n * k);
    MERA_TRY_NEW(zero, arena, n);
    MERA_TRY_NEW(r, arena, k * k);
    MERA_TRY_NEW(c, arena, k);
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < n; i++) {
            d[j * n + i] = data->y[i] - data->x[j * n + i];
        }
    }
    MERA_TRY(mera_weigh_refuse_solver(call, mera_reduce(d, n, k, zero, arena, r, c)));
    return mera_weigh_refuse_solver(call, mera_nearest_hull(r, k, k, arena, w));
}

/* Children that depend on each other: which two most likely do. */
static mera_code regression_refuse(const mera_weighing *call, const regression_table_of *t,
                                   size_t rank)
{
    char one[MERA_WEIGH_TEXT_SIZE], other[MERA_WEIGH_TEXT_SIZE];
    size_t a, b;
    const double r = mera_weigh_nearest_pair(t->a, t->k, t->rows, &a, &b);
    const mera_code rc = mera_fail(
        call->ctx->diags, MERA_EINPUT, "collinear", call->ctx->at,
        "%s: of %zu children %zu are independent, and %s has no single answer (nearest are %s and "
        "%s, correlation %.4f)",
        mera_op_subject(call->op, call->ctx), t->k, rank, call->op->name,
        mera_weigh_child(call, a, one), mera_weigh_child(call, b, other), r);
    mera_hint(call->ctx->diags, "leave one out, or choose 'method: ridge'");
    return rc;
}

static mera_code regression_free(const mera_weighing *call, const regression_params *p,
                                 const regression_table_of *t, double *w)
{
    size_t rank;
    bool some;
    MERA_TRY(mera_weigh_refuse_solver(
        call, mera_least_squares(t->a, t->rows, t->k, t->b, 1e-10, call->ctx->arena, w, &rank)));
    if (rank < t->k) {
        return regression_refuse(call, t, rank);
    }
    MERA_TRY(mera_weigh_negative(call, (mera_negative_rule)p->negative, w, &some));
    if (some && p->negative == MERA_NEGATIVE_CONSTRAIN) {
        MERA_TRY(mera_weigh_refuse_solver(
            call, mera_nnls(t->a, t->rows, t->k, t->b, call->ctx->arena, w)));
    }
    return MERA_OK;
}

/* The share of the anchor's variance the weighted sum explains, with whatever slope is best. */
static void regression_report(const mera_weighing *call, const mera_anchored *data, const double *w)
{
    double yy = 0, ss = 0, sy = 0;
    for (size_t i = 0; i < data->n; i++) {
        double s = 0;
        for (size_t j = 0; j < data->k; j++) {
            s += w[j] * data->x[j * data->n + i];
        }
        yy += data->y[i] * data->y[i];
        ss += s * s;
        sy += s * data->y[i];
    }
    mera_note(call->ctx->diags, "anchor", call->ctx->at,
              "%s: the weighted sum explains %.1f %% of the variance of the anchor over %zu units",
              mera_op_subject(call->op, call->ctx), ss > 0 ? 100 * sy * sy / (ss * yy) : 0,
              data->n);
}

static mera_code regression_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const mera_children *in, double *w)
{
    const regression_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_anchored data;
    regression_table_of t;
    MERA_TRY(mera_anchor_read(&call, p->anchor, &data));
    if (p->method == METHOD_SIMPLEX) {
        MERA_TRY(regression_simplex(&call, &data, w));
    } else {
        const double penalty = p->method == METHOD_RIDGE ? p->penalty : 0;
        MERA_TRY(regression_build(&data, penalty, ctx->arena, &t));
        if (p->method == METHOD_NNLS) {
            MERA_TRY(
                mera_weigh_refuse_solver(&call, mera_nnls(t.a, t.rows, t.k, t.b, ctx->arena, w)));
        } else {
            MERA_TRY(regression_free(&call, p, &t, w));
        }
        for (size_t j = 0; j < in->k; j++) {
            w[j] /= data.sd[j]; /* from standard deviations back to the children's own points */
        }
    }
    regression_report(&call, &data, w);
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_regression = {
    .name = "weight.regression",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Weights that make the index foretell an outcome from outside, by least squares.",
    .formula =
        "min sum (y - a - sum w x)^2: ols free, nnls w >= 0, simplex also sum w = 1, ridge + "
        "penalty on standardised weights; divided by their sum",
    .nulls = "units that lack a value of a child or of the anchor take no part",
    .conventions = "an intercept is always fitted; the penalty is added to the diagonal of the "
                   "children's correlation matrix; weights are for the children as normalised",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6; Lawson and "
              "Hanson, Solving Least Squares Problems (1974), chapter 23; Hoerl and Kennard, "
              "Technometrics 12 (1970) 55",
    .params = regression_table,
    .params_size = sizeof(regression_params),
    .weigh = regression_weigh,
};
