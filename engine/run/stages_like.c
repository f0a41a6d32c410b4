/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Stages taken over from another result, column by column: each up to the last stage in which it is
 * the same, and made from there on. What was fitted for the stages taken over is taken over too, in
 * the order in which it would have been fitted.
 */
#include "run/stages.h"

#include "base/math.h"
#include "base/text.h"

#include <string.h>

bool mera_run_like_fits(const mera_plan *plan, const mera_result *like)
{
    const mera_methodology *a = plan->methodology, *b = like->methodology;

    if (plan->n_work != plan->n_scored || plan->n_scored != like->n_periods ||
        plan->data != like->data || a->n_indicators != b->n_indicators || plan->core != NULL) {
        return false;
    }
    for (size_t k = 0; k < a->n_indicators; k++) {
        if (!mera_streq(a->indicator[k].id, b->indicator[k].id)) {
            return false;
        }
    }
    for (size_t p = 0; p < plan->n_scored; p++) {
        if (plan->work_period[p] != like->data_period[p]) {
            return false;
        }
    }
    return true;
}

/* ---- what a column takes ---- */

/** What later stages said of the cells is taken back. */
static void like_state(uint8_t *state, size_t n, mera_stage same)
{
    const uint8_t treated = same < MERA_STAGE_TREATED ? MERA_TREATED : 0;
    const uint8_t imputed = same < MERA_STAGE_IMPUTED ? MERA_IMPUTED | MERA_CARRIED : 0;

    for (size_t i = 0; i < n && (treated | imputed) != 0; i++) {
        const bool was = (state[i] & MERA_IMPUTED) != 0;

        state[i] = (uint8_t)(state[i] & ~(treated | (was ? imputed : 0)));
    }
}

static mera_code like_take(run_score *s, const mera_result *like, mera_stage same, size_t k)
{
    const mera_indicator_result *from = &like->indicator[k];
    const size_t n = s->plan->n_work * s->plan->n_units;
    run_cells *cells = &s->cells[k];

    for (size_t stage = 0; stage <= same; stage++) {
        cells->stage[stage] = from->stage[stage];
    }
    cells->spread = same >= MERA_STAGE_IMPUTED ? from->spread : NULL;
    cells->dropped = from->screened_out || mera_run_left_out(s, k);
    cells->failed = from->failed;
    if (s->bare && same >= MERA_STAGE_IMPUTED) { /* nobody asks what treating changed */
        cells->state = (uint8_t *)(uintptr_t)from->state;
        cells->others_state = true;
    } else {
        cells->state = mera_arena_alloc(s->arena, n, 1);
        MERA_TRY_PTR(cells->state);
        memcpy(cells->state, from->state, n);
    }
    if (!s->bare) {
        like_state(cells->state, n, same);
    }
    if (same < MERA_STAGE_IMPUTED) {
        MERA_TRY(mera_run_spread_room(s, k));
    }
    for (size_t stage = same + 1; stage < MERA_N_STAGES; stage++) {
        MERA_TRY(mera_run_stage_room(s, k, stage));
    }
    s->stages_made += MERA_STAGE_NORMALISED - same;
    return MERA_OK;
}

/* ---- what was fitted ---- */

static mera_code like_fit(run_job *job, const mera_fit_record *record)
{
    run_fit_link *link;

    MERA_TRY_NEW(link, job->keep, 1);
    link->record = *record;
    *job->last = link;
    job->last = &link->next;
    job->n_fits++;
    return MERA_OK;
}

/** Fits of an indicator (SIZE_MAX = of all) from one step to another. */
static mera_code like_fits(run_job *job, const mera_result *like, size_t k, mera_step from,
                           mera_step to)
{
    for (size_t i = 0; i < like->n_fits; i++) {
        const mera_fit_record *fit = &like->fit[i];
        const bool own = fit->indicator != SIZE_MAX && (k == SIZE_MAX || fit->indicator == k);

        if (own && fit->step >= from && fit->step <= to) {
            MERA_TRY(like_fit(job, fit));
        }
    }
    return MERA_OK;
}

/** Those that are made for all indicators before the first one goes on. */
static mera_code like_fits_first(run_score *s, const mera_result *like, bool imputed)
{
    const bool apart = s->plan->screen.use != NULL || s->plan->has_tables;
    const mera_step to = s->plan->has_tables && imputed ? MERA_STEP_IMPUTE : MERA_STEP_DENOMINATE;
    run_job job = {.keep = s->keep[0]};

    job.last = &job.first;
    for (mera_step step = MERA_STEP_DENOMINATE; apart && step <= to; step++) {
        MERA_TRY(like_fits(&job, like, SIZE_MAX, step, step));
    }
    if (job.first != NULL) {
        *s->last_fit = job.first;
        s->last_fit = job.last;
        s->n_fits += job.n_fits;
    }
    return MERA_OK;
}

/* ---- going on ---- */

static mera_code like_go_on(run_score *s, run_job *job, size_t k)
{
    static const mera_step last[] = {[MERA_STAGE_DENOMINATED] = MERA_STEP_DENOMINATE,
                                     [MERA_STAGE_IMPUTED] = MERA_STEP_IMPUTE,
                                     [MERA_STAGE_TREATED] = MERA_STEP_TREAT,
                                     [MERA_STAGE_NORMALISED] = MERA_STEP_NORMALISE};
    stage_run run = mera_run_stage_start(s, job, k);
    const mera_step first = s->plan->has_tables           ? MERA_STEP_TREAT
                            : s->plan->screen.use != NULL ? MERA_STEP_IMPUTE
                                                          : MERA_STEP_DENOMINATE;

    if (!s->bare) { /* a bare result has no fits */
        MERA_TRY(like_fits(job, s->like, k, first, last[s->same[k]]));
    }
    return mera_run_stages_after(&run, s->same[k]);
}

mera_code mera_run_stages_like(run_score *s, const mera_result *like, const mera_stage *same)
{
    const mera_plan *plan = s->plan;
    const size_t n = plan->methodology->n_indicators;
    bool *serial, imputed = true;
    size_t *item, n_items = 0;

    s->like = like;
    s->same = same;
    MERA_TRY_NEW(item, s->keep[0], n);
    MERA_TRY_NEW(serial, s->keep[0], n);
    if (memchr(like->unit_screened, 1, plan->n_work * plan->n_units) != NULL) {
        MERA_TRY_NEW(s->unit_screened, s->arena, plan->n_work * plan->n_units);
        memcpy(s->unit_screened, like->unit_screened, plan->n_work * plan->n_units);
    }
    for (size_t k = 0; k < n; k++) {
        imputed = imputed && same[k] >= MERA_STAGE_IMPUTED;
        MERA_TRY(like_take(s, like, same[k], k));
    }
    MERA_TRY(s->bare ? MERA_OK : like_fits_first(s, like, imputed));
    if (plan->has_tables && !imputed) {
        for (size_t k = 0; k < n; k++) {
            serial[k] = plan->indicator[k].serial_after;
        }
        MERA_TRY(mera_run_impute_tables(s, serial));
    }
    for (size_t k = 0; k < n; k++) {
        if (!s->bare || same[k] < MERA_STAGE_NORMALISED) {
            serial[n_items] = plan->indicator[k].serial_after;
            item[n_items++] = k;
        }
    }
    return mera_run_items(s, item, serial, n_items, like_go_on);
}
