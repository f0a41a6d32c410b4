/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The math and utf8 libraries of the allow-list. exp, log and pow are the engine's own, so that a
 * script gives the same digits on every computer; trigonometry and random numbers are left out.
 *
 * The operator `^` on two plain numbers stays Lua's, which asks the C library; on columns, and as
 * math.pow, it is the engine's.
 */
#include <lualib.h>

#include "base/math.h"
#include "base/text.h"
#include "lua/safe.h"
#include "lua/sandbox.h"
#include "mera/rounding.h"

static int math_exp(lua_State *L)
{
    lua_pushnumber(L, mera_exp(luaL_checknumber(L, 1)));
    return 1;
}

static int math_log(lua_State *L)
{
    const double x = luaL_checknumber(L, 1);

    if (lua_isnoneornil(L, 2)) {
        lua_pushnumber(L, mera_log(x));
    } else {
        const double base = luaL_checknumber(L, 2);

        lua_pushnumber(L, base == 10.0 ? mera_log10(x) : mera_log(x) / mera_log(base));
    }
    return 1;
}

static int math_pow(lua_State *L)
{
    lua_pushnumber(L, mera_pow(luaL_checknumber(L, 1), luaL_checknumber(L, 2)));
    return 1;
}

static int math_round(lua_State *L)
{
    const mera_rounding how = {MERA_ROUND_HALF_UP, (int)luaL_optinteger(L, 2, 0)};

    lua_pushnumber(L, mera_round(luaL_checknumber(L, 1), how));
    return 1;
}

void mera_safe_push_math(lua_State *L)
{
    static const luaL_Reg own[] = {
        {"exp", math_exp},     {"log", math_log}, {"pow", math_pow},
        {"round", math_round}, {NULL, NULL},
    };
    static const char *const stock[] = {"abs",  "ceil", "floor",     "fmod", "max", "min",
                                        "modf", "sqrt", "tointeger", "type", "ult", NULL};
    static const char *const constants[] = {"huge", "maxinteger", "mininteger", "pi"};

    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 0);
    luaL_newlib(L, own);
    mera_safe_borrow(L, -2, stock);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        lua_getfield(L, -2, constants[i]);
        lua_setfield(L, -2, constants[i]);
    }
    lua_remove(L, -2);
}

/* ---- utf8 -------------------------------------------------------------------------------- */

/* Upvalue: offset of the next character. Each call reads one character. */
static int utf8_codes_step(lua_State *L)
{
    size_t n;
    const char *text = luaL_checklstring(L, 1, &n);
    const size_t offset = (size_t)lua_tointeger(L, lua_upvalueindex(1));
    const char *at = text + offset;
    uint32_t code;

    if (offset >= n) {
        return 0;
    }
    code = mera_utf8_next(&at, text + n);
    if (!mera_utf8_valid(text + offset, (size_t)(at - (text + offset)))) {
        return luaL_error(L, "utf8.codes: byte %I is not UTF-8", (LUAI_UACINT)offset + 1);
    }
    lua_pushinteger(L, (lua_Integer)(at - text));
    lua_replace(L, lua_upvalueindex(1));
    lua_pushinteger(L, (lua_Integer)offset + 1);
    lua_pushinteger(L, (lua_Integer)code);
    return 2;
}

static int utf8_codes(lua_State *L)
{
    luaL_checkstring(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, utf8_codes_step, 1);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

void mera_safe_push_utf8(lua_State *L)
{
    static const luaL_Reg own[] = {{"codes", utf8_codes}, {NULL, NULL}};
    static const char *const stock[] = {"char", "codepoint", "len", "offset", NULL};

    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 0);
    luaL_newlib(L, own);
    mera_safe_borrow(L, -2, stock);
    lua_getfield(L, -2, "charpattern");
    lua_setfield(L, -2, "charpattern");
    lua_remove(L, -2);
}
