/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What differs between effective methodologies: every leaf of every tree under the path that
 * `--set` would take, kept when it is not the same everywhere. Titles, descriptions and the
 * methodologies' own names are no settings.
 */
#include "analysis/compare.h"

#include <string.h>

#include "base/grow.h"
#include "base/map.h"
#include "base/text.h"

typedef struct settings_walk {
    mera_arena *arena;
    size_t n_trees, tree; /**< the tree walked now */
    mera_map *seen;
    mera_compare_setting *setting;
    const mera_value ***leaf; /**< leaf[setting][tree] */
    size_t n, room;
} settings_walk;

static bool settings_is_text_key(const char *path, const char *key)
{
    static const char *const anywhere[] = {"title", "description", "id"};
    static const char *const on_top[] = {"mera",   "version",  "licence", "source", "extends",
                                         "record", "variants", "grid",    "set",    "remove"};

    for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere; i++) {
        if (mera_streq(key, anywhere[i])) {
            return true;
        }
    }
    for (size_t i = 0; path[0] == '\0' && i < sizeof on_top / sizeof *on_top; i++) {
        if (mera_streq(key, on_top[i])) {
            return true;
        }
    }
    return false;
}

static mera_code settings_grow(settings_walk *walk)
{
    size_t room = walk->room;

    MERA_TRY_GROWN(walk->setting, walk->arena, &room, walk->n + 1);
    MERA_TRY_GROWN(walk->leaf, walk->arena, &walk->room, walk->n + 1);
    return MERA_OK;
}

static mera_code settings_add(settings_walk *walk, const char *path, const mera_value *value)
{
    size_t found;
    bool added;

    MERA_TRY(mera_map_put(walk->seen, path, strlen(path), walk->n, &found, &added));
    if (added) {
        MERA_TRY(settings_grow(walk));
        found = walk->n++;
        walk->setting[found].path = path;
        MERA_TRY_NEW(walk->leaf[found], walk->arena, walk->n_trees);
    }
    walk->leaf[found][walk->tree] = value;
    return MERA_OK;
}

/** The id of an item of a list, or NULL. */
static const char *settings_item_id(const mera_value *item)
{
    const mera_value *id = mera_value_get(item, "id");

    return id != NULL ? id->text : NULL;
}

static bool settings_is_node_list(const mera_value *value)
{
    for (size_t i = 0; i < value->n; i++) {
        if (settings_item_id(value->items[i]) == NULL) {
            return false;
        }
    }
    return value->n > 0;
}

static mera_code settings_visit(settings_walk *walk, const char *path, const mera_value *value);

/** Nodes are reached by their ids straight from the framework, however deep they stand. */
static mera_code settings_nodes(settings_walk *walk, const char *path, const mera_value *list)
{
    const size_t top = mera_starts_with(path, "framework.") ? strlen("framework") : strlen(path);

    for (size_t i = 0; i < list->n; i++) {
        const char *at = mera_arena_printf(walk->arena, "%.*s.%s", (int)top, path,
                                           settings_item_id(list->items[i]));

        MERA_TRY_PTR(at);
        MERA_TRY(settings_visit(walk, at, list->items[i]));
    }
    return MERA_OK;
}

static mera_code settings_visit(settings_walk *walk, const char *path, const mera_value *value)
{
    if (value->kind == MERA_VALUE_LIST && settings_is_node_list(value)) {
        return settings_nodes(walk, path, value);
    }
    if (value->kind != MERA_VALUE_MAP) {
        return settings_add(walk, path, value);
    }
    for (size_t i = 0; i < value->n; i++) {
        const mera_entry *entry = &value->entries[i];
        const char *at;

        if (settings_is_text_key(path, entry->key)) {
            continue;
        }
        at = mera_arena_printf(walk->arena, "%s%s%s", path, path[0] != '\0' ? "." : "", entry->key);
        MERA_TRY_PTR(at);
        MERA_TRY(settings_visit(walk, at, entry->value));
    }
    return MERA_OK;
}

/** A value as flow text: "[0, 100]", "{op: minmax}". */
static void settings_write(mera_text *text, const mera_value *value)
{
    const bool is_map = value->kind == MERA_VALUE_MAP;

    if (value->kind != MERA_VALUE_LIST && !is_map) {
        mera_text_add(text, value->text != NULL ? value->text : "null");
        return;
    }
    mera_text_add(text, is_map ? "{" : "[");
    for (size_t i = 0; i < value->n; i++) {
        mera_text_add(text, i > 0 ? ", " : "");
        if (is_map) {
            mera_text_addf(text, "%s: ", value->entries[i].key);
        }
        settings_write(text, is_map ? value->entries[i].value : value->items[i]);
    }
    mera_text_add(text, is_map ? "}" : "]");
}

/** Are two leaves the same setting? 1 and 1.0 are. */
static bool settings_same(const mera_value *a, const char *a_text, const mera_value *b,
                          const char *b_text)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    if (a->kind == MERA_VALUE_NUMBER && b->kind == MERA_VALUE_NUMBER) {
        return a->number == b->number;
    }
    return mera_streq(a_text, b_text);
}

/** Writes out one setting; *differs says whether the trees disagree. */
static mera_code settings_fill(const settings_walk *walk, size_t i, bool *differs)
{
    mera_compare_setting *setting = &walk->setting[i];
    const mera_value *const *leaf = walk->leaf[i];
    const char **value, **origin;
    mera_at *at;

    MERA_TRY_NEW(value, walk->arena, walk->n_trees);
    MERA_TRY_NEW(origin, walk->arena, walk->n_trees);
    MERA_TRY_NEW(at, walk->arena, walk->n_trees);
    *differs = false;
    for (size_t t = 0; t < walk->n_trees; t++) {
        if (leaf[t] != NULL) {
            mera_text text = {.arena = walk->arena};

            settings_write(&text, leaf[t]);
            value[t] = mera_text_string(&text);
            MERA_TRY_PTR(value[t]);
            origin[t] = leaf[t]->origin;
            at[t] = leaf[t]->at;
        }
        *differs = *differs || !settings_same(leaf[0], value[0], leaf[t], value[t]);
    }
    setting->value = value;
    setting->origin = origin;
    setting->at = at;
    return MERA_OK;
}

mera_code mera_compare_settings(const mera_value *const *tree, size_t n, mera_arena *arena,
                                const mera_compare_setting **out, size_t *n_out)
{
    settings_walk walk = {.arena = arena, .n_trees = n};
    size_t kept = 0;

    MERA_TRY(mera_map_new(arena, 256, &walk.seen));
    for (walk.tree = 0; walk.tree < n; walk.tree++) {
        MERA_TRY(settings_visit(&walk, "", tree[walk.tree]));
    }
    for (size_t i = 0; i < walk.n; i++) {
        bool differs;

        MERA_TRY(settings_fill(&walk, i, &differs));
        if (differs) {
            walk.setting[kept++] = walk.setting[i];
        }
    }
    *out = walk.setting;
    *n_out = kept;
    return MERA_OK;
}
