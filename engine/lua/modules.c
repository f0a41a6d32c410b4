/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * require("name"): name.lua of the plugin's own folder, and nothing else. The texts are read before
 * the script runs, so that a script reaches no file; each is run once, in the plugin's own state.
 */
#include "lua/modules.h"

#include <string.h>

#include "base/text.h"
#include "lua/sandbox.h"
#include "lua/vet.h"

static const char modules_made[] = "mera.modules";
static const char modules_under_way = 0; /* its address stands for a module that is being run */

static const mera_module *modules_find(const mera_box *box, const char *name)
{
    for (size_t i = 0; i < box->n_modules; i++) {
        if (strcmp(box->module[i].name, name) == 0) {
            return &box->module[i];
        }
    }
    return NULL;
}

static int modules_unknown(lua_State *L, const mera_box *box, const char *name)
{
    const char *names[MERA_MODULES_MAX], *near;
    size_t n = 0;

    for (; n < box->n_modules && n < MERA_MODULES_MAX; n++) {
        names[n] = box->module[n].name;
    }
    near = mera_nearest(name, names, n);
    if (near != NULL) {
        return luaL_error(L, "there is no module '%s'; did you mean '%s'?", name, near);
    }
    return luaL_error(L,
                      "there is no module '%s': require takes the name of a file beside "
                      "plugin.lua, without '.lua' and without folders",
                      name);
}

/* The chunk's name on the stack below stays there, so that it outlives the call. */
static void modules_run(lua_State *L, const mera_module *module)
{
    mera_script_load(L, module->text, module->n, module->file);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        luaL_error(L, "module '%s' returns nothing; it must end with return", module->name);
    }
}

int mera_modules_require(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    const mera_module *module = modules_find(mera_box_of(L), name);

    lua_settop(L, 1);
    if (module == NULL) {
        return modules_unknown(L, mera_box_of(L), name);
    }
    if (lua_getfield(L, LUA_REGISTRYINDEX, modules_made) != LUA_TTABLE) {
        lua_settop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, modules_made);
    }
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 2) != LUA_TNIL) {
        if (lua_touserdata(L, -1) == (const void *)&modules_under_way) {
            return luaL_error(L, "module '%s' requires itself, directly or through another", name);
        }
        return 1;
    }
    lua_pushvalue(L, 1);
    lua_pushlightuserdata(L, (char *)(uintptr_t)&modules_under_way);
    lua_rawset(L, 2);
    modules_run(L, module);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}
