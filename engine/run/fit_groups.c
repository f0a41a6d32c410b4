/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fit and apply group by group: each group on its own values, small ones on all. */
#include "run/fit.h"

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
        if (!mera_run_fit_waits(run, run->buffer, n)) {
            continue;
        }
        if (fitted == NULL && mera_run_fit_is_imputer(run) &&
            run->use->use->reference.fallback_all) {
            continue; /* nobody has a value to learn from: the gap stays */
        }
        if (fitted == NULL) {
            return mera_run_fit_nothing_known(run, round, label, present);
        }
        MERA_TRY(mera_run_fit_call(run, fitted, p, member, names, run->buffer, n, run->buffer));
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
        if (mera_run_fit_waits(run, run->buffer, fit_gather(run, p, g, run->buffer))) {
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
    /* a group that was too small to be fitted is not in the file either */
    const bool enough = g < labels->n && run->use->frozen == NULL ? present >= least
                        : g < labels->n && ref->fallback_all
                            ? mera_run_fit_is_frozen(run, round, labels->v[g])
                            : g < labels->n;
    if (enough) {
        MERA_TRY(mera_run_fit_learn(run, round, labels->v[g], run->sample, n, present, &fitted));
        return run->y == NULL ? MERA_OK : fit_apply_group(run, round, g, &fitted, present);
    }
    if (run->y == NULL || !fit_group_waits(run, round, g)) {
        return MERA_OK;
    }
    if (ref->fallback_all && !round->has_all) {
        size_t all;

        MERA_TRY(mera_run_fit_learn_all(run, round, &all));
    }
    return fit_apply_group(run, round, g, round->has_all ? &round->all : NULL, present);
}

mera_code mera_run_fit_groups(const fit_run *run, fit_round *round)
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
