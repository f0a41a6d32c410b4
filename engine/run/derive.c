/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Raw values: read from a column, computed by a formula, or made by a plugin's operation. Each
 * indicator comes after those it reads. Formulas and operations see one period at a time, so that
 * a rank or a mean inside them is one of that period.
 */
#include "base/math.h"
#include "base/text.h"
#include "run/internal.h"
#include "run/lift.h"

#include <string.h>

/** The states of computed cells: what was missing in what they read, else that there is no answer.
 */
static void derive_states(const run_score *s, const run_sources *reads, size_t period,
                          const double *y, uint8_t *state)
{
    for (size_t i = 0; i < s->plan->n_units; i++) {
        state[i] = MERA_DERIVED;
        if (isnan(y[i])) {
            state[i] |= MERA_UNDEFINED;
        }
    }
    for (size_t c = reads->n; c > 0; c--) { /* the first one read has the last word */
        const double *x = mera_run_slice(s, &reads->v[c - 1], period);
        const uint8_t *from = mera_run_state_slice(s, &reads->v[c - 1], period);

        for (size_t i = 0; x != NULL && i < s->plan->n_units; i++) {
            if (isnan(y[i]) && isnan(x[i])) {
                state[i] = (uint8_t)(MERA_DERIVED | (from[i] & 0x0f));
            }
        }
    }
}

static mera_code derive_inputs(const run_score *s, const run_sources *reads, size_t period,
                               mera_arena *arena, const double ***out)
{
    MERA_TRY_NEW(*out, arena, reads->n);
    for (size_t c = 0; c < reads->n; c++) {
        (*out)[c] = mera_run_slice(s, &reads->v[c], period);
    }
    return MERA_OK;
}

static mera_code derive_period(run_score *s, const run_indicator *ind, size_t period, double *y)
{
    const mera_plan *plan = s->plan;
    const mera_use *use = &ind->indicator->derive;
    const double **input;
    mera_around around;
    mera_op_ctx ctx = {.diags = s->diags,
                       .arena = s->scratch[0],
                       .subject = ind->subject,
                       .direction = ind->indicator->direction,
                       .goalpost = {NAN, NAN},
                       .unit_name = plan->data->unit_name,
                       .seed = plan->methodology->seed};

    MERA_TRY(derive_inputs(s, &ind->reads, period, s->scratch[0], &input));
    MERA_TRY(mera_run_around(s, ind, period, s->scratch[0], &around));
    if (ind->indicator->kind == MERA_FROM_FORMULA) {
        return mera_formula_run(ind->formula, input, plan->n_units, ind->subject, &around,
                                s->scratch[0], s->diags, y);
    }
    ctx.at = use->at;
    ctx.input = input;
    ctx.n_inputs = ind->reads.n;
    ctx.around = &around;
    return use->op->derive(use->op, use->params, &ctx, plan->n_units, y);
}

static mera_code derive_computed(run_score *s, const run_indicator *ind, run_cells *cells)
{
    const mera_plan *plan = s->plan;
    const size_t n = plan->n_units;
    double *y = mera_arena_alloc(s->arena, plan->n_work * n, sizeof *y);

    MERA_TRY_PTR(y);
    for (size_t p = 0; p < plan->n_work; p++) {
        const mera_arena_mark mark = mera_arena_mark_now(s->scratch[0]);
        const mera_code rc = derive_period(s, ind, p, y + p * n);

        if (rc != MERA_OK) {
            return rc == MERA_ENOMEM || mera_diags_size(s->diags) == 0
                       ? rc
                       : mera_within(s->diags, rc, ind->indicator->source_at, "in %s",
                                     ind->subject);
        }
        (void)mera_run_clean(y + p * n, NULL, n);
        derive_states(s, &ind->reads, p, y + p * n, cells->state + p * n);
        mera_arena_rewind(s->scratch[0], mark);
    }
    cells->stage[MERA_STAGE_RAW] = y;
    mera_run_check_range(plan, ind, y, s->diags);
    return MERA_OK;
}

bool mera_run_may_drop(const mera_project *project, const mera_op *op)
{
    for (size_t i = 0; op != NULL && op->plugin != NULL && i < project->n_plugins; i++) {
        if (mera_streq(mera_plugin_id(project->plugin[i]), op->plugin)) {
            return project->plugin_drops[i];
        }
    }
    return false;
}

static bool derive_may_drop(const run_score *s, const run_indicator *ind)
{
    return ind->indicator->kind == MERA_FROM_OP &&
           mera_run_may_drop(s->plan->project, ind->indicator->derive.op);
}

/** Computes, and turns a failure into a warning and an indicator without values. */
static mera_code derive_or_drop(run_score *s, const run_indicator *ind, run_cells *cells)
{
    const size_t n = s->plan->n_work * s->plan->n_units;
    mera_diags *diags = s->diags;
    mera_code rc;
    double *y;

    s->diags = mera_diags_new(s->arena);
    MERA_TRY_PTR(s->diags);
    rc = derive_computed(s, ind, cells);
    if (rc == MERA_ENOMEM || rc == MERA_OK) {
        (void)mera_diags_merge(diags, s->diags);
        s->diags = diags;
        return rc;
    }
    cells->failed = mera_arena_strdup(s->arena, mera_diags_size(s->diags) > 0
                                                    ? mera_diags_get(s->diags, 0)->message
                                                    : "it failed");
    s->diags = diags;
    MERA_TRY_PTR(cells->failed);
    mera_warn(diags, "plugin-dropped", ind->indicator->source_at, "%s is left out: %s",
              ind->subject, cells->failed);
    y = mera_arena_alloc(s->arena, n, sizeof *y);
    MERA_TRY_PTR(y);
    cells->stage[MERA_STAGE_RAW] = mera_run_fill(y, n, NAN);
    memset(cells->state, MERA_DERIVED | MERA_UNDEFINED, n);
    cells->dropped = true;
    return MERA_OK;
}

/** Columns of the data are shared when the plan's periods are theirs, else laid out anew. */
static mera_code derive_read(run_score *s, const run_indicator *ind, run_cells *cells)
{
    const mera_plan *plan = s->plan;
    const size_t n = plan->n_units;
    const double *value = mera_run_column_value(s, ind->column);
    const uint8_t *state = mera_run_column_state(s, ind->column);
    double *y;

    if (plan->in_order) {
        cells->stage[MERA_STAGE_RAW] = value;
        memcpy(cells->state, state, plan->n_work * n);
        return MERA_OK;
    }
    y = mera_arena_alloc(s->arena, plan->n_work * n, sizeof *y);
    MERA_TRY_PTR(y);
    for (size_t p = 0; p < plan->n_work; p++) {
        memcpy(y + p * n, value + plan->work_period[p] * n, n * sizeof *y);
        memcpy(cells->state + p * n, state + plan->work_period[p] * n, n);
    }
    cells->stage[MERA_STAGE_RAW] = y;
    return MERA_OK;
}

/** Adds the errors asked for to the values of the scored periods. */
static mera_code derive_disturb(run_score *s, size_t k)
{
    const mera_plan *plan = s->plan;
    const size_t all = plan->n_work * plan->n_units, scored = plan->n_scored * plan->n_units;
    const double *error = s->with->noise != NULL ? s->with->noise[k] : NULL;
    double *y;

    if (error == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(y, s->arena, all);
    memcpy(y, s->cells[k].stage[MERA_STAGE_RAW], all * sizeof *y);
    for (size_t i = 0; i < scored; i++) {
        y[i] += error[i];
    }
    (void)mera_run_clean(y, NULL, all);
    s->cells[k].stage[MERA_STAGE_RAW] = y;
    return MERA_OK;
}

mera_code mera_run_derive(run_score *s)
{
    const mera_plan *plan = s->plan;
    mera_code rc = MERA_OK;

    MERA_TRY(mera_run_patch(s));
    for (size_t k = 0; k < plan->methodology->n_indicators; k++) {
        s->cells[k].state = mera_arena_alloc(s->arena, plan->n_work * plan->n_units, 1);
        MERA_TRY_PTR(s->cells[k].state);
    }
    for (size_t i = 0; i < plan->methodology->n_indicators; i++) {
        const size_t k = plan->derive_order[i];
        const run_indicator *ind = &plan->indicator[k];
        const mera_code one = ind->column != NULL       ? derive_read(s, ind, &s->cells[k])
                              : derive_may_drop(s, ind) ? derive_or_drop(s, ind, &s->cells[k])
                                                        : derive_computed(s, ind, &s->cells[k]);

        if (one == MERA_EINPUT && rc == MERA_OK) {
            rc = one; /* the others are looked at too; those that read this one find no values */
            MERA_TRY_NEW(s->cells[k].room[MERA_STAGE_RAW], s->arena, plan->n_work * plan->n_units);
            s->cells[k].stage[MERA_STAGE_RAW] = s->cells[k].room[MERA_STAGE_RAW];
        } else if (one != MERA_OK && one != MERA_EINPUT) {
            return one;
        }
        MERA_TRY(derive_disturb(s, k));
        MERA_TRY(mera_run_lift(s, k));
    }
    return rc != MERA_OK ? rc : mera_run_check_regions(s);
}
