/* SPDX-License-Identifier: Apache-2.0 */
/** @file Values: scalars typed as YAML 1.2's core schema has it, look-ups. */
#include "mera_test.h"

#include "mera/value.h"

static const mera_value *scalar(mera_arena *arena, const char *text, bool quoted)
{
    mera_value *value = NULL;
    assert_int_equal(mera_value_scalar(arena, text, quoted, (mera_at){"f", 2, 3, 1}, &value),
                     MERA_OK);
    assert_string_equal(value->text, text);
    assert_int_equal(value->at.line, 2);
    assert_int_equal(value->quoted, quoted);
    return value;
}

static void plain_scalars_are_typed(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    const struct {
        const char *text;
        mera_value_kind kind;
        double number;
    } cases[] = {
        {"", MERA_VALUE_NULL, 0},           {"~", MERA_VALUE_NULL, 0},
        {"null", MERA_VALUE_NULL, 0},       {"Null", MERA_VALUE_NULL, 0},
        {"nULL", MERA_VALUE_TEXT, 0},       {"true", MERA_VALUE_BOOL, 1},
        {"FALSE", MERA_VALUE_BOOL, 0},      {"yes", MERA_VALUE_TEXT, 0},
        {"no", MERA_VALUE_TEXT, 0},         {"on", MERA_VALUE_TEXT, 0},
        {"0", MERA_VALUE_NUMBER, 0},        {"-12", MERA_VALUE_NUMBER, -12},
        {"+3", MERA_VALUE_NUMBER, 3},       {"1.5", MERA_VALUE_NUMBER, 1.5},
        {".5", MERA_VALUE_NUMBER, .5},      {"1e3", MERA_VALUE_NUMBER, 1000},
        {"0x1F", MERA_VALUE_NUMBER, 31},    {"0o17", MERA_VALUE_NUMBER, 15},
        {"0017", MERA_VALUE_NUMBER, 17}, /* YAML 1.2: not octal */
        {"0x", MERA_VALUE_TEXT, 0},         {"0xg", MERA_VALUE_TEXT, 0},
        {"0o8", MERA_VALUE_TEXT, 0},        {"1,5", MERA_VALUE_TEXT, 0},
        {"1_000", MERA_VALUE_TEXT, 0},      {"12:30", MERA_VALUE_TEXT, 0},
        {"2024-01-01", MERA_VALUE_TEXT, 0}, {".inf", MERA_VALUE_TEXT, 0},
        {".nan", MERA_VALUE_TEXT, 0},       {"nan", MERA_VALUE_TEXT, 0},
        {"село", MERA_VALUE_TEXT, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mera_value *value = scalar(arena, cases[i].text, false);
        assert_int_equal(value->kind, cases[i].kind);
        if (value->kind == MERA_VALUE_NUMBER) {
            assert_true(value->number == cases[i].number);
        }
        if (value->kind == MERA_VALUE_BOOL) {
            assert_int_equal(value->boolean, cases[i].number != 0);
        }
    }
    mera_arena_free(arena);
}

static void quoted_scalars_are_text_whatever_they_say(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    const char *const texts[] = {"", "12", "true", "null", "01"};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(scalar(arena, texts[i], true)->kind, MERA_VALUE_TEXT);
    }
    mera_arena_free(arena);
}

static void look_ups_find_keys_of_maps_only(void **state)
{
    (void)state;
    const mera_value one = {.kind = MERA_VALUE_NUMBER, .number = 1};
    const mera_entry entries[] = {{"a", {"f", 1, 1, 1}, &one}, {"b", {"f", 2, 1, 1}, NULL}};
    const mera_value map = {.kind = MERA_VALUE_MAP, .n = 2, .entries = entries};
    assert_ptr_equal(mera_value_get(&map, "a"), &one);
    assert_null(mera_value_get(&map, "c"));
    assert_null(mera_value_get(NULL, "a"));
    assert_null(mera_value_get(&one, "a"));
    assert_null(mera_value_get(&map, NULL));
    assert_ptr_equal(mera_value_entry(&map, "b"), &entries[1]);
}

static void kinds_have_names_for_messages(void **state)
{
    (void)state;
    assert_string_equal(mera_value_kind_name(MERA_VALUE_NULL), "nothing");
    assert_string_equal(mera_value_kind_name(MERA_VALUE_BOOL), "true or false");
    assert_string_equal(mera_value_kind_name(MERA_VALUE_NUMBER), "a number");
    assert_string_equal(mera_value_kind_name(MERA_VALUE_TEXT), "text");
    assert_string_equal(mera_value_kind_name(MERA_VALUE_LIST), "a list");
    assert_string_equal(mera_value_kind_name(MERA_VALUE_MAP), "a map");
}

static void says_when_memory_ran_out(void **state)
{
    (void)state;
    for (size_t n = 0; n < 2; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        mera_value *value = NULL;
        assert_int_equal(mera_value_scalar(arena, "1", false, MERA_NOWHERE, &value), MERA_ENOMEM);
        mera_arena_free(arena);
    }
}

static void what_was_found_is_said(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    const struct {
        const char *text, *found;
        bool quoted;
    } cases[] = {
        {"abc", "text 'abc'", false},
        {"1e999", "1e999, which is too large", false},
        {"-2.5E+400", "-2.5E+400, which is too large", false},
        {"1e999", "text '1e999'", true},
        {"1e999x", "text '1e999x'", false},
        {"2020-01", "text '2020-01'", false},
        {"nan", "nan: a setting is finite", false},
        {"-.inf", "-.inf: a setting is finite", false},
        {"5", "the number 5", false},
        {"true", "'true'", false},
        {"", "nothing", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mera_value *value = scalar(arena, cases[i].text, cases[i].quoted);
        assert_string_equal(mera_value_found(value, arena), cases[i].found);
    }
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_scalars_are_typed),
        cmocka_unit_test(what_was_found_is_said),
        cmocka_unit_test(quoted_scalars_are_text_whatever_they_say),
        cmocka_unit_test(look_ups_find_keys_of_maps_only),
        cmocka_unit_test(kinds_have_names_for_messages),
        cmocka_unit_test(says_when_memory_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
