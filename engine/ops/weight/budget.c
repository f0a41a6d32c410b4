/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.budget -- experts spread a budget of points over the children.
 *
 *     w_j = mean over experts of points_ej / sum_j points_ej
 *     W   = 12 S / (E^2 (k^3 - k) - E T),  S = sum_j (R_j - mean R)^2   (Kendall's agreement)
 *
 * R_j is the sum over experts of the rank of child j, T = sum over groups of t tied ranks of t^3 -
 * t.
 *
 * shape   points[E][k] -> w[k]
 * nulls   take no part: the data are not looked at
 * errors  an expert whose points do not add up to the budget, unless 'sums: rescale'
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6, budget
 * allocation; Kendall and Babington Smith, Annals of Mathematical Statistics 10 (1939) 275
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/column.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { SUMS_EXACT, SUMS_RESCALE };
enum { TIES_CORRECTED, TIES_PLAIN };

typedef struct {
    mera_text_list points, columns;
    double total;
    int sums, ties;
} budget_params;

static const char *const budget_sums[] = {"exact", "rescale", NULL};
static const char *const budget_ties[] = {"corrected", "plain", NULL};
static const mera_param budget_table[] = {
    MERA_WEIGH_TEXTS(budget_params, points, true,
                     "one row an expert: 'Anna: 20 30 50'; the name may be left out"),
    MERA_WEIGH_TEXTS(budget_params, columns, false,
                     "the children's names in the order of the numbers; none: as in the framework"),
    MERA_F64(budget_params, total, 100, 1e-6, 1e6, "points", "the budget of an expert"),
    MERA_ENUM(budget_params, sums, SUMS_EXACT, budget_sums,
              "what a sum other than the budget is: an error, or divided out"),
    MERA_ENUM(budget_params, ties, TIES_CORRECTED, budget_ties,
              "Kendall's W with or without the correction for tied ranks"),
    MERA_PARAMS_END,
};

static mera_code budget_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const budget_params *p = params;
    mera_judgements table;
    MERA_TRY(mera_judgements_read(op, ctx, "points", &p->points, &table));
    mera_code rc = MERA_OK;
    for (size_t e = 0; e < table.rows; e++) {
        double sum = 0, least = 0;
        for (size_t c = 0; c < table.columns; c++) {
            sum += table.v[e * table.columns + c];
            least = fmin(least, table.v[e * table.columns + c]);
        }
        const bool off = p->sums == SUMS_EXACT && fabs(sum - p->total) > 1e-9 * p->total;
        if (least < 0 || !(sum > 0) || off) {
            char found[32], wanted[32];
            mera_number_write(sum, found);
            mera_number_write(p->total, wanted);
            rc = mera_fail(ctx->diags, MERA_EINPUT, "bad-budget", ctx->at,
                           "the row '%s' in 'points' of %s adds up to %s; allowed are points of 0 "
                           "or more that add up to %s",
                           p->points.v[e], op->name, found, wanted);
            mera_hint(ctx->diags, "'sums: rescale' divides each expert's points by their sum");
        }
    }
    return rc;
}

/* to[c]: the child that column c speaks of. */
static mera_code budget_columns(const mera_weighing *call, const budget_params *p, size_t columns,
                                size_t *to)
{
    const size_t k = call->in->k, n = p->columns.n > 0 ? p->columns.n : columns;
    mera_code rc = MERA_OK;
    if (columns != k || n != columns) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "wrong-length", call->ctx->at,
                         "'points' of %s has %zu numbers a row, 'columns' %zu names, and %s has "
                         "%zu children",
                         call->op->name, columns, p->columns.n,
                         mera_op_subject(call->op, call->ctx), k);
    }
    for (size_t c = 0; c < k; c++) {
        to[c] = c;
        if (p->columns.n > 0 &&
            mera_weigh_find(call, "columns", p->columns.v[c], &to[c]) != MERA_OK) {
            rc = MERA_EINPUT;
        }
        for (size_t b = 0; rc == MERA_OK && b < c; b++) {
            if (to[b] == to[c]) {
                rc = mera_fail(call->ctx->diags, MERA_EINPUT, "duplicate-child", call->ctx->at,
                               "'columns' of %s names '%s' twice", call->op->name, p->columns.v[c]);
            }
        }
    }
    return rc;
}

/* Kendall's W of the experts' ranks of their points. */
static mera_code budget_agreement(const mera_judgements *t, int ties, mera_arena *arena,
                                  double *out)
{
    const size_t k = t->columns;
    double *rank, *sum, tied = 0, spread = 0;
    MERA_TRY_NEW(rank, arena, k);
    MERA_TRY_NEW(sum, arena, k);
    for (size_t e = 0; e < t->rows; e++) {
        const double *points = t->v + e * k;
        MERA_TRY(mera_column_rank(points, k, MERA_TIE_MEAN, arena, rank));
        for (size_t c = 0; c < k; c++) {
            double same = 0;
            sum[c] += rank[c];
            for (size_t b = 0; b < k; b++) {
                same += points[b] == points[c];
            }
            tied += same * same - 1; /* over a group of t: t (t^2 - 1) = t^3 - t */
        }
    }
    const double n = (double)k, experts = (double)t->rows, mean = experts * (n + 1) / 2;
    for (size_t c = 0; c < k; c++) {
        spread += (sum[c] - mean) * (sum[c] - mean);
    }
    const double below =
        experts * experts * (n * n * n - n) - (ties == TIES_CORRECTED ? experts * tied : 0);
    *out = below > 0 ? 12 * spread / below : NAN;
    return MERA_OK;
}

static mera_code budget_report(const mera_weighing *call, const budget_params *p,
                               const mera_judgements *t, const size_t *to)
{
    mera_text text = {.arena = call->ctx->arena};
    double *share, agreement;
    MERA_TRY_NEW(share, call->ctx->arena, t->rows);
    MERA_TRY(budget_agreement(t, p->ties, call->ctx->arena, &agreement));
    for (size_t c = 0; c < t->columns; c++) {
        char child[MERA_WEIGH_TEXT_SIZE];
        double low, high;
        for (size_t e = 0; e < t->rows; e++) {
            share[e] = t->v[e * t->columns + c];
        }
        mera_column_range(share, t->rows, &low, &high);
        mera_text_addf(&text, "%s%s mean %.4g, sd %.4g, %g to %g", c > 0 ? "; " : "",
                       mera_weigh_child(call, to[c], child), mera_column_mean(share, t->rows),
                       mera_column_sd(share, t->rows, true), low, high);
    }
    const char *all = mera_text_string(&text);
    MERA_TRY_PTR(all);
    if (isnan(agreement)) {
        mera_note(call->ctx->diags, "budget", call->ctx->at, "%s: points of %zu experts: %s",
                  mera_op_subject(call->op, call->ctx), t->rows, all);
    } else {
        mera_note(call->ctx->diags, "budget", call->ctx->at,
                  "%s: points of %zu experts, Kendall's W %.4f: %s",
                  mera_op_subject(call->op, call->ctx), t->rows, agreement, all);
    }
    return MERA_OK;
}

static mera_code budget_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const mera_children *in, double *w)
{
    const budget_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_judgements t;
    size_t *to;
    MERA_TRY(mera_judgements_read(op, ctx, "points", &p->points, &t));
    MERA_TRY_NEW(to, ctx->arena, in->k);
    MERA_TRY(budget_columns(&call, p, t.columns, to));
    memset(w, 0, in->k * sizeof *w);
    for (size_t e = 0; e < t.rows; e++) {
        double sum = 0;
        for (size_t c = 0; c < in->k; c++) {
            sum += t.v[e * in->k + c];
        }
        for (size_t c = 0; c < in->k; c++) {
            t.v[e * in->k + c] *= p->total / sum;
            w[to[c]] += t.v[e * in->k + c];
        }
    }
    if (t.rows > 1) {
        MERA_TRY(budget_report(&call, p, &t, to));
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_budget = {
    .name = "weight.budget",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "The mean of what experts gave each child out of a budget of points.",
    .formula = "w = mean over experts of points / sum points",
    .nulls = "take no part: the data are not looked at",
    .conventions = "every expert counts alike; sd divides by n - 1; Kendall's W with tied ranks "
                   "corrected unless 'ties: plain'",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6, budget "
              "allocation; Kendall and Babington Smith, Annals of Mathematical Statistics 10 "
              "(1939) 275",
    .params = budget_table,
    .params_size = sizeof(budget_params),
    .check = budget_check,
    .weigh = budget_weigh,
};
