/* SPDX-License-Identifier: Apache-2.0 */
/** @file The YAML reader: the core schema of YAML 1.2.2 (section 10.3), places, limits, refusals.
 */
#include <stdlib.h>

#include "fixture.h"

static const mera_value *get(fixture *f, const char *text, const char *key)
{
    return mera_value_get(fixture_tree(f, text), key);
}

static void scalars_are_typed_by_the_core_schema_of_yaml_1_2(void **state)
{
    static const struct {
        const char *text;
        mera_value_kind kind;
        double number;
    } cases[] = {
        {"a: NO", MERA_VALUE_TEXT, 0},         {"a: yes", MERA_VALUE_TEXT, 0},
        {"a: on", MERA_VALUE_TEXT, 0},         {"a: 12:30", MERA_VALUE_TEXT, 0},
        {"a: 2024-01-01", MERA_VALUE_TEXT, 0}, {"a: 1_000", MERA_VALUE_TEXT, 0},
        {"a: 010", MERA_VALUE_NUMBER, 10},     {"a: 0o17", MERA_VALUE_NUMBER, 15},
        {"a: 0x1F", MERA_VALUE_NUMBER, 31},    {"a: -1.5e3", MERA_VALUE_NUMBER, -1500},
        {"a: .5", MERA_VALUE_NUMBER, 0.5},     {"a: true", MERA_VALUE_BOOL, 0},
        {"a: False", MERA_VALUE_BOOL, 0},      {"a: null", MERA_VALUE_NULL, 0},
        {"a: ~", MERA_VALUE_NULL, 0},          {"a:", MERA_VALUE_NULL, 0},
        {"a: '1'", MERA_VALUE_TEXT, 0},        {"a: \"true\"", MERA_VALUE_TEXT, 0},
        {"a: |\n  1\n", MERA_VALUE_TEXT, 0},   {"a: >-\n  1\n", MERA_VALUE_TEXT, 0},
        {"a: ''", MERA_VALUE_TEXT, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mera_value *value = get(*state, cases[i].text, "a");
        if (value->kind != cases[i].kind) {
            print_error("%s is %s\n", cases[i].text, mera_value_kind_name(value->kind));
        }
        assert_int_equal(value->kind, cases[i].kind);
        if (value->kind == MERA_VALUE_NUMBER) {
            assert_true(value->number == cases[i].number);
        }
    }
}

static void a_scalar_keeps_its_text_as_written(void **state)
{
    assert_string_equal(get(*state, "a: 2024.10", "a")->text, "2024.10");
    assert_string_equal(get(*state, "a: 01 612 000", "a")->text, "01 612 000");
    assert_string_equal(get(*state, "a: |\n  one\n  two\n", "a")->text, "one\ntwo\n");
}

static void places_count_from_one_and_in_characters(void **state)
{
    const mera_value *tree = fixture_tree(*state, "имя: {ключ: значение}\nb:\n  - 12\n");
    const mera_value *inner = mera_value_get(tree, "имя");
    const mera_entry *entry = mera_value_entry(inner, "ключ");
    assert_int_equal(inner->at.line, 1);
    assert_int_equal(inner->at.column, 6);
    assert_int_equal(entry->at.column, 7);
    assert_int_equal(entry->at.length, 4);
    assert_int_equal(entry->value->at.column, 13);
    assert_int_equal(entry->value->at.length, 8);
    const mera_value *item = mera_value_get(tree, "b")->items[0];
    assert_int_equal(item->at.line, 3);
    assert_int_equal(item->at.column, 5);
    assert_string_equal(item->at.file, "t.yaml");
}

static void a_byte_order_mark_is_passed_over(void **state)
{
    const mera_value *value = get(*state,
                                  "\xEF\xBB\xBF"
                                  "a: 1",
                                  "a");
    assert_int_equal(value->at.column, 4);
}

static void an_empty_file_is_nothing(void **state)
{
    assert_int_equal(fixture_tree(*state, "")->kind, MERA_VALUE_NULL);
    assert_int_equal(fixture_tree(*state, "# a comment\n")->kind, MERA_VALUE_NULL);
}

static void an_alias_is_what_its_anchor_stands_for(void **state)
{
    const mera_value *tree = fixture_tree(*state, "a: &x {k: [1, 2]}\nb: *x\n");
    assert_ptr_equal(mera_value_get(tree, "a"), mera_value_get(tree, "b"));
    tree = fixture_tree(*state, "a: &x 1\nb: &x 2\nc: *x\n");
    assert_true(mera_value_get(tree, "c")->number == 2);
}

static void refuses(fixture *f, const char *text, mera_code code, const char *message,
                    uint32_t line, uint32_t column)
{
    const mera_value *tree;
    mera_diags *diags = mera_diags_new(f->arena);
    assert_int_equal(mera_yaml_read(text, strlen(text), "t.yaml", f->arena, diags, &tree), code);
    assert_int_equal(mera_diags_size(diags), 1);
    const mera_diag *said = mera_diags_get(diags, 0);
    assert_string_equal(said->message, message);
    assert_int_equal(said->at.line, line);
    assert_int_equal(said->at.column, column);
}

static void refuses_what_a_methodology_may_not_hold(void **state)
{
    fixture *f = *state;
    refuses(f, "a: 1\nb: 2\na: 3\n", MERA_EINPUT, "the key 'a' stands twice in one map", 3, 1);
    refuses(f, "a: !!int 1\n", MERA_EINPUT,
            "the tag '!!int': tags are not allowed in a methodology", 1, 4);
    refuses(f, "a: !mine 1\n", MERA_EINPUT,
            "the tag '!mine': tags are not allowed in a methodology", 1, 4);
    refuses(f, "? [a, b]\n: 1\n", MERA_EINPUT, "a key must be plain text, not a list or a map", 1,
            3);
    refuses(f, "a: &k x\n*k : 1\n", MERA_EINPUT, "a key must be plain text, not an alias", 2, 1);
    refuses(f, "a: 1\n---\nb: 1\n", MERA_EINPUT,
            "a second document starts here; a file holds one methodology", 2, 1);
    refuses(f, "a: &a [*a]\n", MERA_EINPUT, "the alias '*a' stands inside its own anchor '&a'", 1,
            8);
    refuses(f, "a: \"x\\0y\"\n", MERA_EINPUT, "a text may not hold the character NUL", 1, 4);
}

static void says_syntax_errors_in_plain_words(void **state)
{
    fixture *f = *state;
    refuses(f, "a: b: c\n", MERA_EINPUT, "a ':' cannot stand here: the line already is a value", 1,
            5);
    refuses(f, "a:\n  b:c\n  d: 1\n", MERA_EINPUT, "a blank is missing after this ':'", 2, 4);
    refuses(f, "a:\n\tb: 1\n", MERA_EINPUT,
            "a tab stands in the indentation; YAML indents with blanks only", 2, 1);
    refuses(f, "a: [1, 2\nb: 1\n", MERA_EINPUT,
            "a ',' or the closing ']' of the list is missing before this", 2, 2);
    refuses(f, "a: {b: 1\n", MERA_EINPUT,
            "a ',' or the closing '}' of the map is missing before this", 2, 1);
    refuses(f, "a: 'b\n", MERA_EINPUT, "the quote that opens here is never closed", 1, 4);
    refuses(f, "a: @b\n", MERA_EINPUT, "a value cannot start with '@'", 1, 4);
    refuses(f, "a: 1\nword\nb: 2\n", MERA_EINPUT,
            "this is neither 'key: value' nor '- item': a ':' with a blank after it is missing", 2,
            1);
    refuses(f, "a: \"\\q\"\n", MERA_EINPUT,
            "this escape sequence is not known inside double quotes", 1, 5);
    refuses(f, "a: b\x01\n", MERA_EINPUT, "a control character stands here", 1, 5);
    refuses(f, "a: \xCA\n", MERA_EINPUT, "the byte 0xCA here is not UTF-8 text", 1, 4);
    refuses(f,
            "\xFF\xFE"
            "a",
            MERA_EINPUT, "the file is UTF-16; it must be UTF-8", 1, 1);
}

static void depth_is_limited_also_through_aliases_and_keys(void **state)
{
    fixture *f = *state;
    char deep[2000] = "";
    for (int i = 0; i < 64; i++) {
        strcat(deep, "[");
    }
    strcat(deep, "1");
    for (int i = 0; i < 64; i++) {
        strcat(deep, "]");
    }
    assert_non_null(fixture_tree(f, deep));
    char too_deep[2000] = "a: ";
    strcat(too_deep, deep);
    refuses(f, too_deep, MERA_ELIMIT, "more than 64 maps and lists inside each other", 1, 67);

    char aliased[4000] = "- &x ";
    strcat(strcat(aliased, deep + 24), "\n"); /* 40 open, 64 close: cut the rest */
    aliased[strlen(aliased) - 1 - 24] = '\0';
    strcat(aliased, "\n- ");
    for (int i = 0; i < 24; i++) {
        strcat(aliased, "[");
    }
    strcat(aliased, "*x");
    for (int i = 0; i < 24; i++) {
        strcat(aliased, "]");
    }
    refuses(f, aliased, MERA_ELIMIT, "more than 64 maps and lists inside each other", 2, 27);

    char keys[2000] = "";
    for (int i = 0; i < 400; i++) {
        strcat(keys, "? ");
    }
    const mera_value *tree;
    assert_int_equal(mera_yaml_read(keys, strlen(keys), "t.yaml", f->arena, f->diags, &tree),
                     MERA_ELIMIT);
}

static void values_are_counted_with_their_aliases(void **state)
{
    fixture *f = *state;
    char bomb[4000] = "- &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 7; i++) {
        char line[200];
        snprintf(line, sizeof line, "- &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i,
                 i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
        strcat(bomb, line);
    }
    refuses(f, bomb, MERA_ELIMIT, "more than 100000 values, those of an alias counted at each use",
            6, 13);
}

static void a_file_over_a_mebibyte_is_refused(void **state)
{
    fixture *f = *state;
    const size_t n = MERA_TREE_BYTES + 1;
    char *text = malloc(n);
    memset(text, '#', n);
    const mera_value *tree;
    assert_int_equal(mera_yaml_read(text, n, "t.yaml", f->arena, f->diags, &tree), MERA_ELIMIT);
    assert_said(f->diags, "the file has 1048577 bytes; a methodology may have 1048576");
    assert_int_equal(mera_yaml_read(text, n - 1, "t.yaml", f->arena, f->diags, &tree), MERA_OK);
    free(text);
}

static void all_recoverable_problems_are_said_at_once(void **state)
{
    fixture *f = *state;
    const char *text = "a: !t 1\na: 2\n<<: {}\nb: *none\nc: 3\n";
    const mera_value *tree;
    assert_int_equal(mera_yaml_read(text, strlen(text), "t.yaml", f->arena, f->diags, &tree),
                     MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 4);
    assert_non_null(tree);
    assert_true(mera_value_get(tree, "c")->number == 3);
}

static void the_value_of_a_set_is_read_as_flow_text(void **state)
{
    fixture *f = *state;
    const mera_value *value;
    assert_int_equal(mera_yaml_flow("{op: minmax, range: [0, 1]}", "--set x={...}", "--set",
                                    f->arena, f->diags, &value),
                     MERA_OK);
    assert_int_equal(value->kind, MERA_VALUE_MAP);
    assert_string_equal(value->entries[1].value->items[1]->origin, "--set");
    assert_string_equal(value->at.file, "--set x={...}");
    assert_int_equal(value->at.line, 0);
    assert_int_equal(mera_yaml_flow("[1", "--set x=[1", "--set", f->arena, f->diags, &value),
                     MERA_EINPUT);
    assert_said(f->diags, "a ',' or the closing ']' of the list is missing before this");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(scalars_are_typed_by_the_core_schema_of_yaml_1_2),
        fixture_test(a_scalar_keeps_its_text_as_written),
        fixture_test(places_count_from_one_and_in_characters),
        fixture_test(a_byte_order_mark_is_passed_over),
        fixture_test(an_empty_file_is_nothing),
        fixture_test(an_alias_is_what_its_anchor_stands_for),
        fixture_test(refuses_what_a_methodology_may_not_hold),
        fixture_test(says_syntax_errors_in_plain_words),
        fixture_test(depth_is_limited_also_through_aliases_and_keys),
        fixture_test(values_are_counted_with_their_aliases),
        fixture_test(a_file_over_a_mebibyte_is_refused),
        fixture_test(all_recoverable_problems_are_said_at_once),
        fixture_test(the_value_of_a_set_is_read_as_flow_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
