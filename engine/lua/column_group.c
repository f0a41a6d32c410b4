/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Functions by group of units. A group is given by texts of units or by a column of equal numbers;
 * units without a group, or whose group has no value, get a missing cell. Sums go in the order of
 * units.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lua/column.h"
#include "lua/column_stats.h"
#include "lua/functions.h"
#include "lua/labels.h"
#include "lua/sandbox.h"

/* A column and its groups: the cells with a group and a value, by group, in unit order. */
typedef struct groups {
    const mera_lua_column *x;
    const int32_t *code; /* of each unit; -1 = none */
    size_t n_groups;
    size_t *start;  /* n_groups + 1 */
    size_t *member; /* units */
    double *of;     /* the statistic of each group */
    double *y;      /* the result */
} groups;

/* ---- codes ------------------------------------------------------------------------------- */

static int groups_by_key(const void *a, const void *b)
{
    const mera_stats_entry *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key ? 1 : 0;
}

/* Numbers the distinct values of a column in ascending order. */
static const int32_t *groups_of_numbers(lua_State *L, const mera_lua_column *g, size_t *n_groups)
{
    mera_stats_entry *entry;
    int32_t *code;
    size_t n = 0;

    mera_stats_charge_sort(L, g->n);
    entry = lua_newuserdatauv(L, (g->n + 1) * sizeof *entry, 0);
    code = lua_newuserdatauv(L, (g->n + 1) * sizeof *code, 0);
    for (size_t i = 0; i < g->n; i++) {
        code[i] = -1;
        if (!isnan(g->v[i])) {
            entry[n++] = (mera_stats_entry){g->v[i], i};
        }
    }
    qsort(entry, n, sizeof *entry, groups_by_key);
    *n_groups = 0;
    for (size_t k = 0; k < n; k++) {
        *n_groups += k == 0 || entry[k].key != entry[k - 1].key ? 1 : 0;
        code[entry[k].i] = (int32_t)(*n_groups - 1);
    }
    return code;
}

static void groups_codes(lua_State *L, groups *g)
{
    size_t n;

    if (mera_lua_is_labels(L, 2)) {
        const mera_lua_labels *labels = mera_lua_labels_at(L, 2);

        g->code = labels->code;
        g->n_groups = labels->n_levels;
        n = labels->n;
    } else if (mera_lua_is_column(L, 2)) {
        const mera_lua_column *column = mera_lua_column_at(L, 2);

        g->code = groups_of_numbers(L, column, &g->n_groups);
        n = column->n;
    } else {
        luaL_typeerror(L, 2, "column of texts or of numbers");
        return; /* not reached */
    }
    if (n != g->x->n) {
        luaL_error(L, "columns of %I and %I values cannot be combined", (LUAI_UACINT)g->x->n,
                   (LUAI_UACINT)n);
    }
}

/* ---- the groups of a call ---------------------------------------------------------------- */

static void groups_sort(groups *g)
{
    memset(g->start, 0, (g->n_groups + 1) * sizeof *g->start);
    for (size_t i = 0; i < g->x->n; i++) {
        if (g->code[i] >= 0 && !isnan(g->x->v[i])) {
            g->start[g->code[i] + 1]++;
        }
    }
    for (size_t k = 0; k < g->n_groups; k++) {
        g->start[k + 1] += g->start[k];
    }
    for (size_t i = 0; i < g->x->n; i++) {
        if (g->code[i] >= 0 && !isnan(g->x->v[i])) {
            g->member[g->start[g->code[i]]++] = i;
        }
    }
    for (size_t k = g->n_groups; k > 0; k--) { /* each start stands at the next one now */
        g->start[k] = g->start[k - 1];
    }
    g->start[0] = 0;
}

static void groups_open(lua_State *L, groups *g)
{
    double *room;

    *g = (groups){.x = mera_lua_column_at(L, 1)};
    groups_codes(L, g);
    mera_box_charge(L, 1 + g->x->n + g->n_groups);
    g->start = lua_newuserdatauv(L, (g->n_groups + 1) * sizeof *g->start, 0);
    g->member = lua_newuserdatauv(L, (g->x->n + 1) * sizeof *g->member, 0);
    mera_lua_column_new(L, g->n_groups, &room);
    g->of = room;
    mera_lua_column_new(L, g->x->n, &g->y);
    groups_sort(g);
}

/* Gives each unit the statistic of its group. */
static int groups_spread(const groups *g)
{
    for (size_t i = 0; i < g->x->n; i++) {
        g->y[i] = g->code[i] < 0 || !isfinite(g->of[g->code[i]]) ? NAN : g->of[g->code[i]];
    }
    return 1;
}

/* v[n] are the present values of one group, n > 0, in unit order; may be changed. */
typedef double (*groups_statistic)(double *v, size_t n, double option);

static int groups_run(lua_State *L, groups_statistic statistic, double option, double of_none)
{
    groups g;
    double *v;

    groups_open(L, &g);
    v = lua_newuserdatauv(L, (g.x->n + 1) * sizeof *v, 0);
    for (size_t k = 0; k < g.n_groups; k++) {
        const size_t n = g.start[k + 1] - g.start[k];

        for (size_t j = 0; j < n; j++) {
            v[j] = g.x->v[g.member[g.start[k] + j]];
        }
        g.of[k] = n == 0 ? of_none : statistic(v, n, option);
    }
    lua_pop(L, 1);
    return groups_spread(&g);
}

/* ---- statistics -------------------------------------------------------------------------- */

static double groups_size(double *v, size_t n, double option)
{
    (void)v;
    (void)option;
    return (double)n;
}

static double groups_total(double *v, size_t n, double option)
{
    double sum = 0;

    (void)option;
    for (size_t i = 0; i < n; i++) {
        sum += v[i];
    }
    return sum;
}

static double groups_average(double *v, size_t n, double option)
{
    return groups_total(v, n, option) / (double)n;
}

static double groups_deviation(double *v, size_t n, double degrees)
{
    const double mean = groups_average(v, n, 0);
    double squares = 0;

    for (size_t i = 0; i < n; i++) {
        squares += (v[i] - mean) * (v[i] - mean);
    }
    return (double)n > degrees ? sqrt(squares / ((double)n - degrees)) : NAN;
}

static double groups_share(double *v, size_t n, double share)
{
    qsort(v, n, sizeof *v, mera_stats_compare);
    return mera_stats_quantile(v, n, share);
}

int mera_lua_group_count(lua_State *L)
{
    return groups_run(L, groups_size, 0, 0);
}

int mera_lua_group_sum(lua_State *L)
{
    return groups_run(L, groups_total, 0, NAN);
}

int mera_lua_group_mean(lua_State *L)
{
    return groups_run(L, groups_average, 0, NAN);
}

int mera_lua_group_sd(lua_State *L)
{
    static const char *const kinds[] = {"sample", "population", NULL};
    const double degrees = luaL_checkoption(L, 3, "sample", kinds) == 0 ? 1 : 0;

    return groups_run(L, groups_deviation, degrees, NAN);
}

static int groups_quantile(lua_State *L, double share)
{
    mera_stats_charge_sort(L, mera_lua_column_at(L, 1)->n);
    return groups_run(L, groups_share, share, NAN);
}

int mera_lua_group_quantile(lua_State *L)
{
    const double share = luaL_checknumber(L, 3);

    luaL_argcheck(L, share >= 0 && share <= 1, 3, "a share lies between 0 and 1");
    return groups_quantile(L, share);
}

int mera_lua_group_median(lua_State *L)
{
    return groups_quantile(L, 0.5);
}

int mera_lua_group_lowest(lua_State *L)
{
    return groups_quantile(L, 0);
}

int mera_lua_group_highest(lua_State *L)
{
    return groups_quantile(L, 1);
}

/* ---- ranks ------------------------------------------------------------------------------- */

int mera_lua_group_rank(lua_State *L)
{
    static const char *const ties[] = {"min", "max", "mean", "dense", "first", NULL};
    static const char *const firsts[] = {"highest", "lowest", NULL};
    const mera_stats_ties rule = (mera_stats_ties)luaL_checkoption(L, 3, "min", ties);
    const double sign = luaL_checkoption(L, 4, "highest", firsts) == 0 ? -1 : 1;
    mera_stats_entry *entry;
    groups g;

    groups_open(L, &g);
    mera_stats_charge_sort(L, g.x->n);
    entry = lua_newuserdatauv(L, (g.x->n + 1) * sizeof *entry, 0);
    for (size_t i = 0; i < g.x->n; i++) {
        g.y[i] = NAN;
    }
    for (size_t k = 0; k < g.n_groups; k++) {
        const size_t n = g.start[k + 1] - g.start[k];

        for (size_t j = 0; j < n; j++) {
            const size_t i = g.member[g.start[k] + j];

            entry[j] = (mera_stats_entry){sign * g.x->v[i], i};
        }
        mera_stats_ranks(entry, n, rule, g.y);
    }
    lua_pop(L, 1);
    return 1;
}
