/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Whom a step was fitted on, and what stands between the operations of a chain: what a dispute asks
 * and a result does not keep. Both are found again from what it keeps, and told only where they
 * come out as they were: so many values, the same end of the chain.
 */
#include "base/math.h"
#include "run/stages.h"
#include "run/trace.h"

/* ---- the reference set ---- */

/** Is a cell one that the fit looked at? */
static bool reference_has(const run_trace *t, const run_use *use, const mera_fit_record *fit,
                          const double *x, size_t cell)
{
    const size_t n = t->plan->n_units;
    const uint8_t *out = use->use->op->step == MERA_STEP_IMPUTE ? t->result->unit_screened : NULL;
    const bool period =
        fit->period == NULL || mera_streq(fit->period, t->plan->period_label[cell / n]);
    const int32_t code = fit->group != NULL ? use->by->code[cell] : -1;

    return period && !isnan(x[cell]) && (out == NULL || out[cell] == 0) &&
           (fit->group == NULL || (code >= 0 && mera_streq(use->by->labels.v[code], fit->group)));
}

mera_code mera_run_trace_members(const run_trace *t, const run_use *use, const double *x,
                                 mera_trace_step *step)
{
    const mera_fit_record *fit = step->fit;
    const size_t cells = t->plan->n_scored * t->plan->n_units;
    size_t *member, n = 0;

    if (fit == NULL || use->use->reference.frozen != NULL || fit->n_reference > cells) {
        return MERA_OK;
    }
    MERA_TRY_NEW(member, t->arena, fit->n_reference);
    for (size_t cell = 0; cell < cells; cell++) {
        if (reference_has(t, use, fit, x, cell) && n++ < fit->n_reference) {
            member[n - 1] = cell;
        }
    }
    if (n == fit->n_reference) { /* else some were in periods that are not scored, or filled in */
        step->member = member;
        step->n_members = n;
    }
    return MERA_OK;
}

/* ---- inside a chain ---- */

/** What an indicator's first normaliser gets, and what surrounds it. */
static void inside_begin(const mera_indicator *def, const mera_op *first, mera_op_ctx *ctx,
                         double *x)
{
    const bool undirected = (first->flags & MERA_OP_UNDIRECTED) != 0;

    ctx->direction = def->direction;
    ctx->goalpost[0] = def->goalpost[0];
    ctx->goalpost[1] = def->goalpost[1];
    if (def->direction == MERA_HIGHER || (undirected && def->direction == MERA_LOWER)) {
        return;
    }
    *x = mera_run_directed(def, *x);
    mera_run_direct_goalposts(def, ctx->goalpost);
    ctx->direction = undirected ? MERA_HIGHER : def->direction;
}

static bool inside_can(const run_uses *uses, double before)
{
    for (size_t u = 0; u < uses->n; u++) {
        const mera_op *op = uses->v[u].use->op;

        if (op->plugin != NULL || op->apply == NULL || op->step == MERA_STEP_IMPUTE ||
            op->step == MERA_STEP_DENOMINATE || uses->v[u].inputs.n > 0) {
            return false;
        }
    }
    return uses->n > 1 && !isnan(before);
}

mera_code mera_run_trace_inside(const run_trace *t, const run_uses *uses, size_t indicator,
                                mera_trace_step *step)
{
    const mera_methodology *m = t->result->methodology;
    const mera_indicator *def = indicator != SIZE_MAX ? &m->indicator[indicator] : NULL;
    mera_op_ctx ctx = {.diags = mera_diags_new(t->arena),
                       .arena = t->arena,
                       .subject = "",
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .seed = m->seed};
    double *y, x = uses->n > 0 ? step[0].before : NAN;

    if (!inside_can(uses, x)) {
        return MERA_OK;
    }
    MERA_TRY_PTR(ctx.diags);
    MERA_TRY_NEW(y, t->arena, uses->n);
    if (def != NULL && step[0].step == MERA_STEP_NORMALISE) {
        inside_begin(def, step[0].op, &ctx, &x);
    } else if (def != NULL) {
        ctx.direction = def->direction;
    }
    for (size_t u = 0; u < uses->n; u++) {
        const mera_use *use = uses->v[u].use;

        if (use->op->apply(use->op, use->params, &ctx,
                           step[u].fit != NULL ? &step[u].fit->fitted : NULL, &x, 1,
                           &y[u]) != MERA_OK) {
            return MERA_OK;
        }
        y[u] = mera_round(y[u], use->round);
        x = y[u];
        if (use->op->step == MERA_STEP_NORMALISE) {
            ctx.direction = MERA_HIGHER;
        }
    }
    if (!(x == step[uses->n - 1].after)) {
        return MERA_OK;
    }
    for (size_t u = 0; u + 1 < uses->n; u++) {
        step[u].after = step[u + 1].before = y[u];
        step[u].inner = false;
        step[u].changed = step[u].before != step[u].after;
    }
    step[uses->n - 1].changed = step[uses->n - 1].before != step[uses->n - 1].after;
    return MERA_OK;
}
