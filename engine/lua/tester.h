/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the files of the author's tests share. */
#ifndef MERA_LUA_TESTER_H
#define MERA_LUA_TESTER_H

#include "lua/compute.h"
#include "lua/plugin.h"
#include "lua/trial.h"

enum { TESTER_TESTS = 1000, TESTER_CELLS = 100000 };

/** A script of tests being run. */
typedef struct tester {
    mera_plugin *plugin;
    const mera_script *script;
    mera_arena *arena;
    const char **name; /**< of the tests, sorted */
    size_t n;
    const char *running;
    bool no_memory;
} tester;

/** The registry's key of the tester, a light userdata. */
extern const char mera_tester_self[];

/** The one of a state. */
tester *mera_tester_of(lua_State *L);

/** Zeroed room in the tester's arena; trips the limit of memory when there is none. */
void *mera_tester_room(lua_State *L, size_t count, size_t size);

/** The list at an index as cells; *n must be its length when known (SIZE_MAX = not yet). */
const double *mera_tester_cells(lua_State *L, int index, size_t *n);

/** `before` among the options of t.run: earlier periods, in the order given. */
void mera_tester_periods(lua_State *L, const mera_plugin_item *entry, const mera_compute *c,
                         mera_around *around);

/** t.run(name, input, params, options) */
int mera_tester_run(lua_State *L);

#endif
