/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Imputing an indicator: its chain of imputers, each of which fills what it can of the gaps that
 * the one before left. An imputer over periods gets them in the order of time.
 */
#include "base/math.h"
#include "base/number.h"
#include "run/stages.h"

#include <string.h>

/** Takes the units that screening left out of the values. */
static void impute_mask(const stage_run *run, const double *x, double *y)
{
    const uint8_t *out = run->s->unit_screened;

    for (size_t i = 0; i < run->n; i++) {
        y[i] = out[i] ? NAN : x[i];
    }
}

void mera_run_impute_start(const stage_run *run)
{
    const double *x = run->cells->stage[MERA_STAGE_DENOMINATED];
    double *y = run->cells->room[MERA_STAGE_IMPUTED];

    if (run->s->unit_screened != NULL) {
        impute_mask(run, x, y);
        x = y;
    }
    run->cells->stage[MERA_STAGE_IMPUTED] = x;
}

static void impute_states(const stage_run *run, const double *x, const double *y,
                          const uint8_t *carried)
{
    for (size_t i = 0; i < run->n; i++) {
        if (isnan(x[i]) && !isnan(y[i])) {
            run->cells->state[i] |= MERA_IMPUTED;
            run->cells->state[i] |= carried != NULL && carried[i] != 0 ? MERA_CARRIED : 0;
        }
    }
}

void mera_run_impute_take(const stage_run *run, const mera_use *use, double *filled,
                          const uint8_t *carried)
{
    const double *x = run->cells->stage[MERA_STAGE_IMPUTED];
    double *y = run->cells->room[MERA_STAGE_IMPUTED];

    if (run->s->unit_screened != NULL) {
        impute_mask(run, filled, filled);
    }
    (void)mera_run_clean(filled, NULL, run->n);
    if (mera_run_count_missing(filled, run->n) == mera_run_count_missing(x, run->n)) {
        return;
    }
    for (size_t i = 0; i < run->n && use->op->fit == NULL; i++) {
        if (isnan(x[i]) && use->round.mode != MERA_ROUND_NONE) { /* a fitted one has rounded */
            filled[i] = mera_round(filled[i], use->round);
        }
    }
    impute_states(run, x, filled, carried);
    if (filled != y) {
        memcpy(y, filled, run->n * sizeof *y);
    }
    run->cells->stage[MERA_STAGE_IMPUTED] = y;
}

/* ---- over periods ---- */

/** The periods as numbers, in the order of time: their labels, or 0, 1, 2, ... */
static void impute_when(const mera_plan *plan, double *when)
{
    bool numbers = true;

    for (size_t p = 0; p < plan->n_work; p++) {
        const char *label = plan->period_label[plan->by_date[p]];

        numbers = numbers && mera_number_read(label, strlen(label), &when[p]) &&
                  (p == 0 || when[p] > when[p - 1]);
    }
    for (size_t p = 0; p < plan->n_work && !numbers; p++) {
        when[p] = (double)p;
    }
}

/** What an imputer over periods works on; `from` says where each of its values comes from. */
typedef struct impute_panel {
    const double **x;
    double *when, **y, **spread;
    int32_t **from;
} impute_panel;

static mera_code impute_panel_new(const stage_run *run, const double *x, double *filled,
                                  impute_panel *panel)
{
    const mera_plan *plan = run->s->plan;
    int32_t *from = mera_arena_alloc(run->job->scratch, run->n, sizeof *from);

    MERA_TRY_PTR(from);
    MERA_TRY_NEW(panel->x, run->job->scratch, plan->n_work);
    MERA_TRY_NEW(panel->y, run->job->scratch, plan->n_work);
    MERA_TRY_NEW(panel->spread, run->job->scratch, plan->n_work);
    MERA_TRY_NEW(panel->from, run->job->scratch, plan->n_work);
    MERA_TRY_NEW(panel->when, run->job->scratch, plan->n_work);
    for (size_t p = 0; p < plan->n_work; p++) {
        panel->x[p] = x + plan->by_date[p] * plan->n_units;
        panel->y[p] = filled + plan->by_date[p] * plan->n_units;
        panel->from[p] = from + plan->by_date[p] * plan->n_units;
        panel->spread[p] = run->cells->spread_room != NULL
                               ? run->cells->spread_room + plan->by_date[p] * plan->n_units
                               : NULL;
    }
    impute_when(plan, panel->when);
    return MERA_OK;
}

static mera_code impute_over_periods(const stage_run *run, const run_use *use, const double *x,
                                     double *filled)
{
    const mera_plan *plan = run->s->plan;
    mera_op_ctx ctx = mera_run_ctx(run->s, run->job, &run->subject, use->use);
    impute_panel panel;
    uint8_t *carried;
    mera_code rc;

    MERA_TRY(impute_panel_new(run, x, filled, &panel));
    MERA_TRY_NEW(carried, run->job->scratch, run->n);
    ctx.unit_name = plan->data->unit_name;
    ctx.unit_key = plan->data->unit_key;
    ctx.spread = run->cells->spread_room != NULL ? panel.spread : NULL;
    rc = use->use->op->panel(use->use->op, use->use->params, &ctx, panel.x, panel.when,
                             plan->n_work, plan->n_units, panel.y, panel.from);
    if (rc != MERA_OK) {
        return mera_run_within(run->job->diags, rc, use->use, &run->subject, "");
    }
    for (size_t p = 0; p < plan->n_work; p++) {
        for (size_t i = 0; i < plan->n_units; i++) {
            const int32_t from = panel.from[p][i];

            carried[plan->by_date[p] * plan->n_units + i] = from >= 0 && from != (int32_t)p;
        }
    }
    mera_run_impute_take(run, use->use, filled, carried);
    return MERA_OK;
}

/* ---- the chain ---- */

/** It learns in any case, so that its numbers can be frozen, and fills what it can. */
mera_code mera_run_impute_at(const stage_run *run, size_t u)
{
    const run_use *use = &run->ind->impute.v[u];
    const double *x = run->cells->stage[MERA_STAGE_IMPUTED];
    const size_t missing = mera_run_count_missing(x, run->n);
    const size_t reach = use->n_out * run->s->plan->n_units;
    double *filled = run->cells->room[MERA_STAGE_IMPUTED];

    if (use->use->op->table != NULL || (missing == 0 && use->use->op->panel != NULL)) {
        return MERA_OK;
    }
    if (missing == 0) {
        return mera_run_fit_apply(run->s, run->job, use, &run->subject, x, NULL);
    }
    if (x == filled) {
        filled = mera_arena_alloc(run->job->scratch, run->n, sizeof *filled);
        MERA_TRY_PTR(filled);
    }
    if (use->use->op->panel != NULL) {
        return impute_over_periods(run, use, x, filled);
    }
    memcpy(filled + reach, x + reach, (run->n - reach) * sizeof *filled);
    MERA_TRY(mera_run_fit_apply(run->s, run->job, use, &run->subject, x, filled));
    mera_run_impute_take(run, use->use, filled, NULL);
    return MERA_OK;
}

mera_code mera_run_impute(const stage_run *run)
{
    mera_run_impute_start(run);
    for (size_t u = 0; u < run->ind->impute.n; u++) {
        MERA_TRY(mera_run_impute_at(run, u));
    }
    return MERA_OK;
}
