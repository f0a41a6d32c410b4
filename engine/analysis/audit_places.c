/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Audit 6 and 12: what directions say that the index does not, and how many pairs of units are
 * ordered by dominance, whatever the weights.
 */
#include "analysis/audit.h"
#include "base/math.h"

static mera_code places_direction(audit_run *run, mera_audit_direction *out)
{
    const size_t n = run->result->n_units;
    const double *rank = run->result->node[out->column].rank + run->audit->period * n;
    const double far = run->audit->shift_places;
    MERA_TRY(mera_audit_shift(run, rank, run->arena, &out->shift));
    for (size_t i = 0; i < n; i++) {
        out->n_far += fabs(rank[i] - run->rank[i]) >= far;
    }
    out->far = out->shift.n > 0 ? (double)out->n_far / (double)out->shift.n : NAN;
    mera_audit_finding finding = mera_audit_said(MERA_LIMIT_added_value, out->far);
    finding.column = out->column;
    finding.node = 0;
    finding.count = out->n_far;
    /* among few units hardly any can be so far apart */
    return (double)out->shift.n > 2 * far ? mera_audit_look(run, finding) : MERA_OK;
}

static mera_code places_dominance(audit_run *run)
{
    const double **x;
    mera_columns columns = {.n = run->sheet.n};
    MERA_TRY_NEW(x, run->arena, run->audit->n_indicators);
    for (size_t i = 0; i < run->audit->n_indicators; i++) {
        if (run->sheet.effective[run->audit->indicator[i].column] > 0) {
            x[columns.k++] = run->sheet.x[run->audit->indicator[i].column];
        }
    }
    columns.x = x;
    return mera_dominance_of(&columns, run->arena, &run->audit->dominance);
}

mera_code mera_audit_places(audit_run *run)
{
    const mera_node *root = &run->m->node[0];
    mera_audit_direction *direction;
    MERA_TRY_NEW(direction, run->arena, root->n_children);
    run->audit->direction = direction;
    for (size_t j = 0; j < root->n_children && root->n_children > 1; j++) {
        if (!root->child[j].is_indicator) {
            mera_audit_direction *one = &direction[run->audit->n_directions++];
            one->column = root->child[j].index;
            MERA_TRY(places_direction(run, one));
        }
    }
    return places_dominance(run);
}
