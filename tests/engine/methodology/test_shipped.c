/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The methodologies that ship: each resolves, survives being written and read, and binds unless a
 * plugin it names would have to be loaded, which the layer above does.
 */
#include <stdlib.h>

#include "base/text.h"
#include "fixture.h"
#include "io/file.h"

static mera_code shipped_read(void *self, const char *path, size_t limit, mera_at at,
                              mera_arena *arena, mera_diags *diags, const char **bytes, size_t *n)
{
    (void)self;
    return mera_file_read(path, limit, at, arena, diags, bytes, n);
}

static void shipped_one(fixture *f, const char *path)
{
    const mera_reader reader = {shipped_read, NULL};
    const mera_plugin_use *plugins;
    size_t n_plugins;
    mera_code rc =
        mera_methodology_resolve(&reader, path, NULL, NULL, 0, f->arena, f->diags, &f->tree);
    fixture_print(f);
    assert_int_equal(rc, MERA_OK);
    const char *text = mera_methodology_text(f->tree, f->arena);
    assert_true(mera_tree_equal(f->tree, fixture_tree(f, text)));
    assert_int_equal(mera_methodology_plugins(f->tree, f->arena, f->diags, &plugins, &n_plugins),
                     MERA_OK);
    rc = mera_methodology_bind(f->tree, path, f->registry, f->arena, f->diags, &f->m);
    for (size_t i = 0; rc != MERA_OK && i < mera_diags_size(f->diags); i++) {
        const mera_diag *said = mera_diags_get(f->diags, i);
        if (n_plugins == 0 || strcmp(said->id, MERA_PLUGIN_NOT_LOADED) != 0) {
            fixture_print(f);
            fail();
        }
    }
}

static void every_shipped_methodology_is_accepted(void **state)
{
    fixture *f = *state;
    const char *const *names;
    size_t n;
    assert_int_equal(
        mera_folder_list(MERA_SOURCE_DIR "/methodologies", f->arena, f->diags, &names, &n),
        MERA_OK);
    for (size_t i = 0; i < n; i++) {
        const char *path = mera_arena_printf(
            f->arena, MERA_SOURCE_DIR "/methodologies/%s/methodology.yaml", names[i]);
        if (mera_file_exists(path)) {
            f->diags = mera_diags_new(f->arena);
            shipped_one(f, path);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(every_shipped_methodology_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
