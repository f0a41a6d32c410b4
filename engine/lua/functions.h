/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One list of every function over columns: name, parameters, result, help, code. From it come the
 * methods of columns, the functions of formulas, the table `mera` of plugins and the suggestions;
 * documentation and editor stubs can come from nothing else.
 */
#ifndef MERA_LUA_FUNCTIONS_H
#define MERA_LUA_FUNCTIONS_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    MERA_LUA_METHOD = 1, /**< x:name(...) */
    MERA_LUA_FREE = 2,   /**< name(x, ...) in a formula, mera.name(x, ...) in a plugin */
    MERA_LUA_LABELS = 4, /**< t:name(...) of texts of units */
};

/** What a function does with missing cells. */
typedef enum mera_lua_missing {
    MERA_LUA_KEEPS, /**< a missing cell in, a missing cell out */
    MERA_LUA_SKIPS, /**< missing cells take no part */
    MERA_LUA_SAYS,  /**< as its help says */
} mera_lua_missing;

/** What a function is about: the sections of the reference page. */
typedef enum mera_lua_theme {
    MERA_THEME_CELLS,
    MERA_THEME_COLUMN,
    MERA_THEME_GROUPS,
    MERA_THEME_TEXTS,
    MERA_THEME_PERIODS,
    MERA_THEME_PLACES,
    MERA_THEME_RANDOM,
    MERA_THEME_LISTS,
    MERA_N_THEMES,
} mera_lua_theme;

typedef struct mera_lua_function {
    const char *name;
    unsigned where;
    mera_lua_theme theme;
    mera_lua_missing missing;
    const char *params;  /**< "x, digits = 0"; the first is the column of a method */
    const char *returns; /**< "column", "number", "texts" */
    const char *help;    /**< one phrase, lower case, no full stop */
    lua_CFunction run;
} mera_lua_function;

/** The list, sorted by name. */
const mera_lua_function *mera_lua_functions(size_t *n);

/** Is there a function of that name in a place (MERA_LUA_METHOD or MERA_LUA_FREE)? */
bool mera_lua_function_known(const char *name, unsigned where);

/** The name nearest to a misspelt one, or NULL. */
const char *mera_lua_function_near(const char *name, unsigned where);

/** Pushes a table of the methods, of the free functions. */
void mera_lua_functions_push_methods(lua_State *L);
void mera_lua_functions_push(lua_State *L);
void mera_lua_functions_push_labels(lua_State *L);

/** "missing stays missing" and so on; "a field of its own" of themes: their headings. */
const char *mera_lua_missing_text(mera_lua_missing missing);
const char *mera_lua_theme_text(mera_lua_theme theme);

/* Cell by cell (column_cells.c). */
int mera_lua_gt(lua_State *L);
int mera_lua_ge(lua_State *L);
int mera_lua_lt(lua_State *L);
int mera_lua_le(lua_State *L);
int mera_lua_eq(lua_State *L);
int mera_lua_ne(lua_State *L);
int mera_lua_pow(lua_State *L);
int mera_lua_min(lua_State *L);
int mera_lua_max(lua_State *L);
int mera_lua_abs(lua_State *L);
int mera_lua_exp(lua_State *L);
int mera_lua_log(lua_State *L);
int mera_lua_log1p(lua_State *L);
int mera_lua_log10(lua_State *L);
int mera_lua_sqrt(lua_State *L);
int mera_lua_floor(lua_State *L);
int mera_lua_ceil(lua_State *L);
int mera_lua_where(lua_State *L);
int mera_lua_clip(lua_State *L);
int mera_lua_round(lua_State *L);
int mera_lua_fill(lua_State *L);
int mera_lua_is_missing(lua_State *L);
int mera_lua_ratio(lua_State *L);
int mera_lua_row_sum(lua_State *L);
int mera_lua_row_mean(lua_State *L);
int mera_lua_row_median(lua_State *L);

/* Over a whole column (column_stats.c). */
int mera_lua_count(lua_State *L);
int mera_lua_sum(lua_State *L);
int mera_lua_mean(lua_State *L);
int mera_lua_sd(lua_State *L);
int mera_lua_median(lua_State *L);
int mera_lua_quantile(lua_State *L);
int mera_lua_lowest(lua_State *L);
int mera_lua_highest(lua_State *L);
int mera_lua_sorted(lua_State *L);
int mera_lua_rank(lua_State *L);
int mera_lua_rank_among(lua_State *L);

/* Moments and pairs of columns (column_moments.c). */
int mera_lua_variance(lua_State *L);
int mera_lua_skewness(lua_State *L);
int mera_lua_kurtosis(lua_State *L);
int mera_lua_mad(lua_State *L);
int mera_lua_correlation(lua_State *L);
int mera_lua_weighted_mean_of(lua_State *L);

/* By group (column_group.c). */
int mera_lua_group_count(lua_State *L);
int mera_lua_group_highest(lua_State *L);
int mera_lua_group_lowest(lua_State *L);
int mera_lua_group_mean(lua_State *L);
int mera_lua_group_median(lua_State *L);
int mera_lua_group_quantile(lua_State *L);
int mera_lua_group_rank(lua_State *L);
int mera_lua_group_sd(lua_State *L);
int mera_lua_group_sum(lua_State *L);

/* Texts of units (labels.c). */
int mera_lua_unit_key(lua_State *L);
int mera_lua_unit_name(lua_State *L);
int mera_lua_labels_any_of(lua_State *L);
int mera_lua_labels_contains(lua_State *L);
int mera_lua_labels_date(lua_State *L);
int mera_lua_labels_eq(lua_State *L);
int mera_lua_labels_is_missing(lua_State *L);
int mera_lua_labels_number(lua_State *L);
int mera_lua_labels_prefix(lua_State *L);
int mera_lua_labels_starts(lua_State *L);

/* Periods and dates (column_time.c). */
int mera_lua_change(lua_State *L);
int mera_lua_date(lua_State *L);
int mera_lua_lag(lua_State *L);
int mera_lua_mean_over(lua_State *L);
int mera_lua_period(lua_State *L);
int mera_lua_period_end(lua_State *L);
int mera_lua_period_start(lua_State *L);
int mera_lua_year(lua_State *L);

/* Places on the globe (column_geo.c). */
int mera_lua_distance(lua_State *L);
int mera_lua_nearest(lua_State *L);
int mera_lua_nearest_other(lua_State *L);
int mera_lua_nearest_value(lua_State *L);
int mera_lua_within(lua_State *L);

/* Random numbers (column_random.c), value functions and lists of columns (column_lists.c). */
int mera_lua_normal(lua_State *L);
int mera_lua_random(lua_State *L);
int mera_lua_piecewise(lua_State *L);
int mera_lua_present_share(lua_State *L);
int mera_lua_weighted_mean(lua_State *L);
int mera_lua_weighted_sd(lua_State *L);

#endif
