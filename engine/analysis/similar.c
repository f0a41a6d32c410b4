/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units that can be compared with one (mera/similar.h). */
#include "analysis/similar.h"

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

/** Keeps those of the unit's cluster; a unit in none has all. */
static mera_code similar_cluster(similar_run *run)
{
    mera_similar_clusters clusters;
    MERA_TRY(mera_similar_clusters_of(run->result, run->period, run->arena, run->diags, &clusters));
    const uint32_t own = clusters.of[run->unit];
    run->out->n_clusters = clusters.k;
    run->out->silhouette = clusters.silhouette;
    run->out->cluster = own;
    for (size_t i = 0; own > 0 && i < run->result->n_units; i++) {
        run->in[i] = run->in[i] && clusters.of[i] == own;
    }
    return MERA_OK;
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
    MERA_TRY(run->rules->clusters ? similar_cluster(run) : MERA_OK);
    const bool some = run->out->n_groups > 0 || run->out->cluster > 0;
    run->out->how = some ? MERA_SIMILAR_GROUPS : MERA_SIMILAR_ALL;
    if (some && similar_count(run) < run->rules->least) {
        similar_everybody(run);
        run->out->how = MERA_SIMILAR_WIDENED;
    }
    return MERA_OK;
}

/* ---- nearness ---- */

const double *mera_similar_column(const mera_result *result, size_t period, const mera_near *near,
                                  mera_diags *diags)
{
    const size_t k = mera_methodology_indicator(result->methodology, near->column);
    if (k != SIZE_MAX) {
        return result->indicator[k].stage[MERA_STAGE_RAW] + period * result->n_units;
    }
    const mera_column *column = mera_dataset_column(result->data, near->column);
    if (column != NULL) {
        return column->value + result->data_period[period] * result->n_units;
    }
    mera_fail(diags, MERA_EINPUT, "missing-column", near->at,
              "the data have no column '%s', in which similar units are to be near", near->column);
    mera_hint(diags, "name a column of the data that holds numbers, or an indicator");
    return NULL;
}

double mera_similar_value(const mera_near *near, double x)
{
    return !near->log ? x : x > 0 ? mera_log(x) : NAN;
}

void mera_similar_moments(const mera_result *result, size_t period, const mera_near *near,
                          const double *x, double out[2])
{
    const double *score = result->node[0].score + period * result->n_units;
    double sum = 0, square = 0, n = 0;
    for (size_t i = 0; i < result->n_units; i++) {
        const double v = isnan(score[i]) ? NAN : mera_similar_value(near, x[i]);
        sum += isnan(v) ? 0 : v;
        n += !isnan(v);
    }
    for (size_t i = 0; i < result->n_units; i++) {
        const double v = isnan(score[i]) ? NAN : mera_similar_value(near, x[i]);
        square += isnan(v) ? 0 : (v - sum / n) * (v - sum / n);
    }
    out[0] = n > 0 ? sum / n : 0;
    out[1] = n > 1 ? sqrt(square / n) : 0;
}

static mera_code similar_add(similar_run *run, const mera_near *near)
{
    const double *x = mera_similar_column(run->result, run->period, near, run->diags);
    double moments[2];
    if (x == NULL) {
        return MERA_EINPUT;
    }
    mera_similar_moments(run->result, run->period, near, x, moments);
    const double own = mera_similar_value(near, x[run->unit]), sd = moments[1];
    if (isnan(own) || !(sd > 0)) {
        return MERA_OK; /* says nothing about this unit */
    }
    run->all_weight += near->weight;
    for (size_t i = 0; i < run->result->n_units; i++) {
        const double gap = (mera_similar_value(near, x[i]) - own) / sd;
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
    if (run.rules->n_near > 0 && run.rules->k > 0) {
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
