/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The keys of a manifest, level by level, and the check that needs nothing but these tables.
 */
#include "lua/manifest.h"

#include <string.h>

#include "base/text.h"

const mera_key mera_plugin_keys[] = {
    {"id", MERA_KEY_TEXT, true},          {"version", MERA_KEY_TEXT, true},
    {"api", MERA_KEY_NUMBER, true},       {"title", MERA_KEY_TITLE, false},
    {"summary", MERA_KEY_TEXT, false},    {"licence", MERA_KEY_TEXT, false},
    {"source", MERA_KEY_TEXT, false},     {"regions", MERA_KEY_TEXTS, false},
    {"params", MERA_KEY_MAP, false},      {"indicators", MERA_KEY_MAP, false},
    {"imputers", MERA_KEY_MAP, false},    {"treaters", MERA_KEY_MAP, false},
    {"normalisers", MERA_KEY_MAP, false}, {"weighers", MERA_KEY_MAP, false},
    {"aggregators", MERA_KEY_MAP, false}, {"checks", MERA_KEY_MAP, false},
    {NULL, MERA_KEY_ANY, false},
};

const mera_key mera_plugin_param_keys[] = {
    {"type", MERA_KEY_TEXT, true},      {"default", MERA_KEY_ANY, false},
    {"min", MERA_KEY_NUMBER, false},    {"max", MERA_KEY_NUMBER, false},
    {"unit", MERA_KEY_TEXT, false},     {"help", MERA_KEY_TEXT, false},
    {"choices", MERA_KEY_TEXTS, false}, {NULL, MERA_KEY_ANY, false},
};

/* What every item may say of itself. */
#define ITEM_KEYS                                                                \
    {"title", MERA_KEY_TITLE, false}, {"formula", MERA_KEY_TEXT, false},         \
        {"source", MERA_KEY_TEXT, false}, {"conventions", MERA_KEY_TEXT, false}, \
    {                                                                            \
        "params", MERA_KEY_MAP, false                                            \
    }

const mera_key mera_plugin_indicator_keys[] = {
    ITEM_KEYS,
    {"summary", MERA_KEY_TEXT, false},
    {"unit", MERA_KEY_TEXT, true},
    {"direction", MERA_KEY_TEXT, false},
    {"range", MERA_KEY_PAIR, false},
    {"actionable", MERA_KEY_BOOL, false},
    {"reads", MERA_KEY_TEXTS, true},
    {"attributes", MERA_KEY_TEXTS, false},
    {"optional", MERA_KEY_TEXTS, false},
    {"periods", MERA_KEY_TEXT, false},
    {"monotone", MERA_KEY_MAP, false},
    {"compute", MERA_KEY_FUNCTION, false},
    {"compute_unit", MERA_KEY_FUNCTION, false},
    {NULL, MERA_KEY_ANY, false},
};

const mera_key mera_plugin_operation_keys[] = {
    ITEM_KEYS,
    {"summary", MERA_KEY_TEXT, true},
    {"fitted", MERA_KEY_TEXTS, false},
    {"fit", MERA_KEY_FUNCTION, false},
    {"apply", MERA_KEY_FUNCTION, true},
    {NULL, MERA_KEY_ANY, false},
};

const mera_key mera_plugin_weigher_keys[] = {
    ITEM_KEYS,
    {"summary", MERA_KEY_TEXT, true},
    {"weigh", MERA_KEY_FUNCTION, true},
    {NULL, MERA_KEY_ANY, false},
};

const mera_key mera_plugin_aggregator_keys[] = {
    ITEM_KEYS,
    {"summary", MERA_KEY_TEXT, true},
    {"aggregate", MERA_KEY_FUNCTION, true},
    {NULL, MERA_KEY_ANY, false},
};

const mera_key mera_plugin_check_keys[] = {
    ITEM_KEYS,
    {"summary", MERA_KEY_TEXT, true},
    {"reads", MERA_KEY_TEXTS, false},
    {"attributes", MERA_KEY_TEXTS, false},
    {"scores", MERA_KEY_TEXTS, false},
    {"check", MERA_KEY_FUNCTION, true},
    {NULL, MERA_KEY_ANY, false},
};

/* ---- kinds ------------------------------------------------------------------------------- */

static bool key_is_texts(const mera_value *value)
{
    for (size_t i = 0; i < value->n; i++) {
        if (value->kind == MERA_VALUE_LIST && value->items[i]->kind != MERA_VALUE_TEXT) {
            return false;
        }
    }
    return value->kind == MERA_VALUE_LIST || (value->kind == MERA_VALUE_MAP && value->n == 0);
}

static bool key_is_title(const mera_value *value)
{
    if (value->kind == MERA_VALUE_TEXT) {
        return true;
    }
    for (size_t i = 0; i < value->n && value->kind == MERA_VALUE_MAP; i++) {
        const mera_entry *entry = &value->entries[i];

        if ((strcmp(entry->key, "ru") != 0 && strcmp(entry->key, "en") != 0) ||
            entry->value->kind != MERA_VALUE_TEXT) {
            return false;
        }
    }
    return value->kind == MERA_VALUE_MAP && value->n > 0;
}

static bool key_is_pair(const mera_value *value)
{
    return value->kind == MERA_VALUE_LIST && value->n == 2 &&
           value->items[0]->kind == MERA_VALUE_NUMBER &&
           value->items[1]->kind == MERA_VALUE_NUMBER &&
           value->items[0]->number < value->items[1]->number;
}

/* What a value should have been, or NULL when it is. */
static const char *key_wanted(const mera_value *value, mera_key_kind kind)
{
    switch (kind) {
    case MERA_KEY_TEXT:
        return value->kind == MERA_VALUE_TEXT ? NULL : "text";
    case MERA_KEY_TITLE:
        return key_is_title(value) ? NULL : "text or { ru = \"…\", en = \"…\" }";
    case MERA_KEY_NUMBER:
        return value->kind == MERA_VALUE_NUMBER ? NULL : "a number";
    case MERA_KEY_BOOL:
        return value->kind == MERA_VALUE_BOOL ? NULL : "true or false";
    case MERA_KEY_TEXTS:
        return key_is_texts(value) ? NULL : "a list of texts";
    case MERA_KEY_PAIR:
        return key_is_pair(value) ? NULL : "two numbers, the smaller one first";
    case MERA_KEY_FUNCTION:
        return mera_manifest_is_function(value) ? NULL : "a function";
    case MERA_KEY_MAP:
        return value->kind == MERA_VALUE_MAP ? NULL : "a table with names";
    case MERA_KEY_ANY:
        break;
    }
    return NULL;
}

/* ---- one level --------------------------------------------------------------------------- */

static const mera_key *key_find(const mera_key *keys, const char *name)
{
    for (; keys->name != NULL; keys++) {
        if (strcmp(keys->name, name) == 0) {
            return keys;
        }
    }
    return NULL;
}

static void key_unknown(mera_manifest_reader *reader, const mera_entry *entry, const mera_key *keys,
                        const char *label)
{
    const char *names[32], *near;
    size_t n = 0;

    for (; keys->name != NULL && n < sizeof names / sizeof *names; keys++) {
        names[n++] = keys->name;
    }
    mera_manifest_fail(reader, entry->at, "'%s' is not a key of %s", entry->key, label);
    near = mera_nearest(entry->key, names, n);
    if (near != NULL) {
        mera_hint(reader->diags, "did you mean '%s'?", near);
    }
}

mera_code mera_manifest_level(mera_manifest_reader *reader, const mera_value *map,
                              const mera_key *keys, const char *label)
{
    for (size_t i = 0; i < map->n; i++) {
        const mera_entry *entry = &map->entries[i];
        const mera_key *key = key_find(keys, entry->key);
        const char *wanted = key == NULL ? NULL : key_wanted(entry->value, key->kind);

        if (key == NULL) {
            key_unknown(reader, entry, keys, label);
        } else if (wanted != NULL) {
            mera_manifest_fail(reader, entry->at, "'%s' of %s must be %s", entry->key, label,
                               wanted);
        }
    }
    for (; keys->name != NULL; keys++) {
        if (keys->required && mera_value_get(map, keys->name) == NULL) {
            mera_manifest_fail(reader, map->at, "%s lacks '%s'", label, keys->name);
        }
    }
    return reader->code;
}

const char *mera_manifest_text(const mera_value *map, const char *key)
{
    const mera_value *value = mera_value_get(map, key);

    return value != NULL && value->kind == MERA_VALUE_TEXT ? value->text : NULL;
}

mera_code mera_manifest_texts(mera_manifest_reader *reader, const mera_value *map, const char *key,
                              mera_text_list *out)
{
    const mera_value *value = mera_value_get(map, key);
    const char **v;

    *out = (mera_text_list){0, NULL};
    if (value == NULL || value->kind != MERA_VALUE_LIST || !key_is_texts(value)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(v, reader->arena, value->n + 1);
    for (size_t i = 0; i < value->n; i++) {
        v[i] = value->items[i]->text;
    }
    *out = (mera_text_list){value->n, v};
    return MERA_OK;
}

bool mera_manifest_is_name(const char *text)
{
    if (strlen(text) > MERA_MANIFEST_NAME_MAX ||
        !((*text >= 'a' && *text <= 'z') || *text == '_')) {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (!((*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9') || *text == '_')) {
            return false;
        }
    }
    return true;
}
