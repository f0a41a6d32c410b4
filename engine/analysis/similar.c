/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units that can be compared with one (mera/similar.h). */
#include "mera/similar.h"

#include <stdlib.h>

#include "base/math.h"

typedef struct similar_run {
    const mera_plan *plan;
    const mera_result *result;
    const mera_similar_rules *rules;
    size_t unit, period, shift;
    mera_arena *arena;
    mera_diags *diags;
    bool *in;          /**< per unit: still comparable */
    double *distance;  /**< per unit: sum of weighted squares, then its root */
    double *weight;    /**< per unit: of columns that both have */
    double all_weight; /**< of columns that the unit has */
    mera_similar *out;
} similar_run;

static bool similar_scored(const similar_run *run, size_t i)
{
    return !isnan(run->result->node[0].score[run->shift + i]);
}

static size_t similar_count(const similar_run *run)
{
    size_t n = 0;
    for (size_t i = 0; i < run->result->n_units; i++) {
        n += run->in[i];
    }
    return n;
}

/* ---- groups ---- */

/** Keeps those of the unit's group; a unit without a group has all. */
static void similar_group(similar_run *run, const char *grouping, const char **ids,
                          const char **labels)
{
    mera_text_list names;
    const int32_t *code = mera_plan_groups(run->plan, grouping, &names);
    if (code == NULL || code[run->shift + run->unit] < 0) {
        return;
    }
    const int32_t own = code[run->shift + run->unit];
    for (size_t i = 0; i < run->result->n_units; i++) {
        run->in[i] = run->in[i] && code[run->shift + i] == own;
    }
    ids[run->out->n_groups] = grouping;
    labels[run->out->n_groups++] = names.v[own];
}

static void similar_everybody(similar_run *run)
{
    for (size_t i = 0; i < run->result->n_units; i++) {
        run->in[i] = i != run->unit && similar_scored(run, i);
    }
}

static mera_code similar_groups(similar_run *run)
{
    const mera_methodology *m = run->result->methodology;
    const bool within = !run->rules->said && m->rank_within != NULL;
    const size_t n = within ? 1 : run->rules->n_by;
    const char **ids, **labels;
    MERA_TRY_NEW(ids, run->arena, n);
    MERA_TRY_NEW(labels, run->arena, n);
    similar_everybody(run);
    for (size_t g = 0; g < n; g++) {
        similar_group(run, within ? m->rank_within : run->rules->by[g], ids, labels);
    }
    run->out->grouping = ids;
    run->out->group = labels;
    run->out->how = run->out->n_groups > 0 ? MERA_SIMILAR_GROUPS : MERA_SIMILAR_ALL;
    if (run->out->n_groups > 0 && similar_count(run) < run->rules->least) {
        similar_everybody(run);
        run->out->how = MERA_SIMILAR_WIDENED;
    }
    return MERA_OK;
}

/* ---- nearness ---- */

/** The column of the period; NULL and a problem when the data have none. */
static const double *similar_column(const similar_run *run, const mera_near *near)
{
    const mera_result *r = run->result;
    const size_t k = mera_methodology_indicator(r->methodology, near->column);
    if (k != SIZE_MAX) {
        return r->indicator[k].stage[MERA_STAGE_RAW] + run->shift;
    }
    const mera_column *column = mera_dataset_column(r->data, near->column);
    if (column != NULL) {
        return column->value + r->data_period[run->period] * r->n_units;
    }
    mera_fail(run->diags, MERA_EINPUT, "missing-column", near->at,
              "the data have no column '%s', in which similar units are to be near", near->column);
    mera_hint(run->diags, "name a column of the data that holds numbers, or an indicator");
    return NULL;
}

/** Values to take differences of; what has no logarithm is missing. */
static double similar_value(const mera_near *near, double x)
{
    return !near->log ? x : x > 0 ? mera_log(x) : NAN;
}

/** The standard deviation over all units with a score. */
static double similar_spread(const similar_run *run, const mera_near *near, const double *x)
{
    double sum = 0, square = 0, n = 0;
    for (size_t i = 0; i < run->result->n_units; i++) {
        const double v = similar_scored(run, i) ? similar_value(near, x[i]) : NAN;
        sum += isnan(v) ? 0 : v;
        n += !isnan(v);
    }
    for (size_t i = 0; i < run->result->n_units; i++) {
        const double v = similar_scored(run, i) ? similar_value(near, x[i]) : NAN;
        square += isnan(v) ? 0 : (v - sum / n) * (v - sum / n);
    }
    return n > 1 ? sqrt(square / n) : 0;
}

static mera_code similar_add(similar_run *run, const mera_near *near)
{
    const double *x = similar_column(run, near);
    if (x == NULL) {
        return MERA_EINPUT;
    }
    const double own = similar_value(near, x[run->unit]), sd = similar_spread(run, near, x);
    if (isnan(own) || !(sd > 0)) {
        return MERA_OK; /* says nothing about this unit */
    }
    run->all_weight += near->weight;
    for (size_t i = 0; i < run->result->n_units; i++) {
        const double gap = (similar_value(near, x[i]) - own) / sd;
        if (!isnan(gap)) {
            run->distance[i] += near->weight * gap * gap;
            run->weight[i] += near->weight;
        }
    }
    return MERA_OK;
}

/** A unit at a distance. */
typedef struct similar_at {
    double distance;
    size_t unit;
} similar_at;

static int similar_compare(const void *a, const void *b)
{
    const similar_at *x = a, *y = b;
    return x->distance != y->distance ? (x->distance > y->distance) - (x->distance < y->distance)
                                      : (x->unit > y->unit) - (x->unit < y->unit);
}

static mera_code similar_nearest(similar_run *run)
{
    const size_t n_units = run->result->n_units;
    similar_at *at;
    size_t n = 0;
    mera_code code = MERA_OK;
    MERA_TRY_NEW(run->distance, run->arena, n_units);
    MERA_TRY_NEW(run->weight, run->arena, n_units);
    MERA_TRY_NEW(at, run->arena, n_units);
    for (size_t c = 0; c < run->rules->n_near; c++) {
        const mera_code one = similar_add(run, &run->rules->near[c]);
        code = code == MERA_OK ? one : code;
    }
    MERA_TRY(code);
    for (size_t i = 0; run->all_weight > 0 && i < n_units; i++) {
        if (run->in[i] && 2 * run->weight[i] >= run->all_weight) {
            at[n++] = (similar_at){sqrt(run->distance[i] / run->weight[i]), i};
        }
    }
    if (run->all_weight == 0) { /* nothing is known of the unit: its groups have to do */
        return MERA_OK;
    }
    qsort(at, n, sizeof *at, similar_compare);
    n = n < run->rules->k ? n : run->rules->k;
    size_t *unit;
    double *distance;
    MERA_TRY_NEW(unit, run->arena, n);
    MERA_TRY_NEW(distance, run->arena, n);
    for (size_t i = 0; i < n; i++) {
        unit[i] = at[i].unit;
        distance[i] = at[i].distance;
    }
    run->out->n = n;
    run->out->unit = unit;
    run->out->distance = distance;
    return MERA_OK;
}

/* ---- the set ---- */

mera_code mera_similar_of(const mera_plan *plan, const mera_result *result, size_t unit,
                          size_t period, mera_arena *arena, mera_diags *diags, mera_similar *out)
{
    similar_run run = {.plan = plan,
                       .result = result,
                       .rules = &result->methodology->similar,
                       .unit = unit,
                       .period = period,
                       .shift = period * result->n_units,
                       .arena = arena,
                       .diags = diags,
                       .out = out};
    size_t *all;
    *out = (mera_similar){0};
    if (unit >= result->n_units || period >= result->n_periods) {
        return mera_fail(diags, MERA_EUSAGE, "out-of-range", MERA_NOWHERE,
                         "unit %zu, period %zu: the result has %zu and %zu", unit, period,
                         result->n_units, result->n_periods);
    }
    MERA_TRY_NEW(run.in, arena, result->n_units);
    MERA_TRY(similar_groups(&run));
    if (run.rules->n_near > 0) {
        MERA_TRY(similar_nearest(&run));
    }
    if (out->distance != NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(all, arena, result->n_units);
    for (size_t i = 0; i < result->n_units; i++) {
        if (run.in[i]) {
            all[out->n++] = i;
        }
    }
    out->unit = all;
    return MERA_OK;
}
