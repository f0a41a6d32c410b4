/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The JSON Schema of one key of a methodology, from its row in the tables of keys.
 */
#include "methodology/schema.h"

static const char *const schema_any_scalar[] = {"string", "number", "boolean", NULL};

void mera_schema_words(mera_json *json, const char *name, const char *const *words)
{
    mera_json_open(json, name, '[');
    for (size_t i = 0; words[i] != NULL; i++) {
        mera_json_text(json, NULL, words[i]);
    }
    mera_json_close(json, ']');
}

/* ---- small schemas ----------------------------------------------------------------------- */

static void schema_open(mera_json *json, const char *name, const char *type)
{
    mera_json_open(json, name, '{');
    if (type != NULL) {
        mera_json_text(json, "type", type);
    }
}

static void schema_type(mera_json *json, const char *name, const char *type)
{
    schema_open(json, name, type);
    mera_json_close(json, '}');
}

static void schema_const(mera_json *json, const char *name, const char *word)
{
    mera_json_open(json, name, '{');
    mera_json_text(json, "const", word);
    mera_json_close(json, '}');
}

void mera_schema_ref(mera_json *json, const char *name, const char *prefix, const char *id)
{
    mera_text path = {.arena = json->out->arena};
    mera_text_addf(&path, "#/definitions/%s%s", prefix, id);
    mera_json_open(json, name, '{');
    mera_json_text(json, "$ref", mera_text_string(&path));
    mera_json_close(json, '}');
    json->out->failed |= path.failed;
}

static void schema_scalar(mera_json *json, const char *name)
{
    mera_json_open(json, name, '{');
    mera_schema_words(json, "type", schema_any_scalar);
    mera_json_close(json, '}');
}

static void schema_enum(mera_json *json, const char *name, const char *const *words)
{
    mera_json_open(json, name, '{');
    mera_schema_words(json, "enum", words);
    mera_json_close(json, '}');
}

static void schema_texts(mera_json *json)
{
    schema_scalar(json, NULL);
    schema_open(json, NULL, "array");
    schema_scalar(json, "items");
    mera_json_close(json, '}');
}

static void schema_pair(mera_json *json, bool nullable)
{
    static const char *const number_or_null[] = {"number", "null", NULL};
    static const char *const number[] = {"number", NULL};
    schema_open(json, NULL, "array");
    mera_json_open(json, "items", '{');
    mera_schema_words(json, "type", nullable ? number_or_null : number);
    mera_json_close(json, '}');
    mera_json_count(json, "minItems", 2);
    mera_json_count(json, "maxItems", 2);
    mera_json_close(json, '}');
}

static void schema_map_of(mera_json *json, const char *type)
{
    schema_open(json, NULL, "object");
    schema_type(json, "additionalProperties", type);
    mera_json_close(json, '}');
}

static void schema_limits(mera_json *json, const mera_key *key)
{
    if (key->min != 0 || key->max != 0) {
        mera_json_number(json, "minimum", key->min);
        mera_json_number(json, "maximum", key->max);
    }
}

/* ---- alternatives, each written into an open "anyOf" ------------------------------------- */

static void schema_use_ref(mera_json *json, const mera_key *key)
{
    mera_schema_ref(json, NULL, "use_", mera_step_name(key->step));
}

static void schema_array_of(mera_json *json, const mera_key *key, bool node)
{
    schema_open(json, NULL, "array");
    if (key->kind == MERA_KEY_USES) {
        mera_schema_ref(json, "items", "use_", mera_step_name(key->step));
    } else if (node) {
        static const char *const required[] = {"id", NULL};
        mera_json_open(json, "items", '{');
        mera_json_open(json, "allOf", '[');
        mera_schema_ref(json, NULL, "", key->level->id);
        mera_json_close(json, ']');
        mera_schema_words(json, "required", required);
        mera_json_close(json, '}');
    } else {
        mera_schema_ref(json, "items", "", key->level->id);
    }
    mera_json_close(json, '}');
}

static void schema_named(mera_json *json, const mera_key *key)
{
    schema_open(json, NULL, "object");
    if (key->kind == MERA_KEY_NAMED) {
        mera_schema_ref(json, "additionalProperties", "", key->level->id);
    } else {
        mera_json_open(json, "additionalProperties", '{');
        mera_json_open(json, "anyOf", '[');
        schema_texts(json);
        mera_json_close(json, ']');
        mera_json_close(json, '}');
    }
    mera_json_close(json, '}');
}

static void schema_plugins(mera_json *json, const mera_key *key)
{
    schema_open(json, NULL, "array");
    mera_json_open(json, "items", '{');
    mera_json_open(json, "anyOf", '[');
    schema_type(json, NULL, "string");
    mera_schema_ref(json, NULL, "", key->level->id);
    mera_json_close(json, ']');
    mera_json_close(json, '}');
    mera_json_close(json, '}');
}

static void schema_number(mera_json *json, const mera_key *key, const char *type)
{
    schema_open(json, NULL, type);
    schema_limits(json, key);
    mera_json_close(json, '}');
}

/* A scalar of some form, or a map. */
static void schema_or_map(mera_json *json, const mera_key *key)
{
    switch (key->kind) {
    case MERA_KEY_TITLE:
        schema_scalar(json, NULL);
        mera_schema_ref(json, NULL, "", mera_level_title.id);
        break;
    case MERA_KEY_CHOICE_OR_MAP:
        schema_enum(json, NULL, key->choices);
        mera_schema_ref(json, NULL, "", key->level->id);
        break;
    case MERA_KEY_ROUND:
        schema_const(json, NULL, "none");
        schema_type(json, NULL, "integer");
        mera_schema_ref(json, NULL, "", key->level->id);
        break;
    case MERA_KEY_LIMIT:
        schema_number(json, key, "number");
        schema_const(json, NULL, "none");
        mera_schema_ref(json, NULL, "", key->level->id);
        break;
    case MERA_KEY_CHILDREN:
        schema_map_of(json, "number");
        schema_open(json, NULL, "array");
        schema_type(json, "items", "string");
        mera_json_close(json, '}');
        break;
    case MERA_KEY_MARKS:
        schema_texts(json);
        schema_open(json, NULL, "object");
        schema_enum(json, "additionalProperties", key->choices);
        mera_json_close(json, '}');
        break;
    default: /* MERA_KEY_WEIGHTS */
        schema_const(json, NULL, "as_written");
        schema_use_ref(json, key);
        mera_schema_ref(json, NULL, "", key->level->id);
    }
}

static void schema_plain(mera_json *json, const mera_key *key)
{
    switch (key->kind) {
    case MERA_KEY_NUMBER:
        schema_number(json, key, "number");
        break;
    case MERA_KEY_WHOLE:
        schema_number(json, key, "integer");
        break;
    case MERA_KEY_NUMBER_OR_NONE:
        schema_type(json, NULL, "number");
        schema_const(json, NULL, "none");
        break;
    case MERA_KEY_BOOL:
        schema_type(json, NULL, "boolean");
        break;
    case MERA_KEY_CHOICE:
        schema_enum(json, NULL, key->choices);
        break;
    case MERA_KEY_TEXTS:
        schema_texts(json);
        break;
    case MERA_KEY_PAIR:
        schema_pair(json, true);
        break;
    case MERA_KEY_TARGET:
        schema_type(json, NULL, "number");
        schema_pair(json, false);
        break;
    case MERA_KEY_PATHS:
    case MERA_KEY_ANY:
        schema_type(json, NULL, "object");
        break;
    case MERA_KEY_CHOICES:
        schema_type(json, NULL, "array");
        schema_type(json, NULL, "string");
        break;
    default: /* MERA_KEY_TEXT, MERA_KEY_ID */
        schema_scalar(json, NULL);
    }
}

static void schema_alternatives(mera_json *json, const mera_key *key)
{
    switch (key->kind) {
    case MERA_KEY_MAP:
        mera_schema_ref(json, NULL, "", key->level->id);
        break;
    case MERA_KEY_MAPS:
        mera_schema_ref(json, NULL, "", key->level->id);
        schema_array_of(json, key, false);
        break;
    case MERA_KEY_LIST:
        schema_array_of(json, key, true);
        break;
    case MERA_KEY_NAMED:
    case MERA_KEY_TEXTS_BY_NAME:
        schema_named(json, key);
        break;
    case MERA_KEY_PLUGINS:
        schema_plugins(json, key);
        break;
    case MERA_KEY_USE:
        schema_use_ref(json, key);
        break;
    case MERA_KEY_USES:
        schema_use_ref(json, key);
        schema_array_of(json, key, false);
        break;
    case MERA_KEY_TITLE:
    case MERA_KEY_CHOICE_OR_MAP:
    case MERA_KEY_ROUND:
    case MERA_KEY_LIMIT:
    case MERA_KEY_CHILDREN:
    case MERA_KEY_MARKS:
    case MERA_KEY_WEIGHTS:
        schema_or_map(json, key);
        break;
    default:
        schema_plain(json, key);
    }
}

/* ---- a key ------------------------------------------------------------------------------- */

void mera_schema_key(mera_json *json, const char *name, const mera_key *key)
{
    mera_json_open(json, name, '{');
    mera_json_text(json, "description", key->help);
    mera_json_open(json, "anyOf", '[');
    schema_alternatives(json, key);
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}
