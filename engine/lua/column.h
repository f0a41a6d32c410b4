/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A column as a script sees it: an immutable userdata of doubles, NaN = missing. Columns of the
 * engine are lent without a copy; every column dies with the call it was made in, so a script
 * cannot carry one over (the check of the epoch) and a lent pointer cannot dangle.
 */
#ifndef MERA_LUA_COLUMN_H
#define MERA_LUA_COLUMN_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mera_lua_column {
    size_t n;
    const double *v; /**< own[], or lent */
    uint32_t epoch;  /**< mera_box.epoch when it was made */
    uint32_t source; /**< 1 + number of the column read that it is, unchanged; 0 = computed */
    double own[];
} mera_lua_column;

/** A column or a plain number, as operators and functions take them. */
typedef struct mera_lua_operand {
    const double *v; /**< NULL = a plain number */
    size_t n;
    double scalar;
} mera_lua_operand;

/** Makes the metatable and leaves it on the stack; methods are given to it in library.c. Runs
 * inside mera_box_call(). */
void mera_lua_column_open(lua_State *L);

/** Pushes a new column of n cells; the caller fills *cells before anything else runs. */
void mera_lua_column_new(lua_State *L, size_t n, double **cells);

/** Pushes a column that reads cells of the engine, valid for the call under way. */
void mera_lua_column_lend(lua_State *L, const double *cells, size_t n);

/** As above for column number `source` of those the call reads: it knows its other periods. */
void mera_lua_column_lend_read(lua_State *L, const double *cells, size_t n, size_t source);

/** The column at an index; raises when it is none or belongs to an earlier call. */
const mera_lua_column *mera_lua_column_at(lua_State *L, int index);

/** Is there a column (of any call) at the index? */
bool mera_lua_is_column(lua_State *L, int index);

/** The type of a value in messages: "column", "nil", "table". */
const char *mera_lua_type_name(lua_State *L, int index);

/** A column or a number at the index; raises on anything else. */
mera_lua_operand mera_lua_operand_at(lua_State *L, int index);

/** The common number of cells of operands: SIZE_MAX when all are plain numbers. Raises when two
 * columns differ. */
size_t mera_lua_common_n(lua_State *L, const mera_lua_operand *operands, size_t k);

/** Cell i of an operand. */
static inline double mera_lua_cell(const mera_lua_operand *x, size_t i)
{
    return x->v == NULL ? x->scalar : x->v[i];
}

#endif
