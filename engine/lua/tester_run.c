/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * t.run of an author's tests: lists of Lua become columns, a table becomes parameters as a
 * methodology would give them, and the item runs as the engine would run it.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "lua/compute.h"
#include "lua/tester.h"

/* ---- from Lua to the engine -------------------------------------------------------------- */

/* A list of texts (or t.missing) as labels: each its own level. */
static mera_labels tester_labels(lua_State *L, const char *name, size_t *n)
{
    const size_t length = lua_rawlen(L, -1);
    const char **level = mera_tester_room(L, length, sizeof *level);
    int32_t *code = mera_tester_room(L, length, sizeof *code);
    mera_labels labels = {.name = name, .code = code, .level = level};

    if (length > TESTER_CELLS || (*n != SIZE_MAX && length != *n)) {
        luaL_error(L, "the lists of cells differ in length");
    }
    *n = length;
    for (size_t i = 0; i < length; i++, lua_pop(L, 1)) {
        size_t k = 0;

        code[i] = -1;
        if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TSTRING) {
            continue;
        }
        while (k < labels.n_levels &&
               (level[k] == NULL || strcmp(level[k], lua_tostring(L, -1)) != 0)) {
            k++;
        }
        code[i] = (int32_t)k;
        if (k == labels.n_levels) {
            level[labels.n_levels++] =
                mera_arena_strdup(mera_tester_of(L)->arena, lua_tostring(L, -1));
            mera_tester_of(L)->no_memory = mera_tester_of(L)->no_memory || level[k] == NULL;
        }
    }
    return labels;
}

/* A table of parameters (or nil) as a methodology would give them. */
static const mera_value *tester_params(lua_State *L, int index)
{
    mera_arena *arena = mera_tester_of(L)->arena;
    mera_value *map;
    mera_entry *entry;
    size_t n = 0;

    if (lua_isnoneornil(L, index)) {
        return NULL;
    }
    luaL_checktype(L, index, LUA_TTABLE);
    map = mera_tester_room(L, 1, sizeof *map);
    entry = mera_tester_room(L, 64, sizeof *entry);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        mera_value *value = NULL;
        const bool text = lua_type(L, -1) == LUA_TSTRING;
        char number[32];
        const char *as_text = number;

        if (lua_type(L, -2) != LUA_TSTRING || n == 64) {
            luaL_error(L, "parameters are a table of at most 64 names");
        }
        if (lua_type(L, -1) == LUA_TNUMBER) {
            mera_number_write(lua_tonumber(L, -1), number);
        } else {
            as_text = text ? lua_tostring(L, -1) : lua_toboolean(L, -1) ? "true" : "false";
        }
        if (mera_value_scalar(arena, mera_arena_strdup(arena, as_text), text, MERA_NOWHERE,
                              &value) != MERA_OK) {
            mera_box_trip(L, MERA_TRIP_BYTES);
        }
        entry[n++] =
            (mera_entry){mera_arena_strdup(arena, lua_tostring(L, -2)), MERA_NOWHERE, value};
    }
    *map = (mera_value){.kind = MERA_VALUE_MAP, .n = n, .entries = entry};
    return map;
}

/* The item "name", or "section.name" when several kinds have one of that name. */
static const mera_plugin_item *tester_item(lua_State *L, const char *name)
{
    const mera_plugin *plugin = mera_tester_of(L)->plugin;
    const char *names[128], *near;
    size_t n = 0;

    for (size_t i = 0; i < plugin->manifest.n_items; i++) {
        const mera_manifest_item *item = plugin->item[i].item;
        const size_t section = strlen(item->section);

        if (strcmp(item->name, name) == 0 ||
            (strncmp(name, item->section, section) == 0 && name[section] == '.' &&
             strcmp(name + section + 1, item->name) == 0)) {
            return &plugin->item[i];
        }
        if (n < sizeof names / sizeof *names) {
            names[n++] = item->name;
        }
    }
    near = mera_nearest(name, names, n);
    if (near != NULL) {
        luaL_error(L, "the plugin has no '%s'; did you mean '%s'?", name, near);
    }
    luaL_error(L, "the plugin has no '%s'", name);
    return NULL; /* not reached */
}

/* ---- inputs by kind ---------------------------------------------------------------------- */

/* Columns and texts by name: of indicators and checks. */
static void tester_named(lua_State *L, const mera_plugin_item *entry, mera_compute *c,
                         mera_around *around)
{
    const mera_manifest_item *item = entry->item;
    const mera_text_list *reads = item->reads.n > 0 ? &item->reads : &item->scores;
    const double **in = mera_tester_room(L, reads->n, sizeof *in);
    mera_labels *labels = mera_tester_room(L, item->attributes.n, sizeof *labels);

    luaL_checktype(L, 2, LUA_TTABLE);
    for (size_t i = 0; i < reads->n; i++) {
        if (lua_getfield(L, 2, reads->v[i]) != LUA_TTABLE) {
            luaL_error(L, "'%s' reads '%s': give it a list of cells", item->name, reads->v[i]);
        }
        in[i] = mera_tester_cells(L, -1, &c->n);
        lua_pop(L, 1);
    }
    for (size_t i = 0; i < item->attributes.n; i++) {
        if (lua_getfield(L, 2, item->attributes.v[i]) != LUA_TTABLE) {
            luaL_error(L, "'%s' reads the texts of '%s': give it a list of texts", item->name,
                       item->attributes.v[i]);
        }
        labels[i] = tester_labels(L, item->attributes.v[i], &c->n);
        lua_pop(L, 1);
    }
    c->in = in;
    c->k = reads->n;
    around->labels = labels;
    around->n_labels = item->attributes.n;
}

/* A list of children, and weights among the options. */
static void tester_children(lua_State *L, mera_compute *c)
{
    const double **in;
    size_t k;

    luaL_checktype(L, 2, LUA_TTABLE);
    k = lua_rawlen(L, 2);
    in = mera_tester_room(L, k, sizeof *in);
    for (size_t j = 0; j < k; j++) {
        lua_rawgeti(L, 2, (lua_Integer)j + 1);
        in[j] = mera_tester_cells(L, -1, &c->n);
        lua_pop(L, 1);
    }
    c->in = in;
    c->k = k;
    if (lua_istable(L, 4) && lua_getfield(L, 4, "weights") == LUA_TTABLE) {
        c->w = mera_tester_cells(L, -1, &k);
    }
}

static void tester_one_column(lua_State *L, mera_compute *c)
{
    const double **in = mera_tester_room(L, 1, sizeof *in);

    in[0] = mera_tester_cells(L, 2, &c->n);
    c->in = in;
    c->k = 1;
}

/* Units and the period: made up unless the options say them. */
static void tester_around(lua_State *L, size_t n, mera_around *around)
{
    mera_arena *arena = mera_tester_of(L)->arena;
    const char **key = mera_tester_room(L, n, sizeof *key),
               **period = mera_tester_room(L, 1, sizeof *period);

    for (size_t i = 0; i < n; i++) {
        key[i] = mera_arena_printf(arena, "unit %zu", i + 1);
    }
    *period = "2024";
    if (lua_istable(L, 4)) {
        if (lua_getfield(L, 4, "units") == LUA_TTABLE) {
            for (size_t i = 0; i < n && lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TSTRING;
                 i++) {
                key[i] = mera_arena_strdup(arena, lua_tostring(L, -1));
                lua_pop(L, 1);
            }
        }
        if (lua_getfield(L, 4, "period") == LUA_TSTRING) {
            *period = mera_arena_strdup(arena, lua_tostring(L, -1));
        }
    }
    for (size_t i = 0; i < n; i++) {
        mera_tester_of(L)->no_memory = mera_tester_of(L)->no_memory || key[i] == NULL;
    }
    around->n = n;
    around->unit_key = around->unit_name = key;
    around->n_periods = 1;
    around->period_label = period;
}

/* ---- t ----------------------------------------------------------------------------------- */

static void tester_push_cells(lua_State *L, const double *y, size_t n)
{
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        if (isnan(y[i])) {
            lua_pushboolean(L, 0);
        } else {
            lua_pushnumber(L, y[i]);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void tester_push_findings(lua_State *L, const mera_op_findings *found)
{
    static const char *const levels[] = {"note", "warning", "error"};

    lua_newtable(L);
    for (size_t i = 0; i < found->n; i++) {
        lua_newtable(L);
        mera_box_push_text(L, found->v[i].text);
        lua_setfield(L, -2, "text");
        mera_box_push_text(L, levels[found->v[i].severity]);
        lua_setfield(L, -2, "level");
        mera_box_push_text(L, found->v[i].units);
        lua_setfield(L, -2, "units");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void tester_inputs(lua_State *L, const mera_plugin_item *entry, mera_compute *c,
                          mera_around *around)
{
    if (entry->op.derive != NULL || entry->op.examine != NULL) {
        tester_named(L, entry, c, around);
    } else if (entry->op.weigh != NULL || entry->op.aggregate != NULL) {
        tester_children(L, c);
    } else {
        tester_one_column(L, c);
    }
}

int mera_tester_run(lua_State *L)
{
    tester *self = mera_tester_of(L);
    const mera_plugin_item *entry = tester_item(L, luaL_checkstring(L, 1));
    mera_op_findings found = {0, NULL};
    mera_around around = {.n_periods = 1};
    mera_compute c = {.op = &entry->op,
                      .arena = self->arena,
                      .diags = mera_diags_new(self->arena),
                      .n = SIZE_MAX,
                      .around = &around,
                      .findings = &found};
    const mera_value *given;
    void *params;
    double *y;

    lua_settop(L, 4);
    given = tester_params(L, 3);
    tester_inputs(L, entry, &c, &around);
    tester_around(L, c.n == SIZE_MAX ? 0 : c.n, &around);
    c.n = around.n;
    mera_tester_periods(L, entry, &c, &around);
    if (self->no_memory || c.diags == NULL) {
        return mera_box_trip(L, MERA_TRIP_BYTES);
    }
    y = mera_tester_room(L, c.n + c.k, sizeof *y);
    if (mera_op_bind(c.op, given, NULL, MERA_NOWHERE, self->arena, c.diags, &params) != MERA_OK) {
        return luaL_error(L, "%s", mera_compute_why(c.diags));
    }
    c.params = params;
    if (mera_compute_run(&c, y) != MERA_OK) {
        return luaL_error(L, "%s", mera_compute_why(c.diags));
    }
    if (c.op->examine != NULL) {
        tester_push_findings(L, &found);
    } else {
        tester_push_cells(L, y, mera_compute_size(&c));
    }
    return 1;
}
