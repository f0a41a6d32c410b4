/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The faulty methodologies of tests/golden/errors, checked without the command line: what the layer
 * says of each, in whole, carets and hints included, is how its expected.txt begins ({} stands for
 * the folder). MERA_UPDATE_GOLDEN=1 rewrites them; a person reads the difference.
 */
#include <stdlib.h>

#include "base/text.h"
#include "fixture.h"
#include "io/file.h"

static mera_code golden_read(void *self, const char *path, size_t limit, mera_at at,
                             mera_arena *arena, mera_diags *diags, const char **bytes, size_t *n)
{
    (void)self;
    return mera_file_read(path, limit, at, arena, diags, bytes, n);
}

/* The text with each `what` replaced by {}. */
static const char *golden_hide(mera_arena *arena, const char *text, const char *what)
{
    mera_text out = {.arena = arena};
    for (const char *at; (at = strstr(text, what)) != NULL; text = at + strlen(what)) {
        mera_text_add_n(&out, text, (size_t)(at - text));
        mera_text_add(&out, "{}");
    }
    mera_text_add(&out, text);
    return mera_text_string(&out);
}

/* Everything said of a folder's methodology, as the command line prints it. */
static const char *golden_said(fixture *f, const char *folder, mera_code *code)
{
    const mera_reader reader = {golden_read, NULL};
    const char *path = mera_path_join(folder, "methodology.yaml", f->arena);
    mera_diags *diags = mera_diags_new(f->arena);
    const mera_value *tree = NULL;
    const mera_methodology *m = NULL;
    *code = mera_methodology_resolve(&reader, path, NULL, NULL, 0, f->arena, diags, &tree);
    if (tree != NULL) {
        const mera_code rc = mera_methodology_bind(tree, path, f->registry, f->arena, diags, &m);
        *code = *code == MERA_OK ? rc : *code;
    }
    mera_text text = {.arena = f->arena};
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        mera_text_add(&text, mera_diag_text(diags, mera_diags_get(diags, i), f->arena));
    }
    return golden_hide(f->arena, mera_text_string(&text), folder);
}

static const char *golden_file(fixture *f, const char *folder, const char *name)
{
    const char *bytes;
    size_t n;
    const char *path = mera_path_join(folder, name, f->arena);
    if (!mera_file_exists(path)) {
        return "";
    }
    assert_int_equal(mera_file_read(path, 1 << 20, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_OK);
    return bytes;
}

static bool golden_case(fixture *f, const char *folder)
{
    mera_code code;
    const char *said = golden_said(f, folder, &code);
    const char *status = code == MERA_OK       ? "0\n"
                         : code == MERA_EINPUT ? "1\n"
                         : code == MERA_EUSAGE ? "2\n"
                                               : "3\n";
    const char *expected = golden_file(f, folder, "expected.txt");
    if (strncmp(said, expected, strlen(said)) == 0 && said[0] != '\0' &&
        strcmp(status, golden_file(f, folder, "status")) == 0) {
        return true;
    }
    if (getenv("MERA_UPDATE_GOLDEN") != NULL) {
        const char *path = mera_path_join(folder, "expected.txt", f->arena);
        assert_int_equal(mera_file_write(path, said, strlen(said), f->diags), MERA_OK);
        return true;
    }
    print_error("%s: status %s%s", folder, status, said);
    return false;
}

static void every_faulty_methodology_is_refused_in_the_words_expected(void **state)
{
    fixture *f = *state;
    const char *const *names;
    size_t n, cases = 0, wrong = 0;
    assert_int_equal(
        mera_folder_list(MERA_SOURCE_DIR "/tests/golden/errors", f->arena, f->diags, &names, &n),
        MERA_OK);
    for (size_t i = 0; i < n; i++) {
        const char *folder =
            mera_path_join(MERA_SOURCE_DIR "/tests/golden/errors", names[i], f->arena);
        if (mera_starts_with(names[i], "yaml_") &&
            strcmp(golden_file(f, folder, "cmd"), "check {}\n") == 0) {
            wrong += golden_case(f, folder) ? 0 : 1;
            cases++;
        }
    }
    assert_true(cases >= 40);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(every_faulty_methodology_is_refused_in_the_words_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
