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

enum {
    SURE_DRAWS = 1000,
    SURE_DRAWS_WHOLE = 160,
    SURE_TOP = 5,
    SURE_TILES = 8, /* between two looks at progress: enough for some threads */
};

typedef struct sure_run {
    const priorities_run *p;
    const priorities_rows *rows;
    robust_run robust;
    const mera_again *again;
    const mera_kernels *kernels;
    mera_sampler *sampler;
    size_t n_rows; /**< of points */
    size_t *slot;  /**< units in whose places rows stand; NULL = all units are scored */
    size_t n_slots;
    size_t node, top;
    uint64_t draws;
    size_t first;   /**< tile of those being run */
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
            x[s->slot[r]] = s->rows->points[(first + r) * k + j];
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

/** Scores of the rows of one item; `first` is the first of them. */
static mera_code sure_whole(const sure_run *s, const double *const *weight, size_t first,
                            const mera_again_room *room, double *score)
{
    const size_t n = s->rows->n_units;
    const mera_again_change change = {.points = first == 0 ? NULL : s->rows->column[first / n - 1],
                                      .weight = weight};
    mera_again_scores made;
    MERA_TRY(mera_again_score(s->again, &change, room, NULL, &made));
    for (size_t u = 0; u < n; u++) {
        score[first + u] = made.score[s->node][s->rows->unit[u]];
    }
    return MERA_OK;
}

static mera_code sure_scores(const sure_run *s, const double *const *weight,
                             const mera_again_room *room, double *score)
{
    const size_t step = s->slot != NULL ? s->n_slots : s->rows->n_units;
    for (size_t row = 0; row < s->n_rows; row += step) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        MERA_TRY(s->slot != NULL ? sure_slots(s, weight, row, room, score)
                                 : sure_whole(s, weight, row, room, score));
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

/** Mean gains of items, into the scores of their first rows. */
static void sure_gains(const sure_run *s, double *score)
{
    const size_t n = s->rows->n_units;
    for (size_t i = 0; i < s->rows->n_items; i++) {
        double gain = 0;
        for (size_t u = 0; u < n; u++) {
            gain += s->rows->share[u] *
                    mera_priorities_gain(s->p, s->node, score[u], score[(1 + i) * n + u]);
        }
        score[(1 + i) * n] = gain;
    }
}

/** Counts those with a gain that fewer than `top` others beat. */
static void sure_count(const sure_run *s, const double *score, uint32_t *hits)
{
    const priorities_rows *rows = s->rows;
    for (size_t i = 0; i < rows->n_items; i++) {
        const double own = score[(1 + i) * rows->n_units];
        size_t better = 0;
        for (size_t j = 0; j < rows->n_items; j++) {
            better += rows->possible[j] && score[(1 + j) * rows->n_units] > own;
        }
        hits[i] += rows->possible[i] && own > 0 && better < s->top;
    }
}

static mera_code sure_tile(void *context, size_t i, const mera_again_room *room)
{
    const sure_run *s = context;
    const size_t tile = s->first + i;
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
        sure_gains(s, score);
        sure_count(s, score, s->hits + tile * s->rows->n_items);
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
    const priorities_run *p = s->p;
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
    return s->rows->column == NULL ? sure_places(s) : MERA_OK;
}

static uint64_t sure_draws(const priorities_run *p, const priorities_rows *rows)
{
    const uint64_t most = rows->column == NULL ? SURE_DRAWS : SURE_DRAWS_WHOLE;
    const uint64_t said = p->result->methodology->uncertainty.draws;
    return p->ask->draws > 0 ? p->ask->draws : said < most ? said : most;
}

static bool sure_go_on(const sure_run *s, uint64_t done)
{
    const mera_priorities_ask *ask = s->p->ask;
    return ask->progress == NULL || ask->progress(ask->context, done, s->draws);
}

/** Draws all, or as many as there are when progress ends them; `draws` is then of those. */
static mera_code sure_draw(sure_run *s, size_t tiles)
{
    const size_t most = s->p->ask->progress != NULL ? SURE_TILES : tiles;
    uint64_t done = 0;
    while (sure_go_on(s, done) && done < s->draws) {
        const size_t left = tiles - s->first, n = left < most ? left : most;
        MERA_TRY(mera_again_each(s->again, n, sure_tile, s));
        s->first += n;
        done = s->first < tiles ? (uint64_t)s->first * MERA_TILE : s->draws;
    }
    s->draws = done;
    return MERA_OK;
}

static mera_code sure_run_all(sure_run *s, double *sure)
{
    const size_t n = s->rows->n_items, tiles = (size_t)((s->draws + MERA_TILE - 1) / MERA_TILE);
    MERA_TRY_NEW(s->hits, s->p->arena, tiles * n);
    MERA_TRY(sure_draw(s, tiles));
    for (size_t i = 0; i < n; i++) {
        uint64_t all = 0;
        for (size_t t = 0; t < tiles; t++) {
            all += s->hits[t * n + i];
        }
        sure[i] = s->rows->possible[i] && s->draws > 0 ? (double)all / (double)s->draws : NAN;
    }
    return MERA_OK;
}

/** What the first problem was. */
static const char *sure_why(const sure_run *s)
{
    return mera_diags_size(s->robust.diags) > 0 ? mera_diags_get(s->robust.diags, 0)->message
                                                : "under some weights there is no answer";
}

static size_t sure_possible(const priorities_rows *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n_items; i++) {
        n += rows->possible[i];
    }
    return n;
}

/** How many are the first: among the first 5 of 6 everything is. */
static size_t sure_top(size_t n_possible, size_t asked)
{
    const size_t third = n_possible < 3 ? 1 : n_possible / 3;
    return asked > 0 ? asked : third < SURE_TOP ? third : SURE_TOP;
}

mera_code mera_priorities_sure(const priorities_run *run, const priorities_rows *rows,
                               priorities_surety *out)
{
    const mera_robust_ask ask = {.period = run->ask->period};
    mera_robust aside = {.period = run->ask->period};
    sure_run s = {.p = run,
                  .rows = rows,
                  .kernels = mera_kernels_best(),
                  .n_rows = (1 + rows->n_items) * rows->n_units,
                  .node = run->ask->node,
                  .top = sure_top(sure_possible(rows), out->top),
                  .draws = sure_draws(run, rows)};
    MERA_TRY_NEW(out->sure, run->arena, rows->n_items);
    for (size_t i = 0; i < rows->n_items; i++) {
        out->sure[i] = NAN;
    }
    out->top = s.top;
    if (sure_possible(rows) == 0) {
        out->why_not = "nothing is to be lifted";
        return MERA_OK;
    }
    const uint64_t asked = s.draws;
    mera_code code = sure_open(&s, &ask, &aside);
    code = code == MERA_OK ? sure_run_all(&s, out->sure) : code;
    if (code == MERA_EINPUT) { /* the gains stand; only how sure they are is not known */
        out->why_not = sure_why(&s);
        return MERA_OK;
    }
    out->draws = s.draws;
    out->asked = asked;
    out->why_not = s.draws == 0 ? "stopped before the first draw" : NULL;
    return code;
}
