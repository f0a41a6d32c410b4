/* SPDX-License-Identifier: Apache-2.0 */
/** @file Linear programs: optimum, kinds of rows, no answer, and starting again from the last one.
 */
#include "mera_test.h"

#include "numeric/lp.h"

static void the_optimum_is_a_vertex_with_all_its_digits(void **state)
{
    (void)state;
    /* max 3 x + 2 y, 7 x + 3 y <= 10, x + 11 y <= 13: x = 71/74, y = 81/74 */
    mera_lp *lp = mera_lp_open(2);
    double x[2];
    assert_non_null(lp);
    assert_true(mera_lp_objective(lp, (double[]){3, 2}));
    assert_true(mera_lp_add_row(lp, (double[]){7, 3}, -INFINITY, 10));
    assert_true(mera_lp_add_row(lp, (double[]){1, 11}, -INFINITY, 13));
    assert_int_equal(mera_lp_solve(lp, x), MERA_LP_OPTIMAL);
    assert_close(x[0], 71.0 / 74, 1e-15);
    assert_close(x[1], 81.0 / 74, 1e-15);
    mera_lp_close(lp);
}

static void rows_have_limits_on_either_side(void **state)
{
    (void)state;
    mera_lp *lp = mera_lp_open(2);
    double x[2];
    assert_true(mera_lp_objective(lp, (double[]){-1, -2})); /* that is: min x + 2 y */
    assert_true(mera_lp_add_row(lp, (double[]){1, 1}, 1, 3));
    assert_true(mera_lp_add_row(lp, (double[]){0, 1}, 0.25, INFINITY));
    assert_int_equal(mera_lp_solve(lp, x), MERA_LP_OPTIMAL);
    assert_close(x[0], 0.75, 1e-15);
    assert_close(x[1], 0.25, 1e-15);
    assert_true(mera_lp_objective(lp, (double[]){1, 2}));
    assert_int_equal(mera_lp_solve(lp, x), MERA_LP_OPTIMAL);
    assert_true(x[0] == 0);
    assert_close(x[1], 3, 1e-15);
    mera_lp_close(lp);
}

static void equations_and_bounds_hold(void **state)
{
    (void)state;
    mera_lp *lp = mera_lp_open(3);
    double x[3];
    assert_true(mera_lp_objective(lp, (double[]){3, 2, 1}));
    assert_true(mera_lp_add_row(lp, (double[]){1, 1, 1}, 1, 1));
    assert_true(mera_lp_bounds(lp, 0, 0.1, 0.3));
    assert_true(mera_lp_bounds(lp, 2, 0.2, INFINITY));
    assert_int_equal(mera_lp_solve(lp, x), MERA_LP_OPTIMAL);
    assert_close(x[0], 0.3, 1e-15);
    assert_close(x[1], 0.5, 1e-15);
    assert_close(x[2], 0.2, 1e-15);
    mera_lp_close(lp);
}

static void says_when_there_is_no_answer(void **state)
{
    (void)state;
    mera_lp *lp = mera_lp_open(1);
    double x[1];
    assert_true(mera_lp_objective(lp, (double[]){1}));
    assert_true(mera_lp_add_row(lp, (double[]){1}, 2, INFINITY));
    assert_int_equal(mera_lp_solve(lp, x), MERA_LP_UNBOUNDED);
    assert_true(mera_lp_add_row(lp, (double[]){1}, -INFINITY, 1));
    assert_int_equal(mera_lp_solve(lp, x), MERA_LP_INFEASIBLE);
    mera_lp_close(lp);
    mera_lp_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_optimum_is_a_vertex_with_all_its_digits),
        cmocka_unit_test(rows_have_limits_on_either_side),
        cmocka_unit_test(equations_and_bounds_hold),
        cmocka_unit_test(says_when_there_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
