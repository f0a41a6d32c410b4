/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A tree against the tables of keys: unknown and missing keys, wrong types, numbers out of range,
 * words that are not among the choices. What needs more than one value is the binder's.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "methodology/keys.h"
#include "methodology/tree.h"

typedef struct keys_checker {
    mera_arena *arena;
    mera_diags *diags;
} keys_checker;

static mera_code keys_value(keys_checker *c, const mera_key *key, const char *name,
                            const mera_value *value);
static mera_code keys_map(keys_checker *c, const mera_level *level, const mera_value *map,
                          bool open);

/* ---- what is wrong with one value ------------------------------------------------------- */

static mera_code keys_refuse(keys_checker *c, const mera_key *key, const char *name,
                             const mera_value *value)
{
    const char *found = mera_value_found(value, c->arena);
    const char *wants = mera_key_wants(key, c->arena);
    MERA_TRY_PTR(found);
    MERA_TRY_PTR(wants);
    mera_fail(c->diags, MERA_EINPUT, "wrong-type", value->at, "'%s' must be %s, not %s", name,
              wants, found);
    if (key->level != NULL && mera_tree_is_scalar(value) &&
        mera_level_key(key->level, "file") != NULL) { /* a name in place of what it names */
        mera_hint(c->diags, "write {file: %s}", value->text);
    }
    return MERA_OK;
}

static mera_code keys_number(keys_checker *c, const mera_key *key, const char *name,
                             const mera_value *value)
{
    const bool whole = key->kind == MERA_KEY_WHOLE;
    if (value->kind != MERA_VALUE_NUMBER || (whole && floor(value->number) != value->number)) {
        return keys_refuse(c, key, name, value);
    }
    if ((key->min != 0 || key->max != 0) &&
        !(value->number >= key->min && value->number <= key->max)) {
        const char *wants = mera_key_wants(key, c->arena);
        MERA_TRY_PTR(wants);
        mera_fail(c->diags, MERA_EINPUT, "out-of-range", value->at, "'%s' is %s; it must be %s",
                  name, value->text, wants);
    }
    return MERA_OK;
}

static mera_code keys_choice(keys_checker *c, const mera_key *key, const char *name,
                             const mera_value *value)
{
    if (!mera_tree_is_scalar(value)) {
        return keys_refuse(c, key, name, value);
    }
    size_t n = 0;
    for (; key->choices[n] != NULL; n++) {
        if (strcmp(key->choices[n], value->text) == 0) {
            return MERA_OK;
        }
    }
    const char *wants = mera_key_wants(key, c->arena);
    MERA_TRY_PTR(wants);
    mera_fail(c->diags, MERA_EINPUT, "unknown-choice", value->at, "'%s' is '%s'; it must be %s",
              name, value->text, wants);
    const char *nearest = mera_nearest(value->text, key->choices, n);
    if (nearest != NULL) {
        mera_hint(c->diags, "did you mean '%s'?", nearest);
    }
    return MERA_OK;
}

static bool keys_is_texts(const mera_value *value, double max)
{
    if (mera_tree_is_scalar(value)) {
        return true;
    }
    if (value->kind != MERA_VALUE_LIST || value->n == 0 || (max > 0 && (double)value->n > max)) {
        return false;
    }
    for (size_t i = 0; i < value->n; i++) {
        if (!mera_tree_is_scalar(value->items[i])) {
            return false;
        }
    }
    return true;
}

static mera_code keys_texts(keys_checker *c, const mera_key *key, const char *name,
                            const mera_value *value)
{
    if (value->kind == MERA_VALUE_LIST && key->max > 0 && (double)value->n > key->max) {
        mera_fail(c->diags, MERA_EINPUT, "out-of-range", value->at,
                  "'%s' lists %zu names; at most %.0f are allowed", name, value->n, key->max);
        return MERA_OK;
    }
    return keys_is_texts(value, 0) ? MERA_OK : keys_refuse(c, key, name, value);
}

/* [low, high]; `null` for an end that is not given. */
static bool keys_is_pair(const mera_value *value, bool nullable)
{
    if (value->kind != MERA_VALUE_LIST || value->n != 2) {
        return false;
    }
    for (size_t i = 0; i < 2; i++) {
        const mera_value_kind kind = value->items[i]->kind;
        if (kind != MERA_VALUE_NUMBER && !(nullable && kind == MERA_VALUE_NULL)) {
            return false;
        }
    }
    return true;
}

/* ---- maps and lists --------------------------------------------------------------------- */

static mera_code keys_item(keys_checker *c, const mera_key *key, const char *name,
                           const mera_value *item)
{
    if (item->kind == MERA_VALUE_MAP) {
        return keys_map(c, key->level, item, false);
    }
    const bool name_alone = key->kind == MERA_KEY_PLUGINS && mera_tree_is_scalar(item);
    return name_alone ? MERA_OK : keys_refuse(c, key, name, item);
}

static mera_code keys_maps(keys_checker *c, const mera_key *key, const char *name,
                           const mera_value *value)
{
    if (value->kind == MERA_VALUE_MAP && key->kind == MERA_KEY_MAPS) {
        return keys_map(c, key->level, value, false);
    }
    if (value->kind != MERA_VALUE_LIST) {
        return keys_refuse(c, key, name, value);
    }
    for (size_t i = 0; i < value->n; i++) {
        MERA_TRY(keys_item(c, key, name, value->items[i]));
    }
    return MERA_OK;
}

static mera_code keys_named_one(keys_checker *c, const mera_key *key, const mera_entry *entry)
{
    const mera_key one = {.kind = MERA_KEY_MAP};
    const mera_key texts = {.kind = key->max == 1 ? MERA_KEY_TEXT : MERA_KEY_TEXTS,
                            .max = key->max};
    if (key->kind == MERA_KEY_TEXTS_BY_NAME) {
        return keys_value(c, &texts, entry->key, entry->value);
    }
    return entry->value->kind == MERA_VALUE_MAP ? keys_map(c, key->level, entry->value, false)
                                                : keys_refuse(c, &one, entry->key, entry->value);
}

static mera_code keys_named(keys_checker *c, const mera_key *key, const char *name,
                            const mera_value *value)
{
    if (value->kind != MERA_VALUE_MAP) {
        return keys_refuse(c, key, name, value);
    }
    for (size_t i = 0; i < value->n; i++) {
        MERA_TRY(keys_named_one(c, key, &value->entries[i]));
    }
    return MERA_OK;
}

static mera_code keys_children(keys_checker *c, const mera_key *key, const char *name,
                               const mera_value *value)
{
    const mera_key weight = {.kind = MERA_KEY_NUMBER};
    if (value->kind == MERA_VALUE_LIST) {
        return value->n == 0 || keys_is_texts(value, 0) ? MERA_OK
                                                        : keys_refuse(c, key, name, value);
    }
    if (value->kind != MERA_VALUE_MAP) {
        return keys_refuse(c, key, name, value);
    }
    for (size_t i = 0; i < value->n; i++) {
        MERA_TRY(keys_value(c, &weight, value->entries[i].key, value->entries[i].value));
    }
    return MERA_OK;
}

static mera_code keys_marks(keys_checker *c, const mera_key *key, const char *name,
                            const mera_value *value)
{
    const mera_key reason = {.kind = MERA_KEY_CHOICE, .choices = key->choices};
    if (value->kind != MERA_VALUE_MAP) {
        return keys_is_texts(value, 0) ? MERA_OK : keys_refuse(c, key, name, value);
    }
    for (size_t i = 0; i < value->n; i++) {
        MERA_TRY(keys_value(c, &reason, value->entries[i].key, value->entries[i].value));
    }
    return MERA_OK;
}

/* One use of an operation. Its parameters are checked when it is bound; the shared keys here. */
static mera_code keys_use(keys_checker *c, const mera_key *key, const char *name,
                          const mera_value *value)
{
    const mera_key op = {.kind = MERA_KEY_TEXT};
    const mera_level *level =
        key->kind == MERA_KEY_WEIGHTS ? key->level : mera_use_level(key->step);
    if (value->kind != MERA_VALUE_MAP) {
        return mera_tree_is_scalar(value) ? MERA_OK : keys_refuse(c, key, name, value);
    }
    const mera_value *named = mera_value_get(value, "op");
    if (named != NULL) {
        MERA_TRY(keys_value(c, &op, "op", named));
    }
    if (level == NULL) {
        return MERA_OK;
    }
    if (key->kind == MERA_KEY_WEIGHTS && named != NULL) {
        MERA_TRY(keys_map(c, mera_use_level(key->step), value, true));
    }
    return keys_map(c, level, value, key->kind != MERA_KEY_WEIGHTS || named != NULL);
}

static mera_code keys_uses(keys_checker *c, const mera_key *key, const char *name,
                           const mera_value *value)
{
    if (value->kind != MERA_VALUE_LIST) {
        return keys_use(c, key, name, value);
    }
    for (size_t i = 0; i < value->n; i++) {
        MERA_TRY(keys_use(c, key, name, value->items[i]));
    }
    return MERA_OK;
}

/* ---- one value by its kind -------------------------------------------------------------- */

static mera_code keys_scalar(keys_checker *c, const mera_key *key, const char *name,
                             const mera_value *value)
{
    bool fits = false;
    switch (key->kind) {
    case MERA_KEY_TEXT:
        fits = mera_tree_is_scalar(value);
        break;
    case MERA_KEY_ID:
        fits = mera_tree_is_scalar(value) && mera_is_id(value->text);
        break;
    case MERA_KEY_NUMBER_OR_NONE:
        fits = value->kind == MERA_VALUE_NUMBER || mera_tree_says(value, "none");
        break;
    case MERA_KEY_BOOL:
        fits = value->kind == MERA_VALUE_BOOL;
        break;
    case MERA_KEY_PAIR:
        fits = keys_is_pair(value, true);
        break;
    case MERA_KEY_TARGET:
        fits = value->kind == MERA_VALUE_NUMBER || keys_is_pair(value, false);
        break;
    case MERA_KEY_CHOICES:
        fits = value->kind == MERA_VALUE_LIST || mera_tree_is_scalar(value);
        break;
    default: /* MERA_KEY_PATHS, MERA_KEY_ANY */
        fits = value->kind == MERA_VALUE_MAP;
    }
    return fits ? MERA_OK : keys_refuse(c, key, name, value);
}

/* A limit: a number in the key's range, `none`, or {limit, level}. */
static mera_code keys_limit(keys_checker *c, const mera_key *key, const char *name,
                            const mera_value *value)
{
    const mera_value *number = value;
    if (value->kind == MERA_VALUE_MAP) {
        MERA_TRY(keys_map(c, key->level, value, false));
        number = mera_value_get(value, "limit");
        if (number == NULL || number->kind != MERA_VALUE_NUMBER) {
            return MERA_OK;
        }
    }
    return mera_tree_says(number, "none") ? MERA_OK : keys_number(c, key, name, number);
}

/* A scalar of some form, or a map of the key's level. */
static mera_code keys_or_map(keys_checker *c, const mera_key *key, const char *name,
                             const mera_value *value)
{
    const mera_key digits = {.kind = MERA_KEY_WHOLE, .min = -15, .max = 15};
    if (value->kind == MERA_VALUE_MAP) {
        return keys_map(c, key->kind == MERA_KEY_TITLE ? &mera_level_title : key->level, value,
                        false);
    }
    switch (key->kind) {
    case MERA_KEY_CHOICE_OR_MAP:
        return keys_choice(c, key, name, value);
    case MERA_KEY_ROUND:
        if (value->kind == MERA_VALUE_NUMBER) {
            return keys_number(c, &digits, name, value);
        }
        return mera_tree_says(value, "none") ? MERA_OK : keys_refuse(c, key, name, value);
    case MERA_KEY_TITLE:
        return mera_tree_is_scalar(value) ? MERA_OK : keys_refuse(c, key, name, value);
    default: /* MERA_KEY_MAP */
        return keys_refuse(c, key, name, value);
    }
}

static mera_code keys_value(keys_checker *c, const mera_key *key, const char *name,
                            const mera_value *value)
{
    switch (key->kind) {
    case MERA_KEY_NUMBER:
    case MERA_KEY_WHOLE:
        return keys_number(c, key, name, value);
    case MERA_KEY_CHOICE:
        return keys_choice(c, key, name, value);
    case MERA_KEY_TEXTS:
        return keys_texts(c, key, name, value);
    case MERA_KEY_TITLE:
    case MERA_KEY_CHOICE_OR_MAP:
    case MERA_KEY_ROUND:
    case MERA_KEY_MAP:
        return keys_or_map(c, key, name, value);
    case MERA_KEY_MAPS:
    case MERA_KEY_LIST:
    case MERA_KEY_PLUGINS:
        return keys_maps(c, key, name, value);
    case MERA_KEY_NAMED:
    case MERA_KEY_TEXTS_BY_NAME:
        return keys_named(c, key, name, value);
    case MERA_KEY_CHILDREN:
        return keys_children(c, key, name, value);
    case MERA_KEY_MARKS:
        return keys_marks(c, key, name, value);
    case MERA_KEY_USE:
    case MERA_KEY_WEIGHTS:
        return keys_use(c, key, name, value);
    case MERA_KEY_LIMIT:
        return keys_limit(c, key, name, value);
    case MERA_KEY_USES:
        return keys_uses(c, key, name, value);
    default:
        return keys_scalar(c, key, name, value);
    }
}

static mera_code keys_entry(keys_checker *c, const mera_level *level, const mera_entry *entry,
                            bool open)
{
    const mera_key *key = mera_level_key(level, entry->key);
    if (key != NULL) {
        return keys_value(c, key, entry->key, entry->value);
    }
    if (open) {
        return MERA_OK;
    }
    mera_fail(c->diags, MERA_EINPUT, "unknown-key", entry->at, "unknown key '%s' in %s", entry->key,
              level->what);
    return mera_level_hint(level, entry->key, c->arena, c->diags);
}

static mera_code keys_map(keys_checker *c, const mera_level *level, const mera_value *map,
                          bool open)
{
    for (size_t i = 0; i < map->n; i++) {
        MERA_TRY(keys_entry(c, level, &map->entries[i], open));
    }
    for (const mera_key *key = level->keys; !open && key->name != NULL; key++) {
        if (key->required && mera_value_entry(map, key->name) == NULL) {
            mera_fail(c->diags, MERA_EINPUT, "missing-key", map->at, "%s needs '%s': %s",
                      level->what, key->name, key->help);
        }
    }
    return MERA_OK;
}

mera_code mera_keys_check(const mera_level *level, const mera_value *map, mera_arena *arena,
                          mera_diags *diags)
{
    keys_checker checker = {.arena = arena, .diags = diags};
    return keys_map(&checker, level, map, false);
}
