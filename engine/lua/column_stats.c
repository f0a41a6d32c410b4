/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Functions over a whole column. Missing cells take no part. Sums go in the order of the units.
 * Of no present values every statistic but the count and the sum is missing.
 * Quantiles are of type 7 (Hyndman and Fan, 1996); ranks: 1 = the highest unless asked otherwise.
 */
#include <math.h>
#include <stdlib.h>

#include "lua/column.h"
#include "lua/column_stats.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

/* A result that does not exist is missing; one that leaves the range of doubles is counted. */
int mera_stats_push(lua_State *L, double x)
{
    if (isinf(x)) {
        mera_box_of(L)->undefined++;
    }
    lua_pushnumber(L, isfinite(x) ? x : NAN);
    return 1;
}

static size_t stats_count(const mera_lua_column *x)
{
    size_t n = 0;

    for (size_t i = 0; i < x->n; i++) {
        n += (size_t)(x->v[i] == x->v[i]);
    }
    return n;
}

static double stats_sum(const mera_lua_column *x)
{
    double sum = 0;

    for (size_t i = 0; i < x->n; i++) {
        sum += isnan(x->v[i]) ? 0 : x->v[i];
    }
    return sum;
}

static const mera_lua_column *stats_column(lua_State *L)
{
    const mera_lua_column *x = mera_lua_column_at(L, 1);

    mera_box_charge(L, 1 + x->n / 8);
    return x;
}

int mera_lua_count(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)stats_count(stats_column(L)));
    return 1;
}

int mera_lua_sum(lua_State *L)
{
    return mera_stats_push(L, stats_sum(stats_column(L)));
}

int mera_lua_mean(lua_State *L)
{
    const mera_lua_column *x = stats_column(L);
    const size_t n = stats_count(x);

    return mera_stats_push(L, n == 0 ? NAN : stats_sum(x) / (double)n);
}

int mera_lua_sd(lua_State *L)
{
    static const char *const kinds[] = {"sample", "population", NULL};
    const mera_lua_column *x = stats_column(L);
    const size_t n = stats_count(x), degrees = luaL_checkoption(L, 2, "sample", kinds) == 0;
    const double mean = n == 0 ? NAN : stats_sum(x) / (double)n;
    double squares = 0;

    if (n <= degrees) {
        return mera_stats_push(L, NAN);
    }
    for (size_t i = 0; i < x->n; i++) {
        const double d = x->v[i] - mean;

        squares += isnan(d) ? 0 : d * d;
    }
    return mera_stats_push(L, sqrt(squares / (double)(n - degrees)));
}

static double stats_extreme(const mera_lua_column *x, double sign)
{
    double best = NAN;

    for (size_t i = 0; i < x->n; i++) {
        if (!isnan(x->v[i]) && !(sign * x->v[i] <= sign * best)) {
            best = x->v[i];
        }
    }
    return best;
}

int mera_lua_lowest(lua_State *L)
{
    return mera_stats_push(L, stats_extreme(stats_column(L), -1));
}

int mera_lua_highest(lua_State *L)
{
    return mera_stats_push(L, stats_extreme(stats_column(L), 1));
}

/* ---- sorted ------------------------------------------------------------------------------ */

int mera_stats_compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

void mera_stats_charge_sort(lua_State *L, size_t n)
{
    size_t steps = n;

    for (size_t k = n; k > 1; k /= 2) {
        steps += n;
    }
    mera_box_charge(L, steps);
}

/* Pushes the present values in ascending order as a column; no NaN reaches the sort. */
static const double *stats_push_sorted(lua_State *L, const mera_lua_column *x, size_t *n)
{
    double *y;

    *n = stats_count(x);
    mera_stats_charge_sort(L, *n);
    mera_lua_column_new(L, *n, &y);
    for (size_t i = 0, k = 0; i < x->n; i++) {
        if (!isnan(x->v[i])) {
            y[k++] = x->v[i];
        }
    }
    qsort(y, *n, sizeof *y, mera_stats_compare);
    return y;
}

int mera_lua_sorted(lua_State *L)
{
    size_t n;

    stats_push_sorted(L, stats_column(L), &n);
    return 1;
}

/* Type 7: linear between the order statistics around (n - 1) * share. */
double mera_stats_quantile(const double *sorted, size_t n, double share)
{
    const double at = (double)(n - 1) * share, below = floor(at);
    const size_t i = (size_t)below;

    if (i + 1 >= n) {
        return sorted[n - 1];
    }
    return sorted[i] + (at - below) * (sorted[i + 1] - sorted[i]);
}

static int stats_push_quantile(lua_State *L, double share)
{
    size_t n;
    const double *sorted = stats_push_sorted(L, stats_column(L), &n);

    return mera_stats_push(L, n == 0 ? NAN : mera_stats_quantile(sorted, n, share));
}

int mera_lua_quantile(lua_State *L)
{
    const double share = luaL_checknumber(L, 2);

    luaL_argcheck(L, share >= 0 && share <= 1, 2, "a share lies between 0 and 1");
    return stats_push_quantile(L, share);
}

int mera_lua_median(lua_State *L)
{
    return stats_push_quantile(L, 0.5);
}

/* ---- ranks ------------------------------------------------------------------------------- */

typedef mera_stats_ties stats_ties;
typedef mera_stats_entry stats_entry;

static int stats_compare_entries(const void *a, const void *b)
{
    const stats_entry *x = a, *y = b;

    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return (x->i > y->i) - (x->i < y->i);
}

/* The rank of the entry `k` in a run of equals [from, to), `run` runs before it. */
static double stats_place(stats_ties ties, size_t from, size_t to, size_t k, size_t run)
{
    switch (ties) {
    case TIES_MIN:
        return (double)(from + 1);
    case TIES_MAX:
        return (double)to;
    case TIES_MEAN:
        return ((double)(from + 1) + (double)to) / 2;
    case TIES_DENSE:
        return (double)(run + 1);
    case TIES_FIRST:
        break;
    }
    return (double)(k + 1);
}

void mera_stats_ranks(stats_entry *entry, size_t n, stats_ties ties, double *y)
{
    size_t run = 0;

    qsort(entry, n, sizeof *entry, stats_compare_entries);
    for (size_t from = 0, to; from < n; from = to, run++) {
        for (to = from + 1; to < n && entry[to].key == entry[from].key;) {
            to++;
        }
        for (size_t k = from; k < to; k++) {
            y[entry[k].i] = stats_place(ties, from, to, k, run);
        }
    }
}

int mera_lua_rank(lua_State *L)
{
    static const char *const all_ties[] = {"min", "max", "mean", "dense", "first", NULL};
    static const char *const firsts[] = {"highest", "lowest", NULL};
    const mera_lua_column *x = stats_column(L);
    const stats_ties ties = (stats_ties)luaL_checkoption(L, 2, "min", all_ties);
    const double sign = luaL_checkoption(L, 3, "highest", firsts) == 0 ? -1 : 1;
    stats_entry *entry;
    size_t n = 0;
    double *y;

    mera_stats_charge_sort(L, x->n);
    entry = lua_newuserdatauv(L, (x->n + 1) * sizeof *entry, 0);
    mera_lua_column_new(L, x->n, &y);
    for (size_t i = 0; i < x->n; i++) {
        y[i] = NAN;
        if (!isnan(x->v[i])) {
            entry[n++] = (stats_entry){sign * x->v[i], i};
        }
    }
    mera_stats_ranks(entry, n, ties, y);
    return 1;
}

/* How many of sorted[n] are below x (or at most x). */
static size_t stats_below(const double *sorted, size_t n, double x, bool at_most)
{
    size_t lo = 0, hi = n;

    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;

        if (sorted[mid] < x || (at_most && sorted[mid] == x)) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

/* A value that the reference does not hold stands where it would be put in. */
int mera_lua_rank_among(lua_State *L)
{
    static const char *const some_ties[] = {"min", "max", "mean", NULL};
    const mera_lua_column *x = stats_column(L), *reference = mera_lua_column_at(L, 2);
    const stats_ties ties = (stats_ties)luaL_checkoption(L, 3, "min", some_ties);
    const double *sorted;
    size_t n;
    double *y;

    sorted = stats_push_sorted(L, reference, &n);
    mera_stats_charge_sort(L, x->n);
    mera_lua_column_new(L, x->n, &y);
    for (size_t i = 0; i < x->n; i++) {
        if (isnan(x->v[i])) {
            y[i] = NAN;
        } else {
            const size_t above = n - stats_below(sorted, n, x->v[i], true);
            const size_t equal = n - above - stats_below(sorted, n, x->v[i], false);

            y[i] = stats_place(ties, above, above + (equal == 0 ? 1 : equal), 0, 0);
        }
    }
    return 1;
}
