/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Running a plugin's indicator: compute(d, p) over whole columns, or compute_unit(u, p) unit by
 * unit. `d` and `u` show the declared columns and nothing else; asking for another one is an error.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "lua/column.h"
#include "lua/derive.h"
#include "lua/labels.h"
#include "lua/safe.h"

/* ---- what other operations of plugins use too -------------------------------------------- */

void mera_plugin_push_params(lua_State *L, const mera_op *op, const void *params)
{
    const mera_param *p = op->params;

    lua_newtable(L);
    for (; p != NULL && p->name != NULL; p++) {
        const char *slot = (const char *)params + p->offset;
        const char *text;
        int64_t integer;
        double number;
        int choice;

        switch (p->type) {
        case MERA_PARAM_F64:
            memcpy(&number, slot, sizeof number);
            lua_pushnumber(L, number);
            break;
        case MERA_PARAM_INT:
            memcpy(&integer, slot, sizeof integer);
            lua_pushinteger(L, (lua_Integer)integer);
            break;
        case MERA_PARAM_BOOL:
            lua_pushboolean(L, *slot != 0);
            break;
        case MERA_PARAM_ENUM:
            memcpy(&choice, slot, sizeof choice);
            mera_box_push_text(L, p->choices[choice]);
            break;
        default:
            memcpy(&text, slot, sizeof text);
            mera_box_push_text(L, text);
            break;
        }
        lua_setfield(L, -2, p->name);
    }
    mera_safe_lock(L, "p");
}

void mera_plugin_take_column(lua_State *L, const char *function, size_t n, double *y)
{
    const mera_lua_column *column;

    if (!mera_lua_is_column(L, -1)) {
        luaL_error(L, "%s returned %s%s; it must return a column of %I values", function,
                   lua_isnil(L, -1) ? "nothing" : "a ",
                   lua_isnil(L, -1) ? "" : mera_lua_type_name(L, -1), (LUAI_UACINT)n);
    }
    column = mera_lua_column_at(L, -1);
    if (column->n != n) {
        luaL_error(L, "%s returned a column of %I values; there are %I units", function,
                   (LUAI_UACINT)column->n, (LUAI_UACINT)n);
    }
    memcpy(y, column->v, n * sizeof *y);
}

mera_code mera_plugin_report(const mera_op *op, const mera_op_ctx *ctx)
{
    const mera_plugin_item *entry = op->impl;
    const mera_box *box = entry->plugin->box;

    return mera_box_report(
        box,
        &(mera_fault_place){.script = {.file = entry->plugin->path},
                            .id = "plugin-error",
                            .speaker = entry->plugin->speaker,
                            .unit = box->fault.unit != SIZE_MAX && ctx->unit_name != NULL
                                        ? ctx->unit_name[box->fault.unit]
                                        : NULL,
                            .asked_at = ctx->at},
        ctx->diags);
}

/* ---- columns by name --------------------------------------------------------------------- */

/* The number of a declared attribute, or SIZE_MAX. */
static size_t derive_attribute(lua_State *L, const derive_job *job)
{
    const mera_text_list *attributes = &job->entry->item->attributes;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";

    for (size_t i = 0; i < attributes->n; i++) {
        if (strcmp(attributes->v[i], name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* The texts of an attribute in the period under way; raises when the caller has none. */
static const mera_labels *derive_labels(lua_State *L, const derive_job *job, size_t attribute)
{
    const mera_around *around = job->ctx->around;

    if (around == NULL || attribute >= around->n_labels) {
        luaL_error(L, "the texts of '%s' are not at hand here",
                   job->entry->item->attributes.v[attribute]);
        return NULL; /* not reached */
    }
    return &around->labels[attribute];
}

/* Index of a declared column; raises when it is not declared. */
static size_t derive_find(lua_State *L, const derive_job *job)
{
    const mera_text_list *reads = &job->entry->item->reads;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    luaL_Buffer list;

    for (size_t i = 0; i < reads->n; i++) {
        if (strcmp(reads->v[i], name) == 0) {
            return i;
        }
    }
    luaL_buffinit(L, &list);
    for (size_t i = 0; i < reads->n; i++) {
        luaL_addstring(&list, i == 0 ? "'" : ", '");
        luaL_addstring(&list, reads->v[i]);
        luaL_addchar(&list, '\'');
    }
    luaL_pushresult(&list);
    luaL_error(L, "%s '%s' reads '%s' but declares %s%s; add it to reads", job->entry->item->kind,
               job->entry->item->name, name, reads->n == 0 ? "no column" : "only ",
               lua_tostring(L, -1));
    return 0;
}

static int derive_refuse_write(lua_State *L)
{
    return luaL_error(L, "the columns a plugin reads cannot be changed; compute new ones");
}

/* Pushes an empty table that answers by `read` during the call under way. What `read` puts into the
 * table behind it is found there by Lua itself the next time. */
static void derive_push_view(lua_State *L, lua_CFunction read)
{
    lua_newtable(L); /* columns made so far */
    lua_newtable(L); /* its metatable */
    lua_pushinteger(L, (lua_Integer)mera_box_of(L)->epoch);
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, read, 2);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_newtable(L);
    lua_newtable(L); /* its metatable */
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, derive_refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

/* A view that a script kept is good for nothing once its call is over. */
static const derive_job *derive_job_of(lua_State *L)
{
    const derive_job *job = mera_box_of(L)->job;

    if (job == NULL ||
        (lua_Integer)mera_box_of(L)->epoch != lua_tointeger(L, lua_upvalueindex(1))) {
        luaL_error(L, "the columns of an earlier call are gone");
    }
    return job;
}

static int derive_read_column(lua_State *L)
{
    const derive_job *job = derive_job_of(L);
    const size_t attribute = derive_attribute(L, job);

    if (attribute != SIZE_MAX) {
        const mera_labels *labels = derive_labels(L, job, attribute);

        job->entry->seen[job->entry->item->reads.n + attribute] = true;
        mera_lua_labels_lend(L, labels->code, job->n, labels->level, labels->n_levels);
        return 1;
    }
    const size_t i = derive_find(L, job);

    job->entry->seen[i] = true;
    lua_settop(L, 2);
    mera_lua_column_lend_read(L, job->ctx->input[i], job->n, i);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_rawset(L, lua_upvalueindex(2));
    return 1;
}

static int derive_read_cell(lua_State *L)
{
    const derive_job *job = derive_job_of(L);
    const size_t attribute = derive_attribute(L, job);

    if (attribute != SIZE_MAX) {
        const mera_labels *labels = derive_labels(L, job, attribute);
        const int32_t code = labels->code[job->unit];

        job->entry->seen[job->entry->item->reads.n + attribute] = true;
        mera_box_push_text(L, code < 0 ? NULL : labels->level[code]);
        return 1;
    }
    const size_t i = derive_find(L, job);
    const double cell = job->ctx->input[i][job->unit];

    job->entry->seen[i] = true;
    if (isnan(cell)) {
        lua_pushnil(L);
    } else {
        lua_pushnumber(L, cell);
    }
    return 1;
}

/* ---- running ----------------------------------------------------------------------------- */

void mera_derive_push_view(lua_State *L)
{
    derive_push_view(L, derive_read_column);
}

/* Pushes the table behind the view on top of the stack, under it: the cells of the unit go there,
 * where Lua looks first, which costs a tenth of a call. Only what was ever read is put there; a
 * missing cell is not there, so the function answers for it. */
static void derive_push_cells(lua_State *L)
{
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    lua_insert(L, -3);
    lua_pop(L, 1);
}

/* Fills the cells at `index` for a unit; SIZE_MAX empties them, or the columns, for whoever kept
 * the view. */
static void derive_fill_cells(lua_State *L, const derive_job *job, int index, size_t unit)
{
    const mera_text_list *reads = &job->entry->item->reads;

    for (size_t i = 0; i < reads->n; i++) {
        if (!job->entry->seen[i]) {
            continue;
        }
        if (unit == SIZE_MAX || isnan(job->ctx->input[i][unit])) {
            lua_pushnil(L);
        } else {
            lua_pushnumber(L, job->ctx->input[i][unit]);
        }
        lua_setfield(L, index, reads->v[i]);
    }
}

static int derive_whole_body(lua_State *L)
{
    derive_job *job = lua_touserdata(L, 1);

    derive_push_view(L, derive_read_column);
    derive_push_cells(L);
    mera_plugin_push_params(L, job->op, job->params);
    mera_box_push_function(L, job->entry->main_function);
    lua_insert(L, -3);
    lua_call(L, 2, 1);
    mera_plugin_take_column(L, "compute", job->n, job->y);
    derive_fill_cells(L, job, 2, SIZE_MAX);
    return 0;
}

static void derive_take_cell(lua_State *L, derive_job *job)
{
    double cell = NAN;

    if (lua_type(L, -1) == LUA_TNUMBER) {
        cell = lua_tonumber(L, -1);
        mera_box_of(L)->undefined += (size_t)!isfinite(cell);
    } else if (!lua_isnil(L, -1)) {
        luaL_error(L, "compute_unit returned a %s; it must return a number, or nil for missing",
                   mera_lua_type_name(L, -1));
    }
    job->y[job->unit] = isfinite(cell) ? cell : NAN;
}

/* The stack while units are computed; the job is at 1. */
enum { UNITS_CELLS = 2, UNITS_VIEW, UNITS_PARAMS, UNITS_FUNCTION };

static int derive_units_body(lua_State *L)
{
    derive_job *job = lua_touserdata(L, 1);
    mera_box *box = mera_box_of(L);

    derive_push_view(L, derive_read_cell);
    derive_push_cells(L);
    mera_plugin_push_params(L, job->op, job->params);
    mera_box_push_function(L, job->entry->main_function);
    for (job->unit = 0; job->unit < job->n; job->unit++) {
        box->unit = job->unit;
        derive_fill_cells(L, job, UNITS_CELLS, job->unit);
        lua_pushvalue(L, UNITS_FUNCTION);
        lua_pushvalue(L, UNITS_VIEW);
        lua_pushvalue(L, UNITS_PARAMS);
        lua_call(L, 2, 1);
        derive_take_cell(L, job);
        lua_settop(L, UNITS_FUNCTION);
    }
    derive_fill_cells(L, job, UNITS_CELLS, SIZE_MAX);
    box->unit = SIZE_MAX;
    return 0;
}

static void derive_count(const derive_job *job)
{
    mera_plugin *plugin = job->entry->plugin;
    const double *y = job->y, low = job->entry->item->range[0], high = job->entry->item->range[1];
    const size_t n = job->n;
    size_t missing = 0, out_of_range = 0;

    for (size_t i = 0; i < n; i++) {
        missing += (size_t)isnan(y[i]);
        out_of_range += (size_t)((y[i] < low) | (y[i] > high)); /* one loop without branches */
    }
    plugin->cells_made += n;
    plugin->cells_missing += missing;
    plugin->cells_out_of_range += out_of_range;
}

mera_code mera_plugin_derive(const mera_op *op, const void *params, mera_op_ctx *ctx, size_t n,
                             double *y)
{
    const mera_plugin_item *entry = op->impl;
    mera_box *box = entry->plugin->box;
    derive_job job = {.op = op, .entry = entry, .params = params, .ctx = ctx, .n = n, .y = y};
    mera_code rc;

    box->job = &job;
    box->around = ctx->around;
    rc = mera_box_call(box, entry->item->per_unit ? derive_units_body : derive_whole_body, &job, n);
    box->job = NULL;
    box->around = NULL;
    if (rc != MERA_OK) {
        return mera_plugin_report(op, ctx);
    }
    derive_count(&job);
    return MERA_OK;
}
