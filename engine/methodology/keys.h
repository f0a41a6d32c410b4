/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The keys of a methodology file, level by level: one list from which come the check of unknown
 * keys and wrong types, the paths of `--set`, and the JSON Schema.
 */
#ifndef MERA_METHODOLOGY_KEYS_H
#define MERA_METHODOLOGY_KEYS_H

#include "mera/op.h"

/** What may stand under a key. */
typedef enum mera_key_kind {
    MERA_KEY_TEXT,           /**< any scalar, taken as written */
    MERA_KEY_ID,             /**< a name of a-z, 0-9, _ and - */
    MERA_KEY_TITLE,          /**< a text, or {ru, en} */
    MERA_KEY_NUMBER,         /**< within min and max */
    MERA_KEY_NUMBER_OR_NONE, /**< or `none` */
    MERA_KEY_WHOLE,          /**< a whole number within min and max */
    MERA_KEY_BOOL,
    MERA_KEY_CHOICE,        /**< one of `choices` */
    MERA_KEY_CHOICE_OR_MAP, /**< one of `choices`, or a map of `level` */
    MERA_KEY_TEXTS,         /**< a text or a list of texts */
    MERA_KEY_PAIR,          /**< [low, high], either may be null */
    MERA_KEY_TARGET,        /**< a number or [low, high] */
    MERA_KEY_ROUND,         /**< `none`, decimals, or a map of `level` */
    MERA_KEY_MAP,           /**< a map of `level` */
    MERA_KEY_MAPS,          /**< a map of `level` or a list of them */
    MERA_KEY_LIST,          /**< a list of maps of `level` */
    MERA_KEY_NAMED,         /**< a map from names to maps of `level` */
    MERA_KEY_TEXTS_BY_NAME, /**< a map from names to texts or lists of texts */
    MERA_KEY_PLUGINS,       /**< a list of texts or maps of `level` */
    MERA_KEY_CHILDREN,      /**< a map from indicators to weights, or a list of indicators */
    MERA_KEY_MARKS,         /**< a list of marks, or a map from marks to `choices` */
    MERA_KEY_PATHS,         /**< a map from paths to anything */
    MERA_KEY_ANY,           /**< a map of anything */
    MERA_KEY_CHOICES,       /**< a list of anything, or a range "1..5:1" or "a|b" as a text */
    MERA_KEY_USE,           /**< an operation of `step`: its name, or a map, or `none` */
    MERA_KEY_USES,          /**< one or a list of them */
    MERA_KEY_LIMIT,         /**< a number within min and max, `none`, or a map of `level` */
    MERA_KEY_WEIGHTS,       /**< `as_written`, an operation, or a map of `level` */
} mera_key_kind;

typedef struct mera_level mera_level;

typedef struct mera_key {
    const char *name;
    mera_key_kind kind;
    const char *help; /**< one phrase, lower case, no full stop */
    bool required;    /**< in the resolved file */
    bool fixed;       /**< no path may change it */
    const mera_level *level;
    const char *const *choices; /**< NULL-terminated */
    double min, max;            /**< inclusive; both 0 = no limit */
    mera_step step;
} mera_key;

/** One kind of map. */
struct mera_level {
    const char *id;       /**< "node": names the definition in the schema */
    const char *what;     /**< "a node" */
    const mera_key *keys; /**< ends with a NULL name */
    bool
        whole; /**< said at one place as a whole, so a file needs its required keys; others merge */
};

extern const mera_level mera_level_methodology, mera_level_title, mera_level_plugin,
    mera_level_limits, mera_level_units, mera_level_data, mera_level_question, mera_level_indicator,
    mera_level_steps, mera_level_node, mera_level_reference, mera_level_frozen, mera_level_round,
    mera_level_missing, mera_level_weights, mera_level_direction, mera_level_rank,
    mera_level_overlay, mera_level_variant, mera_level_audit, mera_level_limit, mera_level_law,
    mera_level_share, mera_level_factor, mera_level_uncertainty, mera_level_similar,
    mera_level_near, mera_level_clusters, mera_level_admission, mera_level_list, mera_level_match,
    mera_level_codes;

/** Words of laws of weights, NULL-terminated. */
extern const char *const mera_law_words[];
extern const char *const mera_bands_words[]; /**< in the order of mera_band_rule */

/** The keys that uses of a step share beside the parameters of the operation: names for
 * mera_op_bind(), NULL-terminated. */
const char *const *mera_use_common(mera_step step);

/** The shared keys as a level, or NULL when there is nothing but `op`. */
const mera_level *mera_use_level(mera_step step);

/** The key of that name, or NULL. */
const mera_key *mera_level_key(const mera_level *level, const char *name);

/**
 * Checks a map and all below it against its level: unknown keys, missing ones, wrong types.
 * Every problem is recorded; only MERA_ENOMEM is returned as a failure.
 */
mera_code mera_keys_check(const mera_level *level, const mera_value *map, mera_arena *arena,
                          mera_diags *diags);

/** "a number between 0 and 1", "one of higher, lower": for messages. NULL when memory ran out. */
const char *mera_key_wants(const mera_key *key, mera_arena *arena);

/** "did you mean 'x'?" when a key of the level is near, else the list of its keys. */
mera_code mera_level_hint(const mera_level *level, const char *name, mera_arena *arena,
                          mera_diags *diags);

/** Is the text an identifier a..z, 0..9, _ and - (or, for indicators, [A-Za-z_][A-Za-z0-9_]*)? */
bool mera_is_id(const char *text);
bool mera_is_indicator_id(const char *text);

#endif
