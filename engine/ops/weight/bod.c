/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.bod -- common weights out of each unit's most favourable ones (benefit of the doubt).
 *
 *     per unit i: max sum_j w_ij z_ij, sum_j w_ij z_kj <= 1 for all k, w >= 0
 *     cross_efficiency  w_j = mean_i w_ij
 *     shares            w_j = mean_i w_ij z_ij / sum_l w_il z_il
 *
 * The mean of weights is the cross-efficiency too: the score it gives a unit is the mean of the
 * scores it gets under every unit's weights.
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   units that lack a value take no part
 * errors  values below 0; bounds that contradict each other
 * source  Cherchye, Moesen, Rogge and Van Puyenbroeck, Social Indicators Research 82 (2007) 111;
 *         Doyle and Green, Journal of the Operational Research Society 45 (1994) 567
 */
#include <string.h>

#include "ops/bod.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { COMMON_CROSS, COMMON_SHARES };

typedef struct {
    int common, secondary;
    double lower, upper;
} bod_params;

static const char *const bod_common[] = {"cross_efficiency", "shares", NULL};
static const char *const bod_secondary[] = {"any", "benevolent", "aggressive", NULL};
static const mera_param bod_table[] = {
    MERA_ENUM(bod_params, common, COMMON_CROSS, bod_common,
              "mean of the units' weights, or of the shares their children have in their scores"),
    MERA_ENUM(bod_params, secondary, MERA_BOD_BENEVOLENT, bod_secondary,
              "which of several best weights of a unit: those that give the others the highest or "
              "the lowest scores"),
    MERA_F64(bod_params, lower, 0, 0, 1, NULL, "least share of a child in a unit's score"),
    MERA_F64(bod_params, upper, 1, 0, 1, NULL, "largest share of a child in a unit's score"),
    MERA_PARAMS_END,
};

static mera_code bod_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const bod_params *p = params;
    return p->lower <= p->upper
               ? MERA_OK
               : mera_fail(ctx->diags, MERA_EINPUT, "bad-bounds", ctx->at,
                           "'lower' of %s is %g, above 'upper', %g", op->name, p->lower, p->upper);
}

static mera_code bod_bounds(const bod_params *p, size_t k, mera_bod *set)
{
    double *bounds;
    if (p->lower <= 0 && p->upper >= 1) {
        return MERA_OK;
    }
    MERA_TRY_NEW(bounds, set->arena, 2 * k);
    for (size_t j = 0; j < k; j++) {
        bounds[j] = p->lower;
        bounds[k + j] = p->upper;
    }
    set->lower = bounds;
    set->upper = bounds + k;
    return MERA_OK;
}

static mera_code bod_refuse(const mera_weighing *call, const bod_params *p, mera_code rc)
{
    if (rc != MERA_EINPUT) {
        return mera_weigh_refuse_solver(call, rc);
    }
    return mera_fail(call->ctx->diags, MERA_EINPUT, "bad-bounds", call->ctx->at,
                     "%s: no weights give every one of %zu children a share from %g to %g of a "
                     "unit's score",
                     mera_op_subject(call->op, call->ctx), call->in->k, p->lower, p->upper);
}

static mera_code bod_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, double *w)
{
    const bod_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_bod set = {.k = in->k, .arena = ctx->arena, .goal = (mera_bod_goal)p->secondary};
    double *columns, *rows, *own, score;
    size_t at_frontier = 0;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_check_sign(&call, false));
    MERA_TRY(mera_complete_cases(in->x, in->k, in->n, ctx->arena, &columns, &set.n, NULL));
    MERA_TRY_NEW(rows, ctx->arena, set.n * in->k);
    MERA_TRY_NEW(own, ctx->arena, in->k);
    for (size_t j = 0; j < in->k; j++) {
        for (size_t i = 0; i < set.n; i++) {
            rows[i * in->k + j] = columns[j * set.n + i];
        }
    }
    set.z = rows;
    MERA_TRY(bod_bounds(p, in->k, &set));
    MERA_TRY(bod_refuse(&call, p, mera_bod_start(&set)));
    memset(w, 0, in->k * sizeof *w);
    for (size_t i = 0; i < set.n; i++) {
        MERA_TRY(mera_weigh_refuse_solver(&call, mera_bod_solve(&set, i, own, &score)));
        at_frontier += score >= 1;
        for (size_t j = 0; score > 0 && j < in->k; j++) {
            w[j] += p->common == COMMON_CROSS ? own[j] : own[j] * rows[i * in->k + j] / score;
        }
    }
    mera_note(ctx->diags, "frontier", ctx->at, "%s: %zu of %zu units reach a score of 1",
              mera_op_subject(op, ctx), at_frontier, set.n);
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_bod = {
    .name = "weight.bod",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Common weights out of each unit's most favourable ones (benefit of the doubt).",
    .formula =
        "per unit: max w.z_i, w.z_k <= 1 for all k, w >= 0; w = mean of the units' weights, or "
        "of their shares; divided by their sum",
    .nulls = "units that lack a value take no part",
    .conventions = "of several best weights those that give the others the highest scores; a unit "
                   "whose share bounds need a value it lacks takes no part",
    .source = "Cherchye, Moesen, Rogge and Van Puyenbroeck, Social Indicators Research 82 (2007) "
              "111; Doyle and Green, Journal of the Operational Research Society 45 (1994) 567",
    .params = bod_table,
    .params_size = sizeof(bod_params),
    .check = bod_check,
    .weigh = bod_weigh,
};
