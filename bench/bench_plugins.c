/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What plugins cost: operations over columns beside the same loops in C, a function per unit beside
 * plain Lua, a tight loop inside and outside the sandbox, an indicator over a million units, and a
 * process of its own beside none.
 */
#include <lauxlib.h>
#include <lualib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/math.h"
#include "lua/host.h"
#include "mera/plan.h"

enum { BENCH_N = 1000000, BENCH_SMALL = 2600, BENCH_REPEATS = 20, BENCH_LOOP = 20000000 };

static double *bench_x, *bench_y, *bench_out;

static double bench_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void bench_fail(const char *what)
{
    fprintf(stderr, "bench_plugins: %s\n", what);
    exit(1);
}

/* ---- a plugin of one function ------------------------------------------------------------- */

typedef struct bench_plugin {
    mera_arena *arena;
    mera_diags *diags;
    mera_plugin *plugin;
    void *params;
} bench_plugin;

/* `kind` is "compute" or "compute_unit", `body` the body of its function of (d, p). */
static bench_plugin bench_open(const char *kind, const char *body, const char *worker)
{
    const mera_lua_limits limits = {.instructions = UINT64_C(1) << 40, .worker = worker};
    bench_plugin b = {.arena = mera_arena_new()};
    const char *source;

    b.diags = b.arena == NULL ? NULL : mera_diags_new(b.arena);
    source = b.diags == NULL
                 ? NULL
                 : mera_arena_printf(b.arena,
                                     "return mera.plugin { id = 'b', version = '1.0.0', api = 1, "
                                     "indicators = { i = { unit = '1', reads = { 'x', 'y' }, "
                                     "%s = function(d, p) %s end } } }",
                                     kind, body);
    if (source == NULL || mera_plugin_open("p", source, strlen(source), NULL, &limits, MERA_NOWHERE,
                                           b.arena, b.diags, &b.plugin) != MERA_OK) {
        bench_fail("a plugin does not open");
    }
    if (mera_op_bind(mera_plugin_op(b.plugin, 0), NULL, NULL, MERA_NOWHERE, b.arena, b.diags,
                     &b.params) != MERA_OK) {
        bench_fail("no parameters");
    }
    return b;
}

static void bench_run(bench_plugin *b, size_t n)
{
    const double *const input[] = {bench_x, bench_y};
    const mera_arena_mark mark = mera_arena_mark_now(b->arena);
    mera_op_ctx ctx = {.diags = b->diags, .arena = b->arena, .input = input, .n_inputs = 2};
    const mera_op *op = mera_plugin_op(b->plugin, 0);

    if (op->derive(op, b->params, &ctx, n, bench_out) != MERA_OK) {
        fputs(mera_diag_text(b->diags, mera_diags_get(b->diags, 0), b->arena), stderr);
        bench_fail("an indicator fails");
    }
    mera_arena_rewind(b->arena, mark);
}

static void bench_close(bench_plugin *b)
{
    mera_plugin_close(b->plugin);
    mera_arena_free(b->arena);
}

/* The best of a few runs, in seconds. */
static double bench_best(const char *kind, const char *body, size_t n)
{
    bench_plugin b = bench_open(kind, body, NULL);
    double best = HUGE_VAL;

    for (int i = 0; i < 5; i++) {
        const double began = bench_now();

        bench_run(&b, n);
        best = fmin(best, bench_now() - began);
    }
    bench_close(&b);
    return best;
}

/* ---- operations over columns -------------------------------------------------------------- */

/* An answer that does not exist is missing, as in plugins. */
static double bench_settle(double r)
{
    return isfinite(r) ? r : NAN;
}

#define BENCH_C(name, expression)                        \
    static void bench_c_##name(size_t n)                 \
    {                                                    \
        for (size_t i = 0; i < n; i++) {                 \
            const double x = bench_x[i], y = bench_y[i]; \
                                                         \
            (void)y;                                     \
            bench_out[i] = bench_settle(expression);     \
        }                                                \
    }
BENCH_C(add, x + y)
BENCH_C(mul, x * 2)
BENCH_C(div, x / y)
BENCH_C(gt, x > y ? 1.0 : x <= y ? 0.0 : NAN)
BENCH_C(clip, x<10 ? 10 : x> 90 ? 90 : x)
BENCH_C(log, mera_log(x))
BENCH_C(exp, mera_exp(x * 0.01))
BENCH_C(where, isnan(x) ? NAN : x > 50 ? y : x)

static const struct {
    const char *name, *lua;
    void (*c)(size_t n);
} bench_operations[] = {
    {"x + y", "r = d.x + d.y", bench_c_add},
    {"x * 2", "r = d.x * 2", bench_c_mul},
    {"x / y", "r = d.x / d.y", bench_c_div},
    {"x:gt(y)", "r = d.x:gt(d.y)", bench_c_gt},
    {"x:clip(10, 90)", "r = d.x:clip(10, 90)", bench_c_clip},
    {"x:log()", "r = d.x:log()", bench_c_log},
    {"(x * 0.01):exp()", "r = (d.x * 0.01):exp()", bench_c_exp},
    {"(x > 50):where(y, x)", "r = m:where(d.y, d.x)", bench_c_where},
};

static void bench_vectors(size_t n)
{
    const size_t repeats = BENCH_REPEATS * (BENCH_N / n);
    char body[256];

    printf("operations over columns, %zu units       ns/unit   C loop   ratio\n", n);
    for (size_t k = 0; k < sizeof bench_operations / sizeof *bench_operations; k++) {
        double lua, c = HUGE_VAL;

        snprintf(body, sizeof body, "local r, m = nil, d.x:gt(50) for i = 1, %zu do %s end return r", repeats,
                 bench_operations[k].lua);
        lua = bench_best("compute", body, n);
        for (int i = 0; i < 5; i++) {
            const double began = bench_now();

            for (size_t j = 0; j < repeats; j++) {
                bench_operations[k].c(n);
                __asm__ volatile("" ::: "memory");
            }
            c = fmin(c, bench_now() - began);
        }
        printf("  %-36s %9.2f %8.2f %7.2f\n", bench_operations[k].name,
               lua / (double)(n * repeats) * 1e9, c / (double)(n * repeats) * 1e9, lua / c);
    }
}

/* ---- Lua by itself ------------------------------------------------------------------------ */

/* Seconds of calling a plain Lua function once a unit with a table of its two numbers. */
static double bench_plain_units(const char *body, size_t n)
{
    lua_State *L = luaL_newstate();
    char script[256];
    double began;

    luaL_openlibs(L);
    snprintf(script, sizeof script, "return function(d) %s end", body);
    if (luaL_dostring(L, script) != LUA_OK) {
        bench_fail("plain Lua");
    }
    lua_newtable(L);
    began = bench_now();
    for (size_t i = 0; i < n; i++) {
        lua_pushnumber(L, bench_x[i]);
        lua_setfield(L, 2, "x");
        lua_pushnumber(L, bench_y[i]);
        lua_setfield(L, 2, "y");
        lua_pushvalue(L, 1);
        lua_pushvalue(L, 2);
        lua_call(L, 1, 1);
        bench_out[i] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    began = bench_now() - began;
    lua_close(L);
    return began;
}

static double bench_plain_loop(const char *body)
{
    lua_State *L = luaL_newstate();
    double best = HUGE_VAL;

    luaL_openlibs(L);
    for (int i = 0; i < 3; i++) {
        const double began = bench_now();

        if (luaL_dostring(L, body) != LUA_OK) {
            bench_fail("plain Lua");
        }
        best = fmin(best, bench_now() - began);
    }
    lua_close(L);
    return best;
}

static void bench_units(void)
{
    static const char body[] = "return (d.x or 0) * 2 + d.y";
    const double here = bench_best("compute_unit", body, BENCH_N);
    const double plain = bench_plain_units(body, BENCH_N);

    printf("a function per unit, %d units\n  %.1f ns/unit, plain Lua %.1f, beyond it %.1f\n",
           BENCH_N, here / BENCH_N * 1e9, plain / BENCH_N * 1e9, (here - plain) / BENCH_N * 1e9);
}

static void bench_loops(void)
{
    static const char *const loops[][2] = {
        {"arithmetic", "s = s + i % 7"},
        {"table", "t[i % 100] = s s = s + #t"},
        {"call", "s = f(s)"},
        {"text", "s = #(('x') .. (i % 10))"},
    };
    char body[400];

    printf("a tight loop in the sandbox           ns/turn    plain   ratio\n");
    for (size_t k = 0; k < sizeof loops / sizeof *loops; k++) {
        const int turns = BENCH_LOOP / (k == 3 ? 4 : 1);
        double boxed, plain;

        snprintf(body, sizeof body,
                 "local s, t = 0, {} local function f(x) return x + 1 end for i = 1, %d do %s end",
                 turns, loops[k][1]);
        plain = bench_plain_loop(body);
        strncat(body, " return d.x", sizeof body - strlen(body) - 1);
        boxed = bench_best("compute", body, 10);
        printf("  %-32s %9.2f %8.2f %7.2f\n", loops[k][0], boxed / turns * 1e9, plain / turns * 1e9,
               boxed / plain);
    }
}

/* ---- a process of its own ----------------------------------------------------------------- */

static double bench_open_time(const char *worker)
{
    double best = HUGE_VAL;

    for (int i = 0; i < 20; i++) {
        const double began = bench_now();
        bench_plugin b = bench_open("compute", "return d.x", worker);

        bench_close(&b);
        best = fmin(best, bench_now() - began);
    }
    return best;
}

static double bench_call_time(const char *worker, size_t n)
{
    bench_plugin b = bench_open("compute", "return d.x * d.x:gt(50) / d.y", worker);
    double best = HUGE_VAL;

    for (int i = 0; i < 20; i++) {
        const double began = bench_now();

        bench_run(&b, n);
        best = fmin(best, bench_now() - began);
    }
    bench_close(&b);
    return best;
}

static void bench_worker(void)
{
    static const char self[] = "/proc/self/exe";

    printf("x * x:gt(50) / y                          here   worker\n");
    printf("  open and close, ms             %12.3f %8.3f\n", 1e3 * bench_open_time(NULL),
           1e3 * bench_open_time(self));
    printf("  a call over %d units, ms      %11.3f %8.3f\n", BENCH_SMALL,
           1e3 * bench_call_time(NULL, BENCH_SMALL), 1e3 * bench_call_time(self, BENCH_SMALL));
    printf("  a call over %d units, ms   %11.3f %8.3f\n", BENCH_N,
           1e3 * bench_call_time(NULL, BENCH_N), 1e3 * bench_call_time(self, BENCH_N));
}

int main(int argc, char **argv)
{
    if (mera_worker_asked(argc, argv)) {
        return mera_worker_main();
    }
    bench_x = malloc(BENCH_N * sizeof *bench_x);
    bench_y = malloc(BENCH_N * sizeof *bench_y);
    bench_out = malloc(BENCH_N * sizeof *bench_out);
    if (bench_x == NULL || bench_y == NULL || bench_out == NULL) {
        bench_fail("memory");
    }
    for (size_t i = 0; i < BENCH_N; i++) {
        bench_x[i] = i % 13 == 0 ? NAN : 1 + (double)(i * 7919 % 10007) / 100;
        bench_y[i] = 1 + (double)(i * 104729 % 10009) / 100;
    }
    bench_vectors(BENCH_SMALL);
    bench_vectors(BENCH_N);
    bench_units();
    bench_loops();
    bench_worker();
    return 0;
}
