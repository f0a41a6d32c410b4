/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The JSON Schema of a methodology file (draft-07, which editors understand), from the tables of
 * keys and the registry. A file that extends another may leave out what the other says, so levels
 * that merge require nothing.
 */
#include "methodology/schema.h"

#include <string.h>

#include "base/map.h"
#include "mera/methodology.h"

static void schema_required(mera_json *json, const mera_level *level)
{
    mera_json_open(json, "required", '[');
    for (const mera_key *key = level->keys; key->name != NULL; key++) {
        if (key->required) {
            mera_json_text(json, NULL, key->name);
        }
    }
    mera_json_close(json, ']');
}

static void schema_level(mera_json *json, const mera_level *level)
{
    mera_json_open(json, level->id, '{');
    mera_json_text(json, "type", "object");
    mera_json_open(json, "properties", '{');
    for (const mera_key *key = level->keys; key->name != NULL; key++) {
        mera_schema_key(json, key->name, key);
    }
    mera_json_close(json, '}');
    mera_json_bool(json, "additionalProperties", false);
    if (level->whole) {
        schema_required(json, level);
    } else if (level == &mera_level_methodology) {
        static const char *const extends[] = {"extends", NULL};
        mera_json_open(json, "anyOf", '[');
        mera_json_open(json, NULL, '{');
        mera_schema_words(json, "required", extends);
        mera_json_close(json, '}');
        mera_json_open(json, NULL, '{');
        schema_required(json, level);
        mera_json_close(json, '}');
        mera_json_close(json, ']');
    }
    mera_json_close(json, '}');
}

/** A level and those its keys lead to, each once. */
static mera_code schema_levels(mera_json *json, const mera_level *level, mera_map *written)
{
    size_t found;
    bool added;
    MERA_TRY(mera_map_put(written, level->id, strlen(level->id), 0, &found, &added));
    if (!added) {
        return MERA_OK;
    }
    schema_level(json, level);
    for (const mera_key *key = level->keys; key->name != NULL; key++) {
        if (key->level != NULL) {
            MERA_TRY(schema_levels(json, key->level, written));
        }
    }
    return MERA_OK;
}

const char *mera_methodology_schema(const mera_registry *registry, mera_arena *arena)
{
    /* titles and reference sets belong to kinds of keys and to operations, not to a level */
    static const mera_level *const root[] = {&mera_level_methodology, &mera_level_title,
                                             &mera_level_reference, &mera_level_frozen};
    mera_text text = {.arena = arena};
    mera_json json = {.out = &text, .fresh = true, .pretty = true};
    mera_map *written;
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "$schema", "http://json-schema.org/draft-07/schema#");
    mera_json_text(&json, "title", "A methodology of mera, format 1");
    mera_json_open(&json, "allOf", '[');
    mera_schema_ref(&json, NULL, "", mera_level_methodology.id);
    mera_json_close(&json, ']');
    mera_json_open(&json, "definitions", '{');
    if (mera_map_new(arena, 64, &written) != MERA_OK) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof root / sizeof *root; i++) {
        if (schema_levels(&json, root[i], written) != MERA_OK) {
            return NULL;
        }
    }
    for (int step = 0; step < MERA_N_STEPS; step++) {
        mera_schema_use(&json, registry, (mera_step)step, arena);
    }
    mera_json_close(&json, '}');
    mera_json_close(&json, '}');
    mera_text_add(&text, "\n");
    return mera_text_string(&text);
}
