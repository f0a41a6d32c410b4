/* SPDX-License-Identifier: Apache-2.0 */
/** @file Files and paths. */
#include "io_test.h"

#include "io/bytes.h"
#include "io/file.h"

#include <sys/stat.h>

static void a_file_is_read_whole_with_a_nul_behind(void **state)
{
    fixture *f = *state;
    const char *bytes = NULL;
    size_t n = 0;
    const char *path = given_bytes(f, "a.txt", "a\0b", 3);
    assert_int_equal(mera_file_read(path, 0, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_OK);
    assert_int_equal(n, 3);
    assert_memory_equal(bytes, "a\0b", 4);
    path = given(f, "empty.txt", "");
    assert_int_equal(mera_file_read(path, 0, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_OK);
    assert_int_equal(n, 0);
    assert_string_equal(bytes, "");
}

static void a_large_file_is_read_whole(void **state)
{
    fixture *f = *state;
    const size_t size = 3 * 16384 + 17;
    char *made = mera_arena_alloc(f->arena, size, 1);
    for (size_t i = 0; i < size; i++) {
        made[i] = (char)('a' + i % 26);
    }
    const char *path = given_bytes(f, "a.txt", made, size), *bytes = NULL;
    size_t n = 0;
    assert_int_equal(mera_file_read(path, size, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_OK);
    assert_int_equal(n, size);
    assert_memory_equal(bytes, made, size);
    io_bytes mapped;
    assert_int_equal(io_bytes_open(path, MERA_NOWHERE, f->diags, &mapped), MERA_OK);
    assert_int_equal(mapped.n, size);
    assert_memory_equal(mapped.at, made, size);
    io_bytes_close(&mapped);
}

static void more_than_the_limit_is_refused(void **state)
{
    fixture *f = *state;
    const char *bytes = NULL;
    size_t n = 0;
    const char *path = given(f, "a.txt", "12345");
    assert_int_equal(mera_file_read(path, 4, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_ELIMIT);
    assert_said(f->diags, "/a.txt' has more than 4 bytes");
}

static void an_absent_file_is_refused_with_a_near_name(void **state)
{
    fixture *f = *state;
    const char *bytes = NULL;
    size_t n = 0;
    given(f, "towns.csv", "key\n1\n");
    const char *path = mera_arena_printf(f->arena, "%s/town.csv", f->folder);
    assert_int_equal(mera_file_read(path, 0, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_EINPUT);
    const char *expected = mera_arena_printf(
        f->arena,
        "0:0: error: '%s' cannot be read: No such file or directory [no-file] (did you mean "
        "'towns.csv'?)",
        path);
    assert_string_equal(said(f, 0), expected);
}

static void a_folder_is_no_file(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_one(f, (mera_source){.path = f->folder}), MERA_EINPUT);
    assert_said(f->diags, "cannot be read: Is a directory");
}

static void a_file_is_replaced_and_keeps_its_mode(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "out.csv", "old");
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(mera_file_write(path, "new text", 8, f->diags), MERA_OK);
    const char *bytes = NULL;
    size_t n = 0;
    assert_int_equal(mera_file_read(path, 0, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_OK);
    assert_string_equal(bytes, "new text");
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    const char *const *names = NULL;
    assert_int_equal(mera_folder_list(f->folder, f->arena, f->diags, &names, &n), MERA_OK);
    assert_int_equal(n, 1); /* nothing is left beside it */
}

static void writing_into_no_folder_says_why(void **state)
{
    fixture *f = *state;
    const char *path = mera_arena_printf(f->arena, "%s/none/out.csv", f->folder);
    assert_int_equal(mera_file_write(path, "x", 1, f->diags), MERA_EINPUT);
    assert_said(f->diags, "/none/out.csv' cannot be written: No such file or directory");
}

static void paths_are_joined_and_taken_apart(void **state)
{
    fixture *f = *state;
    assert_string_equal(mera_path_beside("m/a/methodology.yaml", "data/x.csv", f->arena),
                        "m/a/data/x.csv");
    assert_string_equal(mera_path_beside("methodology.yaml", "x.csv", f->arena), "x.csv");
    assert_string_equal(mera_path_beside("m/a.yaml", "/x.csv", f->arena), "/x.csv");
    assert_string_equal(mera_path_beside("/a.yaml", "x.csv", f->arena), "/x.csv");
    assert_string_equal(mera_path_join("a/", "b", f->arena), "a/b");
    assert_string_equal(mera_path_folder("a/b/c", f->arena), "a/b");
    assert_string_equal(mera_path_folder("/c", f->arena), "/");
    assert_string_equal(mera_path_folder("c", f->arena), ".");
    assert_string_equal(mera_path_name("a/b/c"), "c");
    assert_string_equal(mera_path_name("c"), "c");
}

static void a_folder_lists_its_names_by_bytes(void **state)
{
    fixture *f = *state;
    given(f, "b", "");
    given(f, "a", "");
    given(f, "B", "");
    const char *const *names = NULL;
    size_t n = 0;
    assert_int_equal(mera_folder_list(f->folder, f->arena, f->diags, &names, &n), MERA_OK);
    assert_int_equal(n, 3);
    assert_string_equal(names[0], "B");
    assert_string_equal(names[1], "a");
    assert_string_equal(names[2], "b");
    assert_true(mera_file_is_folder(f->folder));
    assert_true(mera_file_exists(f->file[0]));
    assert_false(mera_file_is_folder(f->file[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_read_whole_with_a_nul_behind),
        TEST(a_large_file_is_read_whole),
        TEST(more_than_the_limit_is_refused),
        TEST(an_absent_file_is_refused_with_a_near_name),
        TEST(a_folder_is_no_file),
        TEST(a_file_is_replaced_and_keeps_its_mode),
        TEST(writing_into_no_folder_says_why),
        TEST(paths_are_joined_and_taken_apart),
        TEST(a_folder_lists_its_names_by_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
