/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Spearman's rho and Kendall's tau-b against counting by hand, and against the plain double loop.
 */
#include "mera_test.h"

#include "analysis/compare.h"

static double agreement_spearman(const double *a, const double *b, size_t n)
{
    mera_arena *arena = mera_arena_new();
    double rho;

    assert_int_equal(mera_spearman(a, b, n, arena, &rho), MERA_OK);
    mera_arena_free(arena);
    return rho;
}

static double agreement_kendall(const double *a, const double *b, size_t n)
{
    mera_arena *arena = mera_arena_new();
    double tau;

    assert_int_equal(mera_kendall(a, b, n, arena, &tau), MERA_OK);
    mera_arena_free(arena);
    return tau;
}

static void equal_and_opposite_orders_are_one_and_minus_one(void **state)
{
    const double a[] = {1, 2, 3, 4, 5}, down[] = {9, 7, 5, 3, 1};

    (void)state;
    assert_close(agreement_spearman(a, a, 5), 1, 1e-15);
    assert_close(agreement_kendall(a, a, 5), 1, 1e-15);
    assert_close(agreement_spearman(a, down, 5), -1, 1e-15);
    assert_close(agreement_kendall(a, down, 5), -1, 1e-15);
}

static void one_exchange_by_hand(void **state)
{
    /* 1 2 3 4 against 1 3 2 4: rho = 1 - 6 * (1 + 1) / (4 * 15) = 0.8; tau = (5 - 1) / 6 */
    const double a[] = {1, 2, 3, 4}, b[] = {1, 3, 2, 4};

    (void)state;
    assert_close(agreement_spearman(a, b, 4), 0.8, 1e-15);
    assert_close(agreement_kendall(a, b, 4), 4 / 6.0, 1e-15);
}

static void ties_are_counted_as_tau_b(void **state)
{
    /* pairs: (1,2) tied in a, +; (1,3) +; (1,4) +; (2,3) tied in b; (2,4) +; (3,4) +
     * C = 4, D = 0, one tie in a only, one in b only: tau = 4 / sqrt(5 * 5)
     * ranks 1.5 1.5 3 4 and 1 2.5 2.5 4: correlation below */
    const double a[] = {1, 1, 2, 3}, b[] = {1, 2, 2, 3};
    /* mean rank 2.5; products: 1.5 + 0 + 0 + 2.25 = 3.75; squares: 4.5 and 4.5 */

    (void)state;
    assert_close(agreement_kendall(a, b, 4), 4 / 5.0, 1e-15);
    assert_close(agreement_spearman(a, b, 4), 3.75 / 4.5, 1e-15);
}

static void missing_rows_take_no_part(void **state)
{
    const double a[] = {1, NAN, 2, 3, 4, 9}, b[] = {1, 5, 3, 2, 4, NAN};

    (void)state;
    assert_close(agreement_spearman(a, b, 6), 0.8, 1e-15);
    assert_close(agreement_kendall(a, b, 6), 4 / 6.0, 1e-15);
}

static void one_row_or_a_constant_has_no_answer(void **state)
{
    const double a[] = {1, 2, 3}, same[] = {4, 4, 4};

    (void)state;
    assert_missing(agreement_spearman(a, a, 1));
    assert_missing(agreement_kendall(a, a, 1));
    assert_missing(agreement_spearman(a, same, 3));
    assert_missing(agreement_kendall(a, same, 3));
}

static double agreement_plain_tau(const double *a, const double *b, size_t n)
{
    double s = 0, na = 0, nb = 0;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            const double da = (a[i] > a[j]) - (a[i] < a[j]), db = (b[i] > b[j]) - (b[i] < b[j]);

            s += da * db;
            na += da * da;
            nb += db * db;
        }
    }
    return s / sqrt(na * nb);
}

static void fast_counting_is_the_double_loop(void **state)
{
    enum { N = 157 };
    double a[N], b[N];
    uint64_t seed = 20241124;

    (void)state;
    for (size_t n = 2; n <= N; n += 31) {
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            a[i] = (double)(seed >> 33 & 15);
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            b[i] = a[i] / 4 + (double)(seed >> 33 & 7);
        }
        a[0] = -1; /* never all equal */
        b[0] = -1;
        assert_close(agreement_kendall(a, b, n), agreement_plain_tau(a, b, n), 1e-13);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_and_opposite_orders_are_one_and_minus_one),
        cmocka_unit_test(one_exchange_by_hand),
        cmocka_unit_test(ties_are_counted_as_tau_b),
        cmocka_unit_test(missing_rows_take_no_part),
        cmocka_unit_test(one_row_or_a_constant_has_no_answer),
        cmocka_unit_test(fast_counting_is_the_double_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
