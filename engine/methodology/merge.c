/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Merging trees; see merge.h for the rules. Places and origins are those of the value that won.
 */
#include "methodology/merge.h"

#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "methodology/tree.h"

/* The key that a scalar under `key` is short for, or NULL. */
static const char *merge_short_for(const char *key)
{
    static const char *const ops[] = {"screen",    "impute",  "treat",     "normalise",
                                      "aggregate", "weights", "denominate"};
    for (size_t i = 0; key != NULL && i < sizeof ops / sizeof *ops; i++) {
        if (strcmp(ops[i], key) == 0) {
            return "op";
        }
    }
    return key != NULL && strcmp(key, "missing") == 0 ? "rule" : NULL;
}

mera_code mera_merge_expand(mera_arena *arena, const char *key, const mera_value *value,
                            const mera_value **out)
{
    const char *name = merge_short_for(key);
    *out = value;
    if (name == NULL || !mera_tree_is_scalar(value) || mera_tree_says(value, "none") ||
        mera_tree_says(value, "as_written")) {
        return MERA_OK;
    }
    const mera_value *map;
    MERA_TRY(mera_tree_map(arena, value->at, value->origin, &map));
    return mera_tree_with(arena, map, (mera_entry){name, value->at, value}, out);
}

static bool merge_is_shared(const char *key)
{
    static const char *const shared[] = {"op",    "reference", "by",   "round",
                                         "floor", "missing",   "nodes"};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        if (strcmp(shared[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* "normalise.minmax" and "minmax" are one name. */
static const char *merge_short_name(const char *name)
{
    static const char *const steps[] = {"derive.", "denominate.", "screen.",
                                        "impute.", "treat.",      "normalise.",
                                        "weight.", "aggregate.",  "classify."};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (mera_starts_with(name, steps[i])) {
            return name + strlen(steps[i]);
        }
    }
    return name;
}

mera_code mera_merge_change_op(mera_arena *arena, const mera_value *map, const mera_value *op,
                               const mera_value **out)
{
    const mera_value *old = mera_value_get(map, "op");
    *out = map;
    if (old == NULL || op == NULL || !mera_tree_is_scalar(old) || !mera_tree_is_scalar(op) ||
        strcmp(merge_short_name(old->text), merge_short_name(op->text)) == 0) {
        return MERA_OK;
    }
    for (size_t i = 0; i < map->n; i++) {
        const char *key = map->entries[i].key;
        MERA_TRY(merge_is_shared(key) ? MERA_OK : mera_tree_without(arena, *out, key, out));
    }
    return MERA_OK;
}

/* Takes from `base` what `over` says in the other spelling. */
static mera_code merge_by(mera_arena *arena, const mera_value *base, const mera_value *over,
                          const mera_value **out)
{
    const mera_entry *reference = mera_value_entry(base, "reference");
    *out = base;
    if (mera_value_get(mera_value_get(over, "reference"), "by") != NULL) {
        MERA_TRY(mera_tree_without(arena, *out, "by", out));
    }
    if (mera_value_get(over, "by") != NULL && reference != NULL &&
        mera_value_get(reference->value, "by") != NULL) {
        mera_entry entry = *reference;
        MERA_TRY(mera_tree_without(arena, reference->value, "by", &entry.value));
        MERA_TRY(mera_tree_with(arena, *out, entry, out));
    }
    return MERA_OK;
}

/* The place of each key among the entries of a map. */
static mera_code merge_index(mera_arena *arena, const mera_value *map, mera_map **out)
{
    size_t found;
    bool added;
    MERA_TRY(mera_map_new(arena, map->n, out));
    for (size_t i = 0; i < map->n; i++) {
        const char *key = map->entries[i].key;
        MERA_TRY(mera_map_put(*out, key, strlen(key), i, &found, &added));
    }
    return MERA_OK;
}

static mera_code merge_maps(mera_arena *arena, const mera_value *base, const mera_value *over,
                            const mera_value **out)
{
    const mera_value *below;
    mera_value *merged;
    mera_entry *entries;
    mera_map *index;
    MERA_TRY(mera_merge_change_op(arena, base, mera_value_get(over, "op"), &below));
    MERA_TRY(merge_by(arena, below, over, &below));
    MERA_TRY_NEW(merged, arena, 1);
    MERA_TRY_NEW(entries, arena, below->n + over->n);
    MERA_TRY(merge_index(arena, below, &index));
    if (below->n > 0) {
        memcpy(entries, below->entries, below->n * sizeof *entries);
    }
    *merged = over->n > 0 ? *over : *below;
    merged->n = below->n;
    merged->entries = entries;
    for (size_t i = 0; i < over->n; i++) {
        const mera_entry *entry = &over->entries[i];
        const size_t at = mera_map_get(index, entry->key, strlen(entry->key));
        mera_entry *place = &entries[at == SIZE_MAX ? merged->n++ : at];
        const mera_value *old = at != SIZE_MAX ? place->value : NULL;
        *place = *entry;
        MERA_TRY(old == NULL ? MERA_OK
                             : mera_merge(arena, entry->key, old, entry->value, &place->value));
    }
    *out = merged;
    return MERA_OK;
}

mera_code mera_merge(mera_arena *arena, const char *key, const mera_value *base,
                     const mera_value *over, const mera_value **out)
{
    const mera_value *below = base, *above = over;
    const bool whole = key != NULL && strcmp(key, "weights") == 0;
    if (!whole && (base->kind == MERA_VALUE_MAP || over->kind == MERA_VALUE_MAP)) {
        MERA_TRY(mera_merge_expand(arena, key, base, &below));
        MERA_TRY(mera_merge_expand(arena, key, over, &above));
    }
    if (!whole && below->kind == MERA_VALUE_MAP && above->kind == MERA_VALUE_MAP) {
        return merge_maps(arena, below, above, out);
    }
    *out = over;
    return MERA_OK;
}
