/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Other periods of a column, and dates. Only a column as it was read knows its other periods: a
 * computed one belongs to the period under way. Where all labels are whole numbers (years),
 * "one period ago" means a label that is one less, so a gap in the years is a gap here too.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "lua/column.h"
#include "lua/dates.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

static const mera_around *time_around(lua_State *L, const char *function)
{
    const mera_around *around = mera_box_of(L)->around;

    if (around == NULL) {
        luaL_error(L, "%s is known only while an indicator is computed", function);
    }
    return around;
}

/* ---- other periods ----------------------------------------------------------------------- */

static bool time_label_number(const char *label, double *x)
{
    return mera_number_read(label, strlen(label), x) && *x == floor(*x);
}

/* The period `back` periods before the one under way, or SIZE_MAX. */
static size_t time_ago(const mera_around *around, lua_Integer back)
{
    bool numbers = true;
    double now = 0, then;

    for (size_t p = 0; p < around->n_periods; p++) {
        numbers = numbers && time_label_number(around->period_label[p], &then);
    }
    if (!numbers) {
        return (lua_Integer)around->period >= back ? around->period - (size_t)back : SIZE_MAX;
    }
    (void)time_label_number(around->period_label[around->period], &now);
    for (size_t p = 0; p < around->n_periods; p++) {
        if (time_label_number(around->period_label[p], &then) && then == now - (double)back) {
            return p;
        }
    }
    return SIZE_MAX;
}

/* The column at index 1 with its periods; raises when it has none. */
static const mera_lua_column *time_column(lua_State *L, const char *function,
                                          const mera_around **around)
{
    const mera_lua_column *x = mera_lua_column_at(L, 1);

    *around = time_around(L, function);
    if (x->source == 0) {
        luaL_error(L,
                   "%s: a computed column has no other periods; take it of the columns as they are "
                   "read, and compute with the results",
                   function);
    }
    if ((*around)->past == NULL) {
        luaL_error(L,
                   "%s: other periods are not at hand; a plugin's indicator declares "
                   "'periods = \"all\"' to look at them",
                   function);
    }
    mera_box_charge(L, 1 + x->n / 8);
    return x;
}

static const double *time_cells(const mera_around *around, const mera_lua_column *x, size_t period)
{
    return period == SIZE_MAX ? NULL : around->past[(x->source - 1) * around->n_periods + period];
}

static lua_Integer time_back(lua_State *L, lua_Integer least)
{
    const lua_Integer back = luaL_optinteger(L, 2, 1);

    luaL_argcheck(L, back >= least && back <= 1000, 2, "a number of periods lies up to 1000");
    return back;
}

int mera_lua_lag(lua_State *L)
{
    const lua_Integer back = time_back(L, 0);
    const mera_around *around;
    const mera_lua_column *x = time_column(L, "lag", &around);
    const double *cells = time_cells(around, x, time_ago(around, back));
    double *y;

    mera_lua_column_new(L, x->n, &y);
    for (size_t i = 0; i < x->n; i++) {
        y[i] = cells == NULL ? NAN : cells[i];
    }
    return 1;
}

int mera_lua_change(lua_State *L)
{
    const lua_Integer back = time_back(L, 1);
    const mera_around *around;
    const mera_lua_column *x = time_column(L, "change", &around);
    const double *cells = time_cells(around, x, time_ago(around, back));
    double *y;

    mera_lua_column_new(L, x->n, &y);
    for (size_t i = 0; i < x->n; i++) {
        y[i] = cells == NULL ? NAN : x->v[i] - cells[i];
        y[i] = isfinite(y[i]) ? y[i] : NAN;
    }
    return 1;
}

int mera_lua_mean_over(lua_State *L)
{
    const lua_Integer periods = luaL_checkinteger(L, 2);
    const mera_around *around;
    const mera_lua_column *x = time_column(L, "mean_over", &around);
    double *y, *count;

    luaL_argcheck(L, periods >= 1 && periods <= 1000, 2, "periods lie between 1 and 1000");
    mera_box_charge(L, (size_t)periods * (1 + x->n / 8));
    mera_lua_column_new(L, x->n, &count);
    mera_lua_column_new(L, x->n, &y);
    memset(count, 0, x->n * sizeof *count);
    memset(y, 0, x->n * sizeof *y);
    for (lua_Integer back = periods; back-- > 0;) {
        const double *cells = time_cells(around, x, time_ago(around, back));

        for (size_t i = 0; cells != NULL && i < x->n; i++) {
            y[i] += isnan(cells[i]) ? 0 : cells[i];
            count[i] += isnan(cells[i]) ? 0 : 1;
        }
    }
    for (size_t i = 0; i < x->n; i++) {
        y[i] = count[i] > 0 && isfinite(y[i]) ? y[i] / count[i] : NAN;
    }
    return 1;
}

/* ---- the period under way ---------------------------------------------------------------- */

static const char *time_label(lua_State *L, const char *function)
{
    const mera_around *around = time_around(L, function);

    return around->period_label[around->period];
}

int mera_lua_period(lua_State *L)
{
    mera_box_push_text(L, time_label(L, "period()"));
    return 1;
}

/* "2024", "2024-05", "2024-Q2", "2024Q2": the first month and how many months it is. */
static bool time_span(const char *label, int64_t *year, int64_t *month, int64_t *months)
{
    size_t n = 0;
    char mark;

    *year = 0;
    for (; n < 4 && label[n] >= '0' && label[n] <= '9'; n++) {
        *year = *year * 10 + (label[n] - '0');
    }
    *month = 1;
    *months = 12;
    if (n < 4 || label[4] == '\0') {
        return n == 4;
    }
    label += label[4] == '-' ? 5 : 4;
    mark = *label;
    if ((mark == 'Q' || mark == 'q') && label[1] >= '1' && label[1] <= '4' && label[2] == '\0') {
        *month = 3 * (label[1] - '1') + 1;
        *months = 3;
        return true;
    }
    if (mark < '0' || mark > '1' || label[1] < '0' || label[1] > '9' || label[2] != '\0') {
        return false;
    }
    *month = (mark - '0') * 10 + (label[1] - '0');
    *months = 1;
    return *month >= 1 && *month <= 12;
}

static int time_edge(lua_State *L, const char *function, bool end)
{
    const char *label = time_label(L, function);
    int64_t year, month, months;

    if (!time_span(label, &year, &month, &months)) {
        return luaL_error(L, "%s: the period '%s' is no year, month (2024-05) or quarter (2024-Q2)",
                          function, label);
    }
    lua_pushnumber(L, mera_dates_days_to(year, month + (end ? months : 0)));
    return 1;
}

int mera_lua_period_start(lua_State *L)
{
    return time_edge(L, "period_start()", false);
}

int mera_lua_period_end(lua_State *L)
{
    return time_edge(L, "period_end()", true);
}

int mera_lua_year(lua_State *L)
{
    const char *label = time_label(L, "year()");
    int64_t year, month, months;

    if (!time_span(label, &year, &month, &months)) {
        return luaL_error(L, "year(): the period '%s' does not begin with a year", label);
    }
    lua_pushinteger(L, (lua_Integer)year);
    return 1;
}

int mera_lua_date(lua_State *L)
{
    const char *text = luaL_checkstring(L, 1);
    double days;

    if (!mera_dates_read(text, &days)) {
        return luaL_error(L, "date: '%s' is no date like 2024-05-31 or 31.05.2024", text);
    }
    lua_pushnumber(L, days);
    return 1;
}
