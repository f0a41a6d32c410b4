/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From the tables of keys to what a path may name at a place of a tree.
 */
#include "methodology/path_shape.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "methodology/tree.h"

mera_path_shape mera_path_level(const mera_level *level, const char *key)
{
    const bool node = level == &mera_level_node;
    return (mera_path_shape){
        .kind = node ? MERA_PATH_NODE : MERA_PATH_LEVEL, .level = level, .key = key};
}

mera_path_shape mera_path_shape_of(const mera_key *key, const mera_value *value)
{
    mera_path_shape shape = {.kind = MERA_PATH_LEAF, .level = key->level, .key = key->name};
    const bool list = value != NULL && value->kind == MERA_VALUE_LIST;
    switch (key->kind) {
    case MERA_KEY_TITLE:
        return mera_path_level(&mera_level_title, key->name);
    case MERA_KEY_CHOICE_OR_MAP:
    case MERA_KEY_ROUND:
    case MERA_KEY_LIMIT:
    case MERA_KEY_MAP:
        return mera_path_level(key->level, key->name);
    case MERA_KEY_MAPS:
    case MERA_KEY_LIST:
        shape.kind = list ? MERA_PATH_LIST : MERA_PATH_LEVEL;
        shape.item = MERA_PATH_LEVEL;
        if (key->level == &mera_level_node) {
            shape.kind = MERA_PATH_NODES;
            shape.item = MERA_PATH_NODE;
        }
        return shape;
    case MERA_KEY_NAMED:
        shape.kind = MERA_PATH_NAMED;
        return shape;
    case MERA_KEY_TEXTS_BY_NAME:
    case MERA_KEY_MARKS:
    case MERA_KEY_PATHS:
        shape.kind = MERA_PATH_FREE;
        return shape;
    case MERA_KEY_CHILDREN:
        shape.kind = MERA_PATH_CHILDREN;
        return shape;
    case MERA_KEY_PLUGINS:
    case MERA_KEY_ANY:
    case MERA_KEY_USE:
    case MERA_KEY_USES:
    case MERA_KEY_WEIGHTS:
        shape.kind = list ? MERA_PATH_LIST : MERA_PATH_OPEN;
        shape.item = MERA_PATH_OPEN;
        return shape;
    default:
        return shape;
    }
}

static mera_code path_name(mera_path_names *names, const char *name)
{
    MERA_TRY_GROWN(names->v, names->arena, &names->room, names->n + 1);
    names->v[names->n++] = name;
    return MERA_OK;
}

const char *mera_path_node_id(const mera_value *node)
{
    const mera_value *id = mera_value_get(node, "id");
    return mera_tree_is_scalar(id) ? id->text : "";
}

const mera_value *mera_path_nodes(const mera_value *node)
{
    const mera_value *nodes = mera_value_get(node, "nodes");
    return nodes != NULL && nodes->kind == MERA_VALUE_LIST ? nodes : NULL;
}

static mera_code path_name_nodes(mera_path_names *names, const mera_value *node)
{
    const mera_value *nodes = mera_path_nodes(node);
    MERA_TRY(path_name(names, mera_path_node_id(node)));
    for (size_t i = 0; nodes != NULL && i < nodes->n; i++) {
        MERA_TRY(path_name_nodes(names, nodes->items[i]));
    }
    return MERA_OK;
}

static mera_code path_name_keys(mera_path_names *names, const mera_level *level)
{
    for (const mera_key *key = level->keys; key->name != NULL; key++) {
        MERA_TRY(path_name(names, key->name));
    }
    return MERA_OK;
}

mera_code mera_path_names_of(mera_arena *arena, mera_path_shape shape, const mera_value *value,
                             mera_path_names *names)
{
    *names = (mera_path_names){.arena = arena};
    if (shape.kind == MERA_PATH_LEVEL || shape.kind == MERA_PATH_NODE) {
        MERA_TRY(path_name_keys(names, shape.level));
    }
    if (shape.kind == MERA_PATH_NODE) {
        return path_name_nodes(names, value);
    }
    for (size_t i = 0; value != NULL && i < value->n; i++) {
        const char *name = NULL;
        if (value->kind == MERA_VALUE_MAP && shape.kind != MERA_PATH_LEVEL) {
            name = value->entries[i].key;
        } else if (value->kind == MERA_VALUE_LIST && mera_tree_is_scalar(value->items[i])) {
            name = value->items[i]->text;
        } else if (shape.kind == MERA_PATH_NODES && value->kind == MERA_VALUE_LIST) {
            name = mera_path_node_id(value->items[i]);
        }
        MERA_TRY(name != NULL ? path_name(names, name) : MERA_OK);
    }
    return MERA_OK;
}

/* Is the item of a list the operation or the plugin of that name? */
static bool shape_item_is(const mera_value *item, const char *name)
{
    const mera_value *use = mera_value_get(item, "use"), *op = mera_value_get(item, "op");
    const mera_value *said = use != NULL ? use : op != NULL ? op : item;
    return mera_tree_is_scalar(said) && strcmp(said->text, name) == 0;
}

size_t mera_path_position(const mera_value *list, const char *segment)
{
    const size_t digits = strspn(segment, "0123456789");
    size_t found = SIZE_MAX, named = 0;
    if (segment[digits] == '\0') {
        const unsigned long index = digits < 10 ? strtoul(segment, NULL, 10) : ULONG_MAX;
        return index < list->n ? (size_t)index : SIZE_MAX;
    }
    for (size_t i = 0; i < list->n; i++) {
        if (shape_item_is(list->items[i], segment)) {
            found = i;
            named++;
        }
    }
    return named == 1 ? found : SIZE_MAX;
}
