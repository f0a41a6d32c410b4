/* SPDX-License-Identifier: Apache-2.0 */
/** @file Numbers as people write them, and those that are refused. */
#include "mera_test.h"

#include "io/number_text.h"

#include <stdlib.h>

#define NBSP "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"

static const io_cell_rules point = {.decimal = '.'}, comma = {.decimal = ','};

static io_cell cell(const io_cell_rules *rules, const char *text)
{
    return io_cell_read(rules, (mera_slice){text, strlen(text)});
}

static void reads(const io_cell_rules *rules, const char *text, double expected)
{
    const io_cell c = cell(rules, text);
    double plain = expected;
    if (c.kind != IO_CELL_NUMBER || c.value != expected ||
        (io_number_plain((mera_slice){text, strlen(text)}, rules->decimal, &plain) &&
         plain != expected)) {
        print_error("'%s' gives %.17g and %.17g\n", text, c.value, plain);
        fail();
    }
    assert_int_equal(c.reason, MERA_OBSERVED);
}

static void refuses(const io_cell_rules *rules, const char *text)
{
    double plain = 0;
    const io_cell c = cell(rules, text);
    if (c.kind != IO_CELL_UNREADABLE ||
        io_number_plain((mera_slice){text, strlen(text)}, rules->decimal, &plain)) {
        print_error("'%s' was taken as %g\n", text, c.value);
        fail();
    }
    assert_missing(c.value);
    assert_int_equal(c.reason, MERA_UNREADABLE);
}

static void reads_a_decimal_point_or_comma_as_the_file_has_it(void **state)
{
    (void)state;
    reads(&point, "12.5", 12.5);
    reads(&comma, "12,5", 12.5);
    refuses(&point, "12,5");
    refuses(&comma, "12.5");
    reads(&point, "-0.001", -0.001);
    reads(&point, "+7", 7);
    reads(&point, ".5", 0.5);
    reads(&point, "5.", 5);
    reads(&point, "1e-05", 1e-5);
    reads(&comma, "1,5E3", 1500);
    reads(&point, "0", 0);
    reads(&point, " 8 ", 8);
    reads(&point, NBSP "8" NNBSP, 8);
    assert_false(signbit(cell(&point, "-0").value));
    assert_false(signbit(cell(&point, "-0.0").value));
}

static void reads_thousands_by_spaces_and_apostrophes(void **state)
{
    (void)state;
    reads(&comma, "1 234 567,8", 1234567.8);
    reads(&comma, "12" NBSP "345", 12345);
    reads(&comma, "12" NNBSP "345" NNBSP "678", 12345678);
    reads(&point, "1'234.5", 1234.5);
    reads(&comma, "-1 234", -1234);
    refuses(&comma, "12 34");
    refuses(&comma, "1 2345");
    refuses(&comma, "1234 567");         /* the first group is too long */
    refuses(&comma, "1 234" NBSP "567"); /* two kinds */
    refuses(&comma, "1  234");
}

static void reads_the_typographic_minus_and_no_other_dash(void **state)
{
    (void)state;
    reads(&comma, MINUS "3,5", -3.5);
    refuses(&comma, "\xE2\x80\x93"
                    "3,5");
    refuses(&point, "--3");
}

static void refuses_what_is_not_clearly_a_number(void **state)
{
    (void)state;
    static const char *const texts[] = {"12%",  "(12)",  "1,234,567", "12.5.3", "01.02.2020",
                                        "0x1F", "inf",   "Infinity",  "1e",     "e5",
                                        "1 e5", "12 km", "abc",       "1/2",    ".",
                                        "+",    "1e999", "<",         "<a",     ">5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        refuses(&point, texts[i]);
    }
}

static void customary_marks_mean_absent(void **state)
{
    (void)state;
    static const char *const marks[] = {
        "",     " ", "NA",           "N/A",          "n/a", "NaN", "nan",          "null",
        "NULL", "-", "\xE2\x80\x93", "\xE2\x80\x94", "..",  "...", "\xE2\x80\xA6", "#N/A"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const io_cell c = cell(&point, marks[i]);
        assert_int_equal(c.kind, IO_CELL_MISSING);
        assert_int_equal(c.reason, MERA_ABSENT);
        assert_missing(c.value);
    }
    reads(&point, "-999", -999); /* only when declared */
}

static void declared_marks_say_why_and_may_be_the_only_ones(void **state)
{
    (void)state;
    const mera_mark marks[] = {
        {"-999", MERA_ABSENT}, {"c", MERA_SUPPRESSED}, {"x", MERA_NOT_APPLICABLE}};
    io_cell_rules rules = {.decimal = '.', .mark = marks, .n_mark = 3};
    assert_int_equal(cell(&rules, "-999").reason, MERA_ABSENT);
    assert_int_equal(cell(&rules, " c ").reason, MERA_SUPPRESSED);
    assert_int_equal(cell(&rules, "x").reason, MERA_NOT_APPLICABLE);
    assert_int_equal(cell(&rules, "NA").kind, IO_CELL_MISSING);
    rules.decimal = ',';
    rules.digit_mark = true; /* as the reader says when a mark is a number */
    assert_int_equal(cell(&rules, "-999").kind, IO_CELL_MISSING);
    assert_int_equal(cell(&rules, "-999,00").kind, IO_CELL_MISSING);
    assert_int_equal(cell(&rules, "-999,5").kind, IO_CELL_NUMBER);
    rules.only_marks = true;
    assert_int_equal(cell(&rules, "NA").kind, IO_CELL_UNREADABLE);
    assert_int_equal(cell(&rules, "").kind, IO_CELL_MISSING);
    assert_int_equal(cell(&rules, "c").reason, MERA_SUPPRESSED);
}

static void a_bound_becomes_what_the_methodology_says(void **state)
{
    (void)state;
    io_cell_rules rules = {.decimal = ','};
    assert_int_equal(cell(&rules, "<5").kind, IO_CELL_CENSORED);
    assert_int_equal(cell(&rules, "<5").reason, MERA_CENSORED);
    assert_missing(cell(&rules, "<5").value);
    rules.censored = MERA_CENSORED_HALF;
    assert_close(cell(&rules, "< 5").value, 2.5, 0);
    rules.censored = MERA_CENSORED_BOUND;
    assert_close(cell(&rules, "<1 000,5").value, 1000.5, 0);
}

static void takes_the_leading_number_of_a_text_when_told_so(void **state)
{
    (void)state;
    const io_cell_rules rules = {.decimal = ',', .in_text = true};
    const char *text = "14,8 тыс.чел.";
    refuses(&comma, text);
    const io_cell c = cell(&rules, text);
    assert_int_equal(c.kind, IO_CELL_NUMBER);
    assert_close(c.value, 14.8, 0);
    assert_true(mera_slice_eq(c.unit, "тыс.чел."));
    assert_close(cell(&rules, "1 234 567 руб.").value, 1234567, 0);
    assert_close(cell(&rules, "5%").value, 5, 0);
    assert_int_equal(cell(&rules, "около 5").kind, IO_CELL_UNREADABLE);
}

static void leading_zeros_are_noticed(void **state)
{
    (void)state;
    double value = 0;
    assert_true(cell(&point, "0107").leading_zero);
    assert_false(cell(&point, "0.5").leading_zero);
    assert_false(cell(&point, "0").leading_zero);
    assert_false(cell(&point, "107").leading_zero);
    assert_false(io_number_plain((mera_slice){"0107", 4}, '.', &value)); /* goes the long way */
}

static uint64_t draw(uint64_t *state) /* splitmix64 */
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15U);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

/* The C library's strtod is correctly rounded: the reference. */
static void plain_digits_are_rounded_correctly(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 400000; i++) {
        char text[40];
        const unsigned n = 1 + (unsigned)(draw(&seed) % 19),
                       cut = (unsigned)(draw(&seed) % (n + 1));
        size_t length = 0;
        if (draw(&seed) % 2 == 0) {
            text[length++] = '-';
        }
        for (unsigned k = 0; k < n; k++) {
            if (k == cut && k > 0) {
                text[length++] = '.';
            }
            const char digit = (char)('0' + draw(&seed) % 10);
            text[length++] = k == 0 && n > 1 && cut != 1 && digit == '0' ? '1' : digit;
        }
        text[length] = '\0';
        double value = 0;
        assert_true(io_number_plain((mera_slice){text, length}, '.', &value));
        if (value != strtod(text, NULL)) {
            print_error("%s: %.17g is not %.17g\n", text, value, strtod(text, NULL));
            fail();
        }
    }
}

/* Halfway between two doubles, and just beside: where a second rounding would show. */
static void ties_are_rounded_to_even(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "9007199254740993",     "9007199254740995",      "9007199254740992.5",
        "9007199254740993.1",   "4503599627370496.5",    "4503599627370497.5",
        "1125899906842624.125", "1125899906842624.375",  "18446744073709551",
        "9999999999999999999",  "0.1234567890123456789", "1.000000000000000111",
        "562949953421312.0625", "562949953421312.1875"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 0;
        const bool plain = io_number_plain((mera_slice){texts[i], strlen(texts[i])}, '.', &value);
        const io_cell c = cell(&point, texts[i]);
        assert_true(!plain || value == strtod(texts[i], NULL));
        assert_true(c.value == strtod(texts[i], NULL));
    }
}

static void fields_vote_for_their_decimal_mark(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char vote;
    } cases[] = {{"1.5", '.'},  {"1,5", ','},        {"1 234,5", ','}, {"15", 0},
                 {"abc.d", 0},  {"01.02.2020", 0},   {"1,234,567", 0}, {"", 0},
                 {"-0,5", ','}, {"14,8 тыс.чел.", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mera_slice text = {cases[i].text, strlen(cases[i].text)};
        assert_int_equal(io_decimal_vote(text, false), cases[i].vote);
    }
    assert_int_equal(io_decimal_vote((mera_slice){"14,8 kg", 7}, true), ',');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_decimal_point_or_comma_as_the_file_has_it),
        cmocka_unit_test(reads_thousands_by_spaces_and_apostrophes),
        cmocka_unit_test(reads_the_typographic_minus_and_no_other_dash),
        cmocka_unit_test(refuses_what_is_not_clearly_a_number),
        cmocka_unit_test(customary_marks_mean_absent),
        cmocka_unit_test(declared_marks_say_why_and_may_be_the_only_ones),
        cmocka_unit_test(a_bound_becomes_what_the_methodology_says),
        cmocka_unit_test(takes_the_leading_number_of_a_text_when_told_so),
        cmocka_unit_test(leading_zeros_are_noticed),
        cmocka_unit_test(plain_digits_are_rounded_correctly),
        cmocka_unit_test(ties_are_rounded_to_even),
        cmocka_unit_test(fields_vote_for_their_decimal_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
