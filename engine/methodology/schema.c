/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The JSON Schema of a methodology file (draft-07, which editors understand), from the tables of
 * keys and the registry. A file that extends another may leave out what the other says, so levels
 * that merge require nothing.
 */
#include "methodology/schema.h"

#include <string.h>

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

static void schema_level(mera_json *json, const mera_level *level, bool whole)
{
    mera_json_open(json, level->id, '{');
    mera_json_text(json, "type", "object");
    mera_json_open(json, "properties", '{');
    for (const mera_key *key = level->keys; key->name != NULL; key++) {
        mera_schema_key(json, key->name, key);
    }
    mera_json_close(json, '}');
    mera_json_bool(json, "additionalProperties", false);
    if (whole) {
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

const char *mera_methodology_schema(const mera_registry *registry, mera_arena *arena)
{
    static const mera_level *const merging[] = {
        &mera_level_methodology, &mera_level_units,   &mera_level_data,  &mera_level_indicator,
        &mera_level_steps,       &mera_level_node,    &mera_level_title, &mera_level_reference,
        &mera_level_missing,     &mera_level_weights, &mera_level_rank,  &mera_level_overlay,
        &mera_level_variant,     &mera_level_frozen,  &mera_level_audit, &mera_level_limit,
        &mera_level_question,    &mera_level_law,     &mera_level_share, &mera_level_factor,
        &mera_level_uncertainty, &mera_level_similar, &mera_level_near,  &mera_level_clusters,
        &mera_level_admission,   &mera_level_list,    &mera_level_match, &mera_level_codes,
    };
    static const mera_level *const whole[] = {&mera_level_plugin, &mera_level_limits,
                                              &mera_level_direction, &mera_level_round};
    mera_text text = {.arena = arena};
    mera_json json = {.out = &text, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "$schema", "http://json-schema.org/draft-07/schema#");
    mera_json_text(&json, "title", "A methodology of mera, format 1");
    mera_json_open(&json, "allOf", '[');
    mera_schema_ref(&json, NULL, "", mera_level_methodology.id);
    mera_json_close(&json, ']');
    mera_json_open(&json, "definitions", '{');
    for (size_t i = 0; i < sizeof merging / sizeof *merging; i++) {
        schema_level(&json, merging[i], false);
    }
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        schema_level(&json, whole[i], true);
    }
    for (int step = 0; step < MERA_N_STEPS; step++) {
        mera_schema_use(&json, registry, (mera_step)step, arena);
    }
    mera_json_close(&json, '}');
    mera_json_close(&json, '}');
    mera_text_add(&text, "\n");
    return mera_text_string(&text);
}
