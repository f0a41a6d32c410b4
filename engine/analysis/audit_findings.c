/* SPDX-License-Identifier: Apache-2.0 */
/** @file What every section of an audit does alike: a number looked at, places held against places.
 */
#include "analysis/audit.h"

#include "analysis/compare.h"
#include "base/grow.h"
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
    mera_audit_finding *grown =
        mera_grown(run->arena, run->finding, &run->room, run->n + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    run->finding = grown;
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
    MERA_TRY(audit_grow(run));
    finding.level = limit->level;
    finding.bound = limit->value;
    run->finding[run->n++] = finding;
    return MERA_OK;
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
