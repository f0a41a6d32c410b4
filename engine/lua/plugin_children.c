/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Running a plugin's aggregator, aggregate(c, p), and weigher, weigh(c, p). `c` shows the children
 * of the node: c.columns, c.weights and c.names, three lists of one length. Columns are directed
 * and normalised; a missing child is the function's to leave out (mera.weighted_mean does).
 */
#include <math.h>

#include "lua/column.h"
#include "lua/plugin.h"
#include "lua/safe.h"

typedef struct children_job {
    const mera_op *op;
    const mera_plugin_item *entry;
    const void *params;
    const mera_op_ctx *ctx;
    const mera_children *in;
    double *y; /* n scores, or k weights */
} children_job;

static void children_push(lua_State *L, const children_job *job)
{
    const mera_children *in = job->in;

    lua_newtable(L);
    lua_newtable(L); /* columns */
    lua_newtable(L); /* weights */
    lua_newtable(L); /* names */
    for (size_t j = 0; j < in->k; j++) {
        mera_lua_column_lend(L, in->x[j], in->n);
        lua_rawseti(L, -4, (lua_Integer)j + 1);
        lua_pushnumber(L, in->w == NULL ? 1 : in->w[j]);
        lua_rawseti(L, -3, (lua_Integer)j + 1);
        mera_box_push_text(L, job->ctx->child_name == NULL ? "" : job->ctx->child_name[j]);
        lua_rawseti(L, -2, (lua_Integer)j + 1);
    }
    lua_setfield(L, -4, "names");
    lua_setfield(L, -3, "weights");
    lua_setfield(L, -2, "columns");
    mera_safe_lock(L, "c");
}

static void children_call(lua_State *L, const children_job *job)
{
    mera_box_push_function(L, job->entry->main_function);
    children_push(L, job);
    mera_plugin_push_params(L, job->op, job->params);
    lua_call(L, 2, 1);
}

static mera_code children_run(const children_job *job, lua_CFunction body)
{
    const children_job copy = *job;
    mera_box *box = job->entry->plugin->box;
    children_job run = copy;

    if (mera_box_call(box, body, &run, job->in->n * (1 + job->in->k)) != MERA_OK) {
        return mera_plugin_report(job->op, job->ctx);
    }
    return MERA_OK;
}

/* ---- aggregate --------------------------------------------------------------------------- */

/* Is some child of weight above 0 present at the unit? */
static bool children_any(const mera_children *in, size_t i)
{
    for (size_t j = 0; j < in->k; j++) {
        if (!isnan(in->x[j][i]) && (in->w == NULL || in->w[j] > 0)) {
            return true;
        }
    }
    return false;
}

static int aggregate_body(lua_State *L)
{
    children_job *job = lua_touserdata(L, 1);

    children_call(L, job);
    mera_plugin_take_column(L, "aggregate", job->in->n, job->y);
    for (size_t i = 0; i < job->in->n; i++) {
        if (!isnan(job->y[i]) && !children_any(job->in, i)) {
            mera_box_of(L)->unit = i;
            luaL_error(L,
                       "aggregate gives %f where no child is present; the score is missing there",
                       (LUAI_UACNUMBER)job->y[i]);
        }
    }
    return 0;
}

mera_code mera_plugin_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_children *in, double *y)
{
    const mera_plugin_item *entry = op->impl;
    const children_job job = {
        .op = op, .entry = entry, .params = params, .ctx = ctx, .in = in, .y = y};

    MERA_TRY(children_run(&job, aggregate_body));
    entry->plugin->cells_made += in->n;
    for (size_t i = 0; i < in->n; i++) {
        entry->plugin->cells_missing += (size_t)isnan(y[i]);
    }
    return MERA_OK;
}

/* ---- weigh ------------------------------------------------------------------------------- */

static int weigh_body(lua_State *L)
{
    children_job *job = lua_touserdata(L, 1);
    double sum = 0;

    children_call(L, job);
    if (!lua_istable(L, -1)) {
        return luaL_error(L, "weigh returned a %s; it must return a list of %I weights",
                          mera_lua_type_name(L, -1), (LUAI_UACINT)job->in->k);
    }
    if (lua_rawlen(L, -1) != job->in->k) {
        return luaL_error(L, "weigh returned %I weights for %I children",
                          (LUAI_UACINT)lua_rawlen(L, -1), (LUAI_UACINT)job->in->k);
    }
    for (size_t j = 0; j < job->in->k; j++) {
        if (lua_rawgeti(L, -1, (lua_Integer)j + 1) != LUA_TNUMBER ||
            !isfinite(lua_tonumber(L, -1)) || lua_tonumber(L, -1) < 0) {
            return luaL_error(L, "weight %I of weigh is not a number of 0 or above",
                              (LUAI_UACINT)j + 1);
        }
        job->y[j] = lua_tonumber(L, -1);
        sum += job->y[j];
        lua_pop(L, 1);
    }
    return sum > 0 ? 0 : luaL_error(L, "weigh returned weights that are all 0");
}

mera_code mera_plugin_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_children *in, double *w)
{
    const children_job job = {
        .op = op, .entry = op->impl, .params = params, .ctx = ctx, .in = in, .y = w};

    return children_run(&job, weigh_body);
}
