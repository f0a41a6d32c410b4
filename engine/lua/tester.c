/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * An author's tests: a script in a box of its own returns a table of names and functions, and each
 * function is called with `t`. t.run goes the way the engine goes: parameters are bound and checked
 * and the plugin runs in its own box, so a test sees what a methodology would see. Missing cells
 * are `t.missing`, which is false.
 */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/number.h"
#include "base/text.h"
#include "lua/library.h"
#include "lua/tester.h"
#include "lua/vet.h"
#include "lua/worker.h"

static const char tester_tests[] = "mera.tests";

void mera_trials_add(mera_trials *trials, const char *subject, const char *name,
                     mera_trial_state state, const char *format, ...)
{
    char why[640] = "";
    va_list arguments;

    va_start(arguments, format);
    if (format != NULL) {
        vsnprintf(why, sizeof why, format, arguments);
    }
    va_end(arguments);
    mera_trial *grown =
        mera_grown(trials->arena, trials->v, &trials->room, trials->n + 1, sizeof *grown);
    if (grown == NULL) {
        trials->no_memory = true;
        return;
    }
    trials->v = grown;
    mera_trial *trial = &trials->v[trials->n];

    *trial = (mera_trial){subject, mera_text_harmless(name, trials->arena), state,
                          *why == '\0' ? NULL : mera_text_harmless(why, trials->arena)};
    if (trial->name == NULL || (trial->why == NULL && *why != '\0')) {
        trials->no_memory = true;
        return;
    }
    trials->n++;
}

/* ---- t ----------------------------------------------------------------------------------- */

static const char *tester_show(lua_State *L, int index)
{
    char number[32];

    if (lua_type(L, index) == LUA_TNUMBER) {
        mera_number_write(lua_tonumber(L, index), number);
        return lua_pushfstring(L, "%s", number);
    }
    if (lua_isboolean(L, index) && !lua_toboolean(L, index)) {
        return "missing";
    }
    return lua_type(L, index) == LUA_TSTRING ? lua_pushfstring(L, "'%s'", lua_tostring(L, index))
                                             : luaL_typename(L, index);
}

static bool tester_same(lua_State *L, int a, int b, double room)
{
    if (lua_type(L, a) == LUA_TNUMBER && lua_type(L, b) == LUA_TNUMBER) {
        const double x = lua_tonumber(L, a), y = lua_tonumber(L, b);

        return x == y || fabs(x - y) <= room;
    }
    return lua_rawequal(L, a, b) != 0;
}

/* Compares two values, or two lists item by item. */
static int tester_compare(lua_State *L, double room)
{
    if (!lua_istable(L, 1) || !lua_istable(L, 2)) {
        if (!tester_same(L, 1, 2, room)) {
            return luaL_error(L, "it is %s, expected %s", tester_show(L, 1), tester_show(L, 2));
        }
        return 0;
    }
    if (lua_rawlen(L, 1) != lua_rawlen(L, 2)) {
        return luaL_error(L, "a list of %I, expected one of %I", (LUAI_UACINT)lua_rawlen(L, 1),
                          (LUAI_UACINT)lua_rawlen(L, 2));
    }
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, 1); i++) {
        lua_settop(L, 2);
        lua_rawgeti(L, 1, i);
        lua_rawgeti(L, 2, i);
        if (!tester_same(L, 3, 4, room)) {
            return luaL_error(L, "item %I is %s, expected %s", i, tester_show(L, 3),
                              tester_show(L, 4));
        }
    }
    return 0;
}

static int tester_equal(lua_State *L)
{
    lua_settop(L, 2);
    return tester_compare(L, 0);
}

static int tester_near(lua_State *L)
{
    const double room = luaL_optnumber(L, 3, 1e-9);

    lua_settop(L, 2);
    return tester_compare(L, room);
}

static int tester_ok(lua_State *L)
{
    return lua_toboolean(L, 1) ? 0 : luaL_error(L, "%s", luaL_optstring(L, 2, "it does not hold"));
}

static int tester_fails(lua_State *L)
{
    const char *part = luaL_optstring(L, 2, "");
    const char *message;

    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    if (lua_pcall(L, 0, 0, 0) == LUA_OK) {
        return luaL_error(L, "it does not fail, though it should");
    }
    if (mera_box_of(L)->tripped != MERA_TRIP_NONE) {
        return mera_box_trip(L, mera_box_of(L)->tripped);
    }
    message = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    if (strstr(message, part) == NULL) {
        return luaL_error(L, "it fails with '%s', expected '%s'", message, part);
    }
    return 0;
}

static void tester_push_t(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"run", mera_tester_run}, {"equal", tester_equal}, {"near", tester_near},
        {"ok", tester_ok},        {"fails", tester_fails}, {NULL, NULL},
    };

    luaL_newlib(L, functions);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "missing");
}

/* ---- a script ---------------------------------------------------------------------------- */

static int tester_by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int tester_load_body(lua_State *L)
{
    tester *self = lua_touserdata(L, 1);

    lua_pushlightuserdata(L, self);
    lua_setfield(L, LUA_REGISTRYINDEX, mera_tester_self);
    mera_script_load(L, self->script->text, self->script->n, self->script->file);
    lua_call(L, 0, 1);
    if (!lua_istable(L, -1)) {
        return luaL_error(L, "a file of tests ends with: return { [\"what holds\"] = function(t) "
                             "... end }");
    }
    self->name = mera_tester_room(L, TESTER_TESTS, sizeof *self->name);
    for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TFUNCTION ||
            self->n == TESTER_TESTS) {
            return luaL_error(L, "tests are a table of at most 1000 names and functions");
        }
        self->name[self->n] = mera_arena_strdup(self->arena, lua_tostring(L, -2));
        self->no_memory = self->no_memory || self->name[self->n] == NULL;
        self->n++;
    }
    qsort(self->name, self->no_memory ? 0 : self->n, sizeof *self->name, tester_by_name);
    lua_settop(L, 2);
    lua_setfield(L, LUA_REGISTRYINDEX, tester_tests);
    return 0;
}

static int tester_test_body(lua_State *L)
{
    const tester *self = lua_touserdata(L, 1);

    lua_getfield(L, LUA_REGISTRYINDEX, tester_tests);
    lua_getfield(L, -1, self->running);
    tester_push_t(L);
    lua_call(L, 1, 0);
    return 0;
}

static mera_code tester_all(tester *self, mera_box *box, mera_diags *diags, mera_trials *out)
{
    const char *subject = mera_arena_printf(out->arena, "tests/%s", self->script->file);

    MERA_TRY_PTR(subject);
    if (mera_box_call(box, tester_load_body, self, 0) != MERA_OK) {
        return mera_box_report(box,
                               &(mera_fault_place){.script = {.file = self->script->path},
                                                   .id = "plugin-test",
                                                   .speaker = "tests"},
                               diags);
    }
    for (size_t i = 0; i < self->n && !self->no_memory; i++) {
        self->running = self->name[i];
        if (box->tripped != MERA_TRIP_NONE) {
            mera_trials_add(out, subject, self->name[i], MERA_TRIAL_SKIPPED,
                            "not run: a test before it was stopped at a limit");
        } else if (mera_box_call(box, tester_test_body, self, 0) == MERA_OK) {
            mera_trials_add(out, subject, self->name[i], MERA_TRIAL_PASSED, NULL);
        } else {
            mera_trials_add(out, subject, self->name[i], MERA_TRIAL_FAILED, "%s:%u: %s",
                            self->script->path, box->fault.line, box->fault.message);
        }
    }
    return self->no_memory || out->no_memory ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_plugin_try_script(mera_plugin *plugin, const mera_script *script, mera_diags *diags,
                                 mera_trials *out)
{
    tester self = {.plugin = plugin, .script = script, .arena = out->arena};
    mera_box *box;
    mera_code rc;

    if (plugin->worker != NULL) {
        return mera_worker_try_script(plugin, script, diags, out);
    }
    MERA_TRY(mera_box_open(NULL, script->file, mera_library_open, &box));
    box->module = plugin->box->module;
    box->n_modules = plugin->box->n_modules;
    rc = tester_all(&self, box, diags, out);
    mera_box_close(box);
    return rc;
}
