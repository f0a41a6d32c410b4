/* SPDX-License-Identifier: Apache-2.0 */
/** @file CSV out. Quoting rules: RFC 4180, section 2, points 5 to 7. */
#include "report/csv.h"

#include "mera_test.h"

static void quotes_what_needs_quotes_and_nothing_else(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_text out = {.arena = arena};
    mera_csv csv = {.out = &out};
    (void)state;
    mera_csv_text(&csv, "plain");
    mera_csv_text(&csv, "with, comma");
    mera_csv_text(&csv, "a \"b\"");
    mera_csv_text(&csv, "two\nlines");
    mera_csv_text(&csv, " blank");
    mera_csv_text(&csv, NULL);
    mera_csv_text(&csv, "");
    mera_csv_end(&csv);
    assert_string_equal(mera_text_string(&out),
                        "plain,\"with, comma\",\"a \"\"b\"\"\",\"two\nlines\",\" blank\",,\n");
    mera_arena_free(arena);
}

static void an_empty_first_field_keeps_its_comma(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_text out = {.arena = arena};
    mera_csv csv = {.out = &out};
    (void)state;
    mera_csv_text(&csv, NULL);
    mera_csv_number(&csv, 0.1);
    mera_csv_number(&csv, NAN);
    mera_csv_count(&csv, 3);
    mera_csv_end(&csv);
    mera_csv_number(&csv, 1.0 / 3);
    mera_csv_end(&csv);
    assert_string_equal(mera_text_string(&out), ",0.1,,3\n0.3333333333333333\n");
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_what_needs_quotes_and_nothing_else),
        cmocka_unit_test(an_empty_first_field_keeps_its_comma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
