/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The globals of a script: the allow-list, read-only, and answers to whoever asks for the rest.
 * An unknown name raises where it is used, with the nearest known one, so a slip of the pen is
 * found at once and not as a nil somewhere else.
 */
#include "lua/safe.h"

#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "lua/sandbox.h"

enum { GLOBALS_MAX = 160, GLOBALS_SUGGESTION = 240 };

/* What an author may look for and does not find, and what to do instead. */
static const struct {
    const char *name, *why;
} globals_refused[] = {
    {"_G", "globals are read-only; use local variables"},
    {"collectgarbage", "memory is looked after by the engine"},
    {"coroutine", "compute whole columns instead"},
    {"debug", "errors come with a traceback of their own"},
    {"dofile", "require(\"name\") takes name.lua of the plugin's own folder"},
    {"io", "a plugin sees only the columns it reads"},
    {"load", "a plugin is its text, nothing is compiled at run time"},
    {"loadfile", "require(\"name\") takes name.lua of the plugin's own folder"},
    {"loadstring", "a plugin is its text, nothing is compiled at run time"},
    {"next", "use pairs, which goes in sorted order"},
    {"os", "a plugin sees neither clock nor files nor environment"},
    {"package", "require(\"name\") takes name.lua of the plugin's own folder"},
    {"print", "return values, or raise with error(...)"},
    {"warn", "return values, or raise with error(...)"},
    {"xpcall", "use pcall"},
    {"math.acos", "its last digits differ between computers"},
    {"math.asin", "its last digits differ between computers"},
    {"math.atan", "its last digits differ between computers"},
    {"math.cos", "its last digits differ between computers"},
    {"math.random", "the same input must give the same output"},
    {"math.randomseed", "the same input must give the same output"},
    {"math.sin", "its last digits differ between computers"},
    {"math.tan", "its last digits differ between computers"},
    {"string.dump", "nothing is compiled at run time"},
    {"string.pack", "a plugin computes with numbers and columns"},
    {"string.packsize", "a plugin computes with numbers and columns"},
    {"string.unpack", "a plugin computes with numbers and columns"},
};

static int globals_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in the table at `index`, sorted, so that the suggestion does not depend on hash seeds. */
static size_t globals_names(lua_State *L, int index, const char *names[GLOBALS_MAX])
{
    size_t n = 0;

    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING && n < GLOBALS_MAX) {
            names[n++] = lua_tostring(L, -1);
        }
    }
    qsort(names, n, sizeof *names, globals_compare);
    return n;
}

/* __index of a real table behind a locked one; upvalue 1: its label. */
static int globals_unknown(lua_State *L)
{
    const char *label = lua_tostring(L, lua_upvalueindex(1)), *full, *near;
    const char *names[GLOBALS_MAX];
    char suggestion[GLOBALS_SUGGESTION];

    if (lua_type(L, 2) != LUA_TSTRING) {
        lua_pushnil(L);
        return 1;
    }
    full = *label == '\0' ? lua_tostring(L, 2)
                          : lua_pushfstring(L, "%s.%s", label, lua_tostring(L, 2));
    for (size_t i = 0; i < sizeof globals_refused / sizeof *globals_refused; i++) {
        if (strcmp(globals_refused[i].name, full) == 0) {
            return luaL_error(L, "'%s' is not available in a mera plugin: %s", full,
                              globals_refused[i].why);
        }
    }
    if (*label == '\0' &&
        mera_names_suggest(&mera_box_of(L)->names, full, suggestion, sizeof suggestion)) {
        return luaL_error(L, "'%s' is not known; %s", full, suggestion);
    }
    near = mera_nearest(lua_tostring(L, 2), names, globals_names(L, 1, names));
    if (near != NULL) {
        return luaL_error(L, "'%s' is not known; did you mean '%s%s%s'?", full, label,
                          *label == '\0' ? "" : ".", near);
    }
    return luaL_error(L, "'%s' is not known", full);
}

static int globals_read_only(lua_State *L)
{
    const char *label = lua_tostring(L, lua_upvalueindex(1));
    size_t n;

    if (*label == '\0') {
        return luaL_error(L, "global '%s' cannot be set; write 'local %s = …'",
                          mera_safe_text(L, 2, &n), mera_safe_text(L, 2, &n));
    }
    return luaL_error(L, "'%s' is read-only", label);
}

void mera_safe_lock(lua_State *L, const char *label)
{
    lua_newtable(L); /* the metatable of the real table */
    lua_pushstring(L, label);
    lua_pushcclosure(L, globals_unknown, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_newtable(L); /* the stand-in */
    lua_newtable(L); /* its metatable */
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, label);
    lua_pushcclosure(L, globals_read_only, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

/* ---- opening ----------------------------------------------------------------------------- */

/* Texts have methods, s:upper(), through a metatable nobody can get at. */
static void globals_set_text_methods(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_newtable(L);
    lua_pushvalue(L, -3); /* the library of texts */
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

void mera_safe_open(lua_State *L, void (*push_mera)(lua_State *L))
{
    const struct {
        const char *name;
        void (*push)(lua_State *L);
    } libraries[] = {
        {"math", mera_safe_push_math},
        {"string", mera_safe_push_string},
        {"table", mera_safe_push_table},
        {"utf8", mera_safe_push_utf8},
        {"mera", push_mera},
    };

    mera_safe_push_base(L);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        libraries[i].push(L);
        if (strcmp(libraries[i].name, "string") == 0) {
            globals_set_text_methods(L);
        }
        mera_safe_lock(L, libraries[i].name);
        lua_setfield(L, -2, libraries[i].name);
    }
    mera_safe_lock(L, "");
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}
