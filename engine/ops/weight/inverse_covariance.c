/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.inverse_covariance -- children that repeat others weigh less.
 *
 *     w = C^-1 1, the rows of the inverse covariance (or correlation) matrix summed
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   units that lack a value take no part, or 'missing: pairwise'
 * errors  children that depend on each other; weights below 0, unless 'negative' says otherwise
 * source  Anderson, Journal of the American Statistical Association 103 (2008) 1481; Schwab,
 * Janzen, Magnan and Thompson, Stata Journal 20 (2020) 952 (swindex)
 *
 * With 'negative: constrain' the same problem, the index of least variance, is solved with w >= 0.
 */
#include <math.h>

#include "numeric/linear.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { MATRIX_COVARIANCE, MATRIX_CORRELATION };

typedef struct {
    int matrix, negative, missing;
} inverse_params;

static const char *const inverse_matrix[] = {"covariance", "correlation", NULL};
static const mera_param inverse_table[] = {
    MERA_ENUM(inverse_params, matrix, MATRIX_COVARIANCE, inverse_matrix,
              "covariances of the values as normalised, or correlations"),
    MERA_ENUM(inverse_params, negative, MERA_NEGATIVE_ERROR, mera_negative_names,
              "what a weight below 0 is: an error, cut to 0, or solved anew with weights of 0 or "
              "more"),
    MERA_ENUM(inverse_params, missing, MERA_CASES_COMPLETE, mera_cases_names,
              "units that have all values (complete), or both of a pair (pairwise)"),
    MERA_PARAMS_END,
};

static mera_code inverse_refuse(const mera_weighing *call, const mera_covariance *c)
{
    char one[MERA_WEIGH_TEXT_SIZE], other[MERA_WEIGH_TEXT_SIZE];
    size_t a = 0, b = 1;
    for (size_t i = 0; i < c->k; i++) {
        for (size_t j = i + 1; j < c->k; j++) {
            if (fabs(c->correlation[i * c->k + j]) > fabs(c->correlation[a * c->k + b])) {
                a = i;
                b = j;
            }
        }
    }
    const mera_code rc = mera_fail(
        call->ctx->diags, MERA_EINPUT, "collinear", call->ctx->at,
        "%s: the children depend on each other, and their covariances have no inverse (nearest are "
        "%s and %s, correlation %.4f; %zu units)",
        mera_op_subject(call->op, call->ctx), mera_weigh_child(call, a, one),
        mera_weigh_child(call, b, other), c->correlation[a * c->k + b], c->n);
    mera_hint(call->ctx->diags, "leave one of them out");
    return rc;
}

/* A pivot of rounding alone is none: judged on correlations, where all columns have one size. */
static mera_code inverse_exists(const mera_weighing *call, const mera_covariance *c, double *lower)
{
    const mera_code rc = mera_cholesky(c->correlation, c->k, lower);
    bool whole = rc == MERA_OK;
    if (rc == MERA_ENOMEM) {
        return rc;
    }
    for (size_t j = 0; whole && j < c->k; j++) {
        whole = lower[j * c->k + j] > 1e-7;
    }
    return whole ? MERA_OK : inverse_refuse(call, c);
}

/* The least-variance index of non-negative weights: |L' w| is least, C = L L'. */
static mera_code inverse_constrained(const mera_weighing *call, const double *lower, double *w)
{
    const size_t k = call->in->k; /* L by rows is L' by columns, as mera_nearest_hull() wants it */
    return mera_weigh_refuse_solver(call, mera_nearest_hull(lower, k, k, call->ctx->arena, w));
}

static mera_code inverse_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *w)
{
    const inverse_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_covariance c;
    double *ones, *lower, sum = 0;
    bool some;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_covariance(&call, (mera_cases)p->missing, 3, &c));
    MERA_TRY_NEW(ones, ctx->arena, in->k);
    MERA_TRY_NEW(lower, ctx->arena, in->k * in->k);
    for (size_t j = 0; j < in->k; j++) {
        ones[j] = 1;
    }
    MERA_TRY(inverse_exists(&call, &c, lower));
    const double *matrix = p->matrix == MATRIX_COVARIANCE ? c.covariance : c.correlation;
    MERA_TRY(mera_weigh_refuse_solver(&call, mera_cholesky(matrix, in->k, lower)));
    MERA_TRY(
        mera_weigh_refuse_solver(&call, mera_solve_definite(matrix, in->k, ones, ctx->arena, w)));
    for (size_t j = 0; j < in->k; j++) {
        sum += w[j];
    }
    for (size_t j = 0; j < in->k; j++) {
        w[j] /= sum;
        w[j] = fabs(w[j]) < 1e-13 ? 0 : w[j]; /* rounding is no negative weight */
    }
    MERA_TRY(mera_weigh_negative(&call, (mera_negative_rule)p->negative, w, &some));
    if (some && p->negative == MERA_NEGATIVE_CONSTRAIN) {
        MERA_TRY(inverse_constrained(&call, lower, w));
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_inverse_covariance = {
    .name = "weight.inverse_covariance",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Children that repeat others weigh less: row sums of the inverse covariance matrix.",
    .formula = "w = C^-1 1, divided by their sum",
    .nulls = "units that lack a value take no part; with 'missing: pairwise' each covariance takes "
             "the units that have both",
    .conventions = "covariances of the values as normalised unless 'matrix: correlation'; a weight "
                   "below 0 is an error unless 'negative' says otherwise",
    .source = "Anderson, Journal of the American Statistical Association 103 (2008) 1481; Schwab, "
              "Janzen, Magnan and Thompson, Stata Journal 20 (2020) 952",
    .params = inverse_table,
    .params_size = sizeof(inverse_params),
    .weigh = inverse_weigh,
};
