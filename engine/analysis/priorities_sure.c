/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How sure it is that an indicator is among the first: weights are drawn as for places, and gains
 * taken under them. Where a score depends on the unit's own points alone, what the unit would be
 * with each lift stands in the places of other units, and one scoring serves all.
 */
#include <string.h>

#include "analysis/priorities.h"
#include "analysis/robust.h"
#include "base/math.h"
#include "draws/kernels.h"
#include "mera/again.h"

enum { SURE_DRAWS = 1000, SURE_DRAWS_WHOLE = 160 };

typedef struct sure_run {
    priorities_run *p;
    robust_run robust;
    const mera_again *again;
    const mera_kernels *kernels;
    mera_sampler *sampler;
    size_t n_rows;
    size_t *slot; /**< units in whose places rows stand; NULL = all units are scored */
    size_t n_slots;
    size_t node;
    uint64_t draws;
    uint32_t *hits; /**< [tile * n + item] */
} sure_run;

/** Scores of rows first .. under some weights, in the places of other units. */
static mera_code sure_slots(const sure_run *s, const double *const *weight, size_t first,
                            const mera_again_room *room, double *score)
{
    const size_t k = s->p->result->methodology->n_indicators, n = s->p->result->n_units;
    const size_t left = s->n_rows - first, rows = left < s->n_slots ? left : s->n_slots;
    const double **points;
    mera_again_scores made;
    MERA_TRY_NEW(points, room->arena, k);
    for (size_t j = 0; j < k; j++) {
        double *x;
        MERA_TRY_NEW(x, room->arena, n);
        memcpy(x, s->p->result->indicator[j].stage[MERA_STAGE_NORMALISED] + s->p->shift,
               n * sizeof *x);
        for (size_t r = 0; r < rows; r++) {
            x[s->slot[r]] = s->p->points[(first + r) * k + j];
        }
        points[j] = x;
    }
    const mera_again_change change = {.points = points, .weight = weight};
    MERA_TRY(mera_again_score(s->again, &change, room, NULL, &made));
    for (size_t r = 0; r < rows; r++) {
        score[first + r] = made.score[s->node][s->slot[r]];
    }
    return MERA_OK;
}

static mera_code sure_whole(const sure_run *s, const double *const *weight, size_t row,
                            const mera_again_room *room, double *score)
{
    const mera_again_change change = {.points = row == 0 ? NULL : s->p->column[row - 1],
                                      .weight = weight};
    mera_again_scores made;
    MERA_TRY(mera_again_score(s->again, &change, room, NULL, &made));
    score[row] = made.score[s->node][s->p->ask->unit];
    return MERA_OK;
}

static mera_code sure_scores(const sure_run *s, const double *const *weight,
                             const mera_again_room *room, double *score)
{
    const size_t step = s->slot != NULL ? s->n_slots : 1;
    for (size_t row = 0; row < s->n_rows; row += step) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        MERA_TRY(s->slot != NULL ? sure_slots(s, weight, row, room, score)
                                 : sure_whole(s, weight, row, room, score));
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

/** Counts those with a gain that fewer than `top` others beat. */
static void sure_count(const sure_run *s, const double *score, uint32_t *hits)
{
    const priorities_run *p = s->p;
    for (size_t i = 0; i + 1 < s->n_rows; i++) {
        const double own = mera_priorities_gain(p, s->node, score[0], score[1 + i]);
        size_t better = 0;
        for (size_t j = 0; j + 1 < s->n_rows; j++) {
            better += p->item[j].end == MERA_PRIORITY_POSSIBLE &&
                      mera_priorities_gain(p, s->node, score[0], score[1 + j]) > own;
        }
        hits[i] += p->item[i].end == MERA_PRIORITY_POSSIBLE && own > 0 && better < p->out->top;
    }
}

static mera_code sure_tile(void *context, size_t tile, const mera_again_room *room)
{
    const sure_run *s = context;
    const robust_run *robust = &s->robust;
    const uint64_t first = (uint64_t)tile * MERA_TILE;
    double **share, *score;
    MERA_TRY_NEW(share, room->arena, robust->n_nodes);
    MERA_TRY_NEW(score, room->arena, s->n_rows);
    for (size_t v = 0; v < robust->n_nodes; v++) {
        mera_walk walk;
        MERA_TRY_NEW(share[v], room->arena, robust->node[v].n * MERA_TILE);
        MERA_TRY(mera_walk_new(robust->node[v].n, room->arena, &walk));
        mera_sampler_tile(&s->sampler[v], s->kernels, s->p->result->methodology->seed, first, &walk,
                          share[v]);
    }
    for (size_t lane = 0; lane < MERA_TILE && first + lane < s->draws; lane++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        const double **weight;
        MERA_TRY(mera_robust_weights(robust, share, lane, room->arena, &weight));
        MERA_TRY(sure_scores(s, weight, room, score));
        sure_count(s, score, s->hits + tile * (s->n_rows - 1));
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

/** Units that are not screened: their places may hold rows. */
static mera_code sure_places(sure_run *s)
{
    const mera_result *r = s->p->result;
    MERA_TRY_NEW(s->slot, s->p->arena, r->n_units);
    for (size_t i = 0; i < r->n_units && s->n_slots < s->n_rows; i++) {
        if (r->unit_screened[s->p->shift + i] == 0) {
            s->slot[s->n_slots++] = i;
        }
    }
    return MERA_OK;
}

static mera_code sure_open(sure_run *s, const mera_robust_ask *ask, mera_robust *aside)
{
    priorities_run *p = s->p;
    mera_again *again;
    s->robust = (robust_run){.plan = p->plan,
                             .result = p->result,
                             .ask = ask,
                             .out = aside,
                             .arena = p->arena,
                             .diags = mera_diags_new(p->arena),
                             .shift = p->shift};
    MERA_TRY_PTR(s->robust.diags);
    MERA_TRY(mera_robust_tree(&s->robust));
    MERA_TRY(mera_robust_samplers(&s->robust, &s->sampler));
    MERA_TRY(mera_again_open(p->plan, p->result, p->ask->period, p->arena, &again));
    s->again = again;
    return p->column == NULL ? sure_places(s) : MERA_OK;
}

static uint64_t sure_draws(const priorities_run *p)
{
    const uint64_t most = p->column == NULL ? SURE_DRAWS : SURE_DRAWS_WHOLE;
    const uint64_t said = p->result->methodology->uncertainty.draws;
    return p->ask->draws > 0 ? p->ask->draws : said < most ? said : most;
}

static mera_code sure_run_all(sure_run *s)
{
    const size_t n = s->n_rows - 1, tiles = (size_t)((s->draws + MERA_TILE - 1) / MERA_TILE);
    MERA_TRY_NEW(s->hits, s->p->arena, tiles * n);
    MERA_TRY(mera_again_each(s->again, tiles, sure_tile, s));
    for (size_t i = 0; i < n; i++) {
        uint64_t all = 0;
        for (size_t t = 0; t < tiles; t++) {
            all += s->hits[t * n + i];
        }
        if (s->p->item[i].end == MERA_PRIORITY_POSSIBLE) {
            s->p->item[i].sure = (double)all / (double)s->draws;
        }
    }
    s->p->out->draws = s->draws;
    return MERA_OK;
}

/** What the first problem was. */
static const char *sure_why(const sure_run *s)
{
    return mera_diags_size(s->robust.diags) > 0 ? mera_diags_get(s->robust.diags, 0)->message
                                                : "under some weights there is no answer";
}

mera_code mera_priorities_sure(priorities_run *run)
{
    const mera_robust_ask ask = {.period = run->ask->period};
    mera_robust aside = {.period = run->ask->period};
    sure_run s = {.p = run,
                  .kernels = mera_kernels_best(),
                  .n_rows = 1 + run->out->n,
                  .node = run->ask->node,
                  .draws = sure_draws(run)};
    if (run->out->n_possible == 0) {
        run->out->why_not = "nothing is to be lifted";
        return MERA_OK;
    }
    mera_code code = sure_open(&s, &ask, &aside);
    code = code == MERA_OK ? sure_run_all(&s) : code;
    if (code == MERA_EINPUT) { /* the gains stand; only how sure they are is not known */
        run->out->why_not = sure_why(&s);
        return MERA_OK;
    }
    return code;
}
