/* SPDX-License-Identifier: Apache-2.0 */
/** @file Workbooks out. What is in them is read back in tests/e2e/test_sheets.py. */
#include "io/xlsx_write.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "mera_test.h"

static const io_xlsx_style styles[] = {{0}, {.number = "0.00\" \"%", .bold = true, .wrap = true}};

/** A workbook of two sheets with cells by turns. */
static io_xlsx *small(mera_arena *arena, mera_diags *diags)
{
    io_xlsx *book;
    io_xlsx_sheet *first, *second;
    assert_int_equal(io_xlsx_open(styles, 2, "A & B", "no <comment>", arena, diags, &book),
                     MERA_OK);
    assert_int_equal(io_xlsx_add(book, "One", &first), MERA_OK);
    assert_int_equal(io_xlsx_add(book, "It's & two", &second), MERA_OK);
    io_xlsx_freeze(first, 1, 2);
    io_xlsx_width(first, 0, 0, 12);
    io_xlsx_text(first, 0, 0, " a<b & \"c\" \x01", 1);
    io_xlsx_number(second, 0, 27, 0.1, 1);
    io_xlsx_number(first, 1, 2, -1e300, 0);
    io_xlsx_formula(first, 2, 0, "IF('It''s & two'!AB1<1,2,3)", 2, 0);
    io_xlsx_filter(first, 0);
    return book;
}

static size_t files_in(const char *folder)
{
    DIR *list = opendir(folder);
    size_t n = 0;
    while (readdir(list) != NULL) {
        n++;
    }
    closedir(list);
    return n;
}

static void the_same_cells_give_the_same_bytes_and_leave_no_file(void **state)
{
    char folder[] = "/tmp/mera-test-XXXXXX";
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    mera_text one = {.arena = arena}, two = {.arena = arena};
    (void)state;
    assert_non_null(mkdtemp(folder));
    setenv("TMPDIR", folder, 1);
    assert_int_equal(io_xlsx_finish(small(arena, diags), diags, &one), MERA_OK);
    assert_int_equal(io_xlsx_finish(small(arena, diags), diags, &two), MERA_OK);
    assert_true(one.n > 1000 && strncmp(one.data, "PK", 2) == 0);
    assert_int_equal(one.n, two.n);
    assert_memory_equal(one.data, two.data, one.n);
    io_xlsx_discard(small(arena, diags));
    io_xlsx_discard(NULL);
    assert_int_equal(files_in(folder), 2); /* itself and the one above */
    assert_int_equal(rmdir(folder), 0);
    mera_arena_free(arena);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    io_xlsx *book;
    (void)state;
    setenv("TMPDIR", "/no/such/folder", 1);
    assert_int_equal(io_xlsx_open(styles, 2, "", "", arena, diags, &book), MERA_ESYSTEM);
    assert_said(diags, "the workbook cannot be written: No such file or directory");
    mera_arena_free(arena);
}

static void a_cell_beyond_the_sheet_is_refused_in_the_end(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    mera_text out = {.arena = arena};
    io_xlsx *book;
    io_xlsx_sheet *sheet;
    (void)state;
    unsetenv("TMPDIR");
    assert_int_equal(io_xlsx_open(styles, 2, "", "", arena, diags, &book), MERA_OK);
    assert_int_equal(io_xlsx_add(book, "One", &sheet), MERA_OK);
    io_xlsx_number(sheet, IO_XLSX_ROWS, 0, 1, 0);
    assert_int_equal(io_xlsx_finish(book, diags, &out), MERA_ESYSTEM);
    assert_said(diags, "the workbook cannot be written");
    mera_arena_free(arena);
}

static void letters_go_on_after_z(void **state)
{
    char out[8];
    (void)state;
    assert_string_equal(io_xlsx_letters(0, out), "A");
    assert_string_equal(io_xlsx_letters(26, out), "AA");
    assert_string_equal(io_xlsx_letters(701, out), "ZZ");
    assert_string_equal(io_xlsx_letters(IO_XLSX_COLUMNS - 1, out), "XFD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_cells_give_the_same_bytes_and_leave_no_file),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test(a_cell_beyond_the_sheet_is_refused_in_the_end),
        cmocka_unit_test(letters_go_on_after_z),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
