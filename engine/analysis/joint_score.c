/* SPDX-License-Identifier: Apache-2.0 */
/** @file Scores of draws that share a combination: products of tables, else the framework again. */
#include <stdlib.h>
#include <string.h>

#include "analysis/joint.h"
#include "base/math.h"
#include "base/text.h"
#include "draws/random.h"

#define JOINT_DROP 0x50000000u /* streams of what is left out */

/* ---- shares ---- */

static int score_compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

typedef struct score_making {
    const mera_joint *joint;
    const joint_shares *shares;
    mera_walk **walk; /**< per worker and node */
} score_making;

static mera_code score_make_tile(void *context, size_t t, unsigned worker)
{
    const score_making *making = context;
    const joint_shares *shares = making->shares;
    for (size_t v = 0; v < making->joint->base.n_nodes; v++) {
        mera_sampler_tile(&making->joint->sampler[v], making->joint->kernels, making->joint->seed,
                          shares->tile[t] * MERA_TILE, &making->walk[worker][v],
                          shares->share + t * shares->size + shares->at[v]);
    }
    return MERA_OK;
}

static mera_code score_walks(const robust_run *run, mera_arena *arena, mera_walk **out)
{
    MERA_TRY_NEW(*out, arena, run->n_nodes);
    for (size_t v = 0; v < run->n_nodes; v++) {
        MERA_TRY(mera_walk_new(run->node[v].n, arena, &(*out)[v]));
    }
    return MERA_OK;
}

mera_code mera_joint_shares(const mera_joint *joint, const joint_points *points, mera_arena *arena,
                            joint_shares *out)
{
    *out = (joint_shares){.n = 0};
    MERA_TRY_NEW(out->tile, arena, points->count);
    MERA_TRY_NEW(out->at, arena, joint->base.n_nodes);
    for (size_t v = 0; v < joint->base.n_nodes; v++) {
        out->at[v] = out->size;
        out->size += joint->base.node[v].n * MERA_TILE;
    }
    for (size_t row = 0; row < points->count; row++) {
        out->tile[row] = points->number[row * joint->n_factors] / MERA_TILE;
    }
    qsort(out->tile, points->count, sizeof *out->tile, score_compare);
    for (size_t row = 0; row < points->count; row++) {
        if (row == 0 || out->tile[row] != out->tile[out->n - 1]) {
            out->tile[out->n++] = out->tile[row];
        }
    }
    MERA_TRY_NEW(out->share, arena, out->n * out->size);
    score_making making = {.joint = joint, .shares = out};
    MERA_TRY_NEW(making.walk, arena, mera_pool_size(joint->pool));
    for (unsigned w = 0; w < mera_pool_size(joint->pool); w++) {
        MERA_TRY(score_walks(&joint->base, arena, &making.walk[w]));
    }
    return mera_pool_run(joint->pool, out->n, score_make_tile, &making);
}

/* One lane of a draw whose weights are of the base's law. */
static void score_common_lane(const mera_joint *joint, const joint_shares *shares, uint64_t number,
                              size_t lane, double *const *share)
{
    const uint64_t wanted = number / MERA_TILE;
    const uint64_t *found =
        bsearch(&wanted, shares->tile, shares->n, sizeof *shares->tile, score_compare);
    const double *from = shares->share + (size_t)(found - shares->tile) * shares->size;
    for (size_t v = 0; v < joint->base.n_nodes; v++) {
        const double *own = from + shares->at[v] + number % MERA_TILE;
        for (size_t c = 0; c < joint->base.node[v].n; c++) {
            share[v][c * MERA_TILE + lane] = own[c * MERA_TILE];
        }
    }
}

static void score_own_lane(const mera_joint *joint, const joint_combination *c, uint64_t number,
                           size_t lane, mera_walk *walk, double *const *share, double *spare)
{
    for (size_t v = 0; v < c->run.n_nodes; v++) {
        mera_sampler_tile(&c->sampler[v], joint->kernels, joint->seed,
                          number / MERA_TILE * MERA_TILE, &walk[v], spare);
        for (size_t p = 0; p < c->run.node[v].n; p++) {
            share[v][p * MERA_TILE + lane] = spare[p * MERA_TILE + number % MERA_TILE];
        }
    }
}

/* ---- leaving out ---- */

static bool score_dropped(const mera_joint *joint, size_t f, const mera_factor *factor, size_t i,
                          const joint_points *points, size_t row)
{
    const size_t at = row * joint->n_factors + f;
    if (factor->share == 0) {
        return mera_joint_pick(points->u[at], factor->n_indicators + 1) == i;
    }
    mera_stream stream = mera_stream_of(joint->seed, JOINT_DROP + (uint32_t)f, points->number[at]);
    double u = 0;
    for (size_t k = 0; k <= i; k++) {
        u = mera_stream_uniform(&stream);
    }
    return u < factor->share;
}

bool mera_joint_left_out(const mera_joint *joint, const joint_points *points, size_t row,
                         const char *id)
{
    for (size_t f = 1; f < joint->n_factors; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        for (size_t i = 0; factor->kind == MERA_FACTOR_DROP && i < factor->n_indicators; i++) {
            if (mera_streq(joint->m->indicator[factor->indicator[i]].id, id)) {
                if (score_dropped(joint, f, factor, i, points, row)) {
                    return true;
                }
                break;
            }
        }
    }
    return false;
}

/* A part left out, or all of whose parts are, keeps nothing; the others share what it had. */
static void score_leave_out(const mera_joint *joint, const joint_combination *c,
                            const joint_points *points, size_t row, size_t lane,
                            double *const *share, double *spare)
{
    const robust_run *run = &c->run;
    for (size_t v = run->n_nodes; v-- > 0;) {
        double sum = 0;
        for (size_t p = 0; p < run->node[v].n; p++) {
            const mera_weight_part *part = &run->node[v].part[p];
            double *own = &share[v][p * MERA_TILE + lane];
            const bool gone = part->is_node ? spare[part->index] == 0
                                            : mera_joint_left_out(joint, points, row,
                                                                  run->column_name[part->index]);
            *own = gone ? 0 : *own;
            sum += *own;
        }
        for (size_t p = 0; p < run->node[v].n && (sum > 0 || v == 0); p++) {
            share[v][p * MERA_TILE + lane] /= sum; /* NaN when nothing is left at all */
        }
        spare[v] = sum;
    }
}

void mera_joint_lanes(const mera_joint *joint, const joint_combination *c, const joint_rows *rows,
                      size_t at, mera_walk *walk, double *const *share, double *spare)
{
    for (size_t lane = 0; lane < MERA_TILE; lane++) {
        const size_t row = rows->row[at + lane < rows->n ? at + lane : rows->n - 1];
        const uint64_t number = rows->points->number[row * joint->n_factors];
        if (c->common) {
            score_common_lane(joint, rows->shares, number, lane, share);
        } else {
            score_own_lane(joint, c, number, lane, walk, share, spare);
        }
        if (joint->drops) {
            score_leave_out(joint, c, rows->points, row, lane, share, spare);
        }
    }
}

/* Room that mera_joint_lanes() wants. */
static size_t score_spare(const joint_combination *c)
{
    size_t most = c->run.n_nodes;
    for (size_t v = 0; v < c->run.n_nodes; v++) {
        most = c->run.node[v].n * MERA_TILE > most ? c->run.node[v].n * MERA_TILE : most;
    }
    return most;
}

/* ---- products ---- */

typedef struct score_space {
    mera_scorer_space scorer;
    double *spare, *w, *y;
} score_space;

typedef struct score_job {
    const mera_joint *joint;
    const joint_combination *c;
    const joint_rows *rows;
    size_t tiles;  /**< of one job */
    size_t *place; /**< of each unit of the table among those with a place */
    score_space *space;
    mera_pool *pool;
} score_job;

static size_t score_stride(const score_job *job)
{
    return (job->c->scorer.n + MERA_PANEL) * MERA_TILE;
}

static void score_put(const score_job *job, size_t at, const double *y)
{
    const mera_scorer *s = &job->c->scorer;
    const bool turned =
        s->ascending != job->c->run.result->methodology->node[job->c->ask.node].lower_is_better;
    for (size_t i = 0; i < s->n; i++) {
        const size_t place = job->place[s->unit[i]];
        for (size_t lane = 0; lane < MERA_TILE && at + lane < job->rows->n && place != SIZE_MAX;
             lane++) {
            double x = y[i * MERA_TILE + lane];
            x = job->joint->values ? mera_scorer_value(s, x) : turned ? -x : x;
            job->rows->score[job->rows->row[at + lane] * job->joint->n + place] = x;
        }
    }
}

static mera_code score_tiles(void *context, size_t j, unsigned worker)
{
    const score_job *job = context;
    const mera_scorer *s = &job->c->scorer;
    score_space *space = &job->space[worker];
    const size_t first = j * job->tiles * MERA_TILE, k = s->k * MERA_TILE;
    size_t n = 0;
    for (; n < job->tiles && first + n * MERA_TILE < job->rows->n; n++) {
        double *w = space->w + n * k, *y = space->y + n * score_stride(job);
        mera_joint_lanes(job->joint, job->c, job->rows, first + n * MERA_TILE, space->scorer.walk,
                         space->scorer.share, space->spare);
        mera_scorer_down(s, &space->scorer, w);
        if (s->n_complete < s->n) {
            job->joint->kernels->product(s->panel, s->n_panels, s->k, w, y, score_stride(job), 1);
            mera_scorer_rest(s, &space->scorer, y);
        }
    }
    if (s->n_complete == s->n) {
        job->joint->kernels->product(s->panel, s->n_panels, s->k, space->w, space->y,
                                     score_stride(job), n);
    }
    for (size_t t = 0; t < n; t++) {
        score_put(job, first + t * MERA_TILE, space->y + t * score_stride(job));
    }
    return MERA_OK;
}

static mera_code score_spaces(score_job *job, mera_arena *arena)
{
    const mera_joint *joint = job->joint;
    const mera_scorer *s = &job->c->scorer;
    MERA_TRY_NEW(job->place, arena, joint->result->n_units);
    MERA_TRY_NEW(job->space, arena, mera_pool_size(job->pool));
    for (size_t i = 0; i < joint->result->n_units; i++) {
        job->place[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < joint->n; i++) {
        job->place[joint->unit[i]] = i;
    }
    for (unsigned w = 0; w < mera_pool_size(job->pool); w++) {
        score_space *space = &job->space[w];
        MERA_TRY(mera_scorer_space_new(s, arena, &space->scorer));
        MERA_TRY_NEW(space->spare, arena, score_spare(job->c));
        MERA_TRY_NEW(space->w, arena, job->tiles * s->k * MERA_TILE);
        MERA_TRY_NEW(space->y, arena, job->tiles * score_stride(job));
    }
    return MERA_OK;
}

mera_code mera_joint_products(const mera_joint *joint, const joint_combination *c,
                              const joint_rows *rows)
{
    const size_t tiles = (rows->n + MERA_TILE - 1) / MERA_TILE;
    score_job job = {.joint = joint, .c = c, .rows = rows, .pool = rows->here ? NULL : joint->pool};
    const size_t share = tiles / mera_pool_size(job.pool);
    mera_arena *arena = mera_arena_new();
    MERA_TRY_PTR(arena);
    job.tiles = share < 1 ? 1 : share > JOINT_TILES ? JOINT_TILES : share;
    mera_code code = score_spaces(&job, arena);
    if (code == MERA_OK) {
        code = mera_pool_run(job.pool, (tiles + job.tiles - 1) / job.tiles, score_tiles, &job);
    }
    mera_arena_free(arena);
    return code;
}

/* ---- the framework again ---- */

static mera_code score_again(const score_job *job, size_t at, double *const *share, size_t lane,
                             const mera_again_room *room)
{
    const mera_joint *joint = job->joint;
    const mera_methodology *m = job->c->run.result->methodology;
    const size_t row = job->rows->row[at];
    const double **weight;
    uint8_t *left_out;
    mera_again_scores made;
    if (isnan(share[0][lane])) {
        return MERA_OK; /* everything is left out */
    }
    MERA_TRY(mera_robust_weights(&job->c->run, share, lane, room->arena, &weight));
    MERA_TRY_NEW(left_out, room->arena, m->n_indicators);
    for (size_t k = 0; joint->drops && k < m->n_indicators; k++) {
        left_out[k] = mera_joint_left_out(joint, job->rows->points, row, m->indicator[k].id);
    }
    const mera_again_change change = {.weight = weight, .left_out = left_out};
    const mera_code code = mera_again_score(job->c->again, &change, room, NULL, &made);
    for (size_t i = 0; code == MERA_OK && i < joint->n; i++) {
        job->rows->score[row * joint->n + i] = made.score[job->c->ask.node][joint->unit[i]];
    }
    return code == MERA_EINPUT ? MERA_OK : code; /* no answer under these weights: a failed draw */
}

static mera_code score_anew_tile(void *context, size_t tile, const mera_again_room *room)
{
    const score_job *job = context;
    const size_t at = tile * MERA_TILE;
    const robust_run *run = &job->c->run;
    double **share, *spare;
    mera_walk *walk;
    MERA_TRY_NEW(share, room->arena, run->n_nodes);
    MERA_TRY_NEW(spare, room->arena, score_spare(job->c));
    for (size_t v = 0; v < run->n_nodes; v++) {
        MERA_TRY_NEW(share[v], room->arena, run->node[v].n * MERA_TILE);
    }
    MERA_TRY(score_walks(run, room->arena, &walk));
    mera_joint_lanes(job->joint, job->c, job->rows, at, walk, share, spare);
    for (size_t lane = 0; lane < MERA_TILE && at + lane < job->rows->n; lane++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        MERA_TRY(score_again(job, at + lane, share, lane, room));
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

mera_code mera_joint_anew(const mera_joint *joint, const joint_combination *c,
                          const joint_rows *rows)
{
    score_job job = {.joint = joint, .c = c, .rows = rows};
    return mera_again_each(c->again, (rows->n + MERA_TILE - 1) / MERA_TILE, score_anew_tile, &job);
}
