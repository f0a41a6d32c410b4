/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a missing child means to its node: every rule, calculated by hand. Indicators are raw
 * (`normalise: none`), so scores are plain arithmetic of the table.
 */
#include "run_fixture.h"

/* weights 1, 2, 1; unit A has all, B lacks b, C has a only, D has nothing */
static const char *const missing_table = "key,a,b,c\n"
                                         "A,10,20,30\n"
                                         "B,10,.,30\n"
                                         "C,10,.,.\n"
                                         "D,.,.,.\n";

static const char *missing_yaml(run_fixture *f, const char *aggregate)
{
    return mera_arena_printf(f->arena,
                             "mera: 1\nid: t\nunits: {key: key}\n"
                             "indicators:\n"
                             "  a: {direction: higher}\n"
                             "  b: {direction: higher}\n"
                             "  c: {direction: higher}\n"
                             "steps: {normalise: none}\n"
                             "framework:\n"
                             "  id: root\n"
                             "  aggregate: %s\n"
                             "  indicators: {a: 1, b: 2, c: 1}\n",
                             aggregate);
}

static void renormalise_spreads_the_weight_of_missing_children(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: arithmetic, missing: renormalise}"), missing_table);
    assert_close(run_score_of(f, "root", "A", 0), (10 + 40 + 30) / 4.0, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), (10 + 30) / 2.0, 1e-15);
    assert_close(run_score_of(f, "root", "C", 0), 10, 1e-15);
    assert_missing(run_score_of(f, "root", "D", 0));
}

static void propagate_makes_the_node_missing(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: arithmetic, missing: propagate}"), missing_table);
    assert_close(run_score_of(f, "root", "A", 0), 20, 1e-15);
    assert_missing(run_score_of(f, "root", "B", 0));
    assert_missing(run_score_of(f, "root", "C", 0));
}

static void zero_counts_missing_children_as_no_points(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: arithmetic, missing: zero}"), missing_table);
    assert_close(run_score_of(f, "root", "B", 0), (10 + 0 + 30) / 4.0, 1e-15);
    assert_close(run_score_of(f, "root", "C", 0), 10 / 4.0, 1e-15);
    assert_close(run_score_of(f, "root", "D", 0), 0, 1e-15);
}

static void value_counts_missing_children_as_given(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: arithmetic, missing: {rule: value, value: 50}}"),
             missing_table);
    assert_close(run_score_of(f, "root", "B", 0), (10 + 2 * 50 + 30) / 4.0, 1e-15);
}

static void skip_leaves_terms_out_of_a_sum_and_rescales_nothing(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: sum, missing: skip}"), missing_table);
    assert_close(run_score_of(f, "root", "A", 0), 10 + 40 + 30, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 10 + 30, 1e-15);
    assert_close(run_score_of(f, "root", "C", 0), 10, 1e-15);
    assert_missing(run_score_of(f, "root", "D", 0));
}

static void skip_has_no_meaning_for_a_harmonic_mean(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_bind(f, missing_yaml(f, "{op: harmonic, missing: skip}"), missing_table),
                     MERA_EINPUT);
    assert_said(f->diags, "`missing: skip` of node 'root' needs a sum, an arithmetic mean, a "
                          "product or a geometric mean, not 'aggregate.harmonic'");
}

static void min_present_asks_for_a_share_of_the_weight(void **state)
{
    run_fixture *f = *state;

    /* B has 2 of 4, C 1 of 4 */
    run_must(f, missing_yaml(f, "{op: arithmetic, missing: {rule: renormalise, min_present: 0.5}}"),
             missing_table);
    assert_close(run_score_of(f, "root", "B", 0), 20, 1e-15);
    assert_missing(run_score_of(f, "root", "C", 0));
}

static void floor_raises_low_children_before_they_are_aggregated(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: arithmetic, floor: 15}"), missing_table);
    assert_close(run_score_of(f, "root", "A", 0), (15 + 40 + 30) / 4.0, 1e-15);
    assert_close(run_score_of(f, "root", "C", 0), 15, 1e-15);
    assert_missing(run_score_of(f, "root", "D", 0));
}

static void coverage_is_the_share_of_weight_observed(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: arithmetic}"), missing_table);
    assert_true(f->result->node[0].coverage[0] == 1);
    assert_close(f->result->node[0].coverage[1], 0.5, 1e-15);
    assert_close(f->result->node[0].coverage[2], 0.25, 1e-15);
    assert_true(f->result->node[0].coverage[3] == 0);
}

static void units_without_a_score_have_no_place(void **state)
{
    run_fixture *f = *state;

    run_must(f, missing_yaml(f, "{op: arithmetic}"), missing_table);
    assert_true(run_rank_of(f, "root", "A") == 1); /* 20 */
    assert_true(run_rank_of(f, "root", "B") == 1); /* 20: ties share the first place */
    assert_true(run_rank_of(f, "root", "C") == 3); /* 10 */
    assert_missing(run_rank_of(f, "root", "D"));
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(renormalise_spreads_the_weight_of_missing_children),
        RUN_TEST(propagate_makes_the_node_missing),
        RUN_TEST(zero_counts_missing_children_as_no_points),
        RUN_TEST(value_counts_missing_children_as_given),
        RUN_TEST(skip_leaves_terms_out_of_a_sum_and_rescales_nothing),
        RUN_TEST(skip_has_no_meaning_for_a_harmonic_mean),
        RUN_TEST(min_present_asks_for_a_share_of_the_weight),
        RUN_TEST(floor_raises_low_children_before_they_are_aggregated),
        RUN_TEST(coverage_is_the_share_of_weight_observed),
        RUN_TEST(units_without_a_score_have_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
