/* SPDX-License-Identifier: Apache-2.0 */
/** @file UTF-8: what is well formed, decoding, widths, lower case. */
#include "mera_test.h"

#include "base/text.h"

static bool valid(const char *text)
{
    return mera_utf8_valid(text, strlen(text));
}

static void every_code_point_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (code == 0xD800) {
            code = 0xE000;
        }
        char bytes[5] = "";
        const size_t n = mera_utf8_put(code, bytes);
        assert_int_equal(strlen(bytes), n);
        assert_true(mera_utf8_valid(bytes, n));
        const char *at = bytes;
        assert_int_equal(mera_utf8_next(&at, bytes + n), code);
        assert_ptr_equal(at, bytes + n);
    }
}

static void malformed_bytes_are_refused(void **state)
{
    (void)state;
    assert_true(valid(""));
    assert_true(valid("Ёлка, naïve, 東京, 🙂"));
    assert_false(valid("\x80"));             /* a continuation alone */
    assert_false(valid("\xC3"));             /* cut off */
    assert_false(valid("\xC3("));            /* no continuation */
    assert_false(valid("\xC0\xAF"));         /* overlong '/' */
    assert_false(valid("\xE0\x80\xAF"));     /* overlong '/' */
    assert_false(valid("\xF0\x82\x82\xAC")); /* overlong euro sign */
    assert_false(valid("\xED\xA0\x80"));     /* a surrogate */
    assert_false(valid("\xF4\x90\x80\x80")); /* over U+10FFFF */
    assert_false(valid("\xF5\x80\x80\x80"));
    assert_false(valid("\xFF"));
    assert_false(mera_utf8_valid("a\0b", 3));
    assert_false(mera_utf8_valid("abcdefg\0ijklmnop", 16)); /* among eight at once, too */
    assert_false(mera_utf8_valid("abcdefgh12345\xE9gh", 16));
    assert_true(mera_utf8_valid("abcdefgh\x01\x02\x03\x04\x05\x06\x07\x08", 16));
}

static void malformed_bytes_are_read_one_by_one(void **state)
{
    (void)state;
    const char text[] = "\xE9t\xE9"; /* windows-1252 */
    const char *at = text;
    const char *end = text + 3;
    assert_int_equal(mera_utf8_next(&at, end), 0xFFFD);
    assert_int_equal(mera_utf8_next(&at, end), 't');
    assert_int_equal(mera_utf8_next(&at, end), 0xFFFD);
    assert_ptr_equal(at, end);
}

static void what_is_no_character_is_written_as_a_replacement(void **state)
{
    (void)state;
    char bytes[4];
    assert_int_equal(mera_utf8_put(0xD800, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    assert_int_equal(mera_utf8_put(0x110000, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static void characters_are_counted_and_measured(void **state)
{
    (void)state;
    assert_int_equal(mera_utf8_count("Ёж", strlen("Ёж")), 2);
    assert_int_equal(mera_utf8_count("", 0), 0);
    assert_int_equal(mera_utf8_width("Ёж"), 2);
    assert_int_equal(mera_utf8_width("東京"), 4);
    assert_int_equal(mera_utf8_width("и\xCC\x86"), 1); /* и and a combining breve */
    assert_int_equal(mera_utf8_width("▇▇"), 2);        /* bars of a table are narrow */
    assert_int_equal(mera_utf8_width("🙂"), 2);
}

static void lower_case_covers_latin_greek_and_cyrillic(void **state)
{
    (void)state;
    const struct {
        const char *upper, *lower;
    } cases[] = {
        {"ABCXYZ09_-", "abcxyz09_-"},
        {"ÀÖØÞ", "àöøþ"},
        {"×÷ß", "×÷ß"},
        {"ĀĶĹŇŊŶŸŹŽ", "āķĺňŋŷÿźž"},
        {"ΑΡΣΫΆΈΊΌΎΏ", "αρσϋάέίόύώ"},
        {"ЀЁЏАЯ", "ѐёџая"},
        {"ѠҀҊҐӀӁӍӐԮ", "ѡҁҋґӏӂӎӑԯ"},
        {"東京", "東京"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *a = cases[i].upper, *b = cases[i].lower;
        const char *a_end = a + strlen(a), *b_end = b + strlen(b);
        while (a < a_end) {
            const uint32_t lower = mera_utf8_next(&b, b_end);
            assert_int_equal(mera_utf8_lower(mera_utf8_next(&a, a_end)), lower);
            assert_int_equal(mera_utf8_lower(lower), lower);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_goes_there_and_back),
        cmocka_unit_test(malformed_bytes_are_refused),
        cmocka_unit_test(malformed_bytes_are_read_one_by_one),
        cmocka_unit_test(what_is_no_character_is_written_as_a_replacement),
        cmocka_unit_test(characters_are_counted_and_measured),
        cmocka_unit_test(lower_case_covers_latin_greek_and_cyrillic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
