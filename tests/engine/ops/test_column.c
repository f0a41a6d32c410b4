/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Statistics of columns against hand calculations, R's documented examples and slow definitions.
 * Quantiles of 1..10 at 0.25 and so on were worked out by hand from Hyndman and Fan (1996),
 * table 1.
 */
#include "ops_test.h"

#include <stdlib.h>

#include "ops/column.h"

#define N(a) (sizeof(a) / sizeof *(a))

/* A counter-based sequence with its own seed: the same on every machine (splitmix64). */
static double random_at(uint64_t seed, uint64_t i)
{
    uint64_t z = (seed + i + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void skips_missing_values_in_sums_and_ranges(void **state)
{
    (void)state;
    const double x[] = {NAN, 3, -1, NAN, 4};
    double low, high;
    assert_int_equal(mera_column_count(x, 5), 3);
    assert_true(mera_column_sum(x, 5) == 6 && mera_column_mean(x, 5) == 2);
    assert_int_equal(mera_column_range(x, 5, &low, &high), 3);
    assert_true(low == -1 && high == 4);
}

static void an_empty_column_has_no_statistics(void **state)
{
    fixture *f = *state;
    const double x[] = {NAN, NAN};
    double low, high, median;
    mera_moments m;
    assert_missing(mera_column_mean(x, 2));
    assert_missing(mera_column_mean(NULL, 0));
    assert_missing(mera_column_sd(x, 2, false));
    assert_int_equal(mera_column_range(x, 2, &low, &high), 0);
    assert_true(isnan(low) && isnan(high));
    assert_int_equal(mera_column_median(x, 2, f->arena, &median), MERA_OK);
    assert_missing(median);
    mera_column_moments(x, 2, &m);
    assert_true(m.n == 0 && isnan(mera_moments_skewness(&m)) && isnan(mera_moments_kurtosis(&m)));
}

/* 2 4 4 4 5 5 7 9: mean 5, squares 32. */
static void divides_squares_by_n_or_n_less_one(void **state)
{
    (void)state;
    const double x[] = {2, 4, 4, NAN, 4, 5, 5, 7, 9};
    assert_close(mera_column_sd(x, 9, false), 2, 1e-15);
    assert_close(mera_column_sd(x, 9, true), sqrt(32.0 / 7), 1e-15);
    assert_missing(mera_column_sd(x, 1, true));
    assert_true(mera_column_sd(x, 1, false) == 0);
}

static void a_large_offset_costs_no_digits(void **state)
{
    (void)state;
    double x[1000];
    for (size_t i = 0; i < 1000; i++) {
        x[i] = 1e9 + (double)(i % 2);
    }
    mera_moments m;
    mera_column_moments(x, 1000, &m);
    assert_close(mera_column_mean(x, 1000), 1e9 + 0.5, 1e-16);
    assert_close(mera_column_sd(x, 1000, false), 0.5, 1e-12);
    assert_close(m.m2, 0.25, 1e-12);
    assert_close(m.m4, 0.0625, 1e-12);
    assert_close(m.m3, 0, 1e-12);
}

/* 1 2 3 4 10: mean 4, m2 = 10, m3 = 36, m4 = 278.8 (hand). g1 = 36 / 10^1.5, g2 = 2.788 - 3;
 * G1 = g1 sqrt(20) / 3; G2 = 4 / 6 * (6 g2 + 6). */
static void skewness_and_kurtosis_are_corrected_for_bias(void **state)
{
    (void)state;
    const double x[] = {1, 2, NAN, 3, 4, 10};
    mera_moments m;
    mera_column_moments(x, 6, &m);
    assert_close(m.m2, 10, 1e-14);
    assert_close(m.m3, 36, 1e-14);
    assert_close(m.m4, 278.8, 1e-14);
    assert_close(mera_moments_skewness(&m), 36 / pow(10, 1.5) * sqrt(20) / 3, 1e-14);
    assert_close(mera_moments_kurtosis(&m), 4.0 / 6 * (6 * (2.788 - 3) + 6), 1e-13);
}

/* The same column by the two other definitions: s^2 = 12.5, so b1 = 36 / 12.5^1.5. */
static void skewness_and_kurtosis_have_three_definitions(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 10};
    mera_moments m;
    mera_column_moments(x, 5, &m);
    m.kind = MERA_MOMENTS_POPULATION;
    assert_close(mera_moments_skewness(&m), 36 / pow(10, 1.5), 1e-14);
    assert_close(mera_moments_kurtosis(&m), 2.788 - 3, 1e-14);
    m.kind = MERA_MOMENTS_SAMPLE;
    assert_close(mera_moments_skewness(&m), 36 / pow(12.5, 1.5), 1e-14);
    assert_close(mera_moments_kurtosis(&m), 278.8 / (12.5 * 12.5) - 3, 1e-14);
}

static void a_constant_column_has_no_skewness(void **state)
{
    (void)state;
    const double x[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    mera_moments m;
    mera_column_moments(x, 5, &m);
    assert_true(m.m2 == 0 && m.mean == 0.1);
    assert_missing(mera_moments_skewness(&m));
    assert_missing(mera_moments_kurtosis(&m));
}

static void median_is_the_middle_or_the_mean_of_two(void **state)
{
    fixture *f = *state;
    const double odd[] = {5, NAN, 1, 3}, even[] = {4, 1, NAN, 3, 2}, big[] = {1e308, 1.5e308};
    double y;
    assert_int_equal(mera_column_median(odd, 4, f->arena, &y), MERA_OK);
    assert_true(y == 3);
    assert_int_equal(mera_column_median(even, 5, f->arena, &y), MERA_OK);
    assert_true(y == 2.5);
    assert_int_equal(mera_column_median(big, 2, f->arena, &y), MERA_OK);
    assert_close(y / 1e308, 1.25, 1e-15);
}

static void quantiles_of_all_nine_types(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const double quarter[] = {3, 3, 2, 2.5, 3, 2.75, 3.25, 2 + 11.0 / 12, 2.9375};
    const double half[] = {5, 5.5, 5, 5, 5.5, 5.5, 5.5, 5.5, 5.5};
    for (int type = 1; type <= 9; type++) {
        assert_close(mera_quantile_sorted(x, 10, 0.25, type), quarter[type - 1], 1e-14);
        assert_close(mera_quantile_sorted(x, 10, 0.5, type), half[type - 1], 1e-14);
        assert_true(mera_quantile_sorted(x, 10, 0, type) == 1);
        assert_true(mera_quantile_sorted(x, 10, 1, type) == 10);
        assert_true(mera_quantile_sorted(x, 1, 0.3, type) == 1);
        assert_missing(mera_quantile_sorted(x, 0, 0.3, type));
    }
    assert_missing(mera_quantile_sorted(x, 10, 0.5, 10));
    assert_missing(mera_quantile_sorted(x, 10, 1.5, 7));
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sorts_like_the_c_library_at_every_length(void **state)
{
    fixture *f = *state;
    for (size_t n = 0; n < 3000; n = n < 200 ? n + 1 : n * 3) {
        double *v = mera_arena_zero(f->arena, 3 * n, sizeof *v);
        for (size_t i = 0; i < n; i++) {
            const double u = random_at(n, i);
            v[i] = v[n + i] = n % 3 == 0 ? floor(8 * u) - 4 : (u - 0.5) * pow(10, 40 * u);
        }
        mera_sort(v, n, v + 2 * n);
        qsort(v + n, n, sizeof *v, compare);
        for (size_t i = 0; i < n; i++) {
            assert_true(v[i] == v[n + i]);
        }
    }
}

static void selects_what_sorting_would_put_there(void **state)
{
    fixture *f = *state;
    for (size_t n = 1; n < 400; n += 7) {
        double *v = mera_arena_zero(f->arena, 3 * n, sizeof *v);
        for (size_t k = 0; k < n; k += 1 + n / 5) {
            for (size_t i = 0; i < n; i++) {
                v[i] = v[n + i] = floor((double)(n % 4 == 0 ? 5 : 1000) * random_at(k, i));
            }
            mera_sort(v + n, n, v + 2 * n);
            assert_true(mera_select(v, n, k) == v[n + k]);
            for (size_t i = 0; i < n; i++) {
                assert_true(i < k ? v[i] <= v[k] : v[i] >= v[k]);
            }
        }
    }
}

static void orders_equal_values_by_their_index(void **state)
{
    fixture *f = *state;
    const double x[] = {2, NAN, -0.0, 1, 0.0, 2, -3};
    const uint32_t expected[] = {6, 2, 4, 3, 0, 5};
    uint32_t *order;
    size_t n;
    assert_int_equal(mera_column_order(x, N(x), f->arena, &order, &n), MERA_OK);
    assert_int_equal(n, 6);
    assert_memory_equal(order, expected, sizeof expected);
}

/* The example of the header: 1 2 2 3. */
static void ranks_ties_by_every_rule(void **state)
{
    fixture *f = *state;
    const double x[] = {7, 5, NAN, 5, 3};
    const double expected[][5] = {{4, 2, NAN, 2, 1},
                                  {4, 3, NAN, 3, 1},
                                  {4, 2.5, NAN, 2.5, 1},
                                  {3, 2, NAN, 2, 1},
                                  {4, 2, NAN, 3, 1}};
    double rank[5];
    for (int ties = MERA_TIE_MIN; ties <= MERA_TIE_FIRST; ties++) {
        assert_int_equal(mera_column_rank(x, 5, (mera_tie_rule)ties, f->arena, rank), MERA_OK);
        assert_column_of(mera_tie_names[ties], rank, expected[ties], 5, 0);
    }
}

static void counts_smaller_and_equal_values(void **state)
{
    (void)state;
    const double sorted[] = {1, 2, 2, 2, 5};
    const double x[] = {0, 1, 1.5, 2, 3, 5, 6};
    const size_t below[] = {0, 0, 1, 1, 4, 4, 5}, equal[] = {0, 1, 0, 3, 0, 1, 0};
    for (size_t i = 0; i < N(x); i++) {
        size_t same;
        assert_int_equal(mera_sorted_below(sorted, 5, x[i], &same), below[i]);
        assert_int_equal(same, equal[i]);
    }
    size_t same;
    assert_int_equal(mera_sorted_below(sorted, 0, 1, &same), 0);
    assert_int_equal(same, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(skips_missing_values_in_sums_and_ranges),
        OPS_TEST(an_empty_column_has_no_statistics),
        OPS_TEST(divides_squares_by_n_or_n_less_one),
        OPS_TEST(a_large_offset_costs_no_digits),
        OPS_TEST(skewness_and_kurtosis_are_corrected_for_bias),
        OPS_TEST(skewness_and_kurtosis_have_three_definitions),
        OPS_TEST(a_constant_column_has_no_skewness),
        OPS_TEST(median_is_the_middle_or_the_mean_of_two),
        OPS_TEST(quantiles_of_all_nine_types),
        OPS_TEST(sorts_like_the_c_library_at_every_length),
        OPS_TEST(selects_what_sorting_would_put_there),
        OPS_TEST(orders_equal_values_by_their_index),
        OPS_TEST(ranks_ties_by_every_rule),
        OPS_TEST(counts_smaller_and_equal_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
