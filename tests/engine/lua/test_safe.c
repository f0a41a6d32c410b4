/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The allow-list: what is not there says so, what is there is read-only and works as in Lua, and
 * nothing shows an order or an address that could differ from run to run.
 */
#include "box_fixture.h"

/* ---- what is not there ------------------------------------------------------------------- */

static void what_is_not_allowed_says_so(void **state)
{
    static const char *const names[] = {
        "os",          "io",       "debug",       "coroutine",      "load",
        "loadstring",  "loadfile", "dofile",      "collectgarbage", "next",
        "xpcall",      "print",    "package",     "string.dump",    "_G",
        "math.random", "math.sin", "string.pack",
    };
    box_fixture *f = *state;
    char script[64], message[96];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(script, sizeof script, "local x = %s", names[i]);
        snprintf(message, sizeof message, "'%s' is not available in a mera plugin", names[i]);
        assert_refused(f, script, message);
    }
}

static void an_unknown_global_is_an_error_with_a_suggestion(void **state)
{
    box_fixture *f = *state;

    assert_refused(f, "return tostrin(1)", "'tostrin' is not known; did you mean 'tostring'?");
    assert_refused(f, "return math.flor(1)",
                   "'math.flor' is not known; did you mean 'math.floor'?");
    assert_int_equal(f->box->fault.line, 1);
}

static void globals_are_read_only(void **state)
{
    box_fixture *f = *state;

    assert_refused(f, "counter = 1", "global 'counter' cannot be set; write 'local counter = …'");
    assert_refused(f, "math.floor = nil", "'math' is read-only");
    assert_refused(f, "rawset(math, 'floor', 1)", "this table is read-only");
    assert_refused(f, "setmetatable(math, {})", "this table is read-only");
    assert_refused(f, "table.insert(string, 1)", "this table is read-only");
    assert_result(f, "return math.floor(1.5)", "1");
}

static void the_methods_of_texts_are_out_of_reach(void **state)
{
    box_fixture *f = *state;

    assert_result(f, "return tostring(getmetatable(''))", "nil");
    assert_refused(f, "getmetatable('').__index = {}", "attempt to index a nil value");
    assert_refused(f, "return ('x'):dump()", "'string.dump' is not available");
}

static void bytecode_is_refused(void **state)
{
    assert_refused(*state, "\x1bLua", "attempt to load a binary chunk");
}

static void two_boxes_share_nothing(void **state)
{
    box_fixture *f = *state, other = {0};

    assert_int_equal(mera_box_open(&small_limits, "plugin.lua", mera_library_open, &other.box),
                     MERA_OK);
    assert_tripped(f, "while true do end", MERA_TRIP_INSTRUCTIONS);
    assert_result(&other, "return 'alive'", "alive");
    mera_box_close(other.box);
}

/* ---- determinism ------------------------------------------------------------------------- */

static void pairs_goes_in_sorted_order(void **state)
{
    box_fixture *f = *state;

    assert_result(f,
                  "local s = '' for k in pairs({b = 1, a = 2, [10] = 3, [2.5] = 4, [true] = 5}) do "
                  "s = s .. tostring(k) .. ' ' end return s",
                  "2.5 10 a b true ");
    assert_result(f,
                  "local t, s = {a = 1, b = 2, c = 3}, ''\n"
                  "for k in pairs(t) do t.b = nil s = s .. k end return s",
                  "ac");
    assert_refused(f, "for k in pairs({[{}] = 1}) do end", "a key that is a table");
}

static void texts_of_values_show_no_addresses(void **state)
{
    box_fixture *f = *state;

    assert_result(f, "return tostring({}) .. ' ' .. tostring(tostring)", "table function");
    assert_result(f, "return ('%s'):format({})", "table");
    assert_refused(f, "return ('%10p'):format({})", "'%p' is not available in a mera plugin");
}

static void sort_is_stable_and_refuses_what_has_no_order(void **state)
{
    box_fixture *f = *state;

    assert_result(f,
                  "local t = {'b1', 'a1', 'b2', 'a2', 'a3'}\n"
                  "table.sort(t, function(x, y) return x:byte() < y:byte() end)\n"
                  "return table.concat(t, ' ')",
                  "a1 a2 a3 b1 b2");
    assert_result(f, "local t = {3, 1, 2} table.sort(t) return table.concat(t)", "123");
    assert_refused(f, "table.sort({1, 0/0})", "a missing number (NaN) has no place in an order");
    assert_refused(f, "table.sort({1, 'a'})", "have no order");
}

/* ---- what must work as in Lua ------------------------------------------------------------ */

static void patterns_match_as_the_manual_says(void **state)
{
    static const char *const cases[][2] = {
        {"('hello world'):find('o w')", "5"},
        {"('hello'):match('l+')", "ll"},
        {"('key = value'):match('^(%w+)%s*=%s*(%w+)$')", "key"},
        {"('a.b'):find('.', 1, true)", "2"},
        {"('THE (quick) fox'):find('%((%a+)%)')", "5"},
        {"('f(a(b)c)d'):match('%b()')", "(a(b)c)"},
        {"('THE quick'):gsub('%f[%a]%a+', 'x')", "x x"},
        {"('hello world'):gsub('o', '0', 1)", "hell0 world"},
        {"('abc'):gsub('%w', '%0%0')", "aabbcc"},
        {"('abc'):gsub('', '-')", "-a-b-c-"},
        {"('$name'):gsub('%$(%w+)', {name = 'x'})", "x"},
        {"('abc'):gsub('%w', function(c) return c == 'b' and 'B' or nil end)", "aBc"},
        {"('x'):rep(3, ',')", "x,x,x"},
        {"('aaa'):match('a-$')", "aaa"},
        {"('abab'):match('^(ab)%1$')", "ab"},
        {"('  x '):match('^%s*(.-)%s*$') .. '|'", "x|"},
        {"('a]b'):match('[]]')", "]"},
        {"('a-b'):match('[a%-]+')", "a-"},
        {"('Ab9'):match('[^%l%d]')", "A"},
        {"('hello'):match('()ll()')", "3"},
        {"('hello'):find('l', -2)", "4"},
        {"tostring(('hello'):find('x'))", "nil"},
        {"string.format('%5.2f|%s|%d|%q', 3.14159, {}, 3, 'a')", " 3.14|table|3|\"a\""},
        {"table.concat({1, 2, 'x'}, '-')", "1-2-x"},
        {"select('#', table.unpack({1, 2, nil, 4}, 1, 4))", "4"},
        {"utf8.len('мера')", "4"},
        {"math.round(2.5) .. ' ' .. math.round(0.6175, 3)", "3.0 0.618"},
        {"tostring(0/0)", "missing"},
    };
    box_fixture *f = *state;
    char script[160];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(script, sizeof script, "return (%s)", cases[i][0]);
        assert_result(f, script, cases[i][1]);
    }
}

static void malformed_patterns_are_refused(void **state)
{
    static const char *const cases[][2] = {
        {"[a", "'[' without ']'"}, {"%", "ends with '%'"}, {"(a", "'(' without ')'"},
        {"a)", "')' without '('"}, {"%1", "before its"},   {"%b", "wants two characters"},
        {"%f", "wants a [set]"},   {"[%", "'[' without"},  {"[^", "'[' without"},
    };
    box_fixture *f = *state;
    char script[64];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(script, sizeof script, "return ('a'):match('%s')", cases[i][0]);
        assert_refused(f, script, cases[i][1]);
    }
}

static void iterating_characters_and_matches_works(void **state)
{
    box_fixture *f = *state;

    assert_result(f,
                  "local s = '' for p, c in utf8.codes('aя') do s = s .. p .. ':' .. c .. ' ' end "
                  "return s",
                  "1:97 2:1103 ");
    assert_result(f,
                  "local s = '' for k, v in ('a=1, b=2'):gmatch('(%w)=(%w)') do s = s .. k .. v "
                  "end return s",
                  "a1b2");
    assert_result(f, "local n = 0 for _ in ('abc'):gmatch('') do n = n + 1 end return n", "4");
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, open_box, close_box)
    const struct CMUnitTest tests[] = {
        HERE(what_is_not_allowed_says_so),
        HERE(an_unknown_global_is_an_error_with_a_suggestion),
        HERE(globals_are_read_only),
        HERE(the_methods_of_texts_are_out_of_reach),
        HERE(bytecode_is_refused),
        HERE(two_boxes_share_nothing),
        HERE(pairs_goes_in_sorted_order),
        HERE(texts_of_values_show_no_addresses),
        HERE(sort_is_stable_and_refuses_what_has_no_order),
        HERE(patterns_match_as_the_manual_says),
        HERE(malformed_patterns_are_refused),
        HERE(iterating_characters_and_matches_works),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
