/* SPDX-License-Identifier: Apache-2.0 */
/** @file Manifests: what is wrong in them is said all at once, each at its line. */
#include "lua_fixture.h"

static void assert_manifest_says(fixture *f, const char *source, const char *text)
{
    f->diags = mera_diags_new(f->arena);
    assert_true(open_plugin(f, source, NULL, NULL) != MERA_OK);
    for (size_t i = 0; i < mera_diags_size(f->diags); i++) {
        if (strstr(mera_diag_text(f->diags, mera_diags_get(f->diags, i), f->arena), text) != NULL) {
            return;
        }
    }
    print_error("%s\n%s\nwithout: %s\n", source, last_text(f), text);
    fail();
}

#define GOOD "indicators = { x = { unit = 'm', reads = {}, compute = function() end } }"
#define HEAD "id = 'a', version = '1.0', api = 1, "

static void what_is_lacking_is_said_all_at_once(void **state)
{
    fixture *f = *state;

    assert_manifest_says(f, "return mera.plugin {}", "plugin: the manifest lacks 'id'");
    assert_int_equal(mera_diags_size(f->diags), 4);
    assert_said(f->diags, "the manifest lacks 'version'");
    assert_said(f->diags, "the manifest lacks 'api'");
    assert_said(f->diags, "the manifest offers nothing");
}

static void an_unknown_key_has_its_line_and_a_suggestion(void **state)
{
    fixture *f = *state;

    assert_manifest_says(
        f, "return mera.plugin {\n  " HEAD "\n  licens = 'MIT',\n  " GOOD "\n}",
        "plugins/t/plugin.lua:3:3: error: plugin 'a': 'licens' is not a key of the "
        "manifest [plugin-manifest]\n");
    assert_manifest_says(f, "return mera.plugin {\n  " HEAD "\n  licens = 'MIT',\n  " GOOD "\n}",
                         "did you mean 'licence'?");
    assert_manifest_says(
        f,
        "return mera.plugin { " HEAD "\n indicators = {\n  x = { unit = 'm',\n   read = {},"
        " compute = function() end } } }",
        "plugins/t/plugin.lua:4:4: error: plugin 'a': 'read' is not a key of indicator 'x'");
    assert_said(f->diags, "indicator 'x' lacks 'reads'");
}

static void wrong_values_are_named_with_what_is_allowed(void **state)
{
    static const char *const cases[][2] = {
        {"id = 'A b', version = '1', api = 1, " GOOD, "'id' is 'A b': allowed are a-z, 0-9 and _"},
        {"id = 5, version = '1', api = 1, " GOOD, "'id' of the manifest must be text"},
        {"id = 'a', version = 'v1', api = 1, " GOOD,
         "'version' is 'v1'; it must be numbers like 1.2.0"},
        {"id = 'a', version = '1.2.3.4', api = 1, " GOOD, "'version' is '1.2.3.4'"},
        {"id = 'a', version = '1', api = 2, " GOOD,
         "it wants api 2; this mera offers api 1 and older"},
        {"id = 'a', version = '1', api = 0.5, " GOOD, "'api' is 0.5; allowed is 1"},
        {HEAD "title = { de = 'x' }, " GOOD, "'title' of the manifest must be text or { ru"},
        {HEAD "regions = { 1, 2 }, " GOOD, "'regions' of the manifest must be a list of texts"},
        {HEAD "indicators = { x = 5 }", "indicator 'x' must be a table"},
        {HEAD "indicators = 5", "'indicators' of the manifest must be a table with names"},
        {HEAD "indicators = { ['Плохо'] = { unit = 'm', reads = {}, compute = function() end } }",
         "'Плохо' cannot name an operation: allowed are a-z, 0-9 and _"},
        {HEAD "indicators = { x = { unit = 'm', reads = {}, direction = 'lowr', compute = "
              "function() end } }",
         "'direction' of indicator 'x' is 'lowr'; allowed are 'higher' and 'lower'"},
        {HEAD "indicators = { x = { unit = 'm', reads = {}, range = {5, 1}, compute = function() "
              "end } }",
         "'range' of indicator 'x' must be two numbers, the smaller one first"},
        {HEAD
         "indicators = { x = { unit = 'm', reads = {}, actionable = 'no', compute = function() "
         "end } }",
         "'actionable' of indicator 'x' must be true or false"},
        {HEAD "indicators = { x = { unit = 'm', reads = {}, compute = 5 } }",
         "'compute' of indicator 'x' must be a function"},
        {HEAD "indicators = { x = { unit = 'm', reads = {} } }",
         "indicator 'x' must have either 'compute' or 'compute_unit'"},
        {HEAD "indicators = { x = { unit = 'm', reads = {}, compute = function() end, compute_unit "
              "= function() end } }",
         "'compute' or 'compute_unit', not both"},
        {HEAD "normalisers = { n = { summary = 's', fitted = {'a'}, apply = function() end } }",
         "normaliser 'n' names 'fitted' numbers but has no 'fit'"},
        {HEAD "normalisers = { n = { apply = function() end } }", "normaliser 'n' lacks 'summary'"},
        {HEAD "params = { k = { type = 'nomber' } }, " GOOD,
         "'type' of parameter 'k' is 'nomber'; allowed are number"},
        {HEAD "params = { k = { type = 'number', default = 'x' } }, " GOOD,
         "'default' of parameter 'k' is not a value it allows"},
        {HEAD "params = { k = { type = 'number', default = 5, max = 4 } }, " GOOD,
         "'default' of parameter 'k' is not a value it allows"},
        {HEAD "params = { k = { type = 'integer', default = 1.5 } }, " GOOD,
         "'default' of parameter 'k' is not a value it allows"},
        {HEAD "params = { k = { type = 'number', min = 5, max = 4 } }, " GOOD,
         "'min' of parameter 'k' is above its 'max'"},
        {HEAD "params = { k = { type = 'choice' } }, " GOOD,
         "parameter 'k' is a choice and lacks 'choices'"},
        {HEAD "params = { k = { type = 'text', max = 4 } }, " GOOD,
         "parameter 'k' is no number and has no 'min' and 'max'"},
        {HEAD "params = { k = { type = 'text', default = 'x' } }, normalisers = { n = { summary = "
              "'s', params = { k = { type = 'text' } }, apply = function() end } }",
         "parameter 'k' is already one of the whole plugin"},
        {HEAD "[1] = 5, " GOOD, "a table of the manifest has both named and numbered parts"},
        {HEAD "summary = pcall, " GOOD, "'summary' of the manifest must be text"},
    };
    fixture *f = *state;
    char source[512];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(source, sizeof source, "return mera.plugin { %s }", cases[i][0]);
        assert_manifest_says(f, source, cases[i][1]);
    }
}

static void a_script_that_does_not_run_has_its_line(void **state)
{
    fixture *f = *state;

    assert_manifest_says(f, "local x = \nreturn mera.plugin { 5 +",
                         "plugins/t/plugin.lua:2: error: plugin: unexpected symbol near 'return' "
                         "[plugin-error]\n    2 | return mera.plugin { 5 +\n");
    assert_manifest_says(f, "\nlocal t = nil\nt.x = 1",
                         "plugins/t/plugin.lua:3: error: plugin: attempt to index a nil value "
                         "(local 't')");
    assert_manifest_says(f, "return {}", "the file must end with: return mera.plugin { ... }");
    assert_manifest_says(f, "mera.plugin {} return 5",
                         "the file must end with: return mera.plugin { ... }");
    assert_manifest_says(f, "mera.plugin {} return mera.plugin {}", "mera.plugin is called twice");
    assert_manifest_says(f, "return mera.plugin(5)", "table expected, got number");
    assert_manifest_says(f, "", "the file must end with: return mera.plugin { ... }");
    assert_manifest_says(f, "local t = {} t[1] = t return mera.plugin { id = t }",
                         "the manifest is too deep or too large");
    assert_manifest_says(f, "local s = require('socket')", "there is no module '");
}

static void the_place_that_asked_is_told(void **state)
{
    fixture *f = *state;

    assert_manifest_says(f, "return 5", "m.yaml:3:5  in the plugin that is asked for here");
}

/* Memory of the arena may end at any allocation: it is said so and nothing leaks. */
static void memory_may_end_at_any_allocation(void **state)
{
    static const char source[] =
        "return mera.plugin { " HEAD "params = { k = { type = 'choice', choices = {'a', 'b'}, "
        "default = 'a' } }, title = {ru = 'р', en = 'e'}, regions = {'1'},\n"
        "indicators = { x = { unit = 'm', reads = {'a', 'b'}, compute = function() end } },\n"
        "normalisers = { n = { summary = 's', fitted = {'a'}, fit = function() end, apply = "
        "function() end } } }";
    mera_code rc = MERA_ENOMEM;

    (void)state;
    for (size_t n = 0; rc != MERA_OK && n < 10000; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        mera_plugin *plugin = NULL;

        rc = mera_plugin_open("p", source, sizeof source - 1, NULL, NULL, MERA_NOWHERE, arena, NULL,
                              &plugin);
        mera_plugin_close(plugin);
        mera_arena_free(arena);
        assert_true(rc == MERA_OK || rc == MERA_ENOMEM);
    }
    assert_int_equal(rc, MERA_OK);
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        HERE(what_is_lacking_is_said_all_at_once),
        HERE(an_unknown_key_has_its_line_and_a_suggestion),
        HERE(wrong_values_are_named_with_what_is_allowed),
        HERE(a_script_that_does_not_run_has_its_line),
        HERE(the_place_that_asked_is_told),
        HERE(memory_may_end_at_any_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
