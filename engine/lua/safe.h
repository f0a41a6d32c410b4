/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The allow-list: what a script finds when it looks around. Each safe_*.c makes one library whose
 * functions are bounded, deterministic and free of addresses, files, clocks and code loading.
 */
#ifndef MERA_LUA_SAFE_H
#define MERA_LUA_SAFE_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

/** Builds the globals of the state and locks them; `push_mera` pushes the library of that name.
 * Runs inside mera_box_call(). */
void mera_safe_open(lua_State *L, void (*push_mera)(lua_State *L));

/** Each pushes one library table. */
void mera_safe_push_base(lua_State *L);
void mera_safe_push_string(lua_State *L);
void mera_safe_push_table(lua_State *L);
void mera_safe_push_math(lua_State *L);
void mera_safe_push_utf8(lua_State *L);

/** Makes a table at the top read-only: replaces it by a locked, empty stand-in that reads through.
 * A name that is not there raises with a suggestion; `label` ("math") goes before it, or "". */
void mera_safe_lock(lua_State *L, const char *label);

/** Raises unless the value is a table of the script's own, neither locked nor anything else. */
void mera_safe_check_own(lua_State *L, int index);

/** Pushes the text of any value, without addresses. */
const char *mera_safe_text(lua_State *L, int index, size_t *n);

/** Is the first of two values (absolute indices) to stand before the second? May raise. */
typedef bool (*mera_safe_less)(lua_State *L, int a, int b);

/** Sorts t[1..n] of the table at `index` stably in n log n comparisons, whatever `less` says. */
void mera_safe_sort(lua_State *L, int index, lua_Integer n, mera_safe_less less);

/** Raises when a text of `n` bytes would be longer than a script may have. */
void mera_safe_check_size(lua_State *L, size_t n);

/** Bytes compared, never the locale's order: below, equal or above 0. */
int mera_safe_compare_text(lua_State *L, int a, int b);

/** Sets the named functions of the stock library table below the top as fields of the table at the
 * top, each charging for the texts it is given. The list ends with NULL. */
void mera_safe_borrow(lua_State *L, int stock, const char *const *names);

#endif
