/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What surrounds a call of an operation: slices of columns, directed goalposts, records of fits,
 * frames of errors, the one canonical NaN.
 */
#include "base/math.h"
#include "run/internal.h"
#include "run/lift.h"

#include <string.h>

const double *mera_run_slice(const run_score *s, const run_source *source, size_t period)
{
    const mera_plan *plan = s->plan;

    if (source->column != NULL) {
        return mera_run_column_value(s, source->column) + plan->work_period[period] * plan->n_units;
    }
    if (source->indicator == SIZE_MAX) {
        return NULL; /* a COLUMN parameter that was not given */
    }
    return s->cells[source->indicator].stage[MERA_STAGE_RAW] + period * plan->n_units;
}

const uint8_t *mera_run_state_slice(const run_score *s, const run_source *source, size_t period)
{
    const mera_plan *plan = s->plan;

    if (source->column != NULL) {
        return mera_run_column_state(s, source->column) + plan->work_period[period] * plan->n_units;
    }
    if (source->indicator == SIZE_MAX) {
        return NULL;
    }
    return s->cells[source->indicator].state + period * plan->n_units;
}

mera_op_ctx mera_run_ctx(const run_score *s, const run_job *job, const run_subject *subject,
                         const mera_use *use)
{
    return (mera_op_ctx){.diags = job->diags,
                         .at = use->at,
                         .arena = job->scratch,
                         .subject = subject->text,
                         .direction = subject->direction,
                         .goalpost = {subject->goalpost[0], subject->goalpost[1]},
                         .seed = s->plan->methodology->seed};
}

mera_code mera_run_within(mera_diags *diags, mera_code rc, const mera_use *use,
                          const run_subject *subject, const char *where)
{
    if (rc == MERA_ENOMEM || mera_diags_size(diags) == 0) {
        return rc;
    }
    return mera_within(diags, rc, use->at, "in step '%s' of %s%s", use->op->name, subject->text,
                       where);
}

mera_code mera_run_record_fit(run_job *job, const run_subject *subject, const run_use *use,
                              const char *group, const char *period, const mera_fitted *fitted,
                              size_t n_reference)
{
    run_fit_link *link;

    MERA_TRY_NEW(link, job->keep, 1);
    link->record = (mera_fit_record){.indicator = subject->indicator,
                                     .node = subject->node,
                                     .step = use->use->op->step,
                                     .op = use->use->op,
                                     .params = use->use->params,
                                     .nth = use->nth,
                                     .child = subject->child,
                                     .group = group,
                                     .period = period,
                                     .fitted = {.n = fitted->n},
                                     .n_reference = n_reference};
    MERA_TRY_NEW(link->record.fitted.v, job->keep, fitted->n);
    if (fitted->n > 0) {
        memcpy(link->record.fitted.v, fitted->v, fitted->n * sizeof *fitted->v);
    }
    *job->last = link;
    job->last = &link->next;
    job->n_fits++;
    return MERA_OK;
}

size_t mera_run_clean(double *y, const double *before, size_t n)
{
    size_t lost = 0;

    for (size_t i = 0; i < n; i++) {
        const bool finite = fabs(y[i]) <= 1.7976931348623157e308;

        lost += (size_t)(!finite && (before == NULL || !isnan(before[i])));
        y[i] = finite ? y[i] : NAN;
    }
    return lost;
}

size_t mera_run_count_missing(const double *x, size_t n)
{
    size_t missing = 0;

    for (size_t i = 0; i < n; i++) {
        missing += isnan(x[i]) ? 1 : 0;
    }
    return missing;
}
