/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is refused, where, and in which words. */
#include "io_test.h"

static mera_source keyed(fixture *f, const char *text)
{
    const char *name = mera_arena_printf(f->arena, "%zu.csv", f->n_files);
    return (mera_source){.path = given(f, name, text), .key = {"key"}, .n_key = 1};
}

static mera_code read_columns(fixture *f, mera_source source, const char *const *columns, size_t n)
{
    return read_request(f, (mera_read_request){.column = columns, .n_columns = n}, &source, 1);
}

static const char *const x_only[] = {"x"};

static void an_empty_file_is_refused(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_one(f, (mera_source){.path = kept(f, "empty.csv")}), MERA_EINPUT);
    assert_string_equal(said(f, 0), "0:0: error: the file is empty [empty-file]");
    assert_int_equal(read_one(f, (mera_source){.path = kept(f, "blank.csv")}), MERA_EINPUT);
    assert_string_equal(said(f, 1),
                        "0:0: error: the file holds nothing but blank lines [empty-file]");
    assert_int_equal(read_one(f, (mera_source){.path = kept(f, "header_only.csv")}), MERA_EINPUT);
    assert_said(f->diags, "the file has a header and no rows");
}

static void what_is_no_csv_is_named(void **state)
{
    fixture *f = *state;
    static const char *const files[] = {"workbook.csv", "old_workbook.csv", "page.csv",
                                        "zero_bytes.csv"};
    static const char *const words[] = {
        "0:0: error: the archive of the workbook cannot be opened: Not a zip archive "
        "[bad-workbook] (the file is cut short or damaged: fetch or save it again)",
        "0:0: error: the old workbook (.xls) cannot be opened: it ends inside its header "
        "[bad-workbook] (the file is cut short or damaged: fetch or save it again)",
        "1:0: error: this is a web page (HTML), not a CSV table [not-a-csv] (download or save the "
        "table itself, as CSV)",
        "1:0: error: this is a binary file (it holds bytes of zero), not a CSV table [not-a-csv] "
        "(tables have to be given as text, CSV)"};
    for (size_t i = 0; i < COUNT(files); i++) {
        assert_int_equal(read_one(f, (mera_source){.path = kept(f, files[i])}), MERA_EINPUT);
        assert_string_equal(said(f, i), words[i]);
    }
}

static void rows_of_another_length_are_listed(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f, keyed(f, "key,x\na,1\nb,2,3\nc\nd,4\n"), x_only, 1),
                     MERA_EINPUT);
    assert_string_equal(said(f, 0), "3:1: error: 3 fields where the header has 2 [ragged-row]");
    assert_string_equal(said(f, 1), "4:1: error: 1 field where the header has 2 [ragged-row]");
    assert_string_equal(said(f, 2), "");
}

static void rows_of_another_length_are_left_out_when_told_so(void **state)
{
    fixture *f = *state;
    mera_source source = keyed(f, "key,x\na,1\nb,2,3\nc\nd,4\n");
    source.bad_rows = MERA_SKIP;
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_OK);
    assert_int_equal(f->data->n_units, 2);
    assert_string_equal(said(f, 0), "0:0: warning: rows with too many or too few fields left "
                                    "out: 2 (lines 3, 4) [ragged-row]");
    assert_int_equal(found(&f->report.file[0], "ragged-row"), 2);
}

static void twenty_are_said_and_the_rest_counted(void **state)
{
    fixture *f = *state;
    mera_text text = {.arena = f->arena};
    mera_text_add(&text, "key,x\n");
    for (int i = 0; i < 1500; i++) {
        mera_text_addf(&text, "u%d,1,1\n", i);
    }
    assert_int_equal(read_columns(f, keyed(f, mera_text_string(&text)), x_only, 1), MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 21);
    assert_string_equal(said(f, 20), "0:0: error: and 1480 more rows with too many or too few "
                                     "fields [ragged-row]");
}

static void text_after_a_closing_quote_is_refused(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f, keyed(f, "key,x\n\"OOO \"Mir\"\",1\n"), x_only, 1),
                     MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "2:7: error: text after the quote that closes a field [bad-quote] (quotes "
                        "inside a quoted field are written twice)");
}

static void an_unclosed_quote_is_refused_where_it_opens(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f, keyed(f, "key,x\na,1\nb,\"2\nc,3\n"), x_only, 1), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "3:3: error: the quote that opens here is never closed [unclosed-quote] "
                        "(close it at the end of its field; a quote inside a field is written "
                        "twice)");
}

static void duplicates_are_listed_with_both_lines(void **state)
{
    fixture *f = *state;
    mera_source source = keyed(f, "key,year,x\na,1,1\nb,1,2\na,2,3\na,1,4\nb,1,5\n");
    source.period = "year";
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "5:1: error: unit 'a' is there twice in '1': first on line 2 [duplicate] "
                        "('duplicates: first' or 'duplicates: last' in the entry of 'data' keeps "
                        "one of them)");
    assert_string_equal(said(f, 1),
                        "6:1: error: unit 'b' is there twice in '1': first on line 3 [duplicate]");
}

static void the_first_or_last_of_duplicates_is_kept_when_told_so(void **state)
{
    fixture *f = *state;
    mera_source source = keyed(f, "key,x\na,1\na,2\na,3\n");
    source.duplicates = MERA_FIRST;
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_OK);
    assert_close(number_at(f, "x", "a", ""), 1, 0);
    assert_string_equal(said(f, 0),
                        "0:0: warning: duplicates, the first kept: 2 (lines 3, 4) [duplicate]");
    source.duplicates = MERA_LAST;
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_OK);
    assert_close(number_at(f, "x", "a", ""), 3, 0);
    mera_at at = {0};
    assert_true(mera_column_place(f->data, &f->data->column[0], 0, &at));
    assert_int_equal(at.line, 4);
}

static void cells_that_are_no_numbers_are_pointed_at(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f,
                                  keyed(f, "key,name,x\na,Уфа,1\nb,Уфа,12%\nc,\"Мир, а\",1.2.3\n"),
                                  x_only, 1),
                     MERA_EINPUT);
    assert_string_equal(
        said(f, 0), "3:7: error: column 'x': '12%' is not a number [unparsable-number] (percent "
                    "signs are not read: take them out of the file)");
    assert_string_equal(said(f, 1),
                        "4:12: error: column 'x': '1.2.3' is not a number [unparsable-number]");
}

static void the_caret_stands_under_the_cell(void **state)
{
    fixture *f = *state;
    const mera_source source = keyed(f, "key,name,x\na,Уфа,no\n");
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_EINPUT);
    const char *text = mera_diag_text(f->diags, mera_diags_get(f->diags, 0), f->arena);
    assert_non_null(strstr(text, "2 | a,Уфа,no\n"));
    assert_non_null(strstr(text, "|       ^~"));
}

static void hints_say_a_way_out(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f, keyed(f, "key,x,y\na,1.5,1.5\nb,\"2,5\",1\n"), x_only, 1),
                     MERA_EINPUT);
    assert_non_null(strstr(said(f, 0), "(the decimal mark of this file is '.'; 'decimal: \",\"' "
                                       "changes that)"));
    assert_int_equal(read_columns(f, keyed(f, "key,x\na,5 km\n"), x_only, 1), MERA_EINPUT);
    assert_non_null(strstr(said(f, 1), "'numbers_in_text: true' takes the number"));
    assert_int_equal(read_columns(f, keyed(f, "key,x\na,none\n"), x_only, 1), MERA_EINPUT);
    assert_non_null(strstr(said(f, 2), "declared under 'missing'"));
}

static void cells_that_are_no_numbers_are_missing_when_told_so(void **state)
{
    fixture *f = *state;
    mera_source source = keyed(f, "key,x\na,1\nb,none\n");
    source.bad_numbers = MERA_AS_MISSING;
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_OK);
    assert_missing(number_at(f, "x", "b", ""));
    assert_int_equal(reason_at(f, "x", "b", ""), MERA_UNREADABLE);
    assert_string_equal(said(f, 0), "0:0: warning: cells of column 'x' that are not numbers "
                                    "taken as missing: 1 (line 3) [unparsable-number]");
    assert_int_equal(f->report.file[0].field[1].n_unreadable, 1);
}

static void another_unit_in_the_text_is_reported(void **state)
{
    fixture *f = *state;
    mera_source source = keyed(f, "key;x\na;1,5 kg\nb;2 t\n");
    source.numbers_in_text = true;
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_EINPUT);
    assert_string_equal(said(f, 0), "3:3: error: column 'x': the unit 't' where rows above say "
                                    "'kg' [unparsable-number]");
}

static void a_wanted_column_that_no_file_has_is_refused_with_a_near_name(void **state)
{
    fixture *f = *state;
    const char *const columns[] = {"gdpp", "nothing"};
    const mera_at asked[] = {{"m.yaml", 7, 3, 0}, {"m.yaml", 8, 3, 0}};
    const mera_source source = keyed(f, "key,gdp\na,1\n");
    const mera_read_request request = {.column = columns, .n_columns = 2, .column_at = asked};
    assert_int_equal(read_request(f, request, &source, 1), MERA_EINPUT);
    const char *expected = mera_arena_printf(f->arena,
                                             "7:3: error: no file has the field 'gdpp' (looked in "
                                             "%s) [missing-column] (did you mean 'gdp'?)",
                                             source.path);
    assert_string_equal(said(f, 0), expected);
    assert_string_equal(mera_diags_get(f->diags, 0)->at.file, "m.yaml");
    assert_int_equal(mera_diags_get(f->diags, 1)->at.line, 8);
}

static void missing_attributes_names_and_periods_are_refused_alike(void **state)
{
    fixture *f = *state;
    const char *const texts[] = {"region"};
    mera_source source = keyed(f, "key,x\na,1\n");
    source.name = "title";
    source.period = "year";
    const mera_read_request request = {.attribute = texts, .n_attributes = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_EINPUT);
    assert_said(f->diags, "no file has the field 'region' (looked in ");
    assert_said(f->diags, "no file has the field 'title' (name of the units) (looked in ");
    assert_said(f->diags, "no file has the field 'year' (period) (looked in ");
}

static void a_missing_key_is_refused(void **state)
{
    fixture *f = *state;
    const mera_source source = {
        .path = given(f, "a.csv", "oktmo,name,x\n1,a,1\n"), .key = {"oktm", "code"}, .n_key = 2};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(said(f, 0), "1:0: error: no field 'oktm' (key of the units) "
                                    "[missing-field] (did you mean 'oktmo'?)");
    assert_string_equal(said(f, 1), "1:0: error: no field 'code' (key of the units) "
                                    "[missing-field] (its fields are: oktmo, name, x)");
}

static void rows_without_a_key_or_period_are_refused(void **state)
{
    fixture *f = *state;
    mera_source source = keyed(f, "key,year,x\n,2020,1\na,,2\n,,\nb,2020,3\n");
    source.period = "year";
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_EINPUT);
    assert_string_equal(said(f, 0), "2:1: error: no key: the field 'key' is empty [no-key]");
    assert_string_equal(said(f, 1), "3:3: error: no period: the field 'year' is empty [no-period]");
    assert_string_equal(said(f, 2), "");
}

static void a_header_name_twice_is_refused_when_it_is_wanted(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f, keyed(f, "key,x,y,y,x\na,1,2,3,4\n"), x_only, 1), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "1:11: error: the header has 'x' twice: fields 2 and 5 [duplicate-field]");
    assert_int_equal(mera_diags_size(f->diags), 1);
}

static void a_period_without_data_is_refused(void **state)
{
    fixture *f = *state;
    const char *const periods[] = {"2022", "2020"};
    mera_source source = keyed(f, "key,year,x\na,2020,1\na,2021,2\n");
    source.period = "year";
    const mera_read_request request = {.period = periods, .n_periods = 2};
    assert_int_equal(read_request(f, request, &source, 1), MERA_EINPUT);
    assert_string_equal(said(f, 0), "0:0: error: no data for the period '2022': there are 2020, "
                                    "2021 [missing-period]");
}

static void periods_in_a_field_and_in_names_at_once_are_refused(void **state)
{
    fixture *f = *state;
    mera_source source = keyed(f, "key,year,x_2020\na,2020,1\n");
    source.period = "year";
    source.header_period = "{column}_{period}";
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_EINPUT);
    assert_said(f->diags,
                "periods are in the field 'year' and, by 'header_period', in the field names");
    source.period = NULL;
    source.header_period = "{column}";
    assert_int_equal(read_columns(f, source, x_only, 1), MERA_EINPUT);
    assert_said(f->diags, "header_period '{column}' must hold {column} and {period}");
}

static void a_column_of_gaps_is_warned_of(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f, keyed(f, "key,x\na,-\nb,\n"), x_only, 1), MERA_OK);
    assert_said(f->diags, "column 'x' holds no number at all");
}

static void numbers_with_leading_zeros_are_warned_of(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_columns(f, keyed(f, "key,x\na,0107\nb,200\n"), x_only, 1), MERA_OK);
    assert_close(number_at(f, "x", "a", ""), 107, 0);
    assert_said(f->diags, "column 'x': 1 number with leading zeros: is it a code?");
}

static void all_problems_of_all_files_are_said(void **state)
{
    fixture *f = *state;
    const mera_source sources[] = {
        keyed(f, "key,x\na,no\nb\n"), {.path = kept(f, "empty.csv")}, keyed(f, "kee,x\na,1\n")};
    assert_int_equal(
        read_request(f, (mera_read_request){.column = x_only, .n_columns = 1}, sources, 3),
        MERA_EINPUT);
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 4);
}

static void no_files_at_all_is_a_wrong_call(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_request(f, (mera_read_request){0}, NULL, 0), MERA_EUSAGE);
    assert_said(f->diags, "no data files are named");
}

static mera_code read_with_little_memory(const char *path, size_t n)
{
    mera_arena *arena = mera_arena_new_failing_at(n);
    const char *const columns[] = {"x"}, *const texts[] = {"size"};
    const mera_source source = {
        .path = path, .key = {"key"}, .n_key = 1, .name = "name", .period = "year"};
    const mera_read_request request = {.source = &source,
                                       .n_sources = 1,
                                       .column = columns,
                                       .n_columns = 1,
                                       .attribute = texts,
                                       .n_attributes = 1};
    mera_dataset *data = NULL;
    mera_read_report report;
    const mera_code code = mera_data_read(&request, arena, NULL, &data, &report);
    mera_arena_free(arena);
    return code;
}

static void memory_may_end_at_any_allocation(void **state)
{
    fixture *f = *state;
    const char *path =
        given(f, "a.csv", "key,name,year,size,x\n 1,a,2020,S,<5\n2,a,2020,L,3\n1,a,2021,S,\"4\"\n");
    mera_code code = MERA_ENOMEM;
    size_t n = 0;
    for (; code != MERA_OK; n++) {
        code = read_with_little_memory(path, n);
        assert_true(code == MERA_OK || code == MERA_ENOMEM);
    }
    assert_true(n > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_empty_file_is_refused),
        TEST(what_is_no_csv_is_named),
        TEST(rows_of_another_length_are_listed),
        TEST(rows_of_another_length_are_left_out_when_told_so),
        TEST(twenty_are_said_and_the_rest_counted),
        TEST(text_after_a_closing_quote_is_refused),
        TEST(an_unclosed_quote_is_refused_where_it_opens),
        TEST(duplicates_are_listed_with_both_lines),
        TEST(the_first_or_last_of_duplicates_is_kept_when_told_so),
        TEST(cells_that_are_no_numbers_are_pointed_at),
        TEST(the_caret_stands_under_the_cell),
        TEST(hints_say_a_way_out),
        TEST(cells_that_are_no_numbers_are_missing_when_told_so),
        TEST(another_unit_in_the_text_is_reported),
        TEST(a_wanted_column_that_no_file_has_is_refused_with_a_near_name),
        TEST(missing_attributes_names_and_periods_are_refused_alike),
        TEST(a_missing_key_is_refused),
        TEST(rows_without_a_key_or_period_are_refused),
        TEST(a_header_name_twice_is_refused_when_it_is_wanted),
        TEST(a_period_without_data_is_refused),
        TEST(periods_in_a_field_and_in_names_at_once_are_refused),
        TEST(a_column_of_gaps_is_warned_of),
        TEST(numbers_with_leading_zeros_are_warned_of),
        TEST(all_problems_of_all_files_are_said),
        TEST(no_files_at_all_is_a_wrong_call),
        TEST(memory_may_end_at_any_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
