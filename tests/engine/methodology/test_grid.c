/* SPDX-License-Identifier: Apache-2.0 */
/** @file Choices of settings: ranges in exact decimals, values between bars, the key `grid`. */
#include "fixture.h"

#include "base/text.h"

/** Reads `text` and writes its choices with blanks between. */
static const char *choices(fixture *f, const char *text)
{
    mera_axis axis = {.path = "seed", .at = MERA_NOWHERE};
    mera_text out = {.arena = f->arena};
    assert_int_equal(mera_axis_read(text, f->arena, f->diags, &axis), MERA_OK);
    for (size_t i = 0; i < axis.n; i++) {
        mera_text_addf(&out, "%s%s", i > 0 ? " " : "", axis.choice[i]);
    }
    mera_text_add(&out, "");
    return mera_text_string(&out);
}

static void ranges_count_in_exact_decimals(void **state)
{
    fixture *f = *state;
    assert_string_equal(choices(f, "0..5:1"), "0 1 2 3 4 5");
    assert_string_equal(choices(f, "0..1:0.1"), "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1");
    assert_string_equal(choices(f, "-1..0.25:.5"), "-1 -0.5 0");
    assert_string_equal(choices(f, "-0.05..0.05:0.05"), "-0.05 0 0.05");
    assert_string_equal(choices(f, "3..3:1"), "3");
    assert_string_equal(choices(f, "1..2:0.30"), "1 1.3 1.6 1.9");
}

static void bars_part_values_outside_quotes_and_brackets(void **state)
{
    fixture *f = *state;
    assert_string_equal(choices(f, "minmax|zscore"), "minmax zscore");
    assert_string_equal(choices(f, "[0,1]|[0,100]"), "[0,1] [0,100]");
    assert_string_equal(choices(f, "'a|b'|c"), "'a|b' c");
    assert_string_equal(choices(f, "{op: a|b}"), "");
}

static void other_values_are_one(void **state)
{
    fixture *f = *state;
    assert_string_equal(choices(f, "4"), "");
    assert_string_equal(choices(f, "[1, 2, 3]"), "");
    assert_string_equal(choices(f, "'1..2 years'"), "");
    assert_string_equal(choices(f, "../data.csv"), "");
    assert_string_equal(choices(f, ""), "");
}

static void bad_ranges_say_how_one_is_written(void **state)
{
    static const char *const bad[] = {"0..5",
                                      "5..0:1",
                                      "0..1:0",
                                      "0..1:-1",
                                      "0..2000:1",
                                      "a|",
                                      "0..",
                                      "0..5:",
                                      "1..2:x",
                                      "0..1e9:1",
                                      "0..1234567890123456:1"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        mera_axis axis = {.path = "seed", .at = MERA_NOWHERE};
        assert_int_equal(mera_axis_read(bad[i], f->arena, f->diags, &axis), MERA_EINPUT);
        assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), i + 1);
        assert_non_null(mera_diags_get(f->diags, i)->hint);
    }
}

static void the_key_holds_ranges_and_lists(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, FIXTURE_HEAD FIXTURE_TAIL
        "grid:\n  seed: 1..2:0.5\n  steps.normalise: [{op: minmax, range: [0, 100]}, none]\n");
    assert_int_equal(m->n_axes, 2);
    assert_string_equal(m->axis[0].path, "seed");
    assert_int_equal(m->axis[0].n, 3);
    assert_string_equal(m->axis[0].choice[1], "1.5");
    assert_string_equal(m->axis[1].choice[0], "{op: minmax, range: [0, 100]}");
    assert_string_equal(m->axis[1].choice[1], "none");
}

static void the_key_does_not_count_for_the_hash(void **state)
{
    fixture *f = *state;
    const char *without = fixture_ok(f, FIXTURE_HEAD FIXTURE_TAIL)->sha256;
    f->n_files = 0;
    assert_string_equal(fixture_ok(f, FIXTURE_HEAD FIXTURE_TAIL "grid: {seed: [1, 2]}\n")->sha256,
                        without);
}

static void mistakes_in_the_key_are_told(void **state)
{
    fixture_refused(*state, FIXTURE_HEAD FIXTURE_TAIL "grid: {sead: [1, 2]}\n",
                    "no 'sead' in the methodology: the path 'sead' leads nowhere");
}

static void one_value_is_no_grid(void **state)
{
    fixture_refused(*state, FIXTURE_HEAD FIXTURE_TAIL "grid: {seed: 5}\n",
                    "'seed' in 'grid' needs a range or a list of values");
}

static void a_range_in_the_key_needs_a_step(void **state)
{
    fixture_refused(*state, FIXTURE_HEAD FIXTURE_TAIL "grid: {seed: 0..5}\n",
                    "'seed: 0..5' is a range without a step");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(ranges_count_in_exact_decimals),
        fixture_test(bars_part_values_outside_quotes_and_brackets),
        fixture_test(other_values_are_one),
        fixture_test(bad_ranges_say_how_one_is_written),
        fixture_test(the_key_holds_ranges_and_lists),
        fixture_test(the_key_does_not_count_for_the_hash),
        fixture_test(mistakes_in_the_key_are_told),
        fixture_test(one_value_is_no_grid),
        fixture_test(a_range_in_the_key_needs_a_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
