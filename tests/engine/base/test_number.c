/* SPDX-License-Identifier: Apache-2.0 */
/** @file Numbers to text and back: exact, shortest, and free of the program's locale. */
#include "mera_test.h"

#include "base/number.h"

#include <locale.h>
#include <stdlib.h>

static uint64_t draw(uint64_t *state) /* splitmix64 */
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15U);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

static double from_bits(uint64_t bits)
{
    double x = 0;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static bool same(double a, double b)
{
    return a == b && signbit(a) == signbit(b);
}

static void assert_written(double x, const char *expected)
{
    char text[32];
    const size_t n = mera_number_write(x, text);
    assert_string_equal(text, expected);
    assert_int_equal(n, strlen(expected));
}

static void writes_the_shortest_that_reads_back(void **state)
{
    (void)state;
    assert_written(0.1, "0.1");
    assert_written(0.1 + 0.2, "0.30000000000000004");
    assert_written(-0.6175, "-0.6175");
    assert_written(1.0 / 3, "0.3333333333333333");
    assert_written(100, "100");
    assert_written(123456.75, "123456.75");
    assert_written(9007199254740992, "9007199254740992");
    assert_written(5e-324, "5e-324"); /* one digit, where 15 would also read back */
    assert_written(2.2250738585072014e-308, "2.2250738585072014e-308");
    assert_written(1.7976931348623157e308, "1.7976931348623157e+308");
    assert_written(9.5367431640625e-7, "9.5367431640625e-7"); /* 2^-20: exact */
}

static void zero_has_no_sign_and_missing_no_text(void **state)
{
    (void)state;
    assert_written(0.0, "0");
    assert_written(-0.0, "0");
    assert_written(NAN, "");
}

static void uses_an_exponent_only_outside_the_plain_range(void **state)
{
    (void)state;
    assert_written(1e16, "10000000000000000");
    assert_written(12345678901234568, "12345678901234568");
    assert_written(1e17, "1e+17");
    assert_written(1e21, "1e+21");
    assert_written(1.25e22, "1.25e+22");
    assert_written(1e-5, "0.00001");
    assert_written(1.2345e-5, "0.000012345");
    assert_written(9.99e-6, "9.99e-6");
    assert_written(-1e-7, "-1e-7");
}

/* Whether "%.*e" with so many digits reads back as x: the C library is the other road. */
static bool reads_back(double x, int digits)
{
    char text[40];
    snprintf(text, sizeof text, "%.*e", digits - 1, x);
    return strtod(text, NULL) == x;
}

static int digits_of(const char *text)
{
    int digits = 0, zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text < '0' || *text > '9') {
            continue;
        }
        zeros = *text == '0' ? zeros + 1 : 0;
        digits += digits > 0 || *text != '0';
    }
    return digits - (zeros < digits ? zeros : 0);
}

static void check_shortest(double x)
{
    char text[32];
    const size_t n = mera_number_write(x, text);
    double back = 0;
    assert_true(n < 32 && mera_number_read(text, n, &back));
    assert_true(same(back, x));
    const int digits = digits_of(text);
    assert_true(digits <= 17);
    if (digits > 1 && reads_back(x, digits - 1)) {
        print_error("%s is longer than need be\n", text);
        fail();
    }
}

static void any_double_reads_back_and_none_is_longer_than_need_be(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int i = 0; i < 300000; i++) {
        const double x = from_bits(draw(&seed));
        if (isfinite(x) && x != 0) {
            check_shortest(x);
        }
        check_shortest((double)(draw(&seed) % 100000000 + 1) / 1000); /* as data have them */
    }
    for (int e = 1; e < 2047; e++) { /* powers of two: the interval below is half as wide */
        check_shortest(from_bits((uint64_t)e << 52));
        check_shortest(from_bits(((uint64_t)e << 52) + 1));
        check_shortest(from_bits(((uint64_t)e << 52) - 1));
    }
    for (uint64_t i = 1; i < 20000; i++) {
        check_shortest(from_bits(i)); /* subnormal */
    }
}

static bool read(const char *text, double *out)
{
    return mera_number_read(text, strlen(text), out);
}

static void reads_as_the_c_library_does(void **state)
{
    (void)state;
    const char *const texts[] = {
        "0",
        "-0",
        "1",
        "-1.5e3",
        "+7",
        ".5",
        "5.",
        "00012",
        "1e22",
        "1e23",
        "123456789012345e22",
        "9007199254740993",
        "0.1234567890123456789",
        "1e-400",
        "-1e-400",
        "2.2250738585072011e-308",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017"
        "977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273"
        "85"
        "484581771153176447573027006985557136695962284291481986083493647529271907416844436551070434"
        "2"
        "7119938e-200",
        "1.00000000000000011102230246251565404236316680908203124", /* just below a tie */
        "1.00000000000000011102230246251565404236316680908203125", /* a tie */
        "1.00000000000000011102230246251565404236316680908203126",
        "8.5",
        "4503599627370496.5",
        "0.000000000000000000000000000000000000000000000000000000000001",
        "1E5",
        "3e+2",
        "4e-2"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double ours = -1;
        assert_true(read(texts[i], &ours));
        assert_true(same(ours, strtod(texts[i], NULL)));
    }
    uint64_t seed = 12;
    for (int i = 0; i < 300000; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s%u.%0*lue%d", i % 2 == 0 ? "-" : "",
                 (unsigned)(draw(&seed) % 1000), i % 18 + 1, (unsigned long)(draw(&seed) % 1000000),
                 (int)(draw(&seed) % 60) - 30);
        double ours = -1;
        assert_true(read(text, &ours));
        assert_true(same(ours, strtod(text, NULL)));
    }
}

static void refuses_all_that_is_not_wholly_a_number(void **state)
{
    (void)state;
    const char *const texts[] = {"",      " ",        " 1",   "1 ",    "1,5",   "1.2.3", "-",
                                 "+",     ".",        "e5",   "1e",    "1e+",   "1e5x",  "0x10",
                                 "inf",   "nan",      "NaN",  "1_000", "--1",   "1-2",   "−1",
                                 "1e5.0", "infinity", "12 %", "1e400", "-1e400"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double ours = 42;
        if (read(texts[i], &ours)) {
            print_error("'%s' was read as %g\n", texts[i], ours);
            fail();
        }
        assert_true(ours == 42); /* and leaves what was there */
    }
}

static void reads_no_further_than_it_was_told(void **state)
{
    (void)state;
    double x = 0;
    assert_true(mera_number_read("12345", 3, &x));
    assert_true(x == 123);
    assert_true(mera_number_read("0.12345678901234567890,7", 22, &x));
    assert_true(x == 0.12345678901234567890);
    assert_false(mera_number_read("1\0002", 3, &x));
}

static void a_text_of_any_length_is_read(void **state)
{
    (void)state;
    char text[3000];
    memset(text, '1', sizeof text);
    text[1] = '.';
    double x = 0;
    assert_true(mera_number_read(text, sizeof text, &x));
    assert_true(x == 1.1111111111111112);
    const char tie[] = "1.00000000000000011102230246251565404236316680908203125";
    memset(text, '0', sizeof text);
    memcpy(text, tie, sizeof tie - 1);
    assert_true(mera_number_read(text, sizeof text, &x));
    assert_true(x == 1); /* a tie, to even */
    text[2999] = '1';
    assert_true(mera_number_read(text, sizeof text, &x));
    assert_true(x == 0x1.0000000000001p0); /* the last of 3000 digits breaks it */
    memset(text, '0', sizeof text);
    text[2999] = '7';
    assert_true(mera_number_read(text, sizeof text, &x));
    assert_true(x == 7);
}

static void the_locale_of_the_program_does_not_matter(void **state)
{
    (void)state;
    const char *const names[] = {"ru_RU.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    const char *set = NULL;
    for (size_t i = 0; set == NULL && i < 3; i++) {
        set = setlocale(LC_ALL, names[i]);
    }
    if (set == NULL) {
        print_message("skipped: no locale with a decimal comma is installed\n");
        skip();
    }
    double x = 0;
    assert_written(0.12345678901234568, "0.12345678901234568");
    assert_true(read("0.12345678901234567890", &x));
    assert_true(x == 0.12345678901234567890);
    assert_false(read("0,5", &x));
    setlocale(LC_ALL, "C");
}

static void assert_fixed(double x, int digits, const char *expected)
{
    char text[64];
    const size_t n = mera_number_write_fixed(x, digits, text);
    assert_string_equal(text, expected);
    assert_int_equal(n, strlen(expected));
}

static void writes_fixed_decimals_half_up(void **state)
{
    (void)state;
    assert_fixed(0.61749999999999994, 3, "0.618");
    assert_fixed(2.5, 0, "3");
    assert_fixed(-2.5, 0, "-3");
    assert_fixed(1.005, 2, "1.01");
    assert_fixed(7, 2, "7.00");
    assert_fixed(99.996, 2, "100.00");
    assert_fixed(-0.001, 2, "0.00");
    assert_fixed(0.05, 1, "0.1");
    assert_fixed(1234.5, 3, "1234.500");
    assert_fixed(0.000012345, 7, "0.0000123");
    assert_fixed(0.0000012, 7, "0.0000012");
    assert_fixed(-1.25e-19, 20, "-0.00000000000000000013");
    assert_fixed(1e30, 2, "1000000000000000000000000000000.00");
    assert_fixed(-1e40, 2, "-1e+40");
    assert_fixed(1e16, 1, "10000000000000000.0");
    assert_fixed(1234, -2, "1200");
    assert_fixed(NAN, 2, "");
    assert_fixed(1.5, 25, "1.50000000000000000000"); /* twenty at most */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_the_shortest_that_reads_back),
        cmocka_unit_test(zero_has_no_sign_and_missing_no_text),
        cmocka_unit_test(uses_an_exponent_only_outside_the_plain_range),
        cmocka_unit_test(any_double_reads_back_and_none_is_longer_than_need_be),
        cmocka_unit_test(reads_as_the_c_library_does),
        cmocka_unit_test(refuses_all_that_is_not_wholly_a_number),
        cmocka_unit_test(reads_no_further_than_it_was_told),
        cmocka_unit_test(a_text_of_any_length_is_read),
        cmocka_unit_test(the_locale_of_the_program_does_not_matter),
        cmocka_unit_test(writes_fixed_decimals_half_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
