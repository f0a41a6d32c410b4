/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A framework scored again: without a change it gives the result's own bits; with one it gives what
 * scoring a methodology with that change from the start gives.
 */
#include "run_fixture.h"

#include "mera/again.h"

/* Two periods, a group-wise `then`, a floor, a formula node, an operation that weighs, a gap. */
static const char *const again_yaml =
    "mera: 1\nid: t\nunits: {key: key, period: period, groups: {kind: kind}}\n"
    "indicators:\n"
    "  a: {direction: higher}\n  b: {direction: lower}\n  c: {direction: higher}\n"
    "  d: {direction: higher}\n"
    "steps:\n"
    "  normalise: {op: minmax, range: [1, 100]}\n"
    "  aggregate: {op: arithmetic, missing: renormalise}\n"
    "framework:\n  id: root\n  aggregate: geometric\n  nodes:\n"
    "    - {id: left, weight: 3, indicators: {a: 1, b: 2}, then: {op: minmax, range: [1, 50], "
    "by: kind}}\n"
    "    - {id: right, weight: 1, weights: entropy, indicators: [c, d]}\n";
static const char *const again_formula_yaml =
    "mera: 1\nid: t\nunits: {key: key, period: period}\n"
    "indicators:\n  a: {direction: higher}\n  b: {direction: lower}\n"
    "steps: {normalise: {op: minmax, range: [1, 100]}, aggregate: arithmetic}\n"
    "framework:\n  id: root\n  formula: two + one / 2\n  nodes:\n"
    "    - {id: one, indicators: [a], then: {op: zscore, reference: {period: all}}}\n"
    "    - {id: two, indicators: [b]}\n";
static const char *const again_table = "key,period,@kind,a,b,c,d\n"
                                       "A,2020,x,1,5,3,4\nB,2020,x,2,1,8,5\nC,2020,y,5,2,1,9\n"
                                       "D,2020,y,3,9,2,.\nE,2020,y,8,4,4,4\n"
                                       "A,2021,x,4,5,2,1\nB,2021,x,1,3,9,2\nC,2021,y,7,1,5,7\n"
                                       "D,2021,y,2,2,.,3\nE,2021,y,9,8,6,5\n";

/** One change, and what came of it. */
typedef struct again_try {
    const mera_again *again;
    mera_again_change change;
    double score[2][8]; /* root, left */
    double rank[8];
    size_t n, left;
} again_try;

static mera_code again_one(void *context, size_t i, const mera_again_room *room)
{
    again_try *t = context;
    mera_again_scores made;
    (void)i;
    MERA_TRY(mera_again_score(t->again, &t->change, room, NULL, &made));
    memcpy(t->score[0], made.score[0], t->n * sizeof(double));
    memcpy(t->score[1], made.score[t->left], t->n * sizeof(double));
    memcpy(t->rank, made.rank, t->n * sizeof(double));
    return MERA_OK;
}

static void again_try_it(run_fixture *f, size_t period, const char *second, again_try *t)
{
    mera_again *again;
    assert_int_equal(mera_again_open(f->plan, f->result, period, f->arena, &again), MERA_OK);
    t->again = again;
    t->n = f->result->n_units;
    t->left = mera_methodology_node(f->result->methodology, second);
    assert_int_equal(mera_again_each(again, 1, again_one, t), MERA_OK);
}

/** Equal, or both missing. */
static void again_same(double actual, double expected, double rel)
{
    if (!isnan(actual) || !isnan(expected)) {
        assert_close(actual, expected, rel);
    }
}

static void again_equals(const again_try *t, const mera_result *r, size_t period, double rel)
{
    const size_t from = period * r->n_units;
    for (size_t i = 0; i < r->n_units; i++) {
        again_same(t->score[0][i], r->node[0].score[from + i], rel);
        again_same(t->score[1][i], r->node[t->left].score[from + i], rel);
        again_same(t->rank[i], r->node[0].rank[from + i], rel);
    }
}

static void without_a_change_the_same_bits(void **state)
{
    run_fixture *f = *state;
    run_must(f, again_yaml, again_table);
    for (size_t period = 0; period < 2; period++) {
        again_try t = {.n = 0};
        again_try_it(f, period, "left", &t);
        again_equals(&t, f->result, period, 0);
    }
}

static void other_periods_and_formulas_too(void **state)
{
    run_fixture *f = *state;
    mera_again *again;
    run_must(f, again_formula_yaml, again_table);
    for (size_t period = 0; period < 2; period++) {
        again_try t = {.n = 0};
        again_try_it(f, period, "one", &t);
        again_equals(&t, f->result, period, 0);
    }
    assert_int_equal(mera_again_open(f->plan, f->result, 1, f->arena, &again), MERA_OK);
    assert_true(mera_again_crosses(again));
    assert_int_equal(mera_again_open(f->plan, f->result, 2, f->arena, &again), MERA_EUSAGE);
}

/** The result of the methodology with one setting changed, in the fixture's arena. */
static const mera_result *again_set(run_fixture *f, const char *path, const char *text)
{
    run_again(f);
    f->set[0] = (mera_set){path, text};
    f->n_set = 1;
    run_must(f, again_yaml, again_table);
    return f->result;
}

static void other_weights_as_set_from_the_start(void **state)
{
    run_fixture *f = *state;
    const double root[] = {1, 4}, *weight[3] = {root, NULL, NULL};
    again_try t = {.change = {.weight = weight}};
    run_must(f, again_yaml, again_table);
    again_try_it(f, 1, "left", &t);
    assert_true(t.score[0][4] != f->result->node[0].score[9]);
    again_set(f, "framework.left.weight", "0.25");
    again_equals(&t, f->result, 1, 1e-14);
}

static void another_aggregator_as_set_from_the_start(void **state)
{
    run_fixture *f = *state;
    mera_use use = {.op = NULL};
    void *params;
    const mera_use *aggregate[3] = {&use, NULL, NULL};
    again_try t = {.change = {.aggregate = aggregate}};
    run_must(f, again_yaml, again_table);
    use.op = mera_registry_find(mera_project_registry(f->project), MERA_STEP_AGGREGATE, "harmonic");
    assert_non_null(use.op);
    assert_int_equal(mera_op_bind(use.op, NULL, NULL, MERA_NOWHERE, f->arena, f->diags, &params),
                     MERA_OK);
    use.params = params;
    again_try_it(f, 0, "left", &t);
    again_set(f, "framework.aggregate", "harmonic");
    again_equals(&t, f->result, 0, 0);
}

static void an_indicator_left_out_as_never_weighed(void **state)
{
    run_fixture *f = *state;
    const uint8_t left_out[4] = {0, 1, 0, 0};
    again_try t = {.change = {.left_out = left_out}};
    run_must(f, again_yaml, again_table);
    again_try_it(f, 0, "left", &t);
    again_set(f, "framework.left.indicators", "{a: 1}");
    again_equals(&t, f->result, 0, 0);
}

static void a_direction_whose_indicators_are_left_out_is_gone(void **state)
{
    run_fixture *f = *state;
    const uint8_t left_out[4] = {1, 1, 0, 0};
    again_try t = {.change = {.left_out = left_out}};
    run_must(f, again_yaml, again_table);
    again_try_it(f, 0, "left", &t);
    const mera_result *r = f->result;
    const double *right = r->node[mera_methodology_node(r->methodology, "right")].score;
    for (size_t i = 0; i < r->n_units; i++) {
        assert_missing(t.score[1][i]);
        assert_close(t.score[0][i], right[i], 1e-14);
    }
}

static void points_in_the_place_of_others(void **state)
{
    run_fixture *f = *state;
    const double b[] = {10, 20, 30, 40, 50}, *points[4] = {NULL, b, NULL, NULL};
    again_try t = {.change = {.points = points}};
    run_must(f, again_yaml, again_table);
    again_try_it(f, 0, "left", &t);
    /* left = (a + 2 b) / 3 with a on 1..100, then on 1..50 inside its group; A and B are one */
    const double a[] = {1, 1 + 99 / 7.0};
    assert_true((a[0] + 2 * b[0]) < (a[1] + 2 * b[1]));
    assert_close(t.score[1][0], 1, 1e-14);
    assert_close(t.score[1][1], 50, 1e-14);
}

static void another_period_of_points_stays_as_it_is(void **state)
{
    run_fixture *f = *state;
    const double a[] = {1, 2, 3, 4, 5}, *points[2] = {a, NULL};
    again_try t = {.change = {.points = points}};
    run_must(f, again_formula_yaml, again_table);
    again_try_it(f, 1, "one", &t);
    const double *old = f->result->node[1].aggregate;
    double sum = 0, square = 0;
    for (size_t i = 0; i < 5; i++) {
        sum += old[i] + a[i];
    }
    for (size_t i = 0; i < 5; i++) {
        square += (old[i] - sum / 10) * (old[i] - sum / 10) + (a[i] - sum / 10) * (a[i] - sum / 10);
    }
    for (size_t i = 0; i < 5; i++) {
        assert_close(t.score[1][i], (a[i] - sum / 10) / sqrt(square / 9), 1e-12);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        TEST(without_a_change_the_same_bits),
        TEST(other_periods_and_formulas_too),
        TEST(other_weights_as_set_from_the_start),
        TEST(another_aggregator_as_set_from_the_start),
        TEST(an_indicator_left_out_as_never_weighed),
        TEST(a_direction_whose_indicators_are_left_out_is_gone),
        TEST(points_in_the_place_of_others),
        TEST(another_period_of_points_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
