/* SPDX-License-Identifier: Apache-2.0 */
/** @file Wide files that are read: keys, periods, texts, gaps, places. */
#include "io_test.h"

static void every_field_that_reads_as_numbers_becomes_a_column(void **state)
{
    fixture *f = *state;
    const char *path =
        given(f, "a.csv", "id,name,gdp,note,oktmo\n1,Ufa,10.5,x,01601000\n2,Omsk,NA,,01604000\n");
    assert_int_equal(
        read_one(f, (mera_source){.path = path, .key = {"id"}, .n_key = 1, .name = "name"}),
        MERA_OK);
    assert_int_equal(f->data->n_columns, 1); /* not the codes, nor the key */
    assert_string_equal(f->data->column[0].name, "gdp");
    assert_close(number_at(f, "gdp", "1", ""), 10.5, 0);
    assert_missing(number_at(f, "gdp", "2", ""));
    assert_int_equal(reason_at(f, "gdp", "2", ""), MERA_ABSENT);
    assert_quiet(f);
}

static void keys_are_text_with_their_leading_zeros(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv",
                             "key,x\n007, 1\n 7 ,2\n\xC2\xA0"
                             "07,3\n");
    assert_int_equal(read_one(f, (mera_source){.path = path, .key = {"key"}, .n_key = 1}), MERA_OK);
    assert_close(number_at(f, "x", "007", ""), 1, 0);
    assert_close(number_at(f, "x", "7", ""), 2, 0);
    assert_close(number_at(f, "x", "07", ""), 3, 0);
    assert_string_equal(said(f, 0),
                        "0:0: note: blanks were taken off the ends of 2 keys [trimmed-key]");
}

static void several_fields_make_one_key(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv", "name,region,x\nMir,A,1\nMir,B,2\n");
    assert_int_equal(
        read_one(f, (mera_source){.path = path, .key = {"region", "name"}, .n_key = 2}), MERA_OK);
    assert_string_equal(f->data->unit_key[0], "A / Mir");
    assert_close(number_at(f, "x", "B / Mir", ""), 2, 0);
}

static void the_first_field_is_the_key_when_none_is_said(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_one(f, (mera_source){.path = given(f, "a.csv", "id,x\nu,1\n")}), MERA_OK);
    assert_string_equal(
        said(f, 0),
        "1:1: note: the first field, 'id', is taken as the key of the units [key-assumed]");
}

static void periods_come_from_a_field(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv", "key,year,x,size\nu,2021,3,L\nv,2021,4,S\nu,2020,1,S\n");
    const char *const texts[] = {"size"};
    const mera_read_request request = {.attribute = texts, .n_attributes = 1};
    const mera_source source = {.path = path, .key = {"key"}, .n_key = 1, .period = "year"};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_periods, 2);
    assert_string_equal(f->data->period[0], "2020");
    assert_close(number_at(f, "x", "u", "2020"), 1, 0);
    assert_close(number_at(f, "x", "v", "2021"), 4, 0);
    assert_missing(number_at(f, "x", "v", "2020"));
    assert_string_equal(text_at(f, "size", "u", "2021"), "L");
    assert_string_equal(text_at(f, "size", "u", "2020"), "S");
    assert_null(text_at(f, "size", "v", "2020"));
    assert_int_equal(f->report.file[0].n_units, 2);
    assert_int_equal(f->report.file[0].n_periods, 2);
}

static void only_wanted_periods_are_read(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv", "key,year,x\nu,2021,3\nv,2020,4\n");
    const char *const periods[] = {"2021"};
    const mera_read_request request = {.period = periods, .n_periods = 1};
    const mera_source source = {.path = path, .key = {"key"}, .n_key = 1, .period = "year"};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_units, 1);
    assert_int_equal(f->data->n_periods, 1);
    assert_string_equal(f->data->period[0], "2021");
}

static void a_period_that_only_the_request_names_is_that_of_the_data(void **state)
{
    fixture *f = *state;
    const char *const periods[] = {"2024"};
    const mera_read_request request = {.period = periods, .n_periods = 1};
    const mera_source source = {
        .path = given(f, "a.csv", "key,x\nu,3\n"), .key = {"key"}, .n_key = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_close(number_at(f, "x", "u", "2024"), 3, 0);
}

static void periods_come_from_field_names(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv",
                             "key,area,le_2010,le_2021,le_max,region_2010,region_2021\n"
                             "u,5,60,61,99,A,B\nv,6,70,,99,A,\n");
    const char *const columns[] = {"le", "area"}, *const texts[] = {"region"};
    const mera_read_request request = {
        .column = columns, .n_columns = 2, .attribute = texts, .n_attributes = 1};
    const mera_source source = {
        .path = path, .key = {"key"}, .n_key = 1, .header_period = "{column}_{period}"};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_periods, 2); /* "max" is none: others have digits */
    assert_close(number_at(f, "le", "u", "2010"), 60, 0);
    assert_close(number_at(f, "le", "u", "2021"), 61, 0);
    assert_missing(number_at(f, "le", "v", "2021"));
    assert_close(number_at(f, "area", "v", "2010"), 6, 0);
    assert_close(number_at(f, "area", "v", "2021"), 6, 0);
    assert_string_equal(text_at(f, "region", "u", "2010"), "A");
    assert_string_equal(text_at(f, "region", "u", "2021"), "B");
    mera_at at = {0};
    assert_true(mera_column_place(f->data, mera_dataset_column(f->data, "le"), 2, &at));
    assert_int_equal(at.line, 2); /* 2021, u */
    assert_int_equal(at.column, 4);
    assert_quiet(f);
}

static void a_field_name_splits_at_its_last_separator_or_its_digits(void **state)
{
    fixture *f = *state;
    static const char *const patterns[] = {"{column}_{period}", "{column}{period}",
                                           "{period}.{column}", "y{period}_{column}"};
    static const char *const headers[] = {"key,a_b_2020", "key,a_b2020", "key,2020.a_b",
                                          "key,y2020_a_b"};
    const char *const columns[] = {"a_b"};
    const mera_read_request request = {.column = columns, .n_columns = 1};
    for (size_t i = 0; i < COUNT(patterns); i++) {
        const char *text = mera_arena_printf(f->arena, "%s\nu,%zu\n", headers[i], i);
        const char *name = mera_arena_printf(f->arena, "%zu.csv", i);
        const mera_source source = {
            .path = given(f, name, text), .key = {"key"}, .n_key = 1, .header_period = patterns[i]};
        assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
        assert_close(number_at(f, "a_b", "u", "2020"), (double)i, 0);
    }
}

static void fields_are_renamed_before_anything_else(void **state)
{
    fixture *f = *state;
    const mera_rename renames[] = {{"Код", "key"}, {"ВВП, руб.", "gdp"}, {"gpd", "gdp2"}};
    const mera_source source = {.path = given(f, "a.csv", "Код,\"ВВП, руб.\"\nu,1\n"),
                                .key = {"key"},
                                .n_key = 1,
                                .rename = renames,
                                .n_rename = 3};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "gdp", "u", ""), 1, 0);
    assert_string_equal(said(f, 0), "1:0: warning: no field 'gpd' to rename to 'gdp2' [rename]");
}

static void lines_above_the_header_are_skipped_and_blank_rows_too(void **state)
{
    fixture *f = *state;
    const mera_rename renames[] = {{"municipality", "name"}};
    const mera_source source = {.path = kept(f, "rosstat.csv"),
                                .skip_rows = 2,
                                .key = {"oktmo"},
                                .n_key = 1,
                                .name = "name",
                                .period = "year",
                                .rename = renames,
                                .n_rename = 1};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_string_equal(f->report.file[0].encoding, "windows-1251");
    assert_int_equal(f->data->n_units, 2);
    assert_int_equal(f->report.file[0].n_rows, 4);
    assert_string_equal(f->data->unit_name[0], "г. Алейск");
    assert_close(number_at(f, "pop", "01601000", "2023"), 27912, 0);
    assert_missing(number_at(f, "pop", "01604000", "2022"));
    assert_missing(number_at(f, "area", "01604000", "2023"));
    mera_at at = {0};
    const mera_column *pop = mera_dataset_column(f->data, "pop");
    assert_true(mera_column_place(f->data, pop, 1 * 2 + 1, &at)); /* 2023, 01604000 */
    assert_int_equal(at.line, 8);
    assert_int_equal(at.column, 4);
}

static void quoted_fields_may_hold_lines_and_rows_know_theirs(void **state)
{
    fixture *f = *state;
    const char *const columns[] = {"x"}, *const texts[] = {"text"};
    const mera_read_request request = {
        .column = columns, .n_columns = 1, .attribute = texts, .n_attributes = 1};
    const mera_source source = {.path = kept(f, "quotes.csv"), .key = {"key"}, .n_key = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_units, 7);
    assert_string_equal(text_at(f, "text", "1", ""), "a, b");
    assert_string_equal(text_at(f, "text", "2", ""), "say \"yes\"");
    assert_string_equal(text_at(f, "text", "3", ""), "two\r\nlines");
    assert_null(text_at(f, "text", "4", ""));
    assert_string_equal(text_at(f, "text", "5", ""), "OOO \"R\"");
    assert_close(number_at(f, "x", "7", ""), 7, 0);
    mera_at at = {0};
    assert_true(mera_column_place(f->data, &f->data->column[0], 3, &at));
    assert_int_equal(at.line, 6); /* the record before takes lines 4 and 5 */
    assert_int_equal(f->report.file[0].n_lines, 9);
}

static void lines_may_end_in_cr_alone(void **state)
{
    fixture *f = *state;
    assert_int_equal(
        read_one(f, (mera_source){.path = kept(f, "lone_cr.csv"), .key = {"key"}, .n_key = 1}),
        MERA_OK);
    assert_close(number_at(f, "x", "2", ""), 3, 0);
}

static void a_tab_is_found_and_a_declared_delimiter_believed(void **state)
{
    fixture *f = *state;
    const char *tab = given(f, "a.csv", "key\tx\nu, v\t1\n"),
               *pipe = given(f, "b.csv", "key|x\nu|1,5\n");
    assert_int_equal(read_one(f, (mera_source){.path = tab, .key = {"key"}, .n_key = 1}), MERA_OK);
    assert_int_equal(f->report.file[0].delimiter, '\t');
    assert_string_equal(f->data->unit_key[0], "u, v");
    assert_int_equal(
        read_one(f, (mera_source){.path = pipe, .key = {"key"}, .n_key = 1, .delimiter = '|'}),
        MERA_OK);
    assert_int_equal(f->report.file[0].decimal, ',');
    assert_close(number_at(f, "x", "u", ""), 1.5, 0);
}

static void a_number_is_a_mark_only_when_declared(void **state)
{
    fixture *f = *state;
    const mera_mark mark = {"-999", MERA_ABSENT};
    const char *path = given(f, "a.csv", "key;x\na;-999\nb;1,5\nc;-999,0\nd;-999,5\n");
    mera_source source = {.path = path, .key = {"key"}, .n_key = 1};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "x", "a", ""), -999, 0);
    assert_close(number_at(f, "x", "c", ""), -999, 0);
    source.mark = &mark;
    source.n_mark = 1;
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_int_equal(f->report.file[0].decimal, ',');
    assert_missing(number_at(f, "x", "a", ""));
    assert_int_equal(reason_at(f, "x", "a", ""), MERA_ABSENT);
    assert_close(number_at(f, "x", "b", ""), 1.5, 0);
    assert_missing(number_at(f, "x", "c", ""));
    assert_close(number_at(f, "x", "d", ""), -999.5, 0);
}

static void declared_marks_bounds_and_zeros_keep_their_reasons(void **state)
{
    fixture *f = *state;
    const mera_mark marks[] = {
        {"-999", MERA_ABSENT}, {"c", MERA_SUPPRESSED}, {"x", MERA_NOT_APPLICABLE}};
    const char *const zeros[] = {"n"}, *const columns[] = {"n", "m"};
    const char *path =
        given(f, "a.csv", "key,n,m\na,-999,1\nb,c,0\nc,x,2\nd,<5,3\ne,0,4\nf,00,5\n");
    const mera_read_request request = {.column = columns, .n_columns = 2};
    const mera_source source = {.path = path,
                                .key = {"key"},
                                .n_key = 1,
                                .mark = marks,
                                .n_mark = 3,
                                .zero_missing = zeros,
                                .n_zero_missing = 1,
                                .censored = MERA_CENSORED_HALF};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(reason_at(f, "n", "a", ""), MERA_ABSENT);
    assert_int_equal(reason_at(f, "n", "b", ""), MERA_SUPPRESSED);
    assert_int_equal(reason_at(f, "n", "c", ""), MERA_NOT_APPLICABLE);
    assert_int_equal(reason_at(f, "n", "d", ""), MERA_CENSORED);
    assert_close(number_at(f, "n", "d", ""), 2.5, 0);
    assert_int_equal(reason_at(f, "n", "e", ""), MERA_ZERO_MISSING);
    assert_missing(number_at(f, "n", "e", ""));
    assert_missing(number_at(f, "n", "f", ""));
    assert_close(number_at(f, "m", "b", ""), 0, 0);
    assert_said(f->diags, "column 'n': 1 bound like '<5' taken as half of the bound");
    const mera_field_report *n = &f->report.file[0].field[1];
    assert_int_equal(n->n_censored, 1);
    assert_int_equal(n->n_missing, 5);
}

static void the_file_is_named_with_its_hash_and_rows(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv", "key,x\nu,1\nv,2\n");
    assert_int_equal(read_one(f, (mera_source){.path = path, .key = {"key"}, .n_key = 1}), MERA_OK);
    assert_int_equal(f->data->n_files, 1);
    assert_string_equal(f->data->file[0].path, path);
    assert_int_equal(f->data->file[0].n_rows, 2);
    /* printf 'key,x\nu,1\nv,2\n' | sha256sum */
    assert_string_equal(f->data->file[0].sha256,
                        "d936a87353c4643e1836c2cbeb2eff62fe71c86b689d71a829438dd59266de9f");
    assert_close(f->report.file[0].field[1].min, 1, 0);
    assert_close(f->report.file[0].field[1].max, 2, 0);
    assert_int_equal(f->report.file[0].field[1].n_present, 2);
    assert_int_equal(f->report.file[0].n_lines, 3);
}

static void excluded_units_are_left_out(void **state)
{
    fixture *f = *state;
    const char *const out[] = {"total", "totl"};
    const mera_read_request request = {.exclude = out, .n_exclude = 2};
    const mera_source source = {
        .path = given(f, "a.csv", "key,x\ntotal,3\nv,2\n"), .key = {"key"}, .n_key = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_units, 1);
    assert_string_equal(said(f, 0), "0:0: warning: no unit has the excluded key 'totl' [exclude]");
}

static void namesakes_are_noted(void **state)
{
    fixture *f = *state;
    const mera_source source = {.path =
                                    given(f, "a.csv", "key,name,x\n1,Mir,1\n2,Mir,2\n3,Ufa,3\n"),
                                .key = {"key"},
                                .n_key = 1,
                                .name = "name"};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_string_equal(f->report.file[0].finding[0].text, "'Mir' is the name of '1' and of '2'");
    assert_said(f->diags, "1 name is that of several units; they are told apart by key");
}

static void numbers_in_text_are_taken_when_their_unit_is_one(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv", "key;pop\n1;14,8 тыс. чел.\n2;1 203 тыс. чел.\n3;…\n");
    const char *const columns[] = {"pop"};
    const mera_read_request request = {.column = columns, .n_columns = 1};
    const mera_source source = {.path = path, .key = {"key"}, .n_key = 1, .numbers_in_text = true};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_close(number_at(f, "pop", "1", ""), 14.8, 0);
    assert_close(number_at(f, "pop", "2", ""), 1203, 0);
    assert_missing(number_at(f, "pop", "3", ""));
    assert_quiet(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_field_that_reads_as_numbers_becomes_a_column),
        TEST(keys_are_text_with_their_leading_zeros),
        TEST(several_fields_make_one_key),
        TEST(the_first_field_is_the_key_when_none_is_said),
        TEST(periods_come_from_a_field),
        TEST(only_wanted_periods_are_read),
        TEST(a_period_that_only_the_request_names_is_that_of_the_data),
        TEST(periods_come_from_field_names),
        TEST(a_field_name_splits_at_its_last_separator_or_its_digits),
        TEST(fields_are_renamed_before_anything_else),
        TEST(lines_above_the_header_are_skipped_and_blank_rows_too),
        TEST(quoted_fields_may_hold_lines_and_rows_know_theirs),
        TEST(lines_may_end_in_cr_alone),
        TEST(a_tab_is_found_and_a_declared_delimiter_believed),
        TEST(a_number_is_a_mark_only_when_declared),
        TEST(declared_marks_bounds_and_zeros_keep_their_reasons),
        TEST(the_file_is_named_with_its_hash_and_rows),
        TEST(excluded_units_are_left_out),
        TEST(namesakes_are_noted),
        TEST(numbers_in_text_are_taken_when_their_unit_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
