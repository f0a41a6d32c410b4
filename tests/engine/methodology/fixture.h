/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Methodologies in the tests: files held in memory, one call that resolves and binds, and what the
 * tests ask of the outcome.
 */
#ifndef MERA_TEST_METHODOLOGY_FIXTURE_H
#define MERA_TEST_METHODOLOGY_FIXTURE_H

#include "mera_test.h"

#include <stdlib.h>

#include "mera/methodology.h"
#include "methodology/tree.h"
#include "methodology/yaml.h"

enum { FIXTURE_FILES = 20, FIXTURE_SETS = 8 };

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
    mera_registry *registry;
    const char *path[FIXTURE_FILES], *text[FIXTURE_FILES];
    size_t n_files;
    const char *variant;
    mera_set set[FIXTURE_SETS];
    size_t n_sets;
    const mera_value *tree;
    const mera_methodology *m;
} fixture;

static inline int fixture_setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = mera_arena_new();
    f->diags = mera_diags_new(f->arena);
    assert_int_equal(mera_registry_new(f->arena, &f->registry), MERA_OK);
    *state = f;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    fixture *f = *state;
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

static inline mera_code fixture_read(void *self, const char *path, size_t limit, mera_at at,
                                     mera_arena *arena, mera_diags *diags, const char **bytes,
                                     size_t *n)
{
    const fixture *f = self;
    (void)limit;
    (void)arena;
    for (size_t i = 0; i < f->n_files; i++) {
        if (strcmp(f->path[i], path) == 0) {
            *bytes = f->text[i];
            *n = strlen(f->text[i]);
            return MERA_OK;
        }
    }
    return mera_fail(diags, MERA_EINPUT, "no-file", at, "there is no file '%s'", path);
}

static inline void fixture_file(fixture *f, const char *path, const char *text)
{
    assert_true(f->n_files < FIXTURE_FILES);
    f->path[f->n_files] = path;
    f->text[f->n_files++] = text;
}

static inline void fixture_set(fixture *f, const char *path, const char *text)
{
    assert_true(f->n_sets < FIXTURE_SETS);
    f->set[f->n_sets++] = (mera_set){path, text};
}

/** Resolves "m.yaml" and binds it, as far as it goes. */
static inline mera_code fixture_load_in(fixture *f, mera_arena *arena, mera_diags *diags)
{
    const mera_reader reader = {fixture_read, f};
    f->tree = NULL;
    f->m = NULL;
    const mera_code rc = mera_methodology_resolve(&reader, "m.yaml", f->variant, f->set, f->n_sets,
                                                  arena, diags, &f->tree);
    if (rc == MERA_ENOMEM || f->tree == NULL) {
        return rc;
    }
    const mera_code bound =
        mera_methodology_bind(f->tree, "m.yaml", f->registry, arena, diags, &f->m);
    if (rc != MERA_OK) {
        f->m = NULL; /* it was bound to find more problems, no more */
        return rc;
    }
    return bound;
}

static inline void fixture_print(const fixture *f)
{
    for (size_t i = 0; i < mera_diags_size(f->diags); i++) {
        print_error("%s\n", mera_diag_text(f->diags, mera_diags_get(f->diags, i), f->arena));
    }
}

/** Loads a text that must be accepted. */
static inline const mera_methodology *fixture_ok(fixture *f, const char *text)
{
    if (text != NULL) {
        fixture_file(f, "m.yaml", text);
    }
    const mera_code rc = fixture_load_in(f, f->arena, f->diags);
    if (rc != MERA_OK) {
        fixture_print(f);
    }
    assert_int_equal(rc, MERA_OK);
    assert_non_null(f->m);
    return f->m;
}

/** Loads a text that must be refused with just this one error. */
static inline void fixture_refused(fixture *f, const char *text, const char *message)
{
    if (text != NULL) {
        fixture_file(f, "m.yaml", text);
    }
    assert_int_not_equal(fixture_load_in(f, f->arena, f->diags), MERA_OK);
    assert_null(f->m);
    if (mera_diags_count(f->diags, MERA_ERROR) != 1 ||
        strcmp(mera_diags_get(f->diags, 0)->message, message) != 0) {
        fixture_print(f);
        print_error("wanted: %s\n", message);
    }
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 1);
    assert_string_equal(mera_diags_get(f->diags, 0)->message, message);
}

/** Reads one YAML text into a tree that must be sound. */
static inline const mera_value *fixture_tree(fixture *f, const char *text)
{
    const mera_value *tree;
    const mera_code rc = mera_yaml_read(text, strlen(text), "t.yaml", f->arena, f->diags, &tree);
    if (rc != MERA_OK) {
        fixture_print(f);
    }
    assert_int_equal(rc, MERA_OK);
    return tree;
}

static inline bool fixture_has(const fixture *f, mera_severity severity, const char *id)
{
    for (size_t i = 0; i < mera_diags_size(f->diags); i++) {
        const mera_diag *d = mera_diags_get(f->diags, i);
        if (d->severity == severity && strcmp(d->id, id) == 0) {
            return true;
        }
    }
    return false;
}

#define fixture_test(f) cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

/** Two indicators, to build on. */
#define FIXTURE_HEAD                                 \
    "mera: 1\nid: towns\nindicators:\n"              \
    "  income: {unit: roubles, direction: higher}\n" \
    "  air: {unit: index, direction: lower}\n"
#define FIXTURE_TAIL "framework: {id: quality, indicators: [income, air]}\n"

#endif
