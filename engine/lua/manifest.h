/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a plugin says of itself, `return mera.plugin { ... }`, checked and typed. The keys allowed
 * at each level stand in one table each (manifest_keys.c).
 */
#ifndef MERA_LUA_MANIFEST_H
#define MERA_LUA_MANIFEST_H

#include <lua.h>

#include "lua/outline.h"
#include "mera/op.h"

enum {
    MERA_PLUGIN_API = 1, /**< the newest agreement between plugins and engine */
    MERA_MANIFEST_NAME_MAX = 64,
};

/** Parameters as they are declared. */
typedef struct mera_manifest_params {
    mera_param *v; /**< offsets are set when an operation is made */
    size_t n;
} mera_manifest_params;

/** How a result may move when a column it reads rises. */
typedef struct mera_manifest_monotone {
    const char *column;
    int sign; /**< 1 = up, -1 = down */
} mera_manifest_monotone;

/** An indicator, an operation over one column (imputer, treater, normaliser), over the children of
 * a node (weigher, aggregator), or a check. */
typedef struct mera_manifest_item {
    mera_step step;
    const char *section; /**< key in the manifest: "indicators", "normalisers" */
    const char *kind;    /**< for messages: "indicator", "normaliser" */
    const char *name;
    const char *title_ru, *title_en;
    const char *summary, *formula, *source, *conventions;
    const char *unit;
    mera_direction direction; /**< 0 = not declared */
    double range[2];          /**< NaN = none */
    mera_text_list reads, attributes, optional, scores, fitted;
    mera_manifest_monotone *monotone;
    size_t n_monotone;
    const char *main_key;         /**< key of its function: "compute", "apply", "weigh" */
    bool per_unit, fits, periods; /**< periods: looks at other periods too */
    bool given;                   /**< nobody can change it: `actionable = false` */
    mera_manifest_params params;
} mera_manifest_item;

typedef struct mera_manifest {
    const char *id, *version;
    int version_number; /**< 10,203 for 1.2.3 */
    const char *title_ru, *title_en;
    const char *summary, *licence, *source;
    mera_text_list regions;
    mera_manifest_params params;
    mera_manifest_item *item;
    size_t n_items;
} mera_manifest;

/** What reading needs. */
typedef struct mera_manifest_reader {
    const char *file;            /**< path of the script */
    const mera_outline *outline; /**< places of keys */
    mera_arena *arena;
    mera_diags *diags;
    const char *speaker; /**< "plugin 'arctic'" */
    mera_code code;      /**< of the worst thing found */
    size_t n_values;
    bool refused; /**< it was said that there are too many */
} mera_manifest_reader;

/** Reads the table on top of the stack into a tree of values; functions become values that
 * mera_manifest_is_function() knows. Raises nothing but memory errors. */
mera_code mera_manifest_values(lua_State *L, mera_manifest_reader *reader, const mera_value **out);

/** Checks the tree and makes it typed. Every problem is recorded before it returns. */
mera_code mera_manifest_check(mera_manifest_reader *reader, const mera_value *tree,
                              mera_manifest *out);

bool mera_manifest_is_function(const mera_value *value);
/** Makes a value stand for a function: for trees that come from another process. */
void mera_manifest_make_function(mera_value *value);

/* ---- between the parts of the check ------------------------------------------------------ */

typedef enum mera_key_kind {
    MERA_KEY_TEXT,
    MERA_KEY_TITLE, /**< a text or { ru = ..., en = ... } */
    MERA_KEY_NUMBER,
    MERA_KEY_BOOL,
    MERA_KEY_TEXTS,
    MERA_KEY_PAIR,
    MERA_KEY_FUNCTION,
    MERA_KEY_MAP,
    MERA_KEY_ANY,
} mera_key_kind;

typedef struct mera_key {
    const char *name;
    mera_key_kind kind;
    bool required;
} mera_key;

extern const mera_key mera_plugin_keys[], mera_plugin_param_keys[], mera_plugin_indicator_keys[],
    mera_plugin_operation_keys[], mera_plugin_weigher_keys[], mera_plugin_aggregator_keys[],
    mera_plugin_check_keys[];

/** Checks the keys of one level: unknown, of the wrong kind, lacking. */
mera_code mera_manifest_level(mera_manifest_reader *reader, const mera_value *map,
                              const mera_key *keys, const char *label);

/** Records a problem of the manifest and remembers that there is one. */
void mera_manifest_fail(mera_manifest_reader *reader, mera_at at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** A key's text, or NULL. */
const char *mera_manifest_text(const mera_value *map, const char *key);

/** A key's list of texts. */
mera_code mera_manifest_texts(mera_manifest_reader *reader, const mera_value *map, const char *key,
                              mera_text_list *out);

/** Reads a `params` map; `taken` are parameters whose names must not come again. */
mera_code mera_manifest_read_params(mera_manifest_reader *reader, const mera_value *map,
                                    const mera_manifest_params *taken, mera_manifest_params *out);

/** Is it a lower-case identifier? */
bool mera_manifest_is_name(const char *text);

#endif
