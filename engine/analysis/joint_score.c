/* SPDX-License-Identifier: Apache-2.0 */
/** @file Scores of draws that share a combination: products of tables, else the framework again. */
#include "analysis/joint.h"
#include "base/math.h"

/* ---- places ---- */

/* Places of rows at .. at + 15 of a tile of scores as they are compared. */
static void score_rank(const mera_joint *joint, mera_ranking_space *space, const joint_rows *rows,
                       size_t at, const double *y)
{
    const size_t left = rows->n - at, here = left < MERA_TILE ? left : MERA_TILE;
    uint16_t *to[MERA_TILE];
    mera_rank_tile(&joint->ranking, space, y, 0, here);
    for (size_t lane = 0; lane < here; lane++) {
        const size_t row = rows->row[at + lane];
        to[lane] = rows->out->place + row * joint->n;
        rows->out->tied[row] = space->tied[lane];
    }
    for (size_t i = 0; i < joint->n; i++) {
        for (size_t lane = 0; lane < here; lane++) {
            to[lane][i] = space->place[i * MERA_TILE + lane];
        }
    }
}

/* ---- products ---- */

typedef struct score_space {
    mera_scorer_space scorer;
    double *spare, *w;
    double *panel; /* room for some, where the scorer has none */
} score_space;

typedef struct score_job {
    const mera_joint *joint;
    const joint_combination *c;
    const joint_rows *rows;
    size_t tiles;     /**< of one job */
    size_t *place;    /**< of each unit of the table among those with a place */
    bool same;        /**< the scorer's units are those with a place, in their order */
    bool turned;      /**< a greater number is worse where a greater score is better, or so */
    joint_room *room; /**< per worker, as is */
    score_space *space;
    mera_pool *pool;
} score_job;

static size_t score_stride(const score_job *job)
{
    return (job->c->scorer.n + MERA_PANEL) * MERA_TILE;
}

/* A tile in the order of units with a place; who has no number is NaN. */
static const double *score_sorted(const score_job *job, const double *y, double *tile)
{
    const mera_scorer *s = &job->c->scorer;
    if (job->same && !job->turned) {
        return y;
    }
    for (size_t i = 0; i < job->joint->n * MERA_TILE; i++) {
        tile[i] = NAN;
    }
    for (size_t i = 0; i < s->n; i++) {
        const size_t place = job->place[s->unit[i]];
        for (size_t lane = 0; lane < MERA_TILE && place != SIZE_MAX; lane++) {
            const double x = y[i * MERA_TILE + lane];
            tile[place * MERA_TILE + lane] = job->turned ? -x : x;
        }
    }
    return tile;
}

/* Scores as they are, for who wants them. */
static void score_values(const score_job *job, size_t at, const double *y)
{
    const mera_scorer *s = &job->c->scorer;
    const joint_rows *rows = job->rows;
    for (size_t i = 0; i < s->n && rows->out->score != NULL; i++) {
        const size_t place = job->place[s->unit[i]];
        for (size_t lane = 0; lane < MERA_TILE && at + lane < rows->n && place != SIZE_MAX;
             lane++) {
            rows->out->score[rows->row[at + lane] * job->joint->n + place] =
                mera_scorer_value(s, y[i * MERA_TILE + lane]);
        }
    }
}

static mera_code score_tiles(void *context, size_t j, unsigned worker)
{
    const score_job *job = context;
    const mera_scorer *s = &job->c->scorer;
    const mera_kernels *kernels = job->joint->kernels;
    score_space *space = &job->space[worker];
    joint_room *room = &job->room[worker];
    const size_t first = j * job->tiles * MERA_TILE, k = s->k * MERA_TILE;
    size_t n = 0;
    for (; n < job->tiles && first + n * MERA_TILE < job->rows->n; n++) {
        double *w = space->w + n * k, *y = room->y + n * score_stride(job);
        mera_joint_lanes(job->joint, job->c, job->rows, first + n * MERA_TILE, space->scorer.walk,
                         space->scorer.share, space->spare);
        mera_scorer_down(s, &space->scorer, w);
        if (s->n_complete < s->n) {
            mera_scorer_product(s, kernels, w, y, score_stride(job), 1, space->panel);
            mera_scorer_rest(s, &space->scorer, y);
        }
    }
    if (s->n_complete == s->n) {
        mera_scorer_product(s, kernels, space->w, room->y, score_stride(job), n, space->panel);
    }
    for (size_t t = 0; t < n; t++) {
        const double *y = room->y + t * score_stride(job);
        score_values(job, first + t * MERA_TILE, y);
        score_rank(job->joint, &room->ranking, job->rows, first + t * MERA_TILE,
                   score_sorted(job, y, room->tile));
    }
    return MERA_OK;
}

/* Which of the scorer's units stands where among those with a place. */
static mera_code score_units(score_job *job, mera_arena *arena)
{
    const mera_joint *joint = job->joint;
    const mera_scorer *s = &job->c->scorer;
    const mera_methodology *m = job->c->run.result->methodology;
    MERA_TRY_NEW(job->place, arena, joint->result->n_units);
    for (size_t i = 0; i < joint->result->n_units; i++) {
        job->place[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < joint->n; i++) {
        job->place[joint->unit[i]] = i;
    }
    job->same = s->n == joint->n;
    for (size_t i = 0; i < s->n && job->same; i++) {
        job->same = job->place[s->unit[i]] == i;
    }
    job->turned = s->ascending != m->node[job->c->ask.node].lower_is_better;
    return MERA_OK;
}

static mera_code score_spaces(score_job *job, mera_arena *arena)
{
    const mera_scorer *s = &job->c->scorer;
    MERA_TRY(score_units(job, arena));
    MERA_TRY_NEW(job->space, arena, mera_pool_size(job->pool));
    for (unsigned w = 0; w < mera_pool_size(job->pool); w++) {
        score_space *space = &job->space[w];
        MERA_TRY(mera_scorer_space_new(s, arena, &space->scorer));
        MERA_TRY_NEW(space->spare, arena, mera_joint_spare(job->c));
        MERA_TRY_NEW(space->w, arena, job->tiles * s->k * MERA_TILE);
        if (s->panel == NULL) {
            const size_t panels = MERA_SCORER_NEAR * MERA_PANEL;
            space->panel = mera_arena_alloc(arena, panels * s->k, sizeof *space->panel);
            MERA_TRY_PTR(space->panel);
        }
    }
    return MERA_OK;
}

mera_code mera_joint_products(const mera_joint *joint, const joint_combination *c,
                              const joint_rows *rows)
{
    const size_t tiles = (rows->n + MERA_TILE - 1) / MERA_TILE;
    score_job job = {.joint = joint,
                     .c = c,
                     .rows = rows,
                     .room = rows->here ? rows->room : joint->room,
                     .pool = rows->here ? NULL : joint->pool};
    const size_t share = tiles / mera_pool_size(job.pool);
    const mera_arena_mark mark = mera_arena_mark_now(job.room->work);
    job.tiles = share < 1 ? 1 : share > JOINT_TILES ? JOINT_TILES : share;
    mera_code code = score_spaces(&job, job.room->work);
    if (code == MERA_OK) {
        code = mera_pool_run(job.pool, (tiles + job.tiles - 1) / job.tiles, score_tiles, &job);
    }
    mera_arena_rewind(job.room->work, mark);
    return code;
}

/* ---- the framework again ---- */

/* One draw into lane at % 16 of a tile, which is NaN. */
static mera_code score_again(const score_job *job, size_t at, double *const *share,
                             const mera_again_room *room, double *tile)
{
    const mera_joint *joint = job->joint;
    const size_t row = job->rows->row[at], lane = at % MERA_TILE;
    const double **weight;
    const uint8_t *left_out;
    mera_again_scores made;
    if (isnan(share[0][lane])) {
        return MERA_OK; /* everything is left out */
    }
    MERA_TRY(mera_robust_weights(&job->c->run, share, lane, room->arena, &weight));
    MERA_TRY(mera_joint_left_outs(joint, job->c, job->rows->points, row, room->arena, &left_out));
    const mera_again_change change = {.weight = weight, .left_out = left_out};
    const mera_code code = mera_again_score(job->c->again, &change, room, NULL, &made);
    for (size_t i = 0; code == MERA_OK && i < joint->n; i++) {
        const double x = made.score[job->c->ask.node][joint->unit[i]];
        tile[i * MERA_TILE + lane] = x;
        if (job->rows->out->score != NULL) {
            job->rows->out->score[row * joint->n + i] = x;
        }
    }
    return code == MERA_EINPUT ? MERA_OK : code; /* no answer under these weights: a failed draw */
}

static mera_code score_anew_tile(void *context, size_t t, const mera_again_room *room)
{
    const score_job *job = context;
    const mera_joint *joint = job->joint;
    const size_t at = t * MERA_TILE;
    double **share, *tile;
    mera_ranking_space space;
    MERA_TRY_NEW(tile, room->arena, joint->n * MERA_TILE);
    for (size_t i = 0; i < joint->n * MERA_TILE; i++) {
        tile[i] = NAN;
    }
    MERA_TRY(mera_ranking_space_new(&joint->ranking, room->arena, &space));
    MERA_TRY(mera_joint_lanes_new(joint, job->c, job->rows, at, room->arena, &share));
    for (size_t lane = 0; lane < MERA_TILE && at + lane < job->rows->n; lane++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        MERA_TRY(score_again(job, at + lane, share, room, tile));
        mera_arena_rewind(room->arena, mark);
    }
    score_rank(joint, &space, job->rows, at, tile);
    return MERA_OK;
}

mera_code mera_joint_tiles(const mera_again *again, const joint_rows *rows, mera_again_fn fn,
                           void *context)
{
    const size_t tiles = (rows->n + MERA_TILE - 1) / MERA_TILE;
    if (!rows->here) {
        return mera_again_each(again, tiles, fn, context);
    }
    const mera_again_room room = {rows->room->work, rows->room->scratch};
    for (size_t t = 0; t < tiles; t++) {
        const mera_arena_mark mark = mera_arena_mark_now(room.arena);
        const mera_arena_mark rough = mera_arena_mark_now(room.scratch);
        const mera_code code = fn(context, t, &room);
        mera_arena_rewind(room.arena, mark);
        mera_arena_rewind(room.scratch, rough);
        MERA_TRY(code);
    }
    return MERA_OK;
}

mera_code mera_joint_anew(const mera_joint *joint, const joint_combination *c,
                          const joint_rows *rows)
{
    score_job job = {.joint = joint, .c = c, .rows = rows};
    return mera_joint_tiles(c->again, rows, score_anew_tile, &job);
}
