/* SPDX-License-Identifier: Apache-2.0 */
/** @file Least squares over x >= 0 and its two relatives: the conditions that define the answer. */
#include "mera_test.h"

#include "numeric/linear.h"

static int open_arena(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int close_arena(void **state)
{
    mera_arena_free(*state);
    return 0;
}

static double noise(size_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

static void a_negative_part_becomes_0_and_the_rest_is_fitted_anew(void **state)
{
    /* free least squares would be (2, -1); without the second column the first is 1.5 */
    const double a[] = {1, 0, 0.5, sqrt(0.75)};
    const double b[] = {2 * 1 - 0.5, -sqrt(0.75)};
    double x[2];
    assert_int_equal(mera_nnls(a, 2, 2, b, *state, x), MERA_OK);
    assert_close(x[0], 1.5, 1e-15);
    assert_true(x[1] == 0);
}

/* Kuhn and Tucker: x >= 0, gradient a'(a x - b) is 0 where x > 0 and >= 0 elsewhere. */
static void check_optimal(const double *a, size_t n, size_t k, const double *b, const double *x)
{
    size_t positive = 0;
    for (size_t j = 0; j < k; j++) {
        double gradient = 0;
        for (size_t i = 0; i < n; i++) {
            double rest = -b[i];
            for (size_t l = 0; l < k; l++) {
                rest += a[l * n + i] * x[l];
            }
            gradient += a[j * n + i] * rest;
        }
        assert_true(x[j] >= 0);
        assert_true(gradient >= -1e-9);
        assert_true(x[j] == 0 || fabs(gradient) < 1e-9);
        positive += x[j] > 0;
    }
    assert_true(positive > 0 && positive < k);
}

static void the_conditions_of_an_optimum_hold_on_larger_problems(void **state)
{
    enum { N = 60, K = 25 };
    double a[N * K], b[N], x[K];
    for (size_t seed = 0; seed < 20; seed++) {
        for (size_t i = 0; i < N * K; i++) {
            a[i] = noise(i + 5000 * seed) + 0.3;
        }
        for (size_t i = 0; i < N; i++) {
            b[i] = noise(i + 5000 * seed + 4000) + 0.2;
        }
        assert_int_equal(mera_nnls(a, N, K, b, *state, x), MERA_OK);
        check_optimal(a, N, K, b, x);
    }
}

static void dependent_columns_do_not_lead_in_circles(void **state)
{
    enum { N = 6, K = 12 };
    double a[N * K], b[N], x[K], rest = 0;
    for (size_t i = 0; i < N * K; i++) {
        a[i] = fabs(noise(i % (N * 4)));
    }
    for (size_t i = 0; i < N; i++) {
        b[i] = a[i] + a[N + i];
    }
    assert_int_equal(mera_nnls(a, N, K, b, *state, x), MERA_OK);
    for (size_t i = 0; i < N; i++) {
        double sum = -b[i];
        for (size_t j = 0; j < K; j++) {
            sum += a[j * N + i] * x[j];
        }
        rest = fmax(rest, fabs(sum));
    }
    assert_true(rest < 1e-10);
}

static void the_nearest_point_of_a_hull(void **state)
{
    /* the segment from (2, 0) to (0, 1): nearest to the origin at (2/5, 4/5) */
    const double a[] = {2, 0, 0, 1};
    double x[2];
    assert_int_equal(mera_nearest_hull(a, 2, 2, *state, x), MERA_OK);
    assert_close(x[0], 0.2, 1e-15);
    assert_close(x[1], 0.8, 1e-15);
    const double far[] = {200, 100, 300, 500}; /* the nearest is an end of the segment */
    assert_int_equal(mera_nearest_hull(far, 2, 2, *state, x), MERA_OK);
    assert_close(x[0], 1, 1e-15);
    assert_true(x[1] == 0);
}

static void the_least_distance_under_inequalities(void **state)
{
    const double g[] = {1, 1, 1, 0}, h[] = {2, 1.5};
    double x[2];
    assert_int_equal(mera_least_distance(g, h, 2, 2, *state, x), MERA_OK);
    assert_close(x[0], 1.5, 1e-14);
    assert_close(x[1], 0.5, 1e-14);
    const double loose[] = {-1, -2};
    assert_int_equal(mera_least_distance(g, loose, 2, 2, *state, x), MERA_OK);
    assert_true(x[0] == 0 && x[1] == 0);
}

static void inequalities_that_contradict_each_other_are_refused(void **state)
{
    const double g[] = {1, 0, -1, 0}, h[] = {1, 1};
    double x[2];
    assert_int_equal(mera_least_distance(g, h, 2, 2, *state, x), MERA_EINPUT);
}

#define NNLS_TEST(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        NNLS_TEST(a_negative_part_becomes_0_and_the_rest_is_fitted_anew),
        NNLS_TEST(the_conditions_of_an_optimum_hold_on_larger_problems),
        NNLS_TEST(dependent_columns_do_not_lead_in_circles),
        NNLS_TEST(the_nearest_point_of_a_hull),
        NNLS_TEST(the_least_distance_under_inequalities),
        NNLS_TEST(inequalities_that_contradict_each_other_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
