/* SPDX-License-Identifier: Apache-2.0 */
/** @file Several files that become one dataset. */
#include "io_test.h"

static mera_source keyed(fixture *f, const char *text)
{
    const char *name = mera_arena_printf(f->arena, "%zu.csv", f->n_files);
    return (mera_source){.path = given(f, name, text), .key = {"key"}, .n_key = 1};
}

static void a_second_file_adds_columns(void **state)
{
    fixture *f = *state;
    const mera_source sources[] = {keyed(f, "key,x\na,1\nb,2\n"), keyed(f, "key,y\nb,20\na,10\n")};
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_close(number_at(f, "x", "b", ""), 2, 0);
    assert_close(number_at(f, "y", "b", ""), 20, 0);
    mera_at at = {0};
    assert_true(mera_column_place(f->data, mera_dataset_column(f->data, "y"), 0, &at));
    assert_string_equal(at.file, sources[1].path);
    assert_int_equal(at.line, 3);
    assert_int_equal(f->report.n_files, 2);
    assert_quiet(f);
}

static void a_unit_that_earlier_files_do_not_know_is_refused(void **state)
{
    fixture *f = *state;
    const mera_source sources[] = {keyed(f, "key,x\n01,1\nb,2\n"),
                                   keyed(f, "key,y\nc,5\n1,6\nb,7\n")};
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "2:1: error: unit 'c' is not in the files read before [unmatched-unit]");
    assert_string_equal(said(f, 1),
                        "3:1: error: unit '1' is not in the files read before "
                        "[unmatched-unit] (there is a unit '01': was a leading zero lost?)");
}

static void such_units_are_left_out_or_added_when_told_so(void **state)
{
    fixture *f = *state;
    mera_source sources[] = {keyed(f, "key,x\na,1\n"), keyed(f, "key,y\nc,5\na,6\nc,7\n")};
    sources[1].unmatched = MERA_SKIP;
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_int_equal(f->data->n_units, 1);
    assert_string_equal(said(f, 0), "0:0: warning: units not in the files read before left out: "
                                    "1 (line 2) [unmatched-unit]");
    sources[1] = keyed(f, "key,y\nc,5\na,6\n");
    sources[1].unmatched = MERA_ADD;
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_int_equal(f->data->n_units, 2);
    assert_string_equal(f->data->unit_key[1], "c");
    assert_missing(number_at(f, "x", "c", ""));
}

static void a_cell_that_two_files_give_is_refused(void **state)
{
    fixture *f = *state;
    const mera_source sources[] = {keyed(f, "key,x\na,1\nb,\n"), keyed(f, "key,x\na,9\nb,8\n")};
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_EINPUT);
    const char *expected = mera_arena_printf(
        f->arena,
        "2:3: error: column 'x' of unit 'a' already comes from %s:2 [duplicate] "
        "('duplicates: first' or 'duplicates: last' in the entry of 'data' keeps one of them)",
        sources[0].path);
    assert_string_equal(said(f, 0), expected);
    assert_string_equal(said(f, 1), ""); /* a gap may be filled */
}

static void the_first_or_last_file_wins_when_told_so(void **state)
{
    fixture *f = *state;
    mera_source sources[] = {keyed(f, "key,x\na,1\nb,\nc,3\n"), keyed(f, "key,x\na,9\nb,8\nc,-\n")};
    sources[1].duplicates = MERA_FIRST;
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_close(number_at(f, "x", "a", ""), 1, 0);
    assert_close(number_at(f, "x", "b", ""), 8, 0);
    mera_at at = {0};
    assert_true(mera_column_place(f->data, &f->data->column[0], 0, &at));
    assert_string_equal(at.file, sources[0].path);
    assert_true(mera_column_place(f->data, &f->data->column[0], 1, &at));
    assert_string_equal(at.file, sources[1].path);
    sources[1].duplicates = MERA_LAST;
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_close(number_at(f, "x", "a", ""), 9, 0);
    assert_close(number_at(f, "x", "c", ""), 3, 0); /* a gap takes nothing away */
    assert_true(mera_column_place(f->data, &f->data->column[0], 0, &at));
    assert_string_equal(at.file, sources[1].path);
}

static void each_file_may_be_a_period(void **state)
{
    fixture *f = *state;
    mera_source sources[] = {keyed(f, "key,x\na,1\n"), keyed(f, "key,x\na,2\n")};
    sources[0].period_is = "2021";
    sources[1].period_is = "2020";
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_close(number_at(f, "x", "a", "2020"), 2, 0);
    assert_close(number_at(f, "x", "a", "2021"), 1, 0);
    assert_quiet(f);
}

static void a_file_without_periods_counts_in_all_and_says_so(void **state)
{
    fixture *f = *state;
    const char *const texts[] = {"size"};
    mera_source sources[] = {keyed(f, "key,year,x\na,2020,1\na,2021,2\n"),
                             keyed(f, "key,area,size\na,5,S\n")};
    sources[0].period = sources[1].period = "year";
    const mera_read_request request = {.attribute = texts, .n_attributes = 1};
    assert_int_equal(read_request(f, request, sources, 2), MERA_OK);
    assert_close(number_at(f, "area", "a", "2020"), 5, 0);
    assert_close(number_at(f, "area", "a", "2021"), 5, 0);
    assert_string_equal(text_at(f, "size", "a", "2021"), "S");
    assert_string_equal(said(f, 0), "0:0: note: no period is named here: its values count in every "
                                    "period [no-period]");
}

static void files_of_both_layouts_and_encodings_join(void **state)
{
    fixture *f = *state;
    mera_source sources[] = {{.path = kept(f, "russian_windows_1251.csv"),
                              .key = {"key"},
                              .n_key = 1,
                              .name = "name",
                              .encoding = "windows-1251"},
                             keyed(f, "key,indicator,value\n01601000,area,44.1\n")};
    sources[1].layout = MERA_LAYOUT_LONG;
    const char *const columns[] = {"area", "pop"};
    const mera_read_request request = {.column = columns, .n_columns = 2};
    assert_int_equal(read_request(f, request, sources, 2), MERA_OK);
    assert_close(number_at(f, "area", "01601000", ""), 44.1, 0);
    assert_close(number_at(f, "pop", "01604000", ""), 203108, 0);
    assert_quiet(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_second_file_adds_columns),
        TEST(a_unit_that_earlier_files_do_not_know_is_refused),
        TEST(such_units_are_left_out_or_added_when_told_so),
        TEST(a_cell_that_two_files_give_is_refused),
        TEST(the_first_or_last_file_wins_when_told_so),
        TEST(each_file_may_be_a_period),
        TEST(a_file_without_periods_counts_in_all_and_says_so),
        TEST(files_of_both_layouts_and_encodings_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
