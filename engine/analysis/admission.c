/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The questions of admission. Coverage is the share of units with a raw value; redundancy the
 * largest correlation of points with those of a core indicator; discrimination how many units share
 * the commonest value.
 */
#include "analysis/admission.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double *admission_stage(const mera_result *r, size_t indicator, mera_stage stage,
                                     size_t period)
{
    return r->indicator[indicator].stage[stage] + period * r->n_units;
}

static void admission_add(mera_admission_of *of, mera_admission_item item)
{
    of->item[of->n_items++] = item;
}

static mera_verdict admission_above(double x, double warns, double refuses)
{
    return x > refuses ? MERA_VERDICT_REFUSED : x > warns ? MERA_VERDICT_WARNING : MERA_VERDICT_OK;
}

/* ---- one indicator ----------------------------------------------------------------------- */

static void admission_coverage(const mera_admission *a, mera_admission_of *of, size_t *present)
{
    const double *x = admission_stage(a->result, of->indicator, MERA_STAGE_DENOMINATED, a->period);
    const mera_admission_rules *limits = &a->result->methodology->admission;
    const size_t n = a->result->n_units;
    mera_admission_item item = {.question = MERA_ASK_COVERAGE};

    for (size_t i = 0; i < n; i++) {
        item.count += isnan(x[i]) ? 0 : 1;
    }
    *present = item.count;
    item.number = (double)item.count / (double)n;
    if (item.number < limits->coverage_refuses || (double)item.count < limits->units_refuse) {
        item.verdict = MERA_VERDICT_REFUSED;
    } else if (item.number < limits->coverage_warns) {
        item.verdict = MERA_VERDICT_WARNING;
    }
    admission_add(of, item);
}

/* Pearson's r over the units at which both are present. */
static double admission_r(const double *x, const double *y, size_t n)
{
    double k = 0, mx = 0, my = 0, xx = 0, yy = 0, xy = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i]) && !isnan(y[i])) {
            mx += x[i];
            my += y[i];
            k++;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i]) && !isnan(y[i])) {
            xx += (x[i] - mx / k) * (x[i] - mx / k);
            yy += (y[i] - my / k) * (y[i] - my / k);
            xy += (x[i] - mx / k) * (y[i] - my / k);
        }
    }
    return k > 2 && xx > 0 && yy > 0 ? xy / (sqrt(xx) * sqrt(yy)) : NAN;
}

static bool admission_is_fresh(const mera_result *r, size_t indicator)
{
    for (size_t f = 0; f < r->n_fresh; f++) {
        if (r->fresh[f] == indicator) {
            return true;
        }
    }
    return false;
}

static void admission_redundancy(const mera_admission *a, mera_admission_of *of)
{
    const mera_result *r = a->result;
    const double *x = admission_stage(r, of->indicator, MERA_STAGE_NORMALISED, a->period);
    size_t nearest = SIZE_MAX;
    double most = NAN;

    for (size_t k = 0; k < r->methodology->n_indicators; k++) {
        if (!admission_is_fresh(r, k) && !r->indicator[k].screened_out) {
            const double one =
                admission_r(x, admission_stage(r, k, MERA_STAGE_NORMALISED, a->period), r->n_units);

            if (!isnan(one) && (nearest == SIZE_MAX || fabs(one) > fabs(most))) {
                most = one;
                nearest = k;
            }
        }
    }
    const mera_admission_rules *limits = &r->methodology->admission;
    const mera_verdict verdict =
        admission_above(fabs(most), limits->redundancy_warns, limits->redundancy_refuses);

    admission_add(of,
                  (mera_admission_item){
                      .question = MERA_ASK_REDUNDANCY,
                      .verdict = nearest == SIZE_MAX ? MERA_VERDICT_OK : verdict,
                      .number = most,
                      .name = nearest == SIZE_MAX ? NULL : r->methodology->indicator[nearest].id});
}

static int admission_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static mera_code admission_discrimination(const mera_admission *a, size_t present,
                                          mera_arena *arena, mera_admission_of *of)
{
    const double *x = admission_stage(a->result, of->indicator, MERA_STAGE_DENOMINATED, a->period);
    size_t n = 0, run = 0, longest = 0, distinct = 0;
    double *sorted, share;

    MERA_TRY_NEW(sorted, arena, present);
    for (size_t i = 0; i < a->result->n_units; i++) {
        if (!isnan(x[i])) {
            sorted[n++] = x[i];
        }
    }
    qsort(sorted, n, sizeof *sorted, admission_order);
    for (size_t i = 0; i < n; i++) {
        const bool again = i > 0 && sorted[i] == sorted[i - 1];

        run = again ? run + 1 : 1;
        distinct += again ? 0 : 1;
        longest = run > longest ? run : longest;
    }
    share = n > 0 ? (double)longest / (double)n : 1;
    const mera_admission_rules *limits = &a->result->methodology->admission;

    admission_add(of,
                  (mera_admission_item){.question = MERA_ASK_DISCRIMINATION,
                                        .verdict = admission_above(share, limits->commonest_warns,
                                                                   limits->commonest_refuses),
                                        .number = share,
                                        .count = distinct});
    return MERA_OK;
}

static void admission_said(const mera_admission *a, mera_admission_of *of)
{
    const mera_indicator *ind = &a->result->methodology->indicator[of->indicator];
    const bool unit = ind->unit != NULL && ind->unit[0] != '\0';

    admission_add(of,
                  (mera_admission_item){.question = MERA_ASK_UNIT,
                                        .verdict = unit ? MERA_VERDICT_OK : MERA_VERDICT_REFUSED,
                                        .number = NAN,
                                        .name = unit ? ind->unit : NULL});
    admission_add(of, (mera_admission_item){.question = MERA_ASK_DIRECTION, .number = NAN});
}

/* ---- places ------------------------------------------------------------------------------ */

typedef struct admission_place {
    double score;
    size_t unit;
} admission_place;

static int admission_best_first(const void *a, const void *b)
{
    const admission_place *p = a, *q = b;

    return p->score > q->score ? -1 : p->score < q->score ? 1 : 0;
}

/* Places among the units in `list`, equal scores sharing the best of theirs. */
static void admission_rank(admission_place *list, size_t n, bool lower_is_better, double *place)
{
    for (size_t i = 0; lower_is_better && i < n; i++) {
        list[i].score = -list[i].score;
    }
    qsort(list, n, sizeof *list, admission_best_first);
    for (size_t i = 0, first = 0; i < n; i++) {
        first = i > 0 && list[i].score == list[i - 1].score ? first : i;
        place[list[i].unit] = (double)first + 1;
    }
}

/* The core is ranked anew among the units that have both scores: else who lacks data would move. */
static mera_code admission_places(mera_admission *a, mera_arena *arena)
{
    const mera_result *r = a->result;
    const size_t n = r->n_units;
    const double *score = r->node[0].score + a->period * n;
    const double *core = r->core->node[0].score + a->period * n;
    admission_place *list;
    double *before, *after;
    size_t both = 0;

    MERA_TRY_NEW(list, arena, 2 * n);
    MERA_TRY_NEW(before, arena, n);
    MERA_TRY_NEW(after, arena, n);
    for (size_t i = 0; i < n; i++) {
        a->n_core += isnan(core[i]) ? 0 : 1;
        a->n_units += isnan(score[i]) ? 0 : 1;
        if (!isnan(core[i]) && !isnan(score[i])) {
            list[both] = (admission_place){core[i], i};
            list[n + both++] = (admission_place){score[i], i};
        }
    }
    admission_rank(list, both, r->core->methodology->node[0].lower_is_better, before);
    admission_rank(list + n, both, r->methodology->node[0].lower_is_better, after);
    a->mean_shift = both > 0 ? 0 : NAN;
    a->max_shift = both > 0 ? 0 : NAN;
    for (size_t k = 0; k < both; k++) {
        const double shift = fabs(after[list[k].unit] - before[list[k].unit]);

        a->mean_shift += shift / (double)both;
        if (shift > a->max_shift) {
            a->max_shift = shift;
            a->max_unit = list[k].unit;
        }
    }
    return MERA_OK;
}

mera_code mera_admission_of_overlay(const mera_result *result, size_t period, mera_arena *arena,
                                    mera_admission *out)
{
    *out = (mera_admission){.result = result, .period = period, .n = result->n_fresh};
    MERA_TRY_NEW(out->of, arena, out->n);
    for (size_t f = 0; f < out->n; f++) {
        mera_admission_of *of = &out->of[f];
        size_t present;

        of->indicator = result->fresh[f];
        admission_coverage(out, of, &present);
        admission_redundancy(out, of);
        MERA_TRY(admission_discrimination(out, present, arena, of));
        admission_said(out, of);
        for (size_t i = 0; i < of->n_items; i++) {
            out->refused = out->refused || of->item[i].verdict == MERA_VERDICT_REFUSED;
        }
    }
    return admission_places(out, arena);
}
