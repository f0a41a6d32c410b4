/* SPDX-License-Identifier: Apache-2.0 */
/** @file Audit 11: the index without one direction, and without one indicator, each in turn. */
#include "analysis/audit.h"
#include "base/math.h"

typedef struct without_run {
    const audit_run *audit;
    mera_audit_choice *choice;
} without_run;

/** Indicators that count in the index only through this column. */
static mera_code without_flags(const audit_run *audit, size_t column, mera_arena *arena,
                               uint8_t **out, bool *some_stay)
{
    const mera_sheet *sheet = &audit->sheet;
    mera_sheet_parts below;
    MERA_TRY_NEW(*out, arena, audit->m->n_indicators);
    if (column >= sheet->n_nodes) {
        (*out)[column - sheet->n_nodes] = 1;
    } else {
        MERA_TRY(mera_sheet_below(audit->result, sheet, column, true, arena, &below));
        for (size_t j = 0; j < below.n; j++) {
            const double through = below.share[j] * sheet->effective[column];
            (*out)[below.column[j] - sheet->n_nodes] =
                through >= sheet->effective[below.column[j]] * (1 - 1e-9);
        }
    }
    *some_stay = false;
    for (size_t j = 0; j < audit->audit->n_indicators; j++) {
        const size_t c = audit->audit->indicator[j].column;
        *some_stay = *some_stay || (sheet->effective[c] > 0 && !(*out)[c - sheet->n_nodes]);
    }
    return MERA_OK;
}

static mera_code without_one(void *context, size_t i, const mera_again_room *room)
{
    const without_run *run = context;
    mera_audit_choice *out = &run->choice[i];
    mera_again_scores made;
    uint8_t *flag;
    bool some_stay;
    MERA_TRY(without_flags(run->audit, out->column, room->arena, &flag, &some_stay));
    if (!some_stay) {
        out->why = "nothing would be left";
        return MERA_OK;
    }
    const mera_again_change change = {.left_out = flag};
    const mera_code code = mera_again_score(run->audit->again, &change, room, NULL, &made);
    if (code == MERA_EINPUT) {
        out->why = "the framework has no answer without it";
        return MERA_OK;
    }
    MERA_TRY(code);
    MERA_TRY(mera_audit_shift(run->audit, made.rank, room->scratch, &out->shift));
    out->made = out->shift.n > 0;
    out->why = out->made ? NULL : "no unit has a score without it";
    return MERA_OK;
}

static mera_code without_findings(audit_run *audit, const mera_audit_choice *choice)
{
    mera_audit_finding finding =
        mera_audit_said(MERA_LIMIT_leave_out_shift, choice->shift.mean / (double)choice->shift.n);
    finding.column = choice->column;
    finding.node = audit->sheet.parent[choice->column];
    finding.unit = choice->shift.unit;
    return mera_audit_look(audit, finding);
}

mera_code mera_audit_without(audit_run *audit)
{
    const mera_audit *a = audit->audit;
    without_run run = {.audit = audit};
    size_t n = 0;
    MERA_TRY_NEW(run.choice, audit->arena, a->n_directions + a->n_indicators);
    for (size_t j = 0; j < a->n_directions + a->n_indicators; j++) {
        const size_t column =
            j < a->n_directions ? a->direction[j].column : a->indicator[j - a->n_directions].column;
        if (audit->sheet.effective[column] > 0) {
            run.choice[n++] = (mera_audit_choice){
                .id = "without",
                .column = column,
                .shift = {.mean = NAN, .max = NAN, .unit = SIZE_MAX, .spearman = NAN}};
        }
    }
    MERA_TRY(mera_again_each(audit->again, n, without_one, &run));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(without_findings(audit, &run.choice[i]));
    }
    audit->audit->without = run.choice;
    audit->audit->n_without = n;
    return MERA_OK;
}
