/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The list of functions over columns. In all of them a missing cell stays missing unless the help
 * says otherwise, and an answer that does not exist (log 0, 0/0) is missing and counted.
 */
#include "lua/functions.h"

#include <string.h>

#include "base/text.h"

enum { FUNCTIONS_MAX = 80, BOTH = MERA_LUA_METHOD | MERA_LUA_FREE };

static const mera_lua_function functions_list[] = {
    {"abs", BOTH, "x", "column", "absolute value", mera_lua_abs},
    {"ceil", BOTH, "x", "column", "smallest integer not below", mera_lua_ceil},
    {"clip", BOTH, "x, lowest = nil, highest = nil", "column",
     "values outside the limits moved onto them; nil leaves a side open", mera_lua_clip},
    {"count", MERA_LUA_METHOD, "x", "number", "how many values are present", mera_lua_count},
    {"eq", BOTH, "x, y", "column", "1 where x equals y, else 0", mera_lua_eq},
    {"exp", BOTH, "x", "column", "e to the power of x", mera_lua_exp},
    {"fill", BOTH, "x, y", "column", "x, and y where x is missing", mera_lua_fill},
    {"floor", BOTH, "x", "column", "largest integer not above", mera_lua_floor},
    {"ge", BOTH, "x, y", "column", "1 where x is at least y, else 0", mera_lua_ge},
    {"gt", BOTH, "x, y", "column", "1 where x is above y, else 0", mera_lua_gt},
    {"highest", MERA_LUA_METHOD, "x", "number", "the highest present value", mera_lua_highest},
    {"is_missing", BOTH, "x", "column", "1 where x is missing, else 0", mera_lua_is_missing},
    {"le", BOTH, "x, y", "column", "1 where x is at most y, else 0", mera_lua_le},
    {"log", BOTH, "x", "column", "natural logarithm; no answer for x <= 0", mera_lua_log},
    {"log10", BOTH, "x", "column", "decimal logarithm; no answer for x <= 0", mera_lua_log10},
    {"log1p", BOTH, "x", "column", "natural logarithm of 1 + x, exact for small x", mera_lua_log1p},
    {"lowest", MERA_LUA_METHOD, "x", "number", "the lowest present value", mera_lua_lowest},
    {"lt", BOTH, "x, y", "column", "1 where x is below y, else 0", mera_lua_lt},
    {"max", BOTH, "x, y, ...", "column", "the largest at each unit; missing if any is",
     mera_lua_max},
    {"mean", MERA_LUA_METHOD, "x", "number", "mean over the present values", mera_lua_mean},
    {"mean", MERA_LUA_FREE, "x, y, ...", "column", "the mean at each unit; missing if any is",
     mera_lua_row_mean},
    {"median", MERA_LUA_METHOD, "x", "number", "median of the present values", mera_lua_median},
    {"median", MERA_LUA_FREE, "x, y, ...", "column", "the median at each unit; missing if any is",
     mera_lua_row_median},
    {"min", BOTH, "x, y, ...", "column", "the smallest at each unit; missing if any is",
     mera_lua_min},
    {"ne", BOTH, "x, y", "column", "1 where x differs from y, else 0", mera_lua_ne},
    {"pow", BOTH, "x, y", "column", "x to the power of y, as x ^ y", mera_lua_pow},
    {"quantile", MERA_LUA_METHOD, "x, share", "number",
     "quantile of type 7 of the present values, share from 0 to 1", mera_lua_quantile},
    {"rank", MERA_LUA_METHOD, "x, ties = 'min', first = 'highest'", "column",
     "place among the present values, 1 = the first; ties: min, max, mean, dense or first",
     mera_lua_rank},
    {"rank_among", MERA_LUA_METHOD, "x, reference, ties = 'min'", "column",
     "place of each value among those of another column, 1 = its highest; ties: min, max or mean",
     mera_lua_rank_among},
    {"ratio", BOTH, "x, y, zero_over_zero = nil", "column",
     "x / y, with a given answer where both are 0", mera_lua_ratio},
    {"round", BOTH, "x, digits = 0", "column", "rounded in decimal, half away from zero",
     mera_lua_round},
    {"sd", MERA_LUA_METHOD, "x, kind = 'sample'", "number",
     "standard deviation of the present values: 'sample' (n - 1) or 'population' (n)", mera_lua_sd},
    {"sorted", MERA_LUA_METHOD, "x", "column", "the present values in ascending order",
     mera_lua_sorted},
    {"sqrt", BOTH, "x", "column", "square root; no answer for x < 0", mera_lua_sqrt},
    {"sum", MERA_LUA_METHOD, "x", "number", "sum of the present values", mera_lua_sum},
    {"sum", MERA_LUA_FREE, "x, y, ...", "column", "the sum at each unit; missing if any is",
     mera_lua_row_sum},
    {"where", BOTH, "condition, x, y", "column",
     "x where the condition is not 0, y where it is 0, missing where it is missing; x and y may be "
     "nil for missing",
     mera_lua_where},
};

const mera_lua_function *mera_lua_functions(size_t *n)
{
    *n = sizeof functions_list / sizeof *functions_list;
    return functions_list;
}

bool mera_lua_function_known(const char *name, unsigned where)
{
    for (size_t i = 0; i < sizeof functions_list / sizeof *functions_list; i++) {
        if ((functions_list[i].where & where) != 0 && strcmp(functions_list[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *mera_lua_function_near(const char *name, unsigned where)
{
    const char *names[FUNCTIONS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < sizeof functions_list / sizeof *functions_list; i++) {
        if ((functions_list[i].where & where) != 0 && n < FUNCTIONS_MAX) {
            names[n++] = functions_list[i].name;
        }
    }
    return mera_nearest(name, names, n);
}

static void functions_push(lua_State *L, unsigned where)
{
    lua_newtable(L);
    for (size_t i = 0; i < sizeof functions_list / sizeof *functions_list; i++) {
        if ((functions_list[i].where & where) != 0) {
            lua_pushcfunction(L, functions_list[i].run);
            lua_setfield(L, -2, functions_list[i].name);
        }
    }
}

void mera_lua_functions_push_methods(lua_State *L)
{
    functions_push(L, MERA_LUA_METHOD);
}

void mera_lua_functions_push(lua_State *L)
{
    functions_push(L, MERA_LUA_FREE);
}
