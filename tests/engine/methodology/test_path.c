/* SPDX-License-Identifier: Apache-2.0 */
/** @file Paths: what they reach, what they may make, what they refuse. */
#include <stdlib.h>

#include "fixture.h"
#include "methodology/path.h"

static const char base[] = "mera: 1\n"
                           "units: {key: code, groups: {size: size_class}}\n"
                           "indicators:\n"
                           "  income: {direction: higher}\n"
                           "  air: {direction: lower}\n"
                           "steps:\n"
                           "  treat: [winsorise, {op: clip, lower: 0}]\n"
                           "  normalise: minmax\n"
                           "  aggregate: {op: arithmetic, missing: propagate}\n"
                           "framework:\n"
                           "  id: quality\n"
                           "  nodes:\n"
                           "    - id: wealth\n"
                           "      indicators: {income: 2}\n"
                           "    - id: nature\n"
                           "      weight: 3\n"
                           "      nodes:\n"
                           "        - {id: sky, indicators: [air, income]}\n"
                           "classify: {bands: {D: 0, A: 50}}\n";

/* Sets a path and says what one place of the outcome then is, as flow text. */
static void sets(fixture *f, const char *path, const char *value, const char *key,
                 const char *wanted)
{
    const mera_value *tree = fixture_tree(f, base), *edited;
    const mera_code rc = mera_path_set(tree, path, MERA_NOWHERE, fixture_tree(f, value), f->arena,
                                       f->diags, &edited);
    if (rc != MERA_OK) {
        fixture_print(f);
    }
    assert_int_equal(rc, MERA_OK);
    if (!mera_tree_equal(mera_value_get(edited, key), fixture_tree(f, wanted))) {
        print_error("%s", mera_methodology_text(edited, f->arena));
    }
    assert_true(mera_tree_equal(mera_value_get(edited, key), fixture_tree(f, wanted)));
    assert_true(mera_tree_equal(tree, fixture_tree(f, base))); /* the old tree is as it was */
}

static void refuses(fixture *f, const char *path, const char *message, const char *hint)
{
    const mera_value *tree = fixture_tree(f, base), *edited;
    mera_diags *diags = mera_diags_new(f->arena);
    assert_int_equal(
        mera_path_set(tree, path, MERA_NOWHERE, fixture_tree(f, "1"), f->arena, diags, &edited),
        MERA_EINPUT);
    assert_ptr_equal(edited, tree);
    assert_int_equal(mera_diags_size(diags), 1);
    assert_string_equal(mera_diags_get(diags, 0)->message, message);
    if (hint != NULL) {
        assert_string_equal(mera_diags_get(diags, 0)->hint, hint);
    }
}

static void a_key_is_changed_or_made_where_its_level_allows_it(void **state)
{
    sets(*state, "version", "'2'", "version", "'2'");
    sets(*state, "steps.impute", "median", "steps",
         "{treat: [winsorise, {op: clip, lower: 0}], normalise: minmax, aggregate: {op: "
         "arithmetic, missing: propagate}, impute: median}");
    sets(*state, "indicators.air.goalposts", "[0, 14]", "indicators",
         "{income: {direction: higher}, air: {direction: lower, goalposts: [0, 14]}}");
    sets(*state, "rank.ties", "dense", "rank", "{ties: dense}");
}

static void a_node_is_reached_by_its_id_at_any_depth(void **state)
{
    sets(*state, "framework.sky.weight", "4", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}, {id: nature, weight: 3, "
         "nodes: [{id: sky, indicators: [air, income], weight: 4}]}]}");
    sets(*state, "framework.quality.better", "lower", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}, {id: nature, weight: 3, "
         "nodes: [{id: sky, indicators: [air, income]}]}], better: lower}");
    sets(*state, "framework.nodes.0.weight", "4", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}, weight: 4}, {id: nature, "
         "weight: 3, nodes: [{id: sky, indicators: [air, income]}]}]}");
}

static void a_weight_in_a_list_of_indicators_makes_it_a_map(void **state)
{
    sets(*state, "framework.sky.indicators.income", "0.5", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}, {id: nature, weight: 3, "
         "nodes: [{id: sky, indicators: {air: 1, income: 0.5}}]}]}");
}

static void an_indicator_that_is_defined_may_be_added_to_a_node(void **state)
{
    sets(*state, "framework.wealth.indicators.air", "0.5", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2, air: 0.5}}, {id: nature, "
         "weight: 3, nodes: [{id: sky, indicators: [air, income]}]}]}");
    sets(*state, "framework.nature.indicators.air", "1", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}, {id: nature, weight: 3, "
         "nodes: [{id: sky, indicators: [air, income]}], indicators: {air: 1}}]}");
    refuses(*state, "framework.wealth.indicators.aire",
            "no 'aire' in framework.wealth.indicators: the path "
            "'framework.wealth.indicators.aire' leads nowhere",
            "did you mean 'air'?");
}

static void a_node_given_whole_may_be_added_to_a_node(void **state)
{
    sets(*state, "framework.nodes.water", "{weight: 2, indicators: [air]}", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}, {id: nature, weight: 3, "
         "nodes: [{id: sky, indicators: [air, income]}]}, {id: water, weight: 2, indicators: "
         "[air]}]}");
    sets(*state, "framework.sky.nodes.water", "{id: water, indicators: [air]}", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}, {id: nature, weight: 3, "
         "nodes: [{id: sky, indicators: [air, income], nodes: [{id: water, indicators: "
         "[air]}]}]}]}");
}

static void a_node_that_is_there_is_replaced_or_changed_by_its_id(void **state)
{
    sets(*state, "framework.nodes.wealth", "{indicators: [air]}", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: [air]}, {id: nature, weight: 3, nodes: "
         "[{id: sky, indicators: [air, income]}]}]}");
    sets(*state, "framework.nodes.wealth.weight", "4", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}, weight: 4}, {id: nature, "
         "weight: 3, nodes: [{id: sky, indicators: [air, income]}]}]}");
}

static void a_new_node_must_be_a_node(void **state)
{
    refuses(*state, "framework.nodes.water",
            "the path 'framework.nodes.water': 'framework.nodes.water' is a node: a map is "
            "wanted, {weight: 1, indicators: {...}}",
            NULL);
    refuses(*state, "framework.nodes.welth.weight",
            "no 'welth' in framework.nodes: the path 'framework.nodes.welth.weight' leads nowhere",
            "did you mean 'wealth'?");
    refuses(*state, "framework.nodes.7.weight",
            "the path 'framework.nodes.7.weight': 'framework.nodes' is a list of 2; a position "
            "from 0 to 1, or the name of one in it, is wanted, not '7'",
            NULL);
    fixture *f = *state;
    const mera_value *edited;
    assert_int_equal(mera_path_set(fixture_tree(f, base), "framework.nodes.water", MERA_NOWHERE,
                                   fixture_tree(f, "{id: fire}"), f->arena, f->diags, &edited),
                     MERA_EINPUT);
    assert_said(f->diags, "the path 'framework.nodes.water': 'framework.nodes.water' is given a "
                          "node of another id");
}

static void below_an_operations_name_stands_its_map(void **state)
{
    sets(*state, "steps.normalise.range", "[0, 10]", "steps",
         "{treat: [winsorise, {op: clip, lower: 0}], normalise: {op: minmax, range: [0, 10]}, "
         "aggregate: {op: arithmetic, missing: propagate}}");
    sets(*state, "steps.aggregate.missing.min_present", "0.5", "steps",
         "{treat: [winsorise, {op: clip, lower: 0}], normalise: minmax, aggregate: {op: "
         "arithmetic, missing: {rule: propagate, min_present: 0.5}}}");
    sets(*state, "framework.wealth.aggregate.op", "geometric", "framework",
         "{id: quality, nodes: [{id: wealth, indicators: {income: 2}, aggregate: {op: "
         "geometric}}, {id: nature, weight: 3, nodes: [{id: sky, indicators: [air, income]}]}]}");
    sets(*state, "indicators.air.direction.target", "5", "indicators",
         "{income: {direction: higher}, air: {direction: {target: 5}}}");
}

static void a_number_is_a_position_in_a_chain(void **state)
{
    sets(*state, "steps.treat.1.lower", "2", "steps",
         "{treat: [winsorise, {op: clip, lower: 2}], normalise: minmax, aggregate: {op: "
         "arithmetic, missing: propagate}}");
    sets(*state, "steps.treat.0.max_points", "2", "steps",
         "{treat: [{op: winsorise, max_points: 2}, {op: clip, lower: 0}], normalise: minmax, "
         "aggregate: {op: arithmetic, missing: propagate}}");
    refuses(*state, "steps.treat.2.lower",
            "the path 'steps.treat.2.lower': 'steps.treat' is a list of 2; a position from 0 to 1, "
            "or the name of one in it, is wanted, not '2'",
            NULL);
    sets(*state, "steps.treat.clip.lower", "2", "steps",
         "{treat: [winsorise, {op: clip, lower: 2}], normalise: minmax, "
         "aggregate: {op: arithmetic, missing: propagate}}");
    sets(*state, "steps.treat.winsorise.max_points", "3", "steps",
         "{treat: [{op: winsorise, max_points: 3}, {op: clip, lower: 0}], normalise: minmax, "
         "aggregate: {op: arithmetic, missing: propagate}}");
    refuses(*state, "steps.treat.clamp.lower",
            "the path 'steps.treat.clamp.lower': 'steps.treat' is a list of 2; a position from 0 "
            "to 1, or the name of one in it, is wanted, not 'clamp'",
            NULL);
}

static void another_operation_drops_the_parameters_of_the_old_one(void **state)
{
    sets(*state, "steps.treat.1.op", "winsorise", "steps",
         "{treat: [winsorise, {op: winsorise}], normalise: minmax, aggregate: {op: arithmetic, "
         "missing: propagate}}");
}

static void a_path_that_leads_nowhere_is_met_with_the_nearest_name(void **state)
{
    fixture *f = *state;
    refuses(f, "framework.natur.weight",
            "no 'natur' in framework: the path 'framework.natur.weight' leads nowhere",
            "did you mean 'nature'?");
    refuses(f, "framework.sky.wieght",
            "no 'wieght' in framework.sky: the path 'framework.sky.wieght' leads nowhere",
            "did you mean 'weight'?");
    refuses(f, "framework.sky.indicators.noise",
            "no 'noise' in framework.sky.indicators: the path 'framework.sky.indicators.noise' "
            "leads nowhere",
            "there are air, income");
    refuses(f, "indicators.incom.unit",
            "no 'incom' in indicators: the path 'indicators.incom.unit' leads nowhere",
            "did you mean 'income'?");
    refuses(f, "units.groups.sizes",
            "no 'sizes' in units.groups: the path 'units.groups.sizes' leads nowhere",
            "did you mean 'size'?");
    refuses(f, "id.x", "the path 'id.x': 'id' has nothing below it", NULL);
    refuses(f, "framework.sky.id",
            "the path 'framework.sky.id': 'framework.sky.id' cannot be changed by a path", NULL);
    refuses(f, "extends", "the path 'extends': 'extends' cannot be changed by a path", NULL);
    refuses(f, "framework..weight",
            "'framework..weight' is not a path: names joined by dots are wanted, as in "
            "framework.health.weight",
            NULL);
    refuses(f, "",
            "'' is not a path: names joined by dots are wanted, as in framework.health.weight",
            NULL);
}

static void removes(fixture *f, const char *path, const char *key, const char *wanted)
{
    const mera_value *edited;
    assert_int_equal(
        mera_path_remove(fixture_tree(f, base), path, MERA_NOWHERE, f->arena, f->diags, &edited),
        MERA_OK);
    const mera_value *left = mera_value_get(edited, key);
    assert_true(wanted == NULL ? left == NULL : mera_tree_equal(left, fixture_tree(f, wanted)));
}

static void what_is_removed_must_be_there(void **state)
{
    fixture *f = *state;
    removes(f, "classify", "classify", NULL);
    removes(f, "indicators.air", "indicators", "{income: {direction: higher}}");
    removes(f, "framework.nature", "framework",
            "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}]}");
    removes(f, "framework.nodes.nature", "framework",
            "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}]}");
    removes(f, "framework.sky.indicators.air", "framework",
            "{id: quality, nodes: [{id: wealth, indicators: {income: 2}}, {id: nature, weight: 3, "
            "nodes: [{id: sky, indicators: {income: 1}}]}]}");
    removes(f, "steps.treat.0", "steps",
            "{treat: [{op: clip, lower: 0}], normalise: minmax, aggregate: {op: arithmetic, "
            "missing: propagate}}");
    const mera_value *edited;
    assert_int_equal(mera_path_remove(fixture_tree(f, base), "steps.impute", MERA_NOWHERE, f->arena,
                                      f->diags, &edited),
                     MERA_EINPUT);
    assert_said(f->diags, "no 'impute' in steps: the path 'steps.impute' leads nowhere");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_key_is_changed_or_made_where_its_level_allows_it),
        fixture_test(a_node_is_reached_by_its_id_at_any_depth),
        fixture_test(a_weight_in_a_list_of_indicators_makes_it_a_map),
        fixture_test(an_indicator_that_is_defined_may_be_added_to_a_node),
        fixture_test(a_node_given_whole_may_be_added_to_a_node),
        fixture_test(a_node_that_is_there_is_replaced_or_changed_by_its_id),
        fixture_test(a_new_node_must_be_a_node),
        fixture_test(below_an_operations_name_stands_its_map),
        fixture_test(a_number_is_a_position_in_a_chain),
        fixture_test(another_operation_drops_the_parameters_of_the_old_one),
        fixture_test(a_path_that_leads_nowhere_is_met_with_the_nearest_name),
        fixture_test(what_is_removed_must_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
