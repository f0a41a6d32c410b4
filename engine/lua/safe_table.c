/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The table library of the allow-list, written anew because the stock one has calls that run for
 * long without an instruction (insert at the front, concat, sort without a comparison). It works
 * on plain tables, raw; what moves elements is charged.
 */
#include <stdint.h>
#include <string.h>

#include "lua/safe.h"
#include "lua/sandbox.h"

static lua_Integer table_length(lua_State *L, int index)
{
    return (lua_Integer)lua_rawlen(L, index);
}

/* ---- sorting ----------------------------------------------------------------------------- */

int mera_safe_compare_text(lua_State *L, int a, int b)
{
    size_t n_a, n_b;
    const char *text_a = lua_tolstring(L, a, &n_a), *text_b = lua_tolstring(L, b, &n_b);
    const size_t n = n_a < n_b ? n_a : n_b;
    const int order = memcmp(text_a, text_b, n);

    mera_box_charge(L, n / 64);
    return order != 0 ? order : n_a < n_b ? -1 : n_a > n_b;
}

/* Is element b of the table to come before element a? (Equal ones keep their order.) */
static bool sort_swapped(lua_State *L, int table, lua_Integer a, lua_Integer b, mera_safe_less less)
{
    bool swapped;

    lua_rawgeti(L, table, b);
    lua_rawgeti(L, table, a);
    swapped = less(L, lua_gettop(L) - 1, lua_gettop(L));
    lua_pop(L, 2);
    return swapped;
}

static void sort_copy(lua_State *L, int from, lua_Integer i, int to, lua_Integer j)
{
    lua_rawgeti(L, from, i);
    lua_rawseti(L, to, j);
}

/* Merges the runs [lo, mid) and [mid, hi) of one table into another. */
static void sort_merge(lua_State *L, int from, int to, const lua_Integer run[3],
                       mera_safe_less less)
{
    lua_Integer left = run[0], right = run[1];

    for (lua_Integer k = run[0]; k < run[2]; k++) {
        if (left < run[1] && (right >= run[2] || !sort_swapped(L, from, left, right, less))) {
            sort_copy(L, from, left++, to, k);
        } else {
            sort_copy(L, from, right++, to, k);
        }
    }
}

static bool sort_is_sorted(lua_State *L, int table, lua_Integer n, mera_safe_less less)
{
    for (lua_Integer i = 1; i < n; i++) {
        if (sort_swapped(L, table, i, i + 1, less)) {
            return false;
        }
    }
    return true;
}

void mera_safe_sort(lua_State *L, int index, lua_Integer n, mera_safe_less less)
{
    int from = lua_absindex(L, index), to;

    mera_box_charge(L, (size_t)n);
    luaL_checkstack(L, 8, NULL);
    if (sort_is_sorted(L, from, n, less)) {
        return;
    }
    lua_createtable(L, n < INT32_MAX ? (int)n : 0, 0);
    to = lua_gettop(L);
    for (lua_Integer width = 1; width < n; width *= 2) {
        const int swap = from;

        mera_box_charge(L, 2 * (size_t)n);
        for (lua_Integer lo = 1; lo <= n; lo += 2 * width) {
            const lua_Integer mid = lo + width > n + 1 ? n + 1 : lo + width;
            const lua_Integer hi = lo + 2 * width > n + 1 ? n + 1 : lo + 2 * width;

            sort_merge(L, from, to, (lua_Integer[]){lo, mid, hi}, less);
        }
        from = to;
        to = swap;
    }
    if (from != lua_absindex(L, index)) {
        for (lua_Integer i = 1; i <= n; i++) {
            sort_copy(L, from, i, to, i);
        }
    }
    lua_pop(L, 1);
}

/* Without a comparison: numbers with numbers, texts with texts by their bytes. */
static bool sort_by_value(lua_State *L, int a, int b)
{
    const int type_a = lua_type(L, a), type_b = lua_type(L, b);

    if (type_a == LUA_TNUMBER && type_b == LUA_TNUMBER) {
        if (lua_tonumber(L, a) != lua_tonumber(L, a) || lua_tonumber(L, b) != lua_tonumber(L, b)) {
            luaL_error(L, "table.sort: a missing number (NaN) has no place in an order");
        }
        return lua_compare(L, a, b, LUA_OPLT) != 0;
    }
    if (type_a == LUA_TSTRING && type_b == LUA_TSTRING) {
        return mera_safe_compare_text(L, a, b) < 0;
    }
    luaL_error(L, "table.sort: a %s and a %s have no order; give a comparison function",
               lua_typename(L, type_a), lua_typename(L, type_b));
    return false;
}

/* The comparison stands at 2 of the running function. */
static bool sort_by_function(lua_State *L, int a, int b)
{
    bool less;

    lua_pushvalue(L, 2);
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    lua_call(L, 2, 1);
    less = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
    return less;
}

static int table_sort(lua_State *L)
{
    const bool own = !lua_isnoneornil(L, 2);

    lua_settop(L, 2);
    mera_safe_check_own(L, 1);
    lua_settop(L, 2);
    if (own) {
        luaL_checktype(L, 2, LUA_TFUNCTION);
    }
    mera_safe_sort(L, 1, table_length(L, 1), own ? sort_by_function : sort_by_value);
    return 0;
}

/* ---- the rest ---------------------------------------------------------------------------- */

static int table_insert(lua_State *L)
{
    const int arguments = lua_gettop(L);
    lua_Integer n, at;

    mera_safe_check_own(L, 1);
    lua_settop(L, arguments);
    if (arguments < 2 || arguments > 3) {
        return luaL_error(L, "table.insert takes (list, value) or (list, position, value)");
    }
    n = table_length(L, 1);
    luaL_argcheck(L, n < LUA_MAXINTEGER, 1, "the list is full");
    n++;
    at = arguments == 2 ? n : luaL_checkinteger(L, 2);
    luaL_argcheck(L, at >= 1 && at <= n, 2, "position outside the list");
    mera_box_charge(L, (size_t)(n - at));
    for (lua_Integer i = n; i > at; i--) {
        sort_copy(L, 1, i - 1, 1, i);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer n, at;

    lua_settop(L, 2);
    mera_safe_check_own(L, 1);
    lua_settop(L, 2);
    n = table_length(L, 1);
    at = luaL_optinteger(L, 2, n);
    if (n == 0) {
        lua_pushnil(L);
        return 1;
    }
    luaL_argcheck(L, at >= 1 && at <= n, 2, "position outside the list");
    mera_box_charge(L, (size_t)(n - at));
    lua_rawgeti(L, 1, at);
    for (lua_Integer i = at; i < n; i++) {
        sort_copy(L, 1, i + 1, 1, i);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, n);
    return 1;
}

static int table_concat(lua_State *L)
{
    size_t n_between, n;
    const char *between = luaL_optlstring(L, 2, "", &n_between);
    const lua_Integer from = luaL_optinteger(L, 3, 1);
    size_t total = 0;
    lua_Integer to;
    luaL_Buffer buffer;

    luaL_checktype(L, 1, LUA_TTABLE);
    to = luaL_optinteger(L, 4, table_length(L, 1));
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = from; i <= to; i++) {
        lua_rawgeti(L, 1, i);
        if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER) {
            return luaL_error(L, "table.concat: element %I is a %s; texts and numbers are joined",
                              (LUAI_UACINT)i, luaL_typename(L, -1));
        }
        lua_tolstring(L, -1, &n);
        total += n + (i < to ? n_between : 0);
        mera_safe_check_size(L, total);
        mera_box_charge(L, 4 + (n + n_between) / 8);
        luaL_addvalue(&buffer);
        if (i < to) {
            luaL_addlstring(&buffer, between, n_between);
        } else {
            break; /* i <= to may never end when `to` is the largest integer */
        }
    }
    luaL_pushresult(&buffer);
    return 1;
}

static int table_unpack(lua_State *L)
{
    const lua_Integer from = luaL_optinteger(L, 2, 1);
    lua_Integer to;

    luaL_checktype(L, 1, LUA_TTABLE);
    to = luaL_optinteger(L, 3, table_length(L, 1));
    if (from > to) {
        return 0;
    }
    if ((uint64_t)to - (uint64_t)from >= MERA_LUA_VALUES_MAX) {
        return luaL_error(L, "table.unpack gives at most %d values", (int)MERA_LUA_VALUES_MAX);
    }
    luaL_checkstack(L, (int)(to - from) + 1, NULL);
    mera_box_charge(L, (size_t)(to - from));
    for (lua_Integer i = from; i <= to; i++) {
        lua_rawgeti(L, 1, i);
    }
    return (int)(to - from) + 1;
}

static int table_pack(lua_State *L)
{
    const int n = lua_gettop(L);

    mera_box_charge(L, (size_t)n);
    lua_createtable(L, n, 1);
    lua_insert(L, 1);
    for (int i = n; i >= 1; i--) {
        lua_rawseti(L, 1, i);
    }
    lua_pushinteger(L, n);
    lua_setfield(L, 1, "n");
    return 1;
}

void mera_safe_push_table(lua_State *L)
{
    static const luaL_Reg own[] = {
        {"concat", table_concat},
        {"insert", table_insert},
        {"pack", table_pack},
        {"remove", table_remove},
        {"sort", table_sort},
        {"unpack", table_unpack},
        {NULL, NULL},
    };

    luaL_newlib(L, own);
}
