/* SPDX-License-Identifier: Apache-2.0 */
/** @file require() of a plugin's own files. */
#ifndef MERA_LUA_MODULES_H
#define MERA_LUA_MODULES_H

#include <lua.h>

/** The function `require` of scripts: the modules are those of the box. */
int mera_modules_require(lua_State *L);

#endif
