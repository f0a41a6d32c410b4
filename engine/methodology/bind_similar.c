/* SPDX-License-Identifier: Apache-2.0 */
/** @file `similar:`, which units are comparable with one. */
#include <string.h>

#include "methodology/bind.h"
#include "methodology/tree.h"

enum { SIMILAR_K = 20, SIMILAR_LEAST = 5, SIMILAR_CLUSTERS = 10 };

/** Every name is a grouping; problems are recorded. */
static mera_code similar_groups(mera_binder *b, const mera_value *by)
{
    for (size_t i = 0; by != NULL && by->kind == MERA_VALUE_LIST && i < by->n; i++) {
        MERA_BIND_TRY(mera_tree_is_scalar(by->items[i]) ? mera_bind_grouping(b, by->items[i])
                                                        : MERA_OK);
    }
    return mera_tree_is_scalar(by) ? mera_bind_grouping(b, by) : MERA_OK;
}

static mera_code similar_near(mera_binder *b, const mera_value *map)
{
    const size_t n = map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    mera_near *near;
    MERA_TRY_NEW(near, b->arena, n);
    for (size_t i = 0; i < n; i++) {
        const mera_entry *entry = &map->entries[i];
        near[i] = (mera_near){.column = entry->key,
                              .weight = mera_bind_number(entry->value, "weight", 1),
                              .log = mera_bind_bool(entry->value, "log", false),
                              .title = mera_bind_title(mera_value_get(entry->value, "title")),
                              .at = entry->at};
    }
    b->m->similar.near = near;
    b->m->similar.n_near = n;
    return MERA_OK;
}

/** Of clusters, all units of one are similar unless `k` is said. */
static void similar_clusters(mera_binder *b, const mera_entry *said, bool k)
{
    mera_similar_rules *rules = &b->m->similar;
    if (said == NULL) {
        return;
    }
    rules->clusters = true;
    rules->cluster_k = (size_t)mera_bind_number(said->value, "k", 0);
    rules->cluster_most = (size_t)mera_bind_number(said->value, "most", SIMILAR_CLUSTERS);
    rules->clusters_at = said->at;
    rules->k = k ? rules->k : 0;
    if (rules->n_near == 0) {
        mera_fail(b->diags, MERA_EINPUT, "missing-key", said->at,
                  "'clusters' needs 'near': the columns in which units of a cluster are near");
        mera_hint(b->diags, "for example near: {population: {log: true}}");
    }
}

mera_code mera_bind_similar(mera_binder *b)
{
    const mera_value *said = mera_value_get(b->tree, "similar");
    const mera_value *by = mera_value_get(said, "by"), *k = mera_value_get(said, "k");
    mera_similar_rules *rules = &b->m->similar;
    mera_text_list names;
    MERA_TRY(mera_bind_texts(b, by, &names));
    *rules = (mera_similar_rules){.said = said != NULL,
                                  .by = names.v,
                                  .n_by = names.n,
                                  .k = (size_t)mera_bind_number(said, "k", SIMILAR_K),
                                  .least = (size_t)mera_bind_number(said, "least", SIMILAR_LEAST)};
    MERA_BIND_TRY(similar_groups(b, by));
    MERA_TRY(similar_near(b, mera_value_get(said, "near")));
    similar_clusters(b, mera_value_entry(said, "clusters"), k != NULL);
    if (k != NULL && rules->n_near == 0) {
        mera_fail(b->diags, MERA_EINPUT, "idle-key", k->at,
                  "'k' takes the nearest units, and nothing says what is near");
        mera_hint(b->diags, "add near: {population: {log: true}}, or take 'k' out");
    }
    return MERA_OK;
}
