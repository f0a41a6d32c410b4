/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Indicators taken from an earlier result: what many variants that differ in weights need once,
 * and, of variants that make points in other ways, how far each column is the same.
 */
#include <string.h>

#include "base/text.h"
#include "run/needs.h"
#include "run/share.h"
#include "run/stages.h"

bool mera_run_may_share(const mera_plan *plan, const mera_result *earlier)
{
    const mera_methodology *m = earlier->methodology;

    /* the core is scored on its own; periods that are only looked at are not in a result */
    return plan->core == NULL && earlier->core == NULL && plan->data == earlier->data &&
           plan->n_work == plan->n_scored && earlier->n_periods == plan->n_scored &&
           mera_streq(m->stages_sha256, plan->methodology->stages_sha256) &&
           mera_streq(m->path, plan->methodology->path);
}

static mera_code share_cells(run_score *s, const mera_indicator_result *from, run_cells *cells)
{
    const size_t n = s->plan->n_work * s->plan->n_units;
    const double *x = from->stage[MERA_STAGE_DENOMINATED];

    memcpy(cells->stage, from->stage, sizeof cells->stage);
    if (from->state != NULL) {
        MERA_TRY_NEW(cells->state, s->arena, n);
        memcpy(cells->state, from->state, n);
    }
    cells->dropped = from->screened_out;
    cells->failed = from->failed;
    cells->n_gaps = x != NULL ? mera_run_count_missing(x, n) : 0;
    return MERA_OK;
}

static mera_code share_screened(run_score *s, const mera_result *earlier)
{
    const size_t n = s->plan->n_work * s->plan->n_units;

    if (memchr(earlier->unit_screened, 1, n) != NULL) {
        MERA_TRY_NEW(s->unit_screened, s->arena, n);
        memcpy(s->unit_screened, earlier->unit_screened, n);
    }
    return MERA_OK;
}

/** The fits of the steps before the framework. */
static mera_code share_fits(run_score *s, const mera_result *earlier)
{
    for (size_t i = 0; i < earlier->n_fits; i++) {
        run_fit_link *link;

        if (earlier->fit[i].node != SIZE_MAX) {
            continue;
        }
        MERA_TRY_NEW(link, s->keep[0], 1);
        link->record = earlier->fit[i];
        *s->last_fit = link;
        s->last_fit = &link->next;
        s->n_fits++;
    }
    return MERA_OK;
}

mera_code mera_run_share(run_score *s, const mera_result *earlier)
{
    for (size_t k = 0; k < s->plan->methodology->n_indicators; k++) {
        MERA_TRY(share_cells(s, &earlier->indicator[k], &s->cells[k]));
    }
    MERA_TRY(share_screened(s, earlier));
    return share_fits(s, earlier);
}

/* ---- column by column --------------------------------------------------------------------- */

static mera_stage share_stage(const mera_methodology *a, const mera_methodology *b, const char *id)
{
    static const char *const step[] = {[MERA_STAGE_IMPUTED] = "impute",
                                       [MERA_STAGE_TREATED] = "treat",
                                       [MERA_STAGE_NORMALISED] = "normalise"};
    mera_stage same = MERA_STAGE_DENOMINATED;

    while (same < MERA_STAGE_NORMALISED && mera_methodology_same_step(a, b, id, step[same + 1])) {
        same++;
    }
    return same;
}

static mera_code share_same_raw(const mera_methodology *a, const mera_methodology *b,
                                mera_arena *arena, bool *out)
{
    const char *raw[2];

    MERA_TRY(mera_methodology_raw_hash(a, arena, &raw[0]));
    MERA_TRY(mera_methodology_raw_hash(b, arena, &raw[1]));
    *out = mera_streq(raw[0], raw[1]) && mera_streq(a->path, b->path);
    return MERA_OK;
}

mera_code mera_run_same_stages(const mera_plan *plan, const mera_result *earlier, mera_arena *arena,
                               const mera_stage **out)
{
    const mera_methodology *m = plan->methodology;
    bool raw, tables = false;
    mera_stage *same;

    *out = NULL;
    if (earlier->core != NULL || !mera_run_like_fits(plan, earlier)) {
        return MERA_OK;
    }
    MERA_TRY(share_same_raw(m, earlier->methodology, arena, &raw));
    if (!raw) {
        return MERA_OK;
    }
    MERA_TRY_NEW(same, arena, m->n_indicators);
    for (size_t k = 0; k < m->n_indicators; k++) {
        same[k] = share_stage(m, earlier->methodology, m->indicator[k].id);
        tables = tables || (plan->has_tables && same[k] < MERA_STAGE_IMPUTED);
    }
    for (size_t k = 0; tables && k < m->n_indicators; k++) { /* others look at what was filled */
        same[k] = MERA_STAGE_DENOMINATED;
    }
    *out = same;
    return MERA_OK;
}

static bool share_same_names(const run_names *a, const run_names *b)
{
    bool same = a->n == b->n;

    for (size_t i = 0; same && i < a->n; i++) {
        same = mera_streq(a->name[i], b->name[i]);
    }
    return same;
}

mera_code mera_project_same_data(const mera_project *a, const mera_project *b, bool *out)
{
    const mera_methodology *m[2] = {a->methodology, b->methodology};
    run_needs needs[2];
    mera_arena *arena = mera_arena_new();
    mera_code rc;

    MERA_TRY_PTR(arena);
    *out = false;
    rc = share_same_raw(m[0], m[1], arena, out);
    for (size_t i = 0; i < 2 && rc == MERA_OK && *out; i++) {
        rc = mera_run_needs(m[i], NULL, arena, &needs[i]);
    }
    *out = rc == MERA_OK && *out && a->core == NULL && b->core == NULL &&
           needs[0].all_periods == needs[1].all_periods &&
           share_same_names(&needs[0].columns, &needs[1].columns) &&
           share_same_names(&needs[0].attributes, &needs[1].attributes) &&
           share_same_names(&needs[0].periods, &needs[1].periods);
    mera_arena_free(arena);
    return rc;
}
