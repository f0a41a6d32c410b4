/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Texts of units as a script sees them: an immutable userdata of codes into a list of distinct
 * texts, -1 = missing. Like columns they are lent by the engine and die with their call.
 */
#ifndef MERA_LUA_LABELS_H
#define MERA_LUA_LABELS_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mera_lua_labels {
    size_t n;
    const int32_t *code;
    const char *const *level;
    size_t n_levels;
    uint32_t epoch; /**< mera_box.epoch when it was made */
} mera_lua_labels;

/** Makes the metatable and leaves it on the stack; methods are given to it in library.c. Runs
 * inside mera_box_call(). */
void mera_lua_labels_open(lua_State *L);

/** Pushes texts of the engine, valid for the call under way. */
void mera_lua_labels_lend(lua_State *L, const int32_t *code, size_t n, const char *const *level,
                          size_t n_levels);

bool mera_lua_is_labels(lua_State *L, int index);

/** The texts at an index; raises when they are none or belong to an earlier call. */
const mera_lua_labels *mera_lua_labels_at(lua_State *L, int index);

#endif
