/* SPDX-License-Identifier: Apache-2.0 */
/** @file Long files: a row a cell. */
#include "io_test.h"

static const char long_text[] = "oktmo,name,year,code,amount,region\n"
                                "01,Ufa,2020,pop,100,A\n"
                                "01,Ufa,2020,area,5.5,A\n"
                                "02,Omsk,2020,pop,200,B\n"
                                "01,Ufa,2021,pop,ND,A\n"
                                "02,Omsk,2021,other,7,B\n";

static mera_source long_source(fixture *f, const char *text)
{
    return (mera_source){.path = given(f, "long.csv", text),
                         .layout = MERA_LAYOUT_LONG,
                         .key = {"oktmo"},
                         .n_key = 1,
                         .name = "name",
                         .period = "year",
                         .indicator = "code",
                         .value = "amount"};
}

static void cells_go_to_the_column_their_row_names(void **state)
{
    fixture *f = *state;
    const mera_mark mark = {"ND", MERA_NOT_APPLICABLE};
    const char *const columns[] = {"area", "pop"}, *const texts[] = {"region"};
    mera_source source = long_source(f, long_text);
    source.mark = &mark;
    source.n_mark = 1;
    const mera_read_request request = {
        .column = columns, .n_columns = 2, .attribute = texts, .n_attributes = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_string_equal(f->data->column[0].name, "area"); /* in the order of the request */
    assert_close(number_at(f, "pop", "01", "2020"), 100, 0);
    assert_close(number_at(f, "area", "01", "2020"), 5.5, 0);
    assert_missing(number_at(f, "area", "02", "2020"));
    assert_int_equal(reason_at(f, "area", "02", "2020"), MERA_ABSENT);
    assert_int_equal(reason_at(f, "pop", "01", "2021"), MERA_NOT_APPLICABLE);
    assert_string_equal(text_at(f, "region", "02", "2021"), "B");
    assert_string_equal(f->data->unit_name[1], "Omsk");
    mera_at at = {0};
    const mera_column *pop = mera_dataset_column(f->data, "pop");
    assert_true(mera_column_place(f->data, pop, 1, &at)); /* 2020, 02 */
    assert_int_equal(at.line, 4);
    assert_int_equal(at.column, 5);
    assert_string_equal(f->report.file[0].layout, "long");
    assert_int_equal(f->report.file[0].n_units, 2);
    assert_quiet(f);
}

static void every_indicator_becomes_a_column_when_none_is_named(void **state)
{
    fixture *f = *state;
    mera_source source = long_source(f, long_text);
    source.bad_numbers = MERA_AS_MISSING;
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_int_equal(f->data->n_columns, 3);
    assert_close(number_at(f, "other", "02", "2021"), 7, 0);
}

static void indicators_may_be_renamed(void **state)
{
    fixture *f = *state;
    const mera_rename rename = {"pop", "population"};
    const char *const columns[] = {"population"};
    mera_source source = long_source(f, long_text);
    source.rename = &rename;
    source.n_rename = 1;
    source.bad_numbers = MERA_AS_MISSING;
    const mera_read_request request = {.column = columns, .n_columns = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_close(number_at(f, "population", "02", "2020"), 200, 0);
}

static void the_same_cell_twice_is_refused_with_both_lines(void **state)
{
    fixture *f = *state;
    mera_source source = long_source(f, "oktmo,name,year,code,amount\n1,a,2020,pop,1\n"
                                        "1,a,2021,pop,2\n1,a,2020,pop,3\n");
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(said(f, 0), "4:14: error: 'pop' of unit '1' is there twice in '2020': "
                                    "first on line 2 [duplicate] "
                                    "('duplicates: first' or 'duplicates: last' in the entry of "
                                    "'data' keeps one of them)");
    source.duplicates = MERA_LAST;
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "pop", "1", "2020"), 3, 0);
    source.duplicates = MERA_FIRST;
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "pop", "1", "2020"), 1, 0);
}

static void an_indicator_that_no_row_names_is_refused_with_a_near_one(void **state)
{
    fixture *f = *state;
    const char *const columns[] = {"othr"};
    const mera_source source = long_source(f, long_text);
    const mera_read_request request = {.column = columns, .n_columns = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_EINPUT);
    assert_said(f->diags, "no file has the field 'othr'");
    assert_non_null(strstr(said(f, 0), "(did you mean 'other'?)"));
}

static void the_fields_of_a_long_file_must_be_there(void **state)
{
    fixture *f = *state;
    mera_source source = long_source(f, long_text);
    source.indicator = NULL; /* customary: "indicator", "value" */
    source.value = "amont";
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, "no field 'indicator' (indicator of a long table)");
    assert_said(f->diags, "no field 'amont' (value of a long table)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_go_to_the_column_their_row_names),
        TEST(every_indicator_becomes_a_column_when_none_is_named),
        TEST(indicators_may_be_renamed),
        TEST(the_same_cell_twice_is_refused_with_both_lines),
        TEST(an_indicator_that_no_row_names_is_refused_with_a_near_one),
        TEST(the_fields_of_a_long_file_must_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
