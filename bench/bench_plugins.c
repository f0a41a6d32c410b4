/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What plugins cost: operations over columns beside the same loops in C, a function per unit beside
 * plain Lua, a tight loop inside and outside the sandbox, an indicator over a million units, and a
 * process of its own beside none.
 *
 * Both sides of a ratio run in turns, by processor time, and the ratio is the median over the
 * turns: a busy machine then slows both.
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

enum {
    BENCH_N = 1000000,
    BENCH_SMALL = 2600,
    BENCH_REPEATS = 8,
    BENCH_TURNS = 15,
    BENCH_LOOP = 4000000
};

static double *bench_x, *bench_y, *bench_out;

static double bench_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double bench_cpu(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
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

/* ---- two sides in turns -------------------------------------------------------------------- */

typedef struct bench_pair {
    double here, there, ratio; /* medians; processor seconds */
} bench_pair;

static int bench_compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double bench_median(double v[BENCH_TURNS])
{
    qsort(v, BENCH_TURNS, sizeof *v, bench_compare);
    return v[BENCH_TURNS / 2];
}

/* An indicator of a plugin beside something else. */
static bench_pair bench_turns(const char *kind, const char *body, size_t n,
                              void (*other)(void *context), void *context)
{
    bench_plugin b = bench_open(kind, body, NULL);
    double here[BENCH_TURNS], there[BENCH_TURNS], ratio[BENCH_TURNS];

    for (int i = -1; i < BENCH_TURNS; i++) { /* the first turn warms up */
        const double began = bench_cpu();
        double between, ended;

        bench_run(&b, n);
        between = bench_cpu();
        other(context);
        ended = bench_cpu();
        if (i >= 0) {
            here[i] = between - began;
            there[i] = ended - between;
            ratio[i] = here[i] / there[i];
        }
    }
    bench_close(&b);
    return (bench_pair){bench_median(here), bench_median(there), bench_median(ratio)};
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

typedef struct bench_vector {
    void (*c)(size_t n);
    size_t n, repeats;
} bench_vector;

static void bench_repeat_c(void *context)
{
    const bench_vector *v = context;

    for (size_t j = 0; j < v->repeats; j++) {
        v->c(v->n);
        __asm__ volatile("" ::: "memory");
    }
}

static void bench_vectors(size_t n)
{
    const size_t repeats = BENCH_REPEATS * (BENCH_N / n);
    char body[256];

    printf("operations over columns, %zu units       ns/unit   C loop   ratio\n", n);
    for (size_t k = 0; k < sizeof bench_operations / sizeof *bench_operations; k++) {
        bench_vector v = {bench_operations[k].c, n, repeats};
        bench_pair pair;

        snprintf(body, sizeof body,
                 "local r, m = nil, d.x:gt(50) for i = 1, %zu do %s end return r", repeats,
                 bench_operations[k].lua);
        pair = bench_turns("compute", body, n, bench_repeat_c, &v);
        printf("  %-36s %9.2f %8.2f %7.2f\n", bench_operations[k].name,
               pair.here / (double)(n * repeats) * 1e9, pair.there / (double)(n * repeats) * 1e9,
               pair.ratio);
    }
}

/* ---- Lua by itself ------------------------------------------------------------------------ */

static lua_State *bench_plain_open(const char *script)
{
    lua_State *L = luaL_newstate();

    if (L == NULL) {
        bench_fail("memory");
    }
    luaL_openlibs(L);
    if (luaL_loadstring(L, script) != LUA_OK) {
        bench_fail("plain Lua");
    }
    return L;
}

/* Calls a plain Lua function once a unit with a table of its two numbers. */
static void bench_plain_units(void *context)
{
    lua_State *L = context;

    for (size_t i = 0; i < BENCH_N; i++) {
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
}

static void bench_units(void)
{
    lua_State *L = bench_plain_open("return function(d) return (d.x or 0) * 2 + d.y end");
    bench_pair pair;

    lua_call(L, 0, 1);
    lua_newtable(L);
    pair =
        bench_turns("compute_unit", "return (d.x or 0) * 2 + d.y", BENCH_N, bench_plain_units, L);
    printf("a function per unit, %d units\n  %.1f ns/unit, plain Lua %.1f, beyond it %.1f\n",
           BENCH_N, pair.here / BENCH_N * 1e9, pair.there / BENCH_N * 1e9,
           (pair.here - pair.there) / BENCH_N * 1e9);
    lua_close(L);
}

static void bench_plain_loop(void *context)
{
    lua_State *L = context;

    lua_pushvalue(L, 1);
    lua_call(L, 0, 0);
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
        bench_pair pair;
        lua_State *L;

        snprintf(body, sizeof body,
                 "local s, t = 0, {} local function f(x) return x + 1 end for i = 1, %d do %s end",
                 turns, loops[k][1]);
        L = bench_plain_open(body);
        strncat(body, " return d.x", sizeof body - strlen(body) - 1);
        pair = bench_turns("compute", body, 10, bench_plain_loop, L);
        printf("  %-32s %9.2f %8.2f %7.2f\n", loops[k][0], pair.here / turns * 1e9,
               pair.there / turns * 1e9, pair.ratio);
        lua_close(L);
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
