/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Texts of units: comparing them, cutting them, reading numbers and dates from them. Every
 * question is asked once a distinct text, whatever the number of units.
 */
#include "lua/labels.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "lua/column.h"
#include "lua/dates.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

static const char labels_type[] = "mera.labels";

/* ---- making and checking ----------------------------------------------------------------- */

static mera_lua_labels *labels_push(lua_State *L, size_t bytes)
{
    mera_lua_labels *labels = lua_newuserdatauv(L, sizeof *labels + bytes, 0);

    *labels = (mera_lua_labels){.epoch = mera_box_of(L)->epoch};
    luaL_setmetatable(L, labels_type);
    return labels;
}

void mera_lua_labels_lend(lua_State *L, const int32_t *code, size_t n, const char *const *level,
                          size_t n_levels)
{
    mera_lua_labels *labels = labels_push(L, 0);

    labels->n = n;
    labels->code = code;
    labels->level = level;
    labels->n_levels = n_levels;
}

bool mera_lua_is_labels(lua_State *L, int index)
{
    return luaL_testudata(L, index, labels_type) != NULL;
}

const mera_lua_labels *mera_lua_labels_at(lua_State *L, int index)
{
    const mera_lua_labels *labels = luaL_testudata(L, index, labels_type);

    if (labels == NULL) {
        luaL_typeerror(L, index, "column of texts");
        return NULL; /* not reached */
    }
    if (labels->epoch != mera_box_of(L)->epoch) {
        luaL_argerror(L, index, "these texts belong to an earlier call; they cannot be kept");
    }
    mera_box_charge(L, 1 + labels->n / 8 + labels->n_levels);
    return labels;
}

/* ---- questions --------------------------------------------------------------------------- */

typedef double (*labels_ask)(const char *text, const char *wanted);

/* A column of what `ask` says of each unit's text. */
static int labels_column(lua_State *L, labels_ask ask, const char *wanted)
{
    const mera_lua_labels *labels = mera_lua_labels_at(L, 1);
    double *answer, *y;

    mera_lua_column_new(L, labels->n_levels, &answer);
    mera_lua_column_new(L, labels->n, &y);
    for (size_t k = 0; k < labels->n_levels; k++) {
        answer[k] = ask(labels->level[k], wanted);
    }
    for (size_t i = 0; i < labels->n; i++) {
        y[i] = labels->code[i] < 0 ? NAN : answer[labels->code[i]];
    }
    return 1;
}

static double labels_is(const char *text, const char *wanted)
{
    return strcmp(text, wanted) == 0 ? 1 : 0;
}

static double labels_begins(const char *text, const char *wanted)
{
    return mera_starts_with(text, wanted) ? 1 : 0;
}

static double labels_has(const char *text, const char *wanted)
{
    return strstr(text, wanted) != NULL ? 1 : 0;
}

int mera_lua_labels_eq(lua_State *L)
{
    return labels_column(L, labels_is, luaL_checkstring(L, 2));
}

int mera_lua_labels_starts(lua_State *L)
{
    return labels_column(L, labels_begins, luaL_checkstring(L, 2));
}

int mera_lua_labels_contains(lua_State *L)
{
    const char *wanted = luaL_checkstring(L, 2);
    const mera_lua_labels *labels = mera_lua_labels_at(L, 1);
    size_t bytes = 0;

    for (size_t k = 0; k < labels->n_levels; k++) {
        bytes += strlen(labels->level[k]);
    }
    mera_box_charge(L, bytes / 8);
    return labels_column(L, labels_has, wanted);
}

int mera_lua_labels_is_missing(lua_State *L)
{
    const mera_lua_labels *labels = mera_lua_labels_at(L, 1);
    double *y;

    mera_lua_column_new(L, labels->n, &y);
    for (size_t i = 0; i < labels->n; i++) {
        y[i] = labels->code[i] < 0 ? 1 : 0;
    }
    return 1;
}

int mera_lua_labels_any_of(lua_State *L)
{
    const mera_lua_labels *labels = mera_lua_labels_at(L, 1);
    double *answer, *y;

    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    mera_lua_column_new(L, labels->n_levels, &answer);
    mera_lua_column_new(L, labels->n, &y);
    memset(answer, 0, labels->n_levels * sizeof *answer);
    for (lua_Integer j = 1; lua_rawgeti(L, 2, j) != LUA_TNIL; j++, lua_pop(L, 1)) {
        if (lua_type(L, -1) != LUA_TSTRING) {
            return luaL_argerror(L, 2, "a list of texts is wanted");
        }
        mera_box_charge(L, labels->n_levels);
        for (size_t k = 0; k < labels->n_levels; k++) {
            answer[k] = strcmp(labels->level[k], lua_tostring(L, -1)) == 0 ? 1 : answer[k];
        }
    }
    for (size_t i = 0; i < labels->n; i++) {
        y[i] = labels->code[i] < 0 ? NAN : answer[labels->code[i]];
    }
    lua_pushvalue(L, 4);
    return 1;
}

/* ---- numbers and dates ------------------------------------------------------------------- */

static double labels_as_number(const char *text, const char *unused)
{
    char plain[64];
    size_t n = 0;
    double x;

    (void)unused;
    for (; text[n] != '\0' && n + 1 < sizeof plain; n++) {
        plain[n] = text[n];
        plain[n] = plain[n] == ',' ? '.' : plain[n];
    }
    plain[n] = '\0';
    return text[n] == '\0' && mera_number_read(plain, n, &x) && isfinite(x) ? x : NAN;
}

int mera_lua_labels_number(lua_State *L)
{
    return labels_column(L, labels_as_number, NULL);
}

static double labels_as_date(const char *text, const char *unused)
{
    double days;

    (void)unused;
    return mera_dates_read(text, &days) ? days : NAN;
}

int mera_lua_labels_date(lua_State *L)
{
    return labels_column(L, labels_as_date, NULL);
}

/* ---- cutting ----------------------------------------------------------------------------- */

/* Bytes of the first `n` characters. */
static size_t labels_cut(const char *text, size_t n)
{
    size_t at = 0;

    while (text[at] != '\0' && (n > 0 || ((unsigned char)text[at] & 0xC0) == 0x80)) {
        n -= ((unsigned char)text[at] & 0xC0) != 0x80 ? 1 : 0;
        at++;
    }
    return at;
}

/* Numbers the cut texts anew: of[k] is the number of the first text cut to the same. */
static void labels_prefix_fill(lua_State *L, const mera_lua_labels *from, size_t characters,
                               size_t bytes)
{
    const size_t room = from->n_levels;
    mera_lua_labels *to = labels_push(L, room * sizeof(char *) + from->n * sizeof(int32_t) +
                                             room * sizeof(int32_t) + bytes + room);
    const char **level = (const char **)(to + 1);
    int32_t *code = (int32_t *)(level + room), *of = code + from->n;
    char *text = (char *)(of + room);

    lua_newtable(L);
    for (size_t k = 0; k < room; k++) {
        const size_t n = labels_cut(from->level[k], characters);

        lua_pushlstring(L, from->level[k], n);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, -3) == LUA_TNUMBER) {
            of[k] = (int32_t)lua_tointeger(L, -1);
            lua_pop(L, 2);
            continue;
        }
        lua_pop(L, 1);
        of[k] = (int32_t)to->n_levels;
        lua_pushinteger(L, of[k]);
        lua_rawset(L, -3);
        memcpy(text, from->level[k], n);
        text[n] = '\0';
        level[to->n_levels++] = text;
        text += n + 1;
    }
    lua_pop(L, 1);
    for (size_t i = 0; i < from->n; i++) {
        code[i] = from->code[i] < 0 ? -1 : of[from->code[i]];
    }
    to->n = from->n;
    to->code = code;
    to->level = level;
}

int mera_lua_labels_prefix(lua_State *L)
{
    const mera_lua_labels *labels = mera_lua_labels_at(L, 1);
    const lua_Integer n = luaL_checkinteger(L, 2);
    size_t bytes = 0;

    luaL_argcheck(L, n >= 1 && n <= 1000, 2, "a number of characters lies between 1 and 1000");
    for (size_t k = 0; k < labels->n_levels; k++) {
        bytes += labels_cut(labels->level[k], (size_t)n);
    }
    mera_box_charge(L, labels->n_levels * 4);
    labels_prefix_fill(L, labels, (size_t)n, bytes);
    return 1;
}

/* ---- keys and names ---------------------------------------------------------------------- */

/* Texts of which each unit has its own: code i is text i. */
static int labels_of_units(lua_State *L, const char *function, bool keys)
{
    const mera_around *around = mera_box_of(L)->around;
    const char *const *text = around == NULL ? NULL : keys ? around->unit_key : around->unit_name;
    mera_lua_labels *labels;
    int32_t *code;

    if (text == NULL) {
        return luaL_error(L, "%s() is known only while an indicator is computed", function);
    }
    mera_box_charge(L, 1 + around->n / 8);
    labels = labels_push(L, around->n * sizeof *code);
    code = (int32_t *)(labels + 1);
    for (size_t i = 0; i < around->n; i++) {
        code[i] = (int32_t)i;
    }
    labels->n = labels->n_levels = around->n;
    labels->code = code;
    labels->level = text;
    return 1;
}

int mera_lua_unit_key(lua_State *L)
{
    return labels_of_units(L, "unit_key", true);
}

int mera_lua_unit_name(lua_State *L)
{
    return labels_of_units(L, "unit_name", false);
}

/* ---- the metatable ----------------------------------------------------------------------- */

static int labels_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)mera_lua_labels_at(L, 1)->n);
    return 1;
}

static int labels_text(lua_State *L)
{
    const mera_lua_labels *labels = luaL_checkudata(L, 1, labels_type);

    lua_pushfstring(L, "column of %I texts", (LUAI_UACINT)labels->n);
    return 1;
}

static int labels_compare(lua_State *L)
{
    return luaL_error(L, "texts of units are compared by methods, which give a column of 1 and 0: "
                         "t:eq(\"…\"), t:starts(\"…\"), t:any_of({\"…\"})");
}

static int labels_write(lua_State *L)
{
    return luaL_error(L, "texts of units cannot be changed");
}

void mera_lua_labels_open(lua_State *L)
{
    static const luaL_Reg meta[] = {
        {"__len", labels_length},
        {"__lt", labels_compare},
        {"__le", labels_compare},
        {"__eq", labels_compare},
        {"__newindex", labels_write},
        {"__tostring", labels_text},
        {NULL, NULL},
    };

    luaL_newmetatable(L, labels_type);
    luaL_setfuncs(L, meta, 0);
    lua_pushliteral(L, "column of texts");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}
