/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Trees of values made from others; see tree.h. Nothing here knows what a methodology is.
 */
#include "methodology/tree.h"

#include <string.h>

#include "base/text.h"

/* A copy of a map whose entries may be written until it is handed out, with `room` for more. */
static mera_code tree_copy_map(mera_arena *arena, const mera_value *map, size_t room,
                               mera_value **out, mera_entry **entries)
{
    MERA_TRY_NEW(*out, arena, 1);
    **out = *map;
    MERA_TRY_NEW(*entries, arena, map->n + room);
    if (map->n > 0) {
        memcpy(*entries, map->entries, map->n * sizeof **entries);
    }
    (*out)->entries = *entries;
    return MERA_OK;
}

/* A copy of a list whose items may be written until it is handed out. */
static mera_code tree_copy_list(mera_arena *arena, const mera_value *list, mera_value **out,
                                const mera_value ***items)
{
    MERA_TRY_NEW(*out, arena, 1);
    **out = *list;
    MERA_TRY_NEW(*items, arena, list->n);
    for (size_t i = 0; i < list->n; i++) {
        (*items)[i] = list->items[i];
    }
    (*out)->items = *items;
    return MERA_OK;
}

mera_code mera_tree_map(mera_arena *arena, mera_at at, const char *origin, const mera_value **out)
{
    mera_value *map;
    MERA_TRY_NEW(map, arena, 1);
    map->kind = MERA_VALUE_MAP;
    map->at = at;
    map->origin = origin;
    *out = map;
    return MERA_OK;
}

mera_code mera_tree_text(mera_arena *arena, const char *text, mera_at at, const char *origin,
                         const mera_value **out)
{
    mera_value *scalar;
    MERA_TRY(mera_value_scalar(arena, text, false, at, &scalar));
    scalar->origin = origin;
    *out = scalar;
    return MERA_OK;
}

mera_code mera_tree_with(mera_arena *arena, const mera_value *map, mera_entry entry,
                         const mera_value **out)
{
    mera_value *copy;
    mera_entry *entries;
    MERA_TRY(tree_copy_map(arena, map, 1, &copy, &entries));
    size_t i = 0;
    while (i < copy->n && strcmp(entries[i].key, entry.key) != 0) {
        i++;
    }
    copy->n += i == copy->n ? 1 : 0;
    entries[i] = entry;
    *out = copy;
    return MERA_OK;
}

mera_code mera_tree_without(mera_arena *arena, const mera_value *map, const char *key,
                            const mera_value **out)
{
    mera_value *copy;
    mera_entry *entries;
    MERA_TRY(tree_copy_map(arena, map, 0, &copy, &entries));
    size_t kept = 0;
    for (size_t i = 0; i < copy->n; i++) {
        if (strcmp(entries[i].key, key) != 0) {
            entries[kept++] = entries[i];
        }
    }
    copy->n = kept;
    *out = copy;
    return MERA_OK;
}

mera_code mera_tree_with_item(mera_arena *arena, const mera_value *list, size_t index,
                              const mera_value *item, const mera_value **out)
{
    mera_value *copy;
    const mera_value **items;
    MERA_TRY(tree_copy_list(arena, list, &copy, &items));
    items[index] = item;
    *out = copy;
    return MERA_OK;
}

mera_code mera_tree_append(mera_arena *arena, const mera_value *list, const mera_value *item,
                           const mera_value **out)
{
    const size_t n = list != NULL ? list->n : 0;
    mera_value *copy;
    const mera_value **items;
    MERA_TRY_NEW(copy, arena, 1);
    MERA_TRY_NEW(items, arena, n + 1);
    *copy = list != NULL ? *list : (mera_value){.at = item->at, .origin = item->origin};
    for (size_t i = 0; i < n; i++) {
        items[i] = list->items[i];
    }
    items[n] = item;
    copy->kind = MERA_VALUE_LIST;
    copy->items = items;
    copy->n = n + 1;
    *out = copy;
    return MERA_OK;
}

mera_code mera_tree_without_item(mera_arena *arena, const mera_value *list, size_t index,
                                 const mera_value **out)
{
    mera_value *copy;
    const mera_value **items;
    MERA_TRY(tree_copy_list(arena, list, &copy, &items));
    for (size_t i = index; i + 1 < copy->n; i++) {
        items[i] = items[i + 1];
    }
    copy->n--;
    *out = copy;
    return MERA_OK;
}

static mera_code tree_mark_map(mera_arena *arena, const mera_value *map, const char *origin,
                               mera_value **out)
{
    mera_entry *entries;
    MERA_TRY(tree_copy_map(arena, map, 0, out, &entries));
    for (size_t i = 0; i < map->n; i++) {
        MERA_TRY(mera_tree_mark(arena, map->entries[i].value, origin, &entries[i].value));
    }
    return MERA_OK;
}

static mera_code tree_mark_list(mera_arena *arena, const mera_value *list, const char *origin,
                                mera_value **out)
{
    const mera_value **items;
    MERA_TRY(tree_copy_list(arena, list, out, &items));
    for (size_t i = 0; i < list->n; i++) {
        MERA_TRY(mera_tree_mark(arena, list->items[i], origin, &items[i]));
    }
    return MERA_OK;
}

mera_code mera_tree_mark(mera_arena *arena, const mera_value *value, const char *origin,
                         const mera_value **out)
{
    mera_value *copy;
    if (value->kind == MERA_VALUE_MAP) {
        MERA_TRY(tree_mark_map(arena, value, origin, &copy));
    } else if (value->kind == MERA_VALUE_LIST) {
        MERA_TRY(tree_mark_list(arena, value, origin, &copy));
    } else {
        MERA_TRY_NEW(copy, arena, 1);
        *copy = *value;
    }
    copy->origin = origin;
    *out = copy;
    return MERA_OK;
}

size_t mera_tree_size(const mera_value *value, size_t limit)
{
    size_t size = 1;
    for (size_t i = 0; i < value->n && size <= limit; i++) {
        const mera_value *below =
            value->kind == MERA_VALUE_MAP ? value->entries[i].value : value->items[i];
        size += mera_tree_size(below, limit - size);
    }
    return size;
}

static bool tree_equal_inside(const mera_value *a, const mera_value *b)
{
    for (size_t i = 0; i < a->n; i++) {
        if (a->kind == MERA_VALUE_MAP) {
            if (strcmp(a->entries[i].key, b->entries[i].key) != 0 ||
                !mera_tree_equal(a->entries[i].value, b->entries[i].value)) {
                return false;
            }
        } else if (!mera_tree_equal(a->items[i], b->items[i])) {
            return false;
        }
    }
    return true;
}

bool mera_tree_equal(const mera_value *a, const mera_value *b)
{
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case MERA_VALUE_NULL:
        return true;
    case MERA_VALUE_BOOL:
        return a->boolean == b->boolean;
    case MERA_VALUE_NUMBER:
        return a->number == b->number || (a->number != a->number && b->number != b->number);
    case MERA_VALUE_TEXT:
        return strcmp(a->text, b->text) == 0;
    case MERA_VALUE_LIST:
    case MERA_VALUE_MAP:
        return a->n == b->n && tree_equal_inside(a, b);
    }
    return false;
}

bool mera_tree_says(const mera_value *value, const char *text)
{
    return value != NULL && value->kind == MERA_VALUE_TEXT && mera_streq(value->text, text);
}

bool mera_tree_is_scalar(const mera_value *value)
{
    return value != NULL && value->kind != MERA_VALUE_NULL && value->kind != MERA_VALUE_LIST &&
           value->kind != MERA_VALUE_MAP;
}
