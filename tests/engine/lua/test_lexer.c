/* SPDX-License-Identifier: Apache-2.0 */
/** @file Tokens of Lua and where they stand; the outline of a manifest. */
#include "lua_fixture.h"

#include "lua/lexer.h"
#include "lua/outline.h"

static void assert_tokens(const char *script, const char *expected)
{
    static const char letters[] = "$nk#sy!";
    char seen[512] = "";
    mera_lexer lexer;

    mera_lexer_start(&lexer, script, strlen(script));
    for (;;) {
        const mera_token token = mera_lexer_next(&lexer);
        const size_t n = strlen(seen);

        if (token.kind == MERA_TOKEN_END) {
            break;
        }
        snprintf(seen + n, sizeof seen - n, "%c%u:%u[%.*s]", letters[token.kind], token.line,
                 token.column, (int)token.n, token.at);
    }
    assert_string_equal(seen, expected);
}

static void tokens_come_with_their_places(void **state)
{
    (void)state;
    assert_tokens("a+b", "n1:1[a]y1:2[+]n1:3[b]");
    assert_tokens("x:mean() and\n  nil",
                  "n1:1[x]y1:2[:]n1:3[mean]y1:7[(]y1:8[)]k1:10[and]k2:3[nil]");
    assert_tokens("1.5e-3*.5", "#1:1[1.5e-3]y1:7[*]#1:8[.5]");
    assert_tokens("a..b...c", "n1:1[a]y1:2[..]n1:4[b]y1:5[...]n1:8[c]");
    assert_tokens("0x1p-2<=2//1", "#1:1[0x1p-2]y1:7[<=]#1:9[2]y1:10[//]#1:12[1]");
}

static void comments_and_strings_hold_no_names(void **state)
{
    (void)state;
    assert_tokens("a -- b\n'c d' --[[ e\n ]] \"f\\\"g\"", "n1:1[a]s2:1['c d']s3:5[\"f\\\"g\"]");
    assert_tokens("[==[ x ]] y ]==] z", "s1:1[[==[ x ]] y ]==]]n1:18[z]");
}

static void columns_count_characters(void **state)
{
    (void)state;
    assert_tokens("'яя' + b", "s1:1['яя']y1:6[+]n1:8[b]");
    assert_tokens("доля + 1", "!1:1[доля]y1:6[+]#1:8[1]");
}

static void what_does_not_end_is_bad_and_no_loop(void **state)
{
    (void)state;
    assert_tokens("a + 'b", "n1:1[a]y1:3[+]!1:5['b]");
    assert_tokens("[[ x", "!1:1[[[ x]");
    assert_tokens("--[[ x", "");
    assert_tokens("a ? b", "n1:1[a]!1:3[?]n1:5[b]");
}

static void the_outline_knows_the_line_of_each_key(void **state)
{
    fixture *f = *state;
    const char *script =
        "local function f(x) if x then return {a = 1} end end\n"
        "return mera.plugin {\n"
        "  id = 'x', params = { knee = { type = 'number',\n"
        "    default = (2 + 3) } },\n"
        "  indicators = {\n"
        "    ['cold'] = { compute = function(d) for i = 1, 2 do local t = {q = 1} end\n"
        "      while true do end return d end, unit = 'm' },\n"
        "  },\n"
        "}\n";
    mera_outline outline;

    assert_int_equal(mera_outline_read(script, strlen(script), f->arena, &outline), MERA_OK);
    assert_int_equal(outline.line, 2);
    assert_int_equal(outline.n, 9);
    assert_int_equal(outline.entry[mera_outline_find(&outline, "params.knee.default")].line, 4);
    assert_int_equal(outline.entry[mera_outline_find(&outline, "indicators.cold.unit")].line, 7);
    assert_true(mera_outline_find(&outline, "q") == SIZE_MAX);
    assert_true(mera_outline_find(&outline, "a") == SIZE_MAX);
}

static void a_script_without_a_manifest_has_an_empty_outline(void **state)
{
    fixture *f = *state;
    mera_outline outline;

    assert_int_equal(mera_outline_read("return 1 {{{", 12, f->arena, &outline), MERA_OK);
    assert_int_equal(outline.n, 0);
    assert_int_equal(mera_outline_read("mera.plugin {{{", 15, f->arena, &outline), MERA_OK);
    assert_int_equal(outline.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_come_with_their_places),
        cmocka_unit_test(comments_and_strings_hold_no_names),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(what_does_not_end_is_bad_and_no_loop),
        cmocka_unit_test_setup_teardown(the_outline_knows_the_line_of_each_key, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_script_without_a_manifest_has_an_empty_outline,
                                        fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
