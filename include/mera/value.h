/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A tree of values with places: what a YAML file, a `--set` or a plugin's manifest is read into.
 * The tree is immutable once read; merging makes a new one.
 */
#ifndef MERA_VALUE_H
#define MERA_VALUE_H

#include "mera/error.h"

typedef enum mera_value_kind {
    MERA_VALUE_NULL,
    MERA_VALUE_BOOL,
    MERA_VALUE_NUMBER,
    MERA_VALUE_TEXT,
    MERA_VALUE_LIST,
    MERA_VALUE_MAP,
} mera_value_kind;

typedef struct mera_value mera_value;

/** One entry of a map. */
typedef struct mera_entry {
    const char *key;
    mera_at at; /**< of the key */
    const mera_value *value;
} mera_entry;

struct mera_value {
    mera_value_kind kind;
    mera_at at;
    const char *origin; /**< who said so, when not the file: "--set", "variant 'equal'"; or NULL */
    const char *text;   /**< scalars: as written (unquoted); NULL for lists and maps */
    double number;      /**< MERA_VALUE_NUMBER */
    bool boolean;       /**< MERA_VALUE_BOOL */
    bool quoted; /**< the scalar stood in quotes or a block, so it is text whatever it says */
    size_t n;    /**< items of a list, entries of a map */
    const mera_value *const *items;
    const mera_entry *entries;
};

/** The value of a key, or NULL when `map` is NULL, not a map, or has no such key. */
const mera_value *mera_value_get(const mera_value *map, const char *key);

/** The entry of a key, or NULL. */
const mera_entry *mera_value_entry(const mera_value *map, const char *key);

/** "a number", "text", "a list", "a map", "true or false", "nothing": for messages. */
const char *mera_value_kind_name(mera_value_kind kind);

/**
 * "text 'x'", "the number 5", "1e999, which is too large", "a list": what was found, for messages.
 * In the arena or a literal; NULL = no memory.
 */
const char *mera_value_found(const mera_value *value, mera_arena *arena);

/** Types an unquoted scalar by YAML 1.2's core schema: null, true/false, numbers, else text. */
mera_code mera_value_scalar(mera_arena *arena, const char *text, bool quoted, mera_at at,
                            mera_value **out);

#endif
