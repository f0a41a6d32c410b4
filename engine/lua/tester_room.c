/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the author's tests of a state share: the tester, its arena, lists of Lua as cells. */
#include <math.h>

#include "lua/tester.h"

const char mera_tester_self[] = "mera.tester";

tester *mera_tester_of(lua_State *L)
{
    tester *self;

    lua_getfield(L, LUA_REGISTRYINDEX, mera_tester_self);
    self = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return self;
}

void *mera_tester_room(lua_State *L, size_t count, size_t size)
{
    void *room = mera_arena_zero(mera_tester_of(L)->arena, count == 0 ? 1 : count, size);

    if (room == NULL) {
        mera_box_trip(L, MERA_TRIP_BYTES);
    }
    return room;
}

const double *mera_tester_cells(lua_State *L, int index, size_t *n)
{
    double *cells;
    size_t length;

    index = lua_absindex(L, index);
    luaL_checktype(L, index, LUA_TTABLE);
    length = lua_rawlen(L, index);
    if (length > TESTER_CELLS || (*n != SIZE_MAX && length != *n)) {
        luaL_error(L, *n == SIZE_MAX ? "a list has at most 100000 cells"
                                     : "the lists of cells differ in length");
    }
    *n = length;
    cells = mera_tester_room(L, length, sizeof *cells);
    for (size_t i = 0; i < length; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        if (lua_type(L, -1) == LUA_TNUMBER) {
            cells[i] = lua_tonumber(L, -1);
        } else if (lua_isboolean(L, -1) && !lua_toboolean(L, -1)) {
            cells[i] = NAN;
        } else {
            luaL_error(L, "cell %I is neither a number nor t.missing", (LUAI_UACINT)i + 1);
        }
        lua_pop(L, 1);
    }
    return cells;
}
