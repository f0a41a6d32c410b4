/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a script finds when it begins: safe libraries, columns and texts with the methods that
 * functions.c lists, and `mera`, the same functions and the call that declares a plugin.
 */
#include "lua/library.h"

#include <lauxlib.h>

#include "lua/column.h"
#include "lua/functions.h"
#include "lua/labels.h"
#include "lua/safe.h"

const char mera_library_declared[] = "mera.plugin.declared";

/* ---- mera.plugin ------------------------------------------------------------------------- */

static int library_declare(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (lua_getfield(L, LUA_REGISTRYINDEX, mera_library_declared) != LUA_TNIL) {
        return luaL_error(L, "mera.plugin is called twice; a file declares one plugin");
    }
    lua_pushvalue(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, mera_library_declared);
    lua_settop(L, 1);
    return 1;
}

static void library_push(lua_State *L)
{
    mera_lua_functions_push(L);
    lua_pushcfunction(L, library_declare);
    lua_setfield(L, -2, "plugin");
}

/* ---- methods: these are reached only when the name is none -------------------------------- */

static int library_no_column_method(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TSTRING) {
        const char *name = lua_tostring(L, 2);
        const char *near = mera_lua_function_near(name, MERA_LUA_METHOD);

        if (near != NULL) {
            return luaL_error(L, "a column has no method '%s'; did you mean '%s'?", name, near);
        }
        return luaL_error(L, "a column has no method '%s'", name);
    }
    return luaL_error(L, "single cells of a column cannot be read: compute with whole columns, or "
                         "give the indicator 'compute_unit' instead of 'compute'");
}

static int library_no_text_method(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    const char *near = name == NULL ? NULL : mera_lua_function_near(name, MERA_LUA_LABELS);

    if (name == NULL) {
        return luaL_error(L,
                          "the text of a single unit cannot be read: compute with whole columns");
    }
    if (near != NULL) {
        return luaL_error(L, "a column of texts has no method '%s'; did you mean '%s'?", name,
                          near);
    }
    return luaL_error(L, "a column of texts has no method '%s'", name);
}

/* Gives the metatable at the top its methods and an answer for other names, and pops it. */
static void library_set_methods(lua_State *L, void (*push)(lua_State *L), lua_CFunction unknown)
{
    push(L);
    lua_newtable(L);
    lua_pushcfunction(L, unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

int mera_library_open(lua_State *L)
{
    mera_lua_column_open(L);
    library_set_methods(L, mera_lua_functions_push_methods, library_no_column_method);
    mera_lua_labels_open(L);
    library_set_methods(L, mera_lua_functions_push_labels, library_no_text_method);
    mera_safe_open(L, library_push);
    return 0;
}
