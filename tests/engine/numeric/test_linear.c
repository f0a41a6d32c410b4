/* SPDX-License-Identifier: Apache-2.0 */
/** @file Linear algebra: small cases by hand, larger ones by what defines the answer. */
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

/* A fixed sequence in -1..1 for matrices nobody computed by hand. */
static double noise(size_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

/* c = a' a of an n x k table by columns. */
static void gram(const double *a, size_t n, size_t k, double *c)
{
    for (size_t p = 0; p < k; p++) {
        for (size_t q = 0; q < k; q++) {
            c[p * k + q] = 0;
            for (size_t i = 0; i < n; i++) {
                c[p * k + q] += a[p * n + i] * a[q * n + i];
            }
        }
    }
}

static void eigenvalues_come_largest_first_and_signs_are_settled(void **state)
{
    (void)state;
    const double a[] = {2, -1, -1, 2};
    double value[2], vector[4];
    assert_int_equal(mera_eigen_symmetric(a, 2, value, vector), MERA_OK);
    assert_close(value[0], 3, 1e-15);
    assert_close(value[1], 1, 1e-15);
    const double root = sqrt(0.5);
    const double expected[] = {root, -root, root, root}; /* of equals the first is positive */
    for (size_t i = 0; i < 4; i++) {
        assert_close(vector[i], expected[i], 1e-15);
    }
}

static void eigenvectors_solve_their_equation(void **state)
{
    (void)state;
    enum { N = 40, K = 20 };
    double a[N * K], c[K * K], value[K], vector[K * K];
    for (size_t i = 0; i < N * K; i++) {
        a[i] = noise(i);
    }
    gram(a, N, K, c);
    assert_int_equal(mera_eigen_symmetric(c, K, value, vector), MERA_OK);
    for (size_t f = 0; f < K; f++) {
        double largest = 0;
        for (size_t p = 0; p < K; p++) {
            double sum = 0;
            for (size_t q = 0; q < K; q++) {
                sum += c[p * K + q] * vector[f * K + q];
            }
            assert_close(sum, value[f] * vector[f * K + p], 1e-12);
            largest = fabs(vector[f * K + p]) > fabs(largest) ? vector[f * K + p] : largest;
        }
        assert_true(largest > 0);
        assert_true(f == 0 || value[f] <= value[f - 1]);
    }
}

static void singular_values_are_roots_of_eigenvalues(void **state)
{
    enum { N = 9, K = 4 };
    double a[N * K], c[K * K], value[K], vector[K * K], singular[K], right[K * K];
    for (size_t i = 0; i < N * K; i++) {
        a[i] = noise(i + 7);
    }
    gram(a, N, K, c);
    assert_int_equal(mera_eigen_symmetric(c, K, value, vector), MERA_OK);
    assert_int_equal(mera_singular(a, N, K, *state, singular, right), MERA_OK);
    for (size_t f = 0; f < K; f++) {
        assert_close(singular[f] * singular[f], value[f], 1e-13);
        const double sign = right[f * K] * vector[f * K] < 0 ? -1 : 1;
        for (size_t j = 0; j < K; j++) {
            assert_close(sign * right[f * K + j], vector[f * K + j], 1e-12);
        }
    }
}

static void cholesky_is_the_lower_triangle_by_rows(void **state)
{
    (void)state;
    const double a[] = {4, 2, 2, 5};
    double lower[4];
    assert_int_equal(mera_cholesky(a, 2, lower), MERA_OK);
    const double expected[] = {2, 0, 1, 2};
    for (size_t i = 0; i < 4; i++) {
        assert_close(lower[i], expected[i], 1e-15);
    }
}

static void cholesky_refuses_what_is_not_positive_definite(void **state)
{
    (void)state;
    const double a[] = {1, 2, 2, 1};
    double lower[4];
    assert_int_equal(mera_cholesky(a, 2, lower), MERA_EINPUT);
}

static void equations_are_solved_by_rows(void **state)
{
    const double a[] = {0, 2, 1, 1}, b[] = {4, 5}; /* 2 y = 4, x + y = 5 */
    double x[2];
    assert_int_equal(mera_solve(a, 2, b, *state, x), MERA_OK);
    assert_close(x[0], 3, 1e-15);
    assert_close(x[1], 2, 1e-15);
    const double flat[] = {1, 2, 2, 4};
    assert_int_equal(mera_solve(flat, 2, b, *state, x), MERA_EINPUT);
    const double definite[] = {4, 2, 2, 5}, c[] = {8, 12};
    assert_int_equal(mera_solve_definite(definite, 2, c, *state, x), MERA_OK);
    assert_close(x[0], 1, 1e-15);
    assert_close(x[1], 2, 1e-15);
}

static void least_squares_fits_a_line(void **state)
{
    /* y = 1 + 2 t and an error that is orthogonal to both columns */
    const double a[] = {1, 1, 1, 1, -3, -1, 1, 3}, b[] = {-5 + 1, -1 - 3, 3 + 3, 7 - 1};
    double x[2];
    size_t rank;
    assert_int_equal(mera_least_squares(a, 4, 2, b, 1e-12, *state, x, &rank), MERA_OK);
    assert_int_equal(rank, 2);
    assert_close(x[0], 1, 1e-14);
    assert_close(x[1], 2, 1e-14);
}

static void least_squares_counts_dependent_columns_and_takes_the_least_norm(void **state)
{
    const double a[] = {1, 2, 3, 1, 2, 3}, b[] = {2, 4, 6};
    double x[2];
    size_t rank;
    assert_int_equal(mera_least_squares(a, 3, 2, b, 1e-12, *state, x, &rank), MERA_OK);
    assert_int_equal(rank, 1);
    assert_close(x[0], 1, 1e-14);
    assert_close(x[1], 1, 1e-14);
}

static void a_reduced_problem_has_the_same_minimum(void **state)
{
    enum { N = 30, K = 3 };
    double a[N * K], b[N], r[K * K], c[K], x[K], y[K];
    for (size_t i = 0; i < N * K; i++) {
        a[i] = noise(i + 99);
    }
    for (size_t i = 0; i < N; i++) {
        b[i] = noise(i + 999);
    }
    assert_int_equal(mera_reduce(a, N, K, b, *state, r, c), MERA_OK);
    assert_int_equal(mera_least_squares(a, N, K, b, 1e-12, *state, x, NULL), MERA_OK);
    assert_int_equal(mera_least_squares(r, K, K, c, 1e-12, *state, y, NULL), MERA_OK);
    for (size_t j = 0; j < K; j++) {
        assert_close(y[j], x[j], 1e-13);
    }
}

static void nothing_is_no_problem(void **state)
{
    double none[1] = {0};
    assert_int_equal(mera_eigen_symmetric(none, 0, none, none), MERA_OK);
    assert_int_equal(mera_cholesky(none, 0, none), MERA_OK);
    assert_int_equal(mera_solve(none, 0, none, *state, none), MERA_OK);
    assert_int_equal(mera_singular(none, 0, 3, *state, none, none), MERA_OK);
    assert_int_equal(mera_least_squares(none, 0, 0, none, 0, *state, none, NULL), MERA_OK);
}

#define LINEAR_TEST(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINEAR_TEST(eigenvalues_come_largest_first_and_signs_are_settled),
        LINEAR_TEST(eigenvectors_solve_their_equation),
        LINEAR_TEST(singular_values_are_roots_of_eigenvalues),
        LINEAR_TEST(cholesky_is_the_lower_triangle_by_rows),
        LINEAR_TEST(cholesky_refuses_what_is_not_positive_definite),
        LINEAR_TEST(equations_are_solved_by_rows),
        LINEAR_TEST(least_squares_fits_a_line),
        LINEAR_TEST(least_squares_counts_dependent_columns_and_takes_the_least_norm),
        LINEAR_TEST(a_reduced_problem_has_the_same_minimum),
        LINEAR_TEST(nothing_is_no_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
