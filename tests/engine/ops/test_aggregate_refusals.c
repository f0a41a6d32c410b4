/* SPDX-License-Identifier: Apache-2.0 */
/** @file What aggregators refuse, in full: parameters that contradict, children that are not there,
 * values without an answer; and what they note. */
#include "ops_test.h"

static const double first[] = {1, 5}, second[] = {2, 5}, third[] = {4, 5};
static const double *const children[] = {first, second, third};
static const double weights[] = {1, 1, 1};
static const char *const names[] = {"air", "water", "soil"};

/* The parameters do not bind. */
static void refuses_params(fixture *f, const char *name, const char *params, const char *message)
{
    void *out;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_AGGREGATE, name);
    assert_non_null(op);
    assert_int_equal(
        mera_op_bind(op, ops_params(f, params), NULL, MERA_NOWHERE, f->arena, f->diags, &out),
        MERA_EINPUT);
    assert_message(f, message);
}

/* The parameters bind, and the children do not fit them. */
static void refuses(fixture *f, const char *name, const char *params, const char *message)
{
    double y[2];
    f->ctx.child_name = names;
    assert_int_equal(ops_aggregate(f, mera_arena_printf(f->arena, "aggregate.%s", name), params,
                                   children, weights, 3, 2, y),
                     MERA_EINPUT);
    assert_message(f, message);
}

static void owa_wants_one_way_to_weigh_places(void **state)
{
    refuses_params(
        *state, "owa", "",
        "aggregate.owa needs one of 'exponent', 'between' and 'order_weights', not none");
    refuses_params(
        *state, "owa", "exponent: 2; between: [0, 1]",
        "aggregate.owa needs one of 'exponent', 'between' and 'order_weights', not several");
    refuses_params(*state, "wowa", "between: [0.8, 0.3]",
                   "'between' of aggregate.wowa takes two shares, the smaller first");
    refuses_params(*state, "owa", "order_weights: [0, 0]",
                   "'order_weights' of aggregate.owa are all 0");
    refuses(*state, "owa", "order_weights: [1, 2]",
            "'order_weights' of aggregate.owa has 2 items; node 'n' has 3 children with a weight");
}

static void choquet_refuses_what_its_weights_do_not_allow(void **state)
{
    fixture *f = *state;
    refuses(f, "choquet", "interactions: [air watr 0.1]",
            "'interactions' of aggregate.choquet names 'watr', which is not a child of node 'n'");
    assert_hint(f, "did you mean 'water'?");
    refuses(f, "choquet", "interactions: [air water]",
            "'interactions' of aggregate.choquet has 'air water'; each is two children and a "
            "number from -1 to 1, as in 'air water 0.2'");
    refuses(f, "choquet", "interactions: [air air 0.1]",
            "'interactions' of aggregate.choquet has 'air air 0.1'; each is two children and a "
            "number from -1 to 1, as in 'air water 0.2'");
    refuses(f, "choquet", "interactions: [air water 0.1, water air 0.2]",
            "'interactions' of aggregate.choquet has the pair of 'water air 0.2' twice");
    refuses(f, "choquet", "interactions: [air water 0.5, air soil 0.25]",
            "node 'n': child 'air' has the weight 0.3333333333333333 and interactions of half sum "
            "0.375; aggregate.choquet allows no more than the weight");
}

static void promethee_wants_thresholds_in_order(void **state)
{
    fixture *f = *state;
    refuses_params(f, "promethee", "preference: linear; q: 5; p: 5",
                   "preference 'linear' of aggregate.promethee needs 'p' above 'q'");
    refuses_params(f, "promethee", "preference: v",
                   "preference 'v' of aggregate.promethee needs 'p' above 0");
    refuses_params(f, "promethee", "preference: gaussian",
                   "preference 'gaussian' of aggregate.promethee needs 's' above 0");
    refuses(f, "promethee", "criteria: [air linear 2]",
            "'criteria' of aggregate.promethee has 'air linear 2'; each is a child, one of usual, "
            "u, v, level, linear or gaussian, and its thresholds, as in 'air linear 2 10'");
    refuses(f, "promethee", "criteria: [air]",
            "'criteria' of aggregate.promethee has 'air'; each is a child, one of usual, u, v, "
            "level, linear or gaussian, and its thresholds, as in 'air linear 2 10'");
    refuses(f, "promethee", "criteria: [air v 0]",
            "preference 'v' of aggregate.promethee needs 'p' above 0");
    refuses(f, "promethee", "criteria: [sol usual]",
            "'criteria' of aggregate.promethee names 'sol', which is not a child of node 'n'");
}

static void counting_and_veto_want_to_know_their_children(void **state)
{
    fixture *f = *state;
    refuses_params(f, "counting", "", "aggregate.counting needs 'cutoff', 'cutoffs' or both");
    refuses(f, "counting", "cutoffs: {air: 3, soil: 3}",
            "node 'n': child 'water' has no cut-off for aggregate.counting; write one in "
            "'cutoffs', or a 'cutoff' for all");
    refuses(f, "counting", "cutoffs: {fire: 3}",
            "'cutoffs' of aggregate.counting names 'fire', which is not a child of node 'n'");
    refuses(f, "veto", "thresholds: {fire: 3}",
            "'thresholds' of aggregate.veto names 'fire', which is not a child of node 'n'");
    refuses_params(f, "veto", "thresholds: {air: 3}; effect: cap",
                   "'cap' of aggregate.veto goes with 'effect: cap', and only with it");
    refuses_params(f, "veto", "thresholds: {air: 3}; factor: 0.5",
                   "'factor' of aggregate.veto goes with 'effect: factor', and only with it");
}

static void a_mean_of_0_has_no_penalty(void **state)
{
    fixture *f = *state;
    const double low[] = {-1}, high[] = {1};
    const double *const x[] = {low, high};
    double y;
    f->ctx.unit_name = (const char *const[]){"Омск"};
    assert_int_equal(ops_aggregate(f, "aggregate.mpi", "", x, weights, 2, 1, &y), MERA_EINPUT);
    assert_message(f, "node 'n' has the mean 0 at unit 'Омск'; aggregate.mpi needs one above 0");
    assert_hint(f, "normalise with 'zscore: {mean: 100, sd: 10, deviation: population}', or with "
                   "'ampi'");
}

static void products_refuse_values_without_a_logarithm_or_ratio(void **state)
{
    fixture *f = *state;
    const double zero[] = {0, 0}, minus[] = {1, -1};
    double y[2];
    const double *const with_zero[] = {first, zero}, *const with_minus[] = {first, minus};
    f->ctx.child_name = names;
    assert_int_equal(ops_aggregate(f, "aggregate.waspas", "", with_zero, weights, 2, 2, y),
                     MERA_EINPUT);
    assert_message(f, "node 'n' has no aggregate.waspas at unit 1: its child 'water' is 0 there, "
                      "allowed is above 0");
    assert_int_equal(ops_aggregate(f, "aggregate.max_scaling", "", with_zero, weights, 2, 2, y),
                     MERA_EINPUT);
    assert_message(f, "node 'n': child 'water' is 0 at every unit, and aggregate.max_scaling "
                      "cannot divide by its maximum");
    assert_int_equal(ops_aggregate(f, "aggregate.max_scaling", "", with_minus, weights, 2, 2, y),
                     MERA_EINPUT);
    assert_message(f, "node 'n' has no aggregate.max_scaling at unit 2: its child 'water' is -1 "
                      "there, allowed is 0 or above");
    assert_int_equal(ops_aggregate(f, "aggregate.veto", "exponent: 0; thresholds: {air: 1}",
                                   with_minus, weights, 2, 2, y),
                     MERA_EINPUT);
    assert_message(f, "node 'n' has no aggregate.veto at unit 2: its child 'water' is -1 there, "
                      "allowed is above 0");
}

static void who_compares_units_wants_something_to_compare(void **state)
{
    fixture *f = *state;
    const double same[] = {5, 5};
    const double *const x[] = {same, same};
    double y[2];
    assert_int_equal(ops_aggregate(f, "aggregate.topsis", "", x, weights, 2, 2, y), MERA_EINPUT);
    assert_message(f, "node 'n': all children of unit 1 are the same at every unit, and "
                      "aggregate.topsis has nothing to compare with");
    assert_int_equal(ops_aggregate(f, "aggregate.percentile_of_sum", "", x, weights, 2, 1, y),
                     MERA_EINPUT);
    assert_message(f, "node 'n' has one unit with a value; kind 'below' of "
                      "aggregate.percentile_of_sum needs two");
}

static void ampi_wants_a_range_and_a_direction(void **state)
{
    fixture *f = *state;
    double y[2];
    const double same[] = {5, 5};
    assert_int_equal(ops_run(f, "normalise.ampi", "", same, 2, y), MERA_EINPUT);
    assert_message(f, "indicator 'x' is 5 everywhere in the reference set of normalise.ampi and "
                      "cannot be rescaled");
    f->ctx.direction = MERA_TARGET;
    assert_int_equal(ops_run(f, "normalise.ampi", "to: value; value: 3", first, 2, y), MERA_EINPUT);
    assert_message(f, "indicator 'x' has a target; 'to: value' of normalise.ampi needs 'direction: "
                      "higher' or 'lower'");
}

static void notes_say_what_a_score_alone_does_not(void **state)
{
    fixture *f = *state;
    double y[2];
    f->ctx.child_name = names;
    f->ctx.unit_name = (const char *const[]){"Омск", "Томск"};
    assert_int_equal(ops_aggregate(f, "aggregate.owa", "exponent: 1", children, weights, 3, 2, y),
                     MERA_OK);
    assert_said(f->diags, "node 'n': the order weights of aggregate.owa have orness 0.5000");
    assert_int_equal(
        ops_aggregate(f, "aggregate.counting", "cutoff: 3", children, weights, 3, 2, y), MERA_OK);
    assert_said(f->diags,
                "node 'n': by aggregate.counting H = 0.5000, A = 0.6667, M0 = 0.3333 over units");
    assert_int_equal(ops_aggregate(f, "aggregate.vikor", "", children, weights, 3, 2, y), MERA_OK);
    assert_said(f->diags, "node 'n': by aggregate.vikor unit 'Томск' is first alone");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(owa_wants_one_way_to_weigh_places),
        OPS_TEST(choquet_refuses_what_its_weights_do_not_allow),
        OPS_TEST(promethee_wants_thresholds_in_order),
        OPS_TEST(counting_and_veto_want_to_know_their_children),
        OPS_TEST(a_mean_of_0_has_no_penalty),
        OPS_TEST(products_refuse_values_without_a_logarithm_or_ratio),
        OPS_TEST(who_compares_units_wants_something_to_compare),
        OPS_TEST(ampi_wants_a_range_and_a_direction),
        OPS_TEST(notes_say_what_a_score_alone_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
