/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The way from a text to a function: what must be refused before Lua compiles it. Compiling is one
 * long call of C that no budget reaches, so its cost is bounded by what the text may hold.
 */
#ifndef MERA_LUA_VET_H
#define MERA_LUA_VET_H

#include <lua.h>
#include <stddef.h>

/**
 * Compiles a text and pushes its main function. Raises, at its line, for a syntax error and for
 * what has no place in a script: the name `_ENV` (Lua 5.4.4 makes wrong code for a constant of that
 * name, which then reads past the stack), bytecode, and more branches and jumps of one kind than
 * MERA_VET_WORDS, which the compiler walks anew for each. `chunk` is the file's name in messages.
 */
void mera_script_load(lua_State *L, const char *source, size_t n, const char *chunk);

enum { MERA_VET_WORDS = 4000 };

#endif
