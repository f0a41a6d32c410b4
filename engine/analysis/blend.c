/* SPDX-License-Identifier: Apache-2.0 */
/** @file Methodologies between two (analysis/blend.h): both trees are walked side by side. */
#include "analysis/blend.h"

#include <string.h>

#include "base/grow.h"
#include "base/text.h"
#include "methodology/tree.h"

/** A walk finds changes, or makes a tree of those that are `made`. */
typedef struct blend_walk {
    mera_arena *arena;
    mera_map *change_of;
    const uint8_t *made; /**< NULL = finding */
    mera_step_between *change;
    bool *binding; /**< per change: one that may need others of its kind */
    bool has_new;  /**< an indicator stands on one side only */
    size_t n, room;
} blend_walk;

static mera_code blend_value(blend_walk *w, const char *path, const mera_value *const v[2],
                             const mera_value **out);

/* ---- leaves ------------------------------------------------------------------------------- */

static bool blend_ends(const char *path, const char *end)
{
    const size_t n = strlen(path), m = strlen(end);
    return n >= m && strcmp(path + n - m, end) == 0;
}

/** What a new indicator or other data may need: changes of these kinds go together. */
static bool blend_binds(const char *path)
{
    static const char *const whole[] = {"data", "period", "plugins", "units"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        const size_t n = strlen(whole[i]);
        if (mera_starts_with(path, whole[i]) && (path[n] == '\0' || path[n] == '.')) {
            return true;
        }
    }
    return mera_starts_with(path, "framework.") &&
           (blend_ends(path, ".nodes") || strstr(path, ".indicators") != NULL);
}

static mera_code blend_found(blend_walk *w, const char *path, const mera_value *const v[2])
{
    const bool fresh = mera_starts_with(path, "indicators") && (v[0] == NULL || v[1] == NULL);
    size_t found;
    bool added;
    size_t room = w->room; /* both lists are as long */
    MERA_TRY_GROWN(w->change, w->arena, &room, w->n + 1);
    MERA_TRY_GROWN(w->binding, w->arena, &w->room, w->n + 1);
    MERA_TRY(mera_map_put(w->change_of, path, strlen(path), w->n, &found, &added));
    w->change[w->n] = (mera_step_between){.path = path, .of = {v[0], v[1]}};
    w->binding[w->n] = fresh || blend_binds(path);
    w->has_new = w->has_new || fresh;
    w->n++;
    return MERA_OK;
}

static bool blend_equal(const mera_value *a, const mera_value *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return (a->kind == MERA_VALUE_NUMBER && b->kind == MERA_VALUE_NUMBER) ? a->number == b->number
                                                                          : mera_tree_equal(a, b);
}

static mera_code blend_leaf(blend_walk *w, const char *path, const mera_value *const v[2],
                            const mera_value **out)
{
    *out = v[0];
    if (blend_equal(v[0], v[1])) {
        return MERA_OK;
    }
    if (w->made == NULL) {
        return blend_found(w, path, v);
    }
    *out = v[w->made[mera_map_get(w->change_of, path, strlen(path))]];
    return MERA_OK;
}

/* ---- maps --------------------------------------------------------------------------------- */

/** Names and texts, and what speaks of scores without making them. */
static bool blend_is_aside(const char *path, const char *key)
{
    static const char *const top[] = {"mera",     "id",     "version", "title",       "description",
                                      "licence",  "source", "extends", "remove",      "set",
                                      "variants", "grid",   "audit",   "uncertainty", "checks",
                                      "classify", "record", "overlay"};
    static const char *const below[] = {"title", "description", "reference", "source"};
    for (size_t i = 0; path[0] == '\0' && i < sizeof top / sizeof *top; i++) {
        if (mera_streq(key, top[i])) {
            return true;
        }
    }
    const bool named = mera_starts_with(path, "indicators.") ||
                       (mera_starts_with(path, "framework") && !blend_ends(path, ".indicators"));
    for (size_t i = 0; named && i < sizeof below / sizeof *below; i++) {
        if (mera_streq(key, below[i]) && !(i == 2 && strchr(path, '.') != strrchr(path, '.'))) {
            return true;
        }
    }
    return false;
}

static mera_code blend_entry(blend_walk *w, const char *path, const char *key,
                             const mera_value *const map[2], const mera_value **out)
{
    const mera_value *v[2] = {mera_value_get(map[0], key), mera_value_get(map[1], key)};
    if (blend_is_aside(path, key)) {
        *out = v[0];
        return MERA_OK;
    }
    const char *at = mera_arena_printf(w->arena, "%s%s%s", path, path[0] != '\0' ? "." : "", key);
    MERA_TRY_PTR(at);
    return blend_value(w, at, v, out);
}

static mera_code blend_map(blend_walk *w, const char *path, const mera_value *const v[2],
                           const mera_value **out)
{
    mera_value *made;
    mera_entry *entry;
    MERA_TRY_NEW(made, w->arena, 1);
    MERA_TRY_NEW(entry, w->arena, v[0]->n + v[1]->n);
    *made = *v[0];
    made->n = 0;
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < v[side]->n; i++) {
            const mera_entry *from = &v[side]->entries[i];
            const mera_value *value;
            if (side == 1 && mera_value_get(v[0], from->key) != NULL) {
                continue; /* done with the first side's */
            }
            MERA_TRY(blend_entry(w, path, from->key, v, &value));
            if (value != NULL) {
                entry[made->n] = *from;
                entry[made->n++].value = value;
            }
        }
    }
    made->entries = entry;
    *out = made;
    return MERA_OK;
}

/* ---- nodes -------------------------------------------------------------------------------- */

static const char *blend_id(const mera_value *node)
{
    const mera_value *id = mera_value_get(node, "id");
    return id != NULL ? id->text : NULL;
}

/** Lists of the same nodes in the same order? */
static bool blend_same_nodes(const mera_value *const v[2])
{
    if (v[0]->kind != MERA_VALUE_LIST || v[1]->kind != MERA_VALUE_LIST || v[0]->n != v[1]->n) {
        return false;
    }
    for (size_t i = 0; i < v[0]->n; i++) {
        const char *a = blend_id(v[0]->items[i]), *b = blend_id(v[1]->items[i]);
        if (a == NULL || b == NULL || !mera_streq(a, b)) {
            return false;
        }
    }
    return true;
}

/** Nodes are reached by their ids straight from the framework, however deep they stand. */
static mera_code blend_nodes(blend_walk *w, const mera_value *const v[2], const mera_value **out)
{
    mera_value *made;
    const mera_value **item;
    MERA_TRY_NEW(made, w->arena, 1);
    MERA_TRY_NEW(item, w->arena, v[0]->n);
    *made = *v[0];
    for (size_t i = 0; i < v[0]->n; i++) {
        const mera_value *node[2] = {v[0]->items[i], v[1]->items[i]};
        const char *at = mera_arena_printf(w->arena, "framework.%s", blend_id(node[0]));
        MERA_TRY_PTR(at);
        MERA_TRY(blend_map(w, at, node, &item[i]));
    }
    made->items = item;
    *out = made;
    return MERA_OK;
}

static bool blend_is_map(const mera_value *v)
{
    return v != NULL && v->kind == MERA_VALUE_MAP;
}

static mera_code blend_value(blend_walk *w, const char *path, const mera_value *const v[2],
                             const mera_value **out)
{
    if (v[0] != NULL && v[1] != NULL && mera_starts_with(path, "framework") &&
        blend_ends(path, ".nodes") && blend_same_nodes(v)) {
        return blend_nodes(w, v, out);
    }
    if (!blend_is_map(v[0]) || !blend_is_map(v[1]) ||
        !blend_equal(mera_value_get(v[0], "op"), mera_value_get(v[1], "op"))) {
        return blend_leaf(w, path, v, out);
    }
    return blend_map(w, path, v, out);
}

/* ---- what goes together ------------------------------------------------------------------- */

/** New indicators with all they may need, and all changes of how data are read, are one change each
 * time: with the first of them. */
static mera_code blend_bind(const blend_walk *w, mera_arena *arena, mera_blend *out)
{
    mera_step_between *change;
    size_t first = SIZE_MAX;
    MERA_TRY_NEW(change, arena, w->n);
    MERA_TRY(mera_map_new(arena, w->n + 1, &out->change_of));
    for (size_t i = 0; i < w->n; i++) {
        const char *path = w->change[i].path;
        const bool data = !mera_starts_with(path, "framework.");
        const bool bound = w->binding[i] && (w->has_new || data);
        size_t found, which = bound && first != SIZE_MAX ? first : out->n;
        bool added;
        MERA_TRY(mera_map_put(out->change_of, path, strlen(path), which, &found, &added));
        if (which < out->n) {
            change[which].n_more++;
            continue;
        }
        first = bound ? which : first;
        change[out->n++] = w->change[i];
    }
    out->change = change;
    return MERA_OK;
}

mera_code mera_blend_open(const mera_value *const tree[2], mera_arena *arena, mera_blend *out)
{
    blend_walk w = {.arena = arena};
    const mera_value *first;
    *out = (mera_blend){.tree = {tree[0], tree[1]}};
    MERA_TRY(mera_map_new(arena, 64, &w.change_of));
    MERA_TRY(blend_map(&w, "", tree, &first));
    return blend_bind(&w, arena, out);
}

mera_code mera_blend_make(const mera_blend *blend, const uint8_t *made, mera_arena *arena,
                          const mera_value **out)
{
    blend_walk w = {.arena = arena, .change_of = blend->change_of, .made = made};
    return blend_map(&w, "", blend->tree, out);
}
