/* SPDX-License-Identifier: Apache-2.0 */
/** @file Diagnostics: what is recorded, in which order, and how it is printed to the last blank. */
#include "mera_test.h"

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
} fixture;

static int setup(void **state)
{
    static fixture f;
    f.arena = mera_arena_new();
    f.diags = mera_diags_new(f.arena);
    *state = &f;
    return f.diags == NULL;
}

static int teardown(void **state)
{
    fixture *f = *state;
    mera_arena_free(f->arena);
    return 0;
}

static mera_at at(const char *file, uint32_t line, uint32_t column, uint32_t length)
{
    return (mera_at){file, line, column, length};
}

static const char *text_of(fixture *f, size_t index)
{
    return mera_diag_text(f->diags, mera_diags_get(f->diags, index), f->arena);
}

static void lend(fixture *f, const char *file, const char *text)
{
    mera_diags_source(f->diags, file, text, strlen(text));
}

static void a_failure_returns_its_code_and_is_recorded(void **state)
{
    fixture *f = *state;
    assert_int_equal(mera_fail(f->diags, MERA_EINPUT, "some-id", MERA_NOWHERE, "%d of %s", 3, "x"),
                     MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 1);
    const mera_diag *diag = mera_diags_get(f->diags, 0);
    assert_int_equal(diag->severity, MERA_ERROR);
    assert_string_equal(diag->id, "some-id");
    assert_string_equal(diag->message, "3 of x");
    assert_null(diag->hint);
    assert_string_equal(text_of(f, 0), "error: 3 of x [some-id]\n");
}

static void want_of_memory_is_not_recorded(void **state)
{
    fixture *f = *state;
    assert_int_equal(mera_fail(f->diags, MERA_ENOMEM, "memory", MERA_NOWHERE, "no"), MERA_ENOMEM);
    assert_int_equal(mera_diags_size(f->diags), 0);
}

static void without_a_list_only_the_code_comes_back(void **state)
{
    (void)state;
    assert_int_equal(mera_fail(NULL, MERA_ELIMIT, "x", MERA_NOWHERE, "y"), MERA_ELIMIT);
    assert_int_equal(mera_within(NULL, MERA_ELIMIT, MERA_NOWHERE, "y"), MERA_ELIMIT);
    mera_warn(NULL, "x", MERA_NOWHERE, "y");
    mera_note(NULL, "x", MERA_NOWHERE, "y");
    mera_hint(NULL, "y");
    mera_diags_sort(NULL);
    assert_int_equal(mera_diags_size(NULL), 0);
    assert_int_equal(mera_diags_count(NULL, MERA_ERROR), 0);
}

static void a_problem_that_cannot_be_recorded_becomes_want_of_memory(void **state)
{
    (void)state;
    size_t failures = 0;
    for (size_t n = 1;; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        mera_diags *diags = mera_diags_new(arena);
        mera_code code = mera_fail(diags, MERA_EINPUT, "x", at("a.yaml", 1, 1, 0), "message");
        if (code == MERA_EINPUT) {
            code = mera_within(diags, code, at("b.yaml", 2, 1, 0), "frame");
        }
        mera_arena_free(arena);
        if (code == MERA_EINPUT) {
            break;
        }
        assert_int_equal(code, MERA_ENOMEM);
        failures++;
    }
    assert_true(failures >= 6); /* message, file, its list and name, entry, its list, frames ... */
}

static void severities_are_counted_apart(void **state)
{
    fixture *f = *state;
    mera_warn(f->diags, "w", MERA_NOWHERE, "one");
    mera_note(f->diags, "n", MERA_NOWHERE, "two");
    mera_warn(f->diags, "w", MERA_NOWHERE, "three");
    assert_int_equal(mera_diags_count(f->diags, MERA_WARNING), 2);
    assert_int_equal(mera_diags_count(f->diags, MERA_NOTE), 1);
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 0);
    assert_string_equal(text_of(f, 0), "warning: one [w]\n");
    assert_string_equal(text_of(f, 1), "note: two [n]\n");
}

static void prints_line_caret_frames_and_hint(void **state)
{
    fixture *f = *state;
    lend(f, "m/r.yaml", "a: 1\nb:\n        hi: 0\nlast: 3\n");
    mera_code code = mera_fail(f->diags, MERA_EINPUT, "param", at("m/r.yaml", 3, 13, 1),
                               "'lo' and 'hi' are both %g", 0.0);
    code = mera_within(f->diags, code, at("m/r.yaml", 2, 1, 0), "in step '%s'", "minmax");
    code = mera_within(f->diags, code, at("m/r.yaml", 11, 9, 0), "of indicator 'gdp'");
    code = mera_within(f->diags, code, at("plugins/x.lua", 12, 0, 0), "called from here");
    code = mera_within(f->diags, code, at("m/base.yaml", 0, 0, 0), "in methodology 'base'");
    assert_int_equal(mera_within(f->diags, code, MERA_NOWHERE, "at the end"), MERA_EINPUT);
    mera_hint(f->diags, "did you mean '%s'?", "high");
    assert_string_equal(text_of(f, 0), "m/r.yaml:3:13: error: 'lo' and 'hi' are both 0 [param]\n"
                                       "    3 |         hi: 0\n"
                                       "      |             ^\n"
                                       "    2:1  in step 'minmax'\n"
                                       "   11:9  of indicator 'gdp'\n"
                                       "   plugins/x.lua:12  called from here\n"
                                       "   m/base.yaml  in methodology 'base'\n"
                                       "   at the end\n"
                                       "  hint: did you mean 'high'?\n");
}

static void underlines_as_many_characters_as_asked(void **state)
{
    fixture *f = *state;
    lend(f, "a", "вес: пять");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 6, 4), "m");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 6, 400), "m");
    const char *expected = "a:1:6: error: m [x]\n"
                           "    1 | вес: пять\n"
                           "      |      ^~~~\n";
    assert_string_equal(text_of(f, 0), expected);
    assert_string_equal(text_of(f, 1), expected); /* never beyond the line */
}

static void carets_stand_under_wide_and_combining_characters(void **state)
{
    fixture *f = *state;
    lend(f, "a", "東京: e\xCC\x81: x"); /* e and a combining acute are two characters, one column */
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 9, 1), "m");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 1, 2), "m");
    assert_string_equal(text_of(f, 0), "a:1:9: error: m [x]\n"
                                       "    1 | 東京: e\xCC\x81: x\n"
                                       "      |          ^\n");
    assert_string_equal(text_of(f, 1), "a:1:1: error: m [x]\n"
                                       "    1 | 東京: e\xCC\x81: x\n"
                                       "      | ^~~~\n");
}

static void tabs_and_control_characters_take_one_blank(void **state)
{
    fixture *f = *state;
    lend(f, "a", "\tb:\x1B[31m x\r\nnext");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 2, 1), "tab\there");
    assert_string_equal(text_of(f, 0), "a:1:2: error: tab here [x]\n"
                                       "    1 |  b: [31m x\n"
                                       "      |  ^\n");
}

static void a_message_stays_one_line(void **state)
{
    fixture *f = *state;
    mera_fail(f->diags, MERA_EINPUT, "x", MERA_NOWHERE, "field '%s'", "two\nlines\x7F");
    assert_string_equal(text_of(f, 0), "error: field 'two lines ' [x]\n");
}

static void the_caret_may_stand_behind_the_line(void **state)
{
    fixture *f = *state;
    lend(f, "a", "key:\n");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 5, 0), "m");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 2, 1, 0), "m");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 7, 1, 0), "m");
    assert_string_equal(text_of(f, 0), "a:1:5: error: m [x]\n"
                                       "    1 | key:\n"
                                       "      |     ^\n");
    assert_string_equal(text_of(f, 1), "a:2:1: error: m [x]\n"
                                       "    2 | \n"
                                       "      | ^\n");
    assert_string_equal(text_of(f, 2), "a:7:1: error: m [x]\n"); /* there is no such line */
}

static void a_place_without_line_or_column_prints_what_it_has(void **state)
{
    fixture *f = *state;
    lend(f, "a", "only\n");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 0, 0, 0), "m");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 0, 0), "m");
    assert_string_equal(text_of(f, 0), "a: error: m [x]\n");
    assert_string_equal(text_of(f, 1), "a:1: error: m [x]\n    1 | only\n");
}

static void long_lines_are_cut_around_the_caret(void **state)
{
    fixture *f = *state;
    char line[301];
    for (size_t i = 0; i < 300; i++) {
        line[i] = (char)('a' + i % 26);
    }
    line[300] = '\0';
    lend(f, "a", line);
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 3, 1), "m");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 151, 3), "m");
    mera_fail(f->diags, MERA_EINPUT, "x", at("a", 1, 300, 1), "m");
    char expected[600];
    snprintf(expected, sizeof expected, "a:1:3: error: m [x]\n    1 | %.99s…\n      |   ^\n", line);
    assert_string_equal(text_of(f, 0), expected);
    snprintf(expected, sizeof expected, "a:1:151: error: m [x]\n    1 | …%.98s…\n      | %60s^~~\n",
             line + 91, "");
    assert_string_equal(text_of(f, 1), expected);
    snprintf(expected, sizeof expected, "a:1:300: error: m [x]\n    1 | …%.60s\n      | %60s^\n",
             line + 240, "");
    assert_string_equal(text_of(f, 2), expected);
}

static void sorts_by_file_line_and_column_and_keeps_equals(void **state)
{
    fixture *f = *state;
    mera_fail(f->diags, MERA_EINPUT, "1", at("z", 5, 1, 0), "m");
    mera_fail(f->diags, MERA_EINPUT, "2", at("a", 1, 1, 0), "m");
    mera_fail(f->diags, MERA_EINPUT, "3", at("z", 2, 9, 0), "m");
    mera_fail(f->diags, MERA_EINPUT, "4", at("z", 2, 3, 0), "m");
    mera_fail(f->diags, MERA_EINPUT, "5", at("z", 2, 9, 0), "m");
    mera_diags_sort(f->diags);
    mera_hint(f->diags, "of the last recorded");
    const char *order[] = {"4", "3", "5", "1", "2"}; /* z was met before a */
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(mera_diags_get(f->diags, i)->id, order[i]);
    }
    assert_string_equal(mera_diags_get(f->diags, 2)->hint, "of the last recorded");
}

static void merging_copies_texts_frames_and_hints(void **state)
{
    fixture *f = *state;
    mera_arena *other = mera_arena_new();
    mera_diags *from = mera_diags_new(other);
    char file[] = "gone.yaml";
    const mera_code code = mera_fail(from, MERA_EINPUT, "x", at(file, 4, 2, 0), "message");
    mera_within(from, code, at(file, 1, 1, 0), "frame");
    mera_hint(from, "hint");
    mera_warn(from, "w", MERA_NOWHERE, "second");
    mera_note(f->diags, "n", MERA_NOWHERE, "first");
    assert_int_equal(mera_diags_merge(f->diags, from), MERA_OK);
    memset(file, '?', sizeof file - 1);
    mera_arena_free(other);
    assert_int_equal(mera_diags_size(f->diags), 3);
    assert_string_equal(text_of(f, 1), "gone.yaml:4:2: error: message [x]\n"
                                       "    1:1  frame\n"
                                       "  hint: hint\n");
    assert_string_equal(text_of(f, 2), "warning: second [w]\n");
}

static void a_problem_stays_where_it_is_while_others_come(void **state)
{
    fixture *f = *state;
    mera_fail(f->diags, MERA_EINPUT, "first", MERA_NOWHERE, "m");
    const mera_diag *first = mera_diags_get(f->diags, 0);
    for (int i = 0; i < 1000; i++) {
        mera_warn(f->diags, "more", at("file", (uint32_t)i, 1, 0), "%d", i);
    }
    assert_ptr_equal(mera_diags_get(f->diags, 0), first);
    assert_string_equal(mera_diags_get(f->diags, 1000)->message, "999");
}

#define WITH_LIST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_LIST(a_failure_returns_its_code_and_is_recorded),
        WITH_LIST(want_of_memory_is_not_recorded),
        cmocka_unit_test(without_a_list_only_the_code_comes_back),
        cmocka_unit_test(a_problem_that_cannot_be_recorded_becomes_want_of_memory),
        WITH_LIST(severities_are_counted_apart),
        WITH_LIST(prints_line_caret_frames_and_hint),
        WITH_LIST(underlines_as_many_characters_as_asked),
        WITH_LIST(carets_stand_under_wide_and_combining_characters),
        WITH_LIST(tabs_and_control_characters_take_one_blank),
        WITH_LIST(a_message_stays_one_line),
        WITH_LIST(the_caret_may_stand_behind_the_line),
        WITH_LIST(a_place_without_line_or_column_prints_what_it_has),
        WITH_LIST(long_lines_are_cut_around_the_caret),
        WITH_LIST(sorts_by_file_line_and_column_and_keeps_equals),
        WITH_LIST(merging_copies_texts_frames_and_hints),
        WITH_LIST(a_problem_stays_where_it_is_while_others_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
