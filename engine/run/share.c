/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Indicators taken from an earlier result: what many variants that differ in weights need once.
 */
#include <string.h>

#include "run/internal.h"

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
