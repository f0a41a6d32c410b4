/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tests of the sandbox share: a box with small limits and scripts run in it. */
#ifndef MERA_BOX_FIXTURE_H
#define MERA_BOX_FIXTURE_H

#include "lua_fixture.h"

#include "lua/library.h"
#include "lua/sandbox.h"

typedef struct box_fixture {
    mera_box *box;
    char result[256];
} box_fixture;

static const mera_lua_limits small_limits = {.instructions = 2000000, .bytes = 16 << 20};

static inline int open_box(void **state)
{
    box_fixture *f = calloc(1, sizeof *f);

    if (mera_box_open(&small_limits, "plugin.lua", mera_library_open, &f->box) != MERA_OK) {
        return -1;
    }
    *state = f;
    return 0;
}

static inline int close_box(void **state)
{
    box_fixture *f = *state;

    mera_box_close(f->box);
    free(f);
    return 0;
}

typedef struct script_job {
    const char *script;
    box_fixture *f;
} script_job;

static inline int script_body(lua_State *L)
{
    const script_job *job = lua_touserdata(L, 1);

    if (luaL_loadbufferx(L, job->script, strlen(job->script), "=plugin.lua", "t") != LUA_OK) {
        return lua_error(L);
    }
    lua_call(L, 0, 1);
    snprintf(job->f->result, sizeof job->f->result, "%s", luaL_tolstring(L, -1, NULL));
    return 0;
}

static inline mera_code run(box_fixture *f, const char *script)
{
    script_job job = {script, f};

    f->result[0] = '\0';
    return mera_box_call(f->box, script_body, &job, 0);
}

static inline void assert_result(box_fixture *f, const char *script, const char *result)
{
    const mera_code rc = run(f, script);

    if (rc != MERA_OK) {
        print_error("%s\n%s\n", script, f->box->fault.message);
    }
    assert_int_equal(rc, MERA_OK);
    assert_string_equal(f->result, result);
}

static inline void assert_refused(box_fixture *f, const char *script, const char *message)
{
    const mera_code rc = run(f, script);

    if (rc != MERA_EINPUT || strstr(f->box->fault.message, message) == NULL) {
        print_error("%s\n%d %s %s\n", script, rc, f->box->fault.message, f->result);
    }
    assert_int_equal(rc, MERA_EINPUT);
    assert_non_null(strstr(f->box->fault.message, message));
}

static inline void assert_tripped(box_fixture *f, const char *script, mera_trip trip)
{
    const mera_code rc = run(f, script);

    if (rc != MERA_ELIMIT || f->box->tripped != trip) {
        print_error("%s\n%d %d %s %s\n", script, rc, f->box->tripped, f->box->fault.message,
                    f->result);
    }
    assert_int_equal(rc, MERA_ELIMIT);
    assert_int_equal(f->box->tripped, trip);
    assert_int_equal(run(f, "return 1"), MERA_ELIMIT); /* it stays dead */
}

#endif
