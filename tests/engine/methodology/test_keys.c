/* SPDX-License-Identifier: Apache-2.0 */
/** @file The tables of keys: sound in themselves, and what they refuse. */
#include <stdlib.h>

#include "fixture.h"
#include "methodology/keys.h"

static const mera_level *const levels[] = {
    &mera_level_methodology, &mera_level_title,     &mera_level_plugin,  &mera_level_units,
    &mera_level_data,        &mera_level_indicator, &mera_level_steps,   &mera_level_node,
    &mera_level_reference,   &mera_level_round,     &mera_level_missing, &mera_level_weights,
    &mera_level_direction,   &mera_level_rank,      &mera_level_variant};

static bool needs_level(mera_key_kind kind)
{
    return kind == MERA_KEY_MAP || kind == MERA_KEY_MAPS || kind == MERA_KEY_LIST ||
           kind == MERA_KEY_NAMED || kind == MERA_KEY_PLUGINS || kind == MERA_KEY_ROUND ||
           kind == MERA_KEY_WEIGHTS || kind == MERA_KEY_CHOICE_OR_MAP;
}

static void every_key_says_what_it_is(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        assert_non_null(levels[i]->what);
        for (const mera_key *key = levels[i]->keys; key->name != NULL; key++) {
            assert_non_null(key->help);
            assert_true(key->help[0] >= 'a' && key->help[strlen(key->help) - 1] != '.');
            assert_ptr_equal(mera_level_key(levels[i], key->name), key); /* no key twice */
            assert_int_equal(needs_level(key->kind), key->level != NULL);
            if (key->kind == MERA_KEY_CHOICE || key->kind == MERA_KEY_MARKS) {
                assert_non_null(key->choices);
            }
            const char *wants = mera_key_wants(key, f->arena);
            assert_non_null(wants);
            assert_true(strlen(wants) > 0);
        }
    }
}

static void shared_keys_of_a_step_are_the_names_the_binder_is_told(void **state)
{
    (void)state;
    for (int step = 0; step < MERA_N_STEPS; step++) {
        const mera_level *level = mera_use_level((mera_step)step);
        const char *const *common = mera_use_common((mera_step)step);
        size_t n = 0;
        while (common[n] != NULL) {
            assert_true(strcmp(common[n], "op") == 0 || mera_level_key(level, common[n]) != NULL);
            n++;
        }
        for (size_t i = 0; level != NULL && level->keys[i].name != NULL; i++) {
            n--;
        }
        assert_int_equal(n, 1);
    }
}

/* Checks `text` as a methodology's map and wants just these words said. */
static void says(fixture *f, const char *text, const char *message)
{
    mera_diags *diags = mera_diags_new(f->arena);
    assert_int_equal(
        mera_keys_check(&mera_level_methodology, fixture_tree(f, text), f->arena, diags), MERA_OK);
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        const char *said = mera_diags_get(diags, i)->message;
        if (strcmp(said, message) == 0) {
            return;
        }
        print_error("said: %s\n", said);
    }
    print_error("wanted: %s\n", message);
    fail();
}

static void each_kind_of_key_refuses_what_it_does_not_take(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"version: [1]", "'version' must be a text, not a list"},
        {"title: [a]", "'title' must be a text or {ru: ..., en: ...}, not a list"},
        {"title: {de: a}", "unknown key 'de' in a title"},
        {"plugins: arctic", "'plugins' must be a list of names or of {use: ..., version: ..., "
                            "with: ...}, not text 'arctic'"},
        {"plugins: [{version: '1'}]", "a plugin needs 'use': name of the plugin"},
        {"units: {key: [a, b, c, d, e]}", "'key' lists 5 names; at most 4 are allowed"},
        {"units: {key: {a: b}}", "'key' must be a text or a list of texts, not a map"},
        {"units: {key: a, groups: [b]}", "'groups' must be a map from names to texts, not a list"},
        {"units: {key: a, groups: {g: {x: y}}}",
         "'g' must be a text or a list of texts, not a map"},
        {"data: 5", "'data' must be a map or a list of maps, not the number 5"},
        {"data: {delimiter: ':'}", "'delimiter' is ':'; it must be one of ',', ';', tab, '|'"},
        {"data: {skip_rows: -1}",
         "'skip_rows' is -1; it must be a whole number between 0 and 1000000"},
        {"data: {skip_rows: some}",
         "'skip_rows' must be a whole number between 0 and 1000000, not text 'some'"},
        {"data: {only_marks: 'true'}", "'only_marks' must be true or false, not text 'true'"},
        {"data: {missing: {'-': hidden}}",
         "'-' is 'hidden'; it must be one of absent, suppressed, not_applicable"},
        {"data: {rename: {a: [b]}}", "'a' must be a text, not a list"},
        {"indicators: [a]", "'indicators' must be a map from names to maps, not a list"},
        {"indicators: {a: }", "'a' must be a map, not nothing"},
        {"indicators: {a: {direction: [1]}}",
         "'direction' must be one of higher, lower, or {target: ...}, not a list"},
        {"indicators: {a: {direction: {target: [1]}}}",
         "'target' must be a number or a range [from, to], not a list"},
        {"indicators: {a: {range: [1, 2, 3]}}",
         "'range' must be two numbers, [low, high], not a list"},
        {"indicators: {a: {round: some}}", "'round' must be none, a whole number of decimals, or "
                                           "{digits: ..., mode: ...}, not text 'some'"},
        {"indicators: {a: {round: {digits: 99}}}",
         "'digits' is 99; it must be a whole number between -15 and 15"},
        {"indicators: {a: {normalise: {op: [x]}}}", "'op' must be a text, not a list"},
        {"steps: {impute: {op: mean, reference: {min_units: 0}}}",
         "'min_units' is 0; it must be a whole number between 1 and 1000000000"},
        {"steps: {impute: {op: mean, reference: all}}", "'reference' must be a map, not text "
                                                        "'all'"},
        {"steps: {impute: [[mean]]}", "'impute' must be an operation (its name, or a map with "
                                      "'op'), or a list of them, not a list"},
        {"steps: {weights: [equal]}",
         "'weights' must be as_written, the name of an operation, or a map, not a list"},
        {"steps: {weights: {scale: percent}}",
         "'scale' is 'percent'; it must be one of points, shares, grades"},
        {"steps: {aggregate: {missing: drop}}",
         "'missing' is 'drop'; it must be one of renormalise, propagate, zero, value, skip, or "
         "{rule: ..., value: ..., min_present: ...}"},
        {"framework: {id: a b, indicators: [x]}",
         "'id' must be a name of a-z, 0-9, _ and -, not text 'a b'"},
        {"framework: {id: a, floor: low}", "'floor' must be a number or none, not text 'low'"},
        {"framework: {id: a, nodes: {b: c}}", "'nodes' must be a list of maps, not a map"},
        {"framework: {id: a, indicators: {x: y}}", "'x' must be a number, not text 'y'"},
        {"framework: {id: a, indicators: 5}",
         "'indicators' must be a map from indicators to weights, or a list of indicators, not the "
         "number 5"},
        {"variants: {a: {set: [x]}}", "'set' must be a map from paths to values, not a list"},
        {"plugins: [{use: a, with: 5}]", "'with' must be a map, not the number 5"},
        {"seed: -1", "'seed' is -1; it must be a whole number between 0 and 9007199254740992"},
        {"mera: 2", "'mera' is 2; it must be 1"},
        {"mera: 1", "a methodology needs 'id': name of the methodology"},
        {"gird: {}", "unknown key 'gird' in a methodology"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        says(*state, cases[i].text, cases[i].message);
    }
}

static void names_of_methodologies_and_indicators_are_told_apart(void **state)
{
    (void)state;
    assert_true(mera_is_id("oecd-bli_2015"));
    assert_true(mera_is_id("2015"));
    assert_false(mera_is_id("Oecd"));
    assert_false(mera_is_id(""));
    assert_false(mera_is_id("a.b"));
    assert_true(mera_is_indicator_id("AGE_65"));
    assert_true(mera_is_indicator_id("_x"));
    assert_false(mera_is_indicator_id("65age"));
    assert_false(mera_is_indicator_id("age-65"));
    assert_false(mera_is_indicator_id(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(every_key_says_what_it_is),
        fixture_test(shared_keys_of_a_step_are_the_names_the_binder_is_told),
        fixture_test(each_kind_of_key_refuses_what_it_does_not_take),
        fixture_test(names_of_methodologies_and_indicators_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
