/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.bwm -- best-worst method: the best child is compared with all, and all with the worst.
 *
 *     min xi  subject to  |w_B - a_Bj w_j| <= xi,  |w_j - a_jW w_W| <= xi,  sum w = 1,  w >= 0
 *
 * shape   names -> w[k]
 * nulls   take no part: the data are not looked at
 * source  Rezaei, Omega 53 (2015) 49; the linear model: Omega 64 (2016) 126; the ratio of
 *         consistency that needs no solution: Liang, Brunelli and Rezaei, Omega 96 (2020) 102175
 */
#include <math.h>

#include "base/text.h"
#include "numeric/lp.h"
#include "ops/support.h"
#include "ops/weight/support.h"

typedef struct {
    const char *best, *worst;
    mera_bands best_to_others, others_to_worst;
} bwm_params;

static const mera_param bwm_table[] = {
    MERA_WEIGH_NAME(bwm_params, best, MERA_PARAM_TEXT, "name of the most important child"),
    MERA_WEIGH_NAME(bwm_params, worst, MERA_PARAM_TEXT, "name of the least important child"),
    {.name = "best_to_others",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(bwm_params, best_to_others),
     .required = true,
     .min = 1,
     .max = 100,
     .help = "how many times the best is more important than each other one, usually 1 to 9"},
    {.name = "others_to_worst",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(bwm_params, others_to_worst),
     .required = true,
     .min = 1,
     .max = 100,
     .help = "how many times each other one is more important than the worst, usually 1 to 9"},
    MERA_PARAMS_END,
};

typedef struct {
    const mera_weighing *call;
    size_t best, worst;
    double *to_others, *to_worst; /* a_Bj and a_jW */
} bwm_run;

static mera_code bwm_judgements(const mera_weighing *call, const char *key, const mera_bands *map,
                                size_t itself, double *out)
{
    mera_code rc = mera_weigh_named(call, key, map, false, NAN, out);
    out[itself] = isnan(out[itself]) ? 1 : out[itself];
    for (size_t j = 0; j < call->in->k; j++) {
        char child[MERA_WEIGH_TEXT_SIZE];
        if (isnan(out[j])) {
            rc = mera_fail(call->ctx->diags, MERA_EINPUT, "missing-child", call->ctx->at,
                           "'%s' of %s says nothing of the child %s of %s", key, call->op->name,
                           mera_weigh_child(call, j, child), mera_op_subject(call->op, call->ctx));
        }
    }
    return rc;
}

static mera_code bwm_read(bwm_run *run, const bwm_params *p)
{
    const mera_weighing *call = run->call;
    MERA_TRY_NEW(run->to_others, call->ctx->arena, call->in->k);
    MERA_TRY_NEW(run->to_worst, call->ctx->arena, call->in->k);
    MERA_TRY(mera_weigh_find(call, "best", p->best, &run->best));
    MERA_TRY(mera_weigh_find(call, "worst", p->worst, &run->worst));
    if (run->best == run->worst) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "bad-judgement", call->ctx->at,
                         "'best' and 'worst' of %s are both '%s'", call->op->name, p->best);
    }
    const mera_code rc =
        bwm_judgements(call, "best_to_others", &p->best_to_others, run->best, run->to_others);
    MERA_TRY(
        bwm_judgements(call, "others_to_worst", &p->others_to_worst, run->worst, run->to_worst));
    return rc;
}

/* Two rows: |w_a - factor w_b| <= xi. */
static bool bwm_rows(mera_lp *lp, double *row, size_t k, size_t a, size_t b, double factor)
{
    if (a == b) {
        return true;
    }
    row[a] = 1;
    row[b] = -factor;
    row[k] = -1;
    bool ok = mera_lp_add_row(lp, row, -INFINITY, 0);
    row[a] = -1;
    row[b] = factor;
    ok = ok && mera_lp_add_row(lp, row, -INFINITY, 0);
    row[a] = row[b] = row[k] = 0;
    return ok;
}

static mera_code bwm_solve(const bwm_run *run, double *w, double *xi)
{
    const size_t k = run->call->in->k;
    double *row, *x;
    MERA_TRY_NEW(row, run->call->ctx->arena, k + 1);
    MERA_TRY_NEW(x, run->call->ctx->arena, k + 1);
    mera_lp *lp = mera_lp_open(k + 1);
    bool ok = lp != NULL;
    for (size_t j = 0; ok && j < k; j++) {
        ok = bwm_rows(lp, row, k, run->best, j, run->to_others[j]) &&
             (j == run->best || bwm_rows(lp, row, k, j, run->worst, run->to_worst[j]));
    }
    for (size_t j = 0; j < k; j++) {
        row[j] = 1;
    }
    ok = ok && mera_lp_add_row(lp, row, 1, 1);
    for (size_t j = 0; j < k; j++) {
        row[j] = 0;
    }
    row[k] = -1;
    ok = ok && mera_lp_objective(lp, row);
    const mera_lp_status status = ok ? mera_lp_solve(lp, x) : MERA_LP_FAILED;
    mera_lp_close(lp);
    if (!ok) {
        return MERA_ENOMEM;
    }
    if (status != MERA_LP_OPTIMAL) {
        return mera_weigh_refuse_solver(run->call, MERA_ESYSTEM);
    }
    for (size_t j = 0; j < k; j++) {
        w[j] = fmax(0, x[j]);
    }
    *xi = fmax(0, x[k]);
    return MERA_OK;
}

/* max_j |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW): 0 says that the judgements agree. */
static double bwm_ratio(const bwm_run *run)
{
    const double whole = run->to_others[run->worst];
    double most = 0;
    for (size_t j = 0; j < run->call->in->k; j++) {
        if (j != run->best && j != run->worst) {
            most = fmax(most, fabs(run->to_others[j] * run->to_worst[j] - whole));
        }
    }
    return whole > 1 ? most / (whole * whole - whole) : most;
}

static mera_code bwm_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, double *w)
{
    const mera_weighing call = {op, ctx, in};
    bwm_run run = {.call = &call};
    double xi = 0;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(bwm_read(&run, params));
    MERA_TRY(bwm_solve(&run, w, &xi));
    mera_note(ctx->diags, "consistency", ctx->at,
              "%s: xi %.6f (0 = the judgements agree fully), input-based consistency ratio %.4f",
              mera_op_subject(op, ctx), xi, bwm_ratio(&run));
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_bwm = {
    .name = "weight.bwm",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "The best child compared with all others, and all others with the worst (best-worst "
               "method).",
    .formula = "min xi: |w_B - a_Bj w_j| <= xi, |w_j - a_jW w_W| <= xi, sum w = 1, w >= 0",
    .nulls = "take no part: the data are not looked at",
    .conventions = "the linear model; xi itself is the measure of consistency",
    .source =
        "Rezaei, Omega 53 (2015) 49 and Omega 64 (2016) 126; Liang, Brunelli and Rezaei, Omega "
        "96 (2020) 102175",
    .params = bwm_table,
    .params_size = sizeof(bwm_params),
    .weigh = bwm_weigh,
};
