/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Hashes of the effective tree. Comments, quotes, layout and the split into files do not count;
 * nor do variants and grids, which are not in force. The order of keys does: children are summed in
 * it. A second hash leaves out what indicators do not see, so that methodologies that differ only
 * in weights and in how children become their node are known to have the same points.
 */
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

static void hash_value(mera_json *json, const char *key, const mera_value *value)
{
    switch (value->kind) {
    case MERA_VALUE_NULL:
        mera_json_null(json, key);
        break;
    case MERA_VALUE_BOOL:
        mera_json_bool(json, key, value->boolean);
        break;
    case MERA_VALUE_NUMBER:
        mera_json_number(json, key, value->number);
        break;
    case MERA_VALUE_TEXT:
        mera_json_text(json, key, value->text);
        break;
    case MERA_VALUE_LIST:
        mera_json_open(json, key, '[');
        for (size_t i = 0; i < value->n; i++) {
            hash_value(json, NULL, value->items[i]);
        }
        mera_json_close(json, ']');
        break;
    case MERA_VALUE_MAP:
        mera_json_open(json, key, '{');
        for (size_t i = 0; i < value->n; i++) {
            hash_value(json, value->entries[i].key, value->entries[i].value);
        }
        mera_json_close(json, '}');
        break;
    }
}

static mera_code hash_text(const mera_binder *b, mera_text *text, const char **out)
{
    char hex[65];
    MERA_TRY_PTR(mera_text_string(text));
    mera_sha256_of(text->data, text->n, hex);
    *out = mera_arena_strdup(b->arena, hex);
    return *out != NULL ? MERA_OK : MERA_ENOMEM;
}

/* ---- what indicators see ------------------------------------------------------------------ */

static bool hash_is_one_of(const char *key, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (mera_streq(*words, key)) {
            return true;
        }
    }
    return false;
}

/** Of an aggregator what may name columns or groupings; which one it is does not matter. */
static void hash_aggregate(mera_json *json, const mera_value *value)
{
    static const char *const own[] = {"op", "missing", "round", "floor", NULL};
    for (size_t i = 0; value->kind == MERA_VALUE_MAP && i < value->n; i++) {
        const mera_entry *entry = &value->entries[i];
        if (!hash_is_one_of(entry->key, own) && entry->value->kind != MERA_VALUE_NUMBER &&
            entry->value->kind != MERA_VALUE_BOOL) {
            hash_value(json, entry->key, entry->value);
        }
    }
}

/** Which indicators stand there, without their weights. */
static void hash_children(mera_json *json, const mera_value *value)
{
    mera_json_open(json, "indicators", '[');
    for (size_t i = 0; i < value->n; i++) {
        if (value->kind == MERA_VALUE_MAP) {
            mera_json_text(json, NULL, value->entries[i].key);
        } else if (value->kind == MERA_VALUE_LIST) {
            hash_value(json, NULL, value->items[i]);
        }
    }
    mera_json_close(json, ']');
}

static void hash_node(mera_json *json, const char *key, const mera_value *node)
{
    static const char *const above[] = {"title", "description", "weight",  "missing", "round",
                                        "floor", "better",      "pass_up", NULL};
    mera_json_open(json, key, '{');
    for (size_t i = 0; node->kind == MERA_VALUE_MAP && i < node->n; i++) {
        const mera_entry *entry = &node->entries[i];
        if (mera_streq(entry->key, "nodes") && entry->value->kind == MERA_VALUE_LIST) {
            mera_json_open(json, "nodes", '[');
            for (size_t j = 0; j < entry->value->n; j++) {
                hash_node(json, NULL, entry->value->items[j]);
            }
            mera_json_close(json, ']');
        } else if (mera_streq(entry->key, "indicators")) {
            hash_children(json, entry->value);
        } else if (mera_streq(entry->key, "aggregate")) {
            hash_aggregate(json, entry->value);
        } else if (!hash_is_one_of(entry->key, above) &&
                   !(mera_streq(entry->key, "weights") && mera_tree_says(entry->value, "equal"))) {
            hash_value(json, entry->key, entry->value);
        }
    }
    mera_json_close(json, '}');
}

static void hash_steps(mera_json *json, const mera_value *steps)
{
    mera_json_open(json, "steps", '{');
    for (size_t i = 0; steps->kind == MERA_VALUE_MAP && i < steps->n; i++) {
        const mera_entry *entry = &steps->entries[i];
        if (mera_streq(entry->key, "aggregate")) {
            hash_aggregate(json, entry->value);
        } else if (!(mera_streq(entry->key, "weights") && mera_tree_says(entry->value, "equal"))) {
            hash_value(json, entry->key, entry->value);
        }
    }
    mera_json_close(json, '}');
}

static mera_code hash_stages(const mera_binder *b, const char **out)
{
    static const char *const apart[] = {
        "id",  "version",  "title", "description", "licence", "source",      "extends", "remove",
        "set", "variants", "grid",  "audit",       "mera",    "uncertainty", "record",  NULL};
    mera_text text = {.arena = b->arena};
    mera_json json = {.out = &text, .fresh = true};
    mera_json_open(&json, NULL, '{');
    for (size_t i = 0; i < b->tree->n; i++) {
        const mera_entry *entry = &b->tree->entries[i];
        if (mera_streq(entry->key, "framework")) {
            hash_node(&json, "framework", entry->value);
        } else if (mera_streq(entry->key, "steps")) {
            hash_steps(&json, entry->value);
        } else if (!hash_is_one_of(entry->key, apart)) {
            hash_value(&json, entry->key, entry->value);
        }
    }
    mera_json_close(&json, '}');
    return hash_text(b, &text, out);
}

/* ---- both --------------------------------------------------------------------------------- */

mera_code mera_bind_hash(mera_binder *b)
{
    const mera_value *tree;
    mera_text text = {.arena = b->arena};
    mera_json json = {.out = &text, .fresh = true};
    MERA_TRY(mera_tree_without(b->arena, b->tree, "variants", &tree));
    MERA_TRY(mera_tree_without(b->arena, tree, "grid", &tree));
    MERA_TRY(mera_tree_without(b->arena, tree, "record", &tree));
    hash_value(&json, NULL, tree);
    MERA_TRY(hash_text(b, &text, &b->m->sha256));
    return hash_stages(b, &b->m->stages_sha256);
}
