/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.to_importance -- weights under which the children matter as much as they are meant to.
 *
 *     min over w of sum_j (S_j(w) / sum_l S_l(w) - t_j)^2,  sum w = 1, lower <= w <= upper
 *
 * S_j is the importance of child j for the weighted sum of all: its squared correlation,
 * correlation, share of the variance, or main effect.
 *
 * shape   x[k][n], targets by name -> w[k]
 * nulls   units that lack a value take no part
 * errors  a child that does not vary; too few units; bounds that no weights fit
 * source  Becker, Saisana, Paruolo and Vandecasteele, Ecological Indicators 80 (2017) 12; Paruolo,
 *         Saisana and Saltelli, Journal of the Royal Statistical Society A 176 (2013) 609
 *
 * Correlations between the children often keep the target out of reach of any weights of 0 or more:
 * then the nearest is given, with a warning that says what was reached.
 */
#include <math.h>

#include "base/text.h"
#include "ops/importance.h"
#include "ops/support.h"
#include "ops/weight/support.h"

typedef struct {
    mera_bands targets;
    int measure;
    double lower, upper, tolerance;
    int64_t knots;
} importance_params;

static const char *const importance_measures[] = {"squared_correlation", "correlation",
                                                  "variance_share", "spline", NULL};
static const mera_param importance_table[] = {
    MERA_WEIGH_MAP(importance_params, targets, "{}", 0, 1e6, NULL,
                   "importance of every child by name, up to a common factor; none: all alike"),
    MERA_ENUM(importance_params, measure, MERA_IMPORTANCE_R2, importance_measures,
              "importance: squared correlation with the weighted sum, correlation, share of its "
              "variance, or R2 of it on a spline of the child"),
    MERA_F64(importance_params, lower, 0, 0, 1, NULL, "least weight of a child"),
    MERA_F64(importance_params, upper, 1, 0, 1, NULL, "largest weight of a child"),
    MERA_F64(importance_params, tolerance, 0.005, 0, 1, NULL,
             "a share of importance off by more than this was not reached"),
    MERA_INT(importance_params, knots, 5, 3, 20, "knots of the spline, at evenly spaced quantiles"),
    MERA_PARAMS_END,
};

static mera_code importance_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const importance_params *p = params;
    return p->lower <= p->upper
               ? MERA_OK
               : mera_fail(ctx->diags, MERA_EINPUT, "bad-bounds", ctx->at,
                           "'lower' of %s is %g, above 'upper', %g", op->name, p->lower, p->upper);
}

static mera_code importance_targets(const mera_weighing *call, const importance_params *p,
                                    double *target)
{
    const size_t k = call->in->k;
    double sum = 0;
    if (p->targets.n > 0) {
        MERA_TRY(mera_weigh_named(call, "targets", &p->targets, true, 0, target));
    }
    for (size_t j = 0; j < k; j++) {
        target[j] = p->targets.n > 0 ? target[j] : 1;
        sum += target[j];
    }
    if (!(sum > 0)) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "no-weights", call->ctx->at,
                         "'targets' of %s are all 0", call->op->name);
    }
    for (size_t j = 0; j < k; j++) {
        target[j] /= sum;
    }
    return MERA_OK;
}

/* Says what was reached, and of a target out of reach where the nearest weights lead. */
static mera_code importance_report(const mera_weighing *call, const importance_params *p,
                                   const double *target, const double *share)
{
    double off = 0;
    for (size_t j = 0; j < call->in->k; j++) {
        off = fmax(off, fabs(share[j] - target[j]));
    }
    const char *subject = mera_op_subject(call->op, call->ctx);
    if (off <= p->tolerance) {
        mera_note(call->ctx->diags, "importance", call->ctx->at,
                  "%s: the importance aimed at is reached; the largest gap is %.2g", subject, off);
        return MERA_OK;
    }
    mera_text text = {.arena = call->ctx->arena};
    size_t said = 0;
    for (size_t j = 0; j < call->in->k; j++) {
        char child[MERA_WEIGH_TEXT_SIZE];
        if (fabs(share[j] - target[j]) > p->tolerance) {
            mera_text_addf(&text, "%s%s %.3f for %.3f", said++ > 0 ? ", " : "",
                           mera_weigh_child(call, j, child), share[j], target[j]);
        }
    }
    const char *list = mera_text_string(&text);
    MERA_TRY_PTR(list);
    mera_warn(
        call->ctx->diags, "not-reachable", call->ctx->at,
        "%s: the importance aimed at is not reachable with weights from %g to %g; the nearest "
        "is %s",
        subject, p->lower, p->upper, list);
    mera_hint(call->ctx->diags, "children that go together share their importance: group them, or "
                                "aim at what they have");
    return MERA_OK;
}

static mera_code importance_solve(const mera_weighing *call, const importance_params *p,
                                  const double *target, double *w, double *share)
{
    const size_t k = call->in->k;
    mera_arena *arena = call->ctx->arena;
    double *x, *bounds;
    size_t n;
    mera_importance children;
    MERA_TRY_NEW(bounds, arena, 2 * k);
    for (size_t j = 0; j < k; j++) {
        bounds[j] = p->lower;
        bounds[k + j] = p->upper;
    }
    MERA_TRY(mera_complete_cases(call->in->x, k, call->in->n, arena, &x, &n, NULL));
    MERA_TRY(mera_importance_of(x, n, k, (mera_importance_kind)p->measure, (size_t)p->knots, arena,
                                &children));
    const mera_importance_aim aim = {target, bounds, bounds + k};
    const mera_code rc = mera_importance_reach(&children, &aim, arena, w, share);
    if (rc == MERA_EINPUT) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "bad-bounds", call->ctx->at,
                         "%s: %zu weights from %g to %g cannot sum to 1",
                         mera_op_subject(call->op, call->ctx), k, p->lower, p->upper);
    }
    return mera_weigh_refuse_solver(call, rc);
}

static mera_code importance_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const mera_children *in, double *w)
{
    const importance_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_covariance v;
    double *target, *share;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_covariance(&call, MERA_CASES_COMPLETE, 3, &v));
    MERA_TRY_NEW(target, ctx->arena, in->k);
    MERA_TRY_NEW(share, ctx->arena, in->k);
    MERA_TRY(importance_targets(&call, p, target));
    MERA_TRY(importance_solve(&call, p, target, w, share));
    MERA_TRY(importance_report(&call, p, target, share));
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_to_importance = {
    .name = "weight.to_importance",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary =
        "Weights under which the children matter as much as they are meant to, or the nearest "
        "with what they reach.",
    .formula = "min sum_j (S_j(w) / sum S - t_j)^2, sum w = 1, lower <= w <= upper",
    .nulls = "units that lack a value take no part",
    .conventions =
        "importance for the weighted arithmetic mean of the node's own children; squared "
        "correlations unless told; the best of up to four starts, until two end alike",
    .source =
        "Becker, Saisana, Paruolo and Vandecasteele, Ecological Indicators 80 (2017) 12; "
        "Paruolo, Saisana and Saltelli, Journal of the Royal Statistical Society A 176 (2013) "
        "609",
    .params = importance_table,
    .params_size = sizeof(importance_params),
    .check = importance_check,
    .weigh = importance_weigh,
};
