/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rows out, to CSV. Quoting rules: RFC 4180, section 2, points 5 to 7. */
#include "report/rows.h"

#include "mera_test.h"

static void quotes_what_needs_quotes_and_nothing_else(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_text out = {.arena = arena};
    mera_rows rows = {.csv = &out};
    (void)state;
    mera_rows_text(&rows, "plain");
    mera_rows_text(&rows, "with, comma");
    mera_rows_text(&rows, "a \"b\"");
    mera_rows_text(&rows, "two\nlines");
    mera_rows_text(&rows, " blank");
    mera_rows_text(&rows, NULL);
    mera_rows_text(&rows, "");
    mera_rows_end(&rows);
    assert_string_equal(mera_text_string(&out),
                        "plain,\"with, comma\",\"a \"\"b\"\"\",\"two\nlines\",\" blank\",,\n");
    mera_arena_free(arena);
}

static void an_empty_first_field_keeps_its_comma(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_text out = {.arena = arena};
    mera_rows rows = {.csv = &out};
    (void)state;
    mera_rows_text(&rows, NULL);
    mera_rows_number(&rows, 0.1);
    mera_rows_number(&rows, NAN);
    mera_rows_count(&rows, 3);
    mera_rows_end(&rows);
    mera_rows_number(&rows, 1.0 / 3);
    mera_rows_end(&rows);
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
