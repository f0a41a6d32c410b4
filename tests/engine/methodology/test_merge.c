/* SPDX-License-Identifier: Apache-2.0 */
/** @file Laying trees over each other. */
#include <stdlib.h>

#include "fixture.h"
#include "methodology/merge.h"

static void gives(fixture *f, const char *base, const char *over, const char *wanted)
{
    const mera_value *merged;
    assert_int_equal(
        mera_merge(f->arena, NULL, fixture_tree(f, base), fixture_tree(f, over), &merged), MERA_OK);
    if (!mera_tree_equal(merged, fixture_tree(f, wanted))) {
        print_error("%s", mera_methodology_text(merged, f->arena));
    }
    assert_true(mera_tree_equal(merged, fixture_tree(f, wanted)));
}

static void maps_merge_and_everything_else_is_replaced(void **state)
{
    gives(*state, "{a: {b: 1, c: 2}, d: 3}", "{a: {c: 4, e: 5}}", "{a: {b: 1, c: 4, e: 5}, d: 3}");
    gives(*state, "{a: [1, 2]}", "{a: [3]}", "{a: [3]}");
    gives(*state, "{a: {b: 1}}", "{a: 2}", "{a: 2}");
    gives(*state, "{a: 2}", "{a: {b: 1}}", "{a: {b: 1}}");
    gives(*state, "{}", "{b: 1, a: 2}", "{b: 1, a: 2}");
    gives(*state, "{b: 1, a: 2}", "{}", "{b: 1, a: 2}");
}

static void the_name_of_an_operation_is_short_for_a_map(void **state)
{
    gives(*state, "{aggregate: geometric}", "{aggregate: {floor: 1}}",
          "{aggregate: {op: geometric, floor: 1}}");
    gives(*state, "{normalise: {op: minmax, range: [0, 1]}}", "{normalise: minmax}",
          "{normalise: {op: minmax, range: [0, 1]}}");
    gives(*state, "{aggregate: {missing: propagate}}", "{aggregate: {missing: {min_present: 1}}}",
          "{aggregate: {missing: {rule: propagate, min_present: 1}}}");
    gives(*state, "{impute: {op: mean}}", "{impute: none}", "{impute: none}");
    gives(*state, "{impute: none}", "{impute: {op: mean}}", "{impute: {op: mean}}");
}

static void parameters_of_another_operation_go_and_shared_keys_stay(void **state)
{
    gives(*state, "{normalise: {op: minmax, range: [0, 1], round: 2, reference: {period: all}}}",
          "{normalise: {op: zscore}}",
          "{normalise: {op: zscore, round: 2, reference: {period: all}}}");
    gives(*state, "{normalise: {op: minmax, range: [0, 1]}}",
          "{normalise: {op: normalise.minmax, clamp: both}}",
          "{normalise: {op: normalise.minmax, range: [0, 1], clamp: both}}");
}

static void by_and_reference_by_replace_each_other(void **state)
{
    gives(*state, "{impute: {op: mean, by: size}}", "{impute: {reference: {by: region}}}",
          "{impute: {op: mean, reference: {by: region}}}");
    gives(*state, "{impute: {op: mean, reference: {by: size, min_units: 3}}}",
          "{impute: {by: region}}", "{impute: {op: mean, reference: {min_units: 3}, by: region}}");
}

static void weights_are_replaced_whole(void **state)
{
    gives(*state, "{weights: equal}", "{weights: {scale: shares}}", "{weights: {scale: shares}}");
    gives(*state, "{weights: {scale: shares, as_given: true}}", "{weights: {scale: points}}",
          "{weights: {scale: points}}");
}

static void places_are_those_of_the_value_that_won(void **state)
{
    fixture *f = *state;
    const mera_value *merged;
    const mera_value *base = fixture_tree(f, "a: 1\nb: 2\n");
    const mera_value *over = fixture_tree(f, "\n\nb: 3\n");
    assert_int_equal(mera_merge(f->arena, NULL, base, over, &merged), MERA_OK);
    assert_int_equal(mera_value_get(merged, "a")->at.line, 1);
    assert_int_equal(mera_value_get(merged, "b")->at.line, 3);
    assert_int_equal(mera_value_entry(merged, "b")->at.line, 3);
    assert_int_equal(mera_value_get(base, "b")->at.line, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(maps_merge_and_everything_else_is_replaced),
        fixture_test(the_name_of_an_operation_is_short_for_a_map),
        fixture_test(parameters_of_another_operation_go_and_shared_keys_stay),
        fixture_test(by_and_reference_by_replace_each_other),
        fixture_test(weights_are_replaced_whole),
        fixture_test(places_are_those_of_the_value_that_won),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
