/* SPDX-License-Identifier: Apache-2.0 */
/** @file Benefit of the doubt: what defines the scores, missing children, bounds by name. */
#include "ops_test.h"

#include <stdlib.h>

enum { K = 4, N = 60 };

static double noise(size_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-53;
}

typedef struct {
    double x[K][N];
    const double *columns[K];
} sample;

static void sample_make(sample *s)
{
    for (size_t j = 0; j < K; j++) {
        for (size_t i = 0; i < N; i++) {
            s->x[j][i] = 0.05 + noise(100 * j + i);
        }
        s->columns[j] = s->x[j];
    }
}

static const double equal[] = {1, 1, 1, 1};

static mera_code bod(fixture *f, const char *params, const sample *s, double *y)
{
    return ops_aggregate(f, "aggregate.bod", params, s->columns, equal, K, N, y);
}

static void scores_lie_between_0_and_1_and_somebody_leads(void **state)
{
    sample s;
    double y[N], top = 0;
    sample_make(&s);
    assert_int_equal(bod(*state, "", &s, y), MERA_OK);
    for (size_t i = 0; i < N; i++) {
        assert_true(y[i] > 0 && y[i] <= 1);
        top = fmax(top, y[i]);
    }
    assert_true(top == 1);
}

/* No fixed weights flatter a unit more: its score is at least what any of them give it, relative to
 * the best unit under them. */
static void no_common_weights_flatter_a_unit_more(void **state)
{
    sample s;
    double y[N];
    sample_make(&s);
    assert_int_equal(bod(*state, "", &s, y), MERA_OK);
    for (size_t trial = 0; trial < 500; trial++) {
        double score[N], most = 0;
        for (size_t i = 0; i < N; i++) {
            score[i] = 0;
            for (size_t j = 0; j < K; j++) {
                score[i] += noise(5000 + trial * K + j) * s.x[j][i];
            }
            most = fmax(most, score[i]);
        }
        for (size_t i = 0; i < N; i++) {
            assert_true(y[i] >= score[i] / most - 1e-12);
        }
    }
}

/* Any score is the least by which the unit must be stretched to leave a mixture of others: the unit
 * divided by its score lies on the frontier, so it scores 1 when it joins them. */
static void a_unit_stretched_by_its_score_leads(void **state)
{
    sample s, t;
    double y[N], z[N];
    sample_make(&s);
    assert_int_equal(bod(*state, "", &s, y), MERA_OK);
    t = s;
    for (size_t j = 0; j < K; j++) {
        t.x[j][7] = s.x[j][7] / y[7];
        t.columns[j] = t.x[j];
    }
    assert_true(y[7] < 1);
    assert_int_equal(bod(*state, "", &t, z), MERA_OK);
    assert_close(z[7], 1, 1e-12);
}

static void narrower_shares_lower_the_scores(void **state)
{
    static const char *const params[] = {"", "lower: 0.05; upper: 0.7", "lower: 0.1; upper: 0.5",
                                         "lower: 0.2; upper: 0.3", "lower: 0.25; upper: 0.25"};
    sample s;
    double before[N], y[N];
    sample_make(&s);
    for (size_t p = 0; p < 5; p++) {
        assert_int_equal(bod(*state, params[p], &s, y), MERA_OK);
        for (size_t i = 0; i < N; i++) {
            assert_true(p == 0 || y[i] <= before[i] + 1e-12);
            before[i] = y[i];
        }
    }
}

static void the_order_and_the_scale_of_children_do_not_matter(void **state)
{
    sample s, t;
    double y[N], z[N];
    sample_make(&s);
    for (size_t j = 0; j < K; j++) {
        for (size_t i = 0; i < N; i++) {
            t.x[j][i] = s.x[K - 1 - j][N - 1 - i] * (double)(10 * j + 3);
        }
        t.columns[j] = t.x[j];
    }
    assert_int_equal(bod(*state, "lower: 0.1; upper: 0.6", &s, y), MERA_OK);
    assert_int_equal(bod(*state, "lower: 0.1; upper: 0.6", &t, z), MERA_OK);
    for (size_t i = 0; i < N; i++) {
        assert_close(z[N - 1 - i], y[i], 1e-12);
    }
}

static void a_missing_child_is_left_out_with_its_constraint(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){4, 1, NAN, NAN}, (double[]){1, 4, 2, NAN}};
    const double w[] = {1, 1}, expected[] = {1, 1, 0.5, NAN};
    double y[4];
    assert_int_equal(ops_aggregate(f, "aggregate.bod", "", x, w, 2, 4, y), MERA_OK);
    assert_column(y, expected, 4, 1e-14);
    assert_said(f->diags, "node 'n': 2 of 3 units reach the top score of 1");
}

static void a_child_of_weight_0_takes_no_part(void **state)
{
    const double *const x[] = {(double[]){4, 2}, (double[]){1, 100}};
    const double w[] = {1, 0}, expected[] = {1, 0.5};
    double y[2];
    assert_int_equal(ops_aggregate(*state, "aggregate.bod", "", x, w, 2, 2, y), MERA_OK);
    assert_column(y, expected, 2, 1e-15);
}

static void shares_are_bounded_by_name(void **state)
{
    fixture *f = *state;
    const char *const names[] = {"income", "air"};
    const double *const x[] = {(double[]){1, 0.5}, (double[]){0.5, 1}};
    const double w[] = {1, 1};
    double y[2];
    f->ctx.child_name = names;
    /* unit 1: w1 + w2 / 2 = s with w2 / 2 >= .5 s, and w1 / 2 + w2 <= 1: s / 4 + s = 1 */
    assert_int_equal(ops_aggregate(f, "aggregate.bod", "lower_for: {air: 0.5}", x, w, 2, 2, y),
                     MERA_OK);
    assert_close(y[0], 0.8, 1e-14);
    assert_close(y[1], 1, 1e-14);
    assert_int_equal(ops_aggregate(f, "aggregate.bod", "lower_for: {ai: 0.5}", x, w, 2, 2, y),
                     MERA_EINPUT);
}

static void a_0_where_a_share_is_asked_scores_0(void **state)
{
    const double *const x[] = {(double[]){1, 0.5}, (double[]){0, 1}};
    const double w[] = {1, 1}, expected[] = {0, 1};
    double y[2];
    assert_int_equal(ops_aggregate(*state, "aggregate.bod", "lower: 0.1", x, w, 2, 2, y), MERA_OK);
    assert_column(y, expected, 2, 1e-14);
}

static void negative_values_and_impossible_shares_are_refused(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){1, -2}, (double[]){3, 1}};
    const double *const z[] = {(double[]){1, 2}, (double[]){3, 1}};
    const double w[] = {1, 1};
    double y[2];
    assert_int_equal(ops_aggregate(f, "aggregate.bod", "", x, w, 2, 2, y), MERA_EINPUT);
    assert_message(f, "node 'n': child 1 is -2 at unit 2, and aggregate.bod needs values of 0 or "
                      "more");
    assert_int_equal(ops_aggregate(f, "aggregate.bod", "upper: 0.4", z, w, 2, 2, y), MERA_EINPUT);
    assert_message(f, "node 'n': no shares of 2 children within the bounds of aggregate.bod add up "
                      "to a unit's score");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(scores_lie_between_0_and_1_and_somebody_leads),
        OPS_TEST(no_common_weights_flatter_a_unit_more),
        OPS_TEST(a_unit_stretched_by_its_score_leads),
        OPS_TEST(narrower_shares_lower_the_scores),
        OPS_TEST(the_order_and_the_scale_of_children_do_not_matter),
        OPS_TEST(a_missing_child_is_left_out_with_its_constraint),
        OPS_TEST(a_child_of_weight_0_takes_no_part),
        OPS_TEST(shares_are_bounded_by_name),
        OPS_TEST(a_0_where_a_share_is_asked_scores_0),
        OPS_TEST(negative_values_and_impossible_shares_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
