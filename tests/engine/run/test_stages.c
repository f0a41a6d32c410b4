/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * An indicator's way from raw values to points, calculated by hand.
 */
#include "run_fixture.h"

#define STAGES_HEAD "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"
#define STAGES_TREE "framework: {id: root, indicators: [x]}\n"

static void raw_values_become_directed_points(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: lower}}\n"
                         "steps: {normalise: minmax, aggregate: arithmetic}\n" STAGES_TREE,
             "key,x,@size\nA,1,s\nB,3,s\nC,5,s\n");
    assert_close(run_stage_of(f, "x", MERA_STAGE_RAW, "A", 0), 1, 1e-15);
    assert_close(run_stage_of(f, "x", MERA_STAGE_NORMALISED, "A", 0), 100, 1e-15);
    assert_close(run_stage_of(f, "x", MERA_STAGE_NORMALISED, "B", 0), 50, 1e-15);
    assert_close(run_stage_of(f, "x", MERA_STAGE_NORMALISED, "C", 0), 0, 1e-15);
    assert_ptr_equal(f->result->indicator[0].stage[MERA_STAGE_RAW],
                     f->result->indicator[0].stage[MERA_STAGE_TREATED]);
}

static void a_target_is_best_and_the_distance_to_it_counts(void **state)
{
    run_fixture *f = *state;

    /* distances to [20, 22]: 20, 0, 0, 8; goalposts 0 and 40: farthest is 20 below, 18 above */
    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: {target: [20, 22]}, goalposts: [0, 40]}}\n"
                         "steps: {normalise: goalposts, aggregate: arithmetic}\n" STAGES_TREE,
             "key,x,@size\nA,0,s\nB,20,s\nC,21,s\nD,30,s\n");
    assert_close(run_score_of(f, "root", "A", 0), 0, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 100, 1e-15);
    assert_close(run_score_of(f, "root", "C", 0), 100, 1e-15);
    assert_close(run_score_of(f, "root", "D", 0), 100 * (1 - 8 / 20.0), 1e-15);
}

static void goalposts_of_a_lower_indicator_turn_with_it(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: lower, goalposts: [0, 80]}}\n"
                         "steps: {normalise: goalposts, aggregate: arithmetic}\n" STAGES_TREE,
             "key,x,@size\nA,20,s\nB,60,s\n");
    assert_close(run_score_of(f, "root", "A", 0), 75, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 25, 1e-15);
}

static void without_normalisation_directed_values_are_aggregated(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: lower}}\n"
                         "steps: {normalise: none, aggregate: arithmetic}\n" STAGES_TREE,
             "key,x,@size\nA,1,s\nB,.,s\n");
    assert_close(run_score_of(f, "root", "A", 0), -1, 1e-15);
    assert_missing(run_score_of(f, "root", "B", 0));
}

static void denominated_values_know_why_they_are_missing(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             STAGES_HEAD
             "indicators: {x: {direction: higher, denominate: {by: people, per: 1000}}}\n"
             "steps: {normalise: none, aggregate: arithmetic}\n" STAGES_TREE,
             "key,x,people,@size\nA,5,2000,s\nB,5,.,s\nC,.,100,s\n");
    assert_close(run_score_of(f, "root", "A", 0), 2.5, 1e-15);
    assert_int_equal(f->result->indicator[0].state[0], MERA_DERIVED | MERA_OBSERVED);
    assert_missing(run_score_of(f, "root", "B", 0));
    assert_int_equal(f->result->indicator[0].state[1], MERA_DERIVED | MERA_ABSENT);
    assert_int_equal(f->result->indicator[0].state[2], MERA_ABSENT);
}

static void gaps_take_the_median_of_their_group(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: higher}}\n"
                         "steps: {impute: {op: median, by: size}, normalise: none, aggregate: "
                         "arithmetic}\n" STAGES_TREE,
             "key,x,@size\nA,1,s\nB,2,s\nC,9,s\nD,.,s\nE,50,l\nF,.,l\n");
    assert_close(run_score_of(f, "root", "D", 0), 2, 1e-15);
    assert_close(run_score_of(f, "root", "F", 0), 50, 1e-15);
    assert_int_equal(f->result->indicator[0].state[3], MERA_ABSENT | MERA_IMPUTED);
    assert_true(f->result->node[0].coverage[3] == 0);
    assert_true(f->result->node[0].coverage[0] == 1);
    assert_int_equal(f->result->n_fits, 2);
    assert_string_equal(f->result->fit[0].group, "s");
    assert_int_equal(f->result->fit[0].n_reference, 3);
}

static void imputers_are_tried_in_order(void **state)
{
    run_fixture *f = *state;

    /* group l has nobody to learn from; fallback: none is asked, so the next imputer fills it */
    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: higher}}\n"
                         "steps:\n"
                         "  impute: [{op: constant, value: 7}, {op: mean}]\n"
                         "  normalise: none\n  aggregate: arithmetic\n" STAGES_TREE,
             "key,x,@size\nA,1,s\nB,.,s\n");
    assert_close(run_score_of(f, "root", "B", 0), 7, 1e-15);
}

static void treated_cells_are_marked(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: higher}}\n"
                         "steps: {treat: {op: clip, lower: 2, upper: 4}, normalise: none, "
                         "aggregate: arithmetic}\n" STAGES_TREE,
             "key,x,@size\nA,1,s\nB,3,s\nC,9,s\n");
    assert_close(run_score_of(f, "root", "A", 0), 2, 1e-15);
    assert_close(run_score_of(f, "root", "C", 0), 4, 1e-15);
    assert_int_equal(f->result->indicator[0].state[0], MERA_TREATED);
    assert_int_equal(f->result->indicator[0].state[1], 0);
}

static void normalisers_chain_and_the_last_can_round(void **state)
{
    run_fixture *f = *state;

    /* min-max 0..1 of 1, 2, 4: 0, 1/3, 1; then 0..10, rounded half up to no decimals: 3.33 -> 3 */
    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: higher}}\n"
                         "steps:\n"
                         "  normalise: [{op: minmax, range: [0, 1]}, {op: minmax, range: [0, 10], "
                         "round: 0}]\n"
                         "  aggregate: arithmetic\n" STAGES_TREE,
             "key,x,@size\nA,1,s\nB,2,s\nC,4,s\n");
    assert_close(run_score_of(f, "root", "B", 0), 3, 1e-15);
}

static void a_formula_reads_columns_and_other_indicators(void **state)
{
    run_fixture *f = *state;

    /* x reads y, which reads its own column and people */
    run_must(f,
             STAGES_HEAD "indicators:\n"
                         "  x: {formula: y * 10, unit: points, direction: higher}\n"
                         "  y: {formula: y / people, unit: share, direction: higher}\n"
                         "steps: {normalise: none, aggregate: arithmetic}\n" STAGES_TREE,
             "key,y,people,@size\nA,6,3,s\nB,6,0,s\nC,.,3,s\n");
    assert_close(run_score_of(f, "root", "A", 0), 20, 1e-15);
    assert_missing(run_score_of(f, "root", "B", 0));
    assert_int_equal(f->result->indicator[1].state[0], MERA_DERIVED);
    assert_int_equal(f->result->indicator[1].state[1], MERA_DERIVED | MERA_UNDEFINED);
    assert_int_equal(f->result->indicator[1].state[2], MERA_DERIVED | MERA_ABSENT);
    assert_int_equal(f->result->indicator[0].state[1], MERA_DERIVED | MERA_UNDEFINED);
}

static void indicators_that_read_each_other_are_refused(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_bind(f,
                              STAGES_HEAD
                              "indicators:\n"
                              "  x: {formula: y + 1, unit: points, direction: higher}\n"
                              "  y: {formula: z + 1, unit: points, direction: higher}\n"
                              "  z: {formula: x + 1, unit: points, direction: higher}\n"
                              "steps: {normalise: none, aggregate: arithmetic}\n" STAGES_TREE,
                              "key,a,@size\nA,6,s\n"),
                     MERA_EINPUT);
    assert_said(f->diags, "indicators read each other in a circle: 'x' reads 'y' reads 'z' reads "
                          "'x'");
}

static void an_unknown_column_gets_a_suggestion(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_bind(f,
                              STAGES_HEAD "indicators:\n"
                                          "  x: {column: populaton, direction: higher}\n"
                                          "steps: {normalise: none, aggregate: "
                                          "arithmetic}\n" STAGES_TREE,
                              "key,population,@size\nA,6,s\n"),
                     MERA_EINPUT);
    assert_string_equal(run_first_problem(f),
                        "m.yaml:5:15: error: the data have no column 'populaton' [missing-column]\n"
                        "    5 |   x: {column: populaton, direction: higher}\n"
                        "      |               ^~~~~~~~~\n"
                        "    5:3  in indicator 'x'\n"
                        "  hint: did you mean 'population'?\n");
}

static void every_unbound_name_is_reported_at_once(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_bind(f,
                              STAGES_HEAD
                              "indicators:\n"
                              "  x: {column: nowhere, direction: higher}\n"
                              "  y: {direction: higher, denominate: {by: nobody, per: 10}}\n"
                              "  z: {formula: nothing + 1, unit: points, direction: higher}\n"
                              "steps: {normalise: none, aggregate: arithmetic}\n"
                              "framework: {id: root, indicators: [x, y, z]}\n",
                              "key,y,@size\nA,6,s\n"),
                     MERA_EINPUT);
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 3);
    assert_said(f->diags, "nowhere");
    assert_said(f->diags, "'nobody' is neither an indicator nor a column of the data");
    assert_said(f->diags, "nothing");
}

static void implausible_values_are_warned_of(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             STAGES_HEAD "indicators: {x: {direction: higher, range: [0, 100]}}\n"
                         "steps: {normalise: none, aggregate: arithmetic}\n" STAGES_TREE,
             "key,x,@size\nA,50,s\nB,130,s\nC,-5,s\n");
    assert_int_equal(mera_diags_count(f->diags, MERA_WARNING), 1);
    assert_said(f->diags, "indicator 'x': 2 values lie outside its plausible range (0 to 100), "
                          "first 130 at unit 'B'");
}

static void an_indicator_without_any_value_is_refused(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_score_text(f,
                                    STAGES_HEAD "indicators: {x: {direction: higher}}\n"
                                                "steps: {normalise: minmax, aggregate: "
                                                "arithmetic}\n" STAGES_TREE,
                                    "key,x,@size\nA,.,s\nB,.,s\n"),
                     MERA_EINPUT);
    assert_said(f->diags, "indicator 'x' has no value for any unit");
}

static void a_constant_column_names_operation_and_indicator(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_score_text(f,
                                    STAGES_HEAD "indicators: {x: {direction: higher}}\n"
                                                "steps: {normalise: minmax, aggregate: "
                                                "arithmetic}\n" STAGES_TREE,
                                    "key,x,@size\nA,5,s\nB,5,s\n"),
                     MERA_EINPUT);
    assert_said(f->diags, "indicator 'x' is 5 everywhere");
    assert_string_equal(mera_diags_get(f->diags, 0)->frames[0].text,
                        "in step 'normalise.minmax' of indicator 'x'");
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(raw_values_become_directed_points),
        RUN_TEST(a_target_is_best_and_the_distance_to_it_counts),
        RUN_TEST(goalposts_of_a_lower_indicator_turn_with_it),
        RUN_TEST(without_normalisation_directed_values_are_aggregated),
        RUN_TEST(denominated_values_know_why_they_are_missing),
        RUN_TEST(gaps_take_the_median_of_their_group),
        RUN_TEST(imputers_are_tried_in_order),
        RUN_TEST(treated_cells_are_marked),
        RUN_TEST(normalisers_chain_and_the_last_can_round),
        RUN_TEST(a_formula_reads_columns_and_other_indicators),
        RUN_TEST(indicators_that_read_each_other_are_refused),
        RUN_TEST(an_unknown_column_gets_a_suggestion),
        RUN_TEST(every_unbound_name_is_reported_at_once),
        RUN_TEST(implausible_values_are_warned_of),
        RUN_TEST(an_indicator_without_any_value_is_refused),
        RUN_TEST(a_constant_column_names_operation_and_indicator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
