/* SPDX-License-Identifier: Apache-2.0 */
/** @file Imputers, treaters, denominators: hand calculations, foreign sets, refusals, a slow twin.
 */
#include "ops_test.h"

#include <stdlib.h>

#include "base/math.h"
#include "ops/column.h"

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

static void imputers_fill_gaps_and_touch_nothing_else(void **state)
{
    fixture *f = *state;
    const double x[] = {1, NAN, 2, 9};
    check(f, "impute.mean", "", x, (double[]){1, 4, 2, 9}, 4);
    check(f, "impute.group_mean", "", x, (double[]){1, 4, 2, 9}, 4);
    check(f, "impute.median", "", x, (double[]){1, 2, 2, 9}, 4);
    check(f, "impute.group_median", "", x, (double[]){1, 2, 2, 9}, 4);
    check(f, "impute.constant", "value: -1", x, (double[]){1, -1, 2, 9}, 4);
}

static void imputers_use_the_reference_set(void **state)
{
    fixture *f = *state;
    const double reference[] = {10, 20, NAN}, x[] = {NAN, 1};
    double y[2];
    assert_int_equal(ops_run_on(f, "impute.mean", "", reference, 3, x, 2, y), MERA_OK);
    assert_true(y[0] == 15 && y[1] == 1);
}

static void an_empty_reference_set_has_no_mean(void **state)
{
    fixture *f = *state;
    const double none[] = {NAN};
    double y;
    assert_int_equal(ops_run(f, "impute.mean", "", none, 1, &y), MERA_EINPUT);
    assert_message(f, "indicator 'x' has no value in the reference set of impute.mean");
    assert_hint(f, "screen it out, or choose a wider reference set (reference: {by, period, "
                   "fallback})");
}

static void clips_at_the_bounds_that_are_given(void **state)
{
    fixture *f = *state;
    const double x[] = {-5, NAN, 5, 15};
    check(f, "treat.clip", "lower: 0; upper: 10", x, (double[]){0, NAN, 5, 10}, 4);
    check(f, "treat.clip", "upper: 10", x, (double[]){-5, NAN, 5, 10}, 4);
    check(f, "treat.clip", "lower: 0; upper: null", x, (double[]){0, NAN, 5, 15}, 4);
}

static void refuses_bounds_that_are_none_or_crossed(void **state)
{
    fixture *f = *state;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_TREAT, "clip");
    void *out;
    assert_int_equal(mera_op_bind(op, NULL, NULL, MERA_NOWHERE, f->arena, f->diags, &out),
                     MERA_EINPUT);
    assert_message(f, "treat.clip needs 'lower', 'upper' or both");
    assert_int_equal(mera_op_bind(op, ops_params(f, "lower: 2; upper: 1"), NULL, MERA_NOWHERE,
                                  f->arena, f->diags, &out),
                     MERA_EINPUT);
    assert_message(f, "'lower' of treat.clip is 2 and not below 'upper', 1");
}

static void clips_at_quantiles_of_the_reference_set(void **state)
{
    fixture *f = *state;
    const double x[] = {0, 1, 2, 3, 4, NAN}, other[] = {-9, 2, 9};
    double y[3];
    check(f, "treat.quantile_clip", "lower: 0.25; upper: 0.75", x, (double[]){1, 1, 2, 3, 3, NAN},
          6);
    check(f, "treat.quantile_clip", "lower: 0; upper: 0.5", x, (double[]){0, 1, 2, 2, 2, NAN}, 6);
    assert_int_equal(
        ops_run_on(f, "treat.quantile_clip", "lower: 0; upper: 0.75", x, 6, other, 3, y), MERA_OK);
    assert_column(y, ((double[]){-9, 2, 3}), 3, 0); /* 0 sets no bound */
}

static void takes_logarithms_after_the_shift(void **state)
{
    fixture *f = *state;
    const double x[] = {0, 1, NAN, 9};
    check(f, "treat.log", "shift: 1", x, (double[]){0, log(2), NAN, log(10)}, 4);
    check(f, "treat.log", "shift_by: minimum", (double[]){-5, NAN, 4}, (double[]){0, NAN, log(10)},
          3);
    check(f, "treat.log", "shift_by: range", (double[]){-5, 5}, (double[]){log(0.1), log(10.1)}, 2);
}

static void a_logarithm_of_zero_says_how_to_go_on(void **state)
{
    fixture *f = *state;
    const double x[] = {1, 0};
    double y[2];
    assert_int_equal(ops_run(f, "treat.log", "", x, 2, y), MERA_EINPUT);
    assert_message(f,
                   "indicator 'x' is 0 at unit 2, which has no logarithm (treat.log needs values "
                   "above 0)");
    assert_hint(f, "a 'shift' adds to the values first; 'shift_by: range' finds one");
}

/* 1..9 and 1000: the outlier is pulled to 9, and the rest is tame. */
static void winsorising_pulls_in_an_outlier_at_either_end(void **state)
{
    fixture *f = *state;
    const double high[] = {1, 2, 3, 4, 5, NAN, 6, 7, 8, 9, 1000};
    const double low[] = {-1, -2, -3, -4, -5, NAN, -6, -7, -8, -9, -1000};
    check(f, "treat.winsorise", "", high, (double[]){1, 2, 3, 4, 5, NAN, 6, 7, 8, 9, 9}, 11);
    check(f, "treat.winsorise", "", low, (double[]){-1, -2, -3, -4, -5, NAN, -6, -7, -8, -9, -9},
          11);
}

static void winsorising_leaves_tame_constant_and_short_columns_alone(void **state)
{
    fixture *f = *state;
    const double tame[] = {1, 2, 3, 4, 5}, same[] = {3, 3, 3, 3, 3, 3}, few[] = {1, 1, 1000};
    check(f, "treat.winsorise", "", tame, tame, 5);
    check(f, "treat.winsorise", "", same, same, 6);
    check(f, "treat.winsorise", "", few, few, 3);
    check(f, "treat.winsorise", "", (double[]){NAN, NAN}, (double[]){NAN, NAN}, 2);
    assert_int_equal(mera_diags_size(f->diags), 0);
}

static void winsorised_bounds_hold_for_other_sets_at_the_treated_end_only(void **state)
{
    fixture *f = *state;
    const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1000}, other[] = {-50, 500, NAN};
    double y[3];
    assert_int_equal(ops_run_on(f, "treat.winsorise", "", x, 10, other, 3, y), MERA_OK);
    assert_column(y, ((double[]){-50, 9, NAN}), 3, 0);
}

/* With 1000 pulled in to 10 this is a coin of p = 1/9: g1 = (1 - 2p) / sqrt(p q) = 2.475, G1
 * = 2.706; g2 = (1 - 6 p q) / (p q) = 4.125, G2 = 5.977. One point is not enough. */
static const double wild[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1000};

static void a_column_that_stays_wild_is_kept_with_a_warning(void **state)
{
    fixture *f = *state;
    double expected[18], y[18];
    memcpy(expected, wild, sizeof wild);
    expected[17] = 10;
    assert_int_equal(ops_run(f, "treat.winsorise", "max_points: 1", wild, 18, y), MERA_OK);
    assert_column(y, expected, 18, 0);
    mera_moments m;
    mera_column_moments(expected, 18, &m);
    assert_true(mera_moments_skewness(&m) > 2 && mera_moments_kurtosis(&m) > 3.5);
    assert_int_equal(mera_diags_count(f->diags, MERA_WARNING), 1);
    assert_message(f, "indicator 'x' keeps skewness 2.71 and kurtosis 5.98 with 1 point pulled in");
}

static void a_column_that_stays_wild_may_be_left_or_logged(void **state)
{
    fixture *f = *state;
    double expected[18];
    check(f, "treat.winsorise", "max_points: 1; otherwise: undo", wild, wild, 18);
    for (size_t i = 0; i < 18; i++) {
        expected[i] = log(wild[i] + 10); /* min 0, a hundredth of the range is 10 */
    }
    check(f, "treat.winsorise", "max_points: 1; otherwise: log_ct", wild, expected, 18);
    check(f, "treat.winsorise", "max_points: 0; otherwise: log_ct", wild, expected, 18);
    assert_int_equal(mera_diags_count(f->diags, MERA_NOTE), 3);
}

/* The definition, step by step on the whole column: what the parted one must equal. */
static void slow_winsorise(double *y, size_t n, size_t max_points)
{
    size_t points = 0;
    double *x = malloc(n * sizeof *x);
    memcpy(x, y, n * sizeof *x);
    for (;;) {
        mera_moments m;
        mera_column_moments(y, n, &m);
        if (m.min == m.max || fabs(mera_moments_skewness(&m)) < 2 ||
            mera_moments_kurtosis(&m) < 3.5 || points >= max_points) {
            break;
        }
        const bool above = mera_moments_skewness(&m) >= 0;
        double next = above ? -INFINITY : INFINITY;
        for (size_t i = 0; i < n; i++) {
            if (above ? y[i] < m.max && y[i] > next : y[i] > m.min && y[i] < next) {
                next = y[i];
            }
        }
        points = 0;
        for (size_t i = 0; i < n; i++) {
            y[i] = above ? (y[i] > next ? next : y[i]) : (y[i] < next ? next : y[i]);
            points += y[i] != x[i] && !isnan(x[i]);
        }
    }
    free(x);
}

static double random_at(uint64_t seed, uint64_t i)
{
    uint64_t z = (seed + i + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (double)(((z ^ (z >> 31)) >> 11) + 1) * 0x1p-53;
}

/* Columns of several laws, sizes, ties, gaps and both signs; and any number of points. */
static void winsorising_equals_its_slow_definition(void **state)
{
    fixture *f = *state;
    size_t treated = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        const size_t n = 5 + (size_t)(600 * random_at(seed, 1) * random_at(seed, 2));
        const size_t points = (size_t[]){1, 3, 5, 20, 63, 64, 100}[seed % 7];
        double *x = mera_arena_zero(f->arena, n, sizeof *x);
        double *y = mera_arena_zero(f->arena, n, sizeof *y);
        for (size_t i = 0; i < n; i++) {
            const double u = random_at(seed, 10 + i);
            x[i] = (seed % 3 == 0 ? 1 / u : exp(4 * u * u)) * (seed % 2 == 0 ? 1 : -1);
            x[i] = seed % 5 == 0 ? floor(x[i]) : x[i];
            x[i] = seed % 4 == 0 && i % 9 == 4 ? NAN : seed % 11 == 0 ? x[i] + 1e6 : x[i];
        }
        const char *params = mera_arena_printf(f->arena, "max_points: %zu", points);
        assert_int_equal(ops_run(f, "treat.winsorise", params, x, n, y), MERA_OK);
        treated += memcmp(x, y, n * sizeof *x) != 0;
        slow_winsorise(x, n, points);
        assert_column_of(params, y, x, n, 0);
    }
    assert_true(treated > 100);
}

static void divides_by_another_column(void **state)
{
    fixture *f = *state;
    const double x[] = {10, NAN, 3, 0}, by[] = {1000, 5, NAN, 10};
    f->ctx.input = (const double *const[]){by};
    f->ctx.n_inputs = 1;
    check(f, "denominate.per_unit", "by: population; per: 1000", x, (double[]){10, NAN, NAN, 0}, 4);
    assert_int_equal(mera_diags_size(f->diags), 0);
}

static void a_zero_denominator_is_missing_and_counted_or_an_error(void **state)
{
    fixture *f = *state;
    const double x[] = {10, 20, NAN, 0}, by[] = {5, 0, 0, 0};
    const char *const names[] = {"a", "b", "c", "d"};
    double y[4];
    f->ctx.input = (const double *const[]){by};
    f->ctx.unit_name = names;
    check(f, "denominate.per_unit", "by: pop", x, (double[]){2, NAN, NAN, NAN}, 4);
    assert_int_equal(mera_diags_count(f->diags, MERA_WARNING), 1);
    assert_message(f, "indicator 'x': 'pop' is 0 at 2 units, which get no value; the first is unit "
                      "'b'");
    assert_int_equal(ops_run(f, "denominate.per_unit", "by: pop; zero: error", x, 4, y),
                     MERA_EINPUT);
    assert_message(f, "indicator 'x' cannot be divided by 'pop' at unit 'b': it is 0 there");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(imputers_fill_gaps_and_touch_nothing_else),
        OPS_TEST(imputers_use_the_reference_set),
        OPS_TEST(an_empty_reference_set_has_no_mean),
        OPS_TEST(clips_at_the_bounds_that_are_given),
        OPS_TEST(refuses_bounds_that_are_none_or_crossed),
        OPS_TEST(clips_at_quantiles_of_the_reference_set),
        OPS_TEST(takes_logarithms_after_the_shift),
        OPS_TEST(a_logarithm_of_zero_says_how_to_go_on),
        OPS_TEST(winsorising_pulls_in_an_outlier_at_either_end),
        OPS_TEST(winsorising_leaves_tame_constant_and_short_columns_alone),
        OPS_TEST(winsorised_bounds_hold_for_other_sets_at_the_treated_end_only),
        OPS_TEST(a_column_that_stays_wild_is_kept_with_a_warning),
        OPS_TEST(a_column_that_stays_wild_may_be_left_or_logged),
        OPS_TEST(winsorising_equals_its_slow_definition),
        OPS_TEST(divides_by_another_column),
        OPS_TEST(a_zero_denominator_is_missing_and_counted_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
