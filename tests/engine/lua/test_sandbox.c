/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a script cannot do. Each test is an attack that worked on some sandbox, with limits small
 * enough that holding it takes a moment; what must not happen is a hang, a crash or a way around.
 */
#include "box_fixture.h"

/* ---- endless loops ----------------------------------------------------------------------- */

static void an_endless_loop_stops_at_the_limit_of_instructions(void **state)
{
    box_fixture *f = *state;

    assert_tripped(f, "local n = 0\nwhile true do n = n + 1 end", MERA_TRIP_INSTRUCTIONS);
    assert_non_null(strstr(f->box->fault.message, "2000000 instructions"));
}

static void a_pcall_cannot_catch_the_limit(void **state)
{
    assert_tripped(*state, "while true do pcall(function() while true do end end) end",
                   MERA_TRIP_INSTRUCTIONS);
}

static void a_pcall_in_a_pcall_cannot_either(void **state)
{
    assert_tripped(*state,
                   "local function f() pcall(function() while true do end end) return f() end\n"
                   "pcall(pcall, f) while true do end",
                   MERA_TRIP_INSTRUCTIONS);
}

static void a_metamethod_that_loops_is_stopped(void **state)
{
    assert_tripped(*state,
                   "local t = setmetatable({}, {__index = function() while true do end end})\n"
                   "return pcall(function() return t.x end)",
                   MERA_TRIP_INSTRUCTIONS);
}

static void a_closing_variable_cannot_run_past_the_limit(void **state)
{
    box_fixture *f = *state;

    assert_refused(f, "return setmetatable({}, {__close = function() end})",
                   "'__close' is not available in a mera plugin");
    assert_refused(f,
                   "local m = {} local t = setmetatable({}, m)\n"
                   "m.__close = function() while true do end end\n"
                   "do local x <close> = t end",
                   "variable 'x' got a non-closable value");
}

static void an_error_text_that_loops_is_stopped(void **state)
{
    assert_tripped(*state,
                   "error(setmetatable({}, {__tostring = function() while true do end end}))",
                   MERA_TRIP_INSTRUCTIONS);
}

static void the_budget_is_fresh_for_each_call(void **state)
{
    box_fixture *f = *state;

    for (int i = 0; i < 5; i++) {
        assert_result(f, "local n = 0 for i = 1, 300000 do n = n + i end return n", "45000150000");
    }
}

static void processor_time_is_the_last_resort(void **state)
{
    const mera_lua_limits limits = {.instructions = UINT64_MAX / 4, .seconds = 0.05};
    box_fixture f = {0};

    (void)state;
    assert_int_equal(mera_box_open(&limits, "plugin.lua", mera_library_open, &f.box), MERA_OK);
    assert_tripped(&f, "while true do end", MERA_TRIP_SECONDS);
    mera_box_close(f.box);
}

/* ---- finalisers -------------------------------------------------------------------------- */

static void a_finaliser_is_refused(void **state)
{
    box_fixture *f = *state;

    assert_refused(f, "setmetatable({}, {__gc = function() while true do end end})",
                   "'__gc' is not available in a mera plugin");
    assert_refused(f, "setmetatable({}, {__mode = 'k'})",
                   "'__mode' is not available in a mera plugin");
    assert_refused(f, "setmetatable({}, {__metatable = false})",
                   "'__metatable' is not available in a mera plugin");
}

static void a_metatable_counts_as_it_was_when_it_was_set(void **state)
{
    box_fixture *f = *state;

    assert_result(f,
                  "local m = {__index = function() return 'first' end}\n"
                  "local t = setmetatable({}, m)\n"
                  "m.__index = function() return 'second' end\n"
                  "return t.x .. tostring(getmetatable(t) == m)",
                  "firsttrue");
}

/* ---- memory ------------------------------------------------------------------------------ */

static void memory_stops_at_its_limit(void **state)
{
    box_fixture *f = *state;

    assert_tripped(f, "local t = {} for i = 1, 1e9 do t[i] = {i, i} end", MERA_TRIP_BYTES);
    assert_true(f->box->peak <= (size_t)(16 << 20));
}

static void a_memory_error_cannot_be_caught_again_and_again(void **state)
{
    assert_tripped(*state,
                   "local keep, long = {}, ('x'):rep(60000)\n"
                   "while true do pcall(function()\n"
                   "for i = 1, 1e9 do keep[#keep + 1] = long .. i end end) end",
                   MERA_TRIP_BYTES);
}

static void living_at_the_edge_of_memory_is_paid_for(void **state)
{
    box_fixture *f = *state;
    const mera_code rc = run(f, "local keep = {} for i = 1, 200000 do keep[i] = {} end\n"
                                "while true do local x = {1, 2, 3, 4, 5, 6, 7, 8} end");

    assert_int_equal(rc, MERA_ELIMIT);
}

static void a_text_stays_small(void **state)
{
    box_fixture *f = *state;

    assert_refused(f, "return ('x'):rep(1 << 32)", "repeated 4294967296 times is too long");
    assert_refused(f, "return ('x'):rep(70000)", "too long; at most 65536 bytes");
    assert_refused(f, "return ('x'):rep(300):gsub('x', ('y'):rep(300))",
                   "is too long; at most 65536");
    assert_refused(f,
                   "local t = {} for i = 1, 1000 do t[i] = ('x'):rep(100) end\n"
                   "return table.concat(t)",
                   "is too long");
    assert_tripped(f, "local s = 'x' while true do s = s .. s end", MERA_TRIP_TEXT);
}

static void deep_recursion_is_an_error_and_no_crash(void **state)
{
    const mera_lua_limits limits = {.instructions = 40000000, .bytes = 256 << 20};
    box_fixture f = {0};

    (void)state;
    assert_int_equal(mera_box_open(&limits, "plugin.lua", mera_library_open, &f.box), MERA_OK);
    assert_refused(&f, "local function f() return 1 + f() end return f()", "stack overflow");
    assert_refused(&f, "local function f() return pcall(f) and 1 end f() error('alive')", "alive");
    assert_refused(&f,
                   "local u = setmetatable({}, {})\n"
                   "for i = 1, 250 do local v = u u = setmetatable({}, {__index = function(_, k) "
                   "return v[k] .. '' end}) end return u.x",
                   "overflow");
    mera_box_close(f.box);
}

/* ---- long calls of C --------------------------------------------------------------------- */

static void a_pattern_that_explodes_stops_at_the_limit(void **state)
{
    assert_tripped(*state, "return (('a'):rep(40)):find(('a*'):rep(7) .. 'b')",
                   MERA_TRIP_INSTRUCTIONS);
}

static void chains_of_shortest_matches_stop_too(void **state)
{
    assert_tripped(*state, "return (('a'):rep(5000)):match(('.-'):rep(10) .. 'b')",
                   MERA_TRIP_INSTRUCTIONS);
}

static void gsub_and_gmatch_stop_too(void **state)
{
    assert_tripped(*state, "for x in (('a'):rep(60)):gmatch(('a*'):rep(8) .. 'b') do end",
                   MERA_TRIP_INSTRUCTIONS);
}

static void gsub_stops_too(void **state)
{
    assert_tripped(*state, "return (('a'):rep(60)):gsub(('a-'):rep(8) .. 'b', '')",
                   MERA_TRIP_INSTRUCTIONS);
}

static void inserting_at_the_front_is_paid_for(void **state)
{
    assert_tripped(*state,
                   "local t = {} for i = 1, 20000 do t[i] = i end\n"
                   "while true do table.insert(t, 1, 0) table.remove(t, 1) end",
                   MERA_TRIP_INSTRUCTIONS);
}

static void walking_an_emptied_table_is_paid_for(void **state)
{
    assert_tripped(*state,
                   "local t = {} for i = 1, 100000 do t[i] = i end\n"
                   "for i = 1, 100000 do t[i] = nil end\n"
                   "while true do for k in pairs(t) do end end",
                   MERA_TRIP_INSTRUCTIONS);
}

static void sorting_by_a_comparison_that_lies_ends(void **state)
{
    box_fixture *f = *state;

    assert_result(f,
                  "local t = {} for i = 1, 1000 do t[i] = i end\n"
                  "table.sort(t, function() return true end) return #t",
                  "1000");
}

static void a_list_is_not_unpacked_without_end(void **state)
{
    assert_refused(*state, "return table.unpack({}, 1, 1e7)",
                   "table.unpack gives at most 250 values");
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, open_box, close_box)
    const struct CMUnitTest tests[] = {
        HERE(an_endless_loop_stops_at_the_limit_of_instructions),
        HERE(a_pcall_cannot_catch_the_limit),
        HERE(a_pcall_in_a_pcall_cannot_either),
        HERE(a_metamethod_that_loops_is_stopped),
        HERE(a_closing_variable_cannot_run_past_the_limit),
        HERE(an_error_text_that_loops_is_stopped),
        HERE(the_budget_is_fresh_for_each_call),
        HERE(processor_time_is_the_last_resort),
        HERE(a_finaliser_is_refused),
        HERE(a_metatable_counts_as_it_was_when_it_was_set),
        HERE(memory_stops_at_its_limit),
        HERE(a_memory_error_cannot_be_caught_again_and_again),
        HERE(living_at_the_edge_of_memory_is_paid_for),
        HERE(a_text_stays_small),
        HERE(deep_recursion_is_an_error_and_no_crash),
        HERE(a_pattern_that_explodes_stops_at_the_limit),
        HERE(chains_of_shortest_matches_stop_too),
        HERE(gsub_and_gmatch_stop_too),
        HERE(gsub_stops_too),
        HERE(inserting_at_the_front_is_paid_for),
        HERE(walking_an_emptied_table_is_paid_for),
        HERE(sorting_by_a_comparison_that_lies_ends),
        HERE(a_list_is_not_unpacked_without_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
