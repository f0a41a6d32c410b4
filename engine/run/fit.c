/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fit and apply: an operation learns from its reference set (a period's own units, all periods, a
 * named one; all units or group by group; or frozen numbers) and is applied to each period that
 * somebody needs. Samples are taken in the order of the dataset's periods, then of units.
 *
 * An empty sample teaches nothing: that is a problem only where values wait for it.
 */
#include "run/fit.h"

#include "base/math.h"

#include <string.h>

static const char *fit_where(const fit_run *run, const fit_round *round, const char *group)
{
    const bool dated = round->period != NULL && round->period[0] != '\0';
    const char *text = mera_arena_printf(
        run->job->scratch, "%s%s%s%s%s", dated ? ", period " : "", dated ? round->period : "",
        group != NULL ? ", group '" : "", group != NULL ? group : "", group != NULL ? "'" : "");

    return text != NULL ? text : "";
}

bool mera_run_fit_is_imputer(const fit_run *run)
{
    return run->use->use->op->step == MERA_STEP_IMPUTE;
}

/** Does some value of x wait for the operation? Gaps wait for imputers, values for others. */
bool mera_run_fit_waits(const fit_run *run, const double *x, size_t n)
{
    const size_t missing = mera_run_count_missing(x, n);

    return mera_run_fit_is_imputer(run) ? missing > 0 : missing < n;
}

/** What to look for in the frozen file. */
static run_frozen_ask fit_ask(const fit_run *run, const fit_round *round, const char *group)
{
    return (run_frozen_ask){.use = run->use->use,
                            .nth = run->use->nth,
                            .id = run->subject->id,
                            .group = group,
                            .period = round->period};
}

bool mera_run_fit_is_frozen(const fit_run *run, const fit_round *round, const char *group)
{
    const run_frozen_ask ask = fit_ask(run, round, group);

    return mera_run_frozen_has(run->use->frozen, &ask);
}

/** Learns from a sample that holds something, or looks the numbers up, and records them. */
mera_code mera_run_fit_learn(const fit_run *run, const fit_round *round, const char *group,
                             const double *sample, size_t n, size_t present, mera_fitted *out)
{
    const mera_use *use = run->use->use;
    mera_op_ctx ctx = mera_run_ctx(run->s, run->job, run->subject, use);
    mera_code rc;

    *out = (mera_fitted){.n = 0};
    if (run->use->frozen != NULL) {
        const run_frozen_ask ask = fit_ask(run, round, group);

        rc = mera_run_frozen_find(run->use->frozen, &ask, run->job->scratch, run->job->diags, out);
        present = 0;
    } else {
        if (group == NULL && n == run->n) { /* the units of one period, in their order */
            ctx.unit_name = run->s->plan->data->unit_name;
            ctx.unit_key = run->s->plan->data->unit_key;
        }
        rc = use->op->fit(use->op, use->params, &ctx, sample, n, out);
    }
    if (rc != MERA_OK) {
        return mera_run_within(run->job->diags, rc, use, run->subject,
                               fit_where(run, round, group));
    }
    return mera_run_record_fit(run->job, run->subject, run->use, group, round->period, out,
                               present);
}

/** The standard error of what an imputer filled in. */
static void fit_spread(const fit_run *run, const mera_fitted *fitted, size_t period,
                       const uint32_t *member, const double *x, size_t n)
{
    double *spread = run->spread + period * run->n;

    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) {
            spread[member != NULL ? member[i] : i] = fitted->spread;
        }
    }
}

/** Applies to n values; `slice` says which part of the period's columns they are, when whole. */
mera_code mera_run_fit_call(const fit_run *run, const mera_fitted *fitted, size_t period,
                            const uint32_t *member, const char *const *names, const double *x,
                            size_t n, double *y)
{
    const mera_use *use = run->use->use;
    const run_sources *inputs = &run->use->inputs;
    mera_op_ctx ctx = mera_run_ctx(run->s, run->job, run->subject, use);
    mera_code rc;

    for (size_t c = 0; c < inputs->n; c++) {
        run->input[c] = mera_run_slice(run->s, &inputs->v[c], period);
        if (member != NULL && run->input[c] != NULL) {
            double *part;

            MERA_TRY_NEW(part, run->job->scratch, n);
            for (size_t i = 0; i < n; i++) {
                part[i] = run->input[c][member[i]];
            }
            run->input[c] = part;
        }
    }
    if (run->spread != NULL && fitted != NULL && use->op->spread != NULL &&
        run->use->frozen == NULL) { /* y may be x: before that is filled */
        fit_spread(run, fitted, period, member, x, n);
    }
    ctx.input = run->input;
    ctx.n_inputs = inputs->n;
    ctx.unit_name = names;
    rc = use->op->apply(use->op, use->params, &ctx, fitted, x, n, y);
    if (rc != MERA_OK) {
        return mera_run_within(run->job->diags, rc, use, run->subject, "");
    }
    if (use->round.mode != MERA_ROUND_NONE) {
        for (size_t i = 0; i < n; i++) {
            y[i] = mera_round(y[i], use->round);
        }
    }
    return MERA_OK;
}

/** Applies to a whole period, or copies it when nothing waits. */
static mera_code fit_apply_period(const fit_run *run, const mera_fitted *fitted, size_t period)
{
    const double *x = run->x + period * run->n;
    double *y = run->y + period * run->n;

    if (mera_run_fit_is_imputer(run) && mera_run_count_missing(x, run->n) == 0) {
        if (y != x) {
            memcpy(y, x, run->n * sizeof *y);
        }
        return MERA_OK;
    }
    return mera_run_fit_call(run, fitted, period, NULL, run->s->plan->data->unit_name, x, run->n,
                             y);
}

mera_code mera_run_fit_nothing_known(const fit_run *run, const fit_round *round, const char *group,
                                     size_t present)
{
    const mera_use *use = run->use->use;

    (void)mera_fail(run->job->diags, MERA_EINPUT, "small-reference", use->at,
                    "the reference set of '%s' for %s%s has %zu value%s", use->op->name,
                    run->subject->text, fit_where(run, round, group), present,
                    present == 1 ? "" : "s");
    mera_hint(run->job->diags,
              "ask for `fallback: all`, a smaller `min_units` (%zu), or another "
              "reference",
              use->reference.min_units);
    return MERA_EINPUT;
}

/* ---- all units together ---- */

/** The values of all units in the periods looked at: in place when they lie side by side. */
static const double *fit_sample_all(const fit_run *run, const fit_round *round)
{
    if (round->n_from == 1) {
        return run->x + round->from[0] * run->n;
    }
    if (run->s->plan->in_order) {
        return run->x;
    }
    for (size_t p = 0; p < round->n_from; p++) {
        memcpy(run->sample + p * run->n, run->x + round->from[p] * run->n,
               run->n * sizeof *run->sample);
    }
    return run->sample;
}

mera_code mera_run_fit_learn_all(const fit_run *run, fit_round *round, size_t *present)
{
    const double *sample = fit_sample_all(run, round);
    const size_t n = round->n_from * run->n;

    *present = n - mera_run_count_missing(sample, n);
    if (*present == 0 && (run->use->frozen == NULL || !mera_run_fit_is_frozen(run, round, NULL))) {
        return MERA_OK;
    }
    round->has_all = true;
    return mera_run_fit_learn(run, round, NULL, sample, n, *present, &round->all);
}

static mera_code fit_round_all(const fit_run *run, fit_round *round)
{
    size_t present;

    MERA_TRY(mera_run_fit_learn_all(run, round, &present));
    for (size_t p = round->first; p < round->end && run->y != NULL; p++) {
        const double *x = run->x + p * run->n;

        if (round->has_all) {
            MERA_TRY(fit_apply_period(run, &round->all, p));
            continue;
        }
        if (!mera_run_fit_is_imputer(run) && mera_run_fit_waits(run, x, run->n)) {
            return mera_run_fit_nothing_known(run, round, NULL, 0);
        }
        if (run->y != run->x) {
            memcpy(run->y + p * run->n, x, run->n * sizeof *x);
        }
    }
    return MERA_OK;
}

/* ---- rounds ---- */

static mera_code fit_one_round(const fit_run *run, fit_round *round)
{
    if (run->use->by == NULL) {
        return fit_round_all(run, round);
    }
    /* where nothing waits y stays as it was: begin with a copy */
    if (run->y != NULL && run->y != run->x) {
        memcpy(run->y + round->first * run->n, run->x + round->first * run->n,
               (round->end - round->first) * run->n * sizeof *run->y);
    }
    return mera_run_fit_groups(run, round);
}

static mera_code fit_rounds(const fit_run *run)
{
    const mera_plan *plan = run->s->plan;
    const mera_reference *ref = &run->use->use->reference;
    fit_round round = {.end = run->use->n_out};

    if (ref->period == MERA_PERIOD_OWN) {
        for (size_t p = 0; p < run->use->n_out; p++) {
            fit_round own = {
                .from = &p, .n_from = 1, .first = p, .end = p + 1, .period = plan->period_label[p]};

            MERA_TRY(fit_one_round(run, &own));
        }
        return MERA_OK;
    }
    if (run->use->frozen != NULL) {
        /* of a frozen file only the label counts */
        round.from = plan->by_date;
        round.n_from = 1;
        round.period = ref->period == MERA_PERIOD_NAMED ? ref->label : NULL;
    } else if (ref->period == MERA_PERIOD_ALL) {
        round.from = plan->by_date;
        round.n_from = plan->n_work;
    } else {
        round.from = &run->use->named;
        round.n_from = 1;
        round.period = plan->period_label[run->use->named];
    }
    return fit_one_round(run, &round);
}

mera_code mera_run_fit_apply(run_score *s, run_job *job, const run_use *use,
                             const run_subject *subject, const double *x, double *y)
{
    const size_t n = s->plan->n_units;
    fit_run run = {.s = s, .job = job, .use = use, .subject = subject, .x = x, .y = y, .n = n};

    if (use->use->op->step == MERA_STEP_IMPUTE) {
        run.spread = s->cells[subject->indicator].spread_room;
    }
    MERA_TRY_NEW(run.input, job->scratch, use->inputs.n);
    if (use->use->op->fit == NULL) {
        for (size_t p = 0; p < use->n_out && y != NULL; p++) {
            MERA_TRY(fit_apply_period(&run, NULL, p));
        }
        return MERA_OK;
    }
    if (use->by != NULL && x == y) { /* a late fit over all units must not see what is done */
        double *before = mera_arena_alloc(job->scratch, s->plan->n_work * n, sizeof *before);

        MERA_TRY_PTR(before);
        memcpy(before, x, s->plan->n_work * n * sizeof *before);
        run.x = before;
    }
    if (use->by != NULL || !s->plan->in_order) {
        run.sample = mera_arena_alloc(job->scratch, s->plan->n_work * n, sizeof *run.sample);
        run.buffer = mera_arena_alloc(job->scratch, n, sizeof *run.buffer);
        MERA_TRY_PTR(run.sample);
        MERA_TRY_PTR(run.buffer);
    }
    return fit_rounds(&run);
}
