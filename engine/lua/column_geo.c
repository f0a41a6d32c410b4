/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Distances between places and the nearest of many. Targets are sorted by their height above the
 * equator's plane; a search walks from a unit's own height outwards and stops where the difference
 * of heights alone is longer than the best line found. Results do not depend on the order of units:
 * of equally near targets the one with the lower value counts.
 */
#include <math.h>
#include <stdlib.h>

#include "base/sphere.h"
#include "lua/column.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

typedef struct geo_target {
    mera_point at;
    size_t unit;
} geo_target;

/* The units as points, and those among them that are looked for. */
typedef struct geo {
    size_t n;
    mera_point *at;
    bool *has;
    geo_target *target;
    size_t n_targets;
    double *y;
} geo;

/* ---- two places -------------------------------------------------------------------------- */

static bool geo_point(lua_State *L, double latitude, double longitude, mera_point *out)
{
    if (isnan(latitude) || isnan(longitude)) {
        return false;
    }
    if (!mera_point_at(latitude, longitude, out)) {
        luaL_error(L,
                   "latitude %f, longitude %f is no place: degrees from -90 to 90 and from -180 to "
                   "360 are wanted, latitude first",
                   (LUAI_UACNUMBER)latitude, (LUAI_UACNUMBER)longitude);
    }
    return true;
}

int mera_lua_distance(lua_State *L)
{
    mera_lua_operand x[4];
    size_t n;
    double *y;

    for (int j = 0; j < 4; j++) {
        x[j] = mera_lua_operand_at(L, j + 1);
    }
    n = mera_lua_common_n(L, x, 4);
    lua_settop(L, 4);
    mera_lua_column_new(L, n == SIZE_MAX ? 1 : n, &y);
    mera_box_charge(L, n == SIZE_MAX ? 1 : n);
    for (size_t i = 0; i < (n == SIZE_MAX ? 1 : n); i++) {
        mera_point a, b;

        mera_box_of(L)->unit = n == SIZE_MAX ? SIZE_MAX : i;
        y[i] = geo_point(L, mera_lua_cell(&x[0], i), mera_lua_cell(&x[1], i), &a) &&
                       geo_point(L, mera_lua_cell(&x[2], i), mera_lua_cell(&x[3], i), &b)
                   ? mera_chord_km(mera_point_chord(a, b))
                   : NAN;
    }
    mera_box_of(L)->unit = SIZE_MAX;
    if (n == SIZE_MAX) {
        lua_pushnumber(L, *y);
    }
    return 1;
}

/* ---- the units --------------------------------------------------------------------------- */

static int geo_by_height(const void *a, const void *b)
{
    const geo_target *p = a, *q = b;

    return p->at.z < q->at.z ? -1 : p->at.z > q->at.z ? 1 : 0;
}

/* Arguments 1 and 2 are latitude and longitude; argument `among` (0 = none) says who is looked
 * for. Leaves the result on top. */
static void geo_open(lua_State *L, geo *g, int among)
{
    const mera_lua_column *latitude = mera_lua_column_at(L, 1),
                          *longitude = mera_lua_column_at(L, 2);
    const mera_lua_column *looked = among == 0 ? NULL : mera_lua_column_at(L, among);

    if (latitude->n != longitude->n || (looked != NULL && looked->n != latitude->n)) {
        luaL_error(L, "columns of different lengths cannot be combined");
    }
    *g = (geo){.n = latitude->n};
    mera_box_charge(L, 4 * g->n);
    g->at = lua_newuserdatauv(L, (g->n + 1) * sizeof *g->at, 0);
    g->has = lua_newuserdatauv(L, (g->n + 1) * sizeof *g->has, 0);
    g->target = lua_newuserdatauv(L, (g->n + 1) * sizeof *g->target, 0);
    for (size_t i = 0; i < g->n; i++) {
        mera_box_of(L)->unit = i;
        g->has[i] = geo_point(L, latitude->v[i], longitude->v[i], &g->at[i]);
        if (g->has[i] && (looked == NULL || (!isnan(looked->v[i]) && looked->v[i] != 0))) {
            g->target[g->n_targets++] = (geo_target){g->at[i], i};
        }
    }
    mera_box_of(L)->unit = SIZE_MAX;
    qsort(g->target, g->n_targets, sizeof *g->target, geo_by_height);
    mera_lua_column_new(L, g->n, &g->y);
}

/* The number of targets below a height. */
static size_t geo_below(const geo *g, double height)
{
    size_t lo = 0, hi = g->n_targets;

    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;

        if (g->target[mid].at.z < height) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

/* ---- the nearest ------------------------------------------------------------------------- */

typedef struct geo_best {
    double chord, value;
} geo_best;

static void geo_try(const geo *g, size_t unit, size_t t, bool not_itself, const double *value,
                    geo_best *best)
{
    const size_t other = g->target[t].unit;
    const double chord = mera_point_chord(g->at[unit], g->target[t].at);
    const double x = value == NULL ? 0 : value[other];

    if (not_itself && other == unit) {
        return;
    }
    if (chord < best->chord || (chord == best->chord && (isnan(best->value) || x < best->value))) {
        *best = (geo_best){chord, x};
    }
}

static geo_best geo_search(lua_State *L, const geo *g, size_t unit, bool not_itself,
                           const double *value)
{
    const double height = g->at[unit].z;
    const size_t start = geo_below(g, height);
    geo_best best = {INFINITY, NAN};
    size_t steps = 0;

    for (size_t t = start; t < g->n_targets && g->target[t].at.z - height <= best.chord; t++) {
        geo_try(g, unit, t, not_itself, value, &best);
        steps++;
    }
    for (size_t t = start; t > 0 && height - g->target[t - 1].at.z <= best.chord; t--) {
        geo_try(g, unit, t - 1, not_itself, value, &best);
        steps++;
    }
    mera_box_charge(L, 1 + steps / 4);
    return best;
}

static int geo_nearest(lua_State *L, int among, bool not_itself)
{
    geo g;

    geo_open(L, &g, among);
    for (size_t i = 0; i < g.n; i++) {
        const geo_best best =
            g.has[i] ? geo_search(L, &g, i, not_itself, NULL) : (geo_best){INFINITY, NAN};

        g.y[i] = best.chord <= 2 ? mera_chord_km(best.chord) : NAN;
    }
    return 1;
}

int mera_lua_nearest(lua_State *L)
{
    return geo_nearest(L, 3, false);
}

int mera_lua_nearest_other(lua_State *L)
{
    return geo_nearest(L, 0, true);
}

int mera_lua_nearest_value(lua_State *L)
{
    const mera_lua_column *x = mera_lua_column_at(L, 4);
    geo g;

    geo_open(L, &g, 3);
    if (x->n != g.n) {
        return luaL_error(L, "columns of different lengths cannot be combined");
    }
    for (size_t i = 0; i < g.n; i++) {
        const geo_best best =
            g.has[i] ? geo_search(L, &g, i, false, x->v) : (geo_best){INFINITY, NAN};

        g.y[i] = best.chord <= 2 ? best.value : NAN;
    }
    return 1;
}

/* ---- within a distance ------------------------------------------------------------------- */

int mera_lua_within(lua_State *L)
{
    const double km = luaL_checknumber(L, 3);
    const mera_lua_column *x = mera_lua_column_at(L, 4);
    const double reach = mera_km_chord(km);
    geo g;

    luaL_argcheck(L, km >= 0, 3, "a distance is not below 0");
    geo_open(L, &g, 0);
    if (x->n != g.n) {
        return luaL_error(L, "columns of different lengths cannot be combined");
    }
    for (size_t i = 0; i < g.n; i++) {
        size_t steps = 0;

        g.y[i] = g.has[i] ? 0 : NAN;
        for (size_t t = g.has[i] ? geo_below(&g, g.at[i].z - reach) : g.n_targets;
             t < g.n_targets && g.target[t].at.z <= g.at[i].z + reach; t++, steps++) {
            const double cell = x->v[g.target[t].unit];

            if (!isnan(cell) && mera_point_chord(g.at[i], g.target[t].at) <= reach) {
                g.y[i] += cell;
            }
        }
        g.y[i] = isfinite(g.y[i]) ? g.y[i] : NAN;
        mera_box_charge(L, 1 + steps / 4);
    }
    return 1;
}
