/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a column looks like, what data units have, their places, how they stand to each other, and
 * weights in the whole (mera/statistics.h).
 */
#include "mera/statistics.h"

#include "base/math.h"
#include "ops/column.h"
#include "ops/outrank.h"

/* ---- one column ---- */

/** Different values and the longest run among ascending ones. */
static void statistics_runs(const double *sorted, size_t n, mera_column_statistics *out)
{
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && sorted[end] == sorted[i]) {
            end++;
        }
        out->n_unique++;
        out->n_same = end - i > out->n_same ? end - i : out->n_same;
        i = end;
    }
}

mera_code mera_statistics_of(const double *x, size_t n, mera_arena *arena,
                             mera_column_statistics *out)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    mera_moments moments;
    double *sorted;
    size_t present;
    *out = (mera_column_statistics){.n = n};
    MERA_TRY(mera_column_sorted(x, n, arena, &sorted, &present));
    mera_column_moments(x, n, &moments);
    statistics_runs(sorted, present, out);
    for (size_t i = 0; i < present; i++) {
        out->n_nonzero += sorted[i] != 0;
    }
    out->n_present = present;
    out->min = present > 0 ? sorted[0] : NAN;
    out->max = present > 0 ? sorted[present - 1] : NAN;
    out->mean = moments.mean;
    out->median = mera_quantile_sorted(sorted, present, 0.5, 7);
    out->sd = mera_column_sd(x, n, true);
    out->skewness = mera_moments_skewness(&moments);
    out->kurtosis = mera_moments_kurtosis(&moments);
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* ---- units ---- */

mera_code mera_availability_of(const mera_columns *columns, mera_arena *arena,
                               mera_availability *out)
{
    const size_t n = columns->n, k = columns->k;
    MERA_TRY_NEW(out->n_missing, arena, n);
    MERA_TRY_NEW(out->n_zero, arena, n);
    MERA_TRY_NEW(out->present, arena, n);
    MERA_TRY_NEW(out->non_zero, arena, n);
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < n; i++) {
            out->n_missing[i] += isnan(columns->x[j][i]);
            out->n_zero[i] += columns->x[j][i] == 0;
        }
    }
    for (size_t i = 0; i < n; i++) {
        const size_t present = k - out->n_missing[i];
        out->present[i] = k > 0 ? (double)present / (double)k : NAN;
        out->non_zero[i] = present > 0 ? (double)(present - out->n_zero[i]) / (double)present : NAN;
    }
    return MERA_OK;
}

/** Places among the units of one group (all when group is NULL). */
static mera_code statistics_places(const double *key, size_t n, const int32_t *group, int32_t code,
                                   mera_ties ties, mera_arena *arena, double *place)
{
    double *own, *rank;
    MERA_TRY_NEW(own, arena, n);
    MERA_TRY_NEW(rank, arena, n);
    for (size_t i = 0; i < n; i++) {
        own[i] = group == NULL || group[i] == code ? key[i] : NAN;
    }
    MERA_TRY(mera_column_rank(own, n, (mera_tie_rule)ties, arena, rank));
    for (size_t i = 0; i < n; i++) {
        place[i] = group == NULL || group[i] == code ? rank[i] : place[i];
    }
    return MERA_OK;
}

mera_code mera_places_of(const double *x, size_t n, const int32_t *group, bool lower_is_better,
                         mera_ties ties, mera_arena *arena, double *place)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    double *key;
    int32_t last = 0;
    MERA_TRY_NEW(key, arena, n);
    for (size_t i = 0; i < n; i++) {
        key[i] = isnan(x[i]) || lower_is_better ? x[i] : -x[i];
        place[i] = NAN;
        last = group != NULL && group[i] > last ? group[i] : last;
    }
    for (int32_t code = 0; code <= last; code++) {
        const mera_arena_mark one = mera_arena_mark_now(arena);
        MERA_TRY(statistics_places(key, n, group, code, ties, arena, place));
        mera_arena_rewind(arena, one);
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* ---- units against each other ---- */

typedef struct statistics_matrix {
    size_t n;
    double *e;
} statistics_matrix;

static void statistics_leads(void *data, size_t a, size_t first, size_t n, const double *lead)
{
    const statistics_matrix *m = data;
    for (size_t i = 0; i < n; i++) {
        m->e[a * m->n + first + i] = (1 + lead[i]) / 2;
        m->e[(first + i) * m->n + a] = (1 - lead[i]) / 2;
    }
}

mera_code mera_outranking_of(const mera_columns *columns, const double *weight, mera_arena *arena,
                             double *e)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    const mera_outrank_rule rule = {.indifference = 0, .veto = NAN};
    const mera_children in = {
        .n = columns->n, .k = columns->k, .x = columns->x, .w = weight, .total = 1};
    mera_op_ctx ctx = {.arena = arena};
    statistics_matrix matrix = {columns->n, e};
    for (size_t i = 0; i < columns->n; i++) {
        e[i * columns->n + i] = 0;
    }
    MERA_TRY(mera_outrank_each(NULL, &ctx, &in, &rule, statistics_leads, &matrix));
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* ---- weights ---- */

mera_code mera_effective_weights(const size_t *parent, const double *weight, size_t n,
                                 mera_arena *arena, double *effective)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    double *sum;
    MERA_TRY_NEW(sum, arena, n);
    for (size_t i = 0; i < n; i++) {
        if (parent[i] < n) {
            sum[parent[i]] += weight[i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        effective[i] = 1;
        size_t step = 0;
        for (size_t at = i; parent[at] < n && step < n; at = parent[at], step++) {
            effective[i] *= weight[at] / sum[parent[at]];
        }
        effective[i] = isfinite(effective[i]) && step < n ? effective[i] : NAN;
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
