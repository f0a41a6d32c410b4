/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The framework: weights, rounding between levels, what a node hands up, formulas, places, classes.
 * All by hand.
 */
#include "run_fixture.h"

#define TREE_HEAD                                                                            \
    "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"                              \
    "indicators: {a: {direction: higher}, b: {direction: higher}, c: {direction: higher}}\n" \
    "steps: {normalise: none, aggregate: arithmetic}\n"

static const char *const tree_table = "key,a,b,c,@size\n"
                                      "A,1,2,4,s\n"
                                      "B,8,1,1,s\n"
                                      "C,4,4,2,l\n";

static void weights_multiply_down_an_uneven_tree(void **state)
{
    run_fixture *f = *state;

    /* root = (1 * (2a + b)/3 + 3 * c) / 4 */
    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  nodes: [{id: left, weight: 1, indicators: {a: 2, b: 1}}]\n"
                       "  indicators: {c: 3}\n",
             tree_table);
    assert_close(run_score_of(f, "left", "A", 0), 4 / 3.0, 1e-15);
    assert_close(run_score_of(f, "root", "A", 0), (4 / 3.0 + 12) / 4, 1e-15);
    assert_close(f->result->node[0].weight[0], 0.25, 1e-15);
    assert_close(f->result->node[0].weight[1], 0.75, 1e-15);
}

static void rounding_between_levels_is_half_up(void **state)
{
    run_fixture *f = *state;

    /* left of A: (1 + 2) / 2 = 1.5 -> 2; root (2 + 4) / 2 = 3. Unrounded it would be 2.75 */
    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  nodes: [{id: left, round: 0, indicators: [a, b]}]\n"
                       "  indicators: [c]\n",
             tree_table);
    assert_true(run_score_of(f, "left", "A", 0) == 2);
    assert_true(run_score_of(f, "root", "A", 0) == 3);
}

static void a_node_can_normalise_its_own_score(void **state)
{
    run_fixture *f = *state;

    /* left: 1.5, 4.5, 4 -> min-max 0, 100, 250/3 */
    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  nodes: [{id: left, then: minmax, indicators: [a, b]}]\n",
             tree_table);
    assert_close(run_score_of(f, "left", "B", 0), 100, 1e-15);
    assert_close(run_score_of(f, "root", "C", 0), 250 / 3.0, 1e-14);
    assert_close(f->result->node[1].aggregate[1], 4.5, 1e-15);
    assert_int_equal(f->result->n_fits, 1);
    assert_int_equal(f->result->fit[0].node, 1);
}

static void a_node_can_hand_up_what_it_was_before(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             TREE_HEAD
             "framework:\n"
             "  id: root\n"
             "  nodes: [{id: left, then: minmax, pass_up: aggregate, indicators: [a, b]}]\n",
             tree_table);
    assert_close(run_score_of(f, "left", "B", 0), 100, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 4.5, 1e-15);
}

static void a_formula_combines_children(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  formula: 1 - left / (c + 1)\n"
                       "  nodes: [{id: left, indicators: [a, b]}]\n"
                       "  indicators: [c]\n",
             tree_table);
    assert_close(run_score_of(f, "root", "A", 0), 1 - 1.5 / 5, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 1 - 4.5 / 2, 1e-15);
}

static void a_formula_can_only_read_children(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_open(f,
                              TREE_HEAD "framework:\n"
                                        "  id: root\n"
                                        "  formula: lefd * 2\n"
                                        "  nodes: [{id: left, indicators: [a, b, c]}]\n",
                              NULL),
                     MERA_EINPUT);
    assert_said(f->diags, "lefd");
}

static void weights_as_given_are_not_divided(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  weights: {scale: shares, as_given: true}\n"
                       "  indicators: {a: 0.333, b: 0.333, c: 0.333}\n",
             tree_table);
    assert_close(run_score_of(f, "root", "A", 0), 0.333 * 7, 1e-15);
    assert_true(f->result->node[0].weight[0] == 0.333);
}

static void a_sum_counts_weights_as_they_stand(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  aggregate: sum\n"
                       "  indicators: {a: 2, b: 1, c: 10}\n",
             tree_table);
    assert_close(run_score_of(f, "root", "A", 0), 2 + 2 + 40, 1e-15);
    assert_true(f->result->node[0].weight[2] == 10);
}

static void equal_weights_replace_those_written(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  weights: equal\n"
                       "  indicators: {a: 7, b: 1, c: 1}\n",
             tree_table);
    assert_close(run_score_of(f, "root", "A", 0), 7 / 3.0, 1e-15);
    assert_close(f->result->node[0].weight[0], 1 / 3.0, 1e-15);
}

static void a_zero_weight_keeps_the_child_visible_and_counts_nothing(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  aggregate: {op: arithmetic, missing: propagate}\n"
                       "  indicators: {a: 1, b: 1, c: 0}\n",
             "key,a,b,c,@size\nA,1,2,.,s\nB,3,4,5,s\n");
    assert_close(run_score_of(f, "root", "A", 0), 1.5, 1e-15);
    assert_true(f->result->node[0].coverage[0] == 1);
}

static void a_geometric_mean_says_where_it_has_no_answer(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_score_text(f,
                                    TREE_HEAD "framework:\n"
                                              "  id: root\n"
                                              "  aggregate: geometric\n"
                                              "  indicators: [a, b, c]\n",
                                    "key,a,b,c,@size\nA,1,2,3,s\nB,3,0,5,s\n"),
                     MERA_EINPUT);
    assert_said(f->diags, "unit 'B'");
    assert_string_equal(mera_diags_get(f->diags, 0)->frames[0].text,
                        "in step 'aggregate.geometric' of node 'root'");
}

static void a_geometric_mean_of_two_levels(void **state)
{
    run_fixture *f = *state;

    /* left of C: (4 + 4) / 2 = 4; root sqrt(4 * 2) */
    run_must(f,
             TREE_HEAD "framework:\n"
                       "  id: root\n"
                       "  aggregate: geometric\n"
                       "  nodes: [{id: left, indicators: [a, b]}]\n"
                       "  indicators: [c]\n",
             tree_table);
    assert_close(run_score_of(f, "root", "C", 0), 2.8284271247461903, 1e-15);
}

/* ---- places ---- */

static const char *tree_ranked(run_fixture *f, const char *rank, const char *node)
{
    return mera_arena_printf(f->arena,
                             TREE_HEAD "rank: %s\n"
                                       "framework: {id: root%s, indicators: [a]}\n",
                             rank, node);
}

static const char *const tree_ties = "key,a,b,c,@size\n"
                                     "A,5,0,0,s\nB,7,0,0,l\nC,5,0,0,l\nD,1,0,0,s\n";

static void tree_expect_ranks(run_fixture *f, const double expected[4])
{
    for (size_t i = 0; i < 4; i++) {
        assert_true(f->result->node[0].rank[i] == expected[i]);
    }
}

static void ties_share_places_as_the_methodology_says(void **state)
{
    static const struct {
        const char *rule;
        double rank[4];
    } cases[] = {{"{ties: min}", {2, 1, 2, 4}},
                 {"{ties: max}", {3, 1, 3, 4}},
                 {"{ties: mean}", {2.5, 1, 2.5, 4}},
                 {"{ties: dense}", {2, 1, 2, 3}},
                 {"{ties: first}", {2, 1, 3, 4}}};
    run_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        run_must(f, tree_ranked(f, cases[i].rule, ""), tree_ties);
        tree_expect_ranks(f, cases[i].rank);
        run_again(f);
    }
}

static void lower_can_be_better(void **state)
{
    run_fixture *f = *state;

    run_must(f, tree_ranked(f, "{ties: min}", ", better: lower"), tree_ties);
    tree_expect_ranks(f, (const double[]){2, 4, 2, 1});
}

static void places_inside_groups(void **state)
{
    run_fixture *f = *state;

    run_must(f, tree_ranked(f, "{within: size}", ""), tree_ties);
    tree_expect_ranks(f, (const double[]){2, 1, 2, 4});
    assert_true(f->result->node[0].group_rank[0] == 1);
    assert_true(f->result->node[0].group_rank[1] == 1);
    assert_true(f->result->node[0].group_rank[2] == 2);
    assert_true(f->result->node[0].group_rank[3] == 2);
}

static void classes_follow_the_score(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             TREE_HEAD "classify: {bands: {D: 0, C: 4, B: 6}}\n"
                       "framework: {id: root, indicators: [a]}\n",
             tree_ties);
    const mera_node_result *root = &f->result->node[0];
    assert_string_equal(root->class_label.v[root->class_of[0]], "C");
    assert_string_equal(root->class_label.v[root->class_of[1]], "B");
    assert_string_equal(root->class_label.v[root->class_of[3]], "D");
}

/* ---- screening ---- */

static void units_with_too_little_data_are_left_out(void **state)
{
    run_fixture *f = *state;

    /* D has one of three; its 100 must not stretch the min-max of a */
    run_must(f,
             "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"
             "indicators: {a: {direction: higher}, b: {direction: higher}, c: {direction: "
             "higher}}\n"
             "steps: {screen: {unit_coverage: 0.6}, impute: mean, normalise: minmax, aggregate: "
             "arithmetic}\n"
             "framework: {id: root, indicators: [a, b, c]}\n",
             "key,a,b,c,@size\nA,0,1,2,s\nB,10,3,3,s\nC,5,.,4,s\nD,100,.,.,s\n");
    assert_close(run_stage_of(f, "a", MERA_STAGE_NORMALISED, "B", 0), 100, 1e-15);
    assert_close(run_stage_of(f, "a", MERA_STAGE_DENOMINATED, "D", 0), 100, 1e-15);
    assert_missing(run_stage_of(f, "b", MERA_STAGE_IMPUTED, "D", 0));
    assert_close(run_stage_of(f, "b", MERA_STAGE_IMPUTED, "C", 0), 2, 1e-15);
    assert_missing(run_score_of(f, "root", "D", 0));
    assert_missing(run_rank_of(f, "root", "D"));
    assert_int_equal(f->result->unit_screened[3], 1);
    assert_int_equal(f->result->unit_screened[0], 0);
}

static void indicators_with_too_little_data_take_no_part(void **state)
{
    run_fixture *f = *state;

    /* c is there for one of three: right has no child left and is left out of the root as well */
    run_must(f,
             "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"
             "indicators: {a: {direction: higher}, b: {direction: higher}, c: {direction: "
             "higher}}\n"
             "steps: {screen: {indicator_coverage: 0.5}, normalise: none, aggregate: {op: "
             "arithmetic, missing: propagate}}\n"
             "framework: {id: root, nodes: [{id: left, indicators: [a, b]}, {id: right, "
             "indicators: [c]}]}\n",
             "key,a,b,c,@size\nA,0,1,2,s\nB,10,3,.,s\nC,5,4,.,s\n");
    assert_true(f->result->indicator[2].screened_out);
    assert_close(run_score_of(f, "root", "B", 0), 6.5, 1e-15);
    assert_missing(run_score_of(f, "right", "A", 0));
    assert_true(f->result->node[0].weight[1] == 0);
    assert_true(f->result->node[0].weight[0] == 1);
    assert_true(f->result->node[0].coverage[1] == 1);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(weights_multiply_down_an_uneven_tree),
        RUN_TEST(rounding_between_levels_is_half_up),
        RUN_TEST(a_node_can_normalise_its_own_score),
        RUN_TEST(a_node_can_hand_up_what_it_was_before),
        RUN_TEST(a_formula_combines_children),
        RUN_TEST(a_formula_can_only_read_children),
        RUN_TEST(weights_as_given_are_not_divided),
        RUN_TEST(a_sum_counts_weights_as_they_stand),
        RUN_TEST(equal_weights_replace_those_written),
        RUN_TEST(a_zero_weight_keeps_the_child_visible_and_counts_nothing),
        RUN_TEST(a_geometric_mean_says_where_it_has_no_answer),
        RUN_TEST(a_geometric_mean_of_two_levels),
        RUN_TEST(ties_share_places_as_the_methodology_says),
        RUN_TEST(lower_can_be_better),
        RUN_TEST(places_inside_groups),
        RUN_TEST(classes_follow_the_score),
        RUN_TEST(units_with_too_little_data_are_left_out),
        RUN_TEST(indicators_with_too_little_data_take_no_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
