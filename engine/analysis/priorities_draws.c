/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * In which draws an item is among the first. Where a score depends on the unit's own points alone,
 * what the unit would be with each lift stands in the places of other units, and one scoring of the
 * framework serves all; else all units are scored once for each item.
 */
#include "analysis/priorities_draws.h"

#include <string.h>

#include "base/math.h"
#include "base/text.h"

/** A tile's draws: their weights, and what is left out. */
typedef struct sure_tile {
    const sure_draws *draws;
    double **share; /**< [node][part * MERA_TILE + lane] */
    const double *const *weight;
    const uint8_t *left_out;
    double *score; /**< per row */
} sure_tile;

typedef struct sure_counts {
    sure_draws *draws;
    uint32_t *hits; /**< [tile * items + item] */
    uint32_t *good; /**< [tile] */
} sure_counts;

static size_t sure_rows(const sure_case *of)
{
    return (1 + of->rows->n_items) * of->rows->n_units;
}

/* ---- a draw ---- */

/** Scores of rows first .. under some weights, in the places of other units. */
static mera_code sure_slots(const sure_tile *t, size_t first, const mera_again_room *room)
{
    const sure_case *of = t->draws->of;
    const mera_result *r = of->run->result;
    const size_t k = r->methodology->n_indicators, left = sure_rows(of) - first;
    const size_t rows = left < of->n_slots ? left : of->n_slots;
    const double **points;
    mera_again_scores made;
    MERA_TRY_NEW(points, room->arena, k);
    for (size_t j = 0; j < k; j++) {
        double *x;
        MERA_TRY_NEW(x, room->arena, r->n_units);
        memcpy(x, r->indicator[j].stage[MERA_STAGE_NORMALISED] + of->run->shift,
               r->n_units * sizeof *x);
        for (size_t i = 0; i < rows; i++) {
            x[of->slot[i]] = of->rows->points[(first + i) * k + j];
        }
        points[j] = x;
    }
    const mera_again_change change = {
        .points = points, .weight = t->weight, .left_out = t->left_out};
    MERA_TRY(mera_again_score(of->again, &change, room, NULL, &made));
    for (size_t i = 0; i < rows; i++) {
        t->score[first + i] = made.score[of->node][of->slot[i]];
    }
    return MERA_OK;
}

/** Scores of the rows of one item; `first` is the first of them. */
static mera_code sure_whole(const sure_tile *t, size_t first, const mera_again_room *room)
{
    const sure_case *of = t->draws->of;
    const size_t n = of->rows->n_units;
    const mera_again_change change = {.points = first == 0 ? NULL : of->rows->column[first / n - 1],
                                      .weight = t->weight,
                                      .left_out = t->left_out};
    mera_again_scores made;
    MERA_TRY(mera_again_score(of->again, &change, room, NULL, &made));
    for (size_t u = 0; u < n; u++) {
        t->score[first + u] = made.score[of->node][of->rows->unit[u]];
    }
    return MERA_OK;
}

static mera_code sure_scores(const sure_tile *t, const mera_again_room *room)
{
    const sure_case *of = t->draws->of;
    const size_t step = of->slot != NULL ? of->n_slots : of->rows->n_units;
    for (size_t row = 0; row < sure_rows(of); row += step) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        MERA_TRY(of->slot != NULL ? sure_slots(t, row, room) : sure_whole(t, row, room));
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

/** Mean gains of items, into the scores of their first rows. */
static void sure_gains(const sure_case *of, double *score)
{
    const size_t n = of->rows->n_units;
    for (size_t i = 0; i < of->rows->n_items; i++) {
        double gain = 0;
        for (size_t u = 0; u < n; u++) {
            gain += of->rows->share[u] *
                    mera_priorities_gain(of->run, of->node, score[u], score[(1 + i) * n + u]);
        }
        score[(1 + i) * n] = gain;
    }
}

/** Counts those with a gain that fewer than `top` others beat. */
static void sure_hits(const sure_draws *draws, const double *score, uint32_t *hits)
{
    const priorities_rows *rows = draws->of->rows;
    for (size_t i = 0; i < rows->n_items; i++) {
        const double own = score[(1 + i) * rows->n_units];
        size_t better = 0;
        for (size_t j = 0; j < rows->n_items; j++) {
            better += rows->possible[j] && score[(1 + j) * rows->n_units] > own;
        }
        hits[i] += rows->possible[i] && own > 0 && better < draws->top;
    }
}

/** Have the units a score as things stand? */
static bool sure_answers(const sure_case *of, const double *score)
{
    bool all = true;
    for (size_t u = 0; u < of->rows->n_units; u++) {
        all = all && !isnan(score[u]);
    }
    return all;
}

/** One draw: MERA_EINPUT when there is no answer under it. */
static mera_code sure_draw(sure_tile *t, size_t at, const mera_again_room *room, uint32_t *hits)
{
    const sure_draws *draws = t->draws;
    const size_t lane = at % MERA_TILE;
    const double **weight;
    if (isnan(t->share[0][lane])) { /* everything is left out */
        return MERA_EINPUT;
    }
    MERA_TRY(mera_robust_weights(&draws->of->c->run, t->share, lane, room->arena, &weight));
    MERA_TRY(mera_joint_left_outs(draws->joint, draws->of->c, draws->rows->points,
                                  draws->rows->row[at], room->arena, &t->left_out));
    t->weight = weight;
    MERA_TRY(sure_scores(t, room));
    if (!sure_answers(draws->of, t->score)) {
        return MERA_EINPUT;
    }
    sure_gains(draws->of, t->score);
    sure_hits(draws, t->score, hits);
    return MERA_OK;
}

/* ---- tiles ---- */

static mera_code sure_count_tile(void *context, size_t tile, const mera_again_room *room)
{
    const sure_counts *counts = context;
    const sure_draws *draws = counts->draws;
    const size_t first = tile * MERA_TILE, n = draws->of->rows->n_items;
    sure_tile t = {.draws = draws};
    MERA_TRY_NEW(t.score, room->arena, sure_rows(draws->of));
    MERA_TRY(mera_joint_lanes_new(draws->joint, draws->of->c, draws->rows, first, room->arena,
                                  &t.share));
    for (size_t at = first; at < first + MERA_TILE && at < draws->rows->n; at++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        const mera_code code = sure_draw(&t, at, room, counts->hits + tile * n);
        mera_arena_rewind(room->arena, mark);
        if (code != MERA_OK && code != MERA_EINPUT) {
            return code;
        }
        counts->good[tile] += code == MERA_OK;
    }
    return MERA_OK;
}

mera_code mera_priorities_draws(sure_draws *draws, mera_arena *arena)
{
    const size_t tiles = (draws->rows->n + MERA_TILE - 1) / MERA_TILE;
    const size_t n = draws->of->rows->n_items;
    sure_counts counts = {.draws = draws};
    MERA_TRY_NEW(counts.hits, arena, tiles * n);
    MERA_TRY_NEW(counts.good, arena, tiles);
    MERA_TRY(mera_joint_tiles(draws->of->again, draws->rows, sure_count_tile, &counts));
    for (size_t tile = 0; tile < tiles; tile++) {
        draws->good += counts.good[tile];
        for (size_t i = 0; i < n; i++) {
            draws->hits[i] += counts.hits[tile * n + i];
        }
    }
    return MERA_OK;
}
