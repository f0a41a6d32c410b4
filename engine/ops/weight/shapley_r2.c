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

#include "ops/support.h"
#include "ops/weight/anchor.h"

enum { SHAPLEY_MAX = 20 };

typedef struct {
    const char *anchor;
} shapley_params;

static const mera_param shapley_table[] = {
    MERA_WEIGH_NAME(shapley_params, anchor, MERA_PARAM_COLUMN,
                    "indicator or column the index should foretell; higher is better"),
    MERA_PARAMS_END,
};

/* A walk over all sets: each adds a child of a higher number to the last, and one row to the
 * Cholesky factor of the children's correlations. */
typedef struct {
    size_t k;
    const double *r;  /* correlations of the children, by rows */
    const double *ry; /* with the anchor */
    double *l;        /* rows of the factor for the children chosen, k x k */
    double *u;        /* L u = ry: R2 is the sum of u^2 */
    size_t *chosen;
    double *r2; /* 2^k, by the bits of a set */
} shapley_walk;

static double shapley_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* Sets below `set`, whose factor stands in the first `size` rows; children from `from` on may come.
 */
static void shapley_visit(const shapley_walk *s, size_t set, size_t size, size_t from)
{
    for (size_t j = from; j < s->k; j++) {
        double *row = s->l + size * s->k;
        for (size_t c = 0; c < size; c++) {
            const double *other = s->l + c * s->k;
            row[c] = other[c] > 0
                         ? (s->r[j * s->k + s->chosen[c]] - shapley_dot(row, other, c)) / other[c]
                         : 0;
        }
        const double left = s->r[j * s->k + j] - shapley_dot(row, row, size);
        row[size] = left > 1e-12 ? sqrt(left) : 0; /* 0: the others say all of it */
        s->u[size] = row[size] > 0 ? (s->ry[j] - shapley_dot(row, s->u, size)) / row[size] : 0;
        s->chosen[size] = j;
        const size_t with = set | (size_t)1 << j;
        s->r2[with] = s->r2[set] + s->u[size] * s->u[size];
        shapley_visit(s, with, size + 1, j + 1);
    }
}

/* |S|! (k - 1 - |S|)! / k! = 1 / (k C(k - 1, |S|)) */
static void shapley_sum(const shapley_walk *s, double *w)
{
    double share[SHAPLEY_MAX];
    double choose = 1;
    for (size_t size = 0; size < s->k; size++) {
        share[size] = 1 / ((double)s->k * choose);
        choose *= (double)(s->k - 1 - size) / (double)(size + 1);
    }
    for (size_t j = 0; j < s->k; j++) {
        const size_t bit = (size_t)1 << j;
        w[j] = 0;
        for (size_t set = 0; set < (size_t)1 << s->k; set++) {
            if ((set & bit) == 0) {
                const size_t size = (size_t)__builtin_popcountll(set);
                w[j] += share[size] * (s->r2[set | bit] - s->r2[set]);
            }
        }
        w[j] = fmax(0, w[j]);
    }
}

static mera_code shapley_open(const mera_anchored *data, mera_arena *arena, shapley_walk *s)
{
    const size_t k = data->k, n = data->n;
    double *r, *ry;
    *s = (shapley_walk){.k = k};
    MERA_TRY_NEW(r, arena, k * k);
    MERA_TRY_NEW(ry, arena, k);
    MERA_TRY_NEW(s->l, arena, k * k);
    MERA_TRY_NEW(s->u, arena, k);
    MERA_TRY_NEW(s->chosen, arena, k);
    MERA_TRY_NEW(s->r2, arena, (size_t)1 << k);
    for (size_t a = 0; a < k; a++) {
        const double *x = data->x + a * n, by = (double)(n - 1) * data->sd[a];
        for (size_t b = 0; b < k; b++) {
            r[a * k + b] = a == b ? 1 : shapley_dot(x, data->x + b * n, n) / (by * data->sd[b]);
        }
        ry[a] = shapley_dot(x, data->y, n) / (by * data->y_sd);
    }
    s->r = r;
    s->ry = ry;
    return MERA_OK;
}

static mera_code shapley_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *w)
{
    const shapley_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_anchored data;
    shapley_walk s;
    if (in->k > SHAPLEY_MAX) {
        const mera_code rc =
            mera_fail(ctx->diags, MERA_EINPUT, "too-many-children", ctx->at,
                      "%s has %zu children; %s makes 2^k regressions and takes at most %d",
                      mera_op_subject(op, ctx), in->k, op->name, SHAPLEY_MAX);
        mera_hint(ctx->diags, "group the children under nodes of their own");
        return rc;
    }
    MERA_TRY(mera_anchor_read(&call, p->anchor, &data));
    MERA_TRY(shapley_open(&data, ctx->arena, &s));
    shapley_visit(&s, 0, 0, 0);
    shapley_sum(&s, w);
    mera_note(ctx->diags, "anchor", ctx->at,
              "%s: all children together explain %.1f %% of the variance of '%s' over %zu units",
              mera_op_subject(op, ctx), 100 * s.r2[((size_t)1 << in->k) - 1], p->anchor, data.n);
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
