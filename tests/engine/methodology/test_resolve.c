/* SPDX-License-Identifier: Apache-2.0 */
/** @file From files, a variant and changes from outside to one tree with origins. */
#include <stdlib.h>

#include "fixture.h"

static const char parent[] = "mera: 1\n"
                             "id: parent\n"
                             "indicators:\n"
                             "  income: {unit: roubles, direction: higher}\n"
                             "  air: {unit: index, direction: lower}\n"
                             "  noise: {unit: dB, direction: lower}\n"
                             "steps: {normalise: minmax, aggregate: {op: arithmetic}}\n"
                             "framework:\n"
                             "  id: quality\n"
                             "  nodes:\n"
                             "    - {id: wealth, weight: 2, weights: equal, indicators: [income]}\n"
                             "    - {id: nature, indicators: [air, noise]}\n"
                             "variants:\n"
                             "  equal: {weights: equal}\n"
                             "  green: {set: {framework.nature.weight: 5}}\n";

static mera_code resolve(fixture *f)
{
    const mera_reader reader = {fixture_read, f};
    return mera_methodology_resolve(&reader, "m.yaml", f->variant, f->set, f->n_sets, f->arena,
                                    f->diags, &f->tree);
}

static const mera_value *child(const fixture *f, size_t index)
{
    return mera_value_get(mera_value_get(f->tree, "framework"), "nodes")->items[index];
}

static void a_child_changes_removes_and_sets_and_the_rest_stays(void **state)
{
    fixture *f = *state;
    fixture_file(f, "base/methodology.yaml", parent);
    fixture_file(f, "m.yaml",
                 "id: child\nextends: base\nremove: [indicators.noise, "
                 "framework.nature.indicators.noise]\nset: {framework.wealth.weight: 7}\n"
                 "steps: {aggregate: {floor: 1}}\n");
    assert_int_equal(resolve(f), MERA_OK);
    assert_string_equal(mera_value_get(f->tree, "id")->text, "child");
    assert_null(mera_value_get(f->tree, "extends"));
    assert_null(mera_value_get(f->tree, "remove"));
    assert_null(mera_value_get(f->tree, "set"));
    assert_int_equal(mera_value_get(f->tree, "indicators")->n, 2);
    const mera_value *weight = mera_value_get(child(f, 0), "weight");
    assert_true(weight->number == 7);
    assert_string_equal(weight->at.file, "m.yaml");
    assert_int_equal(weight->at.line, 4);
    const mera_value *unit =
        mera_value_get(mera_value_get(mera_value_get(f->tree, "indicators"), "air"), "unit");
    assert_string_equal(unit->at.file, "base/methodology.yaml");
    assert_int_equal(unit->at.line, 5);
    const mera_value *aggregate = mera_value_get(mera_value_get(f->tree, "steps"), "aggregate");
    assert_string_equal(mera_value_get(aggregate, "op")->text, "arithmetic");
    assert_true(mera_value_get(aggregate, "floor")->number == 1);
}

static void parents_are_found_beside_the_file_that_names_them(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", "extends: one/./two/../a.yml\n");
    fixture_file(f, "one/a.yml", "extends: ../b\n");
    fixture_file(f, "b/methodology.yaml", "id: grandparent\n");
    assert_int_equal(resolve(f), MERA_OK);
    assert_string_equal(mera_value_get(f->tree, "id")->text, "grandparent");
}

static void a_cycle_is_shown_whole(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", "extends: a\n");
    fixture_file(f, "a/methodology.yaml", "extends: ../b/c.yaml\n");
    fixture_file(f, "b/c.yaml", "extends: ../a\n");
    assert_int_equal(resolve(f), MERA_EINPUT);
    assert_said(f->diags, "'extends' leads back to where it started: m.yaml -> "
                          "a/methodology.yaml -> b/c.yaml -> a/methodology.yaml");
    assert_string_equal(mera_diags_get(f->diags, 0)->at.file, "b/c.yaml");
}

static void a_chain_has_a_limit(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", "extends: 1.yaml\n");
    for (int i = 1; i <= 17; i++) {
        fixture_file(f, mera_arena_printf(f->arena, "%d.yaml", i),
                     mera_arena_printf(f->arena, "extends: %d.yaml\n", i + 1));
    }
    assert_int_equal(resolve(f), MERA_ELIMIT);
    assert_said(f->diags, "more than 16 files in one chain of 'extends'");
}

static void a_variant_says_that_it_was_the_one(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", parent);
    f->variant = "green";
    assert_int_equal(resolve(f), MERA_OK);
    const mera_value *weight = mera_value_get(child(f, 1), "weight");
    assert_true(weight->number == 5);
    assert_string_equal(weight->origin, "variant 'green'");
    assert_int_equal(weight->at.line, 15);
    assert_null(mera_value_get(child(f, 0), "weight")->origin);
}

static void weights_of_a_variant_hold_for_every_node(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", parent);
    f->variant = "equal";
    assert_int_equal(resolve(f), MERA_OK);
    assert_null(mera_value_get(child(f, 0), "weights"));
    const mera_value *weights = mera_value_get(mera_value_get(f->tree, "steps"), "weights");
    assert_string_equal(weights->text, "equal");
    assert_string_equal(weights->origin, "variant 'equal'");
    assert_true(mera_value_get(child(f, 0), "weight")->number == 2);
}

static void a_set_comes_last_and_says_so(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", parent);
    f->variant = "green";
    fixture_set(f, "framework.nature.weight", "6");
    fixture_set(f, "framework.nature.weight", "7");
    fixture_set(f, "steps.normalise", "{op: zscore, mean: 100}");
    assert_int_equal(resolve(f), MERA_OK);
    const mera_value *weight = mera_value_get(child(f, 1), "weight");
    assert_true(weight->number == 7);
    assert_string_equal(weight->origin, "--set");
    assert_string_equal(weight->at.file, "--set framework.nature.weight=7");
    assert_int_equal(weight->at.line, 0);
}

static void unknown_variants_and_paths_are_mistakes_of_the_call(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", parent);
    f->variant = "equals";
    fixture_set(f, "framework.natur.weight", "6");
    fixture_set(f, "steps.normalise", "{op: ");
    assert_int_equal(resolve(f), MERA_EUSAGE);
    assert_int_equal(mera_diags_size(f->diags), 3);
    assert_string_equal(mera_diags_get(f->diags, 0)->message,
                        "there is no variant 'equals'; there are equal, green");
    assert_string_equal(mera_diags_get(f->diags, 0)->hint, "did you mean 'equal'?");
    assert_string_equal(mera_diags_get(f->diags, 1)->hint, "did you mean 'nature'?");
    assert_non_null(f->tree); /* so that a caller can look for more */
}

static void problems_do_not_stop_the_resolving(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml",
                 "mera: 1\nid: a\nid: b\nremove: [steps.impute]\nset: {stepts.impute: mean}\n");
    assert_int_equal(resolve(f), MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 3);
    assert_string_equal(mera_value_get(f->tree, "id")->text, "a");
}

static void wrong_types_of_its_own_keys_are_refused(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml", "extends: [a, b]\n");
    assert_int_equal(resolve(f), MERA_EINPUT);
    assert_said(f->diags, "'extends' must be the path of one methodology, not a list");
    f->text[0] = "remove: {a: b}\nset: [a]\n";
    assert_int_equal(resolve(f), MERA_EINPUT);
    assert_said(f->diags, "'remove' must be a list of paths, not a map");
    assert_said(f->diags, "'set' must be a map from paths to values, not a list");
    f->text[0] = "just a text\n";
    assert_int_equal(resolve(f), MERA_EINPUT);
    assert_said(f->diags, "a methodology is a map of keys; this file holds text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_child_changes_removes_and_sets_and_the_rest_stays),
        fixture_test(parents_are_found_beside_the_file_that_names_them),
        fixture_test(a_cycle_is_shown_whole),
        fixture_test(a_chain_has_a_limit),
        fixture_test(a_variant_says_that_it_was_the_one),
        fixture_test(weights_of_a_variant_hold_for_every_node),
        fixture_test(a_set_comes_last_and_says_so),
        fixture_test(unknown_variants_and_paths_are_mistakes_of_the_call),
        fixture_test(problems_do_not_stop_the_resolving),
        fixture_test(wrong_types_of_its_own_keys_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
