/* SPDX-License-Identifier: Apache-2.0 */
/** @file Arithmetic of whole columns that several files of functions need. */
#ifndef MERA_LUA_COLUMN_STATS_H
#define MERA_LUA_COLUMN_STATS_H

#include <lua.h>
#include <stddef.h>

typedef enum mera_stats_ties {
    TIES_MIN,
    TIES_MAX,
    TIES_MEAN,
    TIES_DENSE,
    TIES_FIRST,
} mera_stats_ties;

typedef struct mera_stats_entry {
    double key;
    size_t i;
} mera_stats_entry;

/** Pushes a number; an infinite or missing one as missing. Returns 1. */
int mera_stats_push(lua_State *L, double x);

/** For qsort() over doubles, none of them NaN. */
int mera_stats_compare(const void *a, const void *b);

/** The quantile of type 7 of sorted[n], n > 0. */
double mera_stats_quantile(const double *sorted, size_t n, double share);

/** Sorts the entries by key and writes their ranks, 1 = the lowest key, to y[entry.i]. */
void mera_stats_ranks(mera_stats_entry *entry, size_t n, mera_stats_ties ties, double *y);

/** Spends what sorting n values costs. */
void mera_stats_charge_sort(lua_State *L, size_t n);

#endif
