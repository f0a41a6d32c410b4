/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rounding in decimal, against integers and against text. */
#include "mera_test.h"

#include "mera/rounding.h"

#include <stdlib.h>

static double up(double x, int digits)
{
    return mera_round(x, (mera_rounding){MERA_ROUND_HALF_UP, digits});
}

static double even(double x, int digits)
{
    return mera_round(x, (mera_rounding){MERA_ROUND_HALF_EVEN, digits});
}

static void a_half_on_paper_goes_up(void **state)
{
    (void)state;
    assert_true(up(0.61749999999999994, 3) == 0.618); /* the case of the header: 0.6175 */
    assert_true(up(1.005, 2) == 1.01);                /* kept in binary as 1.00499999999999989 */
    assert_true(up(2.675, 2) == 2.68);
    assert_true(up(0.285, 2) == 0.29);
    assert_true(up(0.5, 0) == 1);
    assert_true(up(2.5, 0) == 3);
    assert_true(up(-2.5, 0) == -3); /* away from zero */
    assert_true(up(1450, -2) == 1500);
    assert_true(up(0.1 + 0.2, 1) == 0.3);
    assert_true(up(8.5e-10, 10) == 9e-10);
}

static void a_half_on_paper_goes_to_even_when_asked(void **state)
{
    (void)state;
    assert_true(even(0.5, 0) == 0);
    assert_true(even(1.5, 0) == 2);
    assert_true(even(2.5, 0) == 2);
    assert_true(even(-3.5, 0) == -4);
    assert_true(even(1.005, 2) == 1);
    assert_true(even(1.015, 2) == 1.02);
    assert_true(even(2.5000000001, 0) == 3);
    assert_true(even(250, -2) == 200);
    assert_true(even(350, -2) == 400);
}

static void what_is_not_a_half_is_not_taken_for_one(void **state)
{
    (void)state;
    assert_true(up(0.61749999999, 3) == 0.617);
    assert_true(up(2.4999999999999, 0) == 2);   /* 14 digits: below the half on paper too */
    assert_true(up(2.49999999999999, 0) == 2);  /* 15 digits */
    assert_true(up(2.499999999999999, 0) == 3); /* 16 digits: 2.50000000000000 in 15 */
    assert_true(even(2.50000000000001, 0) == 3);
    assert_true(up(0.049999999, 1) == 0);
}

/* All numbers of four decimals to 20, kept at three, two, one and none: integers are the other
 * road. */
static void agrees_with_integer_arithmetic(void **state)
{
    (void)state;
    for (int n = -200000; n <= 200000; n++) {
        const double x = n / 10000.0;
        int unit = 10;
        for (int digits = 3; digits >= 0; digits--, unit *= 10) {
            const int size = abs(n);
            const int floor_units = size / unit;
            const int rest = size % unit;
            const int up_units = floor_units + (2 * rest >= unit);
            const int even_units =
                floor_units + (2 * rest > unit || (2 * rest == unit && floor_units % 2 == 1));
            const double places = 10000.0 / unit;
            const int sign = n < 0 ? -1 : 1;
            assert_true(up(x, digits) == sign * up_units / places);
            assert_true(even(x, digits) == sign * even_units / places);
        }
    }
}

static void rounding_again_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        const double x = (double)(int64_t)seed * 0x1p-50;
        for (int digits = -2; digits <= 10; digits += 3) {
            const double once = up(x, digits);
            assert_true(up(once, digits) == once);
            assert_true(even(once, digits) == once);
            /* never further than half a unit, give or take the 15 digits */
            assert_true(fabs(once - x) <= 0.5 * pow(10, -digits) + fabs(x) * 1e-14);
        }
    }
}

static void large_numbers_round_at_their_15_digits_at_most(void **state)
{
    (void)state;
    assert_true(up(999999999999999.6, 0) == 1e15);
    assert_true(up(123456789012345.4, 0) == 123456789012345);
    assert_true(up(1e15 + 1, 3) == 1e15 + 1);
    assert_true(up(1.7976931348623157e308, 2) == 1.7976931348623157e308);
    assert_true(up(123456789012345680, -10) == 123456790000000000);
}

static void small_numbers_become_plain_zero(void **state)
{
    (void)state;
    const double zero = up(-0.0004, 3);
    assert_true(zero == 0 && !signbit(zero));
    assert_true(up(5e-324, 22) == 0);
    assert_true(up(3, -1) == 0);
    assert_true(up(5, -1) == 10);
    assert_true(up(49, -2) == 0);
}

static void what_needs_no_rounding_stays(void **state)
{
    (void)state;
    assert_missing(up(NAN, 2));
    assert_true(up(HUGE_VAL, 2) == HUGE_VAL);
    assert_true(mera_round(1.23456, (mera_rounding){MERA_ROUND_NONE, 2}) == 1.23456);
    assert_true(up(0.123456789, 30) == 0.123456789);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_half_on_paper_goes_up),
        cmocka_unit_test(a_half_on_paper_goes_to_even_when_asked),
        cmocka_unit_test(what_is_not_a_half_is_not_taken_for_one),
        cmocka_unit_test(agrees_with_integer_arithmetic),
        cmocka_unit_test(rounding_again_changes_nothing),
        cmocka_unit_test(large_numbers_round_at_their_15_digits_at_most),
        cmocka_unit_test(small_numbers_become_plain_zero),
        cmocka_unit_test(what_needs_no_rounding_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
