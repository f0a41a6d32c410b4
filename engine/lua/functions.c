/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The list of functions over columns. In all of them a missing cell stays missing unless the help
 * says otherwise, and an answer that does not exist (log 0, 0/0) is missing and counted.
 */
#include "lua/functions.h"

#include <string.h>

#include "base/text.h"

enum { FUNCTIONS_MAX = 120, BOTH = MERA_LUA_METHOD | MERA_LUA_FREE };

static const mera_lua_function functions_list[] = {
    {"abs", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column", "absolute value", mera_lua_abs},
    {"any_of", MERA_LUA_LABELS, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "t, list", "column",
     "1 where the text is one of a list of texts, else 0", mera_lua_labels_any_of},
    {"ceil", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column", "smallest integer not below",
     mera_lua_ceil},
    {"change", BOTH, MERA_THEME_PERIODS, MERA_LUA_KEEPS, "x, periods = 1", "column",
     "x less its value some periods ago; x is a column as it was read", mera_lua_change},
    {"clip", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, lowest = nil, highest = nil", "column",
     "values outside the limits moved onto them; nil leaves a side open", mera_lua_clip},
    {"contains", MERA_LUA_LABELS, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "t, text", "column",
     "1 where the text has another one in it, else 0", mera_lua_labels_contains},
    {"correlation", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x, y", "number",
     "Pearson's correlation over the units at which both are present", mera_lua_correlation},
    {"count", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "number",
     "how many values are present", mera_lua_count},
    {"date", MERA_LUA_FREE, MERA_THEME_PERIODS, MERA_LUA_KEEPS, "text", "number",
     "days from 1970-01-01 to a date, 2024-05-31 or 31.05.2024", mera_lua_date},
    {"date", MERA_LUA_LABELS, MERA_THEME_PERIODS, MERA_LUA_KEEPS, "t", "column",
     "texts like 2024-05-31 or 31.05.2024 as days from 1970-01-01; missing where a text is no date",
     mera_lua_labels_date},
    {"distance", MERA_LUA_FREE, MERA_THEME_PLACES, MERA_LUA_KEEPS,
     "latitude, longitude, latitude2, longitude2", "column",
     "great-circle distance in km between places in degrees, on a sphere of 6371.0088 km",
     mera_lua_distance},
    {"eq", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y", "column", "1 where x equals y, else 0",
     mera_lua_eq},
    {"eq", MERA_LUA_LABELS, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "t, text", "column",
     "1 where the text is that one, else 0", mera_lua_labels_eq},
    {"exp", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column", "e to the power of x",
     mera_lua_exp},
    {"fill", BOTH, MERA_THEME_CELLS, MERA_LUA_SAYS, "x, y", "column", "x, and y where x is missing",
     mera_lua_fill},
    {"floor", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column", "largest integer not above",
     mera_lua_floor},
    {"ge", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y", "column",
     "1 where x is at least y, else 0", mera_lua_ge},
    {"group_count", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group", "column",
     "how many values are present in the unit's group; missing where the group is",
     mera_lua_group_count},
    {"group_highest", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group", "column",
     "the highest present value of the unit's group", mera_lua_group_highest},
    {"group_lowest", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group", "column",
     "the lowest present value of the unit's group", mera_lua_group_lowest},
    {"group_mean", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group", "column",
     "mean over the unit's group; a group is given by texts or by equal numbers",
     mera_lua_group_mean},
    {"group_median", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group", "column",
     "median over the unit's group", mera_lua_group_median},
    {"group_quantile", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group, share", "column",
     "quantile of type 7 over the unit's group, share from 0 to 1", mera_lua_group_quantile},
    {"group_rank", BOTH, MERA_THEME_GROUPS, MERA_LUA_SAYS,
     "x, group, ties = 'min', first = 'highest'", "column",
     "place inside the unit's group, 1 = the first; missing where x or the group is",
     mera_lua_group_rank},
    {"group_sd", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group, kind = 'sample'", "column",
     "standard deviation over the unit's group: 'sample' (n - 1) or 'population' (n)",
     mera_lua_group_sd},
    {"group_sum", BOTH, MERA_THEME_GROUPS, MERA_LUA_SKIPS, "x, group", "column",
     "sum over the unit's group", mera_lua_group_sum},
    {"gt", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y", "column", "1 where x is above y, else 0",
     mera_lua_gt},
    {"highest", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "number",
     "the highest present value", mera_lua_highest},
    {"is_missing", BOTH, MERA_THEME_CELLS, MERA_LUA_SAYS, "x", "column",
     "1 where x is missing, else 0", mera_lua_is_missing},
    {"is_missing", MERA_LUA_LABELS, MERA_THEME_TEXTS, MERA_LUA_SAYS, "t", "column",
     "1 where there is no text, else 0", mera_lua_labels_is_missing},
    {"kurtosis", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x, kind = 'sample'", "number",
     "excess kurtosis: 'sample' (G2, as in spreadsheets) or 'population' (g2)", mera_lua_kurtosis},
    {"lag", BOTH, MERA_THEME_PERIODS, MERA_LUA_SAYS, "x, periods = 1", "column",
     "the value some periods ago, missing where there is none; periods with numbers as labels are "
     "counted by number; x is a column as it was read",
     mera_lua_lag},
    {"le", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y", "column",
     "1 where x is at most y, else 0", mera_lua_le},
    {"log", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column",
     "natural logarithm; no answer for x <= 0", mera_lua_log},
    {"log10", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column",
     "decimal logarithm; no answer for x <= 0", mera_lua_log10},
    {"log1p", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column",
     "natural logarithm of 1 + x, exact for small x", mera_lua_log1p},
    {"lowest", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "number",
     "the lowest present value", mera_lua_lowest},
    {"lt", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y", "column", "1 where x is below y, else 0",
     mera_lua_lt},
    {"mad", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "number",
     "median of the absolute distances from the median, not scaled", mera_lua_mad},
    {"max", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y, ...", "column",
     "the largest at each unit; missing if any is", mera_lua_max},
    {"mean", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "number",
     "mean over the present values", mera_lua_mean},
    {"mean", MERA_LUA_FREE, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y, ...", "column",
     "the mean at each unit; missing if any is", mera_lua_row_mean},
    {"mean_over", BOTH, MERA_THEME_PERIODS, MERA_LUA_SKIPS, "x, periods", "column",
     "mean over the present values of the last periods, the one under way among them; x is a "
     "column as it was read",
     mera_lua_mean_over},
    {"median", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "number",
     "median of the present values", mera_lua_median},
    {"median", MERA_LUA_FREE, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y, ...", "column",
     "the median at each unit; missing if any is", mera_lua_row_median},
    {"min", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y, ...", "column",
     "the smallest at each unit; missing if any is", mera_lua_min},
    {"ne", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y", "column",
     "1 where x differs from y, else 0", mera_lua_ne},
    {"nearest", MERA_LUA_FREE, MERA_THEME_PLACES, MERA_LUA_SAYS, "latitude, longitude, among",
     "column",
     "km to the nearest unit at which `among` is present and not 0; 0 at such a unit itself; "
     "missing where a place is",
     mera_lua_nearest},
    {"nearest_other", MERA_LUA_FREE, MERA_THEME_PLACES, MERA_LUA_SAYS, "latitude, longitude",
     "column", "km to the nearest other unit; missing where a place is", mera_lua_nearest_other},
    {"nearest_value", MERA_LUA_FREE, MERA_THEME_PLACES, MERA_LUA_SAYS,
     "latitude, longitude, among, x", "column",
     "x at the nearest unit at which `among` is present and not 0; of equally near ones the lower "
     "value",
     mera_lua_nearest_value},
    {"normal", MERA_LUA_FREE, MERA_THEME_RANDOM, MERA_LUA_SAYS, "stream", "column",
     "standard normal numbers, the same for a unit in every run with the same seed; `stream` names "
     "them",
     mera_lua_normal},
    {"number", MERA_LUA_LABELS, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "t", "column",
     "texts as numbers, with a decimal point or comma; missing where a text is none",
     mera_lua_labels_number},
    {"period", MERA_LUA_FREE, MERA_THEME_PERIODS, MERA_LUA_SAYS, "", "text",
     "label of the period under way", mera_lua_period},
    {"period_end", MERA_LUA_FREE, MERA_THEME_PERIODS, MERA_LUA_SAYS, "", "number",
     "the day after the period under way, in days from 1970-01-01; its label is a year, 2024-05 or "
     "2024-Q2",
     mera_lua_period_end},
    {"period_start", MERA_LUA_FREE, MERA_THEME_PERIODS, MERA_LUA_SAYS, "", "number",
     "the first day of the period under way, in days from 1970-01-01", mera_lua_period_start},
    {"piecewise", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, at, values", "column",
     "a value function: straight lines through the points (at, values), two lists of numbers, flat "
     "beyond its ends",
     mera_lua_piecewise},
    {"pow", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y", "column",
     "x to the power of y, as x ^ y", mera_lua_pow},
    {"prefix", MERA_LUA_LABELS, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "t, n", "texts",
     "the first n characters: prefix(2) of OKTMO is the region", mera_lua_labels_prefix},
    {"present_share", MERA_LUA_FREE, MERA_THEME_LISTS, MERA_LUA_SAYS, "columns, weights", "column",
     "share of the weights of a list of columns that is present at each unit",
     mera_lua_present_share},
    {"quantile", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x, share", "number",
     "quantile of type 7 of the present values, share from 0 to 1", mera_lua_quantile},
    {"random", MERA_LUA_FREE, MERA_THEME_RANDOM, MERA_LUA_SAYS, "stream", "column",
     "numbers from 0 up to 1, evenly spread, the same for a unit in every run with the same seed; "
     "`stream` names them",
     mera_lua_random},
    {"rank", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_KEEPS,
     "x, ties = 'min', first = 'highest'", "column",
     "place among the present values, 1 = the first; ties: min, max, mean, dense or first",
     mera_lua_rank},
    {"rank_among", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_KEEPS, "x, reference, ties = 'min'",
     "column",
     "place of each value among those of another column, 1 = its highest; ties: min, max or mean",
     mera_lua_rank_among},
    {"ratio", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y, zero_over_zero = nil", "column",
     "x / y, with a given answer where both are 0", mera_lua_ratio},
    {"round", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, digits = 0", "column",
     "rounded in decimal, half away from zero", mera_lua_round},
    {"sd", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x, kind = 'sample'", "number",
     "standard deviation of the present values: 'sample' (n - 1) or 'population' (n)", mera_lua_sd},
    {"skewness", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x, kind = 'sample'", "number",
     "skewness: 'sample' (G1, as in spreadsheets) or 'population' (g1)", mera_lua_skewness},
    {"sorted", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "column",
     "the present values in ascending order", mera_lua_sorted},
    {"sqrt", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x", "column",
     "square root; no answer for x < 0", mera_lua_sqrt},
    {"starts", MERA_LUA_LABELS, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "t, text", "column",
     "1 where the text begins with another one, else 0", mera_lua_labels_starts},
    {"sum", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x", "number",
     "sum of the present values", mera_lua_sum},
    {"sum", MERA_LUA_FREE, MERA_THEME_CELLS, MERA_LUA_KEEPS, "x, y, ...", "column",
     "the sum at each unit; missing if any is", mera_lua_row_sum},
    {"unit_key", MERA_LUA_FREE, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "", "texts",
     "the keys of the units", mera_lua_unit_key},
    {"unit_name", MERA_LUA_FREE, MERA_THEME_TEXTS, MERA_LUA_KEEPS, "", "texts",
     "the names of the units", mera_lua_unit_name},
    {"variance", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x, kind = 'sample'", "number",
     "variance of the present values: 'sample' (n - 1) or 'population' (n)", mera_lua_variance},
    {"weighted_mean", MERA_LUA_METHOD, MERA_THEME_COLUMN, MERA_LUA_SKIPS, "x, weight", "number",
     "mean over the units at which both are present, each with its weight",
     mera_lua_weighted_mean_of},
    {"weighted_mean", MERA_LUA_FREE, MERA_THEME_LISTS, MERA_LUA_SKIPS, "columns, weights", "column",
     "mean of a list of columns at each unit; a missing one is left out and the weights of the "
     "others rescaled",
     mera_lua_weighted_mean},
    {"weighted_sd", MERA_LUA_FREE, MERA_THEME_LISTS, MERA_LUA_SKIPS, "columns, weights", "column",
     "standard deviation (of a population) of a list of columns at each unit, weighted likewise",
     mera_lua_weighted_sd},
    {"where", BOTH, MERA_THEME_CELLS, MERA_LUA_KEEPS, "condition, x, y", "column",
     "x where the condition is not 0, y where it is 0, missing where it is missing; x and y may be "
     "nil for missing",
     mera_lua_where},
    {"within", MERA_LUA_FREE, MERA_THEME_PLACES, MERA_LUA_SKIPS, "latitude, longitude, km, x",
     "column",
     "sum of x over the units within so many km, the unit itself among them; missing where the "
     "unit's place is",
     mera_lua_within},
    {"year", MERA_LUA_FREE, MERA_THEME_PERIODS, MERA_LUA_SAYS, "", "number",
     "the year of the period under way; its label begins with one", mera_lua_year},
};

const mera_lua_function *mera_lua_functions(size_t *n)
{
    *n = sizeof functions_list / sizeof *functions_list;
    return functions_list;
}

bool mera_lua_function_known(const char *name, unsigned where)
{
    for (size_t i = 0; i < sizeof functions_list / sizeof *functions_list; i++) {
        if ((functions_list[i].where & where) != 0 && strcmp(functions_list[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *mera_lua_function_near(const char *name, unsigned where)
{
    const char *names[FUNCTIONS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < sizeof functions_list / sizeof *functions_list; i++) {
        if ((functions_list[i].where & where) != 0 && n < FUNCTIONS_MAX) {
            names[n++] = functions_list[i].name;
        }
    }
    return mera_nearest(name, names, n);
}

static void functions_push(lua_State *L, unsigned where)
{
    lua_newtable(L);
    for (size_t i = 0; i < sizeof functions_list / sizeof *functions_list; i++) {
        if ((functions_list[i].where & where) != 0) {
            lua_pushcfunction(L, functions_list[i].run);
            lua_setfield(L, -2, functions_list[i].name);
        }
    }
}

void mera_lua_functions_push_methods(lua_State *L)
{
    functions_push(L, MERA_LUA_METHOD);
}

void mera_lua_functions_push(lua_State *L)
{
    functions_push(L, MERA_LUA_FREE);
}

void mera_lua_functions_push_labels(lua_State *L)
{
    functions_push(L, MERA_LUA_LABELS);
}

const char *mera_lua_missing_text(mera_lua_missing missing)
{
    switch (missing) {
    case MERA_LUA_KEEPS:
        return "a missing cell gives a missing one";
    case MERA_LUA_SKIPS:
        return "missing cells take no part";
    case MERA_LUA_SAYS:
        break;
    }
    return "as said";
}

const char *mera_lua_theme_text(mera_lua_theme theme)
{
    static const char *const headings[MERA_N_THEMES] = {
        [MERA_THEME_CELLS] = "Cell by cell",        [MERA_THEME_COLUMN] = "Over a whole column",
        [MERA_THEME_GROUPS] = "By group",           [MERA_THEME_TEXTS] = "Texts of units",
        [MERA_THEME_PERIODS] = "Periods and dates", [MERA_THEME_PLACES] = "Places on the globe",
        [MERA_THEME_RANDOM] = "Random numbers",     [MERA_THEME_LISTS] = "Lists of columns",
    };
    return headings[theme];
}
