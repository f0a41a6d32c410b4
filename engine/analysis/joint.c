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
        joint->noisy = joint->noisy || factor->kind == MERA_FACTOR_NOISE;
        joint->ranged = joint->ranged || factor->kind == MERA_FACTOR_RANGE;
        joint->drops = joint->drops || factor->kind == MERA_FACTOR_DROP;
    }
    for (size_t v = 0; v < joint->base.n_nodes; v++) {
        const mera_weight_node *node = &joint->base.node[v];
        joint->weights = joint->weights || (node->n > 1 && node->law.kind != MERA_LAW_FIXED);
    }
}

mera_code mera_joint_open(const robust_run *run, mera_joint **out)
{
    mera_joint *joint;
    MERA_TRY_NEW(joint, run->arena, 1);
    joint->plan = run->plan;
    joint->result = run->result;
    joint->m = run->result->methodology;
    joint->arena = run->arena;
    joint->kernels = mera_kernels_best();
    joint->seed = joint->m->seed;
    joint->base = *run;
    joint->n_factors = 1 + joint->m->uncertainty.n_factors;
    joint->n = run->out->n_ranked;
    MERA_TRY(mera_robust_ranked(&joint->base, &joint->reference));
    joint->unit = joint->base.ranked;
    MERA_TRY(mera_robust_samplers(run, &joint->sampler));
    MERA_TRY(mera_map_new(run->arena, 64, &joint->known));
    MERA_TRY(mera_map_new(run->arena, 64, &joint->prepared));
    MERA_TRY(mera_map_new(run->arena, JOINT_FAILURES, &joint->failures));
    MERA_TRY_NEW(joint->kept, run->arena, JOINT_SETTINGS);
    MERA_TRY_NEW(joint->combination, run->arena, JOINT_COMBINATIONS);
    MERA_TRY_NEW(joint->failure, run->arena, JOINT_FAILURES);
    joint_kinds(joint);
    *out = joint;
    return mera_pool_open(run->ask->threads, &joint->pool);
}

void mera_joint_close(mera_joint *joint)
{
    for (size_t i = 0; joint != NULL && i < joint->n_combinations; i++) {
        mera_joint_forget(joint->combination[i]);
    }
    for (size_t i = 0; joint != NULL && i < joint->n_kept; i++) {
        mera_joint_settings_close(joint->kept[i]);
    }
    if (joint != NULL) {
        mera_pool_close(joint->pool);
    }
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
static const char *joint_choices(const mera_joint *joint, const double *u)
{
    mera_text text = {.arena = joint->arena};
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

/* Failures of the same choices are one, told by the first reason. */
static mera_code joint_fail(mera_joint *joint, const joint_rows *rows, size_t row,
                            const char *reason, uint32_t *failure)
{
    const char *choices = joint_choices(joint, rows->points->u + row * joint->n_factors);
    size_t found;
    bool added;
    MERA_TRY_PTR(choices);
    const size_t n = strlen(choices);
    if (joint->n_failures == JOINT_FAILURES) { /* the last stands for the rest */
        found = mera_map_get(joint->failures, choices, n);
        found = found == SIZE_MAX ? JOINT_FAILURES - 1 : found;
    } else {
        MERA_TRY(mera_map_put(joint->failures, choices, n, joint->n_failures, &found, &added));
        if (added) {
            joint->failure[joint->n_failures++] = (mera_robust_failure){
                .choices = choices, .reason = mera_arena_strdup(joint->arena, reason)};
            MERA_TRY_PTR(joint->failure[found].reason);
        }
    }
    joint->failure[found].draws++;
    failure[row] = (uint32_t)found + 1;
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

static bool joint_empty(const mera_joint *joint, const double *score)
{
    for (size_t i = 0; i < joint->n; i++) {
        if (!isnan(score[i])) {
            return false;
        }
    }
    return true;
}

static mera_code joint_failures(mera_joint *joint, const joint_combination *c,
                                const joint_rows *rows, uint32_t *failure)
{
    for (size_t r = 0; r < rows->n; r++) {
        const size_t row = rows->row[r];
        failure[row] = 0;
        if (c->failed != NULL || joint_empty(joint, rows->score + row * joint->n)) {
            MERA_TRY(joint_fail(joint, rows, row,
                                c->failed != NULL ? c->failed : "nobody has a score", failure));
        }
    }
    return MERA_OK;
}

/* ---- combinations ---- */

/* Rows by combination, in the order of their first draws: row[start[g]] up to start[g + 1]. */
typedef struct joint_groups {
    size_t n, *start, *row;
} joint_groups;

static mera_code joint_group(const mera_joint *joint, const joint_points *points, mera_arena *arena,
                             joint_groups *out)
{
    mera_map *seen;
    uint64_t *key;
    size_t *group;
    bool added;
    MERA_TRY(mera_map_new(arena, 64, &seen));
    MERA_TRY_NEW(key, arena, joint->n_factors);
    MERA_TRY_NEW(group, arena, points->count);
    MERA_TRY_NEW(out->row, arena, points->count);
    MERA_TRY_NEW(out->start, arena, points->count + 2);
    out->n = 0;
    for (size_t row = 0; row < points->count; row++) {
        mera_joint_key(joint, points, row, true, key);
        MERA_TRY(mera_map_put(seen, (const char *)key, joint->n_factors * sizeof *key, out->n,
                              &group[row], &added));
        out->n += added;
        out->start[group[row] + 2]++;
    }
    for (size_t g = 0; g < out->n; g++) {
        out->start[g + 2] += out->start[g + 1];
    }
    for (size_t row = 0; row < points->count; row++) {
        out->row[out->start[group[row] + 1]++] = row;
    }
    return MERA_OK;
}

/* A combination may be kept when other draws may have it. */
static mera_code joint_find(mera_joint *joint, const joint_points *points, size_t row,
                            mera_arena *arena, joint_combination **out, bool *kept)
{
    const size_t cells = joint->result->n_units * joint->result->n_periods;
    const size_t bytes = cells * (joint->m->n_indicators * 6 + joint->m->n_nodes) * sizeof(double);
    uint64_t *key;
    size_t found;
    bool added;
    MERA_TRY_NEW(key, arena, joint->n_factors);
    mera_joint_key(joint, points, row, true, key);
    const size_t n = joint->n_factors * sizeof *key;
    found = mera_map_get(joint->prepared, (const char *)key, n);
    *kept = found != SIZE_MAX;
    if (*kept) {
        *out = joint->combination[found];
        return MERA_OK;
    }
    MERA_TRY(mera_joint_prepare(joint, points, row, out));
    *kept = !joint->noisy && !joint->ranged && joint->n_combinations < JOINT_COMBINATIONS &&
            joint->kept_bytes + bytes <= JOINT_BYTES;
    if (*kept) {
        joint->kept_bytes += bytes;
        joint->combination[joint->n_combinations] = *out;
        return mera_map_put(joint->prepared, (const char *)key, n, joint->n_combinations++, &found,
                            &added);
    }
    return MERA_OK;
}

static mera_code joint_score(mera_joint *joint, const joint_rows *rows, mera_arena *arena,
                             uint32_t *failure)
{
    joint_combination *c = NULL;
    bool kept;
    mera_code code = joint_find(joint, rows->points, rows->row[0], arena, &c, &kept);
    if (code == MERA_OK && c->failed == NULL) {
        code = c->again != NULL ? mera_joint_anew(joint, c, rows)
                                : mera_joint_products(joint, c, rows);
    }
    if (code == MERA_OK) {
        code = joint_failures(joint, c, rows, failure);
    }
    if (c != NULL && !kept) {
        mera_joint_forget(c);
    }
    return code;
}

static mera_code joint_run(mera_joint *joint, const joint_points *points, double *score,
                           uint32_t *failure, mera_arena *arena)
{
    joint_shares shares;
    joint_groups groups;
    for (size_t i = 0; i < points->count * joint->n; i++) {
        score[i] = NAN;
    }
    MERA_TRY(mera_joint_shares(joint, points, arena, &shares));
    MERA_TRY(joint_group(joint, points, arena, &groups));
    for (size_t g = 0; g < groups.n; g++) {
        const mera_arena_mark mark = mera_arena_mark_now(arena);
        const joint_rows rows = {.points = points,
                                 .n = groups.start[g + 1] - groups.start[g],
                                 .row = groups.row + groups.start[g],
                                 .shares = &shares,
                                 .score = score};
        MERA_TRY(joint_score(joint, &rows, arena, failure));
        mera_arena_rewind(arena, mark);
    }
    return MERA_OK;
}

mera_code mera_joint_run(mera_joint *joint, const joint_points *points, double *score,
                         uint32_t *failure)
{
    mera_arena *arena = mera_arena_new();
    MERA_TRY_PTR(arena);
    const mera_code code = joint_run(joint, points, score, failure, arena);
    mera_arena_free(arena);
    return code;
}
