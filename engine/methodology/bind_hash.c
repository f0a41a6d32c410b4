/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Hashes of the effective tree. Comments, quotes, layout and the split into files do not count;
 * nor do variants and grids, which are not in force. The order of keys does: children are summed in
 * it. A second hash leaves out what indicators do not see, so that methodologies that differ only
 * in weights and in how children become their node are known to have the same points. A third one
 * leaves out how values become points too: what is then the same has the same values before
 * imputing, and which columns are the same further on is asked one by one.
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

static mera_code hash_text(mera_text *text, mera_arena *arena, const char **out)
{
    char hex[65];
    MERA_TRY_PTR(mera_text_string(text));
    mera_sha256_of(text->data, text->n, hex);
    *out = mera_arena_strdup(arena, hex);
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

/** Keys of what comes after denominating: of `steps`, and of an indicator. */
static const char *const hash_late_steps[] = {"impute", "treat", "normalise", NULL};
static const char *const hash_late_keys[] = {"impute",    "treat",     "normalise",
                                             "direction", "goalposts", NULL};

static void hash_indicators(mera_json *json, const mera_value *indicators)
{
    mera_json_open(json, "indicators", '{');
    for (size_t k = 0; indicators->kind == MERA_VALUE_MAP && k < indicators->n; k++) {
        const mera_value *own = indicators->entries[k].value;
        mera_json_open(json, indicators->entries[k].key, '{');
        for (size_t i = 0; own->kind == MERA_VALUE_MAP && i < own->n; i++) {
            if (!hash_is_one_of(own->entries[i].key, hash_late_keys)) {
                hash_value(json, own->entries[i].key, own->entries[i].value);
            }
        }
        mera_json_close(json, '}');
    }
    mera_json_close(json, '}');
}

static void hash_steps(mera_json *json, const mera_value *steps, bool raw)
{
    mera_json_open(json, "steps", '{');
    for (size_t i = 0; steps->kind == MERA_VALUE_MAP && i < steps->n; i++) {
        const mera_entry *entry = &steps->entries[i];
        if (raw && hash_is_one_of(entry->key, hash_late_steps)) {
            continue;
        }
        if (mera_streq(entry->key, "aggregate")) {
            hash_aggregate(json, entry->value);
        } else if (!(mera_streq(entry->key, "weights") && mera_tree_says(entry->value, "equal"))) {
            hash_value(json, entry->key, entry->value);
        }
    }
    mera_json_close(json, '}');
}

static mera_code hash_stages(const mera_value *tree, bool raw, mera_arena *arena, const char **out)
{
    static const char *const apart[] = {
        "id",  "version",  "title", "description", "licence", "source",      "extends", "remove",
        "set", "variants", "grid",  "audit",       "mera",    "uncertainty", "record",  NULL};
    mera_text text = {.arena = arena};
    mera_json json = {.out = &text, .fresh = true};
    mera_json_open(&json, NULL, '{');
    for (size_t i = 0; i < tree->n; i++) {
        const mera_entry *entry = &tree->entries[i];
        if (mera_streq(entry->key, "framework")) {
            hash_node(&json, "framework", entry->value);
        } else if (mera_streq(entry->key, "steps")) {
            hash_steps(&json, entry->value, raw);
        } else if (raw && mera_streq(entry->key, "indicators")) {
            hash_indicators(&json, entry->value);
        } else if (!hash_is_one_of(entry->key, apart)) {
            hash_value(&json, entry->key, entry->value);
        }
    }
    mera_json_close(&json, '}');
    return hash_text(&text, arena, out);
}

mera_code mera_methodology_raw_hash(const mera_methodology *m, mera_arena *arena, const char **out)
{
    return hash_stages(m->tree, true, arena, out);
}

static bool hash_same(const mera_value *a, const mera_value *b, const char *key)
{
    const mera_value *x = mera_value_get(a, key), *y = mera_value_get(b, key);
    return x == y || (x != NULL && y != NULL && mera_tree_equal(x, y));
}

bool mera_methodology_same_step(const mera_methodology *a, const mera_methodology *b,
                                const char *indicator, const char *step)
{
    const mera_value *own[2];
    const mera_methodology *m[2] = {a, b};
    for (size_t i = 0; i < 2; i++) {
        own[i] = mera_value_get(mera_value_get(m[i]->tree, "indicators"), indicator);
    }
    return hash_same(own[0], own[1], step) && hash_same(own[0], own[1], "direction") &&
           hash_same(own[0], own[1], "goalposts") &&
           hash_same(mera_value_get(a->tree, "steps"), mera_value_get(b->tree, "steps"), step);
}

/* ---- all --------------------------------------------------------------------------------- */

mera_code mera_bind_hash(mera_binder *b)
{
    const mera_value *tree;
    mera_text text = {.arena = b->arena};
    mera_json json = {.out = &text, .fresh = true};
    MERA_TRY(mera_tree_without(b->arena, b->tree, "variants", &tree));
    MERA_TRY(mera_tree_without(b->arena, tree, "grid", &tree));
    MERA_TRY(mera_tree_without(b->arena, tree, "record", &tree));
    hash_value(&json, NULL, tree);
    MERA_TRY(hash_text(&text, b->arena, &b->m->sha256));
    return hash_stages(b->tree, false, b->arena, &b->m->stages_sha256);
}
