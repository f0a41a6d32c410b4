/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * `checks:`: operations that look at raw values and scores and say what they find. They change
 * nothing. Those that look at data alone also run where nothing is scored.
 */
#include "base/math.h"
#include "base/text.h"
#include "run/internal.h"

#include <string.h>

/* ---- binding ----------------------------------------------------------------------------- */

static mera_code checks_bind_scores(mera_plan *plan, const mera_use *use, mera_diags *diags,
                                    run_check *out)
{
    const mera_methodology *m = plan->methodology;
    const char *const *names = use->op->scores;
    mera_code rc = MERA_OK;

    for (out->n_scores = 0; names != NULL && names[out->n_scores] != NULL;) {
        out->n_scores++;
    }
    MERA_TRY_NEW(out->score, plan->arena, out->n_scores);
    for (size_t i = 0; i < out->n_scores; i++) {
        out->score[i] = mera_methodology_node(m, names[i]);
        if (out->score[i] == SIZE_MAX) {
            rc = mera_fail(diags, MERA_EINPUT, "unknown-node", use->at,
                           "check '%s' looks at the score of '%s'; there is no such node",
                           use->op->name, names[i]);
        }
    }
    return rc;
}

static mera_code checks_bind_one(mera_plan *plan, const mera_use *use, mera_diags *diags,
                                 run_check *out)
{
    const char *const *reads = use->op->reads;
    mera_code rc = MERA_OK;
    size_t n = 0;

    out->use = use;
    while (reads != NULL && reads[n] != NULL) {
        n++;
    }
    MERA_TRY_NEW(out->reads.v, plan->arena, n);
    for (size_t i = 0; i < n; i++) {
        const mera_code found = mera_run_bind_name(plan, reads[i], SIZE_MAX, use->at, diags,
                                                   &out->reads.v[out->reads.n++]);

        if (found == MERA_EINPUT) {
            (void)mera_within(diags, found, use->at, "in check '%s'", use->op->name);
        }
        rc = found != MERA_OK ? found : rc;
    }
    MERA_TRY(rc);
    MERA_TRY(mera_run_bind_op_texts(plan, use->op, use->at, diags, &out->texts));
    return checks_bind_scores(plan, use, diags, out);
}

mera_code mera_run_bind_checks(mera_plan *plan, mera_diags *diags)
{
    const mera_use_list *uses = &plan->methodology->checks;
    mera_code rc = MERA_OK;

    MERA_TRY_NEW(plan->check, plan->arena, uses->n);
    for (size_t c = 0; c < uses->n; c++) {
        const mera_code one = checks_bind_one(plan, &uses->v[c], diags, &plan->check[c]);

        rc = one != MERA_OK ? one : rc;
    }
    return rc;
}

/* ---- running ----------------------------------------------------------------------------- */

static void checks_say(const run_check *check, const mera_op_finding *finding, const char *period,
                       mera_diags *diags)
{
    const mera_at at = check->use->at;
    const bool dated = period[0] != '\0';
    const char *units = finding->units, *open = units != NULL || dated ? " (" : "";
    const char *between = units != NULL && dated ? "; " : "";
    const char *close = units != NULL || dated ? ")" : "";

    units = units == NULL ? "" : units;
    if (finding->severity == MERA_ERROR) {
        (void)mera_fail(diags, MERA_EINPUT, "check", at, "%s%s%s%s%s%s", finding->text, open,
                        period, between, units, close);
    } else if (finding->severity == MERA_WARNING) {
        mera_warn(diags, "check", at, "%s%s%s%s%s%s", finding->text, open, period, between, units,
                  close);
    } else {
        mera_note(diags, "check", at, "%s%s%s%s%s%s", finding->text, open, period, between, units,
                  close);
    }
    (void)mera_within(diags, MERA_OK, at, "found by check '%s'", check->use->op->name);
}

static mera_code checks_run_period(const run_score *s, const run_check *check, size_t period,
                                   bool *failed)
{
    const mera_plan *plan = s->plan;
    const double **input, **score;
    mera_op_findings found;
    mera_around around;
    mera_code rc;
    mera_op_ctx ctx = {.diags = s->diags,
                       .at = check->use->at,
                       .arena = s->scratch[0],
                       .subject = check->use->op->name,
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .unit_name = plan->data->unit_name,
                       .unit_key = plan->data->unit_key,
                       .seed = plan->methodology->seed,
                       .around = &around};
    bool errors = false;

    MERA_TRY_NEW(input, s->scratch[0], check->reads.n);
    MERA_TRY_NEW(score, s->scratch[0], check->n_scores);
    for (size_t c = 0; c < check->reads.n; c++) {
        input[c] = mera_run_slice(s, &check->reads.v[c], period);
    }
    for (size_t c = 0; c < check->n_scores; c++) {
        score[c] = s->node[check->score[c]].score + period * plan->n_units;
    }
    MERA_TRY(mera_run_around_texts(s, &check->texts, period, s->scratch[0], &around));
    ctx.input = input;
    ctx.n_inputs = check->reads.n;
    ctx.score = score;
    rc = check->use->op->examine(check->use->op, check->use->params, &ctx, plan->n_units, &found);
    *failed = rc != MERA_OK;
    if (rc != MERA_OK) {
        return rc == MERA_ENOMEM ? rc
                                 : mera_within(s->diags, rc, check->use->at, "in check '%s'",
                                               check->use->op->name);
    }
    for (size_t i = 0; i < found.n; i++) {
        checks_say(check, &found.v[i], plan->n_scored > 1 ? plan->period_label[period] : "",
                   s->diags);
        errors = errors || found.v[i].severity == MERA_ERROR;
    }
    return errors ? MERA_EINPUT : MERA_OK;
}

/** A check that could not run, of a plugin that may fail, is told and passed over. What checks find
 * counts in any case: it is not a failure. */
static mera_code checks_run_or_drop(run_score *s, const run_check *check, size_t period)
{
    mera_diags *diags = s->diags;
    const mera_op *op = check->use->op;
    bool failed = false;
    mera_code rc;

    s->diags = mera_diags_new(s->arena);
    MERA_TRY_PTR(s->diags);
    rc = checks_run_period(s, check, period, &failed);
    if (rc != MERA_ENOMEM && failed && mera_run_may_drop(s->plan->project, op)) {
        mera_warn(diags, "plugin-dropped", check->use->at, "check '%s' is left out: %s", op->name,
                  mera_diags_size(s->diags) > 0 ? mera_diags_get(s->diags, 0)->message
                                                : "it failed");
        rc = MERA_OK;
    } else {
        (void)mera_diags_merge(diags, s->diags);
    }
    s->diags = diags;
    return rc;
}

mera_code mera_run_checks(run_score *s, bool with_scores)
{
    mera_code rc = MERA_OK;

    for (size_t c = 0; c < s->plan->methodology->checks.n; c++) {
        const run_check *check = &s->plan->check[c];

        for (size_t p = 0; p < s->plan->n_scored && (with_scores || check->n_scores == 0); p++) {
            const mera_arena_mark mark = mera_arena_mark_now(s->scratch[0]);
            const mera_code one = checks_run_or_drop(s, check, p);

            mera_arena_rewind(s->scratch[0], mark);
            if (one == MERA_ENOMEM) {
                return one;
            }
            rc = one != MERA_OK ? one : rc;
        }
    }
    return rc;
}
