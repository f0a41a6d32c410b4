/* SPDX-License-Identifier: Apache-2.0 */
/** @file The tree of nodes, weights, classes, places, variants of a bound methodology. */
#include <stdlib.h>

#include "fixture.h"

static const mera_node *node(const mera_methodology *m, const char *id)
{
    const size_t index = mera_methodology_node(m, id);
    assert_int_not_equal(index, SIZE_MAX);
    return &m->node[index];
}

static void nodes_come_before_their_children_and_children_in_order(void **state)
{
    const mera_methodology *m =
        fixture_ok(*state, FIXTURE_HEAD "framework:\n"
                                        "  id: root\n"
                                        "  indicators: [air]\n"
                                        "  nodes:\n"
                                        "    - {id: a, weight: 2, indicators: {income: 3, air: "
                                        "0}}\n"
                                        "    - id: b\n"
                                        "      title: {ru: Бэ, en: Bee}\n"
                                        "      better: lower\n"
                                        "      pass_up: aggregate\n"
                                        "      nodes: [{id: c, indicators: [air]}]\n");
    assert_int_equal(m->n_nodes, 4);
    assert_string_equal(m->node[0].id, "root");
    assert_int_equal(m->node[0].parent, SIZE_MAX);
    assert_int_equal(m->node[0].n_children, 3);
    const mera_child *child = m->node[0].child;
    assert_true(!child[0].is_indicator && child[0].index == 1 && child[0].weight == 2);
    assert_true(!child[1].is_indicator && child[1].index == 2 && child[1].weight == 1);
    assert_true(child[2].is_indicator && child[2].index == 1 && child[2].weight == 1);
    assert_int_equal(child[0].at.line, 10);
    assert_int_equal(child[0].at.column, 23);
    const mera_node *a = node(m, "a"), *b = node(m, "b"), *c = node(m, "c");
    assert_true(a->child[0].index == 0 && a->child[0].weight == 3 && a->child[1].weight == 0);
    assert_int_equal(b->parent, 0);
    assert_int_equal(c->parent, mera_methodology_node(m, "b"));
    assert_int_equal(c->depth, 2);
    assert_string_equal(b->title.ru, "Бэ");
    assert_true(b->lower_is_better && b->pass_aggregate);
    assert_true(!a->lower_is_better && !a->pass_aggregate);
    assert_string_equal(m->node[0].aggregate.op->name, "aggregate.arithmetic");
}

static void settings_of_a_node_lie_over_the_default_and_are_not_inherited(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, FIXTURE_HEAD
        "steps: {aggregate: {op: power, exponent: 2, missing: {rule: propagate, min_present: 0.5}, "
        "round: 3, floor: 1}}\n"
        "framework:\n"
        "  id: root\n"
        "  aggregate: {op: geometric, missing: {min_present: 0.8}}\n"
        "  round: none\n"
        "  nodes:\n"
        "    - {id: a, indicators: [air], missing: zero, floor: none, then: [{op: scale, factor: "
        "2}, {op: zscore, round: 1}]}\n"
        "    - {id: b, aggregate: {exponent: 3}, indicators: [income]}\n"
        "    - {id: c, missing: {rule: value, value: 40}, formula: income + air, indicators: "
        "[income, air]}\n");
    const mera_node *root = &m->node[0], *a = node(m, "a"), *b = node(m, "b"), *c = node(m, "c");
    assert_string_equal(root->aggregate.op->name, "aggregate.geometric");
    assert_int_equal(root->missing, MERA_MISSING_PROPAGATE);
    assert_true(root->min_present == 0.8 && root->floor == 1);
    assert_int_equal(root->round.mode, MERA_ROUND_NONE);
    assert_string_equal(a->aggregate.op->name, "aggregate.power");
    assert_int_equal(a->missing, MERA_MISSING_ZERO);
    assert_true(a->min_present == 0.5);
    assert_missing(a->floor);
    assert_int_equal(a->round.digits, 3);
    assert_int_equal(a->then.n, 2);
    assert_string_equal(a->then.v[1].op->name, "normalise.zscore");
    assert_int_equal(a->then.v[1].round.digits, 1);
    assert_string_equal(b->aggregate.op->name, "aggregate.power");
    assert_int_equal(b->then.n, 0);
    assert_null(c->aggregate.op);
    assert_string_equal(c->formula, "income + air");
    assert_int_equal(c->missing, MERA_MISSING_VALUE);
    assert_true(c->missing_value == 40);
}

static void weights_say_what_they_are(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, FIXTURE_HEAD "steps: {weights: {scale: shares}}\n"
                             "framework:\n"
                             "  id: root\n"
                             "  weights: equal\n"
                             "  nodes:\n"
                             "    - {id: a, weight: 0, indicators: {income: 0.1, air: 0.9}}\n"
                             "    - {id: b, weights: {scale: shares, as_given: true}, indicators: "
                             "{income: 0.3, air: 0.699}}\n"
                             "    - {id: c, weights: {scale: grades}, indicators: {income: 10, "
                             "air: 0}}\n"
                             "    - {id: d, weights: as_written, aggregate: sum, indicators: "
                             "[income]}\n"
                             "    - {id: e, weights: {op: equal}, indicators: [air]}\n");
    assert_string_equal(m->node[0].weigh.op->name, "weight.equal");
    assert_int_equal(node(m, "a")->weight_scale, MERA_WEIGHT_SHARES);
    assert_false(node(m, "a")->weights_as_given);
    assert_true(node(m, "b")->weights_as_given);
    assert_int_equal(node(m, "c")->weight_scale, MERA_WEIGHT_GRADES);
    assert_int_equal(node(m, "d")->weight_scale, MERA_WEIGHT_POINTS);
    assert_true(node(m, "d")->weights_as_given); /* a sum is never divided */
    assert_null(node(m, "d")->weigh.op);
    assert_string_equal(node(m, "e")->weigh.op->name, "weight.equal");
}

static void shares_may_miss_one_by_what_binary_fractions_miss(void **state)
{
    fixture *f = *state;
    fixture_ok(f, "mera: 1\nid: t\nindicators: {a: {direction: higher}, b: {direction: higher}, c: "
                  "{direction: higher}}\n"
                  "framework: {id: q, weights: {scale: shares}, indicators: {a: 0.1, b: 0.2, c: "
                  "0.7}}\n");
    f->n_files = 0;
    fixture_refused(f,
                    "mera: 1\nid: t\nindicators: {a: {direction: higher}, b: {direction: higher}}\n"
                    "framework: {id: q, weights: {scale: shares}, indicators: {a: 0.5, b: "
                    "0.500001}}\n",
                    "the shares under node 'q' sum to 1.000001, not to 1");
}

/* Loads a framework over two indicators and wants one error. */
static void refused(void **state, const char *framework, const char *message)
{
    fixture *f = *state;
    char text[1000];
    snprintf(text, sizeof text, FIXTURE_HEAD "framework: %s\n", framework);
    fixture_refused(f, mera_arena_strdup(f->arena, text), message);
    f->diags = mera_diags_new(f->arena);
    f->n_files = 0;
}

static void a_tree_that_does_not_hold_is_refused(void **state)
{
    refused(state, "{id: q, indicators: {income: -1, air: 1}}",
            "the weight of 'income' is -1; a weight is 0 or more");
    refused(state,
            "{id: q, nodes: [{id: a, weight: -0.5, indicators: [income]}, {id: b, "
            "indicators: [air]}]}",
            "the weight of 'a' is -0.5; a weight is 0 or more");
    refused(state, "{id: q, indicators: {income: 0, air: 0}}", "all weights under node 'q' are 0");
    refused(state, "{id: q, weights: {scale: grades}, indicators: {income: 11, air: 1}}",
            "the weight of 'income' is 11; grades are between 0 and 10");
    refused(state, "{id: q, indicators: [income, air, income]}",
            "the indicator 'income' stands twice under node 'q'");
    refused(state, "{id: q, indicators: [income, air, water]}",
            "node 'q' names the indicator 'water', which 'indicators' does not define");
    refused(state, "{id: income, indicators: [income, air]}",
            "a node and an indicator are both called 'income'");
    refused(state, "{id: q, nodes: [{id: q, indicators: [income]}]}",
            "two nodes are called 'q'; the id of a node must be unique");
    refused(state, "{id: q, indicators: [], nodes: []}",
            "node 'q' has nothing below it: it needs 'nodes' or 'indicators'");
    refused(state, "{id: q, indicators: [air], aggregate: {op: sum}, formula: air}",
            "node 'q' has both 'formula' and 'aggregate'; one of them makes its score");
    refused(state, "{id: q, indicators: [air], missing: value}",
            "the rule 'value' needs the value: missing: {rule: value, value: ...}");
    refused(state, "{id: q, indicators: [air], missing: {rule: zero, value: 3}}",
            "'value' is for the rule 'value'; the rule here is 'zero'");
    refused(state, "{id: q, indicators: [air], missing: {min_present: 2}}",
            "'min_present' is 2; it must be a number between 0 and 1");
}

static void a_default_that_is_wrong_is_reported_once(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml",
                 FIXTURE_HEAD "steps: {aggregate: {op: power, exponnet: 2}}\n"
                              "framework: {id: q, nodes: [{id: a, aggregate: {floor: 1}, "
                              "indicators: [air]}, {id: b, aggregate: {floor: 2}, indicators: "
                              "[income]}]}\n");
    assert_int_equal(fixture_load_in(f, f->arena, f->diags), MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 2); /* 'exponent' is missing, 'exponnet' unknown */
    assert_int_equal(mera_diags_get(f->diags, 0)->at.column, 25);
    assert_string_equal(mera_diags_get(f->diags, 1)->hint, "did you mean 'exponent'?");
}

static void classes_name_their_nodes(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, FIXTURE_HEAD "framework: {id: q, nodes: [{id: a, indicators: [income, air]}]}\n"
                             "classify:\n"
                             "  - {bands: {D: 0, A: 50}}\n"
                             "  - {op: quantiles, n: 5, nodes: [q, a]}\n"
                             "  - {op: rank_groups, n: 10, nodes: a}\n"
                             "units: {key: k, groups: {size: s}}\n"
                             "rank: {ties: dense, within: size}\n");
    assert_int_equal(m->n_classes, 3);
    assert_string_equal(m->classes[0].use.op->name, "classify.bands");
    assert_int_equal(m->classes[0].n_nodes, 1);
    assert_int_equal(m->classes[0].node[0], 0);
    assert_int_equal(m->classes[1].n_nodes, 2);
    assert_int_equal(m->classes[1].node[1], 1);
    assert_int_equal(m->classes[2].node[0], 1);
    assert_int_equal(m->rank_ties, MERA_TIES_DENSE);
    assert_string_equal(m->rank_within, "size");
}

static void a_class_without_an_operation_is_refused(void **state)
{
    fixture *f = *state;
    fixture_refused(f, FIXTURE_HEAD FIXTURE_TAIL "classify: {nodes: [quality]}\n",
                    "'classify' has no 'op' here, and there is none to inherit");
}

static void variants_are_listed_and_tried(void **state)
{
    fixture *f = *state;
    const mera_methodology *m = fixture_ok(f, FIXTURE_HEAD FIXTURE_TAIL
                                           "variants:\n"
                                           "  equal: {title: Equal, weights: equal}\n"
                                           "  rich: {set: {framework.indicators.income: 5}}\n");
    assert_int_equal(m->n_variants, 2);
    assert_string_equal(m->variant[0].title.en, "Equal");
    assert_string_equal(m->variant[1].title.en, "rich");
    f->n_files = 0;
    fixture_refused(f, FIXTURE_HEAD FIXTURE_TAIL "variants:\n  data_led: {weights: {op: guess}}\n",
                    "unknown operation 'guess' for the step 'weight'");
    assert_string_equal(mera_diags_get(f->diags, 0)->frames[0].text,
                        "in step 'weight' of variant 'data_led'");
}

static void a_variant_that_is_in_force_shows_in_the_children(void **state)
{
    fixture *f = *state;
    f->variant = "rich";
    fixture_set(f, "framework.indicators.air", "0.5");
    const mera_methodology *m = fixture_ok(
        f, FIXTURE_HEAD FIXTURE_TAIL "variants: {rich: {set: {framework.indicators.income: 5}}}\n");
    assert_true(m->node[0].child[0].weight == 5 && m->node[0].child[1].weight == 0.5);
    assert_string_equal(m->node[0].child[0].origin, "variant 'rich'");
    assert_string_equal(m->node[0].child[1].origin, "--set");
}

static void a_weight_of_the_root_is_warned_of(void **state)
{
    fixture *f = *state;
    fixture_ok(f, FIXTURE_HEAD "framework: {id: q, weight: 2, indicators: [income, air]}\n");
    assert_true(fixture_has(f, MERA_WARNING, "no-effect"));
}

static void all_problems_come_at_once_in_the_order_of_the_file(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml",
                 "mera: 1\nid: t\ncolour: red\nindicators:\n  a: {unit: x}\n  b: {direction: up}\n"
                 "steps: {normalise: minmaks}\n"
                 "framework: {id: q, indicators: [a, b, c], weight: high}\nclassify: {op: bnads}\n"
                 "rank: {within: size}\n");
    assert_int_equal(fixture_load_in(f, f->arena, f->diags), MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 9);
    for (size_t i = 1; i < mera_diags_size(f->diags); i++) {
        assert_true(mera_diags_get(f->diags, i - 1)->at.line <=
                    mera_diags_get(f->diags, i)->at.line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(nodes_come_before_their_children_and_children_in_order),
        fixture_test(settings_of_a_node_lie_over_the_default_and_are_not_inherited),
        fixture_test(weights_say_what_they_are),
        fixture_test(shares_may_miss_one_by_what_binary_fractions_miss),
        fixture_test(a_tree_that_does_not_hold_is_refused),
        fixture_test(a_default_that_is_wrong_is_reported_once),
        fixture_test(classes_name_their_nodes),
        fixture_test(a_class_without_an_operation_is_refused),
        fixture_test(variants_are_listed_and_tried),
        fixture_test(a_variant_that_is_in_force_shows_in_the_children),
        fixture_test(a_weight_of_the_root_is_warned_of),
        fixture_test(all_problems_come_at_once_in_the_order_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
