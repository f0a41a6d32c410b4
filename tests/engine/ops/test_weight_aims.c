/* SPDX-License-Identifier: Apache-2.0 */
/** @file Weighers with an aim: an anchor, an importance, the most information. */
#include "weigh.h"

#include "ops/importance.h"

static const double a8[] = {1, 1, 1, 1, -1, -1, -1, -1};
static const double b8[] = {1, 1, 1, -1, 1, -1, -1, -1}; /* correlates with a8 by .5 */
static const double c8[] = {1, 1, -1, -1, -1, 1, 1, -1}; /* with neither */
static const double *const abc[] = {a8, b8, c8};

/* A fixed sequence in -1..1. */
static double noise(size_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

static void give_anchor(fixture *f, const double *const *anchor)
{
    f->ctx.input = anchor;
    f->ctx.n_inputs = 1;
}

static void an_anchor_without_values_is_refused(void **state)
{
    fixture *f = *state;
    const double nothing[] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    const double same[] = {3, 3, 3, 3, 3, 3, 3, 3};
    const double *anchor[] = {nothing};
    double w[3];
    assert_int_equal(weigh(f, "weight.regression", "anchor: gdp", abc, 3, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n': there are no values of the anchor 'gdp' of weight.regression");
    give_anchor(f, anchor);
    assert_int_equal(weigh(f, "weight.shapley_r2", "anchor: gdp", abc, 3, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n': weight.shapley_r2 needs 5 units that have all 3 children and the "
                      "anchor 'gdp', and there are 0");
    anchor[0] = same;
    assert_int_equal(weigh(f, "weight.shapley_r2", "anchor: gdp", abc, 3, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n': the anchor 'gdp' has the same value at all units");
}

static void a_negative_slope_is_refused_unless_told(void **state)
{
    fixture *f = *state;
    double y[8], w[2];
    for (size_t i = 0; i < 8; i++) {
        y[i] = 2 * a8[i] - c8[i];
    }
    const double *const anchor[] = {y};
    const double *const ac[] = {a8, c8};
    give_anchor(f, anchor);
    assert_int_equal(weigh(f, "weight.regression", "anchor: y; method: ols", ac, 2, 8, w),
                     MERA_EINPUT);
    assert_said(f->diags, "node 'n': weight.regression gives weights below 0 to 'b' (");
    assert_int_equal(
        weigh(f, "weight.regression", "anchor: y; method: ols; negative: constrain", ac, 2, 8, w),
        MERA_OK);
    assert_true(w[0] == 1 && w[1] == 0 && weigh_warnings(f) == 1);
    assert_said(f->diags, "the weighted sum explains 80.0 % of the variance of the anchor over 8 "
                          "units");
}

static void dependent_children_have_no_single_least_squares(void **state)
{
    fixture *f = *state;
    const double *const x[] = {a8, a8}, *const anchor[] = {b8};
    double w[2];
    give_anchor(f, anchor);
    assert_int_equal(weigh(f, "weight.regression", "anchor: y; method: ols", x, 2, 8, w),
                     MERA_EINPUT);
    assert_message(f, "node 'n': of 2 children 1 are independent, and weight.regression has no "
                      "single answer (nearest are 'a' and 'b', correlation 1.0000)");
    assert_int_equal(weigh(f, "weight.regression", "anchor: y; method: ridge", x, 2, 8, w),
                     MERA_OK);
    assert_close(w[0], 0.5, 1e-14);
}

/* Shares of R2 by the formula, each of the 16 regressions made on its own; here they are compared
 * with what defines them: twins share alike, and the sum is what all explain. */
static void shapley_shares_of_twins_are_equal(void **state)
{
    fixture *f = *state;
    double x[4][30], y[30], w[4];
    for (size_t i = 0; i < 30; i++) {
        x[0][i] = noise(i);
        x[1][i] = noise(i + 100) + 0.5 * x[0][i];
        x[2][i] = x[0][i];
        x[3][i] = noise(i + 300);
        y[i] = x[0][i] + x[1][i] + 0.2 * noise(i + 400);
    }
    const double *const columns[] = {x[0], x[1], x[2], x[3]}, *const anchor[] = {y};
    give_anchor(f, anchor);
    assert_int_equal(weigh(f, "weight.shapley_r2", "anchor: y", columns, 4, 30, w), MERA_OK);
    assert_close(w[0], w[2], 1e-12);
    assert_true(w[0] > w[3] && w[1] > w[3] && w[3] >= 0);
}

static void too_many_children_for_all_regressions_are_refused(void **state)
{
    fixture *f = *state;
    const double *x[21], *const anchor[] = {b8};
    double w[21];
    for (size_t j = 0; j < 21; j++) {
        x[j] = a8;
    }
    give_anchor(f, anchor);
    assert_int_equal(weigh(f, "weight.shapley_r2", "anchor: y", x, 21, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n' has 21 children; weight.shapley_r2 makes 2^k regressions and takes "
                      "at most 20");
}

static void a_target_out_of_reach_is_said_with_the_nearest(void **state)
{
    fixture *f = *state;
    double twin[8], w[3];
    for (size_t i = 0; i < 8; i++) {
        twin[i] = a8[i] + 0.1 * noise(i);
    }
    const double *const x[] = {a8, twin, c8};
    assert_int_equal(weigh(f, "weight.to_importance", "targets: {a: 8, b: 1, c: 1}", x, 3, 8, w),
                     MERA_OK);
    assert_said(f->diags,
                "node 'n': the importance aimed at is not reachable with weights from 0 to "
                "1; the nearest is 'a' ");
    assert_int_equal(weigh_warnings(f), 1);
}

static void bounds_no_weights_fit_are_refused(void **state)
{
    fixture *f = *state;
    double w[3];
    assert_int_equal(weigh(f, "weight.to_importance", "upper: 0.3", abc, 3, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n': 3 weights from 0 to 0.3 cannot sum to 1");
    assert_int_equal(weigh(f, "weight.to_importance", "lower: 0.3; upper: 0.4", abc, 3, 8, w),
                     MERA_OK);
    for (size_t j = 0; j < 3; j++) {
        assert_true(w[j] >= 0.3 - 1e-12 && w[j] <= 0.4 + 1e-12);
    }
}

/* Importance at given weights has shares; weights aimed at these shares are found again. */
static void weights_are_found_again_from_their_importance(void **state)
{
    fixture *f = *state;
    enum { K = 6, N = 60 };
    static const char *const measures[] = {"squared_correlation", "correlation", "variance_share",
                                           "spline"};
    const double truth[K] = {0.3, 0.1, 0.2, 0.15, 0.05, 0.2};
    double x[K * N], s[K], w[K];
    const double *columns[K];
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < K; j++) {
            x[j * N + i] = noise(7 * i + j + 1000) + 0.4 * noise(i + 5000);
            columns[j] = x + j * N;
        }
    }
    for (int m = 0; m < 4; m++) {
        mera_importance children;
        double sum = 0;
        assert_int_equal(
            mera_importance_of(x, N, K, (mera_importance_kind)m, 5, f->arena, &children), MERA_OK);
        assert_int_equal(mera_importance_at(&children, truth, f->arena, s), MERA_OK);
        for (size_t j = 0; j < K; j++) {
            sum += s[j];
        }
        assert_true(m != MERA_IMPORTANCE_SHARE || fabs(sum - 1) < 1e-14);
        const char *params = mera_arena_printf(
            f->arena,
            "measure: %s; targets: {a: %.17g, b: %.17g, c: %.17g, d: %.17g, e: %.17g, f: %.17g}",
            measures[m], s[0] / sum, s[1] / sum, s[2] / sum, s[3] / sum, s[4] / sum, s[5] / sum);
        assert_int_equal(weigh(f, "weight.to_importance", params, columns, K, N, w), MERA_OK);
        assert_column_of(measures[m], w, truth, K, 1e-9);
    }
    assert_int_equal(weigh_warnings(f), 0);
}

/* A child that drives the sum by its square has no correlation with it, yet a main effect. */
static void a_spline_sees_what_a_correlation_does_not(void **state)
{
    fixture *f = *state;
    enum { N = 81 };
    double x[2 * N], s[2];
    const double w[] = {0, 1};
    for (size_t i = 0; i < N; i++) {
        x[i] = ((double)i - 40) / 40;
        x[N + i] = x[i] * x[i];
    }
    mera_importance children;
    assert_int_equal(mera_importance_of(x, N, 2, MERA_IMPORTANCE_R2, 5, f->arena, &children),
                     MERA_OK);
    assert_int_equal(mera_importance_at(&children, w, f->arena, s), MERA_OK);
    assert_true(s[0] < 1e-20 && fabs(s[1] - 1) < 1e-14);
    assert_int_equal(mera_importance_of(x, N, 2, MERA_IMPORTANCE_SPLINE, 5, f->arena, &children),
                     MERA_OK);
    assert_int_equal(mera_importance_at(&children, w, f->arena, s), MERA_OK);
    assert_true(s[0] > 0.98 && s[0] <= 1 + 1e-14 && fabs(s[1] - 1) < 1e-14);
}

static void children_that_cancel_out_carry_no_common_information(void **state)
{
    fixture *f = *state;
    double minus[8], w[2];
    for (size_t i = 0; i < 8; i++) {
        minus[i] = -a8[i];
    }
    const double *const x[] = {a8, minus};
    assert_int_equal(weigh(f, "weight.max_information", "objective: min_correlation", x, 2, 8, w),
                     MERA_EINPUT);
    assert_message(f, "node 'n': its children cancel each other out, and no weights give an index "
                      "that goes with all of them");
}

/* With mixed signs the best weights of 0 or more are no worse than any on a fine grid. */
static void the_most_information_with_mixed_signs_beats_a_grid(void **state)
{
    fixture *f = *state;
    enum { N = 25 };
    double x[3][N], w[3], best = 0, reached = 0;
    for (size_t i = 0; i < N; i++) {
        x[0][i] = noise(i);
        x[1][i] = -0.7 * x[0][i] + noise(i + 50);
        x[2][i] = 0.5 * x[0][i] + noise(i + 90);
    }
    const double *const columns[] = {x[0], x[1], x[2]};
    mera_importance c;
    double table[3 * N], s[3];
    memcpy(table, x, sizeof table);
    assert_int_equal(mera_importance_of(table, N, 3, MERA_IMPORTANCE_R2, 0, f->arena, &c), MERA_OK);
    assert_int_equal(weigh(f, "weight.max_information", "", columns, 3, N, w), MERA_OK);
    for (int p = 0; p <= 100; p++) {
        for (int q = 0; p + q <= 100; q++) {
            const double v[] = {p / 100.0, q / 100.0, (100 - p - q) / 100.0};
            assert_int_equal(mera_importance_at(&c, v, f->arena, s), MERA_OK);
            best = fmax(best, s[0] + s[1] + s[2]);
        }
    }
    assert_int_equal(mera_importance_at(&c, w, f->arena, s), MERA_OK);
    reached = s[0] + s[1] + s[2];
    assert_true(reached >= best - 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(an_anchor_without_values_is_refused),
        OPS_TEST(a_negative_slope_is_refused_unless_told),
        OPS_TEST(dependent_children_have_no_single_least_squares),
        OPS_TEST(shapley_shares_of_twins_are_equal),
        OPS_TEST(too_many_children_for_all_regressions_are_refused),
        OPS_TEST(a_target_out_of_reach_is_said_with_the_nearest),
        OPS_TEST(bounds_no_weights_fit_are_refused),
        OPS_TEST(weights_are_found_again_from_their_importance),
        OPS_TEST(a_spline_sees_what_a_correlation_does_not),
        OPS_TEST(children_that_cancel_out_carry_no_common_information),
        OPS_TEST(the_most_information_with_mixed_signs_beats_a_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
