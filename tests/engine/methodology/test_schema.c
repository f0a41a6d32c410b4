/* SPDX-License-Identifier: Apache-2.0 */
/** @file The JSON Schema: complete, deterministic, and JSON. */
#include <stdlib.h>

#include "fixture.h"
#include "methodology/keys.h"

static const char *schema(fixture *f)
{
    const char *text = mera_methodology_schema(f->registry, f->arena);
    assert_non_null(text);
    return text;
}

static void it_is_read_as_yaml_because_json_is_yaml(void **state)
{
    fixture *f = *state;
    const mera_value *tree = fixture_tree(f, schema(f));
    assert_string_equal(mera_value_get(tree, "$schema")->text,
                        "http://json-schema.org/draft-07/schema#");
}

static const mera_value *definition(fixture *f, const mera_value *tree, const char *id)
{
    const mera_value *found = mera_value_get(mera_value_get(tree, "definitions"), id);
    if (found == NULL) {
        print_error("no definition %s\n", id);
    }
    assert_non_null(found);
    (void)f;
    return found;
}

static void every_key_of_every_level_is_in_it(void **state)
{
    fixture *f = *state;
    static const mera_level *const levels[] = {
        &mera_level_methodology, &mera_level_plugin,  &mera_level_units, &mera_level_data,
        &mera_level_indicator,   &mera_level_steps,   &mera_level_node,  &mera_level_reference,
        &mera_level_missing,     &mera_level_variant, &mera_level_rank,  &mera_level_weights,
        &mera_level_direction,   &mera_level_round,   &mera_level_title, &mera_level_audit,
        &mera_level_limit};
    const mera_value *tree = fixture_tree(f, schema(f));
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const mera_value *map = mera_value_get(definition(f, tree, levels[i]->id), "properties");
        for (const mera_key *key = levels[i]->keys; key->name != NULL; key++) {
            const mera_value *property = mera_value_get(map, key->name);
            assert_non_null(property);
            assert_string_equal(mera_value_get(property, "description")->text, key->help);
        }
        assert_false(
            mera_value_get(definition(f, tree, levels[i]->id), "additionalProperties")->boolean);
    }
}

static void every_operation_is_in_it_with_its_parameters(void **state)
{
    fixture *f = *state;
    const mera_value *tree = fixture_tree(f, schema(f));
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        const char *id = mera_arena_printf(f->arena, "use_%s", mera_step_name(op->step));
        const mera_value *any = mera_value_get(definition(f, tree, id), "anyOf");
        const mera_value *found = NULL;
        for (size_t k = 0; k < any->n; k++) {
            const mera_value *names = mera_value_get(
                mera_value_get(mera_value_get(any->items[k], "properties"), "op"), "enum");
            if (names != NULL && strcmp(names->items[1]->text, op->name) == 0) {
                found = mera_value_get(any->items[k], "properties");
            }
        }
        assert_non_null(found);
        for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
            assert_non_null(mera_value_get(found, p->name));
        }
    }
}

static void every_reference_leads_to_a_definition(void **state)
{
    fixture *f = *state;
    const char *text = schema(f), *at = text;
    const mera_value *tree = fixture_tree(f, text);
    static const char mark[] = "\"$ref\": \"#/definitions/";
    size_t n = 0;
    while ((at = strstr(at, mark)) != NULL) {
        at += strlen(mark);
        definition(f, tree, mera_arena_strndup(f->arena, at, strcspn(at, "\"")));
        n++;
    }
    assert_true(n > 30);
}

static void it_is_the_same_text_each_time(void **state)
{
    fixture *f = *state;
    assert_string_equal(schema(f), schema(f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(it_is_read_as_yaml_because_json_is_yaml),
        fixture_test(every_key_of_every_level_is_in_it),
        fixture_test(every_operation_is_in_it_with_its_parameters),
        fixture_test(every_reference_leads_to_a_definition),
        fixture_test(it_is_the_same_text_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
