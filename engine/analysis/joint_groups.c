/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Draws dealt out to combinations, which are made, scored and forgotten in the order of who lends
 * to whom (joint_lend.c): depth first, so that there are no more columns at a time than a tree is
 * high. Trees side by side are gone through at the same time, each on a thread of its own, unless
 * plugins are at work.
 */
#include <string.h>

#include "analysis/joint_groups.h"
#include "base/math.h"
#include "base/text.h"

/* ---- who is with whom ---- */

/* Rows by their key, which is one of all that matters. */
mera_code mera_joint_deal_rows(joint_dealing *d)
{
    const mera_joint *joint = d->joint;
    const size_t count = d->points->count, bytes = joint->n_factors * sizeof(uint64_t);
    mera_map *seen;
    uint64_t *key;
    bool added;
    MERA_TRY(mera_map_new(d->arena, 64, &seen));
    MERA_TRY_NEW(key, d->arena, joint->n_factors);
    MERA_TRY_NEW(d->of, d->arena, count);
    MERA_TRY_NEW(d->row, d->arena, count);
    MERA_TRY_NEW(d->start, d->arena, count + 2);
    for (size_t row = 0; row < count; row++) {
        mera_joint_key(joint, d->points, row, JOINT_ALL, key);
        MERA_TRY(mera_map_put(seen, (const char *)key, bytes, d->n, &d->of[row], &added));
        d->n += added;
        d->start[d->of[row] + 2]++;
    }
    for (size_t g = 0; g < d->n; g++) {
        d->start[g + 2] += d->start[g + 1];
    }
    for (size_t row = 0; row < count; row++) {
        d->row[d->start[d->of[row] + 1]++] = row;
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
    mera_joint_group_key(d, g, JOINT_ALL, key);
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

void mera_joint_group_key(const joint_dealing *d, size_t g, unsigned stage, uint64_t *key)
{
    mera_joint_key(d->joint, d->points, d->row[d->start[g]], stage, key);
}

static mera_code deal_groups(joint_dealing *d)
{
    uint64_t *key;
    MERA_TRY_NEW(d->group, d->arena, d->n);
    MERA_TRY_NEW(key, d->arena, d->joint->n_factors);
    for (size_t g = 0; g < d->n; g++) {
        MERA_TRY(deal_kept(d, g, key));
    }
    return mera_joint_lend(d);
}

/* ---- making and scoring ---- */

static mera_code deal_score(const joint_dealing *d, size_t g, bool alone, joint_room *room)
{
    const joint_combination *c = d->group[g].c;
    const joint_rows rows = {.points = d->points,
                             .n = d->start[g + 1] - d->start[g],
                             .row = d->row + d->start[g],
                             .shares = d->shares,
                             .out = d->out,
                             .here = alone,
                             .room = room};
    if (c->failed != NULL) {
        return MERA_OK;
    }
    return c->again != NULL ? mera_joint_anew(d->joint, c, &rows)
                            : mera_joint_products(d->joint, c, &rows);
}

/* The combination of a group that lends, if it has come to anything. */
static const joint_combination *deal_lender(const joint_dealing *d, size_t g)
{
    const joint_combination *c = g != SIZE_MAX ? d->group[g].c : NULL;
    return c != NULL && c->failed == NULL ? c : NULL;
}

/* Tree and scorer of what nobody needs later are gone afterwards, its columns are not. */
static mera_code deal_group(joint_dealing *d, size_t g, bool alone, joint_room *room)
{
    joint_group *group = &d->group[g];
    const mera_arena_mark mark = mera_arena_mark_now(room->work);
    mera_code code = MERA_OK;
    if (group->fresh) {
        const size_t draws = d->start[g + 1] - d->start[g];
        const joint_way way = {.lender = {.c = deal_lender(d, group->donor), .same = group->same},
                               .cousin = deal_lender(d, group->cousin),
                               .lends = group->lends,
                               .here = alone,
                               .pack = group->kept || !alone || draws > JOINT_TILES * MERA_TILE,
                               .table = group->kept || group->lends ? NULL : room->work};
        code = mera_joint_prepare(d->joint, d->points, d->row[d->start[g]], &way, &group->c);
    }
    code = code == MERA_OK ? deal_score(d, g, alone, room) : code;
    mera_arena_rewind(room->work, mark);
    return code;
}

/* What failed says why at the end. */
static void deal_forget(joint_group *group)
{
    if (!group->kept && group->c != NULL && group->c->failed == NULL) {
        mera_joint_forget(group->c);
        group->c = NULL;
    }
}

/* Those of a tree that stayed for their cousins. */
static void deal_forget_lenders(joint_dealing *d, size_t g)
{
    for (size_t c = d->group[g].child; c != SIZE_MAX; c = d->group[c].next) {
        if (d->group[c].early) {
            deal_forget_lenders(d, c);
            deal_forget(&d->group[c]);
        }
    }
}

/* Nobody below borrows any more; cousins may, until all of the first ancestor's tree is done, or,
 * when that is kept from before, everything. */
static void deal_release(joint_dealing *d, size_t g)
{
    if (d->group[g].donor == SIZE_MAX) {
        deal_forget_lenders(d, g);
        deal_forget(&d->group[g]);
    } else if (!d->group[g].stays) {
        deal_forget(&d->group[g]);
    }
}

/* A tree on one thread. Those that lend to cousins come first among children. */
static mera_code deal_tree(joint_dealing *d, size_t g, joint_room *room)
{
    MERA_TRY(deal_group(d, g, true, room));
    for (size_t c = d->group[g].child; c != SIZE_MAX; c = d->group[c].next) {
        MERA_TRY(deal_tree(d, c, room));
    }
    deal_release(d, g);
    return MERA_OK;
}

typedef struct deal_trees_side {
    joint_dealing *d;
    const size_t *root;
} deal_trees_side;

static mera_code deal_tree_job(void *context, size_t i, unsigned worker)
{
    const deal_trees_side *side = context;
    return deal_tree(side->d, side->root[i], &side->d->joint->room[worker]);
}

static mera_code deal_list(joint_dealing *d, size_t first);

/* Trees side by side: as many as threads, or one after the other, all threads on each. */
static mera_code deal_side(joint_dealing *d, const size_t *root, size_t n)
{
    if (n > 1 && n >= mera_pool_size(d->joint->pool) && !d->joint->plugins) {
        deal_trees_side side = {d, root};
        return mera_pool_run(d->joint->pool, n, deal_tree_job, &side);
    }
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(deal_group(d, root[i], false, d->joint->room));
        MERA_TRY(deal_list(d, d->group[root[i]].child));
        deal_release(d, root[i]);
    }
    return MERA_OK;
}

/* Those that lend to cousins, then the others. */
static mera_code deal_list(joint_dealing *d, size_t first)
{
    size_t *root, n = 0, early = 0;
    MERA_TRY_NEW(root, d->arena, d->n);
    for (size_t g = first; g != SIZE_MAX; g = d->group[g].next) {
        root[n++] = g;
        early += d->group[g].early;
    }
    MERA_TRY(deal_side(d, root, early));
    return deal_side(d, root + early, n - early);
}

/* ---- afterwards ---- */

static bool deal_empty(const mera_joint *joint, const uint16_t *place)
{
    for (size_t i = 0; i < joint->n; i++) {
        if (place[i] <= joint->n) {
            return false;
        }
    }
    return true;
}

/* In the order of rows, so that it is the same whatever the number of rows at a time. */
static mera_code deal_failures(const joint_dealing *d)
{
    for (size_t row = 0; row < d->points->count; row++) {
        const size_t g = d->of[row];
        const joint_combination *c = d->group[g].c;
        const char *why = c != NULL ? c->failed : NULL;
        d->out->failure[row] = 0;
        if (c != NULL && c->mistake && row == d->row[d->start[g]]) {
            MERA_TRY(mera_joint_blame(d->joint, d->points, row));
        }
        if (why != NULL || deal_empty(d->joint, d->out->place + row * d->joint->n)) {
            MERA_TRY(mera_joint_fail(d->joint, d->points, row,
                                     why != NULL ? why : "nobody has a score",
                                     &d->out->failure[row]));
        }
    }
    return MERA_OK;
}

/* What is to be kept goes to its place, the rest is forgotten. */
static mera_code deal_end(joint_dealing *d, mera_code code)
{
    mera_joint *joint = d->joint;
    uint64_t key[JOINT_FACTORS];
    code = code == MERA_OK ? deal_failures(d) : code;
    for (size_t g = 0; g < d->n && d->group != NULL; g++) {
        joint_group *group = &d->group[g];
        joint->n_prepared += group->fresh;
        if (group->fresh && group->kept) {
            mera_joint_group_key(d, g, JOINT_ALL, key);
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
    MERA_TRY(mera_joint_deal_rows(d));
    MERA_TRY(deal_groups(d));
    return deal_list(d, d->first);
}

/* Nobody has a place yet. */
static void deal_clear(const mera_joint *joint, size_t rows, joint_outcome *out)
{
    for (size_t i = 0; i < rows * joint->n; i++) {
        out->place[i] = (uint16_t)(joint->n + 1);
    }
    for (size_t i = 0; out->score != NULL && i < rows * joint->n; i++) {
        out->score[i] = NAN;
    }
    memset(out->tied, 0, rows);
}

mera_code mera_joint_run(mera_joint *joint, const joint_points *points, joint_outcome *out)
{
    joint_shares shares;
    mera_arena *arena = mera_arena_new();
    MERA_TRY_PTR(arena);
    deal_clear(joint, points->count, out);
    joint_dealing d = {
        .joint = joint, .points = points, .shares = &shares, .arena = arena, .out = out};
    mera_code code = mera_joint_shares(joint, points, arena, &shares);
    code = code == MERA_OK ? deal_all(&d) : code;
    code = deal_end(&d, code);
    mera_arena_free(arena);
    return code;
}
