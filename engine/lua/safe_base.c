/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The base library of the allow-list: pcall that lets no limit be caught, pairs in sorted order,
 * metatables that are frozen when set.
 *
 * A metatable counts as it stands when it is first set: the state keeps a copy, so that fields
 * which run code at odd times (__gc, __close) or make collection slow (__mode) cannot be added
 * later.
 */
#include "lua/safe.h"

#include <lualib.h>
#include <string.h>

#include "base/text.h"
#include "lua/modules.h"
#include "lua/sandbox.h"

enum { BASE_BYTES_PER_STEP = 512 /* of an emptied table, walked for one instruction */ };

/* ---- protected calls --------------------------------------------------------------------- */

static int base_pcall(lua_State *L)
{
    mera_box *box = mera_box_of(L);
    int status;

    luaL_checkany(L, 1);
    status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    if (status == LUA_ERRMEM) {
        return mera_box_trip(L, box->refused);
    }
    if (box->tripped != MERA_TRIP_NONE) {
        return mera_box_trip(L, box->tripped);
    }
    lua_pushboolean(L, status == LUA_OK);
    lua_insert(L, 1);
    return lua_gettop(L);
}

/* ---- texts of values --------------------------------------------------------------------- */

static int base_tostring(lua_State *L)
{
    size_t n;

    luaL_checkany(L, 1);
    mera_safe_text(L, 1, &n);
    return 1;
}

/* ---- pairs ------------------------------------------------------------------------------- */

static int base_rank_of(int type)
{
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2;
}

/* Numbers before texts before booleans. Keys differ, so there are no equals. */
static bool base_key_less(lua_State *L, int a, int b)
{
    const int type_a = lua_type(L, a), type_b = lua_type(L, b);

    if (type_a != type_b) {
        return base_rank_of(type_a) < base_rank_of(type_b);
    }
    if (type_a == LUA_TNUMBER) {
        return lua_compare(L, a, b, LUA_OPLT) != 0;
    }
    if (type_a == LUA_TSTRING) {
        return mera_safe_compare_text(L, a, b) < 0;
    }
    return lua_toboolean(L, a) < lua_toboolean(L, b);
}

/* Pushes a list of the keys of the table at `index`. Walking an emptied table costs its former
 * size, which nobody can ask for: the biggest block of the state stands for it. */
static lua_Integer base_push_keys(lua_State *L, int index)
{
    lua_Integer n = 0;

    mera_box_charge(L, 10);
    mera_box_charge_inner(L, mera_box_of(L)->biggest_vector / BASE_BYTES_PER_STEP);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        const int type = lua_type(L, -2);

        if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN) {
            luaL_error(L,
                       "pairs: a key that is a %s has no place in an order; use numbers or texts",
                       lua_typename(L, type));
        }
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++n);
    }
    return n;
}

static int base_pairs_step(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));

    for (;;) {
        mera_box_charge(L, 1);
        if (lua_rawgeti(L, lua_upvalueindex(1), ++at) == LUA_TNIL) {
            return 1;
        }
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(3)) != LUA_TNIL) {
            break;
        }
        lua_pop(L, 2); /* removed since the walk began */
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

/* Pushes what is to be walked: a locked table is seen through its stand-in. */
static void base_see_through(lua_State *L)
{
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) {
        lua_pop(L, 1);
        if (luaL_getmetafield(L, 1, "__index") == LUA_TTABLE) {
            return;
        }
        lua_settop(L, 1);
    }
    lua_pushvalue(L, 1);
}

static int base_pairs(lua_State *L)
{
    lua_Integer n;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    base_see_through(L);
    lua_insert(L, 1);
    n = base_push_keys(L, 1);
    mera_safe_sort(L, 3, n, base_key_less);
    lua_pushinteger(L, 0);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, base_pairs_step, 3);
    lua_pushvalue(L, 2); /* never the table behind a stand-in: it could be written to */
    lua_pushnil(L);
    return 3;
}

/* ---- metatables -------------------------------------------------------------------------- */

static void base_refuse_field(lua_State *L, const char *field, const char *why)
{
    lua_pushstring(L, field);
    if (lua_rawget(L, 2) != LUA_TNIL) {
        luaL_error(L, "setmetatable: '%s' is not available in a mera plugin: %s", field, why);
    }
    lua_pop(L, 1);
}

/* A table called through a table, and so on in a circle, would keep Lua 5.4 busy inside one
 * instruction, moving arguments up the stack, for minutes. */
static void base_check_call(lua_State *L)
{
    lua_pushliteral(L, "__call");
    if (lua_rawget(L, 2) != LUA_TNIL && !lua_isfunction(L, -1)) {
        luaL_error(L, "setmetatable: '__call' must be a function");
    }
    lua_pop(L, 1);
}

/* Pushes the frozen copy of the metatable at 2. Upvalues: 1 = copy of original, 2 = the reverse. */
static void base_push_frozen(lua_State *L)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) {
        return;
    }
    lua_pop(L, 1);
    base_refuse_field(L, "__gc", "nothing runs when memory is collected");
    base_refuse_field(L, "__close", "nothing runs when a variable leaves its block");
    base_refuse_field(L, "__mode", "there are no weak tables");
    base_refuse_field(L, "__metatable", "metatables cannot be hidden");
    base_check_call(L);
    mera_box_charge(L, 10);
    mera_box_charge_inner(L, mera_box_of(L)->biggest_vector / BASE_BYTES_PER_STEP);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, 2) != 0) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, lua_upvalueindex(1));
    lua_pushvalue(L, -1);
    lua_pushvalue(L, 2);
    lua_rawset(L, lua_upvalueindex(2));
}

static int base_setmetatable(lua_State *L)
{
    mera_safe_check_own(L, 1);
    luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        mera_safe_check_own(L, 2);
        base_push_frozen(L);
    }
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

static int base_getmetatable(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_type(L, 1) != LUA_TTABLE || lua_getmetatable(L, 1) == 0) {
        lua_pushnil(L);
        return 1;
    }
    lua_rawget(L, lua_upvalueindex(2)); /* the original; nil when the house's own */
    return 1;
}

static int base_rawset(lua_State *L)
{
    mera_safe_check_own(L, 1);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    lua_rawset(L, 1);
    return 1;
}

/* ---- the table --------------------------------------------------------------------------- */

void mera_safe_push_base(lua_State *L)
{
    static const luaL_Reg own[] = {
        {"pcall", base_pcall},   {"tostring", base_tostring},       {"pairs", base_pairs},
        {"rawset", base_rawset}, {"require", mera_modules_require}, {NULL, NULL},
    };
    static const luaL_Reg meta[] = {
        {"setmetatable", base_setmetatable},
        {"getmetatable", base_getmetatable},
        {NULL, NULL},
    };
    static const char *const stock[] = {"assert", "error",  "ipairs", "rawequal", "rawget",
                                        "rawlen", "select", "type",   "tonumber", NULL};

    luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
    luaL_newlib(L, own);
    mera_safe_borrow(L, -2, stock);
    lua_newtable(L);
    lua_newtable(L);
    luaL_setfuncs(L, meta, 2);
    lua_remove(L, -2);
}
