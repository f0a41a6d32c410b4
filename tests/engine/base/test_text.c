/* SPDX-License-Identifier: Apache-2.0 */
/** @file Growing text, slices. */
#include "mera_test.h"

#include "base/text.h"

static void grows_and_stays_terminated(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    mera_text text = {.arena = arena};
    assert_string_equal(mera_text_string(&text), "");
    for (int i = 0; i < 1000; i++) {
        mera_text_add(&text, "ab");
        mera_text_addf(&text, "%d", i % 10);
        mera_text_add_n(&text, "cde", 1);
        assert_int_equal(text.data[text.n], '\0');
    }
    assert_int_equal(text.n, 4000);
    assert_int_equal(strlen(mera_text_string(&text)), 4000);
    assert_memory_equal(text.data + 3996, "ab9c", 5);
    mera_arena_free(arena);
}

static void keeps_room_for_the_end_at_every_length(void **state)
{
    (void)state;
    for (size_t n = 0; n < 1030; n++) {
        mera_arena *arena = mera_arena_new();
        mera_text text = {.arena = arena};
        char bytes[1030];
        memset(bytes, 'x', sizeof bytes);
        mera_text_add_n(&text, bytes, n);
        mera_text_addf(&text, "%s", "");
        assert_true(text.room > text.n);
        assert_int_equal(strlen(mera_text_string(&text)), n);
        mera_arena_free(arena);
    }
}

static void remembers_that_memory_ran_out_and_keeps_what_it_has(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new_failing_at(1);
    mera_text text = {.arena = arena};
    mera_text_add(&text, "kept");
    for (int i = 0; i < 100; i++) {
        mera_text_addf(&text, "%s", "0123456789");
    }
    assert_true(text.failed);
    assert_null(mera_text_string(&text));
    assert_memory_equal(text.data, "kept0123456789", 14);
    const size_t n = text.n;
    mera_text_add(&text, "z"); /* it would fit, but something is missing before it */
    assert_int_equal(text.n, n);
    mera_arena_free(arena);
}

static void null_equals_only_null(void **state)
{
    (void)state;
    assert_true(mera_streq(NULL, NULL));
    assert_false(mera_streq(NULL, ""));
    assert_false(mera_streq("", NULL));
    assert_true(mera_streq("a", "a"));
    assert_false(mera_streq("a", "b"));
}

static void tells_prefixes(void **state)
{
    (void)state;
    assert_true(mera_starts_with("framework.health", "framework."));
    assert_true(mera_starts_with("x", ""));
    assert_false(mera_starts_with("frame", "framework"));
}

static void assert_trimmed(const char *text, const char *expected)
{
    const mera_slice slice = mera_slice_trim((mera_slice){text, strlen(text)});
    assert_int_equal(slice.n, strlen(expected));
    assert_memory_equal(slice.at, expected, slice.n);
    assert_true(mera_slice_eq(slice, expected));
}

static void trims_blanks_of_spreadsheets_at_both_ends(void **state)
{
    (void)state;
    assert_trimmed("", "");
    assert_trimmed(" \t\r\n", "");
    assert_trimmed("  a b \n", "a b");
    assert_trimmed("\xC2\xA0"
                   "01"
                   "\xE2\x80\xAF\xC2\xA0 ",
                   "01");
    assert_trimmed("\xC2\xA0\xE2\x80\xAF", "");
    assert_trimmed("а\xC2\xA0б", "а\xC2\xA0б");
    assert_trimmed("…", "…"); /* E2 80 A6: like U+202F but for its last byte */
    assert_trimmed("Р", "Р"); /* D0 A0: its last byte is that of U+00A0 */
}

static void slices_equal_whole_strings_only(void **state)
{
    (void)state;
    assert_true(mera_slice_eq((mera_slice){NULL, 0}, ""));
    assert_false(mera_slice_eq((mera_slice){"abc", 2}, "abc"));
    assert_true(mera_slice_eq((mera_slice){"abc", 2}, "ab"));
    assert_false(mera_slice_eq((mera_slice){"a\0c", 3}, "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_stays_terminated),
        cmocka_unit_test(keeps_room_for_the_end_at_every_length),
        cmocka_unit_test(remembers_that_memory_ran_out_and_keeps_what_it_has),
        cmocka_unit_test(null_equals_only_null),
        cmocka_unit_test(tells_prefixes),
        cmocka_unit_test(trims_blanks_of_spreadsheets_at_both_ends),
        cmocka_unit_test(slices_equal_whole_strings_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
