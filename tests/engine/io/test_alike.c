/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units that only the way of writing tells apart: said with places, never joined unasked. */
#include "io_test.h"

#define WAY_OUT                                                                                \
    "(write each alike everywhere; or 'match' in the entry of 'data' finds them in a list of " \
    "units (docs/matching.md))"

static mera_source towns(fixture *f, const char *name, const char *text)
{
    return (mera_source){.path = given(f, name, text), .key = {"town"}, .n_key = 1};
}

static void look_alike_letters_are_told_with_their_lines(void **state)
{
    fixture *f = *state;
    assert_int_equal(
        read_one(f, towns(f, "a.csv", "town,x\nОрск,1\nOрск,2\nОрел,3\nУфа,4\nУфa,5\n")), MERA_OK);
    assert_close(number_at(f, "x", "Орск", ""), 1, 0);
    assert_close(number_at(f, "x", "Oрск", ""), 2, 0); /* two units all the same */
    assert_string_equal(said(f, 0),
                        "0:0: warning: units that only the writing tells from others, as 'Oрск' "
                        "from 'Орск' of line 2 (letters that look alike, Latin and Cyrillic): 2 "
                        "(lines 3, 6) [alike-units] " WAY_OUT);
    assert_string_equal(said(f, 1), "");
    assert_int_equal(found(&f->report.file[0], "alike-units"), 2);
}

static void other_habits_of_writing_too(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_one(f, towns(f, "a.csv",
                                       "town,x\nОрёл,1\nорел,2\nРостов-на-Дону,3\n"
                                       "Ростов на Дону,4\nСтарый  Оскол,5\nСтарый Оскол,6\n")),
                     MERA_OK);
    const mera_file_report *r = &f->report.file[0];
    assert_int_equal(found(r, "alike-units"), 3);
    assert_string_equal(r->finding[0].text,
                        "only the writing tells 'орел' from 'Орёл' of line 2 (ё "
                        "and е; capitals): two units");
    assert_non_null(strstr(r->finding[1].text, "(dashes, dots or quotes)"));
    assert_non_null(strstr(r->finding[2].text, "(blanks)"));
}

static void codes_kinds_of_places_and_one_unit_in_many_rows_are_not(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_one(f, towns(f, "a.csv",
                                       "town,x\n79-701,1\n79701,2\n79.701,3\nАлейский район,4\n"
                                       "город Алейский,5\nАлейск,6\n")),
                     MERA_OK);
    mera_source rows = towns(f, "b.csv", "town,year,x\nОрск,2019,1\nОрск,2020,2\n");
    rows.period = "year";
    assert_int_equal(read_one(f, rows), MERA_OK);
    assert_quiet(f);
}

static void a_unit_of_another_file_is_named_by_file_and_line(void **state)
{
    fixture *f = *state;
    mera_source sources[2] = {towns(f, "a.csv", "town,x\nОмск,1\nУфа,2\n"),
                              towns(f, "b.csv", "town,y\nОмск,1\nУфa,2\nТверь,3\n")};
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_EINPUT);
    assert_non_null(strstr(said(f, 0), "3:1: error: unit 'Уфa' is not in the files read before"));
    assert_non_null(strstr(said(f, 0), "a.csv:3 is only written otherwise (letters that look "
                                       "alike, Latin and Cyrillic): write both alike, or see"));
    assert_string_equal(said(f, 1), "4:1: error: unit 'Тверь' is not in the files read before "
                                    "[unmatched-unit]");
    sources[1].unmatched = MERA_ADD;
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_non_null(strstr(said(f, 2), "as 'Уфa' from 'Уфа' of "));
    assert_non_null(strstr(said(f, 2), "a.csv:3 (letters"));
    assert_non_null(strstr(said(f, 2), ": 1 (line 3) [alike-units]"));
}

static void describing_a_file_tells_them_in_both_languages(void **state)
{
    fixture *f = *state;
    mera_file_report r;
    const mera_source source = towns(f, "a.csv", "town,x\nОрск,1\nОмск,2\nOрск,3\nОрск,4\n");
    assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &r), MERA_OK);
    assert_int_equal(found(&r, "alike-units"), 1);
    assert_string_equal(r.finding[0].text,
                        "unit 'Oрск' and 'Орск' of line 2 differ only in how they are written "
                        "(letters that look alike, Latin and Cyrillic): two units without 'match'");
    assert_string_equal(r.finding[0].ru,
                        "территория 'Oрск' и 'Орск' из строки 2 различаются только написанием "
                        "(похожие буквы, латинские и русские): без 'match' это две территории");
    assert_int_equal(r.finding[0].at.line, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(look_alike_letters_are_told_with_their_lines),
        TEST(other_habits_of_writing_too),
        TEST(codes_kinds_of_places_and_one_unit_in_many_rows_are_not),
        TEST(a_unit_of_another_file_is_named_by_file_and_line),
        TEST(describing_a_file_tells_them_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
