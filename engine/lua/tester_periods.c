/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Earlier periods in an author's test:
 * t.run("growth", now, nil, { before = { { period = "2022", a = { 1 } }, { period = "2023", … } }
 * }).
 */
#include <math.h>

#include "lua/compute.h"
#include "lua/tester.h"

enum { TESTER_PERIODS = 1000 };

/* The cells of a column in the period on top of the stack; what is not given is missing. */
static const double *periods_cells(lua_State *L, const char *name, size_t n)
{
    double *missing;

    if (lua_getfield(L, -1, name) == LUA_TTABLE) {
        const double *cells = mera_tester_cells(L, -1, &n);

        lua_pop(L, 1);
        return cells;
    }
    lua_pop(L, 1);
    missing = mera_tester_room(L, n, sizeof *missing);
    for (size_t i = 0; i < n; i++) {
        missing[i] = NAN;
    }
    return missing;
}

static const char *periods_label(lua_State *L, size_t place)
{
    const char *label;

    if (lua_type(L, -1) != LUA_TTABLE || lua_getfield(L, -1, "period") != LUA_TSTRING) {
        luaL_error(L, "entry %I of 'before' is { period = \"2022\", COLUMN = { … } }",
                   (LUAI_UACINT)place + 1);
    }
    label = mera_arena_strdup(mera_tester_of(L)->arena, lua_tostring(L, -1));
    if (label == NULL) {
        mera_box_trip(L, MERA_TRIP_BYTES);
    }
    lua_pop(L, 1);
    return label;
}

void mera_tester_periods(lua_State *L, const mera_plugin_item *entry, const mera_compute *c,
                         mera_around *around)
{
    const mera_manifest_item *item = entry->item;
    const char **label;
    const double **past;
    size_t n;

    if (!lua_istable(L, 4) || lua_getfield(L, 4, "before") != LUA_TTABLE) {
        around->past = item->periods ? c->in : NULL; /* the only one there is */
        return;
    }
    if (!item->periods) {
        luaL_error(L, "'%s' does not look at other periods: its manifest says no periods = \"all\"",
                   item->name);
    }
    n = lua_rawlen(L, -1) + 1;
    if (n > TESTER_PERIODS) {
        luaL_error(L, "'before' has at most %d periods", TESTER_PERIODS - 1);
    }
    label = mera_tester_room(L, n, sizeof *label);
    past = mera_tester_room(L, n * c->k, sizeof *past);
    for (size_t p = 0; p + 1 < n; p++, lua_pop(L, 1)) {
        lua_rawgeti(L, -1, (lua_Integer)p + 1);
        label[p] = periods_label(L, p);
        for (size_t j = 0; j < c->k; j++) {
            past[j * n + p] = periods_cells(L, item->reads.v[j], around->n);
        }
    }
    label[n - 1] = around->period_label[0];
    for (size_t j = 0; j < c->k; j++) {
        past[j * n + n - 1] = c->in[j];
    }
    around->n_periods = n;
    around->period = n - 1;
    around->period_label = label;
    around->past = past;
}
