/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the schema: levels (schema.c) stand on operations (schema_op.c) and keys
 * (schema_key.c). */
#ifndef MERA_METHODOLOGY_SCHEMA_H
#define MERA_METHODOLOGY_SCHEMA_H

#include "base/json.h"
#include "methodology/keys.h"

/** The schema of what may stand under a key, as the value of `name`. */
void mera_schema_key(mera_json *json, const char *name, const mera_key *key);

/** The definition "use_STEP": every operation of the step, by name or with its parameters. */
void mera_schema_use(mera_json *json, const mera_registry *registry, mera_step step,
                     mera_arena *arena);

/** A reference to the definition PREFIX ID, as the value of `name` (NULL in a list). */
void mera_schema_ref(mera_json *json, const char *name, const char *prefix, const char *id);

/** One value: {"name": ["word", ...]}. */
void mera_schema_words(mera_json *json, const char *name, const char *const *words);

#endif
