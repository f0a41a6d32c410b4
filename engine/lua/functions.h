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
};

typedef struct mera_lua_function {
    const char *name;
    unsigned where;
    const char *params;  /**< "x, digits = 0"; the first is the column of a method */
    const char *returns; /**< "column", "number" */
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

#endif
