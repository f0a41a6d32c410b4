/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Running a plugin's check, check(d, p, s): `d` shows the raw columns it reads, `s` the scores of
 * the nodes it names. It returns a list of findings, { text = "...", level = "warning",
 * where = column }: `where` marks the units that are meant.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "lua/column.h"
#include "lua/derive.h"
#include "lua/safe.h"

enum { CHECK_FINDINGS = 100, CHECK_NAMED = 5 };

typedef struct check_job {
    derive_job derive; /* the box's job: what the view of `d` shows */
    mera_arena *arena;
    mera_op_finding *finding;
    size_t n;
    bool no_memory;
} check_job;

/* ---- findings ---------------------------------------------------------------------------- */

static mera_severity check_level(lua_State *L, int finding)
{
    static const char *const names[] = {"note", "warning", "error", NULL};
    const mera_severity levels[] = {MERA_NOTE, MERA_WARNING, MERA_ERROR};

    lua_getfield(L, finding, "level");
    for (int i = 0; !lua_isnil(L, -1) && names[i] != NULL; i++) {
        if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), names[i]) == 0) {
            lua_pop(L, 1);
            return levels[i];
        }
    }
    if (!lua_isnil(L, -1)) {
        luaL_error(L, "the level of a finding is 'note', 'warning' or 'error'");
    }
    lua_pop(L, 1);
    return MERA_WARNING;
}

/* " (at 7 units: A, B, C, D, E, ...)" or nothing. False: nobody is meant, so there is no finding.
 */
static bool check_units(lua_State *L, const check_job *job, int finding, mera_text *out)
{
    const char *const *name = job->derive.ctx->unit_name;
    size_t n = 0;

    lua_getfield(L, finding, "where");
    if (lua_isnil(L, -1)) {
        return true;
    }
    if (!mera_lua_is_column(L, -1) || mera_lua_column_at(L, -1)->n != job->derive.n) {
        luaL_error(L, "'where' of a finding is a column that marks units by 1");
    }
    for (size_t i = 0; i < job->derive.n; i++) {
        const double mark = mera_lua_column_at(L, -1)->v[i];

        if (!isnan(mark) && mark != 0) {
            n++;
            if (name != NULL && n <= CHECK_NAMED) {
                mera_text_addf(out, "%s%s", n == 1 ? "" : ", ", name[i]);
            }
        }
    }
    if (n > CHECK_NAMED && name != NULL) {
        mera_text_addf(out, ", … (%zu units)", n);
    }
    lua_pop(L, 1);
    return n > 0;
}

static void check_take_one(lua_State *L, check_job *job, int finding)
{
    mera_text units = {.arena = job->arena};
    const mera_severity level = check_level(L, finding);
    const char *text, *where;

    lua_getfield(L, finding, "text");
    if (lua_type(L, -1) != LUA_TSTRING) {
        luaL_error(L, "a finding has a 'text'");
    }
    text = mera_arena_strdup(job->arena, lua_tostring(L, -1));
    if (!check_units(L, job, finding, &units)) {
        return;
    }
    where = mera_text_string(&units);
    job->no_memory = job->no_memory || text == NULL || where == NULL;
    if (!job->no_memory) {
        job->finding[job->n++] = (mera_op_finding){level, text, *where == '\0' ? NULL : where};
    }
}

static void check_take(lua_State *L, check_job *job)
{
    const size_t n = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;

    if (lua_isnil(L, -1)) {
        return;
    }
    if (!lua_istable(L, -1)) {
        luaL_error(L, "check returned a %s; it must return a list of findings",
                   mera_lua_type_name(L, -1));
    }
    if (n > CHECK_FINDINGS) {
        luaL_error(L,
                   "check returned %I findings; at most %d are taken: put units together by "
                   "'where'",
                   (LUAI_UACINT)n, (int)CHECK_FINDINGS);
    }
    for (size_t i = 0; i < n; i++) {
        if (lua_rawgeti(L, 2, (lua_Integer)i + 1) != LUA_TTABLE) {
            luaL_error(L, "finding %I is no table { text = ... }", (LUAI_UACINT)i + 1);
        }
        check_take_one(L, job, 3);
        lua_settop(L, 2);
    }
}

/* ---- running ----------------------------------------------------------------------------- */

static int check_body(lua_State *L)
{
    check_job *job = lua_touserdata(L, 1);
    const mera_op_ctx *ctx = job->derive.ctx;
    const mera_op *op = job->derive.op;

    mera_box_push_function(L, job->derive.entry->main_function);
    mera_derive_push_view(L);
    mera_plugin_push_params(L, op, job->derive.params);
    lua_newtable(L);
    for (size_t i = 0; op->scores != NULL && op->scores[i] != NULL; i++) {
        mera_lua_column_lend(L, ctx->score[i], job->derive.n);
        lua_setfield(L, -2, op->scores[i]);
    }
    mera_safe_lock(L, "s");
    lua_call(L, 3, 1);
    check_take(L, job);
    return 0;
}

mera_code mera_plugin_examine(const mera_op *op, const void *params, mera_op_ctx *ctx, size_t n,
                              mera_op_findings *out)
{
    const mera_plugin_item *entry = op->impl;
    mera_box *box = entry->plugin->box;
    check_job job = {.derive = {.op = op, .entry = entry, .params = params, .ctx = ctx, .n = n},
                     .arena = ctx->arena};
    mera_code rc;

    MERA_TRY_NEW(job.finding, ctx->arena, CHECK_FINDINGS);
    box->job = &job.derive;
    box->around = ctx->around;
    rc = mera_box_call(box, check_body, &job, n);
    box->job = NULL;
    box->around = NULL;
    if (rc != MERA_OK) {
        return mera_plugin_report(op, ctx);
    }
    *out = (mera_op_findings){job.n, job.finding};
    return job.no_memory ? MERA_ENOMEM : MERA_OK;
}
