/* SPDX-License-Identifier: Apache-2.0 */
/** @file Aggregators and weights: hand calculations, missing children, and refusals in full. */
#include "ops_test.h"

#include "base/math.h"
#include "ops/kernel.h"

/* Two units, three children: 1 2 4 and 3 (missing) 9. */
static const double first[] = {1, 3}, second[] = {2, NAN}, third[] = {4, 9};
static const double *const children[] = {first, second, third};
static const double weights[] = {2, 1, 1};

static void check(fixture *f, const char *name, const char *params, double unit_0, double unit_1)
{
    double y[2];
    assert_int_equal(ops_aggregate(f, name, params, children, weights, 3, 2, y), MERA_OK);
    assert_close(y[0], unit_0, 1e-14);
    assert_close(y[1], unit_1, 1e-14);
}

static void means_leave_missing_children_out_and_rescale(void **state)
{
    fixture *f = *state;
    check(f, "aggregate.arithmetic", "", 8.0 / 4, 15.0 / 3);
    check(f, "aggregate.geometric", "", pow(8, 0.25), pow(81, 1.0 / 3));
    check(f, "aggregate.harmonic", "", 4 / 2.75, 3 / (2.0 / 3 + 1.0 / 9));
    check(f, "aggregate.power", "exponent: 2", sqrt(22.0 / 4), sqrt(99.0 / 3));
}

static void sums_and_products_rescale_to_the_sum_of_all_weights(void **state)
{
    fixture *f = *state;
    check(f, "aggregate.sum", "", 8, 15 * 4.0 / 3);
    check(f, "aggregate.product", "", 8, pow(81, 4.0 / 3));
}

static void median_and_extremes_look_at_no_weights(void **state)
{
    fixture *f = *state;
    check(f, "aggregate.median", "", 2, 6);
    check(f, "aggregate.min", "", 1, 3);
    check(f, "aggregate.max", "", 4, 9);
}

static void power_means_meet_the_named_ones(void **state)
{
    fixture *f = *state;
    check(f, "aggregate.power", "exponent: 1", 2, 5);
    check(f, "aggregate.power", "exponent: 0", pow(8, 0.25), pow(81, 1.0 / 3));
    check(f, "aggregate.power", "exponent: -1", 4 / 2.75, 3 / (2.0 / 3 + 1.0 / 9));
}

static void a_child_of_weight_0_takes_no_part(void **state)
{
    fixture *f = *state;
    const double zero[] = {0}, four[] = {4}, none[] = {NAN};
    const double *const x[] = {zero, four};
    const double *const only_zero_weight[] = {four, none};
    const double w[] = {0, 1};
    const char *const op[] = {"arithmetic", "geometric", "harmonic", "sum",
                              "product",    "median",    "min",      "max"};
    for (size_t i = 0; i < sizeof op / sizeof *op; i++) {
        const char *name = mera_arena_printf(f->arena, "aggregate.%s", op[i]);
        double y;
        assert_int_equal(ops_aggregate(f, name, "", x, w, 2, 1, &y), MERA_OK);
        assert_close(y, 4, 1e-15);
        assert_int_equal(ops_aggregate(f, name, "", only_zero_weight, w, 2, 1, &y), MERA_OK);
        assert_missing(y);
    }
}

/* English IMD's weights sum to 0.999 and are used undivided; a missing child still gives its share
 * to the others. */
static void weights_as_given_are_not_divided(void **state)
{
    fixture *f = *state;
    const double a[] = {10, 10}, b[] = {20, NAN};
    const double *const x[] = {a, b};
    const double w[] = {0.5, 0.499};
    double y[2];
    const mera_children in = {.n = 2, .k = 2, .x = x, .w = w, .total = 1};
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_AGGREGATE, "arithmetic");
    assert_int_equal(mera_mean_kernel(op, NULL, &f->ctx, &in, f->arena, y), MERA_OK);
    assert_close(y[0], 14.98, 1e-14);
    assert_close(y[1], 9.99, 1e-14);
}

static void all_units_missing_gives_missing_not_zero(void **state)
{
    fixture *f = *state;
    const double none[] = {NAN, NAN};
    const double *const x[] = {none, none};
    const double w[] = {1, 1};
    double y[2];
    assert_int_equal(ops_aggregate(f, "aggregate.sum", "", x, w, 2, 2, y), MERA_OK);
    assert_true(isnan(y[0]) && isnan(y[1]));
    assert_int_equal(ops_aggregate(f, "aggregate.geometric", "", x, w, 2, 2, y), MERA_OK);
    assert_true(isnan(y[0]) && isnan(y[1]));
}

static void long_columns_equal_units_taken_one_by_one(void **state)
{
    fixture *f = *state;
    enum { UNITS = 1537, CHILDREN = 5 };
    static double data[CHILDREN][UNITS], y[UNITS];
    const double *x[CHILDREN], w[CHILDREN] = {3, 1, 0.5, 2, 1};
    for (size_t j = 0; j < CHILDREN; j++) {
        for (size_t i = 0; i < UNITS; i++) {
            data[j][i] = (i * 7 + j * 3) % 11 == 0 ? NAN : 1 + (double)((i * 31 + j * 17) % 101);
        }
        x[j] = data[j];
    }
    assert_int_equal(ops_aggregate(f, "aggregate.geometric", "", x, w, CHILDREN, UNITS, y),
                     MERA_OK);
    for (size_t i = 0; i < UNITS; i++) {
        const double *one[CHILDREN];
        double alone;
        for (size_t j = 0; j < CHILDREN; j++) {
            one[j] = &data[j][i];
        }
        assert_int_equal(ops_aggregate(f, "aggregate.geometric", "", one, w, CHILDREN, 1, &alone),
                         MERA_OK);
        assert_memory_equal(&alone, &y[i], sizeof alone);
    }
}

static void geometric_mean_names_the_unit_without_a_logarithm(void **state)
{
    fixture *f = *state;
    const double a[] = {1, 2}, b[] = {3, 0};
    const double *const x[] = {a, b};
    const double w[] = {1, 1};
    const char *const names[] = {"Омск", "Норильск"};
    double y[2];
    f->ctx.unit_name = names;
    assert_int_equal(ops_aggregate(f, "aggregate.geometric", "", x, w, 2, 2, y), MERA_EINPUT);
    assert_message(f, "node 'n' has no aggregate.geometric at unit 'Норильск': its child 2 is 0 "
                      "there, allowed is above 0");
    assert_hint(f, "raise low scores with 'floor: 1', or normalise onto a range above 0, 'range: "
                   "[1, 100]'");
    f->ctx.unit_name = NULL;
    f->ctx.child_name = (const char *const[]){"air", "water"};
    assert_int_equal(ops_aggregate(f, "aggregate.harmonic", "", x, w, 2, 2, y), MERA_EINPUT);
    assert_message(f, "node 'n' has no aggregate.harmonic at unit 2: its child 'water' is 0 "
                      "there, allowed is above 0");
}

static void power_mean_refuses_negative_scores(void **state)
{
    fixture *f = *state;
    const double a[] = {1}, b[] = {-2};
    const double *const x[] = {a, b};
    const double w[] = {1, 1};
    double y;
    assert_int_equal(ops_aggregate(f, "aggregate.power", "exponent: 2", x, w, 2, 1, &y),
                     MERA_EINPUT);
    assert_message(f, "node 'n' has no aggregate.power at unit 1: its child 2 is -2 there, allowed "
                      "is 0 or above");
    assert_int_equal(ops_aggregate(f, "aggregate.power", "exponent: 1", x, w, 2, 1, &y), MERA_OK);
    assert_close(y, -0.5, 1e-15);
}

static void a_result_beyond_all_numbers_is_an_error(void **state)
{
    fixture *f = *state;
    const double a[] = {1e300};
    const double *const x[] = {a, a};
    const double w[] = {1, 1};
    double y;
    assert_int_equal(ops_aggregate(f, "aggregate.product", "", x, w, 2, 1, &y), MERA_EINPUT);
    assert_message(f, "node 'n': aggregate.product gives no finite number at unit 1");
}

static void equal_weights_are_all_one(void **state)
{
    fixture *f = *state;
    const mera_op *op;
    double w[3];
    const mera_children in = {.n = 2, .k = 3, .x = children, .w = weights, .total = 4};
    const void *params = ops_bind(f, "weight.equal", "", &op);
    assert_int_equal(op->weigh(op, params, &f->ctx, &in, w), MERA_OK);
    assert_true(w[0] == 1 && w[1] == 1 && w[2] == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(means_leave_missing_children_out_and_rescale),
        OPS_TEST(sums_and_products_rescale_to_the_sum_of_all_weights),
        OPS_TEST(median_and_extremes_look_at_no_weights),
        OPS_TEST(power_means_meet_the_named_ones),
        OPS_TEST(a_child_of_weight_0_takes_no_part),
        OPS_TEST(weights_as_given_are_not_divided),
        OPS_TEST(all_units_missing_gives_missing_not_zero),
        OPS_TEST(long_columns_equal_units_taken_one_by_one),
        OPS_TEST(geometric_mean_names_the_unit_without_a_logarithm),
        OPS_TEST(power_mean_refuses_negative_scores),
        OPS_TEST(a_result_beyond_all_numbers_is_an_error),
        OPS_TEST(equal_weights_are_all_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
