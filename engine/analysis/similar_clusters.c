/* SPDX-License-Identifier: Apache-2.0 */
/** @file Clusters of similar units (mera/similar.h). */
#include <stdlib.h>

#include "analysis/similar.h"
#include "base/math.h"
#include "mera/clusters.h"

enum { CLUSTERS_MOST_UNITS = 20000 };

typedef struct clusters_run {
    const mera_result *result;
    const mera_similar_rules *rules;
    size_t period, d;
    mera_arena *arena;
    mera_diags *diags;
    double *z;   /**< [unit * d + column] standardised and weighed; NaN = missing */
    size_t n;    /**< units with all columns */
    size_t *row; /**< their numbers */
    size_t k;
    uint32_t *cluster; /**< per row, from 0 */
    double silhouette;
    double *moments; /**< [2 * column] */
} clusters_run;

static bool clusters_scored(const clusters_run *c, size_t unit)
{
    return !isnan(c->result->node[0].score[c->period * c->result->n_units + unit]);
}

/** Standardises the columns; those that do not vary tell nothing and are 0. */
static mera_code clusters_columns(clusters_run *c)
{
    const size_t n_units = c->result->n_units;
    mera_code code = MERA_OK;
    MERA_TRY_NEW(c->z, c->arena, n_units * c->d);
    MERA_TRY_NEW(c->moments, c->arena, 2 * c->d);
    for (size_t j = 0; j < c->d; j++) {
        const mera_near *near = &c->rules->near[j];
        const double *x = mera_similar_column(c->result, c->period, near, c->diags);
        double *moments = &c->moments[2 * j];
        if (x == NULL) {
            code = MERA_EINPUT;
            continue;
        }
        mera_similar_moments(c->result, c->period, near, x, moments);
        for (size_t i = 0; i < n_units; i++) {
            const double gap = mera_similar_value(near, x[i]) - moments[0];
            c->z[i * c->d + j] =
                moments[1] > 0 || isnan(gap) ? gap / moments[1] * sqrt(near->weight) : 0;
        }
    }
    return code;
}

static mera_code clusters_refuse(const clusters_run *c, size_t least)
{
    if (c->n > CLUSTERS_MOST_UNITS) {
        const mera_code code = mera_fail(c->diags, MERA_EINPUT, "too-many", c->rules->clusters_at,
                                         "clusters of %zu units: at most %d can be clustered", c->n,
                                         CLUSTERS_MOST_UNITS);
        mera_hint(c->diags, "take 'near' with 'k' alone, or groups");
        return code;
    }
    if (c->n < least) {
        const mera_code code =
            mera_fail(c->diags, MERA_EINPUT, "too-few", c->rules->clusters_at,
                      "only %zu units with a score have all columns of 'near': too few for %zu "
                      "clusters",
                      c->n, least - 1);
        mera_hint(c->diags, "leave a column with gaps out of 'near', or ask for fewer clusters");
        return code;
    }
    return MERA_OK;
}

/** The points of units that have all columns. */
static mera_code clusters_rows(clusters_run *c, mera_points *points)
{
    double *x;
    MERA_TRY_NEW(c->row, c->arena, c->result->n_units);
    MERA_TRY_NEW(x, c->arena, c->result->n_units * c->d);
    for (size_t i = 0; i < c->result->n_units; i++) {
        bool all = clusters_scored(c, i);
        for (size_t j = 0; j < c->d; j++) {
            all = all && !isnan(c->z[i * c->d + j]);
        }
        for (size_t j = 0; all && j < c->d; j++) {
            x[c->n * c->d + j] = c->z[i * c->d + j];
        }
        c->row[c->n] = i;
        c->n += all;
    }
    *points = (mera_points){x, c->n, c->d};
    return clusters_refuse(c, (c->rules->cluster_k > 0 ? c->rules->cluster_k : 2) + 1);
}

/** The partition asked for, or of several the one with the largest mean silhouette. */
static mera_code clusters_choose(clusters_run *c, const mera_points *points)
{
    const size_t given = c->rules->cluster_k, first = given > 0 ? given : 2;
    const size_t last = given > 0                           ? given
                        : c->rules->cluster_most < c->n - 1 ? c->rules->cluster_most
                                                            : c->n - 1;
    const size_t n = last - first + 1;
    mera_merge *merge;
    uint32_t **cluster;
    size_t *k, best = 0;
    double *silhouette;
    MERA_TRY_NEW(merge, c->arena, c->n);
    MERA_TRY_NEW(cluster, c->arena, n);
    MERA_TRY_NEW(k, c->arena, n);
    MERA_TRY_NEW(silhouette, c->arena, n);
    MERA_TRY(mera_ward(points, c->arena, merge));
    for (size_t p = 0; p < n; p++) {
        k[p] = first + p;
        MERA_TRY_NEW(cluster[p], c->arena, c->n);
        MERA_TRY(mera_ward_cut(merge, c->n, k[p], c->arena, cluster[p]));
    }
    MERA_TRY(
        mera_silhouettes(points, (const uint32_t *const *)cluster, k, n, c->arena, silhouette));
    for (size_t p = 1; p < n; p++) {
        best = silhouette[p] > silhouette[best] ? p : best;
    }
    c->k = k[best];
    c->cluster = cluster[best];
    c->silhouette = silhouette[best];
    return MERA_OK;
}

/** Means of standardised columns, [cluster * d + column]. */
static mera_code clusters_centres(const clusters_run *c, double **out)
{
    double *centre, *size;
    MERA_TRY_NEW(centre, c->arena, c->k * c->d);
    MERA_TRY_NEW(size, c->arena, c->k);
    for (size_t r = 0; r < c->n; r++) {
        size[c->cluster[r]]++;
        for (size_t j = 0; j < c->d; j++) {
            centre[c->cluster[r] * c->d + j] += c->z[c->row[r] * c->d + j];
        }
    }
    for (size_t q = 0; q < c->k; q++) {
        for (size_t j = 0; j < c->d; j++) {
            centre[q * c->d + j] /= size[q];
        }
    }
    *out = centre;
    return MERA_OK;
}

/** Numbers from 1 by the means of the first column; of equals by their first rows. */
static mera_code clusters_numbers(const clusters_run *c, const double *centre, uint32_t **out)
{
    MERA_TRY_NEW(*out, c->arena, c->k);
    for (size_t q = 0; q < c->k; q++) {
        (*out)[q] = 1;
        for (size_t p = 0; p < c->k; p++) {
            const double one = centre[p * c->d], own = centre[q * c->d];
            (*out)[q] += one < own || (one == own && p < q);
        }
    }
    return MERA_OK;
}

/** The nearest centre in the columns that a unit has; SIZE_MAX when they weigh less than half. */
static size_t clusters_nearest(const clusters_run *c, const double *centre, size_t unit)
{
    double has = 0, all = 0, least = INFINITY;
    size_t best = SIZE_MAX;
    for (size_t j = 0; j < c->d; j++) {
        all += c->rules->near[j].weight;
        has += isnan(c->z[unit * c->d + j]) ? 0 : c->rules->near[j].weight;
    }
    for (size_t q = 0; 2 * has >= all && q < c->k; q++) {
        double square = 0;
        for (size_t j = 0; j < c->d; j++) {
            const double gap = c->z[unit * c->d + j] - centre[q * c->d + j];
            square += isnan(gap) ? 0 : gap * gap;
        }
        if (square < least) {
            least = square;
            best = q;
        }
    }
    return best;
}

static mera_code clusters_members(const clusters_run *c, const double *centre,
                                  const uint32_t *number, mera_similar_clusters *out)
{
    uint32_t *of;
    size_t *size;
    MERA_TRY_NEW(of, c->arena, c->result->n_units);
    MERA_TRY_NEW(size, c->arena, c->k);
    for (size_t r = 0; r < c->n; r++) {
        of[c->row[r]] = number[c->cluster[r]];
    }
    for (size_t i = 0; i < c->result->n_units; i++) {
        if (of[i] == 0 && clusters_scored(c, i)) {
            const size_t q = clusters_nearest(c, centre, i);
            of[i] = q == SIZE_MAX ? 0 : number[q];
        }
        if (of[i] > 0) {
            size[of[i] - 1]++;
        }
    }
    out->of = of;
    out->size = size;
    return MERA_OK;
}

/** Centres in the columns' own units. */
static mera_code clusters_means(const clusters_run *c, const double *centre, const uint32_t *number,
                                mera_similar_clusters *out)
{
    double *mean;
    MERA_TRY_NEW(mean, c->arena, c->k * c->d);
    for (size_t q = 0; q < c->k; q++) {
        for (size_t j = 0; j < c->d; j++) {
            const mera_near *near = &c->rules->near[j];
            const double value = c->moments[2 * j] +
                                 centre[q * c->d + j] / sqrt(near->weight) * c->moments[2 * j + 1];
            mean[(number[q] - 1) * c->d + j] = near->log ? mera_exp(value) : value;
        }
    }
    out->mean = mean;
    return MERA_OK;
}

mera_code mera_similar_clusters_of(const mera_result *result, size_t period, mera_arena *arena,
                                   mera_diags *diags, mera_similar_clusters *out)
{
    clusters_run c = {.result = result,
                      .rules = &result->methodology->similar,
                      .period = period,
                      .d = result->methodology->similar.n_near,
                      .arena = arena,
                      .diags = diags};
    mera_points points;
    double *centre;
    uint32_t *number;
    MERA_TRY(clusters_columns(&c));
    MERA_TRY(clusters_rows(&c, &points));
    MERA_TRY(clusters_choose(&c, &points));
    MERA_TRY(clusters_centres(&c, &centre));
    MERA_TRY(clusters_numbers(&c, centre, &number));
    *out = (mera_similar_clusters){.k = c.k, .silhouette = c.silhouette};
    MERA_TRY(clusters_members(&c, centre, number, out));
    return clusters_means(&c, centre, number, out);
}
