/* SPDX-License-Identifier: Apache-2.0 */
/** @file Shares of draws: of the tree's nodes, tile by tile, and after leaving indicators out. */
#include <stdlib.h>
#include <string.h>

#include "analysis/joint.h"
#include "base/math.h"
#include "base/text.h"
#include "draws/random.h"

#define JOINT_DROP 0x50000000u /* streams of what is left out */

static int shares_compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

typedef struct shares_making {
    const mera_joint *joint;
    const joint_shares *shares;
    mera_walk **walk; /**< per worker and node */
} shares_making;

static mera_code shares_make_tile(void *context, size_t t, unsigned worker)
{
    const shares_making *making = context;
    const joint_shares *shares = making->shares;
    for (size_t v = 0; v < making->joint->base.n_nodes; v++) {
        mera_sampler_tile(&making->joint->sampler[v], making->joint->kernels, making->joint->seed,
                          shares->tile[t] * MERA_TILE, &making->walk[worker][v],
                          shares->share + t * shares->size + shares->at[v]);
    }
    return MERA_OK;
}

mera_code mera_joint_walks(const robust_run *run, mera_arena *arena, mera_walk **out)
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
    qsort(out->tile, points->count, sizeof *out->tile, shares_compare);
    for (size_t row = 0; row < points->count; row++) {
        if (row == 0 || out->tile[row] != out->tile[out->n - 1]) {
            out->tile[out->n++] = out->tile[row];
        }
    }
    MERA_TRY_NEW(out->share, arena, out->n * out->size);
    shares_making making = {.joint = joint, .shares = out};
    MERA_TRY_NEW(making.walk, arena, mera_pool_size(joint->pool));
    for (unsigned w = 0; w < mera_pool_size(joint->pool); w++) {
        MERA_TRY(mera_joint_walks(&joint->base, arena, &making.walk[w]));
    }
    return mera_pool_run(joint->pool, out->n, shares_make_tile, &making);
}

/* One lane of a draw whose weights are of the base's law. */
static void shares_common_lane(const mera_joint *joint, const joint_shares *shares, uint64_t number,
                               size_t lane, double *const *share)
{
    const uint64_t wanted = number / MERA_TILE;
    const uint64_t *found =
        bsearch(&wanted, shares->tile, shares->n, sizeof *shares->tile, shares_compare);
    const double *from = shares->share + (size_t)(found - shares->tile) * shares->size;
    for (size_t v = 0; v < joint->base.n_nodes; v++) {
        const double *own = from + shares->at[v] + number % MERA_TILE;
        for (size_t c = 0; c < joint->base.node[v].n; c++) {
            share[v][c * MERA_TILE + lane] = own[c * MERA_TILE];
        }
    }
}

static void shares_own_lane(const mera_joint *joint, const joint_combination *c, uint64_t number,
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

static bool shares_dropped(const mera_joint *joint, size_t f, const mera_factor *factor, size_t i,
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
                if (shares_dropped(joint, f, factor, i, points, row)) {
                    return true;
                }
                break;
            }
        }
    }
    return false;
}

mera_code mera_joint_left_outs(const mera_joint *joint, const joint_combination *c,
                               const joint_points *points, size_t row, mera_arena *arena,
                               const uint8_t **out)
{
    const mera_methodology *m = c->run.result->methodology;
    uint8_t *left_out;
    *out = NULL;
    if (!joint->drops) {
        return MERA_OK;
    }
    MERA_TRY_NEW(left_out, arena, m->n_indicators);
    for (size_t k = 0; k < m->n_indicators; k++) {
        left_out[k] = mera_joint_left_out(joint, points, row, m->indicator[k].id);
    }
    *out = left_out;
    return MERA_OK;
}

/* A part left out, or all of whose parts are, keeps nothing; the others share what it had. */
static void shares_leave_out(const mera_joint *joint, const joint_combination *c,
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
            shares_common_lane(joint, rows->shares, number, lane, share);
        } else {
            shares_own_lane(joint, c, number, lane, walk, share, spare);
        }
        if (joint->drops) {
            shares_leave_out(joint, c, rows->points, row, lane, share, spare);
        }
    }
}

mera_code mera_joint_lanes_new(const mera_joint *joint, const joint_combination *c,
                               const joint_rows *rows, size_t at, mera_arena *arena,
                               double ***share)
{
    const robust_run *run = &c->run;
    double *spare;
    mera_walk *walk;
    MERA_TRY_NEW(*share, arena, run->n_nodes);
    MERA_TRY_NEW(spare, arena, mera_joint_spare(c));
    for (size_t v = 0; v < run->n_nodes; v++) {
        MERA_TRY_NEW((*share)[v], arena, run->node[v].n * MERA_TILE);
    }
    MERA_TRY(mera_joint_walks(run, arena, &walk));
    mera_joint_lanes(joint, c, rows, at, walk, *share, spare);
    return MERA_OK;
}

size_t mera_joint_spare(const joint_combination *c)
{
    size_t most = c->run.n_nodes;
    for (size_t v = 0; v < c->run.n_nodes; v++) {
        most = c->run.node[v].n * MERA_TILE > most ? c->run.node[v].n * MERA_TILE : most;
    }
    return most;
}
