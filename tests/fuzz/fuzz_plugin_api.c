/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fuzz target: any bytes as calls of everything a script can call, with any arguments. Five bytes
 * are one call: which function, three values of a pool, where the result goes. The pool begins with
 * columns, texts of units and values at the edges and fills with results.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "lua/functions.h"
#include "lua/host.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    FUZZ_UNITS = 7,
    FUZZ_CALLS = 60,
    FUZZ_CALL = 5,
    FUZZ_PERIODS = 2,
    FUZZ_OPERATORS = 12 /* the last ones of the library below */
};

static const char fuzz_library[] =
    "assert,error,getmetatable,ipairs,pairs,pcall,rawequal,rawget,rawlen,rawset,select,"
    "setmetatable,"
    "tonumber,tostring,type,require,string.byte,string.char,string.find,string.format,string."
    "gmatch,"
    "string.gsub,string.len,string.lower,string.match,string.rep,string.reverse,string.sub,"
    "string.upper,table.concat,table.insert,table.pack,table.remove,table.sort,table.unpack,"
    "math.abs,math.ceil,math.exp,math.floor,math.fmod,math.log,math.max,math.min,math.modf,math."
    "pow,"
    "math.round,math.sqrt,math.tointeger,math.type,math.ult,utf8.char,utf8.codepoint,utf8.codes,"
    "utf8.len,utf8.offset,mera.plugin,add,sub,mul,div,pow,len,unm,index,concat,lt,eq,write";

static const char fuzz_head[] =
    "local ops = { add = function(a, b) return a + b end, sub = function(a, b) return a - b end,\n"
    "  mul = function(a, b) return a * b end, div = function(a, b) return a / b end,\n"
    "  pow = function(a, b) return a ^ b end, len = function(a) return #a end,\n"
    "  unm = function(a) return -a end, index = function(a, b) return a[b] end,\n"
    "  concat = function(a, b) return a .. b end, lt = function(a, b) return a < b end,\n"
    "  eq = function(a, b) return a == b end, write = function(a, b, c) a[b] = c end }\n"
    "local function attack(d, p)\n"
    "local P = { d.x, d.y, d.region, d, p, d.x:gt(1), 0, 1, -1, 2.5, 0 / 0, 1 / 0, -1 / 0,\n"
    "  math.maxinteger, math.mininteger, 1e308, '', 'x', 'north', '%d%s%5.2f', '[%a-]*', "
    "'\\0\\255',\n"
    "  ('ab'):rep(300), true, false, {}, { 1, 2, 3 }, { d.x, d.y }, { a = 1, b = { 2 } }, "
    "ops.add,\n"
    "  function(...) return ... end, function() error('x') end, setmetatable({}, { __index = ops "
    "}),\n"
    "  'min', 'mean', 'highest', 100, 3, '2024-02-30', 'k' }\n"
    "local n = #P\n"
    "local function c(f, s, a, b, e)\n"
    "  local ok, r = pcall(function() return f(P[a % n + 1], P[b % n + 1], P[e % n + 1]) end)\n"
    "  if ok and r ~= nil then P[s % n + 1] = r end\n"
    "end\n";

static const char fuzz_tail[] =
    "\nreturn P[1] end\nreturn mera.plugin { id = 'fuzz', version = '1.0.0', api = 1,\n"
    "indicators = { i = { unit = '1', reads = { 'x', 'y' }, attributes = { 'region' },\n"
    "periods = 'all', compute = attack } } }\n";

/* ---- the functions ----------------------------------------------------------------------- */

/* Writes the name of function number `which` as it is called in the script. */
static void fuzz_function(size_t which, char *out, size_t room)
{
    size_t n;
    const mera_lua_function *list = mera_lua_functions(&n);
    const char *at = fuzz_library;
    size_t names = 1;

    for (const char *c = fuzz_library; *c != '\0'; c++) {
        names += *c == ',';
    }
    which %= n + names;
    if (which < n) {
        snprintf(out, room, (list[which].where & MERA_LUA_FREE) != 0 ? "mera.%s" : "d.x.%s",
                 list[which].name);
        return;
    }
    for (size_t i = n; i < which; i++) {
        at = strchr(at, ',') + 1;
    }
    snprintf(out, room, "%s%.*s", which - n >= names - FUZZ_OPERATORS ? "ops." : "",
             (int)strcspn(at, ","), at);
}

static const char *fuzz_script(const uint8_t *data, size_t size, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    char name[64];

    mera_text_add(&text, fuzz_head);
    for (size_t i = 0; i + FUZZ_CALL <= size && i / FUZZ_CALL < FUZZ_CALLS; i += FUZZ_CALL) {
        fuzz_function(data[i], name, sizeof name);
        mera_text_addf(&text, "c(%s, %d, %d, %d, %d)\n", name, data[i + 1], data[i + 2],
                       data[i + 3], data[i + 4]);
    }
    mera_text_add(&text, fuzz_tail);
    return mera_text_string(&text);
}

/* ---- running ----------------------------------------------------------------------------- */

static void fuzz_derive(const mera_op *op, mera_arena *arena, mera_diags *diags)
{
    static const double x[FUZZ_UNITS] = {1, NAN, -3, 0, 1e300, 2, 2},
                        y[FUZZ_UNITS] = {5, 4, 3, 2, 1};
    static const double *const input[] = {x, y}, *const past[] = {x, y, y, x};
    static const char *const key[FUZZ_UNITS] = {"a", "b", "c", "d", "e", "f", "g"};
    static const char *const level[] = {"north", "south"}, *const period[] = {"2023", "2024"};
    static const int32_t code[FUZZ_UNITS] = {0, 1, -1, 0, 1, 1, 0};
    static const mera_labels labels = {"region", code, level, 2};
    static const mera_around around = {.n = FUZZ_UNITS,
                                       .unit_key = key,
                                       .unit_name = key,
                                       .labels = &labels,
                                       .n_labels = 1,
                                       .n_periods = FUZZ_PERIODS,
                                       .period = 1,
                                       .period_label = period,
                                       .past = past,
                                       .seed = 1};
    mera_op_ctx ctx = {.diags = diags,
                       .arena = arena,
                       .input = input,
                       .n_inputs = 2,
                       .unit_name = key,
                       .around = &around};
    double out[FUZZ_UNITS] = {0};
    void *params;

    if (mera_op_bind(op, NULL, NULL, MERA_NOWHERE, arena, diags, &params) == MERA_OK &&
        op->derive(op, params, &ctx, FUZZ_UNITS, out) == MERA_OK) {
        for (int i = 0; i < FUZZ_UNITS; i++) {
            if (isinf(out[i])) {
                abort(); /* no infinity gets out */
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const mera_lua_limits limits = {.instructions = 300000, .bytes = 8 << 20, .seconds = 2};
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
    const char *script = diags == NULL ? NULL : fuzz_script(data, size, arena);
    mera_plugin *plugin;

    if (script != NULL) {
        if (mera_plugin_open("p", script, strlen(script), NULL, &limits, MERA_NOWHERE, arena, diags,
                             &plugin) != MERA_OK) {
            abort(); /* the frame around the calls is sound */
        }
        fuzz_derive(mera_plugin_op(plugin, 0), arena, diags);
        mera_plugin_close(plugin);
    }
    mera_arena_free(arena);
    return 0;
}
