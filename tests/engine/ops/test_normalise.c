/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Normalisers: hand calculations, directions, reference sets other than the column, refusals.
 * Directed values are passed, as the plan does: -x where lower is better.
 */
#include "ops_test.h"

#include "base/math.h"

#define N(a) (sizeof(a) / sizeof *(a))

static void check(fixture *f, const char *op, const char *params, const double *x,
                  const double *expected, size_t n)
{
    double y[32];
    const mera_code rc = ops_run(f, op, params, x, n, y);
    if (rc != MERA_OK) {
        print_error("%s: %s\n", op, mera_diags_get(f->diags, 0)->message);
    }
    assert_int_equal(rc, MERA_OK);
    assert_column_of(op, y, expected, n, 1e-14);
}

static void minmax_spreads_the_reference_set_over_the_range(void **state)
{
    fixture *f = *state;
    const double x[] = {2, NAN, 4, 10};
    check(f, "normalise.minmax", "", x, (double[]){0, NAN, 25, 100}, 4);
    check(f, "normalise.minmax", "range: [1, 5]", x, (double[]){1, NAN, 2, 5}, 4);
    check(f, "normalise.minmax", "range: [1, 0]", x, (double[]){1, NAN, 0.75, 0}, 4);
}

static void minmax_gives_the_least_100_where_lower_is_better(void **state)
{
    fixture *f = *state;
    const double directed[] = {-2, NAN, -4, -10};
    f->ctx.direction = MERA_LOWER;
    check(f, "normalise.minmax", "", directed, (double[]){100, NAN, 75, 0}, 4);
}

static void fitted_bounds_are_as_in_the_source(void **state)
{
    fixture *f = *state;
    const double directed[] = {-2, -10};
    const mera_op *op;
    mera_fitted fitted;
    f->ctx.direction = MERA_LOWER;
    const void *params = ops_bind(f, "normalise.minmax", "", &op);
    assert_int_equal(op->fit(op, params, &f->ctx, directed, 2, &fitted), MERA_OK);
    assert_true(fitted.n == 2 && fitted.v[0] == 2 && fitted.v[1] == 10);
    params = ops_bind(f, "normalise.zscore", "", &op);
    assert_int_equal(op->fit(op, params, &f->ctx, directed, 2, &fitted), MERA_OK);
    assert_true(fitted.v[0] == 6);
}

static void fits_on_one_column_and_applies_to_another(void **state)
{
    fixture *f = *state;
    const double reference[] = {0, 10}, x[] = {-5, 5, 20};
    double y[3];
    const char *const op = "normalise.minmax";
    assert_int_equal(ops_run_on(f, op, "", reference, 2, x, 3, y), MERA_OK);
    assert_column(y, ((double[]){-50, 50, 200}), 3, 1e-15);
    assert_int_equal(ops_run_on(f, op, "clamp: both", reference, 2, x, 3, y), MERA_OK);
    assert_column(y, ((double[]){0, 50, 100}), 3, 1e-15);
    assert_int_equal(ops_run_on(f, op, "clamp: above", reference, 2, x, 3, y), MERA_OK);
    assert_column(y, ((double[]){-50, 50, 100}), 3, 1e-15);
    assert_int_equal(ops_run_on(f, op, "clamp: below", reference, 2, x, 3, y), MERA_OK);
    assert_column(y, ((double[]){0, 50, 200}), 3, 1e-15);
}

/* Norway 2021 (UNDP HDR 2021/22): income 64,660 of 2017 PPP $ between 100 and 75,000. */
static void goalposts_with_a_logarithm_are_the_hdi_income_index(void **state)
{
    fixture *f = *state;
    const double income[] = {64660, 75000, 100, 120000};
    const double norway = (log(64660) - log(100)) / (log(75000) - log(100));
    f->ctx.goalpost[0] = 100;
    f->ctx.goalpost[1] = 75000;
    check(f, "normalise.goalposts", "log: true; range: [0, 1]", income, (double[]){norway, 1, 0, 1},
          4);
    check(f, "normalise.minmax", "log: true; range: [0, 1]; clamp: above", income,
          (double[]){norway, 1, 0, 1}, 4);
}

static void goalposts_with_a_logarithm_run_the_other_way_too(void **state)
{
    fixture *f = *state;
    const double directed[] = {-1, -10, -100, NAN};
    f->ctx.direction = MERA_LOWER;
    f->ctx.goalpost[0] = -100; /* as the plan directs [1, 100] */
    f->ctx.goalpost[1] = -1;
    check(f, "normalise.goalposts", "log: true", directed, (double[]){100, 50, 0, NAN}, 4);
    check(f, "normalise.goalposts", "", directed, (double[]){100, 9000.0 / 99, 0, NAN}, 4);
}

static void one_goalpost_leaves_the_other_bound_to_the_data(void **state)
{
    fixture *f = *state;
    const double x[] = {2, 4, 10};
    f->ctx.goalpost[0] = 0;
    check(f, "normalise.minmax", "range: [0, 1]", x, (double[]){0.2, 0.4, 1}, 3);
    assert_int_equal(ops_run(f, "normalise.goalposts", "", x, 3, (double[3]){0}), MERA_EINPUT);
    assert_message(f, "indicator 'x' has no goalposts; normalise.goalposts needs both");
}

static void goalposts_need_no_data(void **state)
{
    fixture *f = *state;
    const double none[] = {NAN}, x[] = {5};
    double y;
    f->ctx.goalpost[0] = 0;
    f->ctx.goalpost[1] = 10;
    assert_int_equal(ops_run_on(f, "normalise.minmax", "", none, 1, x, 1, &y), MERA_OK);
    assert_close(y, 50, 1e-15);
}

static void a_constant_column_is_an_error_or_the_middle(void **state)
{
    fixture *f = *state;
    const double x[] = {5, NAN, 5};
    double y[3];
    assert_int_equal(ops_run(f, "normalise.minmax", "", x, 3, y), MERA_EINPUT);
    assert_message(f, "indicator 'x' is 5 everywhere in the reference set of normalise.minmax and "
                      "cannot be rescaled");
    assert_hint(f, "give it goalposts, choose a wider reference set, or 'constant: middle'");
    check(f, "normalise.minmax", "constant: middle", x, (double[]){50, NAN, 50}, 3);
    assert_int_equal(ops_run(f, "normalise.zscore", "", x, 3, y), MERA_EINPUT);
    assert_message(f, "indicator 'x' is 5 everywhere in the reference set of normalise.zscore and "
                      "cannot be standardised");
    check(f, "normalise.zscore", "constant: middle; mean: 100", x, (double[]){100, NAN, 100}, 3);
}

static void a_constant_column_names_the_value_of_the_source(void **state)
{
    fixture *f = *state;
    const double directed[] = {-7, -7};
    double y[2];
    f->ctx.direction = MERA_LOWER;
    assert_int_equal(ops_run(f, "normalise.zscore", "", directed, 2, y), MERA_EINPUT);
    assert_said(f->diags, "indicator 'x' is 7 everywhere");
}

static void an_empty_reference_set_is_an_error(void **state)
{
    fixture *f = *state;
    const char *const op[] = {"minmax", "zscore",    "robust_z", "percentile_rank", "rank",
                              "borda",  "reference", "share",    "vector"};
    const double none[] = {NAN, NAN};
    double y[2];
    for (size_t i = 0; i < N(op); i++) {
        const char *name = mera_arena_printf(f->arena, "normalise.%s", op[i]);
        assert_int_equal(ops_run(f, name, "", none, 2, y), MERA_EINPUT);
        assert_message(f, mera_arena_printf(f->arena,
                                            "indicator 'x' has no value in the reference set of %s",
                                            name));
    }
}

static void a_logarithm_of_zero_names_subject_and_unit(void **state)
{
    fixture *f = *state;
    const char *const names[] = {"Омск", "Орёл"};
    const double x[] = {5, 0};
    double y[2];
    f->ctx.goalpost[0] = 1;
    f->ctx.goalpost[1] = 10;
    f->ctx.unit_name = names;
    assert_int_equal(ops_run(f, "normalise.goalposts", "log: true", x, 2, y), MERA_EINPUT);
    assert_message(f, "indicator 'x' is 0 at unit 'Орёл', which has no logarithm "
                      "(normalise.goalposts needs values above 0)");
    f->ctx.goalpost[0] = NAN;
    assert_int_equal(ops_run(f, "normalise.minmax", "log: true", x, 2, y), MERA_EINPUT);
    assert_message(f, "indicator 'x' has the lower bound 0, which has no logarithm "
                      "(normalise.minmax with 'log: true' needs bounds above 0)");
}

static void zscores_have_the_wished_mean_and_deviation(void **state)
{
    fixture *f = *state;
    const double x[] = {2, 4, 4, 4, 5, 5, 7, 9, NAN}; /* mean 5, population deviation 2 */
    const double sample = sqrt(32.0 / 7);
    check(f, "normalise.zscore", "deviation: population", x,
          (double[]){-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2, NAN}, 9);
    check(f, "normalise.zscore", "mean: 100; sd: 10", x,
          (double[]){100 - 30 / sample, 100 - 10 / sample, 100 - 10 / sample, 100 - 10 / sample,
                     100, 100, 100 + 20 / sample, 100 + 40 / sample, NAN},
          9);
}

/* med 3, |x - med| = 2 1 0 1 97, MAD 1 */
static void robust_z_is_not_moved_by_an_outlier(void **state)
{
    fixture *f = *state;
    const double x[] = {1, 2, 3, 4, 100};
    check(f, "normalise.robust_z", "", x,
          (double[]){-2 / 1.4826, -1 / 1.4826, 0, 1 / 1.4826, 97 / 1.4826}, 5);
    const double same[] = {1, 1, 1, 2};
    assert_int_equal(ops_run(f, "normalise.robust_z", "", same, 4, (double[4]){0}), MERA_EINPUT);
    assert_message(f, "indicator 'x' has the same value in half of the reference set or more; "
                      "normalise.robust_z has no deviation to divide by");
}

static void percentile_ranks_each_by_their_own_name(void **state)
{
    fixture *f = *state;
    const double x[] = {0, 3, NAN, 3, 8, 0};
    const char *const op = "normalise.percentile_rank";
    check(f, op, "", x, (double[]){0, 0.5, NAN, 0.5, 1, 0}, 6);
    check(f, op, "kind: at_or_below", x, (double[]){0.4, 0.8, NAN, 0.8, 1, 0.4}, 6);
    check(f, op, "kind: mid", x, (double[]){0.2, 0.6, NAN, 0.6, 0.9, 0.2}, 6);
    check(f, op, "kind: nonzero; scale: 300", x, (double[]){0, 200, NAN, 200, 300, 0}, 6);
    check(f, op, "ties: max", x, (double[]){0.25, 0.75, NAN, 0.75, 1, 0.25}, 6);
    check(f, op, "ties: mean", x, (double[]){0.125, 0.625, NAN, 0.625, 1, 0.125}, 6);
}

/* x = 1 2 2 3: P = 0 1/3 1/3 1. The complement is 1 2/3 2/3 0, the descending rank 1 1/3 1/3 0. */
static void complement_and_descending_differ_on_ties(void **state)
{
    fixture *f = *state;
    const double directed[] = {-1, -2, -2, -3};
    const char *const op = "normalise.percentile_rank";
    f->ctx.direction = MERA_LOWER;
    check(f, op, "reverse: complement", directed, (double[]){1, 2.0 / 3, 2.0 / 3, 0}, 4);
    check(f, op, "", directed, (double[]){1, 1.0 / 3, 1.0 / 3, 0}, 4);
    f->ctx.direction = MERA_HIGHER;
    check(f, op, "reverse: complement", (double[]){1, 2, 2, 3}, (double[]){0, 1.0 / 3, 1.0 / 3, 1},
          4);
}

static void percentile_ranks_of_outsiders_stay_inside(void **state)
{
    fixture *f = *state;
    const double reference[] = {1, 2, 3}, x[] = {0, 2.5, 9};
    double y[3];
    assert_int_equal(ops_run_on(f, "normalise.percentile_rank", "", reference, 3, x, 3, y),
                     MERA_OK);
    assert_column(y, ((double[]){0, 1, 1}), 3, 1e-15);
}

static void ties_go_with_kind_below_only(void **state)
{
    fixture *f = *state;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_NORMALISE, "percentile_rank");
    void *out;
    assert_int_equal(mera_op_bind(op, ops_params(f, "kind: mid; ties: max"), NULL, MERA_NOWHERE,
                                  f->arena, f->diags, &out),
                     MERA_EINPUT);
    assert_message(f, "'ties' of normalise.percentile_rank has a meaning for kind 'below' only, "
                      "not for 'mid'");
}

static void ranks_rise_with_the_value(void **state)
{
    fixture *f = *state;
    const double x[] = {7, 5, NAN, 5, 3};
    const char *const op = "normalise.rank";
    check(f, op, "", x, (double[]){4, 2.5, NAN, 2.5, 1}, 5);
    check(f, op, "ties: min", x, (double[]){4, 2, NAN, 2, 1}, 5);
    check(f, op, "ties: max", x, (double[]){4, 3, NAN, 3, 1}, 5);
    check(f, op, "ties: dense", x, (double[]){3, 2, NAN, 2, 1}, 5);
    check(f, op, "ties: first", x, (double[]){4, 2, NAN, 3, 1}, 5);
    check(f, op, "best: one; ties: min", x, (double[]){1, 2, NAN, 2, 4}, 5);
    check(f, op, "best: one; ties: dense", x, (double[]){1, 2, NAN, 2, 3}, 5);
    check(f, op, "scale: unit", x, (double[]){1, 0.5, NAN, 0.5, 0}, 5);
    check(f, "normalise.borda", "", x, (double[]){3, 1.5, NAN, 1.5, 0}, 5);
}

static void linear_scales_and_rounding(void **state)
{
    fixture *f = *state;
    const double x[] = {0.6175, NAN, -0.0005, 2};
    check(f, "normalise.none", "", x, x, 4);
    check(f, "normalise.scale", "factor: -2; offset: 1", x, (double[]){-0.235, NAN, 1.001, -3}, 4);
    check(f, "normalise.round", "", x, (double[]){0.618, NAN, -0.001, 2}, 4);
    check(f, "normalise.round", "digits: 0; mode: half_even", (double[]){0.5, 1.5, 2.5},
          (double[]){0, 2, 2}, 3);
}

static void reference_is_a_ratio_in_either_direction(void **state)
{
    fixture *f = *state;
    const double x[] = {2, 4, NAN, 8}, directed[] = {-2, -4, NAN, -8};
    const char *const op = "normalise.reference";
    check(f, op, "", x, (double[]){0.25, 0.5, NAN, 1}, 4);
    check(f, op, "to: value; value: 16; scale: 100", x, (double[]){12.5, 25, NAN, 50}, 4);
    check(f, op, "to: median", x, (double[]){0.5, 1, NAN, 2}, 4);
    f->ctx.direction = MERA_LOWER;
    check(f, op, "", directed, (double[]){1, 0.5, NAN, 0.25}, 4);
    check(f, op, "to: value; value: 1", directed, (double[]){0.5, 0.25, NAN, 0.125}, 4);
    assert_int_equal(ops_run(f, op, "to: mean", (double[]){-1, -0.0}, 2, (double[2]){0}),
                     MERA_EINPUT);
    assert_message(f,
                   "indicator 'x' is 0 at unit 2; normalise.reference needs values above 0 where "
                   "lower is better");
}

static void target_gives_full_marks_inside(void **state)
{
    fixture *f = *state;
    const double directed[] = {-0.0, -5, NAN, -10, -20};
    f->ctx.direction = MERA_TARGET;
    check(f, "normalise.target", "distance: 10", directed, (double[]){100, 50, NAN, 0, 0}, 5);
    check(f, "normalise.target", "range: [0, 1]", directed, (double[]){1, 0.75, NAN, 0.5, 0}, 5);
    f->ctx.direction = MERA_HIGHER;
    assert_int_equal(ops_run(f, "normalise.target", "", directed, 5, (double[5]){0}), MERA_EINPUT);
    assert_message(f, "indicator 'x' has no target; normalise.target needs one");
}

static void shares_of_total_and_of_length(void **state)
{
    fixture *f = *state;
    const double x[] = {3, NAN, 4};
    check(f, "normalise.share", "scale: 100", x, (double[]){300.0 / 7, NAN, 400.0 / 7}, 3);
    check(f, "normalise.vector", "", x, (double[]){0.6, NAN, 0.8}, 3);
    assert_int_equal(ops_run(f, "normalise.share", "", (double[]){0, 0}, 2, (double[2]){0}),
                     MERA_EINPUT);
    assert_message(f, "indicator 'x' is 0 everywhere in the reference set of normalise.share and "
                      "cannot be divided by its total");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(minmax_spreads_the_reference_set_over_the_range),
        OPS_TEST(minmax_gives_the_least_100_where_lower_is_better),
        OPS_TEST(fitted_bounds_are_as_in_the_source),
        OPS_TEST(fits_on_one_column_and_applies_to_another),
        OPS_TEST(goalposts_with_a_logarithm_are_the_hdi_income_index),
        OPS_TEST(goalposts_with_a_logarithm_run_the_other_way_too),
        OPS_TEST(one_goalpost_leaves_the_other_bound_to_the_data),
        OPS_TEST(goalposts_need_no_data),
        OPS_TEST(a_constant_column_is_an_error_or_the_middle),
        OPS_TEST(a_constant_column_names_the_value_of_the_source),
        OPS_TEST(an_empty_reference_set_is_an_error),
        OPS_TEST(a_logarithm_of_zero_names_subject_and_unit),
        OPS_TEST(zscores_have_the_wished_mean_and_deviation),
        OPS_TEST(robust_z_is_not_moved_by_an_outlier),
        OPS_TEST(percentile_ranks_each_by_their_own_name),
        OPS_TEST(complement_and_descending_differ_on_ties),
        OPS_TEST(percentile_ranks_of_outsiders_stay_inside),
        OPS_TEST(ties_go_with_kind_below_only),
        OPS_TEST(ranks_rise_with_the_value),
        OPS_TEST(linear_scales_and_rounding),
        OPS_TEST(reference_is_a_ratio_in_either_direction),
        OPS_TEST(target_gives_full_marks_inside),
        OPS_TEST(shares_of_total_and_of_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
