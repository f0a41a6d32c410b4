/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What of a change may be error of the data: each value whose standard error the methodology tells
 * (`uncertainty: factors: noise`) is moved by it at both ends, and the index scored with it.
 * Errors of different values and periods are taken to be independent.
 */
#include "analysis/change_play.h"
#include "base/math.h"
#include "run/what_if.h"

/** 97.5 % of a normal distribution lie below so many standard deviations. */
static const double noise_reach = 1.959963984540054;

/** The standard error of a raw value; NaN = not known. */
static double noise_error(const mera_changed_end *end, size_t indicator, size_t unit)
{
    const mera_result *result = end->result;
    const mera_uncertainty *u = &result->methodology->uncertainty;
    for (size_t f = 0; f < u->n_factors; f++) {
        for (size_t i = 0; u->factor[f].kind == MERA_FACTOR_NOISE && i < u->factor[f].n_noise;
             i++) {
            const mera_noise *noise = &u->factor[f].noise[i];
            const mera_column *column =
                noise->column != NULL ? mera_dataset_column(result->data, noise->column) : NULL;
            if (noise->indicator != indicator) {
                continue;
            }
            if (column == NULL) {
                return noise->error;
            }
            const double error =
                column->value[result->data_period[end->period] * result->n_units + unit];
            return isnan(error) ? 0 : error; /* without an error a datum counts as exact */
        }
    }
    return NAN;
}

/** How far one standard error moves the index at one end; NaN = not known. */
static mera_code noise_at(const mera_changed_end *end, size_t indicator, size_t unit,
                          mera_arena *arena, double *out)
{
    const mera_result *result = end->result;
    const size_t cell = end->period * result->n_units + unit;
    const mera_indicator_result *ind = &result->indicator[indicator];
    const double raw = ind->stage[MERA_STAGE_RAW][cell];
    const double value = ind->stage[MERA_STAGE_IMPUTED][cell];
    const double scale = ind->stage[MERA_STAGE_DENOMINATED][cell] / raw;
    const double error = noise_error(end, indicator, unit) * (raw != 0 ? fabs(scale) : 1);
    double points, moved, other;
    mera_what_if *w;
    *out = NAN;
    if (isnan(error) || isnan(value) || (ind->state[cell] & MERA_IMPUTED) != 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_what_if_new(end->plan, result, unit, end->period, arena, &w));
    MERA_TRY(mera_what_if_points(w, indicator, value + error, &points));
    MERA_TRY(mera_what_if_score(w, 0, indicator, points, unit, &moved, &other));
    *out = fabs(moved - result->node[0].score[cell]);
    return MERA_OK;
}

/** Of one indicator, both ends together: a variance in points of the index; NaN = not known. */
static mera_code noise_of(const play *p, size_t unit, const mera_changed_part *part,
                          mera_arena *arena, double *variance)
{
    double at[2] = {NAN, NAN};
    for (size_t e = 0; e < 2; e++) {
        if (part->indicator[e] != SIZE_MAX) {
            MERA_TRY(noise_at(&p->end[e], part->indicator[e], p->unit_of[e][unit], arena, &at[e]));
        }
    }
    *variance = at[0] * at[0] + at[1] * at[1];
    return MERA_OK;
}

mera_code mera_play_noise(const play *p, size_t unit, mera_changed_part *part, double *all,
                          mera_arena *arena)
{
    double sum = 0;
    bool known = false;
    for (size_t k = 0; k < p->n_parts; k++) {
        double variance;
        MERA_TRY(noise_of(p, unit, &part[k], arena, &variance));
        part[k].noise = noise_reach * sqrt(variance);
        sum += isnan(variance) ? 0 : variance;
        known = known || !isnan(variance);
    }
    *all = known ? noise_reach * sqrt(sum) : NAN;
    return MERA_OK;
}
