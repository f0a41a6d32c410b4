/* SPDX-License-Identifier: Apache-2.0 */
/** @file Joint draws: opening, points, and dealing draws out to combinations. */
#include "analysis/joint.h"

#include <string.h>

#include "base/math.h"
#include "base/text.h"
#include "draws/random.h"

#define JOINT_CHOICE 0x40000000u /* streams of choices */

const mera_factor *mera_joint_factor(const mera_joint *joint, size_t f)
{
    return &joint->m->uncertainty.factor[f - 1];
}

size_t mera_joint_pick(double u, size_t n)
{
    const size_t i = (size_t)(u * (double)n);
    return i < n ? i : n - 1;
}

/* ---- opening ---- */

static void joint_kinds(mera_joint *joint)
{
    for (size_t f = 1; f < joint->n_factors; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        joint->settings =
            joint->settings || factor->n_paths > 0 || factor->kind == MERA_FACTOR_VARIANT;
        joint->noisy = joint->noisy || factor->kind == MERA_FACTOR_NOISE;
        joint->ranged = joint->ranged || factor->kind == MERA_FACTOR_RANGE;
        joint->imputes = joint->imputes || factor->kind == MERA_FACTOR_IMPUTED;
        joint->drops = joint->drops || factor->kind == MERA_FACTOR_DROP;
    }
    for (size_t v = 0; v < joint->base.n_nodes; v++) {
        const mera_weight_node *node = &joint->base.node[v];
        joint->weights = joint->weights || (node->n > 1 && node->law.kind != MERA_LAW_FIXED);
    }
}

/* Places as things stand. */
static void joint_reference(mera_joint *joint)
{
    mera_ranking_space *space = &joint->room->ranking;
    double *y = joint->room->tile;
    for (size_t i = 0; i < joint->n * MERA_TILE; i++) {
        y[i] = joint->reference[i / MERA_TILE];
    }
    mera_rank_tile(&joint->ranking, space, y, 0, 1);
    for (size_t i = 0; i < joint->n; i++) {
        joint->ranking.reference[i] = space->place[i * MERA_TILE];
    }
}

static mera_code joint_room_new(mera_joint *joint, joint_room *room)
{
    const size_t most = (joint->result->n_units + MERA_PANEL) * MERA_TILE;
    room->work = mera_arena_new();
    room->scratch = mera_arena_new();
    MERA_TRY_PTR(room->work);
    MERA_TRY_PTR(room->scratch);
    MERA_TRY_NEW(room->y, room->work, most * JOINT_TILES);
    MERA_TRY_NEW(room->tile, room->work, most);
    return mera_ranking_space_new(&joint->ranking, room->work, &room->ranking);
}

static mera_code joint_rooms(mera_joint *joint)
{
    const bool lower = joint->m->node[joint->base.ask->node].lower_is_better;
    if (joint->n > MERA_RANK_LIMIT) {
        return mera_fail(joint->base.diags, MERA_ELIMIT, "draws", MERA_NOWHERE,
                         "%zu units are more than the %d whose places can be counted", joint->n,
                         MERA_RANK_LIMIT);
    }
    mera_ranking_make(joint->kernels, joint->n, lower, false, &joint->ranking);
    joint->ranking.lanes = MERA_TILE;
    MERA_TRY_NEW(joint->ranking.reference, joint->arena, joint->n);
    MERA_TRY(mera_pool_open(joint->base.ask->threads, &joint->pool));
    MERA_TRY_NEW(joint->room, joint->arena, mera_pool_size(joint->pool));
    for (unsigned w = 0; w < mera_pool_size(joint->pool); w++) {
        MERA_TRY(joint_room_new(joint, &joint->room[w]));
    }
    joint_reference(joint);
    return MERA_OK;
}

mera_code mera_joint_outcome_new(const mera_joint *joint, size_t rows, mera_arena *arena,
                                 joint_outcome *out)
{
    out->place = mera_arena_alloc(arena, rows * joint->n, sizeof *out->place);
    MERA_TRY_PTR(out->place);
    MERA_TRY_NEW(out->tied, arena, rows);
    MERA_TRY_NEW(out->failure, arena, rows);
    return MERA_OK;
}

mera_code mera_joint_open(const robust_run *run, mera_joint **out)
{
    mera_joint *joint;
    MERA_TRY_NEW(joint, run->arena, 1);
    *out = joint;
    joint->plan = run->plan;
    joint->result = run->result;
    joint->m = run->result->methodology;
    joint->arena = run->arena;
    joint->kernels = mera_kernels_best();
    joint->seed = joint->m->seed;
    joint->base = *run;
    joint->n_factors = 1 + joint->m->uncertainty.n_factors;
    joint->plugins = joint->m->n_plugins > 0 || joint->m->core != NULL;
    if (joint->n_factors > JOINT_FACTORS) {
        return mera_fail(run->diags, MERA_ELIMIT, "factors", MERA_NOWHERE,
                         "%zu factors are more than %d", joint->n_factors, JOINT_FACTORS);
    }
    joint->n = run->out->n_ranked;
    MERA_TRY(mera_robust_ranked(&joint->base, &joint->reference));
    joint->unit = joint->base.ranked;
    MERA_TRY(mera_robust_samplers(run, &joint->sampler));
    MERA_TRY(mera_map_new(run->arena, 64, &joint->prepared));
    MERA_TRY(mera_map_new(run->arena, JOINT_FAILURES, &joint->failures));
    MERA_TRY_NEW(joint->combination, run->arena, JOINT_COMBINATIONS);
    MERA_TRY_NEW(joint->failure, run->arena, JOINT_FAILURES);
    joint_kinds(joint);
    MERA_TRY(mera_joint_reach(joint));
    MERA_TRY(joint->imputes ? mera_joint_look_imputed(joint) : MERA_OK);
    return joint_rooms(joint);
}

void mera_joint_close(mera_joint *joint)
{
    for (size_t i = 0; joint != NULL && i < joint->n_combinations; i++) {
        mera_joint_forget(joint->combination[i]);
    }
    if (joint == NULL) {
        return;
    }
    for (unsigned w = 0; joint->room != NULL && w < mera_pool_size(joint->pool); w++) {
        mera_arena_free(joint->room[w].work);
        mera_arena_free(joint->room[w].scratch);
    }
    mera_pool_close(joint->pool);
}

void mera_joint_draw(const mera_joint *joint, uint64_t first, size_t count, double *u,
                     uint64_t *number)
{
    for (size_t d = 0; d < count; d++) {
        for (size_t f = 0; f < joint->n_factors; f++) {
            mera_stream stream = mera_stream_of(joint->seed, JOINT_CHOICE + (uint32_t)f, first + d);
            u[d * joint->n_factors + f] = mera_stream_uniform(&stream);
            number[d * joint->n_factors + f] = first + d;
        }
    }
}

/* ---- failures ---- */

/* "scale = zscore, mean = geometric": choices from lists. */
static const char *joint_choices(const mera_joint *joint, const double *u, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    mera_text_add(&text, "");
    for (size_t f = 1; f < joint->n_factors; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        if (factor->n > 0) {
            const char *label = factor->label[mera_joint_pick(u[f], factor->n)];
            mera_text_addf(&text, "%s%s = %s", text.n > 0 ? ", " : "", factor->id,
                           label != NULL ? label : "as_written");
        }
    }
    return mera_text_string(&text);
}

static mera_code joint_add_failure(mera_joint *joint, const char *choices, const char *reason)
{
    const size_t number = joint->n_failures++;
    mera_robust_failure *failure = &joint->failure[number];
    size_t found;
    bool added;
    *failure = (mera_robust_failure){.choices = mera_arena_strdup(joint->arena, choices),
                                     .reason = mera_arena_strdup(joint->arena, reason)};
    MERA_TRY_PTR(failure->choices);
    MERA_TRY_PTR(failure->reason);
    return mera_map_put(joint->failures, choices, strlen(choices), number, &found, &added);
}

/* Failures of the same choices are one, told by the first reason. */
mera_code mera_joint_fail(mera_joint *joint, const joint_points *points, size_t row,
                          const char *reason, uint32_t *failure)
{
    mera_arena *scratch = joint->room->scratch;
    const mera_arena_mark mark = mera_arena_mark_now(scratch);
    const char *choices = joint_choices(joint, points->u + row * joint->n_factors, scratch);
    MERA_TRY_PTR(choices);
    size_t found = mera_map_get(joint->failures, choices, strlen(choices));
    if (found == SIZE_MAX && joint->n_failures < JOINT_FAILURES) {
        found = joint->n_failures;
        MERA_TRY(joint_add_failure(joint, choices, reason));
    }
    mera_arena_rewind(scratch, mark);
    found = found == SIZE_MAX ? JOINT_FAILURES - 1 : found; /* the last stands for the rest */
    joint->failure[found].draws++;
    *failure = (uint32_t)found + 1;
    return MERA_OK;
}

mera_code mera_joint_failed_before(mera_joint *joint, const mera_robust_failure *failure, size_t n)
{
    size_t found;
    bool added;
    for (size_t f = 0; f < n && f < JOINT_FAILURES; f++) {
        joint->failure[f] = failure[f];
        joint->n_failures = f + 1;
        MERA_TRY(mera_map_put(joint->failures, failure[f].choices, strlen(failure[f].choices), f,
                              &found, &added));
    }
    return MERA_OK;
}
