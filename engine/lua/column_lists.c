/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Functions that take lists: value functions through points, and weighted means over a list of
 * columns as aggregators need them. At a unit a missing column is left out and the weights of the
 * others are rescaled; a unit without any present column is missing.
 */
#include <math.h>

#include "lua/column.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

enum { LISTS_MAX = 4096 };

/* Reads a list of numbers at an index into a block left on the stack. */
static double *lists_numbers(lua_State *L, int index, size_t *n)
{
    double *v;

    luaL_checktype(L, index, LUA_TTABLE);
    *n = lua_rawlen(L, index);
    luaL_argcheck(L, *n > 0 && *n <= LISTS_MAX, index, "a list of 1 to 4096 numbers is wanted");
    mera_box_charge(L, *n);
    v = lua_newuserdatauv(L, *n * sizeof *v, 0);
    for (size_t k = 0; k < *n; k++) {
        if (lua_rawgeti(L, index, (lua_Integer)k + 1) != LUA_TNUMBER ||
            !isfinite(lua_tonumber(L, -1))) {
            luaL_argerror(L, index, "a list of numbers is wanted");
        }
        v[k] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return v;
}

/* ---- value functions --------------------------------------------------------------------- */

static double lists_line(const double *at, const double *value, size_t n, double x)
{
    size_t lo = 0, hi = n - 1;

    if (x <= at[0]) {
        return value[0];
    }
    if (x >= at[n - 1]) {
        return value[n - 1];
    }
    while (hi - lo > 1) {
        const size_t mid = lo + (hi - lo) / 2;

        if (at[mid] <= x) {
            lo = mid;
        } else {
            hi = mid;
        }
    }
    return value[lo] + (x - at[lo]) / (at[hi] - at[lo]) * (value[hi] - value[lo]);
}

int mera_lua_piecewise(lua_State *L)
{
    const mera_lua_operand x = mera_lua_operand_at(L, 1);
    size_t n, n_values;
    const double *at, *value;
    double *y;

    lua_settop(L, 3);
    at = lists_numbers(L, 2, &n);
    value = lists_numbers(L, 3, &n_values);
    luaL_argcheck(L, n == n_values, 3, "as many values as points are wanted");
    for (size_t k = 1; k < n; k++) {
        luaL_argcheck(L, at[k - 1] < at[k], 2, "the points must ascend");
    }
    if (x.v == NULL) {
        lua_pushnumber(L, isnan(x.scalar) ? NAN : lists_line(at, value, n, x.scalar));
        return 1;
    }
    mera_box_charge(L, x.n);
    mera_lua_column_new(L, x.n, &y);
    for (size_t i = 0; i < x.n; i++) {
        y[i] = isnan(x.v[i]) ? NAN : lists_line(at, value, n, x.v[i]);
    }
    return 1;
}

/* ---- weighted rows ----------------------------------------------------------------------- */

typedef struct lists {
    size_t n, k;
    const double **x;
    const double *w;
    double *y;
} lists;

static void lists_open(lua_State *L, lists *a)
{
    size_t k;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    a->w = lists_numbers(L, 2, &a->k);
    luaL_argcheck(L, lua_rawlen(L, 1) == a->k, 2, "as many weights as columns are wanted");
    a->x = lua_newuserdatauv(L, a->k * sizeof *a->x, 0);
    a->n = SIZE_MAX;
    for (k = 0; k < a->k; k++) {
        const mera_lua_column *x;

        luaL_argcheck(L, a->w[k] >= 0, 2, "a weight is below 0");
        lua_rawgeti(L, 1, (lua_Integer)k + 1);
        if (!mera_lua_is_column(L, -1)) {
            luaL_argerror(L, 1, "a list of columns is wanted");
        }
        x = mera_lua_column_at(L, -1);
        luaL_argcheck(L, a->n == SIZE_MAX || a->n == x->n, 1, "the columns differ in length");
        a->n = x->n;
        a->x[k] = x->v; /* the list keeps the column alive */
        lua_pop(L, 1);
    }
    mera_box_charge(L, a->k * (1 + a->n / 8));
    mera_lua_column_new(L, a->n, &a->y);
}

/* Sum of the weights present at a unit, and of weight * value. */
static double lists_row(const lists *a, size_t i, double *sum)
{
    double weight = 0;

    *sum = 0;
    for (size_t k = 0; k < a->k; k++) {
        if (!isnan(a->x[k][i])) {
            weight += a->w[k];
            *sum += a->w[k] * a->x[k][i];
        }
    }
    return weight;
}

int mera_lua_weighted_mean(lua_State *L)
{
    lists a;

    lists_open(L, &a);
    for (size_t i = 0; i < a.n; i++) {
        double sum;
        const double weight = lists_row(&a, i, &sum);

        a.y[i] = weight > 0 && isfinite(sum) ? sum / weight : NAN;
    }
    return 1;
}

int mera_lua_weighted_sd(lua_State *L)
{
    lists a;

    lists_open(L, &a);
    for (size_t i = 0; i < a.n; i++) {
        double sum, squares = 0;
        const double weight = lists_row(&a, i, &sum);

        for (size_t k = 0; k < a.k; k++) {
            const double d = a.x[k][i] - sum / weight;

            squares += isnan(d) ? 0 : a.w[k] * d * d;
        }
        a.y[i] = weight > 0 && isfinite(squares) ? sqrt(squares / weight) : NAN;
    }
    return 1;
}

int mera_lua_present_share(lua_State *L)
{
    lists a;
    double total = 0;

    lists_open(L, &a);
    for (size_t k = 0; k < a.k; k++) {
        total += a.w[k];
    }
    for (size_t i = 0; i < a.n; i++) {
        double sum;

        a.y[i] = total > 0 ? lists_row(&a, i, &sum) / total : NAN;
    }
    return 1;
}
