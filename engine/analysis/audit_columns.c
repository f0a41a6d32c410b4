/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Audit 1 and 2: what data there are, and what their distributions look like before and after
 * treatment. Screened units and indicators take no part.
 */
#include "analysis/audit.h"
#include "base/math.h"

/** The same columns at the stages that are compared. */
typedef struct columns_stages {
    mera_sheet before_gaps, imputed, treated;
} columns_stages;

static mera_code columns_read(const audit_run *run, columns_stages *out)
{
    const size_t period = run->audit->period;
    MERA_TRY(
        mera_sheet_of(run->result, period, MERA_STAGE_DENOMINATED, run->arena, &out->before_gaps));
    MERA_TRY(mera_sheet_of(run->result, period, MERA_STAGE_IMPUTED, run->arena, &out->imputed));
    return mera_sheet_of(run->result, period, MERA_STAGE_TREATED, run->arena, &out->treated);
}

static void columns_count(const audit_run *run, const columns_stages *stages,
                          mera_audit_indicator *out)
{
    const size_t n = run->sheet.n, first = run->audit->period * n;
    const uint8_t *state = run->result->indicator[out->column - run->sheet.n_nodes].state + first;
    for (size_t i = 0; i < n; i++) {
        if (run->stays[i]) {
            out->n_missing += isnan(stages->before_gaps.x[out->column][i]);
            out->n_imputed += (state[i] & MERA_IMPUTED) != 0;
            out->n_treated += (state[i] & MERA_TREATED) != 0;
        }
    }
    out->missing_share =
        run->audit->n_units > 0 ? (double)out->n_missing / (double)run->audit->n_units : NAN;
}

static mera_audit_finding columns_said(mera_limit_id limit, const mera_audit_indicator *ind,
                                       const audit_run *run, double number)
{
    mera_audit_finding finding = mera_audit_said(limit, number);
    finding.column = ind->column;
    finding.node = run->sheet.parent[ind->column];
    return finding;
}

/** Both beyond their limits; where one is not looked at the other speaks alone. */
static mera_code columns_shape(audit_run *run, const mera_audit_indicator *ind)
{
    const double skewness = fabs(ind->after.skewness), kurtosis = ind->after.kurtosis;
    const double most = run->rules->limit[MERA_LIMIT_skewness].value;
    const double tail = run->rules->limit[MERA_LIMIT_kurtosis].value;
    if (isnan(most)) {
        return mera_audit_look(run, columns_said(MERA_LIMIT_kurtosis, ind, run, kurtosis));
    }
    if (kurtosis > tail || isnan(tail)) {
        return mera_audit_look(run, columns_said(MERA_LIMIT_skewness, ind, run, skewness));
    }
    return MERA_OK;
}

static mera_code columns_one(audit_run *run, const columns_stages *stages,
                             mera_audit_indicator *ind)
{
    const size_t n = run->sheet.n;
    mera_column_statistics given;
    columns_count(run, stages, ind);
    MERA_TRY(mera_statistics_of(stages->before_gaps.x[ind->column], n, run->arena, &given));
    MERA_TRY(mera_statistics_of(stages->imputed.x[ind->column], n, run->arena, &ind->before));
    MERA_TRY(mera_statistics_of(stages->treated.x[ind->column], n, run->arena, &ind->after));
    ind->same_share = given.n_present > 0 ? (double)given.n_same / (double)given.n_present : NAN;
    MERA_TRY(
        mera_audit_look(run, columns_said(MERA_LIMIT_missing_share, ind, run, ind->missing_share)));
    if (given.n_present > 1) {
        MERA_TRY(
            mera_audit_look(run, columns_said(MERA_LIMIT_same_share, ind, run, ind->same_share)));
    }
    return columns_shape(run, ind);
}

/** Units whose data are poor, in one finding: there may be many. */
static mera_code columns_units(audit_run *run, const columns_stages *stages)
{
    mera_audit *audit = run->audit;
    const double most = run->rules->limit[MERA_LIMIT_unit_missing_share].value;
    audit->poorest = SIZE_MAX;
    audit->poorest_share = NAN;
    for (size_t i = 0; i < run->sheet.n && audit->n_indicators > 0; i++) {
        size_t missing = 0;
        for (size_t j = 0; j < audit->n_indicators && run->stays[i]; j++) {
            missing += isnan(stages->before_gaps.x[audit->indicator[j].column][i]);
        }
        const double share = (double)missing / (double)audit->n_indicators;
        if (run->stays[i] && !(share <= audit->poorest_share)) {
            audit->poorest = i;
            audit->poorest_share = share;
        }
        audit->n_poor_units += share > most;
    }
    mera_audit_finding finding =
        mera_audit_said(MERA_LIMIT_unit_missing_share, audit->poorest_share);
    finding.unit = audit->poorest;
    finding.count = audit->n_poor_units;
    return mera_audit_look(run, finding);
}

mera_code mera_audit_columns(audit_run *run)
{
    columns_stages stages;
    mera_audit_indicator *ind;
    MERA_TRY(columns_read(run, &stages));
    MERA_TRY_NEW(ind, run->arena, run->m->n_indicators);
    run->audit->indicator = ind;
    for (size_t c = run->sheet.n_nodes; c < run->sheet.k; c++) {
        if (mera_audit_counts(run, c)) {
            ind[run->audit->n_indicators].column = c;
            MERA_TRY(columns_one(run, &stages, &ind[run->audit->n_indicators++]));
        }
    }
    return columns_units(run, &stages);
}
