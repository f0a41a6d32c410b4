/* SPDX-License-Identifier: Apache-2.0 */
/** @file The audit as a whole (mera/audit.h): its sections in order, its findings sorted. */
#include "analysis/audit.h"

#include <string.h>

#include "base/math.h"

/** Should `a` stand after `b`? Sections ascend, inside one the worst level is first. */
static bool audit_after(const mera_audit_finding *a, const mera_audit_finding *b)
{
    const int x = mera_limit_rows()[a->limit].section, y = mera_limit_rows()[b->limit].section;
    return x != y ? x > y : a->level < b->level;
}

/** Insertion keeps the order of equals; there are few. */
static void audit_sort(audit_run *run)
{
    for (size_t i = 1; i < run->n; i++) {
        const mera_audit_finding moved = run->finding[i];
        size_t at = i;
        for (; at > 0 && audit_after(&run->finding[at - 1], &moved); at--) {
            run->finding[at] = run->finding[at - 1];
        }
        run->finding[at] = moved;
    }
}

/* ---- the whole ---- */

/** 10 places among the 125 units or so of JRC audits, as large a share of more. */
static double audit_places(const audit_run *run, mera_audit_setting setting)
{
    const double set = run->rules->setting[setting];
    return set > 0 ? set : fmax(10, floor(0.08 * (double)run->audit->n_ranked + 0.5));
}

static mera_code audit_units(audit_run *run, size_t period)
{
    const size_t n = run->result->n_units;
    uint8_t *stays;
    MERA_TRY_NEW(stays, run->arena, n);
    for (size_t i = 0; i < n; i++) {
        stays[i] =
            run->result->unit_screened == NULL || run->result->unit_screened[period * n + i] == 0;
        run->audit->n_units += stays[i];
        run->audit->n_ranked += !isnan(run->rank[i]);
    }
    run->stays = stays;
    run->audit->interval_places = audit_places(run, MERA_AUDIT_interval_places);
    run->audit->shift_places = audit_places(run, MERA_AUDIT_shift_places);
    return MERA_OK;
}

static mera_code audit_sections(audit_run *run)
{
    static mera_code (*const section[])(audit_run *) = {
        mera_audit_columns, mera_audit_nodes,  mera_audit_places,  mera_audit_draw,
        mera_audit_choices, mera_audit_shares, mera_audit_without,
    };
    for (size_t i = 0; i < sizeof section / sizeof *section; i++) {
        MERA_TRY(section[i](run));
    }
    return MERA_OK;
}

mera_code mera_audit_of(mera_plan *plan, const mera_result *result, size_t period,
                        const mera_registry *registry, mera_arena *arena, const mera_audit **out)
{
    audit_run run = {.result = result,
                     .m = result->methodology,
                     .rules = &result->methodology->audit,
                     .registry = registry,
                     .arena = arena};
    mera_again *again;
    mera_sheet *sheet;
    MERA_TRY(mera_sheet_of(result, period, MERA_STAGE_NORMALISED, arena, &run.sheet));
    MERA_TRY(mera_again_open(plan, result, period, arena, &again));
    MERA_TRY_NEW(run.audit, arena, 1);
    MERA_TRY_NEW(sheet, arena, 1);
    *sheet = run.sheet;
    run.again = again;
    run.rank = result->node[0].rank + period * result->n_units;
    *run.audit = (mera_audit){.result = result, .period = period, .sheet = sheet};
    MERA_TRY(audit_units(&run, period));
    MERA_TRY(audit_sections(&run));
    audit_sort(&run);
    for (size_t i = 0; i < run.n; i++) {
        run.audit->n_fails += run.finding[i].level == MERA_LEVEL_FAIL;
    }
    run.audit->finding = run.finding;
    run.audit->n_findings = run.n;
    *out = run.audit;
    return MERA_OK;
}
