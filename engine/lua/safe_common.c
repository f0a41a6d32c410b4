/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the libraries of the allow-list share: whose a table is, how long a text may be, and stock
 * functions that are charged for their texts.
 */
#include "lua/safe.h"
#include "lua/sandbox.h"

void mera_safe_check_own(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    if (luaL_getmetafield(L, index, "__metatable") != LUA_TNIL) {
        luaL_error(L, "this table is read-only");
    }
}

void mera_safe_check_size(lua_State *L, size_t n)
{
    if (n > MERA_LUA_TEXT_MAX) {
        luaL_error(L, "a text of %I bytes is too long; at most %d are allowed", (LUAI_UACINT)n,
                   (int)MERA_LUA_TEXT_MAX);
    }
}

/* A stock function (the running closure's first upvalue) after charging for its texts. */
static int safe_charged(lua_State *L)
{
    const lua_CFunction stock = lua_tocfunction(L, lua_upvalueindex(1));
    size_t bytes = 0;

    for (int i = lua_gettop(L); i > 0; i--) {
        if (lua_type(L, i) == LUA_TSTRING) {
            bytes += lua_rawlen(L, i);
        }
    }
    mera_box_charge(L, 1 + bytes / 8);
    return stock(L);
}

void mera_safe_borrow(lua_State *L, int stock, const char *const *names)
{
    stock = lua_absindex(L, stock);
    for (size_t i = 0; names[i] != NULL; i++) {
        lua_getfield(L, stock, names[i]);
        lua_pushcclosure(L, safe_charged, 1);
        lua_setfield(L, -2, names[i]);
    }
}
