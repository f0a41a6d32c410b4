/* SPDX-License-Identifier: Apache-2.0 */
/** @file A data file in print. */
#include "made_result.h"

static const mera_field_report fields[] = {{.name = "town",
                                            .n_present = 3,
                                            .n_distinct_text = 3,
                                            .min = NAN,
                                            .max = NAN,
                                            .example = "Ольховка"},
                                           {.name = "income",
                                            .is_number = true,
                                            .n_present = 2,
                                            .n_missing = 1,
                                            .n_censored = 1,
                                            .min = 28000,
                                            .max = 45000.5,
                                            .example = "31000"}};
static const mera_finding findings[] = {
    {.kind = "ragged-row", .at = {"towns.csv", 7, 3, 0}, .text = "5 fields, the header has 4"}};
static const mera_file_report file = {.path = "towns.csv",
                                      .encoding = "windows-1251",
                                      .layout = "wide",
                                      .delimiter = ';',
                                      .decimal = ',',
                                      .n_rows = 3,
                                      .field = fields,
                                      .n_fields = 2,
                                      .finding = findings,
                                      .n_findings = 1};

static void the_table_says_how_the_file_was_read(void **state)
{
    made *f = *state;
    const mera_view view = {"en", false, 120};
    assert_int_equal(mera_report_describe_table(&file, &view, f->arena, &f->out), MERA_OK);
    assert_string_equal(
        mera_text_string(&f->out),
        "towns.csv  windows-1251, wide, semicolon, decimal ','\n"
        "3 rows\n"
        "\n"
        "field   kind    present  missing  censored  lowest  highest  distinct  example\n"
        "town    text          3        0                                    3  Ольховка\n"
        "income  number        2        1         1   28000  45000.5            31000\n"
        "\n"
        "found: 1\n"
        "  towns.csv:7:3 ragged-row: 5 fields, the header has 4\n");
}

static void the_table_speaks_russian(void **state)
{
    made *f = *state;
    const mera_view view = {"ru", false, 120};
    const mera_finding found[] = {{.kind = "where", .text = "kept: 2", .ru = "осталось: 2"}};
    mera_file_report blocks = file;
    blocks.layout = "blocks";
    blocks.n_rows = 21;
    blocks.n_units = 4;
    blocks.n_periods = 12;
    blocks.finding = found;
    assert_int_equal(mera_report_describe_table(&blocks, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "таблицы одна под другой, точка с запятой");
    made_says(f, "21 строка · 4 территории · 12 периодов");
    made_says(f, "  where: осталось: 2");
}

static void the_csv_has_a_row_a_field(void **state)
{
    made *f = *state;
    mera_rows rows = {.csv = &f->out};
    assert_int_equal(mera_report_describe_rows(&file, 1, "en", &rows), MERA_OK);
    assert_string_equal(mera_text_string(&f->out),
                        "file,field,kind,present,missing,censored,unreadable,min,max,distinct,"
                        "example\n"
                        "towns.csv,town,text,3,0,0,0,,,3,Ольховка\n"
                        "towns.csv,income,number,2,1,1,0,28000,45000.5,0,31000\n");
}

static void the_json_lists_what_was_odd(void **state)
{
    made *f = *state;
    assert_int_equal(mera_report_describe_json(&file, 1, &f->out), MERA_OK);
    made_says(f, "\"kind\": \"ragged-row\"");
    made_says(f, "\"decimal\": \",\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        made_test(the_table_says_how_the_file_was_read),
        made_test(the_table_speaks_russian),
        made_test(the_csv_has_a_row_a_field),
        made_test(the_json_lists_what_was_odd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
