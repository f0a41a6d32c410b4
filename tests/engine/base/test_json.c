/* SPDX-License-Identifier: Apache-2.0 */
/** @file The JSON writer: commas, nesting, escapes, numbers. */
#include "mera_test.h"

#include "base/json.h"

static void write_sample(mera_json *json)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "name", "Апатиты");
    mera_json_number(json, "score", 0.1);
    mera_json_number(json, "missing", NAN);
    mera_json_open(json, "ranks", '[');
    mera_json_count(json, NULL, 1);
    mera_json_count(json, NULL, 22);
    mera_json_close(json, ']');
    mera_json_open(json, "empty", '{');
    mera_json_close(json, '}');
    mera_json_bool(json, "ok", true);
    mera_json_null(json, "hint");
    mera_json_close(json, '}');
}

static void writes_on_one_line(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    mera_text out = {.arena = arena};
    write_sample(&(mera_json){.out = &out});
    assert_string_equal(mera_text_string(&out),
                        "{\"name\":\"Апатиты\",\"score\":0.1,\"missing\":null,\"ranks\":[1,22],"
                        "\"empty\":{},\"ok\":true,\"hint\":null}");
    mera_arena_free(arena);
}

static void writes_with_two_blanks_a_level(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    mera_text out = {.arena = arena};
    write_sample(&(mera_json){.out = &out, .pretty = true});
    assert_string_equal(mera_text_string(&out), "{\n"
                                                "  \"name\": \"Апатиты\",\n"
                                                "  \"score\": 0.1,\n"
                                                "  \"missing\": null,\n"
                                                "  \"ranks\": [\n"
                                                "    1,\n"
                                                "    22\n"
                                                "  ],\n"
                                                "  \"empty\": {},\n"
                                                "  \"ok\": true,\n"
                                                "  \"hint\": null\n"
                                                "}");
    mera_arena_free(arena);
}

static void escapes_what_json_asks_for(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    mera_text out = {.arena = arena};
    mera_json json = {.out = &out};
    mera_json_open(&json, NULL, '[');
    mera_json_text(&json, NULL, "a\"b\\c\n\t\x01/\xE9 é");
    mera_json_text(&json, NULL, NULL);
    mera_json_number(&json, NULL, HUGE_VAL);
    mera_json_close(&json, ']');
    assert_string_equal(mera_text_string(&out),
                        "[\"a\\\"b\\\\c\\n\\t\\u0001/\xEF\xBF\xBD é\",null,null]");
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_on_one_line),
        cmocka_unit_test(writes_with_two_blanks_a_level),
        cmocka_unit_test(escapes_what_json_asks_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
