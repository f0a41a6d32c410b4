/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Running a plugin's imputer, treater or normaliser: fit(x, p) gives numbers, either a table with
 * the names in `fitted` or a column (a sorted sample, say); apply(x, p, f) gives a column.
 */
#include <math.h>
#include <string.h>

#include "lua/column.h"
#include "lua/plugin.h"
#include "lua/safe.h"

typedef struct fit_job {
    const mera_op *op;
    const mera_plugin_item *entry;
    const void *params;
    const mera_op_ctx *ctx;
    const double *x;
    size_t n;
    const mera_fitted *fitted;
    double *y;        /* apply */
    mera_fitted *out; /* fit */
    bool no_memory;
} fit_job;

/* ---- fit --------------------------------------------------------------------------------- */

static bool fit_make(fit_job *job, size_t n)
{
    job->out->v = mera_arena_alloc(job->ctx->arena, n, sizeof *job->out->v);
    job->out->n = n;
    job->no_memory = job->out->v == NULL;
    return !job->no_memory;
}

static void fit_take_table(lua_State *L, fit_job *job)
{
    const mera_text_list *names = &job->entry->item->fitted;

    if (!fit_make(job, names->n)) {
        return;
    }
    for (size_t i = 0; i < names->n; i++) {
        mera_box_push_text(L, names->v[i]);
        if (lua_rawget(L, -2) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1))) {
            luaL_error(L, "fit must return a number '%s'; it is %s", names->v[i],
                       lua_type(L, -1) == LUA_TNUMBER ? "missing (of no values, perhaps)"
                       : lua_isnil(L, -1)             ? "not there"
                                                      : mera_lua_type_name(L, -1));
        }
        job->out->v[i] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
}

static void fit_take(lua_State *L, fit_job *job)
{
    const mera_lua_column *column;

    if (job->entry->item->fitted.n > 0) {
        if (!lua_istable(L, -1)) {
            luaL_error(L, "fit returned a %s; it must return a table with what 'fitted' names",
                       mera_lua_type_name(L, -1));
        }
        fit_take_table(L, job);
        return;
    }
    if (!mera_lua_is_column(L, -1)) {
        luaL_error(L,
                   "fit returned a %s; it must return a column, or a table whose names stand in "
                   "'fitted'",
                   mera_lua_type_name(L, -1));
    }
    column = mera_lua_column_at(L, -1);
    if (fit_make(job, column->n)) {
        memcpy(job->out->v, column->v, column->n * sizeof *column->v);
    }
}

static int fit_body(lua_State *L)
{
    fit_job *job = lua_touserdata(L, 1);

    mera_box_push_function(L, job->entry->fit_function);
    mera_lua_column_lend(L, job->x, job->n);
    mera_plugin_push_params(L, job->op, job->params);
    lua_call(L, 2, 1);
    fit_take(L, job);
    return 0;
}

mera_code mera_plugin_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                          size_t n, mera_fitted *out)
{
    const mera_plugin_item *entry = op->impl;
    fit_job job = {
        .op = op, .entry = entry, .params = params, .ctx = ctx, .x = x, .n = n, .out = out};

    if (mera_box_call(entry->plugin->box, fit_body, &job, n) != MERA_OK) {
        return mera_plugin_report(op, ctx);
    }
    return job.no_memory ? MERA_ENOMEM : MERA_OK;
}

/* ---- apply ------------------------------------------------------------------------------- */

static void apply_push_fitted(lua_State *L, const fit_job *job)
{
    const mera_text_list *names = &job->entry->item->fitted;

    if (job->fitted == NULL) {
        lua_pushnil(L);
    } else if (names->n == 0) {
        mera_lua_column_lend(L, job->fitted->v, job->fitted->n);
    } else {
        lua_newtable(L);
        for (size_t i = 0; i < names->n && i < job->fitted->n; i++) {
            lua_pushnumber(L, job->fitted->v[i]);
            lua_setfield(L, -2, names->v[i]);
        }
        mera_safe_lock(L, "f");
    }
}

static void apply_check_missing(lua_State *L, const fit_job *job)
{
    const mera_lua_column *y = mera_lua_column_at(L, -1);

    if (job->op->step == MERA_STEP_IMPUTE || y->n != job->n) {
        return;
    }
    for (size_t i = 0; i < job->n; i++) {
        if (isnan(job->x[i]) && !isnan(y->v[i])) {
            mera_box_of(L)->unit = i;
            luaL_error(L, "apply gives %f where the value is missing; a %s keeps missing values",
                       (LUAI_UACNUMBER)y->v[i], job->entry->item->kind);
        }
    }
}

static int apply_body(lua_State *L)
{
    fit_job *job = lua_touserdata(L, 1);

    mera_box_push_function(L, job->entry->main_function);
    mera_lua_column_lend(L, job->x, job->n);
    mera_plugin_push_params(L, job->op, job->params);
    apply_push_fitted(L, job);
    lua_call(L, 3, 1);
    if (mera_lua_is_column(L, -1)) {
        apply_check_missing(L, job);
    }
    mera_plugin_take_column(L, "apply", job->n, job->y);
    return 0;
}

mera_code mera_plugin_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    const mera_plugin_item *entry = op->impl;
    fit_job job = {.op = op,
                   .entry = entry,
                   .params = params,
                   .ctx = ctx,
                   .x = x,
                   .n = n,
                   .fitted = op->fit == NULL ? NULL : fitted,
                   .y = y};

    if (mera_box_call(entry->plugin->box, apply_body, &job, n) != MERA_OK) {
        return mera_plugin_report(op, ctx);
    }
    entry->plugin->cells_made += n;
    for (size_t i = 0; i < n; i++) {
        entry->plugin->cells_missing += (size_t)isnan(y[i]);
    }
    return MERA_OK;
}
