/* SPDX-License-Identifier: Apache-2.0 */
/** @file Names that a plugin's text makes, and what an unknown one may have been meant for. */
#include "lua_fixture.h"

#include "lua/names.h"

static const char names_script[] =
    "local cold_from, warm = -10, 20 -- local not_this\n"
    "local function load_of(days, people) return days / people end\n"
    "return mera.plugin {\n"
    "  params = { calm = { type = \"number\", default = 2 } },\n"
    "  indicators = { load = { reads = { \"frost_days\", 'population' },\n"
    "    params = { limit = { type = \"number\" } },\n"
    "    compute = function(d, p) return load_of(d.frost_days, d.population) end } } }\n";

static mera_names names_of(mera_arena *arena, const char *script)
{
    mera_outline outline;
    mera_names names;

    assert_int_equal(mera_outline_read(script, strlen(script), arena, &outline), MERA_OK);
    assert_int_equal(mera_names_read(script, strlen(script), &outline, arena, &names), MERA_OK);
    return names;
}

static void assert_list(const mera_text_list *list, const char *expected)
{
    char seen[256] = "";

    for (size_t i = 0; i < list->n; i++) {
        snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%s ", list->v[i]);
    }
    assert_string_equal(seen, expected);
}

static void the_names_of_a_script_are_found(void **state)
{
    mera_arena *arena = mera_arena_new();
    const mera_names names = names_of(arena, names_script);

    (void)state;
    assert_list(&names.local, "cold_from warm load_of days people d p ");
    assert_list(&names.column, "frost_days population ");
    assert_list(&names.param, "calm limit ");
    mera_arena_free(arena);
}

static void broken_scripts_end(void **state)
{
    static const char *const scripts[] = {
        "",        "local",     "local function",   "function f(", "reads",
        "reads =", "reads = {", "reads = { \"a\",", "local a,"};
    mera_arena *arena = mera_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        (void)names_of(arena, scripts[i]);
    }
    mera_arena_free(arena);
}

static void the_nearest_is_suggested_and_nothing_far(void **state)
{
    mera_arena *arena = mera_arena_new();
    const mera_names names = names_of(arena, names_script);
    char text[240];

    (void)state;
    assert_true(mera_names_suggest(&names, "cold_form", text, sizeof text));
    assert_string_equal(text, "did you mean 'cold_from'?");
    assert_true(mera_names_suggest(&names, "populaton", text, sizeof text));
    assert_string_equal(text, "did you mean the column 'population'? columns are fields of the "
                              "first argument");
    assert_true(mera_names_suggest(&names, "limt", text, sizeof text));
    assert_string_equal(text, "did you mean the parameter 'limit'? parameters are fields of the "
                              "second argument");
    assert_false(mera_names_suggest(&names, "zzzzzz", text, sizeof text));
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_names_of_a_script_are_found),
        cmocka_unit_test(broken_scripts_end),
        cmocka_unit_test(the_nearest_is_suggested_and_nothing_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
