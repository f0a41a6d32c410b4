/* SPDX-License-Identifier: Apache-2.0 */
/** @file Texts of values without addresses. */
#include "lua/safe.h"

const char *mera_safe_text(lua_State *L, int index, size_t *n)
{
    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        if (lua_tonumber(L, index) != lua_tonumber(L, index)) {
            lua_pushliteral(L, "missing"); /* the sign of a NaN differs between computers */
            return lua_tolstring(L, -1, n);
        }
        return luaL_tolstring(L, index, n);
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TSTRING:
        return luaL_tolstring(L, index, n);
    default:
        if (luaL_callmeta(L, index, "__tostring")) {
            if (lua_type(L, -1) != LUA_TSTRING) {
                luaL_error(L, "'__tostring' must return a text");
            }
        } else {
            lua_pushstring(L, luaL_typename(L, index));
        }
        return lua_tolstring(L, -1, n);
    }
}
