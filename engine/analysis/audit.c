/* SPDX-License-Identifier: Apache-2.0 */
/** @file The audit as a whole (mera/audit.h): its sections in order, its findings sorted. */
#include "analysis/audit.h"

#include <string.h>

#include "analysis/compare.h"
#include "base/math.h"

/* ---- findings ---- */

mera_audit_finding mera_audit_said(mera_limit_id limit, double number)
{
    return (mera_audit_finding){.limit = limit,
                                .node = SIZE_MAX,
                                .column = SIZE_MAX,
                                .other = SIZE_MAX,
                                .unit = SIZE_MAX,
                                .number = number};
}

static mera_code audit_grow(audit_run *run)
{
    const size_t room = run->room == 0 ? 32 : 2 * run->room;
    mera_audit_finding *grown;
    MERA_TRY_NEW(grown, run->arena, room);
    if (run->n > 0) {
        memcpy(grown, run->finding, run->n * sizeof *grown);
    }
    run->finding = grown;
    run->room = room;
    return MERA_OK;
}

mera_code mera_audit_look(audit_run *run, mera_audit_finding finding)
{
    const mera_limit *limit = &run->rules->limit[finding.limit];
    const mera_limit_row *row = &mera_limit_rows()[finding.limit];
    const bool beyond =
        row->side == MERA_AT_MOST ? finding.number > limit->value : finding.number < limit->value;
    if (!beyond) { /* also when either is missing */
        return MERA_OK;
    }
    if (run->n == run->room) {
        MERA_TRY(audit_grow(run));
    }
    finding.level = limit->level;
    finding.bound = limit->value;
    run->finding[run->n++] = finding;
    return MERA_OK;
}

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

/* ---- shared by sections ---- */

bool mera_audit_counts(const audit_run *run, size_t column)
{
    return column >= run->sheet.n_nodes && run->sheet.parent[column] != SIZE_MAX &&
           !run->result->indicator[column - run->sheet.n_nodes].screened_out;
}

mera_code mera_audit_shift(const audit_run *run, const double *rank, mera_arena *scratch,
                           mera_shift *out)
{
    double sum = 0;
    *out = (mera_shift){.mean = NAN, .max = NAN, .unit = SIZE_MAX, .spearman = NAN};
    for (size_t i = 0; i < run->result->n_units; i++) {
        const double off = fabs(rank[i] - run->rank[i]);
        if (isnan(off)) {
            continue;
        }
        out->n++;
        sum += off;
        if (!(off <= out->max)) {
            out->max = off;
            out->unit = i;
        }
    }
    out->mean = out->n > 0 ? sum / (double)out->n : NAN;
    return mera_spearman(run->rank, rank, run->result->n_units, scratch, &out->spearman);
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
        mera_audit_columns, mera_audit_nodes,   mera_audit_places,
        mera_audit_draw,    mera_audit_choices, mera_audit_without,
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
