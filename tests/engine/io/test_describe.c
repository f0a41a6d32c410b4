/* SPDX-License-Identifier: Apache-2.0 */
/** @file Looking through a file without a methodology. */
#include "io_test.h"

static const char *finding(const mera_file_report *report, const char *kind)
{
    for (size_t i = 0; i < report->n_findings; i++) {
        if (strcmp(report->finding[i].kind, kind) == 0) {
            return report->finding[i].text;
        }
    }
    return "";
}

static void every_field_is_typed_and_counted(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv",
                             "oktmo;name;x;same;gaps;score\n"
                             "01601000;Алейск;1,5;r;;<5\n"
                             "01604000;Бийск;-2;r;-;7,1\n"
                             "11701000;Мир;…;r;;8\n");
    mera_file_report r;
    assert_int_equal(mera_data_describe(&(mera_source){.path = path}, f->arena, f->diags, &r),
                     MERA_OK);
    assert_int_equal(r.n_rows, 3);
    assert_int_equal(r.n_fields, 6);
    assert_int_equal(r.n_lines, 4);
    assert_int_equal(r.delimiter, ';');
    assert_int_equal(r.decimal, ',');
    assert_string_equal(r.encoding, "utf-8");
    assert_false(r.field[0].is_number); /* codes */
    assert_false(r.field[1].is_number);
    assert_int_equal(r.field[1].n_distinct_text, 3);
    assert_string_equal(r.field[1].example, "Алейск");
    assert_true(r.field[2].is_number);
    assert_int_equal(r.field[2].n_present, 2);
    assert_int_equal(r.field[2].n_missing, 1);
    assert_close(r.field[2].min, -2, 0);
    assert_close(r.field[2].max, 1.5, 0);
    assert_false(r.field[4].is_number);
    assert_int_equal(r.field[4].n_missing, 3);
    assert_true(r.field[5].is_number);
    assert_int_equal(r.field[5].n_censored, 1);
    assert_string_equal(finding(&r, "leading-zeros"),
                        "'oktmo': digits with leading zeros (2): a code, kept as text");
    assert_string_equal(finding(&r, "constant"), "'same': 'r' in every row");
    assert_string_equal(finding(&r, "all-missing"), "'gaps': no value at all");
    assert_string_equal(finding(&r, "censored"), "'score': bounds like '<5': 1");
    assert_string_equal(finding(&r, "key-candidate"), "'oktmo': different in each of 3 rows");
    assert_quiet(f);
}

static void nine_in_ten_make_a_field_numbers(void **state)
{
    fixture *f = *state;
    mera_text text = {.arena = f->arena};
    mera_text_add(&text, "key,x,y\n");
    for (int i = 0; i < 20; i++) {
        mera_text_addf(&text, "u%d,%s,%s\n", i, i < 2 ? "bad" : "1", i < 3 ? "bad" : "1");
    }
    mera_file_report r;
    const char *path = given(f, "a.csv", mera_text_string(&text));
    assert_int_equal(mera_data_describe(&(mera_source){.path = path}, f->arena, f->diags, &r),
                     MERA_OK);
    assert_true(r.field[1].is_number); /* 18 of 20 */
    assert_int_equal(r.field[1].n_unreadable, 2);
    assert_false(r.field[2].is_number); /* 17 of 20 */
    assert_string_equal(finding(&r, "unparsable-number"),
                        "'x': cells that are not numbers: 2, the first 'bad'");
}

static void customary_sentinels_are_pointed_out(void **state)
{
    fixture *f = *state;
    const char *path = given(f, "a.csv",
                             "key;share;people;all\na;-999;120 000;-999\nb;12,5;9999;-999\n"
                             "c;80;300;-999\nd;-999;25000;-999\n");
    mera_file_report r;
    assert_int_equal(mera_data_describe(&(mera_source){.path = path}, f->arena, f->diags, &r),
                     MERA_OK);
    assert_string_equal(finding(&r, "sentinel"),
                        "'share': -999 (rows: 2), far from the others (12.5 to 80); if it means "
                        "missing, say 'missing: [\"-999\"]' in the entry of 'data'");
    size_t n = 0;
    for (size_t i = 0; i < r.n_findings; i++) { /* 9999 people are some among others */
        n += strcmp(r.finding[i].kind, "sentinel") == 0;
    }
    assert_int_equal(n, 1);
    assert_close(r.field[1].min, -999, 0); /* pointed out, not changed */
}

static void odd_rows_are_findings_and_no_errors(void **state)
{
    fixture *f = *state;
    const char *path =
        given(f, "a.csv", "key,year,x,x\na,1,2,3\na,1\nb,1,5,6\na,1,7,8\n\"b\"c,1,1,1\n,,,\n");
    const mera_source source = {.path = path, .key = {"key"}, .n_key = 1, .period = "year"};
    mera_file_report r;
    assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &r), MERA_OK);
    assert_int_equal(r.n_rows, 3);
    assert_int_equal(r.n_units, 2);
    assert_int_equal(r.n_periods, 1);
    assert_string_equal(finding(&r, "ragged-row"), "2 fields where the header has 4");
    assert_string_equal(finding(&r, "bad-quote"), "text after the quote that closes a field");
    assert_string_equal(finding(&r, "duplicate"), "unit 'a' is there again");
    assert_string_equal(finding(&r, "duplicate-field"), "the header has 'x' twice: fields 3 and 4");
    assert_quiet(f);
}

static void what_cannot_be_read_is_an_error(void **state)
{
    fixture *f = *state;
    mera_file_report r;
    const mera_source source = {.path = kept(f, "workbook.csv")};
    assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &r), MERA_EINPUT);
    assert_said(f->diags, "the archive of the workbook cannot be opened");
}

static void a_header_of_numbers_is_doubted(void **state)
{
    fixture *f = *state;
    mera_file_report r;
    const char *path = given(f, "a.csv", "1,2\n3,4\n");
    assert_int_equal(mera_data_describe(&(mera_source){.path = path}, f->arena, f->diags, &r),
                     MERA_OK);
    assert_string_equal(said(f, 0), "1:1: warning: the first row holds only numbers: is the header "
                                    "missing? [no-header]");
}

static const char *finding_ru(const mera_file_report *r, const char *kind)
{
    for (size_t i = 0; i < r->n_findings; i++) {
        if (strcmp(r->finding[i].kind, kind) == 0) {
            return r->finding[i].ru;
        }
    }
    return NULL;
}

static void what_the_entry_of_data_says_is_described(void **state)
{
    fixture *f = *state;
    mera_file_report r;
    const char *const kept[] = {"mun"};
    const mera_where where = {"level", kept, 1};
    const char *path = given(f, "long.csv",
                             "key,level,indicator,year,value\n"
                             "a,mun,trips,2019,5 1)\n"
                             "a,mun,beds,2019,6\n"
                             "b,group,trips,2019,7\n");
    mera_source source = {.path = path, .key = {"key"}, .n_key = 1};
    source.layout = MERA_LAYOUT_LONG;
    source.indicator = "indicator";
    source.value = "amount";
    source.period = "year";
    source.where = &where;
    source.n_where = 1;
    source.footnotes = true;
    assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &r), MERA_OK);
    assert_int_equal(r.n_rows, 2);
    assert_int_equal(r.n_units, 1);
    assert_int_equal(r.n_periods, 1);
    assert_string_equal(finding(&r, "missing-field"),
                        "no field 'amount' (key 'value' of the entry of 'data')");
    assert_string_equal(finding(&r, "indicators"), "'indicator': indicators 2");
    assert_string_equal(finding(&r, "where"), "rows left out by 'where': 1, kept: 2");
    assert_string_equal(finding(&r, "footnotes"), "marks of footnotes taken off: 1");
    assert_string_equal(finding_ru(&r, "where"), "строк не прошло отбор 'where': 1, осталось: 2");
}

static void answers_of_a_survey_are_counted_by_question(void **state)
{
    fixture *f = *state;
    static const char *const yes[] = {"yes", "rather yes"}, *const no[] = {"no"};
    const mera_question questions[] = {{.name = "trust",
                                        .answer = "q7",
                                        .positive = yes,
                                        .n_positive = 2,
                                        .negative = no,
                                        .n_negative = 1},
                                       {.name = "life", .has_scale = true, .low = 1, .high = 10},
                                       {.name = "gone"}};
    mera_file_report r;
    const mera_source source = {.path = given(f, "a.csv",
                                              "town,w,q7,life\na,1,yes,5\na,0,no,3\nb,-1,maybe,12\n"
                                              "b,,rather yes,4\nb,2,no,x\nc,1,,NA\n"),
                                .key = {"town"},
                                .n_key = 1,
                                .layout = MERA_LAYOUT_SURVEY,
                                .weight = "w",
                                .question = questions,
                                .n_questions = 3};
    assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &r), MERA_OK);
    assert_string_equal(finding(&r, "duplicate"), ""); /* a respondent a row */
    assert_string_equal(finding(&r, "question"), "'trust' (q7): positive 2, negative 2, without an "
                                                 "answer 1; others 1, the first 'maybe'");
    assert_string_equal(r.finding[1].text,
                        "'life' (life): on the scale 3, without an answer 1; others 2, the first "
                        "'12'");
    assert_int_equal(r.finding[1].at.line, 4);
    assert_string_equal(finding(&r, "missing-field"),
                        "no field 'gone' (answers to the question 'gone')");
    assert_string_equal(finding(&r, "weights"), "'w': sheets of weight above 0: 3, of weight 0: 1; "
                                                "others 2, the first '-1'");
    assert_string_equal(finding_ru(&r, "weights"), "'w': анкет с весом больше 0: 3, с весом 0: 1; "
                                                   "других 2, первый '-1'");
}

static void periods_in_names_of_fields_are_described(void **state)
{
    fixture *f = *state;
    mera_file_report r;
    const char *path = given(f, "a.csv", "key,air_2019,air_2020,homes_2020,note\na,1,2,3,x\n");
    mera_source source = {.path = path, .key = {"key"}, .n_key = 1};
    source.header_period = "{column}_{period}";
    assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &r), MERA_OK);
    assert_int_equal(r.n_periods, 2);
    assert_string_equal(finding(&r, "header-period"),
                        "names of fields by '{column}_{period}': columns 2, periods 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_field_is_typed_and_counted),
        TEST(nine_in_ten_make_a_field_numbers),
        TEST(customary_sentinels_are_pointed_out),
        TEST(odd_rows_are_findings_and_no_errors),
        TEST(what_cannot_be_read_is_an_error),
        TEST(a_header_of_numbers_is_doubted),
        TEST(what_the_entry_of_data_says_is_described),
        TEST(answers_of_a_survey_are_counted_by_question),
        TEST(periods_in_names_of_fields_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
