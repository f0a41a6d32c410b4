/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The table that EM works on (em.h): units with the same gaps share one inverse, so they are sorted
 * by what they have before the first round.
 */
#include "ops/impute/em.h"

#include "base/grow.h"
#include "base/map.h"
#include "ops/column.h"

mera_code mera_em_columns(em_run *run, const double *const *x, size_t k, size_t n)
{
    mera_arena *arena = run->ctx->arena;
    MERA_TRY_NEW(run->column, arena, k);
    MERA_TRY_NEW(run->center, arena, k);
    MERA_TRY_NEW(run->width, arena, k);
    for (size_t j = 0; j < k; j++) {
        double low, high;
        if (mera_column_range(x[j], n, &low, &high) > 0 && low < high) {
            run->column[run->k] = j;
            run->center[run->k] = mera_column_mean(x[j], n);
            run->width[run->k++] = mera_column_sd(x[j], n, false);
        }
    }
    MERA_TRY_NEW(run->z, arena, run->k * n);
    MERA_TRY_NEW(run->mu, arena, run->k);
    MERA_TRY_NEW(run->s, arena, run->k * run->k);
    for (size_t j = 0; j < run->k; j++) {
        for (size_t i = 0; i < n; i++) {
            run->z[j * n + i] = (x[run->column[j]][i] - run->center[j]) / run->width[j];
        }
        run->s[j * run->k + j] = 1;
    }
    return MERA_OK;
}

static mera_code em_pattern_new(em_run *run, const char *mask, em_pattern *pattern)
{
    mera_arena *arena = run->ctx->arena;
    MERA_TRY_NEW(pattern->known, arena, run->k);
    MERA_TRY_NEW(pattern->gap, arena, run->k);
    for (size_t j = 0; j < run->k; j++) {
        if (mask[j] != 0) {
            pattern->known[pattern->n_known++] = j;
        } else {
            pattern->gap[pattern->n_gap++] = j;
        }
    }
    MERA_TRY_NEW(pattern->weight, arena, pattern->n_gap * pattern->n_known);
    return MERA_OK;
}

/* Gives each pattern the units that have it. */
static mera_code em_rows(em_run *run, size_t n, const size_t *pattern_of)
{
    for (size_t i = 0; i < n; i++) {
        run->pattern[pattern_of[i]].n_rows++;
    }
    for (size_t q = 0; q < run->n_patterns; q++) {
        em_pattern *pattern = &run->pattern[q];
        MERA_TRY_NEW(pattern->row, run->ctx->arena, pattern->n_rows);
        pattern->n_rows = 0;
    }
    for (size_t i = 0; i < n; i++) {
        em_pattern *pattern = &run->pattern[pattern_of[i]];
        pattern->row[pattern->n_rows++] = i;
        run->n += pattern->n_known > 0;
    }
    return MERA_OK;
}

mera_code mera_em_patterns(em_run *run, size_t n)
{
    mera_map *map;
    char *mask;
    size_t room = 0, *pattern_of;
    MERA_TRY(mera_map_new(run->ctx->arena, 64, &map));
    MERA_TRY_NEW(mask, run->ctx->arena, run->k + 1);
    MERA_TRY_NEW(pattern_of, run->ctx->arena, n);
    for (size_t i = 0; i < n; i++) {
        bool added;
        for (size_t j = 0; j < run->k; j++) {
            mask[j] = mera_is_present(run->z[j * n + i]);
        }
        MERA_TRY(mera_map_put(map, mask, run->k, run->n_patterns, &pattern_of[i], &added));
        if (added) {
            MERA_TRY_GROWN(run->pattern, run->ctx->arena, &room, run->n_patterns + 1);
            pattern_of[i] = run->n_patterns;
            MERA_TRY(em_pattern_new(run, mask, &run->pattern[run->n_patterns++]));
        }
    }
    return em_rows(run, n, pattern_of);
}
