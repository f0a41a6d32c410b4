/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The count of instructions follows from the script and what it is given, and from nothing else.
 * Every state of Lua has a seed of its own for hashes, made of addresses and the time, so states
 * that live side by side stand for runs of the program on different days.
 */
#include "box_fixture.h"

enum { METER_BOXES = 24 };

/* Scripts whose work inside Lua depends on the seed or on when garbage is collected. */
static const char *const meter_script[] = {
    /* keys come and go: when a table is laid out anew depends on where they fall */
    "local t = {} for i = 1, 40000 do t['k' .. i % 97 .. 'v' .. i % 53] = i\n"
    "t['k' .. (i * 7) % 97 .. 'v' .. (i * 3) % 53] = nil end",
    /* texts that are made again while an equal one may or may not be left over */
    "local n = 0 for i = 1, 20000 do n = n + #('text' .. i % 300) end return n",
    /* a stack that grows, and shrinks when garbage is collected */
    "local function f(n) local t = {n} return n == 0 and 0 or 1 + f(n - 1) end\n"
    "for i = 1, 300 do f(i % 150) end",
    /* tables as keys: they are found by their addresses */
    "local t = {} for i = 1, 20000 do local k = {} t[k] = i t[k] = nil end",
    /* walking a table, in order */
    "local t = {} for i = 1, 300 do t['k' .. i] = i end\n"
    "for i = 1, 40 do local s = 0 for k, v in pairs(t) do s = s + v t[k] = nil t[k .. 'x'] = v end "
    "end",
    /* patterns, numbers as texts, sorting, long texts */
    "local s = ('ab,'):rep(500) for i = 1, 20 do local t = {}\n"
    "for w in s:gmatch('%a+') do t[#t + 1] = w .. i end table.sort(t)\n"
    "s = table.concat(t, ','):sub(1, 1500) end",
    /* what stops at a limit stops at the same count */
    "local t = {} for i = 1, 1e9 do pcall(function() t['k' .. i % 89] = i t['k' .. i % 83] = nil "
    "end) end",
};

static void the_count_is_the_same_under_every_seed(void **state)
{
    static const size_t n = sizeof meter_script / sizeof *meter_script;
    box_fixture *f = calloc(METER_BOXES, sizeof *f);

    (void)state;
    assert_non_null(f);
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < METER_BOXES; i++) {
            mera_code rc;

            assert_int_equal(
                mera_box_open(&small_limits, "plugin.lua", mera_library_open, &f[i].box), MERA_OK);
            rc = run(&f[i], meter_script[k]);
            if (rc != (k == n - 1 ? MERA_ELIMIT : MERA_OK) || f[i].box->spent != f[0].box->spent) {
                print_error("%s\n%d %s\n%llu in one state, %llu in another\n", meter_script[k], rc,
                            f[i].box->fault.message, (unsigned long long)f[0].box->spent,
                            (unsigned long long)f[i].box->spent);
                fail();
            }
        }
        for (size_t i = 0; i < METER_BOXES; i++) {
            mera_box_close(f[i].box);
        }
    }
    free(f);
}

/* A full table with one key out and one in is laid out anew each time, all of it. That work is not
 * in the count, and is limited all the same. */
static void laying_out_a_table_again_and_again_is_limited(void **state)
{
    box_fixture *f = *state;
    const mera_code rc = run(f, "local t = {} for i = 1, 16384 do t['k' .. i] = i end\n"
                                "for i = 1, 1e9 do t['k' .. i] = nil t['k' .. i + 16384] = i end");

    assert_int_equal(rc, MERA_ELIMIT);
    assert_int_equal(f->box->tripped, MERA_TRIP_INSTRUCTIONS);
    assert_true(f->box->inner > f->box->allowed);
    assert_true(f->box->spent < f->box->allowed);
}

/* Growing tables, closures and texts, as plugins do, costs less inside Lua than it counts. */
static void what_plugins_do_meets_the_shown_limit_first(void **state)
{
    static const char *const growing[] = {
        "local t = {} for i = 1, 60000 do t[i] = i end",
        "local t = {} for i = 1, 30000 do t['k' .. i] = {x = i, y = i} end",
        "local t = {} for i = 1, 30000 do t[i] = function() return i end end",
        "local t = {} for i = 1, 30000 do t[i] = 't ' .. i end return #table.concat(t, '', 1, 900)",
    };
    box_fixture *f = *state;

    for (size_t k = 0; k < sizeof growing / sizeof *growing; k++) {
        assert_int_equal(run(f, growing[k]), MERA_OK);
        assert_true(f->box->inner > 0);
        assert_true(f->box->inner < f->box->spent);
    }
}

#define HERE(name) cmocka_unit_test_setup_teardown(name, open_box, close_box)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_count_is_the_same_under_every_seed),
        HERE(laying_out_a_table_again_and_again_is_limited),
        HERE(what_plugins_do_meets_the_shown_limit_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
