/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Functions that work cell by cell. Each takes columns and plain numbers alike; of plain numbers
 * alone it gives a number. What each does is said in functions.c.
 */
#include <math.h>

#include "base/math.h"
#include "lua/column.h"
#include "lua/functions.h"
#include "lua/kernels.h"
#include "lua/sandbox.h"
#include "mera/rounding.h"

enum { CELLS_OPERANDS = 64 };

/* Where a function writes: a new column, or one number when no operand is a column. */
typedef struct cells_out {
    double *y;
    size_t n;
    double one;
} cells_out;

static void cells_open(lua_State *L, const mera_lua_operand *operands, size_t k, cells_out *out)
{
    const size_t n = mera_lua_common_n(L, operands, k);

    out->n = n == SIZE_MAX ? 1 : n;
    if (n == SIZE_MAX) {
        out->y = &out->one;
    } else {
        mera_lua_column_new(L, n, &out->y);
    }
}

static int cells_close(lua_State *L, cells_out *out)
{
    if (out->y == &out->one) {
        lua_pushnumber(L, out->one);
    }
    return 1;
}

static const double *cells_of(const mera_lua_operand *x)
{
    return x->v == NULL ? &x->scalar : x->v;
}

/* ---- one and two operands ---------------------------------------------------------------- */

static int cells_binary(lua_State *L, mera_binary op)
{
    const mera_lua_operand x[2] = {mera_lua_operand_at(L, 1), mera_lua_operand_at(L, 2)};
    cells_out out;

    cells_open(L, x, 2, &out);
    mera_box_of(L)->undefined += mera_cell_kernels_best()->binary(
        op, cells_of(&x[0]), x[0].v != NULL, cells_of(&x[1]), x[1].v != NULL, out.n, out.y);
    return cells_close(L, &out);
}

static int cells_unary(lua_State *L, mera_unary op)
{
    const mera_lua_operand x = mera_lua_operand_at(L, 1);
    cells_out out;

    cells_open(L, &x, 1, &out);
    mera_box_of(L)->undefined += mera_cell_kernels_best()->unary(op, cells_of(&x), out.n, out.y);
    return cells_close(L, &out);
}

#define CELLS_BINARY(name, op)                    \
    int mera_lua_##name(lua_State *L)             \
    {                                             \
        return cells_binary(L, MERA_BINARY_##op); \
    }
#define CELLS_UNARY(name, op)                   \
    int mera_lua_##name(lua_State *L)           \
    {                                           \
        return cells_unary(L, MERA_UNARY_##op); \
    }

CELLS_BINARY(gt, GT)
CELLS_BINARY(ge, GE)
CELLS_BINARY(lt, LT)
CELLS_BINARY(le, LE)
CELLS_BINARY(eq, EQ)
CELLS_BINARY(ne, NE)
CELLS_BINARY(pow, POW)
CELLS_UNARY(abs, ABS)
CELLS_UNARY(exp, EXP)
CELLS_UNARY(log, LOG)
CELLS_UNARY(log1p, LOG1P)
CELLS_UNARY(log10, LOG10)
CELLS_UNARY(sqrt, SQRT)
CELLS_UNARY(floor, FLOOR)
CELLS_UNARY(ceil, CEIL)

/* ---- chosen, limited, rounded ------------------------------------------------------------ */

int mera_lua_where(lua_State *L)
{
    mera_lua_operand x[3];
    cells_out out;

    if (lua_isboolean(L, 1)) {
        return luaL_error(L, "where: the condition is true or false, not a column; columns are "
                             "compared by gt, ge, lt, le, eq and ne");
    }
    luaL_checkany(L, 3);
    for (int j = 0; j < 3; j++) {
        x[j] = j > 0 && lua_isnil(L, j + 1) ? (mera_lua_operand){NULL, SIZE_MAX, NAN}
                                            : mera_lua_operand_at(L, j + 1);
    }
    cells_open(L, x, 3, &out);
    if (out.n > 0) {
        mera_cell_kernels_best()->where(cells_of(&x[0]), x[0].v != NULL,
                                        (const double *const[]){cells_of(&x[1]), cells_of(&x[2])},
                                        (const size_t[]){x[1].v != NULL, x[2].v != NULL}, out.n,
                                        out.y);
    }
    return cells_close(L, &out);
}

int mera_lua_clip(lua_State *L)
{
    const mera_lua_operand x = mera_lua_operand_at(L, 1);
    const double lowest = luaL_optnumber(L, 2, -HUGE_VAL);
    const double highest = luaL_optnumber(L, 3, HUGE_VAL);
    cells_out out;

    luaL_argcheck(L, lowest <= highest, 2, "the lower limit is above the upper one, or missing");
    cells_open(L, &x, 1, &out);
    mera_cell_kernels_best()->clip(cells_of(&x), lowest, highest, out.n, out.y);
    return cells_close(L, &out);
}

int mera_lua_round(lua_State *L)
{
    const mera_lua_operand x = mera_lua_operand_at(L, 1);
    const lua_Integer digits = luaL_optinteger(L, 2, 0);
    cells_out out;

    luaL_argcheck(L, digits >= -15 && digits <= 15, 2, "digits lie between -15 and 15");
    cells_open(L, &x, 1, &out);
    mera_box_charge(L, out.n);
    for (size_t i = 0; i < out.n; i++) {
        out.y[i] =
            mera_round(mera_lua_cell(&x, i), (mera_rounding){MERA_ROUND_HALF_UP, (int)digits});
    }
    return cells_close(L, &out);
}

int mera_lua_fill(lua_State *L)
{
    const mera_lua_operand x[2] = {mera_lua_operand_at(L, 1), mera_lua_operand_at(L, 2)};
    cells_out out;

    cells_open(L, x, 2, &out);
    if (out.n > 0 && x[0].v != NULL) {
        mera_cell_kernels_best()->fill(x[0].v, cells_of(&x[1]), x[1].v != NULL, out.n, out.y);
    } else {
        for (size_t i = 0; i < out.n; i++) {
            out.y[i] = isnan(x[0].scalar) ? mera_lua_cell(&x[1], i) : x[0].scalar;
        }
    }
    return cells_close(L, &out);
}

int mera_lua_is_missing(lua_State *L)
{
    const mera_lua_operand x = mera_lua_operand_at(L, 1);
    cells_out out;

    cells_open(L, &x, 1, &out);
    for (size_t i = 0; i < out.n; i++) {
        out.y[i] = isnan(mera_lua_cell(&x, i)) ? 1.0 : 0.0;
    }
    return cells_close(L, &out);
}

int mera_lua_ratio(lua_State *L)
{
    const mera_lua_operand x[2] = {mera_lua_operand_at(L, 1), mera_lua_operand_at(L, 2)};
    const bool given = !lua_isnoneornil(L, 3);
    const double answer = luaL_optnumber(L, 3, NAN);
    size_t undefined = 0;
    cells_out out;

    cells_open(L, x, 2, &out);
    for (size_t i = 0; i < out.n; i++) {
        const double p = mera_lua_cell(&x[0], i), q = mera_lua_cell(&x[1], i);
        const bool zeros = given && p == 0 && q == 0;
        const double r = zeros ? answer : p / q;

        undefined += (size_t)(!zeros && !isfinite(r) && !isnan(p) && !isnan(q));
        out.y[i] = isfinite(r) ? r : NAN;
    }
    mera_box_of(L)->undefined += undefined;
    return cells_close(L, &out);
}

/* ---- across columns at each unit --------------------------------------------------------- */

static size_t cells_operands(lua_State *L, const char *name, mera_lua_operand x[CELLS_OPERANDS])
{
    const int k = lua_gettop(L);

    if (k < 2) {
        luaL_error(L,
                   "%s(x, y, ...) works across columns at each unit and wants two or more; over "
                   "the units of one column it is x:%s()",
                   name, name);
    }
    if (k > CELLS_OPERANDS) {
        luaL_error(L, "%s: more than %d columns", name, (int)CELLS_OPERANDS);
    }
    for (int j = 0; j < k; j++) {
        x[j] = mera_lua_operand_at(L, j + 1);
    }
    return (size_t)k;
}

/* Combines the row of each unit by `row`. */
static int cells_across(lua_State *L, const char *name, double (*row)(double *v, size_t k))
{
    mera_lua_operand x[CELLS_OPERANDS];
    double v[CELLS_OPERANDS] = {0};
    const size_t k = cells_operands(L, name, x);
    size_t undefined = 0;
    cells_out out;

    cells_open(L, x, k, &out);
    mera_box_charge(L, k * out.n / 8);
    for (size_t i = 0; i < out.n; i++) {
        bool present = true;
        double r;

        for (size_t j = 0; j < k; j++) {
            v[j] = mera_lua_cell(&x[j], i);
            present = present && !isnan(v[j]);
        }
        r = present ? row(v, k) : NAN;
        undefined += (size_t)(present && !isfinite(r));
        out.y[i] = isfinite(r) ? r : NAN;
    }
    mera_box_of(L)->undefined += undefined;
    return cells_close(L, &out);
}

static double row_sum(double *v, size_t k)
{
    double sum = 0;

    for (size_t j = 0; j < k; j++) {
        sum += v[j];
    }
    return sum;
}

static double row_mean(double *v, size_t k)
{
    return row_sum(v, k) / (double)k;
}

static double row_median(double *v, size_t k)
{
    for (size_t j = 1; j < k; j++) {
        const double moved = v[j];
        size_t at = j;

        for (; at > 0 && v[at - 1] > moved; at--) {
            v[at] = v[at - 1];
        }
        v[at] = moved;
    }
    return k % 2 == 1 ? v[k / 2] : (v[k / 2 - 1] + v[k / 2]) / 2;
}

static double row_min(double *v, size_t k)
{
    double least = v[0];

    for (size_t j = 1; j < k; j++) {
        least = v[j] < least ? v[j] : least;
    }
    return least;
}

static double row_max(double *v, size_t k)
{
    double most = v[0];

    for (size_t j = 1; j < k; j++) {
        most = v[j] > most ? v[j] : most;
    }
    return most;
}

int mera_lua_row_sum(lua_State *L)
{
    return cells_across(L, "sum", row_sum);
}

int mera_lua_row_mean(lua_State *L)
{
    return cells_across(L, "mean", row_mean);
}

int mera_lua_row_median(lua_State *L)
{
    return cells_across(L, "median", row_median);
}

int mera_lua_min(lua_State *L)
{
    if (lua_gettop(L) == 2) {
        return cells_binary(L, MERA_BINARY_MIN);
    }
    if (lua_gettop(L) < 2) {
        return luaL_error(L, "min(x, y, ...) works across columns at each unit and wants two or "
                             "more; over the units of one column it is x:lowest()");
    }
    return cells_across(L, "min", row_min);
}

int mera_lua_max(lua_State *L)
{
    if (lua_gettop(L) == 2) {
        return cells_binary(L, MERA_BINARY_MAX);
    }
    if (lua_gettop(L) < 2) {
        return luaL_error(L, "max(x, y, ...) works across columns at each unit and wants two or "
                             "more; over the units of one column it is x:highest()");
    }
    return cells_across(L, "max", row_max);
}
