/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Which combinations lend to which. Those that are the same up to a stage share its columns: the
 * first of them, the donor, makes them and lives until those it lends to are done, so they stand in
 * trees. And those that differ only in how outliers are treated, cousins, share points of all
 * columns that treating leaves alike: most have no outliers. Those of the first treatment lend them
 * to the others, which come after.
 */
#include "analysis/joint_groups.h"

typedef struct lend_search {
    joint_dealing *d;
    mera_map *seen;
    uint64_t *key;
} lend_search;

static mera_code lend_start(lend_search *search)
{
    return mera_map_new(search->d->arena, 64, &search->seen);
}

/* The first group that was put with the same key: itself, when there was none. */
static mera_code lend_put(const lend_search *search, size_t g, size_t *first)
{
    const size_t n = search->d->joint->n_factors * sizeof *search->key;
    bool added;
    return mera_map_put(search->seen, (const char *)search->key, n, g, first, &added);
}

/* The same of a key without how outliers are treated. */
static mera_code lend_put_untreated(const lend_search *search, size_t g, unsigned stage,
                                    size_t *first)
{
    const mera_joint *joint = search->d->joint;
    mera_joint_group_key(search->d, g, stage, search->key);
    for (size_t f = 1; f < joint->n_factors; f++) {
        search->key[f] = joint->treats[f] ? 0 : search->key[f];
    }
    return lend_put(search, g, first);
}

/* The first group that is the same up to a stage: of those that are there, when there is one. */
static mera_code lend_donors(lend_search *search, mera_stage stage)
{
    joint_dealing *d = search->d;
    MERA_TRY(lend_start(search));
    for (int there = 1; there >= 0; there--) {
        for (size_t g = 0; g < d->n; g++) {
            size_t first;
            if (d->group[g].fresh == (there != 0)) {
                continue;
            }
            mera_joint_group_key(d, g, stage, search->key);
            MERA_TRY(lend_put(search, g, &first));
            if (d->group[g].fresh && first != g) { /* later stages come later and win */
                d->group[g].donor = first;
                d->group[g].same = stage;
            }
        }
    }
    return MERA_OK;
}

/* The group that made the treated columns of a group. */
static size_t lend_treated(const joint_dealing *d, size_t g)
{
    while (d->group[g].donor != SIZE_MAX && d->group[g].same >= MERA_STAGE_TREATED) {
        g = d->group[g].donor;
    }
    return g;
}

/* Of the first treatment of those that differ in treatment alone. */
static mera_code lend_early(lend_search *search)
{
    joint_dealing *d = search->d;
    MERA_TRY(lend_start(search));
    for (int there = 1; there >= 0; there--) {
        for (size_t g = 0; g < d->n; g++) {
            size_t first;
            if (d->group[g].fresh != (there != 0) && lend_treated(d, g) == g) {
                MERA_TRY(lend_put_untreated(search, g, MERA_STAGE_TREATED, &first));
                d->group[g].early = first == g;
            }
        }
    }
    for (size_t g = 0; g < d->n; g++) {
        d->group[g].early = d->group[lend_treated(d, g)].early;
    }
    return MERA_OK;
}

/* May it lend? What stays for later draws borrows from nobody who does not. */
static bool lend_may(const joint_group *lender, const joint_group *group, size_t left)
{
    return lender->early && group->fresh && (lender->lends || left > 0) &&
           (lender->kept || !group->kept);
}

static void lend_to(joint_dealing *d, size_t lender, size_t g, size_t *left)
{
    *left -= !d->group[lender].lends;
    d->group[lender].lends = true;
    d->group[g].cousin = lender;
    for (size_t at = lender; at != SIZE_MAX; at = d->group[at].donor) {
        d->group[at].stays = true;
    }
}

/* So many lend as may hold their points, and what these add up to. */
static mera_code lend_cousins(lend_search *search)
{
    joint_dealing *d = search->d;
    const mera_joint *joint = d->joint;
    const size_t cells = joint->result->n_units * joint->result->n_periods;
    size_t left = JOINT_LENT / (2 * cells * joint->m->n_indicators * sizeof(double));
    MERA_TRY(lend_start(search));
    for (int early = 1; early >= 0; early--) {
        for (size_t g = 0; g < d->n; g++) {
            size_t first;
            if (d->group[g].early == (early != 0)) {
                MERA_TRY(lend_put_untreated(search, g, JOINT_ALL, &first));
                if (!early && lend_may(&d->group[first], &d->group[g], left)) {
                    lend_to(d, first, g, &left);
                }
            }
        }
    }
    return MERA_OK;
}

/* Who borrows stands below who lends, but for what is there already; early ones before others. */
static void lend_trees(joint_dealing *d)
{
    d->first = SIZE_MAX;
    for (int early = 0; early <= 1; early++) {
        for (size_t g = d->n; g-- > 0;) {
            joint_group *group = &d->group[g];
            const bool waits = group->donor != SIZE_MAX && d->group[group->donor].fresh;
            size_t *first = waits ? &d->group[group->donor].child : &d->first;
            if (group->early == (early != 0)) {
                group->next = *first;
                *first = g;
            }
        }
    }
}

mera_code mera_joint_lend(joint_dealing *d)
{
    lend_search search = {.d = d};
    MERA_TRY_NEW(search.key, d->arena, d->joint->n_factors);
    for (size_t g = 0; g < d->n; g++) {
        d->group[g].donor = d->group[g].cousin = d->group[g].child = SIZE_MAX;
    }
    for (mera_stage stage = MERA_STAGE_IMPUTED; stage <= MERA_STAGE_NORMALISED; stage++) {
        MERA_TRY(lend_donors(&search, stage));
    }
    MERA_TRY(lend_early(&search));
    MERA_TRY(d->joint->plugins ? MERA_OK : lend_cousins(&search));
    lend_trees(d);
    return MERA_OK;
}
