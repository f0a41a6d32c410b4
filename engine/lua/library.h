/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a script finds: the allow-list, columns and texts with their methods, the table
 * `mera`. */
#ifndef MERA_LUA_LIBRARY_H
#define MERA_LUA_LIBRARY_H

#include <lua.h>

/** Fills a new state. Runs inside mera_box_call(), as mera_box_open() has it. */
int mera_library_open(lua_State *L);

/** The registry's key of the table that the script gave to mera.plugin. */
extern const char mera_library_declared[];

#endif
