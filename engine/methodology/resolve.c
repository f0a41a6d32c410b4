/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From files to one tree: a file is laid over the one it extends, then its `remove` and its `set`
 * are done; over the whole chain comes one variant, and last the changes from outside, in order.
 * Places stay those of the files, so that every value can say where it came from.
 */
#include <string.h>

#include "base/text.h"
#include "io/file.h"
#include "mera/methodology.h"
#include "methodology/merge.h"
#include "methodology/path.h"
#include "methodology/tree.h"
#include "methodology/yaml.h"

typedef struct resolver {
    const mera_reader *reader;
    mera_arena *arena;
    mera_diags *diags;
    const char *chain[MERA_TREE_FILES];
    size_t n_chain;
    mera_code refused; /* what was recorded though the work went on */
} resolver;

static mera_code resolve_file(resolver *r, const char *path, mera_at asked, const mera_value **out);

/* Goes on after a refusal, remembering it; stops for memory and limits. */
static mera_code resolve_note(resolver *r, mera_code rc)
{
    if (rc == MERA_EINPUT || rc == MERA_EUSAGE) {
        r->refused = r->refused == MERA_OK ? rc : r->refused;
        return MERA_OK;
    }
    return rc;
}

/* ---- paths of files --------------------------------------------------------------------- */

/* The path without "." and "x/..", so that one file has one name. */
static char *resolve_clean(const char *path, mera_arena *arena)
{
    char *out = mera_arena_strdup(arena, path);
    if (out == NULL) {
        return NULL;
    }
    const size_t root = path[0] == '/' ? 1 : 0;
    size_t n = root;
    for (const char *at = path + root; *at != '\0';) {
        const size_t length = strcspn(at, "/");
        size_t last = n; /* where the last part kept begins */
        while (last > root && out[last - 1] != '/') {
            last--;
        }
        const bool up = length == 2 && memcmp(at, "..", 2) == 0;
        const bool kept_up = n - last == 2 && memcmp(out + last, "..", 2) == 0;
        if (up && n > root && !kept_up) {
            n = last > root ? last - 1 : root;
        } else if (length > 0 && !(length == 1 && *at == '.') && !(up && root == 1)) {
            n += n > root ? 1 : 0;
            memmove(out + n, at, length);
            if (n > root) {
                out[n - 1] = '/';
            }
            n += length;
        }
        at += length + (at[length] == '/' ? 1 : 0);
    }
    out[n] = '\0';
    return out;
}

/* What is extended may be named by its folder. */
static const char *resolve_extended(resolver *r, const char *child, const char *name)
{
    const char *path = mera_path_beside(child, name, r->arena);
    const size_t n = strlen(name);
    const bool file = (n > 5 && strcmp(name + n - 5, ".yaml") == 0) ||
                      (n > 4 && strcmp(name + n - 4, ".yml") == 0);
    if (path != NULL && !file) {
        path = mera_path_join(path, "methodology.yaml", r->arena);
    }
    return path != NULL ? resolve_clean(path, r->arena) : NULL;
}

static mera_code resolve_cycle(resolver *r, const char *path, mera_at asked)
{
    mera_text chain = {.arena = r->arena};
    for (size_t i = 0; i < r->n_chain; i++) {
        mera_text_addf(&chain, "%s -> ", r->chain[i]);
    }
    mera_text_add(&chain, path);
    MERA_TRY_PTR(mera_text_string(&chain));
    return mera_fail(r->diags, MERA_EINPUT, "extends-cycle", asked,
                     "'extends' leads back to where it started: %s", mera_text_string(&chain));
}

static mera_code resolve_enter(resolver *r, const char *name, mera_at asked)
{
    const char *path = resolve_clean(name, r->arena);
    MERA_TRY_PTR(path);
    for (size_t i = 0; i < r->n_chain; i++) {
        if (strcmp(r->chain[i], path) == 0) {
            return resolve_cycle(r, path, asked);
        }
    }
    if (r->n_chain == MERA_TREE_FILES) {
        return mera_fail(r->diags, MERA_ELIMIT, "extends-chain", asked,
                         "more than %d files in one chain of 'extends'", MERA_TREE_FILES);
    }
    r->chain[r->n_chain++] = path;
    return MERA_OK;
}

/* ---- one file --------------------------------------------------------------------------- */

static mera_code resolve_remove_one(resolver *r, const mera_value *path, const mera_value **tree)
{
    if (!mera_tree_is_scalar(path)) {
        return resolve_note(r, mera_fail(r->diags, MERA_EINPUT, "wrong-type", path->at,
                                         "'remove' must be a list of paths"));
    }
    return resolve_note(r, mera_path_remove(*tree, path->text, path->at, r->arena, r->diags, tree));
}

static mera_code resolve_remove(resolver *r, const mera_value *paths, const mera_value **tree)
{
    if (mera_tree_is_scalar(paths)) {
        return resolve_remove_one(r, paths, tree);
    }
    if (paths->kind != MERA_VALUE_LIST) {
        return resolve_note(r, mera_fail(r->diags, MERA_EINPUT, "wrong-type", paths->at,
                                         "'remove' must be a list of paths, not %s",
                                         mera_value_kind_name(paths->kind)));
    }
    for (size_t i = 0; i < paths->n; i++) {
        MERA_TRY(resolve_remove_one(r, paths->items[i], tree));
    }
    return MERA_OK;
}

/* `origin` names who asks when it is not the file's own `set`. */
static mera_code resolve_set(resolver *r, const mera_value *changes, const char *origin,
                             const mera_value **tree)
{
    if (changes->kind != MERA_VALUE_MAP) {
        return resolve_note(r, mera_fail(r->diags, MERA_EINPUT, "wrong-type", changes->at,
                                         "'set' must be a map from paths to values, not %s",
                                         mera_value_kind_name(changes->kind)));
    }
    for (size_t i = 0; i < changes->n; i++) {
        const mera_entry *change = &changes->entries[i];
        const mera_value *value = change->value;
        MERA_TRY(origin != NULL ? mera_tree_mark(r->arena, value, origin, &value) : MERA_OK);
        const mera_code rc =
            mera_path_set(*tree, change->key, change->at, value, r->arena, r->diags, tree);
        MERA_TRY(resolve_note(r, rc));
    }
    return MERA_OK;
}

static mera_code resolve_over_parent(resolver *r, const char *path, const mera_value *extends,
                                     const mera_value *own, const mera_value **out)
{
    if (!mera_tree_is_scalar(extends)) {
        return mera_fail(r->diags, MERA_EINPUT, "wrong-type", extends->at,
                         "'extends' must be the path of one methodology, not %s",
                         mera_value_kind_name(extends->kind));
    }
    const mera_value *parent = NULL;
    const char *extended = resolve_extended(r, path, extends->text);
    MERA_TRY_PTR(extended);
    MERA_TRY(resolve_file(r, extended, extends->at, &parent));
    return mera_merge(r->arena, NULL, parent, own, out);
}

static mera_code resolve_own(resolver *r, const char *path, const mera_value *file,
                             const mera_value **out)
{
    static const char *const consumed[] = {"extends", "remove", "set"};
    const mera_value *extends = mera_value_get(file, "extends");
    const mera_value *own = file;
    for (size_t i = 0; i < sizeof consumed / sizeof *consumed; i++) {
        MERA_TRY(mera_tree_without(r->arena, own, consumed[i], &own));
    }
    if (extends != NULL) {
        MERA_TRY(resolve_over_parent(r, path, extends, own, &own));
    }
    if (mera_value_get(file, "remove") != NULL) {
        MERA_TRY(resolve_remove(r, mera_value_get(file, "remove"), &own));
    }
    if (mera_value_get(file, "set") != NULL) {
        MERA_TRY(resolve_set(r, mera_value_get(file, "set"), NULL, &own));
    }
    *out = own;
    return MERA_OK;
}

static mera_code resolve_file(resolver *r, const char *path, mera_at asked, const mera_value **out)
{
    const char *bytes;
    size_t n;
    const mera_value *file;
    MERA_TRY(resolve_enter(r, path, asked));
    MERA_TRY(r->reader->read(r->reader->self, path, MERA_TREE_BYTES, asked, r->arena, r->diags,
                             &bytes, &n));
    const mera_code rc = mera_yaml_read(bytes, n, path, r->arena, r->diags, &file);
    if (file == NULL) {
        return rc;
    }
    MERA_TRY(resolve_note(r, rc));
    if (file->kind != MERA_VALUE_MAP) {
        mera_fail(r->diags, MERA_EINPUT, "wrong-type", file->at,
                  "a methodology is a map of keys; this file holds %s",
                  mera_value_kind_name(file->kind));
        mera_hint(r->diags, "it starts with 'mera: 1'");
        return MERA_EINPUT;
    }
    return resolve_own(r, path, file, out);
}

/* ---- variants and changes from outside -------------------------------------------------- */

/* Takes the weights of every node out, so that those of `steps` hold for all. */
static mera_code resolve_bare_nodes(resolver *r, const mera_value *node, const mera_value **out)
{
    *out = node;
    if (node->kind != MERA_VALUE_MAP) {
        return MERA_OK;
    }
    MERA_TRY(mera_tree_without(r->arena, node, "weights", out));
    const mera_entry *nodes = mera_value_entry(node, "nodes");
    if (nodes == NULL || nodes->value->kind != MERA_VALUE_LIST) {
        return MERA_OK;
    }
    mera_entry entry = *nodes;
    for (size_t i = 0; i < nodes->value->n; i++) {
        const mera_value *item;
        MERA_TRY(resolve_bare_nodes(r, nodes->value->items[i], &item));
        MERA_TRY(mera_tree_with_item(r->arena, entry.value, i, item, &entry.value));
    }
    return mera_tree_with(r->arena, *out, entry, out);
}

static mera_code resolve_weights(resolver *r, const mera_value *weights, mera_at at,
                                 const mera_value **tree)
{
    const mera_entry *framework = mera_value_entry(*tree, "framework");
    if (framework != NULL) {
        mera_entry entry = *framework;
        MERA_TRY(resolve_bare_nodes(r, framework->value, &entry.value));
        MERA_TRY(mera_tree_with(r->arena, *tree, entry, tree));
    }
    const mera_code rc =
        mera_path_set(*tree, "steps.weights", at, weights, r->arena, r->diags, tree);
    return resolve_note(r, rc);
}

static mera_code resolve_no_variant(resolver *r, const mera_value *variants, const char *name)
{
    const size_t n = variants != NULL && variants->kind == MERA_VALUE_MAP ? variants->n : 0;
    if (n == 0) {
        return mera_fail(r->diags, MERA_EUSAGE, "unknown-variant", MERA_NOWHERE,
                         "there is no variant '%s': the methodology has none", name);
    }
    const char **names;
    mera_text list = {.arena = r->arena};
    MERA_TRY_NEW(names, r->arena, n);
    for (size_t i = 0; i < n; i++) {
        names[i] = variants->entries[i].key;
        mera_text_addf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    MERA_TRY_PTR(mera_text_string(&list));
    mera_fail(r->diags, MERA_EUSAGE, "unknown-variant", MERA_NOWHERE,
              "there is no variant '%s'; there are %s", name, mera_text_string(&list));
    const char *nearest = mera_nearest(name, names, n);
    if (nearest != NULL) {
        mera_hint(r->diags, "did you mean '%s'?", nearest);
    }
    return MERA_EUSAGE;
}

static mera_code resolve_variant(resolver *r, const char *name, const mera_value **tree)
{
    const mera_value *variants = mera_value_get(*tree, "variants");
    const mera_value *variant = mera_value_get(variants, name);
    if (variant == NULL) {
        return resolve_note(r, resolve_no_variant(r, variants, name));
    }
    const char *origin = mera_arena_printf(r->arena, "variant '%s'", name);
    MERA_TRY_PTR(origin);
    const mera_value *weights = mera_value_get(variant, "weights");
    if (weights != NULL) {
        MERA_TRY(mera_tree_mark(r->arena, weights, origin, &weights));
        MERA_TRY(resolve_weights(r, weights, weights->at, tree));
    }
    const mera_value *set = mera_value_get(variant, "set");
    return set != NULL ? resolve_set(r, set, origin, tree) : MERA_OK;
}

/** `--period 2024` of a methodology of 2024 changes nothing. */
static bool resolve_is_there(const mera_value *tree, const char *path, const mera_value *value)
{
    const mera_value *there = mera_streq(path, "period") ? mera_value_get(tree, path) : NULL;
    return there != NULL && there->text != NULL && mera_streq(there->text, value->text);
}

static mera_code resolve_outside(resolver *r, const mera_set *set, const mera_value **tree)
{
    const mera_value *value;
    const char *label = mera_arena_printf(r->arena, "--set %s=%s", set->path, set->text);
    MERA_TRY_PTR(label);
    mera_code rc = mera_yaml_flow(set->text, label, "--set", r->arena, r->diags, &value);
    if (rc == MERA_OK && !resolve_is_there(*tree, set->path, value)) {
        const mera_at at = {.file = label};
        rc = mera_path_set(*tree, set->path, at, value, r->arena, r->diags, tree);
    }
    return resolve_note(r, rc == MERA_EINPUT ? MERA_EUSAGE : rc);
}

mera_code mera_methodology_resolve(const mera_reader *reader, const char *path, const char *variant,
                                   const mera_set *set, size_t n_set, mera_arena *arena,
                                   mera_diags *diags, const mera_value **out)
{
    resolver r = {.reader = reader, .arena = arena, .diags = diags};
    const mera_value *tree = NULL;
    *out = NULL;
    MERA_TRY(resolve_file(&r, path, MERA_NOWHERE, &tree));
    if (variant != NULL) {
        MERA_TRY(resolve_variant(&r, variant, &tree));
    }
    for (size_t i = 0; i < n_set; i++) {
        MERA_TRY(resolve_outside(&r, &set[i], &tree));
    }
    if (mera_tree_size(tree, MERA_TREE_NODES) > MERA_TREE_NODES) {
        return mera_fail(diags, MERA_ELIMIT, "too-many-values", (mera_at){.file = path},
                         "more than %d values together with what it extends", MERA_TREE_NODES);
    }
    *out = tree;
    return r.refused;
}

mera_code mera_methodology_vary(const mera_value *tree, const char *variant,
                                const mera_change *change, size_t n, mera_arena *arena,
                                mera_diags *diags, const mera_value **out)
{
    resolver r = {.arena = arena, .diags = diags};
    *out = tree;
    if (variant != NULL) {
        MERA_TRY(resolve_variant(&r, variant, out));
    }
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(resolve_note(&r, mera_path_set(*out, change[i].path, change[i].at, change[i].value,
                                                arena, diags, out)));
    }
    return r.refused;
}
