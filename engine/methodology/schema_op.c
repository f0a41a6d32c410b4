/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Operations in the JSON Schema: of each step, one alternative an operation with its parameters,
 * so that an editor completes them and shows their help. Operations of plugins that are not loaded
 * are let through by their form, PLUGIN.NAME.
 */
#include <string.h>

#include "methodology/schema.h"

static void schema_param_default(mera_json *json, const mera_param *p)
{
    switch (p->type) {
    case MERA_PARAM_F64:
        mera_json_number(json, "default", p->fallback);
        break;
    case MERA_PARAM_INT:
        mera_json_number(json, "default", p->fallback);
        break;
    case MERA_PARAM_BOOL:
        mera_json_bool(json, "default", p->fallback != 0);
        break;
    case MERA_PARAM_ENUM:
        mera_json_text(json, "default", p->choices[(size_t)p->fallback]);
        break;
    default:
        break; /* a text, or flow text that is not JSON: said in the description */
    }
}

static void schema_param_help(mera_json *json, const mera_param *p)
{
    mera_text text = {.arena = json->out->arena};
    mera_text_add(&text, p->help != NULL ? p->help : p->name);
    if (p->unit != NULL) {
        mera_text_addf(&text, ", %s", p->unit);
    }
    if (p->fallback_text != NULL) {
        mera_text_addf(&text, "; %s when not said", p->fallback_text);
    }
    mera_json_text(json, "description", mera_text_string(&text));
    json->out->failed |= text.failed;
}

static void schema_param_number(mera_json *json, const mera_param *p, const char *type)
{
    static const char *const nullable[] = {"number", "null", NULL};
    if (p->nullable) {
        mera_schema_words(json, "type", nullable);
    } else {
        mera_json_text(json, "type", type);
    }
    if (p->min != 0 || p->max != 0) {
        mera_json_number(json, "minimum", p->min);
        mera_json_number(json, "maximum", p->max);
    }
}

static void schema_param_list(mera_json *json, const mera_param *p)
{
    mera_json_text(json, "type", "array");
    mera_json_open(json, "items", '{');
    if (p->type == MERA_PARAM_F64_LIST) {
        schema_param_number(json, p, "number");
    }
    mera_json_close(json, '}');
    if (p->min_items > 0) {
        mera_json_count(json, "minItems", p->min_items);
    }
    if (p->max_items > 0) {
        mera_json_count(json, "maxItems", p->max_items);
    }
}

static void schema_param(mera_json *json, const mera_param *p)
{
    static const char *const scalar[] = {"string", "number", "boolean", NULL};
    mera_json_open(json, p->name, '{');
    schema_param_help(json, p);
    if (!p->required) {
        schema_param_default(json, p);
    }
    switch (p->type) {
    case MERA_PARAM_F64:
        schema_param_number(json, p, "number");
        break;
    case MERA_PARAM_INT:
        schema_param_number(json, p, "integer");
        break;
    case MERA_PARAM_BOOL:
        mera_json_text(json, "type", "boolean");
        break;
    case MERA_PARAM_ENUM:
        mera_schema_words(json, "enum", p->choices);
        break;
    case MERA_PARAM_TEXT:
    case MERA_PARAM_COLUMN:
        mera_schema_words(json, "type", scalar);
        break;
    case MERA_PARAM_F64_LIST:
    case MERA_PARAM_TEXT_LIST:
        schema_param_list(json, p);
        break;
    case MERA_PARAM_BANDS:
        mera_json_text(json, "type", "object");
        mera_json_open(json, "additionalProperties", '{');
        mera_json_text(json, "type", "number");
        mera_json_close(json, '}');
        break;
    }
    mera_json_close(json, '}');
}

/* A parameter of the operation goes before a shared key of its name. */
static void schema_shared(mera_json *json, const mera_op *op, const mera_level *shared)
{
    for (const mera_key *key = shared->keys; key->name != NULL; key++) {
        const mera_param *p = op->params;
        while (p != NULL && p->name != NULL && strcmp(p->name, key->name) != 0) {
            p++;
        }
        if (p == NULL || p->name == NULL) {
            mera_schema_key(json, key->name, key);
        }
    }
}

/* {op: NAME, parameters, keys all operations of the step share}. */
static void schema_op(mera_json *json, const mera_op *op, const char *short_name)
{
    const mera_level *shared = mera_use_level(op->step);
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "type", "object");
    mera_json_text(json, "description", op->summary);
    mera_json_open(json, "properties", '{');
    mera_json_open(json, "op", '{');
    mera_json_open(json, "enum", '[');
    mera_json_text(json, NULL, short_name);
    mera_json_text(json, NULL, op->name);
    mera_json_close(json, ']');
    mera_json_close(json, '}');
    for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
        schema_param(json, p);
    }
    if (shared != NULL) {
        schema_shared(json, op, shared);
    }
    mera_json_close(json, '}');
    mera_json_open(json, "required", '[');
    mera_json_text(json, NULL, "op");
    mera_json_close(json, ']');
    mera_json_bool(json, "additionalProperties", false);
    mera_json_close(json, '}');
}

/* By name alone, and by the form of a plugin's name. */
static void schema_names(mera_json *json, const char *const *names, size_t n)
{
    mera_json_open(json, NULL, '{');
    mera_json_open(json, "enum", '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_text(json, NULL, names[i]);
    }
    mera_json_text(json, NULL, "none");
    mera_json_close(json, ']');
    mera_json_close(json, '}');
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "type", "string");
    mera_json_text(json, "pattern", "[.]");
    mera_json_close(json, '}');
}

/* A map whose `op` is of a plugin, or that inherits its `op`. */
static void schema_open_maps(mera_json *json)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "type", "object");
    mera_json_open(json, "properties", '{');
    mera_json_open(json, "op", '{');
    mera_json_text(json, "type", "string");
    mera_json_text(json, "pattern", "[.]");
    mera_json_close(json, '}');
    mera_json_close(json, '}');
    mera_json_close(json, '}');
}

void mera_schema_use(mera_json *json, const mera_registry *registry, mera_step step,
                     mera_arena *arena)
{
    const char *prefix = mera_step_name(step);
    const size_t size = mera_registry_size(registry);
    mera_text name = {.arena = arena};
    const char **names = mera_arena_zero(arena, size, sizeof *names);
    mera_text_addf(&name, "use_%s", prefix);
    if (names == NULL || name.failed) {
        json->out->failed = true;
        return;
    }
    size_t n = 0;
    mera_json_open(json, mera_text_string(&name), '{');
    mera_json_open(json, "anyOf", '[');
    for (size_t i = 0; i < size; i++) {
        const mera_op *op = mera_registry_get(registry, i);
        if (op->step == step) {
            names[n] = op->name + strlen(prefix) + 1;
            schema_op(json, op, names[n++]);
        }
    }
    schema_names(json, names, n);
    schema_open_maps(json);
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}
