/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Columns as userdata: making, lending, checking, and the operators. Methods are in
 * column_cells.c (cell by cell) and column_stats.c (over a whole column); functions.c names them
 * and library.c gives them to columns.
 */
#include "lua/column.h"

#include <string.h>

#include "lua/kernels.h"
#include "lua/sandbox.h"

static const char column_type[] = "mera.column";

/* ---- making and checking ----------------------------------------------------------------- */

static mera_lua_column *column_push(lua_State *L, size_t cells, size_t n)
{
    mera_lua_column *column;

    if (cells > (SIZE_MAX / 2 - sizeof *column) / sizeof(double)) {
        mera_box_trip(L, MERA_TRIP_BYTES);
    }
    mera_box_charge(L, 1 + n / 8);
    column = lua_newuserdatauv(L, sizeof *column + cells * sizeof(double), 0);
    column->n = n;
    column->v = column->own;
    column->epoch = mera_box_of(L)->epoch;
    column->source = 0;
    luaL_setmetatable(L, column_type);
    return column;
}

void mera_lua_column_new(lua_State *L, size_t n, double **cells)
{
    *cells = column_push(L, n, n)->own;
}

void mera_lua_column_lend(lua_State *L, const double *cells, size_t n)
{
    column_push(L, 0, n)->v = cells;
}

void mera_lua_column_lend_read(lua_State *L, const double *cells, size_t n, size_t source)
{
    mera_lua_column *column = column_push(L, 0, n);

    column->v = cells;
    column->source = (uint32_t)source + 1;
}

bool mera_lua_is_column(lua_State *L, int index)
{
    return luaL_testudata(L, index, column_type) != NULL;
}

const char *mera_lua_type_name(lua_State *L, int index)
{
    const bool named =
        lua_type(L, index) == LUA_TUSERDATA && luaL_getmetafield(L, index, "__name") == LUA_TSTRING;
    const char *name = named ? lua_tostring(L, -1) : luaL_typename(L, index);

    lua_pop(L, named);
    return name; /* a name of ours stays in its metatable */
}

static const mera_lua_column *column_of_this_call(lua_State *L, int index, const char *expected)
{
    const mera_lua_column *column = luaL_testudata(L, index, column_type);

    if (column == NULL) {
        luaL_typeerror(L, index, expected);
        return NULL; /* not reached */
    }
    if (column->epoch != mera_box_of(L)->epoch) {
        luaL_argerror(L, index, "this column belongs to an earlier call; columns cannot be kept");
    }
    return column;
}

const mera_lua_column *mera_lua_column_at(lua_State *L, int index)
{
    return column_of_this_call(L, index, "column");
}

mera_lua_operand mera_lua_operand_at(lua_State *L, int index)
{
    if (lua_type(L, index) == LUA_TNUMBER) {
        return (mera_lua_operand){NULL, SIZE_MAX, lua_tonumber(L, index)};
    }
    const mera_lua_column *column = column_of_this_call(L, index, "column or number");

    return (mera_lua_operand){column->v, column->n, 0};
}

size_t mera_lua_common_n(lua_State *L, const mera_lua_operand *operands, size_t k)
{
    size_t n = SIZE_MAX;

    for (size_t j = 0; j < k; j++) {
        if (operands[j].v != NULL && n != SIZE_MAX && operands[j].n != n) {
            luaL_error(L, "columns of %I and %I values cannot be combined", (LUAI_UACINT)n,
                       (LUAI_UACINT)operands[j].n);
        }
        if (operands[j].v != NULL) {
            n = operands[j].n;
        }
    }
    return n;
}

/* ---- operators --------------------------------------------------------------------------- */

/* An operator's operands are named by its sign: "arithmetic on a nil value", not "argument #2". */
static mera_lua_operand column_operand(lua_State *L, int index, const char *sign)
{
    const int type = lua_type(L, index);

    if (type != LUA_TNUMBER && (type != LUA_TUSERDATA || !mera_lua_is_column(L, index))) {
        luaL_error(L, "operator '%s' between a %s and a %s: it takes columns and numbers", sign,
                   mera_lua_type_name(L, 1), mera_lua_type_name(L, 2));
    }
    return mera_lua_operand_at(L, index);
}

static int column_operator(lua_State *L, mera_binary op, const char *sign)
{
    const mera_lua_operand x[2] = {column_operand(L, 1, sign), column_operand(L, 2, sign)};
    const size_t n = mera_lua_common_n(L, x, 2);
    double *y;

    mera_lua_column_new(L, n, &y);
    mera_box_of(L)->undefined += mera_cell_kernels_best()->binary(
        op, x[0].v == NULL ? &x[0].scalar : x[0].v, x[0].v != NULL,
        x[1].v == NULL ? &x[1].scalar : x[1].v, x[1].v != NULL, n, y);
    return 1;
}

static int column_add(lua_State *L)
{
    return column_operator(L, MERA_BINARY_ADD, "+");
}

static int column_sub(lua_State *L)
{
    return column_operator(L, MERA_BINARY_SUB, "-");
}

static int column_mul(lua_State *L)
{
    return column_operator(L, MERA_BINARY_MUL, "*");
}

static int column_div(lua_State *L)
{
    return column_operator(L, MERA_BINARY_DIV, "/");
}

static int column_pow(lua_State *L)
{
    return column_operator(L, MERA_BINARY_POW, "^");
}

static int column_unm(lua_State *L)
{
    const mera_lua_column *x = mera_lua_column_at(L, 1);
    double *y;

    mera_lua_column_new(L, x->n, &y);
    mera_cell_kernels_best()->unary(MERA_UNARY_NEG, x->v, x->n, y);
    return 1;
}

static int column_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)mera_lua_column_at(L, 1)->n);
    return 1;
}

static int column_text(lua_State *L)
{
    const mera_lua_column *x = luaL_checkudata(L, 1, column_type);

    lua_pushfstring(L, "column of %I values", (LUAI_UACINT)x->n);
    return 1;
}

/* ---- what a column refuses --------------------------------------------------------------- */

static int column_compare(lua_State *L)
{
    return luaL_error(L, "columns are compared by methods, which give a column of 1 and 0: "
                         "a:gt(b), a:ge(b), a:lt(b), a:le(b), a:eq(b), a:ne(b)");
}

static int column_write(lua_State *L)
{
    return luaL_error(L, "a column cannot be changed; compute a new one, as in "
                         "condition:where(a, b)");
}

/* ---- the metatable ----------------------------------------------------------------------- */

void mera_lua_column_open(lua_State *L)
{
    static const luaL_Reg meta[] = {
        {"__add", column_add},
        {"__sub", column_sub},
        {"__mul", column_mul},
        {"__div", column_div},
        {"__pow", column_pow},
        {"__unm", column_unm},
        {"__len", column_length},
        {"__lt", column_compare},
        {"__le", column_compare},
        {"__eq", column_compare},
        {"__newindex", column_write},
        {"__tostring", column_text},
        {NULL, NULL},
    };

    luaL_newmetatable(L, column_type);
    luaL_setfuncs(L, meta, 0);
    lua_pushliteral(L, "column");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}
