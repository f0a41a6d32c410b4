/* SPDX-License-Identifier: Apache-2.0 */
/** @file Encodings: proved, declared, guessed, and contradicted. */
#include "io_test.h"

#include "io/encoding.h"

/* The three towns of russian_*.csv, whatever their encoding. */
static void assert_three_towns(fixture *f, const char *name, const char *declared,
                               const char *encoding)
{
    const mera_source source = {
        .path = kept(f, name), .key = {"key"}, .n_key = 1, .name = "name", .encoding = declared};
    const char *const columns[] = {"pop", "share"};
    const mera_read_request request = {.column = columns, .n_columns = 2};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_string_equal(f->report.file[0].encoding, encoding);
    assert_string_equal(f->data->file[0].encoding, encoding);
    assert_int_equal(f->report.file[0].delimiter, ';');
    assert_int_equal(f->report.file[0].decimal, ',');
    assert_string_equal(f->data->unit_key[0], "01601000");
    assert_string_equal(f->data->unit_name[0], "Алейск");
    assert_string_equal(f->data->unit_name[2], "Анапа");
    assert_close(number_at(f, "pop", "01601000", ""), 28528, 0);
    assert_close(number_at(f, "pop", "01604000", ""), 203108, 0);
    assert_close(number_at(f, "share", "01604000", ""), -3.75, 0);
}

static void utf8_needs_no_guess(void **state)
{
    fixture *f = *state;
    assert_three_towns(f, "russian_utf8.csv", NULL, "utf-8");
    assert_false(f->report.file[0].bom);
    assert_three_towns(f, "russian_utf8_bom.csv", NULL, "utf-8");
    assert_true(f->report.file[0].bom);
    assert_quiet(f);
}

static void utf16_is_known_by_its_mark_or_its_zero_bytes(void **state)
{
    fixture *f = *state;
    assert_three_towns(f, "russian_utf16le.csv", NULL, "utf-16le");
    assert_three_towns(f, "russian_utf16be.csv", NULL, "utf-16be");
    assert_three_towns(f, "russian_utf16le_bom.csv", NULL, "utf-16le");
    assert_three_towns(f, "russian_utf16be_bom.csv", "utf-16", "utf-16be");
    assert_quiet(f);
}

static void russian_one_byte_encodings_are_guessed_and_said(void **state)
{
    fixture *f = *state;
    assert_three_towns(f, "russian_windows_1251.csv", NULL, "windows-1251");
    assert_three_towns(f, "russian_cp866.csv", NULL, "cp866");
    assert_three_towns(f, "russian_koi8_r.csv", NULL, "koi8-r");
    assert_int_equal(mera_diags_size(f->diags), 3);
    assert_string_equal(said(f, 0), "0:0: note: read as windows-1251: a guess by its letters "
                                    "[encoding-guessed] (say 'encoding: windows-1251' to make it "
                                    "certain)");
}

static void a_declared_encoding_is_taken_without_a_note(void **state)
{
    fixture *f = *state;
    assert_three_towns(f, "russian_windows_1251.csv", "windows-1251", "windows-1251");
    assert_three_towns(f, "russian_windows_1251.csv", "CP1251", "windows-1251");
    assert_three_towns(f, "russian_cp866.csv", "cp866", "cp866");
    assert_three_towns(f, "russian_koi8_r.csv", "koi8-r", "koi8-r");
    assert_quiet(f);
}

static void accents_beside_latin_letters_mean_windows_1252(void **state)
{
    fixture *f = *state;
    const mera_source source = {
        .path = kept(f, "french_windows_1252.csv"), .key = {"key"}, .n_key = 1, .name = "name"};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_string_equal(f->report.file[0].encoding, "windows-1252");
    assert_string_equal(f->data->unit_name[2], "Saint-Étienne");
}

static void bytes_that_utf8_does_not_have_are_refused_where_they_stand(void **state)
{
    fixture *f = *state;
    const mera_source source = {.path = kept(f, "broken_utf8.csv"), .encoding = "utf-8"};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "3:5: error: byte 0xD1 is not valid utf-8 [wrong-encoding] (leave "
                        "'encoding' out to have it looked for, or say which it is)");
}

static void utf8_that_goes_wrong_is_not_taken_for_another_encoding(void **state)
{
    fixture *f = *state;
    mera_source source = {.path = given(f, "cut.csv", "key,town\n1,Старая Русса\n2,Омс\xD0")};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(said(f, 0), "3:6: error: the file ends inside a character of utf-8 "
                                    "[wrong-encoding] (it is cut short: fetch or save it again)");
    source.path = given(f, "two.csv", "key,town\n1,Старая Русса\n2,\xCE\xEC\xF1\xEA\n");
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(
        said(f, 1), "3:3: error: byte 0xCE is not valid utf-8 [wrong-encoding] (the text before "
                    "it is utf-8: the file is damaged, or was put together from files of two "
                    "encodings)");
    source.path = given(f, "866.csv", "key,\xE2\xA8\xAF,\xE1\xA0\xA4\n1,\xE0\xA0\xA9,\x80\n");
    assert_int_equal(read_one(f, source), MERA_OK); /* тип, сад, рай: each is valid in utf-8, too */
    assert_string_equal(f->report.file[0].encoding, "cp866");
}

static void bytes_that_windows_1251_does_not_have_are_refused(void **state)
{
    fixture *f = *state;
    const mera_source source = {.path = kept(f, "wrong_windows_1251.csv"),
                                .encoding = "windows-1251"};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(
        said(f, mera_diags_size(f->diags) - 1),
        "3:3: error: byte 0x98 stands for nothing in windows-1251 [wrong-encoding]");
}

static void utf8_said_to_be_windows_1251_is_refused(void **state)
{
    fixture *f = *state;
    const mera_source source = {.path = kept(f, "russian_utf8.csv"), .encoding = "windows-1251"};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(said(f, 0), "2:10: error: the file was said to be windows-1251, but it is "
                                    "valid utf-8 with 17 characters beyond ASCII [wrong-encoding] "
                                    "(leave 'encoding' out, or say utf-8)");
}

static void an_unknown_encoding_is_refused_with_a_near_name(void **state)
{
    fixture *f = *state;
    const mera_source source = {.path = given(f, "a.csv", "key,x\n1,2\n"),
                                .encoding = "windows-1521"};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, "encoding 'windows-1521' of ");
    assert_non_null(strstr(said(f, 0), "(did you mean 'windows-1251'?)"));
}

static void half_a_pair_in_utf16_is_refused_with_its_line(void **state)
{
    fixture *f = *state;
    static const char bytes[] = "\xff\xfek\0\n\0x\0\x00\xd8y\0";
    const mera_source source = {.path = given_bytes(f, "a.csv", bytes, sizeof bytes - 1)};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "2:0: error: half a pair of surrogates in utf-16 [wrong-encoding]");
}

static void pairs_in_utf16_become_one_character(void **state)
{
    fixture *f = *state;
    static const char bytes[] = "\xff\xfek\0,\0x\0\n\0\x3d\xd8\x00\xde,\0"
                                "1\0\n\0";
    const mera_source source = {.path = given_bytes(f, "a.csv", bytes, sizeof bytes - 1)};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_string_equal(f->data->unit_key[0], "\xF0\x9F\x98\x80"); /* U+1F600 */
}

static void every_byte_of_a_table_is_what_iconv_says(void **state)
{
    (void)state;
    io_byte_table table;
    assert_int_equal(io_byte_table_fill(&io_charsets[IO_WINDOWS_1251], MERA_NOWHERE, NULL, &table),
                     MERA_OK);
    assert_int_equal(table.length['A'], 1);
    assert_memory_equal(table.utf8[0xc0], "А", 2); /* U+0410 */
    assert_memory_equal(table.utf8[0xff], "я", 2);
    assert_memory_equal(table.utf8[0x85], "…", 3);
    assert_memory_equal(table.utf8[0xa0], "\xC2\xA0", 2);
    assert_int_equal(table.length[0x98], 0); /* the one hole of windows-1251 */
}

static void the_end_of_ascii_is_found_anywhere(void **state)
{
    (void)state;
    char text[40];
    for (size_t n = 0; n < sizeof text; n++) {
        memset(text, 'x', sizeof text);
        assert_int_equal(io_first_beyond_ascii(text, n), n);
        for (size_t i = 0; i < n; i++) {
            memset(text, 'x', sizeof text);
            text[i] = i % 2 == 0 ? '\0' : (char)0xd0;
            assert_int_equal(io_first_beyond_ascii(text, n), i);
        }
    }
}

/* A table of 5 MB in windows-1251 whose row of number 100000 has `odd` for its town. */
static const char *given_large(fixture *f, const char *odd)
{
    mera_text text = {.arena = f->arena};
    mera_text_add(&text, "\xEA\xEE\xE4;\xE3\xEE\xF0\xEE\xE4;x\n"); /* код;город;x */
    for (int i = 1; i <= 130000; i++) {
        const bool is_odd = i == 100000;
        mera_text_addf(&text, "%06d;\"\xD1\xF2\xE0\xF0\xFB\xE9 \"\"\xEB\xE5\xF1\"\" %s\";%s\n", i,
                       is_odd ? odd : "",
                       is_odd ? "\xED\xE5\xF2"
                              : "1\xA0"
                                "234,5");
    }
    return given_bytes(f, "large.csv", text.data, text.n);
}

static void a_long_text_in_a_one_byte_encoding_is_decoded_field_by_field(void **state)
{
    fixture *f = *state;
    mera_source source = {.path = given_large(f, "\xEB\xE5\xF1"),
                          .key = {"код"},
                          .n_key = 1,
                          .name = "город",
                          .bad_numbers = MERA_AS_MISSING};
    const char *const columns[] = {"x"};
    const mera_read_request request = {.column = columns, .n_columns = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_string_equal(f->report.file[0].encoding, "windows-1251");
    assert_int_equal(f->report.file[0].decimal, ',');
    assert_int_equal(f->report.file[0].n_lines, 130001);
    assert_string_equal(f->data->unit_name[99999], "Старый \"лес\" лес");
    assert_close(number_at(f, "x", "130000", ""), 1234.5, 0);
    source.bad_numbers = MERA_REFUSE;
    source.name = NULL;
    source.encoding = "windows-1251";
    assert_int_equal(read_request(f, request, &source, 1), MERA_EINPUT);
    assert_non_null(
        strstr(said(f, mera_diags_size(f->diags) - 1), "100001:29: error: column 'x': 'нет'"));
    source.path = given_large(f, "\x98");
    assert_int_equal(read_request(f, request, &source, 1), MERA_EINPUT);
    assert_string_equal(
        said(f, mera_diags_size(f->diags) - 1),
        "100001:24: error: byte 0x98 stands for nothing in windows-1251 [wrong-encoding]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(utf8_needs_no_guess),
        TEST(utf16_is_known_by_its_mark_or_its_zero_bytes),
        TEST(russian_one_byte_encodings_are_guessed_and_said),
        TEST(a_declared_encoding_is_taken_without_a_note),
        TEST(accents_beside_latin_letters_mean_windows_1252),
        TEST(bytes_that_utf8_does_not_have_are_refused_where_they_stand),
        TEST(utf8_that_goes_wrong_is_not_taken_for_another_encoding),
        TEST(bytes_that_windows_1251_does_not_have_are_refused),
        TEST(utf8_said_to_be_windows_1251_is_refused),
        TEST(an_unknown_encoding_is_refused_with_a_near_name),
        TEST(half_a_pair_in_utf16_is_refused_with_its_line),
        TEST(pairs_in_utf16_become_one_character),
        TEST(a_long_text_in_a_one_byte_encoding_is_decoded_field_by_field),
        TEST(every_byte_of_a_table_is_what_iconv_says),
        TEST(the_end_of_ascii_is_found_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
