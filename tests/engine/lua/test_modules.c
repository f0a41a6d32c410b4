/* SPDX-License-Identifier: Apache-2.0 */
/** @file require(): a plugin's own files, run once, and errors that point into them. */
#include "lua_fixture.h"

#define HEAD "id = 't', version = '1.0.0', api = 1, "
#define INDICATOR                                                                                  \
    "indicators = { x = { unit = '1', reads = {'a'}, compute = function(d) local y = f(d) return " \
    "y end } }"

/* Opens a plugin of plugin.lua and up to three modules named a, b, c. */
static mera_code open_with(fixture *f, const char *source, const char *const text[3])
{
    static const char *const name[] = {"a", "b", "c"}, *const file[] = {"a.lua", "b.lua", "c.lua"},
                             *const path[] = {"p/t/a.lua", "p/t/b.lua", "p/t/c.lua"};
    mera_module *module = mera_arena_zero(f->arena, 3, sizeof *module);
    mera_plugin_files files = {
        .folder = "p/t", .source = source, .n = strlen(source), .module = module};

    for (size_t i = 0; i < 3 && text[i] != NULL; i++) {
        module[files.n_modules++] =
            (mera_module){name[i], file[i], path[i], text[i], strlen(text[i])};
    }
    return mera_plugin_open_files(&files, NULL, NULL, (mera_at){"m.yaml", 3, 5, 0}, f->arena,
                                  f->diags, &f->plugin);
}

static void a_module_is_run_once(void **state)
{
    fixture *f = *state;
    const double x[] = {1, 2};
    const double *const input[] = {x};
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .input = input, .n_inputs = 1};
    const mera_op *op;
    double y[2];

    assert_int_equal(
        open_with(f,
                  "local a, b = require('a'), require 'b'\n"
                  "assert(require('a') == a and a.n == 1)\n"
                  "local f = function(d) return b(d.a) end\n"
                  "return mera.plugin { " HEAD INDICATOR " }",
                  (const char *const[3]){
                      "local t = { n = 0 } t.n = t.n + 1 return t",
                      "local a = require('a') return function(x) return x + a.n end", NULL}),
        MERA_OK);
    op = op_named(f, "derive.t.x");
    assert_int_equal(op->derive(op, defaults_of(f, op), &ctx, 2, y), MERA_OK);
    assert_close(y[1], 3, 0);
}

static void an_error_points_into_the_module(void **state)
{
    fixture *f = *state;
    const double x[] = {1};
    const double *const input[] = {x};
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .input = input, .n_inputs = 1};
    const mera_op *op;
    double y[1];

    assert_int_equal(
        open_with(
            f, "local f = require('a').f\nreturn mera.plugin { " HEAD INDICATOR " }",
            (const char *const[3]){"local M = {}\n\nfunction M.f(d)\n  return d.a + nil\nend\n"
                                   "return M",
                                   NULL, NULL}),
        MERA_OK);
    op = op_named(f, "derive.t.x");
    assert_int_equal(op->derive(op, defaults_of(f, op), &ctx, 1, y), MERA_EINPUT);
    assert_printed(f, "p/t/a.lua:4: error: plugin 't' 1.0.0: ");
    assert_printed(f, "p/t/plugin.lua:2  in ");
}

static void assert_load_fails(fixture *f, const char *first, const char *text, const char *said)
{
    const char *source = mera_arena_printf(
        f->arena, "local f = %s\nreturn mera.plugin { " HEAD INDICATOR " }", first);

    assert_int_equal(open_with(f, source, (const char *const[3]){text, NULL, NULL}), MERA_EINPUT);
    assert_printed(f, said);
}

static void what_is_no_module_is_refused(void **state)
{
    fixture *f = *state;

    assert_load_fails(f, "require('aa')", "return 1", "there is no module 'aa'; did you mean 'a'?");
    assert_load_fails(f, "require('../a')", "return 1", "there is no module '../a'");
    assert_load_fails(f, "require('plugin')", "return 1", "there is no module 'plugin'");
    assert_load_fails(f, "require('a')", "local x = 1", "module 'a' returns nothing");
    assert_load_fails(f, "require('a')", "return require('a')", "module 'a' requires itself");
    assert_load_fails(f, "require('a')", "x = 1 return 1",
                      "p/t/a.lua:1: error: plugin: global 'x' cannot be set");
    assert_load_fails(f, "require('a')", "\nreturn = 1", "p/t/a.lua:2: error: ");
    assert_load_fails(f, "require('a')", "\x1bLua", "attempt to load a binary chunk");
    assert_load_fails(f, "require(1)", "return 1", "there is no module '1'");
}

static void modules_count_in_the_hash(void **state)
{
    fixture *f = *state;
    static const char *const source =
        "local f = require('a')\nreturn mera.plugin { " HEAD INDICATOR " }";
    char first[65];

    assert_int_equal(open_with(f, source, (const char *const[3]){"return print", NULL, NULL}),
                     MERA_EINPUT);
    assert_int_equal(open_with(f, source, (const char *const[3]){"return type", NULL, NULL}),
                     MERA_OK);
    strcpy(first, mera_plugin_sha256(f->plugin));
    mera_plugin_close(f->plugin);
    assert_int_equal(open_with(f, source, (const char *const[3]){"return type ", NULL, NULL}),
                     MERA_OK);
    assert_string_not_equal(mera_plugin_sha256(f->plugin), first);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_module_is_run_once),
        CASE(an_error_points_into_the_module),
        CASE(what_is_no_module_is_refused),
        CASE(modules_count_in_the_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
