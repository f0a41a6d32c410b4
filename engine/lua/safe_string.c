/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The string library of the allow-list. Stock functions that are linear in their arguments are
 * charged; those with patterns run on our own matcher; rep and format mind the size first.
 */
#include <lualib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "lua/pattern.h"
#include "lua/safe.h"
#include "lua/sandbox.h"

/* ---- find and match ---------------------------------------------------------------------- */

/* "init" of find and match: from 1, negative from the end; SIZE_MAX = past the end. */
static size_t string_start(lua_State *L, int index, size_t n)
{
    const lua_Integer at = luaL_optinteger(L, index, 1);

    if (at > 0) {
        return (lua_Unsigned)at - 1 > n ? SIZE_MAX : (size_t)at - 1;
    }
    return at == 0 || (lua_Unsigned)0 - (lua_Unsigned)at > n ? 0 : n - (size_t)-at;
}

static bool string_is_plain(const char *pattern, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (pattern[i] == '\0' || strchr("^$*+?.([%-", pattern[i]) != NULL) {
            return false;
        }
    }
    return true;
}

static int string_find_plain(lua_State *L, const char *text, size_t n, size_t from)
{
    size_t n_wanted;
    const char *wanted = lua_tolstring(L, 2, &n_wanted), *found;

    mera_box_charge(L, (n - from) / 8);
    found = memmem(text + from, n - from, wanted, n_wanted);
    if (found == NULL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, found - text + 1);
    lua_pushinteger(L, found - text + (lua_Integer)n_wanted);
    return 2;
}

/* The first match from `at` on, or NULL; *end is its end. */
static const char *string_search(mera_pattern *m, const char *at, const char **end)
{
    do {
        *end = mera_pattern_match(m, at);
        if (*end != NULL) {
            return at;
        }
    } while (at++ < m->text_end && !m->anchored);
    return NULL;
}

static int string_find_or_match(lua_State *L, bool find)
{
    size_t n, n_pattern;
    const char *text = luaL_checklstring(L, 1, &n), *at, *end;
    const char *pattern = luaL_checklstring(L, 2, &n_pattern);
    const size_t from = string_start(L, 3, n);
    mera_pattern m;

    if (from == SIZE_MAX) {
        lua_pushnil(L);
        return 1;
    }
    if (find && (lua_toboolean(L, 4) || string_is_plain(pattern, n_pattern))) {
        return string_find_plain(L, text, n, from);
    }
    mera_pattern_start(&m, L, text, n, pattern, n_pattern, true);
    at = string_search(&m, text + from, &end);
    if (at == NULL) {
        lua_pushnil(L);
        return 1;
    }
    if (!find) {
        return mera_pattern_push(&m, at, end);
    }
    lua_pushinteger(L, at - text + 1);
    lua_pushinteger(L, end - text);
    return 2 + mera_pattern_push(&m, NULL, NULL);
}

static int string_find(lua_State *L)
{
    return string_find_or_match(L, true);
}

static int string_match(lua_State *L)
{
    return string_find_or_match(L, false);
}

/* ---- gmatch ------------------------------------------------------------------------------ */

/* Upvalues: text, pattern, offset to go on from, offset of the last match's end (or -1). */
static int string_gmatch_step(lua_State *L)
{
    size_t n, n_pattern;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &n), *end;
    const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &n_pattern);
    const lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    mera_pattern m;

    mera_pattern_start(&m, L, text, n, pattern, n_pattern, false);
    for (size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(3)); at <= n; at++) {
        end = mera_pattern_match(&m, text + at);
        if (end != NULL && end - text != last) {
            lua_pushinteger(L, end - text);
            lua_pushvalue(L, -1);
            lua_replace(L, lua_upvalueindex(3));
            lua_replace(L, lua_upvalueindex(4));
            return mera_pattern_push(&m, text + at, end);
        }
    }
    lua_pushinteger(L, (lua_Integer)n + 1);
    lua_replace(L, lua_upvalueindex(3));
    return 0;
}

static int string_gmatch(lua_State *L)
{
    luaL_checkstring(L, 1);
    luaL_checkstring(L, 2);
    lua_settop(L, 2);
    lua_pushinteger(L, 0);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, string_gmatch_step, 4);
    return 1;
}

/* ---- gsub -------------------------------------------------------------------------------- */

/* Pushes the replacement text with %0 to %9 and %% filled in. */
static void string_fill_in(lua_State *L, mera_pattern *m, const char *at, const char *end)
{
    size_t n;
    const char *text = lua_tolstring(L, 3, &n);
    luaL_Buffer buffer;

    luaL_buffinit(L, &buffer);
    for (size_t i = 0; i < n; i++) {
        mera_box_charge(L, 1);
        if (text[i] != '%') {
            luaL_addchar(&buffer, text[i]);
        } else if (++i < n && text[i] == '%') {
            luaL_addchar(&buffer, '%');
        } else if (i < n && text[i] == '0') {
            luaL_addlstring(&buffer, at, (size_t)(end - at));
        } else if (i < n && text[i] >= '1' && text[i] <= '9') {
            mera_pattern_push_one(m, text[i] - '1', at, end);
            luaL_tolstring(L, -1, NULL);
            lua_remove(L, -2);
            luaL_addvalue(&buffer);
        } else {
            luaL_error(L, "gsub: '%%' in the replacement wants a digit or another '%%'");
        }
    }
    luaL_pushresult(&buffer);
}

/* Pushes what stands for one match: from a text, a table or a function. */
static void string_replacement(lua_State *L, mera_pattern *m, const char *at, const char *end)
{
    switch (lua_type(L, 3)) {
    case LUA_TTABLE:
        mera_pattern_push_one(m, 0, at, end);
        lua_gettable(L, 3);
        break;
    case LUA_TFUNCTION: {
        int n;

        lua_pushvalue(L, 3);
        n = mera_pattern_push(m, at, end);
        lua_call(L, n, 1);
        break;
    }
    default:
        string_fill_in(L, m, at, end);
        return;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        lua_pushlstring(L, at, (size_t)(end - at));
    } else if (lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER) {
        luaL_error(L, "gsub: a %s cannot replace text", luaL_typename(L, -1));
    }
}

/* The result grows in a table of pieces: a buffer on the stack could not outlive the script's own
 * function. Pieces are joined at the end. */
static void string_add_piece(lua_State *L, int pieces, size_t *total)
{
    *total += lua_rawlen(L, -1);
    mera_safe_check_size(L, *total);
    lua_rawseti(L, pieces, (lua_Integer)lua_rawlen(L, pieces) + 1);
}

static void string_join(lua_State *L, int pieces)
{
    const lua_Integer n = (lua_Integer)lua_rawlen(L, pieces);
    luaL_Buffer buffer;

    luaL_buffinit(L, &buffer);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, pieces, i);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
}

static lua_Integer string_substitute(lua_State *L, mera_pattern *m, lua_Integer most, int pieces)
{
    const char *at = m->text, *copied = m->text, *last = NULL;
    lua_Integer n = 0;
    size_t total = 0;

    while (n < most) {
        const char *end = mera_pattern_match(m, at);

        if (end != NULL && end != last) {
            n++;
            lua_pushlstring(L, copied, (size_t)(at - copied));
            string_add_piece(L, pieces, &total);
            string_replacement(L, m, at, end);
            lua_tostring(L, -1); /* a number becomes its text */
            string_add_piece(L, pieces, &total);
            at = last = copied = end;
        } else if (at < m->text_end) {
            at++;
        } else {
            break;
        }
        if (m->anchored) {
            break;
        }
    }
    lua_pushlstring(L, copied, (size_t)(m->text_end - copied));
    string_add_piece(L, pieces, &total);
    return n;
}

static int string_gsub(lua_State *L)
{
    size_t n, n_pattern;
    const char *text = luaL_checklstring(L, 1, &n);
    const char *pattern = luaL_checklstring(L, 2, &n_pattern);
    const int type = lua_type(L, 3);
    const lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)n + 1);
    mera_pattern m;
    lua_Integer replaced;

    luaL_argexpected(L,
                     type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TTABLE ||
                         type == LUA_TFUNCTION,
                     3, "text, table or function");
    lua_settop(L, 4);
    lua_newtable(L);
    mera_pattern_start(&m, L, text, n, pattern, n_pattern, true);
    replaced = string_substitute(L, &m, most, 5);
    string_join(L, 5);
    lua_pushinteger(L, replaced);
    return 2;
}

/* ---- rep and format ---------------------------------------------------------------------- */

static int string_rep(lua_State *L)
{
    size_t n, n_between;
    const char *text = luaL_checklstring(L, 1, &n);
    const lua_Integer times = luaL_checkinteger(L, 2);
    const char *between = luaL_optlstring(L, 3, "", &n_between);
    luaL_Buffer buffer;

    if (times <= 0 || n + n_between == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((lua_Unsigned)times > MERA_LUA_TEXT_MAX + 1) {
        return luaL_error(L, "a text repeated %I times is too long; at most %d bytes are allowed",
                          (LUAI_UACINT)times, (int)MERA_LUA_TEXT_MAX);
    }
    mera_safe_check_size(L, (size_t)times * n + (size_t)(times - 1) * n_between);
    mera_box_charge(L, (size_t)times);
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = 0; i < times; i++) {
        luaL_addlstring(&buffer, text, n);
        if (i + 1 < times) {
            luaL_addlstring(&buffer, between, n_between);
        }
    }
    luaL_pushresult(&buffer);
    return 1;
}

/* %p would show an address; so would %s of a table, which becomes its own text first. */
static int string_format(lua_State *L)
{
    size_t n, total, piece;
    const char *format = luaL_checklstring(L, 1, &n);

    total = n;
    for (size_t i = 0; i + 1 < n; i++) {
        if (format[i] == '%') {
            for (i++; i < n && strchr("-+ #0123456789.", format[i]) != NULL && format[i] != 0;) {
                i++;
            }
            if (i < n && format[i] == 'p') {
                return luaL_error(L, "string.format: '%%p' is not available in a mera plugin: "
                                     "addresses differ from run to run");
            }
        }
    }
    for (int i = lua_gettop(L); i > 1; i--) {
        piece = 100;
        if (lua_type(L, i) != LUA_TNUMBER && lua_type(L, i) != LUA_TSTRING) {
            mera_safe_text(L, i, &piece);
            lua_replace(L, i);
        } else if (lua_type(L, i) == LUA_TSTRING) {
            piece = lua_rawlen(L, i);
        } else if (lua_tonumber(L, i) != lua_tonumber(L, i)) {
            lua_pushnumber(L, NAN); /* the sign of a NaN differs between computers */
            lua_replace(L, i);
        }
        total += piece;
    }
    mera_box_charge(L, total / 8);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void mera_safe_push_string(lua_State *L)
{
    static const luaL_Reg own[] = {
        {"find", string_find},   {"gmatch", string_gmatch}, {"gsub", string_gsub},
        {"match", string_match}, {"rep", string_rep},       {NULL, NULL},
    };
    static const char *const stock[] = {"byte",  "char",    "len", "lower",
                                        "upper", "reverse", "sub", NULL};

    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 0);
    luaL_newlib(L, own);
    mera_safe_borrow(L, -2, stock);
    lua_getfield(L, -2, "format");
    lua_pushcclosure(L, string_format, 1);
    lua_setfield(L, -2, "format");
    lua_remove(L, -2);
}
