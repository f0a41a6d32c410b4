/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Editing a tree at a path. The walk down follows the tables of keys, so that a mistyped segment
 * is met with the names of its very level; what it passes is copied, the rest is shared. Two things
 * may be new in a node: an indicator that is defined, and a node given whole.
 */
#include "methodology/path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "methodology/merge.h"
#include "methodology/path_shape.h"
#include "methodology/tree.h"

enum { PATH_SEGMENTS = 32, PATH_NAMES_SHOWN = 12 };

typedef struct path_edit {
    mera_arena *arena;
    mera_diags *diags;
    const char *path;
    mera_at at;
    const mera_value *value; /* NULL = remove */
    const mera_value *tree;  /* the whole of it, before */
    const char *segment[PATH_SEGMENTS];
    size_t n;
} path_edit;

static mera_code path_walk(path_edit *e, mera_path_shape shape, const mera_value *value,
                           size_t depth, const mera_value **out);

/* The path up to a segment, or what stands for its beginning. */
static const char *path_upto(const path_edit *e, size_t depth)
{
    mera_text text = {.arena = e->arena};
    for (size_t i = 0; i < depth; i++) {
        mera_text_addf(&text, "%s%s", i == 0 ? "" : ".", e->segment[i]);
    }
    return depth == 0 ? "the methodology" : mera_text_string(&text);
}

static mera_code path_unknown(path_edit *e, mera_path_shape shape, const mera_value *value,
                              size_t depth)
{
    mera_path_names names;
    const char *where = path_upto(e, depth);
    MERA_TRY_PTR(where);
    MERA_TRY(mera_path_names_of(e->arena, shape, value, &names));
    mera_fail(e->diags, MERA_EINPUT, "unknown-path", e->at,
              "no '%s' in %s: the path '%s' leads "
              "nowhere",
              e->segment[depth], where, e->path);
    const char *nearest = mera_nearest(e->segment[depth], names.v, names.n);
    if (nearest != NULL) {
        mera_hint(e->diags, "did you mean '%s'?", nearest);
    } else if (shape.kind == MERA_PATH_LEVEL || shape.kind == MERA_PATH_NODE) {
        MERA_TRY(mera_level_hint(shape.level, e->segment[depth], e->arena, e->diags));
    } else if (names.n > 0) {
        mera_text list = {.arena = e->arena};
        for (size_t i = 0; i < names.n && i < PATH_NAMES_SHOWN; i++) {
            mera_text_addf(&list, "%s%s", i == 0 ? "" : ", ", names.v[i]);
        }
        MERA_TRY_PTR(mera_text_string(&list));
        mera_hint(e->diags, "there are %s%s", mera_text_string(&list),
                  names.n > PATH_NAMES_SHOWN ? ", ..." : "");
    }
    return MERA_EINPUT;
}

static mera_code path_refuse(path_edit *e, const char *what, size_t depth)
{
    const char *where = path_upto(e, depth);
    MERA_TRY_PTR(where);
    return mera_fail(e->diags, MERA_EINPUT, "unknown-path", e->at, "the path '%s': '%s' %s",
                     e->path, where, what);
}

/* ---- one step down ---------------------------------------------------------------------- */

/* Edits below the entry `name` of a map; `value` NULL is a map that does not exist yet. */
static mera_code path_entry(path_edit *e, mera_path_shape below, const mera_value *map,
                            const char *name, size_t depth, const mera_value **out)
{
    const mera_entry *old = mera_value_entry(map, name);
    mera_entry entry = {.key = name, .at = old != NULL ? old->at : e->at};
    if (map == NULL) {
        MERA_TRY(mera_tree_map(e->arena, e->at, e->value != NULL ? e->value->origin : NULL, &map));
    }
    MERA_TRY(path_walk(e, below, old != NULL ? old->value : NULL, depth + 1, &entry.value));
    if (entry.value == NULL) {
        return old == NULL ? path_unknown(e, (mera_path_shape){.kind = MERA_PATH_FREE}, map, depth)
                           : mera_tree_without(e->arena, map, name, out);
    }
    if (strcmp(name, "op") == 0) {
        MERA_TRY(mera_merge_change_op(e->arena, map, entry.value, &map));
    }
    return mera_tree_with(e->arena, map, entry, out);
}

static mera_code path_item(path_edit *e, mera_path_shape shape, const mera_value *list,
                           size_t depth, const mera_value **out)
{
    const char *segment = e->segment[depth];
    const size_t index = mera_path_position(list, segment);
    if (index == SIZE_MAX) {
        const char *where = path_upto(e, depth);
        MERA_TRY_PTR(where);
        return mera_fail(
            e->diags, MERA_EINPUT, "unknown-path", e->at,
            "the path '%s': '%s' is a list of %zu; a position from 0 to %zu, or the name of one "
            "in it, is wanted, not '%s'",
            e->path, where, list->n, list->n > 0 ? list->n - 1 : 0, segment);
    }
    const mera_path_shape below = {.kind = shape.item, .level = shape.level, .key = shape.key};
    const mera_value *item;
    MERA_TRY(path_walk(e, below, list->items[index], depth + 1, &item));
    return item == NULL ? mera_tree_without_item(e->arena, list, index, out)
                        : mera_tree_with_item(e->arena, list, index, item, out);
}

/* A list of indicators as the map it is short for: each with weight 1. */
static mera_code path_children_map(path_edit *e, const mera_value *list, const mera_value **out)
{
    MERA_TRY(mera_tree_map(e->arena, list->at, list->origin, out));
    for (size_t i = 0; i < list->n; i++) {
        const mera_value *item = list->items[i];
        mera_entry entry = {.key = item->text, .at = item->at};
        if (!mera_tree_is_scalar(item)) {
            continue;
        }
        MERA_TRY(mera_tree_text(e->arena, "1", item->at, item->origin, &entry.value));
        MERA_TRY(mera_tree_with(e->arena, *out, entry, out));
    }
    return MERA_OK;
}

/* The indicators of which one is near to the segment: the methodology's, else those of the node. */
static mera_code path_known(path_edit *e, size_t depth, const mera_value **out)
{
    const mera_value *defined = mera_value_get(e->tree, "indicators");
    const mera_path_shape shape = {.kind = MERA_PATH_CHILDREN};
    mera_path_names names;
    MERA_TRY(mera_path_names_of(e->arena, shape, defined, &names));
    *out = mera_nearest(e->segment[depth], names.v, names.n) != NULL ? defined : *out;
    return MERA_OK;
}

static mera_code path_children(path_edit *e, mera_path_shape shape, const mera_value *value,
                               size_t depth, const mera_value **out)
{
    const char *segment = e->segment[depth];
    const mera_value *map = value;
    if (value != NULL && value->kind == MERA_VALUE_LIST) {
        MERA_TRY(path_children_map(e, value, &map));
    }
    const bool defined = mera_value_entry(mera_value_get(e->tree, "indicators"), segment) != NULL;
    if (mera_value_entry(map, segment) == NULL && (e->value == NULL || !defined)) {
        MERA_TRY(path_known(e, depth, &map));
        return path_unknown(e, shape, map, depth);
    }
    return path_entry(e, (mera_path_shape){.kind = MERA_PATH_LEAF}, map, segment, depth, out);
}

/* ---- nodes ------------------------------------------------------------------------------ */

static bool path_holds(const mera_value *node, const char *id)
{
    const mera_value *nodes = mera_path_nodes(node);
    if (strcmp(mera_path_node_id(node), id) == 0) {
        return true;
    }
    for (size_t i = 0; nodes != NULL && i < nodes->n; i++) {
        if (path_holds(nodes->items[i], id)) {
            return true;
        }
    }
    return false;
}

/* Goes to the node that the segment names, which is this one or below it. */
static mera_code path_jump(path_edit *e, const mera_value *node, size_t depth,
                           const mera_value **out)
{
    const char *id = e->segment[depth];
    if (strcmp(mera_path_node_id(node), id) == 0) {
        return path_walk(e, mera_path_level(&mera_level_node, NULL), node, depth + 1, out);
    }
    const mera_value *nodes = mera_path_nodes(node);
    size_t i = 0;
    while (!path_holds(nodes->items[i], id)) {
        i++;
    }
    const mera_value *item;
    mera_entry entry = *mera_value_entry(node, "nodes");
    MERA_TRY(path_jump(e, nodes->items[i], depth, &item));
    if (item == NULL) {
        MERA_TRY(mera_tree_without_item(e->arena, nodes, i, &entry.value));
    } else {
        MERA_TRY(mera_tree_with_item(e->arena, nodes, i, item, &entry.value));
    }
    return mera_tree_with(e->arena, node, entry, out);
}

/* The node given whole, with the id that the path calls it by before all else. */
static mera_code path_named_node(path_edit *e, const mera_value *node, const char *id,
                                 const mera_value **out)
{
    mera_entry entry = {.key = "id", .at = e->at};
    if (node->kind != MERA_VALUE_MAP) {
        return path_refuse(e, "is a node: a map is wanted, {weight: 1, indicators: {...}}", e->n);
    }
    if (mera_value_get(node, "id") != NULL && strcmp(mera_path_node_id(node), id) != 0) {
        return path_refuse(e, "is given a node of another id", e->n);
    }
    MERA_TRY(mera_tree_map(e->arena, node->at, node->origin, out));
    MERA_TRY(mera_tree_text(e->arena, id, e->at, node->origin, &entry.value));
    MERA_TRY(mera_tree_with(e->arena, *out, entry, out));
    for (size_t i = 0; i < node->n; i++) {
        MERA_TRY(mera_tree_with(e->arena, *out, node->entries[i], out));
    }
    return MERA_OK;
}

/* Edits the node at a position of a list, or the one to come after its end. */
static mera_code path_node_at(path_edit *e, const mera_value *list, size_t index, size_t depth,
                              const mera_value **out)
{
    const mera_value *old = list != NULL && index < list->n ? list->items[index] : NULL;
    const mera_value *node;
    MERA_TRY(path_walk(e, mera_path_level(&mera_level_node, NULL), old, depth + 1, &node));
    if (node == NULL) {
        return mera_tree_without_item(e->arena, list, index, out);
    }
    if (depth + 1 == e->n) {
        MERA_TRY(path_named_node(e, node, e->segment[depth], &node));
    }
    return old != NULL ? mera_tree_with_item(e->arena, list, index, node, out)
                       : mera_tree_append(e->arena, list, node, out);
}

static mera_code path_child_nodes(path_edit *e, mera_path_shape shape, const mera_value *list,
                                  size_t depth, const mera_value **out)
{
    const char *id = e->segment[depth];
    const size_t n = list != NULL ? list->n : 0;
    size_t i = 0;
    if (n > 0 && id[strspn(id, "0123456789")] == '\0') {
        return path_item(e, shape, list, depth, out);
    }
    while (i < n && strcmp(mera_path_node_id(list->items[i]), id) != 0) {
        i++;
    }
    if (i == n && (e->value == NULL || depth + 1 < e->n || !mera_is_id(id))) {
        return path_unknown(e, shape, list, depth);
    }
    return path_node_at(e, list, i, depth, out);
}

/* ---- the walk --------------------------------------------------------------------------- */

static mera_code path_in_level(path_edit *e, mera_path_shape shape, const mera_value *value,
                               size_t depth, const mera_value **out)
{
    const char *segment = e->segment[depth];
    const mera_key *key = mera_level_key(shape.level, segment);
    if (key != NULL && key->fixed && e->value != NULL) {
        return path_refuse(e, "cannot be changed by a path", depth + 1);
    }
    if (key != NULL) {
        const mera_value *below = mera_value_get(value, segment);
        return path_entry(e, mera_path_shape_of(key, below), value, key->name, depth, out);
    }
    if (shape.kind == MERA_PATH_NODE && value != NULL && path_holds(value, segment)) {
        return path_jump(e, value, depth, out);
    }
    return path_unknown(e, shape, value, depth);
}

/* A scalar on the way down becomes the map it is short for. */
static mera_code path_as_map(path_edit *e, mera_path_shape shape, const mera_value **value)
{
    if (*value == NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_merge_expand(e->arena, shape.key, *value, value));
    if (shape.kind == MERA_PATH_NODES) {
        *value = (*value)->kind == MERA_VALUE_LIST ? *value : NULL;
        return MERA_OK;
    }
    if ((*value)->kind != MERA_VALUE_MAP && shape.kind != MERA_PATH_LIST &&
        shape.kind != MERA_PATH_CHILDREN) {
        *value = NULL; /* `direction: lower` gives way to `direction.target` */
    }
    return MERA_OK;
}

/* `*out` NULL asks the caller to take the value out. */
static mera_code path_walk(path_edit *e, mera_path_shape shape, const mera_value *value,
                           size_t depth, const mera_value **out)
{
    if (depth == e->n) {
        *out = e->value;
        return MERA_OK;
    }
    if (shape.kind == MERA_PATH_LEAF) {
        return path_refuse(e, "has nothing below it", depth);
    }
    MERA_TRY(path_as_map(e, shape, &value));
    const char *segment = e->segment[depth];
    switch (shape.kind) {
    case MERA_PATH_LIST:
        return path_item(e, shape, value, depth, out);
    case MERA_PATH_CHILDREN:
        return path_children(e, shape, value, depth, out);
    case MERA_PATH_NODES:
        return path_child_nodes(e, shape, value, depth, out);
    case MERA_PATH_NAMED:
    case MERA_PATH_FREE:
        if (mera_value_entry(value, segment) == NULL) {
            return path_unknown(e, shape, value, depth);
        }
        return path_entry(e,
                          shape.kind == MERA_PATH_NAMED ? mera_path_level(shape.level, NULL)
                                                        : (mera_path_shape){.kind = MERA_PATH_LEAF},
                          value, segment, depth, out);
    case MERA_PATH_OPEN: {
        const mera_value *below = mera_value_get(value, segment);
        const bool list = below != NULL && below->kind == MERA_VALUE_LIST;
        return path_entry(e,
                          (mera_path_shape){.kind = list ? MERA_PATH_LIST : MERA_PATH_OPEN,
                                            .item = MERA_PATH_OPEN,
                                            .key = segment},
                          value, segment, depth, out);
    }
    default:
        return path_in_level(e, shape, value, depth, out);
    }
}

static mera_code path_split(path_edit *e)
{
    char *rest = mera_arena_strdup(e->arena, e->path);
    MERA_TRY_PTR(rest);
    while (rest != NULL) {
        char *dot = strchr(rest, '.');
        if (dot != NULL) {
            *dot = '\0';
        }
        if (*rest == '\0' || e->n == PATH_SEGMENTS) {
            return mera_fail(e->diags, MERA_EINPUT, "bad-path", e->at,
                             "'%.80s' is not a path: names joined by dots are wanted, as in "
                             "framework.health.weight",
                             e->path);
        }
        e->segment[e->n++] = rest;
        rest = dot != NULL ? dot + 1 : NULL;
    }
    return MERA_OK;
}

static mera_code path_run(path_edit *e, const mera_value *tree, const mera_value **out)
{
    const mera_value *edited = NULL;
    *out = tree;
    e->tree = tree;
    MERA_TRY(path_split(e));
    MERA_TRY(path_walk(e, mera_path_level(&mera_level_methodology, NULL), tree, 0, &edited));
    *out = edited;
    return MERA_OK;
}

mera_code mera_path_set(const mera_value *tree, const char *path, mera_at at,
                        const mera_value *value, mera_arena *arena, mera_diags *diags,
                        const mera_value **out)
{
    path_edit edit = {.arena = arena, .diags = diags, .path = path, .at = at, .value = value};
    return path_run(&edit, tree, out);
}

mera_code mera_path_remove(const mera_value *tree, const char *path, mera_at at, mera_arena *arena,
                           mera_diags *diags, const mera_value **out)
{
    path_edit edit = {.arena = arena, .diags = diags, .path = path, .at = at};
    return path_run(&edit, tree, out);
}
