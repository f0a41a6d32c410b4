/* SPDX-License-Identifier: Apache-2.0 */
/** @file How reports look: widths in columns of a terminal, bars, numbers for people. */
#include "report/style.h"
#include "report/words.h"

#include "mera_test.h"

static int setup(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int teardown(void **state)
{
    mera_arena_free(*state);
    return 0;
}

static void pads_and_cuts_by_width_not_by_bytes(void **state)
{
    mera_text out = {.arena = *state};
    mera_style_pad(&out, "Ольховка", 10, false);
    mera_text_add(&out, "|");
    mera_style_pad(&out, "Ольховка", 5, false);
    mera_text_add(&out, "|");
    mera_style_pad(&out, "12", 5, true);
    mera_text_add(&out, "|");
    mera_style_pad(&out, "ab", 0, true);
    assert_string_equal(mera_text_string(&out), "Ольховка  |Ольх…|   12|");
    assert_string_equal(mera_style_cut("Ольховка", 8, *state), "Ольховка");
    assert_string_equal(mera_style_cut("Ольховка", 7, *state), "Ольхов…");
    /* a wide character that does not fit by half is left out */
    assert_string_equal(mera_style_cut("漢字漢字", 6, *state), "漢字…");
}

static void draws_bars_in_eighths(void **state)
{
    mera_text out = {.arena = *state};
    const double share[] = {0, 1.0 / 32, 0.5, 1, 2, -1, NAN};
    for (size_t i = 0; i < sizeof share / sizeof share[0]; i++) {
        mera_style_bar(&out, share[i], 4);
        mera_text_add(&out, "|");
    }
    assert_string_equal(mera_text_string(&out), "|▏|██|████|████|||");
}

static void draws_profiles_in_eight_heights(void **state)
{
    mera_text out = {.arena = *state};
    const double share[] = {0, 0.124, 0.126, 0.999, 1, NAN};
    for (size_t i = 0; i < sizeof share / sizeof share[0]; i++) {
        mera_style_spark(&out, share[i]);
    }
    assert_string_equal(mera_text_string(&out), "▁▁▂██·");
}

static void colours_only_when_the_view_has_them(void **state)
{
    mera_text out = {.arena = *state};
    const mera_view plain = {"en", false, 80}, colour = {"en", true, 80};
    mera_style_add(&out, &plain, MERA_PAINT_BAD, "a");
    mera_style_add(&out, &colour, MERA_PAINT_NONE, "b");
    mera_style_add(&out, &colour, MERA_PAINT_BAD, "c");
    assert_string_equal(mera_text_string(&out), "ab\033[31mc\033[0m");
}

static void writes_numbers_for_people(void **state)
{
    static const struct {
        double x;
        const char *text;
    } cases[] = {{NAN, "–"},
                 {0, "0"},
                 {1.0 / 3, "0.33333"},
                 {12345.678, "12345.7"},
                 {1234567.8, "1234568"},
                 {-2.5, "-2.5"},
                 {0.00012345678, "0.00012346"},
                 {100, "100"},
                 {1e300, "1e+300"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(mera_style_value(cases[i].x, *state), cases[i].text);
    }
    assert_string_equal(mera_style_number(2.345, 2, *state), "2.35"); /* half up in decimal */
    assert_string_equal(mera_style_number(NAN, 2, *state), "–");
}

static void keeps_four_figures_or_so(void **state)
{
    (void)state;
    assert_int_equal(mera_style_digits(0.9), 3);
    assert_int_equal(mera_style_digits(99.5), 2);
    assert_int_equal(mera_style_digits(2500), 1);
    assert_int_equal(mera_style_digits(NAN), 0);
}

static void scales_bars_from_zero_to_a_round_top(void **state)
{
    double scale[2];
    (void)state;
    mera_style_scale(0.2, 0.9, scale);
    assert_close(scale[0], 0, 0);
    assert_close(scale[1], 1, 0);
    mera_style_scale(3, 62, scale);
    assert_close(scale[1], 100, 0);
    mera_style_scale(3, 240, scale);
    assert_close(scale[1], 240, 0);
    mera_style_scale(-2, 1.5, scale);
    assert_close(scale[0], -2, 0);
    assert_close(scale[1], 1.5, 0);
    mera_style_scale(-2, -2, scale); /* all the same: no division by zero */
    assert_close(scale[1] - scale[0], 1, 0);
}

static void a_series_passes_over_the_missing(void **state)
{
    const double x[] = {NAN, 20, 60, NAN};
    (void)state;
    const mera_series series = mera_series_of(x, 4);
    assert_close(series.scale[1], 100, 0);
    assert_close(mera_series_share(&series, 2), 0.6, 1e-15);
    assert_missing(mera_series_share(&series, 0));
}

static void breaks_lines_at_blanks(void **state)
{
    mera_text out = {.arena = *state};
    const mera_view view = {"en", false, 14};
    mera_style_wrap(&out, &view, 2, "one two three four");
    assert_string_equal(mera_text_string(&out), "  one two\n  three four\n");
}

static void every_word_is_there_in_both_languages(void **state)
{
    (void)state;
    for (int word = 0; word < MERA_N_WORDS; word++) {
        assert_true(mera_word_in((mera_word)word, "ru")[0] != '\0');
        assert_true(mera_word_in((mera_word)word, "en")[0] != '\0');
    }
    assert_string_equal(mera_word_in(MERA_WORD_SCORE, "ru"), "балл");
    assert_string_equal(mera_word_in(MERA_WORD_SCORE, NULL), "score");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pads_and_cuts_by_width_not_by_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(draws_bars_in_eighths, setup, teardown),
        cmocka_unit_test_setup_teardown(draws_profiles_in_eight_heights, setup, teardown),
        cmocka_unit_test_setup_teardown(colours_only_when_the_view_has_them, setup, teardown),
        cmocka_unit_test_setup_teardown(writes_numbers_for_people, setup, teardown),
        cmocka_unit_test(keeps_four_figures_or_so),
        cmocka_unit_test(scales_bars_from_zero_to_a_round_top),
        cmocka_unit_test(a_series_passes_over_the_missing),
        cmocka_unit_test_setup_teardown(breaks_lines_at_blanks, setup, teardown),
        cmocka_unit_test(every_word_is_there_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
