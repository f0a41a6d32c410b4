/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fit and apply: an operation learns from its reference set (a period's own units, all periods, a
 * named one; all units or group by group; or frozen numbers) and is applied to each period that
 * somebody needs. Samples are taken in the order of the dataset's periods, then of units.
 *
 * An empty sample teaches nothing: that is a problem only where values wait for it.
 */
#include "base/math.h"
#include "run/internal.h"

#include <string.h>

/** One call of mera_run_fit_apply(). */
typedef struct fit_run {
    run_score *s;
    run_job *job;
    const run_use *use;
    const run_subject *subject;
    const double *x;
    double *y;      /**< NULL: learn and record only */
    size_t n;       /**< units */
    double *sample; /**< room for the largest sample */
    double *buffer; /**< room for one period */
    const double **input;
} fit_run;

/** The periods whose values are looked at in one go, and those the fit is applied to. */
typedef struct fit_round {
    const size_t *from;
    size_t n_from;
    size_t first, end;  /**< targets */
    const char *period; /**< label of the fit; NULL = all periods */
    bool has_all;       /**< the fit over all units was made: as fallback of groups */
    mera_fitted all;
} fit_round;

static const char *fit_where(const fit_run *run, const fit_round *round, const char *group)
{
    const bool dated = round->period != NULL && round->period[0] != '\0';
    const char *text = mera_arena_printf(
        run->job->scratch, "%s%s%s%s%s", dated ? ", period " : "", dated ? round->period : "",
        group != NULL ? ", group '" : "", group != NULL ? group : "", group != NULL ? "'" : "");

    return text != NULL ? text : "";
}

static bool fit_is_imputer(const fit_run *run)
{
    return run->use->use->op->step == MERA_STEP_IMPUTE;
}

/** Does some value of x wait for the operation? Gaps wait for imputers, values for others. */
static bool fit_waits(const fit_run *run, const double *x, size_t n)
{
    const size_t missing = mera_run_count_missing(x, n);

    return fit_is_imputer(run) ? missing > 0 : missing < n;
}

/** Learns from a sample that holds something, or looks the numbers up, and records them. */
static mera_code fit_learn(const fit_run *run, const fit_round *round, const char *group,
                           const double *sample, size_t n, size_t present, mera_fitted *out)
{
    const mera_use *use = run->use->use;
    mera_op_ctx ctx = mera_run_ctx(run->s, run->job, run->subject, use);
    mera_code rc;

    *out = (mera_fitted){NULL, 0};
    if (run->use->frozen != NULL) {
        rc = mera_run_frozen_find(run->use->frozen, use, run->subject->id, group, round->period,
                                  run->job->scratch, run->job->diags, out);
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
    return mera_run_record_fit(run->job, run->subject, use, group, round->period, out, present);
}

/** Applies to n values; `slice` says which part of the period's columns they are, when whole. */
static mera_code fit_call(const fit_run *run, const mera_fitted *fitted, size_t period,
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

    if (fit_is_imputer(run) && mera_run_count_missing(x, run->n) == 0) {
        if (y != x) {
            memcpy(y, x, run->n * sizeof *y);
        }
        return MERA_OK;
    }
    return fit_call(run, fitted, period, NULL, run->s->plan->data->unit_name, x, run->n, y);
}

static mera_code fit_nothing_known(const fit_run *run, const fit_round *round, const char *group,
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

static mera_code fit_learn_all(const fit_run *run, fit_round *round, size_t *present)
{
    const double *sample = fit_sample_all(run, round);
    const size_t n = round->n_from * run->n;

    *present = n - mera_run_count_missing(sample, n);
    if (*present == 0 && run->use->frozen == NULL) {
        return MERA_OK;
    }
    round->has_all = true;
    return fit_learn(run, round, NULL, sample, n, *present, &round->all);
}

static mera_code fit_round_all(const fit_run *run, fit_round *round)
{
    size_t present;

    MERA_TRY(fit_learn_all(run, round, &present));
    for (size_t p = round->first; p < round->end && run->y != NULL; p++) {
        const double *x = run->x + p * run->n;

        if (round->has_all) {
            MERA_TRY(fit_apply_period(run, &round->all, p));
            continue;
        }
        if (!fit_is_imputer(run) && fit_waits(run, x, run->n)) {
            return fit_nothing_known(run, round, NULL, 0);
        }
        if (run->y != run->x) {
            memcpy(run->y + p * run->n, x, run->n * sizeof *x);
        }
    }
    return MERA_OK;
}

/* ---- group by group ---- */

/** The members of a group in one period. */
static const uint32_t *fit_members(const fit_run *run, size_t period, size_t g, size_t *n,
                                   const char *const **names)
{
    const run_grouping *by = run->use->by;
    const uint32_t *start = by->start + period * (by->labels.n + 2);
    const size_t from = period * run->n + start[g];

    *n = start[g + 1] - start[g];
    *names = by->member_name + from;
    return by->member + from;
}

static size_t fit_gather(const fit_run *run, size_t period, size_t g, double *out)
{
    const char *const *names;
    size_t n;
    const uint32_t *member = fit_members(run, period, g, &n, &names);
    const double *x = run->x + period * run->n;

    for (size_t i = 0; i < n; i++) {
        out[i] = x[member[i]];
    }
    return n;
}

/** Applies a fit to a group's members in one period; `fitted` NULL means nothing was learnt. */
static mera_code fit_apply_group(const fit_run *run, const fit_round *round, size_t g,
                                 const mera_fitted *fitted, size_t present)
{
    const mera_text_list *labels = &run->use->by->labels;
    const char *label = g < labels->n ? labels->v[g] : NULL;

    for (size_t p = round->first; p < round->end; p++) {
        const char *const *names;
        size_t n;
        const uint32_t *member = fit_members(run, p, g, &n, &names);
        double *y = run->y + p * run->n;

        (void)fit_gather(run, p, g, run->buffer);
        if (!fit_waits(run, run->buffer, n)) {
            continue;
        }
        if (fitted == NULL && fit_is_imputer(run) && run->use->use->reference.fallback_all) {
            continue; /* nobody has a value to learn from: the gap stays */
        }
        if (fitted == NULL) {
            return fit_nothing_known(run, round, label, present);
        }
        MERA_TRY(fit_call(run, fitted, p, member, names, run->buffer, n, run->buffer));
        for (size_t i = 0; i < n; i++) {
            y[member[i]] = run->buffer[i];
        }
    }
    return MERA_OK;
}

/** Does some value of the group wait in a period to be served? */
static bool fit_group_waits(const fit_run *run, const fit_round *round, size_t g)
{
    for (size_t p = round->first; p < round->end; p++) {
        if (fit_waits(run, run->buffer, fit_gather(run, p, g, run->buffer))) {
            return true;
        }
    }
    return false;
}

static mera_code fit_group(const fit_run *run, fit_round *round, size_t g)
{
    const mera_text_list *labels = &run->use->by->labels;
    const mera_reference *ref = &run->use->use->reference;
    const size_t least = ref->min_units > 1 ? ref->min_units : 1;
    size_t n = 0, present;
    mera_fitted fitted;

    for (size_t p = 0; p < round->n_from; p++) {
        n += fit_gather(run, round->from[p], g, run->sample + n);
    }
    present = n - mera_run_count_missing(run->sample, n);
    if (g < labels->n && (present >= least || run->use->frozen != NULL)) {
        MERA_TRY(fit_learn(run, round, labels->v[g], run->sample, n, present, &fitted));
        return run->y == NULL ? MERA_OK : fit_apply_group(run, round, g, &fitted, present);
    }
    if (run->y == NULL || !fit_group_waits(run, round, g)) {
        return MERA_OK;
    }
    if (ref->fallback_all && !round->has_all) {
        size_t all;

        MERA_TRY(fit_learn_all(run, round, &all));
    }
    return fit_apply_group(run, round, g, round->has_all ? &round->all : NULL, present);
}

static mera_code fit_round_groups(const fit_run *run, fit_round *round)
{
    for (size_t g = 0; g <= run->use->by->labels.n; g++) {
        const mera_arena_mark mark = mera_arena_mark_now(run->job->scratch);
        const bool had_all = round->has_all;

        MERA_TRY(fit_group(run, round, g));
        if (round->has_all == had_all) { /* else the fallback's numbers lie above the mark */
            mera_arena_rewind(run->job->scratch, mark);
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
    return fit_round_groups(run, round);
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
