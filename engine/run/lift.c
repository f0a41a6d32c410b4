/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Values put in place of what there is (mera_lift): columns of the data are copied with them, so
 * that a score is what the changed file would give; raw values of derived indicators are replaced
 * once they are made.
 */
#include <string.h>

#include "run/lift.h"

static run_patch *lift_patch(const run_score *s, const mera_column *column)
{
    for (size_t i = 0; i < s->n_patches; i++) {
        if (s->patch[i].column == column) {
            return &s->patch[i];
        }
    }
    return NULL;
}

static mera_code lift_copy(run_score *s, const mera_column *column, run_patch **out)
{
    const size_t n = s->plan->data->n_periods * s->plan->n_units;
    run_patch *patch = &s->patch[s->n_patches];
    MERA_TRY_NEW(patch->value, s->arena, n);
    MERA_TRY_NEW(patch->state, s->arena, n);
    memcpy(patch->value, column->value, n * sizeof *patch->value);
    memcpy(patch->state, column->state, n);
    patch->column = column;
    s->n_patches++;
    *out = patch;
    return MERA_OK;
}

mera_code mera_run_patch(run_score *s)
{
    if (s->with->n_lifts == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(s->patch, s->arena, s->with->n_lifts);
    for (size_t i = 0; i < s->with->n_lifts; i++) {
        const mera_lift *lift = &s->with->lift[i];
        const mera_column *column = s->plan->indicator[lift->indicator].column;
        const size_t cell = s->plan->work_period[lift->period] * s->plan->n_units + lift->unit;
        run_patch *patch = lift_patch(s, column);
        if (column == NULL) {
            continue; /* a derived indicator */
        }
        MERA_TRY(patch == NULL ? lift_copy(s, column, &patch) : MERA_OK);
        patch->value[cell] = lift->value;
        patch->state[cell] = MERA_OBSERVED;
    }
    return MERA_OK;
}

mera_code mera_run_lift(run_score *s, size_t indicator)
{
    const size_t n = s->plan->n_work * s->plan->n_units;
    run_cells *cells = &s->cells[indicator];
    double *y = NULL;
    for (size_t i = 0; i < s->with->n_lifts; i++) {
        const mera_lift *lift = &s->with->lift[i];
        const size_t cell = lift->period * s->plan->n_units + lift->unit;
        if (lift->indicator != indicator || s->plan->indicator[indicator].column != NULL) {
            continue;
        }
        if (y == NULL) {
            MERA_TRY_NEW(y, s->arena, n);
            memcpy(y, cells->stage[MERA_STAGE_RAW], n * sizeof *y);
            cells->stage[MERA_STAGE_RAW] = y;
        }
        y[cell] = lift->value;
        cells->state[cell] = MERA_DERIVED | MERA_OBSERVED;
    }
    return MERA_OK;
}

const double *mera_run_column_value(const run_score *s, const mera_column *column)
{
    const run_patch *patch = lift_patch(s, column);
    return patch != NULL ? patch->value : column->value;
}

const uint8_t *mera_run_column_state(const run_score *s, const mera_column *column)
{
    const run_patch *patch = lift_patch(s, column);
    return patch != NULL ? patch->state : column->state;
}
