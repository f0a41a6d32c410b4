/* SPDX-License-Identifier: Apache-2.0 */
/** @file Smooth minimisation: bounds, a fixed sum, and what it says of itself. */
#include "mera_test.h"

#include "numeric/optimise.h"

/* sum_j (j + 1) (x_j - 1)^2 */
static double bowl(const double *x, double *gradient, void *data)
{
    const size_t k = *(const size_t *)data;
    double sum = 0;
    for (size_t j = 0; j < k; j++) {
        const double by = (double)(j + 1), off = x[j] - 1;
        sum += by * off * off;
        if (gradient != NULL) {
            gradient[j] = 2 * by * off;
        }
    }
    return sum;
}

static void finds_the_minimum_within_bounds(void **state)
{
    (void)state;
    size_t k = 3;
    const double lower[] = {0, 0, 2}, upper[] = {5, 0.5, 5};
    const mera_problem p = {.k = k,
                            .objective = bowl,
                            .data = &k,
                            .lower = lower,
                            .upper = upper,
                            .total = NAN,
                            .tolerance = 1e-12,
                            .max_evaluations = 1000};
    double x[] = {4, 0, 3};
    mera_minimum found;
    assert_int_equal(mera_minimise(&p, x, &found), MERA_OK);
    assert_true(found.converged && found.evaluations > 1);
    assert_close(x[0], 1, 1e-7);
    assert_close(x[1], 0.5, 1e-12);
    assert_close(x[2], 2, 1e-12);
}

static void keeps_a_fixed_sum(void **state)
{
    (void)state;
    /* min sum b (x - 1)^2, sum x = 1: 1 - x is as 1/b, so with 1 + 1/2 + 1/3 = 11/6 it is 12/11 b
     */
    size_t k = 3;
    const double lower[] = {-1, -1, -1}, upper[] = {2, 2, 2};
    const mera_problem p = {.k = k,
                            .objective = bowl,
                            .data = &k,
                            .lower = lower,
                            .upper = upper,
                            .total = 1,
                            .tolerance = 1e-12,
                            .max_evaluations = 1000};
    double x[] = {1, 0, 0};
    mera_minimum found;
    assert_int_equal(mera_minimise(&p, x, &found), MERA_OK);
    for (size_t j = 0; j < k; j++) {
        assert_close(x[j], 1 - 12.0 / 11 / (double)(j + 1), 1e-7);
    }
}

static void the_same_start_gives_the_same_bits(void **state)
{
    (void)state;
    size_t k = 3;
    const double lower[] = {0, 0, 0}, upper[] = {2, 2, 2};
    const mera_problem p = {.k = k,
                            .objective = bowl,
                            .data = &k,
                            .lower = lower,
                            .upper = upper,
                            .total = 1,
                            .tolerance = 1e-12,
                            .max_evaluations = 1000};
    double x[] = {0.2, 0.3, 0.5}, y[] = {0.2, 0.3, 0.5};
    mera_minimum one, two;
    assert_int_equal(mera_minimise(&p, x, &one), MERA_OK);
    assert_int_equal(mera_minimise(&p, y, &two), MERA_OK);
    assert_memory_equal(x, y, sizeof x);
    assert_int_equal(one.evaluations, two.evaluations);
}

/* A valley without a gradient: |x1 - 2 x2| and a step. */
static double valley(const double *x, double *gradient, void *data)
{
    (void)data;
    assert_null(gradient);
    return fabs(x[0] - 2 * x[1]) + floor(4 * fabs(x[0] - 1));
}

static void finds_its_way_without_a_gradient(void **state)
{
    (void)state;
    const double lower[] = {-3, -3}, upper[] = {3, 3};
    const mera_problem p = {.k = 2,
                            .objective = valley,
                            .lower = lower,
                            .upper = upper,
                            .total = NAN,
                            .blind = true,
                            .tolerance = 1e-10,
                            .max_evaluations = 5000};
    double x[] = {-1, 2};
    mera_minimum found;
    assert_int_equal(mera_minimise(&p, x, &found), MERA_OK);
    assert_true(found.converged && found.value < 1e-6);
    assert_true(fabs(x[0] - 1) < 0.25 && fabs(x[0] - 2 * x[1]) < 1e-6);
}

static double nothing(const double *x, double *gradient, void *data)
{
    (void)x, (void)gradient, (void)data;
    return NAN;
}

static void refuses_an_objective_without_a_number(void **state)
{
    (void)state;
    const double lower[] = {0, 0}, upper[] = {1, 1};
    const mera_problem p = {.k = 2,
                            .objective = nothing,
                            .lower = lower,
                            .upper = upper,
                            .total = 1,
                            .tolerance = 1e-12,
                            .max_evaluations = 100};
    double x[] = {0.5, 0.5};
    mera_minimum found;
    assert_int_equal(mera_minimise(&p, x, &found), MERA_ESYSTEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_minimum_within_bounds),
        cmocka_unit_test(keeps_a_fixed_sum),
        cmocka_unit_test(the_same_start_gives_the_same_bits),
        cmocka_unit_test(finds_its_way_without_a_gradient),
        cmocka_unit_test(refuses_an_objective_without_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
