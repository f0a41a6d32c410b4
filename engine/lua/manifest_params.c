/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Parameters of a plugin: { type, default, min, max, unit, help, choices } becomes the mera_param
 * that built-in operations have, so one binder checks both.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "lua/manifest.h"

static const struct {
    const char *name;
    mera_param_type type;
    mera_value_kind kind;
} param_types[] = {
    {"number", MERA_PARAM_F64, MERA_VALUE_NUMBER}, {"integer", MERA_PARAM_INT, MERA_VALUE_NUMBER},
    {"boolean", MERA_PARAM_BOOL, MERA_VALUE_BOOL}, {"text", MERA_PARAM_TEXT, MERA_VALUE_TEXT},
    {"choice", MERA_PARAM_ENUM, MERA_VALUE_TEXT},
};

enum { PARAM_TYPES = sizeof param_types / sizeof *param_types };

static size_t param_type_of(mera_manifest_reader *reader, const mera_value *map, const char *label)
{
    const char *name = mera_manifest_text(map, "type"), *names[PARAM_TYPES], *near;

    if (name == NULL) {
        return SIZE_MAX; /* said by the level's check */
    }
    for (size_t i = 0; i < PARAM_TYPES; i++) {
        names[i] = param_types[i].name;
        if (strcmp(name, param_types[i].name) == 0) {
            return i;
        }
    }
    mera_manifest_fail(reader, mera_value_entry(map, "type")->at,
                       "'type' of %s is '%s'; allowed are number, integer, boolean, text, choice",
                       label, name);
    near = mera_nearest(name, names, PARAM_TYPES);
    if (near != NULL) {
        mera_hint(reader->diags, "did you mean '%s'?", near);
    }
    return SIZE_MAX;
}

static double param_limit(const mera_value *map, const char *key, double otherwise)
{
    const mera_value *value = mera_value_get(map, key);

    return value != NULL && value->kind == MERA_VALUE_NUMBER ? value->number : otherwise;
}

static void param_limits(mera_manifest_reader *reader, const mera_value *map, const char *label,
                         mera_param *out)
{
    const bool numeric = out->type == MERA_PARAM_F64 || out->type == MERA_PARAM_INT;
    const bool given = mera_value_get(map, "min") != NULL || mera_value_get(map, "max") != NULL;
    const double far = out->type == MERA_PARAM_INT ? 9007199254740992.0 : DBL_MAX;

    if (!given || !numeric) {
        if (given) {
            mera_manifest_fail(reader, map->at, "%s is no number and has no 'min' and 'max'",
                               label);
        }
        out->max = out->type == MERA_PARAM_BOOL ? 1 : 0;
        return;
    }
    out->min = param_limit(map, "min", -far);
    out->max = param_limit(map, "max", far);
    if (!(out->min <= out->max)) {
        mera_manifest_fail(reader, map->at, "'min' of %s is above its 'max'", label);
    }
}

static mera_code param_choices(mera_manifest_reader *reader, const mera_value *map,
                               const char *label, mera_param *out)
{
    mera_text_list list;

    MERA_TRY(mera_manifest_texts(reader, map, "choices", &list));
    if (out->type == MERA_PARAM_ENUM && list.n == 0) {
        mera_manifest_fail(reader, map->at, "%s is a choice and lacks 'choices'", label);
    } else if (out->type != MERA_PARAM_ENUM && mera_value_get(map, "choices") != NULL) {
        mera_manifest_fail(reader, map->at, "%s has 'choices' but its type is not choice", label);
    }
    out->choices = list.v; /* one more than list.n was made: it ends with NULL */
    return MERA_OK;
}

static double param_choice_index(const mera_param *param, const char *text)
{
    for (int i = 0; param->choices != NULL && param->choices[i] != NULL; i++) {
        if (strcmp(param->choices[i], text) == 0) {
            return i;
        }
    }
    return -1;
}

static bool param_default_fits(const mera_param *p, const mera_value *value)
{
    if (p->type == MERA_PARAM_INT && floor(value->number) != value->number) {
        return false;
    }
    if (p->type == MERA_PARAM_ENUM) {
        return param_choice_index(p, value->text) >= 0;
    }
    return (p->type != MERA_PARAM_F64 && p->type != MERA_PARAM_INT) ||
           (p->min == 0 && p->max == 0) || (value->number >= p->min && value->number <= p->max);
}

static void param_default(mera_manifest_reader *reader, const mera_value *map, const char *label,
                          mera_value_kind kind, mera_param *out)
{
    const mera_value *value = mera_value_get(map, "default");

    out->required = value == NULL;
    if (value == NULL) {
        return;
    }
    if (value->kind != kind || !param_default_fits(out, value)) {
        mera_manifest_fail(reader, mera_value_entry(map, "default")->at,
                           "'default' of %s is not a value it allows", label);
        return;
    }
    out->fallback = kind == MERA_VALUE_NUMBER ? value->number : value->boolean ? 1 : 0;
    if (out->type == MERA_PARAM_ENUM) {
        out->fallback = param_choice_index(out, value->text);
    } else if (out->type == MERA_PARAM_TEXT) {
        out->fallback_text = value->text;
    }
}

static mera_code param_read(mera_manifest_reader *reader, const mera_entry *entry, mera_param *out)
{
    char label[96];
    size_t type;

    snprintf(label, sizeof label, "parameter '%.60s'", entry->key);
    out->name = entry->key;
    if (entry->value->kind != MERA_VALUE_MAP) {
        mera_manifest_fail(reader, entry->at, "%s must be a table with 'type', 'default', 'help'",
                           label);
        return MERA_OK;
    }
    if (!mera_manifest_is_name(entry->key)) {
        mera_manifest_fail(reader, entry->at,
                           "'%s' cannot name a parameter: allowed are a-z, 0-9 and _", entry->key);
    }
    mera_manifest_level(reader, entry->value, mera_plugin_param_keys, label);
    type = param_type_of(reader, entry->value, label);
    if (type == SIZE_MAX) {
        return MERA_OK;
    }
    out->type = param_types[type].type;
    out->unit = mera_manifest_text(entry->value, "unit");
    out->help = mera_manifest_text(entry->value, "help");
    MERA_TRY(param_choices(reader, entry->value, label, out));
    param_limits(reader, entry->value, label, out);
    param_default(reader, entry->value, label, param_types[type].kind, out);
    return MERA_OK;
}

mera_code mera_manifest_read_params(mera_manifest_reader *reader, const mera_value *map,
                                    const mera_manifest_params *taken, mera_manifest_params *out)
{
    *out = (mera_manifest_params){NULL, 0};
    if (map == NULL || map->kind != MERA_VALUE_MAP) {
        return MERA_OK;
    }
    MERA_TRY_NEW(out->v, reader->arena, map->n + 1);
    for (size_t i = 0; i < map->n; i++) {
        for (size_t j = 0; taken != NULL && j < taken->n; j++) {
            if (strcmp(taken->v[j].name, map->entries[i].key) == 0) {
                mera_manifest_fail(reader, map->entries[i].at,
                                   "parameter '%s' is already one of the whole plugin",
                                   map->entries[i].key);
            }
        }
        MERA_TRY(param_read(reader, &map->entries[i], &out->v[out->n++]));
    }
    return MERA_OK;
}
