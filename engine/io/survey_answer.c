/* SPDX-License-Identifier: Apache-2.0 */
/** @file Answers of a survey: weights, words, numbers on a scale, and what is none of these. */
#include "base/math.h"
#include "io/survey.h"

/* Squares of weights and answers stay far from the ends of double. */
static const double survey_least = 1e-12, survey_most = 1e12;

/* The weight of the row; 0 when it does not count. */
mera_code survey_weight(read_file *f, survey_plan *plan, double *weight)
{
    uint8_t state = MERA_OBSERVED;
    const size_t bad = plan->weight.bad.n;
    *weight = 1;
    if (!plan->weighs) {
        return MERA_OK;
    }
    MERA_TRY(read_number_cell(f, &plan->weight, weight, &state));
    if (*weight == 0) {
        return IO_CASE(&f->table->findings, &plan->no_weight,
                       io_table_at(f->table, plan->weight.field),
                       "a sheet of weight 0: its answers do not count");
    }
    if (*weight >= survey_least && *weight <= survey_most) {
        return MERA_OK;
    }
    *weight = 0;
    if (plan->weight.bad.n > bad) {
        return MERA_OK; /* said already */
    }
    const mera_slice text = mera_slice_trim(f->table->csv.field[plan->weight.field]);
    io_findings *found = &f->table->findings;
    MERA_TRY(IO_CASE(found, &plan->bad_weight, io_table_at(f->table, plan->weight.field),
                     "the weight '%.*s' is not 0 or a number from %g to %g",
                     text.n > 60 ? 60 : (int)text.n, text.at, survey_least, survey_most));
    io_first_hint(found, &plan->bad_weight,
                  "'bad_numbers: missing' leaves such sheets out and counts them");
    return MERA_OK;
}

static bool survey_among(mera_slice text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mera_slice_eq(text, list[i])) {
            return true;
        }
    }
    return false;
}

static mera_code survey_outside(read_file *f, survey_question *q, mera_slice text)
{
    const mera_question *says = q->says;
    io_findings *found = &f->table->findings;
    const mera_at at = io_table_at(f->table, q->number.field);
    const int n = text.n > 60 ? 60 : (int)text.n;
    MERA_TRY(says->has_scale
                 ? IO_CASE(found, &q->outside, at,
                           "question '%s': the answer '%.*s' is outside the scale from %g to %g",
                           says->name, n, text.at, says->low, says->high)
                 : IO_CASE(found, &q->outside, at,
                           "question '%s': the answer '%.*s' is neither positive nor negative",
                           says->name, n, text.at));
    io_first_hint(
        found, &q->outside,
        "'bad_numbers: missing' takes such answers as missing and counts them; what means "
        "«no answer» is declared under 'missing'");
    return MERA_OK;
}

/* A word: *y is 1 or 0, or NaN when there is no answer. */
static mera_code survey_word(read_file *f, survey_question *q, double *y)
{
    const mera_question *says = q->says;
    const mera_slice text = mera_slice_trim(f->table->csv.field[q->number.field]);
    mera_reason reason = MERA_ABSENT;
    *y = NAN;
    if (survey_among(text, says->positive, says->n_positive)) {
        *y = 1;
    } else if (survey_among(text, says->negative, says->n_negative)) {
        *y = 0;
    } else if (text.n == 0 || io_is_mark(&f->table->rules, text, &reason)) {
        q->number.n_missing++;
    } else if (says->n_negative > 0) {
        return survey_outside(f, q, text);
    } else {
        *y = 0;
    }
    return MERA_OK;
}

/* A number on a scale, counted from its low end so that sums of squares lose nothing. */
static mera_code survey_number(read_file *f, survey_question *q, double *y)
{
    const mera_question *says = q->says;
    uint8_t state = MERA_OBSERVED;
    double x = 0;
    MERA_TRY(read_number_cell(f, &q->number, &x, &state));
    *y = NAN;
    if (isnan(x)) {
        return MERA_OK;
    }
    if (x < says->low || x > says->high) {
        return survey_outside(f, q, mera_slice_trim(f->table->csv.field[q->number.field]));
    }
    *y = x - says->low;
    for (size_t i = 0; i < says->n_positive; i++) {
        if (x == q->yes[i]) {
            *y = 1;
            return MERA_OK;
        }
    }
    *y = says->n_positive > 0 ? 0 : *y;
    return MERA_OK;
}

mera_code survey_answer(read_file *f, survey_plan *plan, size_t i, double weight,
                        survey_stratum *stratum, survey_cluster *cluster)
{
    survey_question *q = &plan->question[i];
    double y = NAN;
    MERA_TRY(q->says->has_scale ? survey_number(f, q, &y) : survey_word(f, q, &y));
    if (isnan(y) || weight == 0) {
        return MERA_OK;
    }
    survey_add(&stratum->sums[i], weight, y);
    if (cluster == NULL) {
        survey_add_psu(&stratum->sums[i], weight, weight * y);
        return MERA_OK;
    }
    cluster->a[i] += weight;
    cluster->b[i] += weight * y;
    cluster->n[i]++;
    return MERA_OK;
}
