/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sine, arc sine and great circles against tables and the C library. */
#include "mera_test.h"
#include "near.h"

#include "base/math.h"
#include "base/sphere.h"

static void quarter_turns_are_exact(void **state)
{
    (void)state;
    for (int turn = -8; turn <= 8; turn++) {
        const double wanted[] = {0, 1, 0, -1};

        assert_near(mera_sin_degrees(90.0 * turn), wanted[((turn % 4) + 4) % 4], 0);
        assert_near(mera_cos_degrees(90.0 * turn), wanted[((turn % 4) + 5) % 4], 0);
    }
    assert_near(mera_sin_degrees(30), 0.5, 1e-16);
    assert_near(mera_cos_degrees(60), 0.5, 2e-16);
}

static void they_agree_with_the_c_library(void **state)
{
    const double radian = 3.141592653589793 / 180;

    (void)state;
    for (double d = -720; d <= 720; d += 0.37) {
        assert_near(mera_sin_degrees(d), sin(d * radian), 4e-15);
        assert_near(mera_cos_degrees(d), cos(d * radian), 4e-15);
    }
    for (double x = -1; x <= 1; x += 0.001) {
        assert_near(mera_asin(x), asin(x), 5e-16);
    }
    assert_true(isnan(mera_asin(1.5)));
}

/* Moscow to Saint Petersburg and to Vladivostok by the haversine formula with the same radius,
 * worked with the C library's sine. */
static double haversine(double a, double b, double c, double d)
{
    const double radian = 3.141592653589793 / 180;
    const double p = sin((c - a) * radian / 2), q = sin((d - b) * radian / 2);

    return 2 * MERA_EARTH_KM * asin(sqrt(p * p + cos(a * radian) * cos(c * radian) * q * q));
}

static double km(double a, double b, double c, double d)
{
    mera_point p, q;

    assert_true(mera_point_at(a, b, &p));
    assert_true(mera_point_at(c, d, &q));
    return mera_chord_km(mera_point_chord(p, q));
}

static void distances_are_those_of_the_haversine(void **state)
{
    (void)state;
    assert_near(km(55.7558, 37.6173, 59.9343, 30.3351),
                haversine(55.7558, 37.6173, 59.9343, 30.3351), 1e-9);
    assert_near(km(55.7558, 37.6173, 43.1155, 131.8855),
                haversine(55.7558, 37.6173, 43.1155, 131.8855), 1e-8);
    assert_near(km(0, 0, 0, 180), MERA_EARTH_KM * 3.141592653589793, 1e-3);
    assert_near(km(66, 179.5, 66, -179.5), haversine(66, 179.5, 66, 180.5), 1e-9);
    assert_near(km(69.35, 88.2, 69.35, 88.2), 0, 0);
}

static void chords_and_kilometres_go_both_ways(void **state)
{
    (void)state;
    for (double d = 0; d < 20000; d += 137) {
        assert_near(mera_chord_km(mera_km_chord(d)), d, 1e-6 * (1 + d));
    }
    assert_near(mera_km_chord(30000), 2, 0);
}

static void what_is_no_place_is_refused(void **state)
{
    mera_point p;

    (void)state;
    assert_false(mera_point_at(91, 0, &p));
    assert_false(mera_point_at(0, 361, &p));
    assert_false(mera_point_at(NAN, 0, &p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarter_turns_are_exact),
        cmocka_unit_test(they_agree_with_the_c_library),
        cmocka_unit_test(distances_are_those_of_the_haversine),
        cmocka_unit_test(chords_and_kilometres_go_both_ways),
        cmocka_unit_test(what_is_no_place_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
