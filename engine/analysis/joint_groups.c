/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Draws dealt out to combinations. Combinations that are the same up to a stage share its columns:
 * the first of them makes them, in an earlier wave. Those of one wave are made and scored at the
 * same time, each on a thread of its own, unless plugins are at work.
 */
#include <string.h>

#include "analysis/joint.h"
#include "base/math.h"
#include "base/text.h"

/* Draws of one combination. */
typedef struct joint_group {
    joint_combination *c;
    size_t donor;    /* the group whose columns it shares; SIZE_MAX = none */
    mera_stage same; /* up to which stage */
    unsigned wave;
    bool kept, fresh; /* stays for later draws; made in this run */
    bool lends;       /* is some group's donor */
} joint_group;

typedef struct joint_dealing {
    mera_joint *joint;
    const joint_points *points;
    const joint_shares *shares;
    mera_arena *arena;
    double *score;
    size_t n, *start, *row; /* row[start[g]] up to start[g + 1], in the order of first draws */
    joint_group *group;
    size_t *wave; /* groups of the wave under way */
    bool alone;   /* each job on its own thread */
} joint_dealing;

/* ---- who is with whom ---- */

/* Rows by their key, which is one of all that matters. */
static mera_code deal_rows(joint_dealing *d)
{
    const mera_joint *joint = d->joint;
    const size_t count = d->points->count, bytes = joint->n_factors * sizeof(uint64_t);
    mera_map *seen;
    uint64_t *key;
    size_t *group;
    bool added;
    MERA_TRY(mera_map_new(d->arena, 64, &seen));
    MERA_TRY_NEW(key, d->arena, joint->n_factors);
    MERA_TRY_NEW(group, d->arena, count);
    MERA_TRY_NEW(d->row, d->arena, count);
    MERA_TRY_NEW(d->start, d->arena, count + 2);
    for (size_t row = 0; row < count; row++) {
        mera_joint_key(joint, d->points, row, JOINT_ALL, key);
        MERA_TRY(mera_map_put(seen, (const char *)key, bytes, d->n, &group[row], &added));
        d->n += added;
        d->start[group[row] + 2]++;
    }
    for (size_t g = 0; g < d->n; g++) {
        d->start[g + 2] += d->start[g + 1];
    }
    for (size_t row = 0; row < count; row++) {
        d->row[d->start[group[row] + 1]++] = row;
    }
    return MERA_OK;
}

/* The combination that is kept from earlier draws; else a mark whether this one is to be kept. */
static mera_code deal_kept(joint_dealing *d, size_t g, uint64_t *key)
{
    mera_joint *joint = d->joint;
    const size_t n = joint->n_factors * sizeof *key;
    const size_t cells = joint->result->n_units * joint->result->n_periods;
    const size_t bytes = cells * (joint->m->n_indicators * 6 + joint->m->n_nodes) * sizeof(double);
    joint_group *group = &d->group[g];
    size_t found;
    bool added;
    mera_joint_key(joint, d->points, d->row[d->start[g]], JOINT_ALL, key);
    found = mera_map_get(joint->prepared, (const char *)key, n);
    if (found != SIZE_MAX) {
        group->c = joint->combination[found];
        group->kept = true;
        return MERA_OK;
    }
    group->fresh = true;
    if (!joint->noisy && !joint->imputes && !joint->ranged &&
        joint->n_combinations < JOINT_COMBINATIONS && joint->kept_bytes + bytes <= JOINT_BYTES) {
        group->kept = true;
        joint->kept_bytes += bytes;
        return mera_map_put(joint->prepared, (const char *)key, n, joint->n_combinations++, &found,
                            &added);
    }
    return MERA_OK;
}

/* The first group that is the same up to a stage. */
static mera_code deal_donors(joint_dealing *d, mera_stage stage, uint64_t *key)
{
    mera_joint *joint = d->joint;
    mera_map *seen;
    MERA_TRY(mera_map_new(d->arena, 64, &seen));
    for (size_t g = 0; g < d->n; g++) {
        size_t first;
        bool added;
        mera_joint_key(joint, d->points, d->row[d->start[g]], stage, key);
        MERA_TRY(mera_map_put(seen, (const char *)key, joint->n_factors * sizeof *key, g, &first,
                              &added));
        if (!added) { /* later stages come later and win */
            d->group[g].donor = first;
            d->group[g].same = stage;
        }
    }
    return MERA_OK;
}

static mera_code deal_groups(joint_dealing *d)
{
    uint64_t *key;
    MERA_TRY_NEW(d->group, d->arena, d->n);
    MERA_TRY_NEW(d->wave, d->arena, d->n);
    MERA_TRY_NEW(key, d->arena, d->joint->n_factors);
    for (size_t g = 0; g < d->n; g++) {
        d->group[g].donor = SIZE_MAX;
        MERA_TRY(deal_kept(d, g, key));
    }
    for (mera_stage stage = MERA_STAGE_IMPUTED; stage <= MERA_STAGE_NORMALISED; stage++) {
        MERA_TRY(deal_donors(d, stage, key));
    }
    for (size_t g = 0; g < d->n; g++) { /* a donor stands before those it lends to */
        joint_group *group = &d->group[g];
        if (group->donor != SIZE_MAX && group->fresh) {
            d->group[group->donor].lends = true;
            group->wave = d->group[group->donor].wave + 1;
        }
    }
    return MERA_OK;
}

/* ---- making and scoring ---- */

static mera_code deal_score(const joint_dealing *d, size_t g)
{
    const joint_combination *c = d->group[g].c;
    const joint_rows rows = {.points = d->points,
                             .n = d->start[g + 1] - d->start[g],
                             .row = d->row + d->start[g],
                             .shares = d->shares,
                             .score = d->score,
                             .here = d->alone};
    if (c->failed != NULL) {
        return MERA_OK;
    }
    return c->again != NULL ? mera_joint_anew(d->joint, c, &rows)
                            : mera_joint_products(d->joint, c, &rows);
}

/* Groups whose framework is scored anew use the engine's threads: they wait for their turn. */
static mera_code deal_job(void *context, size_t i, unsigned worker)
{
    joint_dealing *d = context;
    const size_t g = d->wave[i];
    joint_group *group = &d->group[g];
    (void)worker;
    if (group->fresh) {
        const joint_group *donor = group->donor != SIZE_MAX ? &d->group[group->donor] : NULL;
        const joint_lender lender = {.c = donor != NULL ? donor->c : NULL, .same = group->same};
        MERA_TRY(mera_joint_prepare(d->joint, d->points, d->row[d->start[g]], &lender, d->alone,
                                    &group->c));
    }
    if (group->c->again != NULL && d->alone) {
        return MERA_OK;
    }
    MERA_TRY(deal_score(d, g));
    if (!group->kept) {
        mera_joint_lighten(group->c);
        if (!group->lends && group->c->failed == NULL) {
            mera_joint_forget(group->c);
            group->c = NULL;
        }
    }
    return MERA_OK;
}

static mera_code deal_wave(joint_dealing *d, unsigned wave)
{
    size_t n = 0;
    for (size_t g = 0; g < d->n; g++) {
        if (d->group[g].wave == wave) {
            d->wave[n++] = g;
        }
    }
    d->alone = n >= mera_pool_size(d->joint->pool) && n > 1 && !d->joint->plugins;
    MERA_TRY(mera_pool_run(d->alone ? d->joint->pool : NULL, n, deal_job, d));
    if (d->alone) {
        d->alone = false;
        for (size_t i = 0; i < n; i++) {
            const joint_combination *c = d->group[d->wave[i]].c;
            MERA_TRY(c != NULL && c->again != NULL ? deal_score(d, d->wave[i]) : MERA_OK);
        }
    }
    return MERA_OK;
}

/* ---- afterwards ---- */

static bool deal_empty(const mera_joint *joint, const double *score)
{
    for (size_t i = 0; i < joint->n; i++) {
        if (!isnan(score[i])) {
            return false;
        }
    }
    return true;
}

static mera_code deal_failures(const joint_dealing *d, size_t g, uint32_t *failure)
{
    const joint_combination *c = d->group[g].c;
    const char *why = c != NULL ? c->failed : NULL;
    if (c != NULL && c->mistake) {
        MERA_TRY(mera_joint_blame(d->joint, d->points, d->row[d->start[g]]));
    }
    for (size_t r = d->start[g]; r < d->start[g + 1]; r++) {
        const size_t row = d->row[r];
        failure[row] = 0;
        if (why != NULL || deal_empty(d->joint, d->score + row * d->joint->n)) {
            MERA_TRY(mera_joint_fail(d->joint, d->points, row,
                                     why != NULL ? why : "nobody has a score", &failure[row]));
        }
    }
    return MERA_OK;
}

/* What is to be kept goes to its place, the rest is forgotten. */
static mera_code deal_end(joint_dealing *d, uint32_t *failure, mera_code code)
{
    mera_joint *joint = d->joint;
    uint64_t key[JOINT_FACTORS];
    for (size_t g = 0; g < d->n && d->group != NULL; g++) {
        joint_group *group = &d->group[g];
        joint->n_prepared += group->fresh;
        code = code == MERA_OK ? deal_failures(d, g, failure) : code;
        if (group->fresh && group->kept) {
            mera_joint_key(joint, d->points, d->row[d->start[g]], JOINT_ALL, key);
            joint->combination[mera_map_get(joint->prepared, (const char *)key,
                                            joint->n_factors * sizeof *key)] = group->c;
        } else if (group->fresh) {
            mera_joint_forget(group->c);
        }
    }
    return code;
}

static mera_code deal_all(joint_dealing *d)
{
    unsigned last = 0;
    MERA_TRY(deal_rows(d));
    MERA_TRY(deal_groups(d));
    for (size_t g = 0; g < d->n; g++) {
        last = d->group[g].wave > last ? d->group[g].wave : last;
    }
    for (unsigned wave = 0; wave <= last; wave++) {
        MERA_TRY(deal_wave(d, wave));
    }
    return MERA_OK;
}

mera_code mera_joint_run(mera_joint *joint, const joint_points *points, double *score,
                         uint32_t *failure)
{
    joint_shares shares;
    mera_arena *arena = mera_arena_new();
    MERA_TRY_PTR(arena);
    for (size_t i = 0; i < points->count * joint->n; i++) {
        score[i] = NAN;
    }
    joint_dealing d = {
        .joint = joint, .points = points, .shares = &shares, .arena = arena, .score = score};
    mera_code code = mera_joint_shares(joint, points, arena, &shares);
    code = code == MERA_OK ? deal_all(&d) : code;
    code = deal_end(&d, failure, code);
    mera_arena_free(arena);
    return code;
}
