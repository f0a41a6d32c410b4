/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Loading and running a plugin while the allocator says no at the first, the second, ... request,
 * until one load gets through. Each must end in an error or in success, with nothing leaked (the
 * number of blocks is counted here; AddressSanitizer looks too) and nothing broken. The linker
 * puts the functions below in the place of malloc, calloc, realloc, free and those that allocate
 * in the C library.
 */
#include "lua_fixture.h"

#include <errno.h>

void *__real_malloc(size_t n);
void *__real_calloc(size_t k, size_t n);
void *__real_realloc(void *block, size_t n);
int __real_posix_memalign(void **out, size_t align, size_t n);
int __real_vasprintf(char **out, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
void __real_free(void *block);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t k, size_t n);
void *__wrap_realloc(void *block, size_t n);
int __wrap_posix_memalign(void **out, size_t align, size_t n);
int __wrap_vasprintf(char **out, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
void __wrap_free(void *block);

static size_t requests, fail_at = SIZE_MAX; /* the only state: this is the allocator */
static bool stays_empty;                    /* all later requests fail too */
static long blocks;

static bool refused(void)
{
    const size_t now = requests++;

    if (now == fail_at || (stays_empty && now > fail_at)) {
        errno = ENOMEM;
        return true;
    }
    return false;
}

void *__wrap_malloc(size_t n)
{
    void *block = refused() ? NULL : __real_malloc(n);

    blocks += block != NULL;
    return block;
}

void *__wrap_calloc(size_t k, size_t n)
{
    void *block = refused() ? NULL : __real_calloc(k, n);

    blocks += block != NULL;
    return block;
}

void *__wrap_realloc(void *old, size_t n)
{
    void *block = refused() ? NULL : __real_realloc(old, n);

    blocks += block != NULL && old == NULL;
    return block;
}

int __wrap_posix_memalign(void **out, size_t align, size_t n)
{
    const int failed = refused() ? ENOMEM : __real_posix_memalign(out, align, n);

    blocks += failed == 0;
    return failed;
}

int __wrap_vasprintf(char **out, const char *format, va_list args)
{
    const int n = refused() ? -1 : __real_vasprintf(out, format, args);

    blocks += n >= 0;
    return n;
}

void __wrap_free(void *block)
{
    blocks -= block != NULL;
    __real_free(block);
}

/* ---- one load ---------------------------------------------------------------------------- */

static const char source[] =
    "local helpers = require 'helpers'\n"
    "return mera.plugin { id = 't', version = '1.2.0', api = 1, title = { en = 'T' },\n"
    "  params = { rate = { type = 'number', default = 2, min = 0, max = 9, help = 'x' } },\n"
    "  indicators = { sum = { unit = '1', range = { 0, 100 }, reads = { 'x', 'y' },\n"
    "    compute = function(d, p)\n"
    "      local t = {}\n"
    "      for w in ('a b c'):gmatch('%a') do t[#t + 1] = w:upper():rep(100) end\n"
    "      assert(#table.concat(t, ', ') == 304)\n"
    "      pcall(function() error({}) end)\n"
    "      local s = ('x'):gsub('x', function(c) return c .. c end)\n"
    "      return helpers.twice(d.x) * p.rate + d.y:rank():clip(0, 2) end } },\n"
    "  normalisers = { sixth = { summary = 'x', fitted = { 'mean' },\n"
    "    fit = function(x) return { mean = x:mean() } end,\n"
    "    apply = function(x, p, f) return x - f.mean end } } }\n";
static const char module_text[] = "return { twice = function(x) return x + x end }";
static const double x[3] = {1, NAN, 3}, y[3] = {4, 5, 6};

static mera_code score(const mera_plugin *plugin, mera_arena *arena, mera_diags *diags,
                       double out[3])
{
    const double *const input[] = {x, y};
    mera_op_ctx ctx = {.diags = diags, .arena = arena, .input = input, .n_inputs = 2};
    const mera_op *op = mera_plugin_op(plugin, 0), *norm = mera_plugin_op(plugin, 1);
    mera_fitted fitted = {0};
    double unused[3];
    void *params;

    MERA_TRY(mera_op_bind(op, NULL, NULL, MERA_NOWHERE, arena, diags, &params));
    MERA_TRY(op->derive(op, params, &ctx, 3, out));
    MERA_TRY(mera_op_bind(norm, NULL, NULL, MERA_NOWHERE, arena, diags, &params));
    MERA_TRY(norm->fit(norm, params, &ctx, y, 3, &fitted));
    return norm->apply(norm, params, &ctx, &fitted, y, 3, unused);
}

/* Loads, computes, closes; the numbers are right when it succeeds. */
static mera_code load_once(const char *text)
{
    static const mera_module module = {"helpers", "helpers.lua", "p/t/helpers.lua", module_text,
                                       sizeof module_text - 1};
    const mera_plugin_files files = {"p/t", text, strlen(text), &module, 1};
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
    mera_plugin *plugin = NULL;
    double out[3] = {0};
    mera_code rc = MERA_ENOMEM;

    if (diags != NULL) {
        rc = mera_plugin_open_files(&files, NULL, NULL, MERA_NOWHERE, arena, diags, &plugin);
    }
    if (rc == MERA_OK) {
        rc = score(plugin, arena, diags, out);
    }
    if (rc == MERA_OK && (out[0] != 6 || !isnan(out[1]) || out[2] != 13)) {
        print_error("wrong numbers: %g %g %g\n", out[0], out[1], out[2]);
        rc = MERA_EUSAGE;
    }
    mera_plugin_close(plugin);
    mera_arena_free(arena);
    return rc;
}

/* ---- all of them ------------------------------------------------------------------------- */

static void fail_everywhere(const char *text, bool stays, mera_code last)
{
    size_t at = 0;
    mera_code rc;

    for (;; at++) {
        const long before = blocks;

        requests = 0;
        fail_at = at;
        stays_empty = stays;
        rc = load_once(text);
        fail_at = SIZE_MAX;
        if (blocks != before) {
            print_error("request %zu refused: %ld blocks leaked\n", at, blocks - before);
        }
        assert_int_equal(blocks, before);
        if (requests <= at) {
            break; /* the load made no such request: it ran with all it wanted */
        }
        assert_true(rc == MERA_OK || rc == MERA_ENOMEM || rc == MERA_ELIMIT || rc == last);
    }
    assert_int_equal(rc, last);
    assert_true(at > 100);
    print_message("%zu requests, each refused once\n", at);
    assert_int_equal(load_once(source), MERA_OK);
}

static void a_load_survives_any_request_refused(void **state)
{
    (void)state;
    fail_everywhere(source, false, MERA_OK);
}

static void a_load_survives_memory_that_stays_empty(void **state)
{
    (void)state;
    fail_everywhere(source, true, MERA_OK);
}

static void an_error_survives_too(void **state)
{
    (void)state;
    fail_everywhere("local t = {}\nfor i = 1, 50 do t[i] = { i } end\n"
                    "local function f() error('no such luck') end\nf()\n",
                    false, MERA_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_load_survives_any_request_refused),
        cmocka_unit_test(a_load_survives_memory_that_stays_empty),
        cmocka_unit_test(an_error_survives_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
