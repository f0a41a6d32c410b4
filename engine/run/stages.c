/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * An indicator's way from raw values to points: denominate, (screen,) impute, treat, direct,
 * normalise. Indicators do not see each other here, so they run at the same time, but for imputers
 * that look at several (impute_tables.c). A step that changes nothing shares the array of the one
 * before. Imputing is in impute.c, normalising in normalise.c.
 */
#include "run/stages.h"
#include "base/math.h"
#include "base/text.h"

#include <string.h>

/* ---- denominate ---- */

/** A cell lost to its denominator takes over why that is missing. */
static void stage_denominated_states(const stage_run *run, const run_use *use, const double *x,
                                     const double *y)
{
    const size_t n = run->s->plan->n_units;

    for (size_t i = 0; i < run->n; i++) {
        uint8_t *state = &run->cells->state[i];
        const run_source *by = use->inputs.n > 0 ? &use->inputs.v[0] : NULL;

        if (isnan(x[i])) {
            continue;
        }
        *state |= MERA_DERIVED;
        if (isnan(y[i])) {
            const double *d = by != NULL ? mera_run_slice(run->s, by, i / n) : NULL;
            const bool absent = d != NULL && isnan(d[i % n]);
            const uint8_t why =
                absent ? mera_run_state_slice(run->s, by, i / n)[i % n] & 0x0f : MERA_UNDEFINED;

            *state = (uint8_t)((*state & 0xf0) | why);
        }
    }
}

static mera_code stage_denominate(run_score *s, run_job *job, size_t k)
{
    stage_run run = mera_run_stage_start(s, job, k);
    const double *x = run.cells->stage[MERA_STAGE_RAW];
    double *y = run.cells->room[MERA_STAGE_DENOMINATED];

    run.cells->stage[MERA_STAGE_DENOMINATED] = x;
    if (run.ind->denominate.n == 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_run_fit_apply(s, job, &run.ind->denominate.v[0], &run.subject, x, y));
    (void)mera_run_clean(y, NULL, run.n);
    stage_denominated_states(&run, &run.ind->denominate.v[0], x, y);
    run.cells->stage[MERA_STAGE_DENOMINATED] = y;
    return MERA_OK;
}

/* ---- room ---- */

/** May the stage of an indicator hold something that the one before does not? */
static bool stage_may_differ(const run_score *s, size_t k, size_t stage)
{
    const run_indicator *ind = &s->plan->indicator[k];

    switch (stage) {
    case MERA_STAGE_DENOMINATED:
        return ind->denominate.n > 0;
    case MERA_STAGE_IMPUTED:
        return ind->impute.n > 0 || s->plan->screen.use != NULL;
    case MERA_STAGE_TREATED:
        return ind->treat.n > 0 || (s->with->error != NULL && ind->impute.n > 0);
    case MERA_STAGE_NORMALISED:
        return ind->normalise.n > 0 || ind->indicator->direction != MERA_HIGHER;
    default:
        return false;
    }
}

/** Room for a stage that may hold something of its own. */
static mera_code stage_room_now(run_score *s, size_t k, size_t stage)
{
    if (!stage_may_differ(s, k, stage)) {
        return MERA_OK;
    }
    double *room = mera_arena_alloc(s->arena, s->plan->n_work * s->plan->n_units, sizeof *room);
    s->cells[k].room[stage] = room;
    return room == NULL ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_run_stage_room(run_score *s, size_t k, size_t stage)
{
    const bool treated = stage == MERA_STAGE_TREATED && s->with->error == NULL;
    const bool points = stage == MERA_STAGE_NORMALISED && s->points != NULL;

    if (s->pool == NULL && (treated || points)) {
        return MERA_OK; /* alone, room is made for those columns only that are not another's */
    }
    return stage_room_now(s, k, stage);
}

/* ---- treat ---- */

/** Marks cells that the treaters changed; false when there is none. */
static bool stage_treated_states(const stage_run *run, const double *x, const double *y)
{
    bool changed = false;

    if (memcmp(x, y, run->n * sizeof *x) == 0) {
        return false;
    }
    for (size_t i = 0; i < run->n; i++) {
        if (!isnan(x[i]) && y[i] != x[i]) {
            changed = true;
            if (!run->cells->others_state) {
                run->cells->state[i] |= MERA_TREATED;
            }
        }
    }
    return changed;
}

/** Imputed values with errors, which later stages see; those of the imputed stage stay. */
static const double *stage_imputed(const stage_run *run)
{
    const run_score *s = run->s;
    const double *x = run->cells->stage[MERA_STAGE_IMPUTED];
    double *y = run->cells->room[MERA_STAGE_TREATED];

    if (s->with->error == NULL || run->cells->spread == NULL) {
        return x;
    }
    memcpy(y, x, run->n * sizeof *y);
    s->with->error(s->with->error_context, run->ind->indicator->id, run->cells->spread, run->n, y);
    (void)mera_run_clean(y, x, run->n);
    return y;
}

/** The chain works in scratch memory: most columns are left as they are and need no other array. */
static mera_code stage_treat(const stage_run *run)
{
    const double *x = stage_imputed(run);
    double *y;

    run->cells->stage[MERA_STAGE_TREATED] = x;
    if (run->ind->treat.n == 0) {
        return MERA_OK;
    }
    y = mera_arena_alloc(run->job->scratch, run->n, sizeof *y);
    MERA_TRY_PTR(y);
    for (size_t u = 0; u < run->ind->treat.n; u++) {
        const run_use *use = &run->ind->treat.v[u];
        const size_t reach = use->n_out * run->s->plan->n_units;

        if (u == 0) {
            memcpy(y + reach, x + reach, (run->n - reach) * sizeof *y);
        }
        MERA_TRY(mera_run_fit_apply(run->s, run->job, use, &run->subject, u == 0 ? x : y, y));
    }
    if (stage_treated_states(run, x, y)) {
        if (run->cells->room[MERA_STAGE_TREATED] == NULL) { /* alone */
            MERA_TRY(stage_room_now(run->s, run->subject.indicator, MERA_STAGE_TREATED));
        }
        double *room = run->cells->room[MERA_STAGE_TREATED];
        memcpy(room, y, run->n * sizeof *y);
        (void)mera_run_clean(room, x, run->n);
        run->cells->stage[MERA_STAGE_TREATED] = room;
    }
    return MERA_OK;
}

static bool stage_empty(const double *x, size_t n)
{
    size_t i = 0;

    while (i < n && isnan(x[i])) {
        i++;
    }
    return i == n;
}

/** The last period of the data, not scored, in which its column has a value; SIZE_MAX = none. */
static size_t stage_other_period(const stage_run *run)
{
    const mera_dataset *data = run->s->plan->data;
    const mera_column *column = run->ind->column;
    for (size_t p = column != NULL ? data->n_periods : 0; p-- > 0;) {
        if (!stage_empty(column->value + p * data->n_units, data->n_units)) {
            return p;
        }
    }
    return SIZE_MAX;
}

/** No value at all: in the periods named. */
static mera_code stage_none(const stage_run *run, const char *periods)
{
    const mera_plan *plan = run->s->plan;
    const size_t other = stage_other_period(run);
    (void)mera_fail(run->job->diags, MERA_EINPUT, "all-missing", run->ind->indicator->at,
                    "%s has no value for any unit%s%s", run->subject.text,
                    plan->data->n_periods > 1 ? " in " : "",
                    plan->data->n_periods > 1 ? periods : "");
    if (other != SIZE_MAX) {
        mera_hint(run->job->diags, "in %s it has: --period %s, or `period: %s`",
                  plan->data->period[other], plan->data->period[other], plan->data->period[other]);
    } else {
        mera_hint(run->job->diags,
                  "give it data, take it out of the framework, or set `steps: screen:`%s",
                  plan->data->n_periods > plan->n_scored ? "; or score another period (--period)"
                                                         : "");
    }
    return MERA_EINPUT;
}

/** An indicator without a single value is a mistake; in some periods only, worth a word. */
static mera_code stage_check_present(const stage_run *run)
{
    const mera_plan *plan = run->s->plan;
    const double *x = run->cells->stage[MERA_STAGE_TREATED];
    mera_text empty = {.arena = run->job->scratch};
    size_t n_empty = 0;

    for (size_t p = 0; p < plan->n_scored; p++) {
        if (stage_empty(x + p * plan->n_units, plan->n_units)) {
            mera_text_addf(&empty, "%s%s", n_empty++ > 0 ? ", " : "", plan->period_label[p]);
        }
    }
    if (n_empty == plan->n_scored) {
        const char *periods = mera_text_string(&empty);
        MERA_TRY_PTR(periods);
        return stage_none(run, periods);
    }
    if (n_empty > 0 && mera_text_string(&empty) != NULL) {
        mera_warn(run->job->diags, "all-missing", run->ind->indicator->at,
                  "%s has no value for any unit in %zu of %zu periods: %s", run->subject.text,
                  n_empty, plan->n_scored, mera_text_string(&empty));
    }
    return MERA_OK;
}

/** Points of the same treated values under the same normalisers, or NULL. A normaliser that reads
 * other columns may see others there. */
static const double *stage_points(const stage_run *run)
{
    const double *x = run->cells->stage[MERA_STAGE_TREATED];
    const mera_result *like = run->s->points;

    if (like == NULL || run->cells->failed != NULL) {
        return NULL;
    }
    const mera_indicator_result *from = &like->indicator[run->subject.indicator];
    const double *theirs = from->stage[MERA_STAGE_TREATED];
    for (size_t u = 0; u < run->ind->normalise.n; u++) {
        if (run->ind->normalise.v[u].inputs.n > 0) {
            return NULL;
        }
    }
    return from->failed == NULL && (theirs == x || memcmp(theirs, x, run->n * sizeof *x) == 0)
               ? from->stage[MERA_STAGE_NORMALISED]
               : NULL;
}

static mera_code stage_normalise(stage_run *run)
{
    const double *points = stage_points(run);

    if (points != NULL) {
        run->cells->stage[MERA_STAGE_NORMALISED] = points;
        return MERA_OK;
    }
    if (run->cells->room[MERA_STAGE_NORMALISED] == NULL) { /* left until it is wanted, alone */
        MERA_TRY(stage_room_now(run->s, run->subject.indicator, MERA_STAGE_NORMALISED));
    }
    return mera_run_normalise(run);
}

mera_code mera_run_stages_after(stage_run *run, mera_stage same)
{
    if (same < MERA_STAGE_IMPUTED && !run->s->plan->has_tables) {
        MERA_TRY(mera_run_impute(run)); /* else mera_run_impute_tables() did it for all */
    }
    if (same < MERA_STAGE_TREATED) {
        MERA_TRY(stage_treat(run));
    }
    if (same < MERA_STAGE_TREATED && run->ind->in_framework && !run->cells->dropped) {
        MERA_TRY(stage_check_present(run));
    }
    if (same < MERA_STAGE_NORMALISED) {
        MERA_TRY(stage_normalise(run));
    }
    if (!run->s->bare) {
        run->cells->n_gaps = mera_run_count_missing(run->cells->stage[MERA_STAGE_DENOMINATED],
                                                    run->s->plan->n_scored * run->s->plan->n_units);
    }
    return MERA_OK;
}

static mera_code stage_after_screening(run_score *s, run_job *job, size_t k)
{
    stage_run run = mera_run_stage_start(s, job, k);

    return mera_run_stages_after(&run, MERA_STAGE_DENOMINATED);
}

static mera_code stage_all(run_score *s, run_job *job, size_t k)
{
    MERA_TRY(stage_denominate(s, job, k));
    return stage_after_screening(s, job, k);
}

/* ---- running them ---- */

bool mera_run_sees_others(const mera_plan *plan)
{
    return plan->screen.use != NULL || plan->has_tables;
}

/** Standard errors of what is imputed, none known yet. */
mera_code mera_run_spread_room(run_score *s, size_t k)
{
    const size_t n = s->plan->n_work * s->plan->n_units;
    double *room;

    if (!s->with->spread || s->plan->indicator[k].impute.n == 0) {
        return MERA_OK;
    }
    room = mera_arena_alloc(s->arena, n, sizeof *room);
    MERA_TRY_PTR(room);
    s->cells[k].spread_room = mera_run_fill(room, n, NAN);
    s->cells[k].spread = room;
    return MERA_OK;
}

/** Room for what may be written, stage by stage: pages that nobody writes to are never touched. */
static mera_code stage_rooms(run_score *s)
{
    for (size_t k = 0; k < s->plan->methodology->n_indicators; k++) {
        MERA_TRY(mera_run_spread_room(s, k));
    }
    for (size_t stage = 0; stage < MERA_N_STAGES; stage++) {
        for (size_t k = 0; k < s->plan->methodology->n_indicators; k++) {
            MERA_TRY(mera_run_stage_room(s, k, stage));
        }
    }
    return MERA_OK;
}

mera_code mera_run_stages(run_score *s)
{
    const mera_plan *plan = s->plan;
    const size_t n = plan->methodology->n_indicators;
    bool *before, *after;
    size_t *item;

    MERA_TRY_NEW(item, s->keep[0], n);
    MERA_TRY_NEW(before, s->keep[0], n);
    MERA_TRY_NEW(after, s->keep[0], n);
    MERA_TRY(stage_rooms(s));
    s->stages_made = n * MERA_STAGE_NORMALISED;
    for (size_t k = 0; k < n; k++) {
        s->cells[k].dropped |= mera_run_left_out(s, k);
        item[k] = k;
        before[k] = plan->indicator[k].serial_before;
        after[k] = plan->indicator[k].serial_after;
    }
    if (mera_run_sees_others(plan)) {
        MERA_TRY(mera_run_items(s, item, before, n, stage_denominate));
        MERA_TRY(plan->screen.use != NULL ? mera_run_screen(s) : MERA_OK);
        MERA_TRY(plan->has_tables ? mera_run_impute_tables(s, after) : MERA_OK);
        return mera_run_items(s, item, after, n, stage_after_screening);
    }
    for (size_t k = 0; k < n; k++) {
        after[k] = after[k] || before[k];
    }
    return mera_run_items(s, item, after, n, stage_all);
}
