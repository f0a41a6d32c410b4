/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A manifest's table as a tree of values with places: read raw (no metamethod runs), limited in
 * size and depth, its maps in the order of the text, so that nothing depends on hash seeds.
 */
#include "lua/manifest.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

enum { VALUES_DEPTH = 8, VALUES_MAX = 20000 };

static const char values_function[] = "function";

bool mera_manifest_is_function(const mera_value *value)
{
    return value->kind == MERA_VALUE_NULL && value->origin == values_function;
}

void mera_manifest_make_function(mera_value *value)
{
    value->kind = MERA_VALUE_NULL;
    value->origin = values_function;
}

void mera_manifest_fail(mera_manifest_reader *reader, mera_at at, const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reader->code = MERA_EINPUT;
    mera_fail(reader->diags, MERA_EINPUT, "plugin-manifest", at, "%s: %s", reader->speaker, text);
}

static mera_at values_place(const mera_manifest_reader *reader, const char *path, mera_at parent)
{
    const size_t i = mera_outline_find(reader->outline, path);

    if (i == SIZE_MAX) {
        return parent;
    }
    return (mera_at){reader->file, reader->outline->entry[i].line, reader->outline->entry[i].column,
                     reader->outline->entry[i].length};
}

static mera_code values_read(lua_State *L, mera_manifest_reader *reader, const char *path,
                             mera_at at, int depth, mera_value **out);

/* ---- scalars ----------------------------------------------------------------------------- */

static mera_code values_scalar(lua_State *L, mera_manifest_reader *reader, mera_value *value)
{
    char number[32];
    size_t n;
    const char *text;

    switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN:
        value->kind = MERA_VALUE_BOOL;
        value->boolean = lua_toboolean(L, -1) != 0;
        value->text = value->boolean ? "true" : "false";
        return MERA_OK;
    case LUA_TNUMBER:
        value->kind = MERA_VALUE_NUMBER;
        value->number = lua_tonumber(L, -1);
        mera_number_write(value->number, number);
        value->text = mera_arena_strdup(reader->arena, number);
        break;
    case LUA_TSTRING:
        value->kind = MERA_VALUE_TEXT;
        text = lua_tolstring(L, -1, &n);
        value->text = mera_arena_strndup(reader->arena, text, n);
        value->quoted = true;
        if (memchr(text, '\0', n) != NULL) { /* what the check of texts could not see any more */
            mera_manifest_fail(reader, value->at, "a text of the manifest has a zero byte in it");
        }
        break;
    case LUA_TFUNCTION:
        value->origin = values_function;
        return MERA_OK;
    default:
        mera_manifest_fail(reader, value->at, "a %s has no place in a manifest",
                           luaL_typename(L, -1));
        return MERA_OK;
    }
    return value->text == NULL ? MERA_ENOMEM : MERA_OK;
}

/* ---- lists and maps ---------------------------------------------------------------------- */

static mera_code values_list(lua_State *L, mera_manifest_reader *reader, const char *path,
                             int depth, mera_value *value)
{
    const mera_value **items;
    mera_value *item;

    value->kind = MERA_VALUE_LIST;
    MERA_TRY_NEW(items, reader->arena, value->n);
    for (size_t i = 0; i < value->n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        MERA_TRY(values_read(L, reader, path, value->at, depth + 1, &item));
        lua_pop(L, 1);
        items[i] = item;
    }
    value->items = items;
    return MERA_OK;
}

/* By place in the text, then by name. */
static int values_compare(const void *a, const void *b)
{
    const mera_entry *x = a, *y = b;

    if (x->at.line != y->at.line) {
        return x->at.line < y->at.line ? -1 : 1;
    }
    if (x->at.column != y->at.column) {
        return x->at.column < y->at.column ? -1 : 1;
    }
    return strcmp(x->key, y->key);
}

static mera_code values_entry(lua_State *L, mera_manifest_reader *reader, const char *path,
                              mera_at at, int depth, mera_entry *entry)
{
    const char *inner;
    mera_value *value;

    if (lua_type(L, -2) != LUA_TSTRING) {
        mera_manifest_fail(reader, at, "a table of the manifest has both named and numbered parts");
        return MERA_OK;
    }
    entry->key = mera_arena_strdup(reader->arena, lua_tostring(L, -2));
    MERA_TRY_PTR(entry->key);
    inner = mera_arena_printf(reader->arena, "%s%s%s", path, *path == '\0' ? "" : ".", entry->key);
    MERA_TRY_PTR(inner);
    entry->at = values_place(reader, inner, at);
    MERA_TRY(values_read(L, reader, inner, entry->at, depth + 1, &value));
    entry->value = value;
    return MERA_OK;
}

static mera_code values_map(lua_State *L, mera_manifest_reader *reader, const char *path, int depth,
                            mera_value *value)
{
    mera_entry *entries;
    size_t n = 0;

    value->kind = MERA_VALUE_MAP;
    MERA_TRY_NEW(entries, reader->arena, value->n);
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
        MERA_TRY(values_entry(L, reader, path, value->at, depth, &entries[n]));
        n += entries[n].key != NULL;
        lua_pop(L, 1);
    }
    qsort(entries, n, sizeof *entries, values_compare);
    value->n = n;
    value->entries = entries;
    return MERA_OK;
}

/* Said once: a small table written out many times is too large at many places. */
static void values_refuse(mera_manifest_reader *reader, mera_at at)
{
    if (!reader->refused) {
        mera_manifest_fail(reader, at, "the manifest is too deep or too large");
    }
    reader->refused = true;
}

static size_t values_count(lua_State *L, bool *named)
{
    size_t n = 0;

    *named = false;
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
        lua_pop(L, 1);
        *named = *named || lua_type(L, -1) == LUA_TSTRING;
        n++;
    }
    return n;
}

static mera_code values_read(lua_State *L, mera_manifest_reader *reader, const char *path,
                             mera_at at, int depth, mera_value **out)
{
    mera_value *value;
    bool named;

    MERA_TRY_NEW(value, reader->arena, 1);
    *out = value;
    value->at = at;
    if (lua_type(L, -1) != LUA_TTABLE) {
        return values_scalar(L, reader, value);
    }
    if (depth > VALUES_DEPTH || reader->n_values > VALUES_MAX) {
        values_refuse(reader, at);
        return MERA_OK;
    }
    if (lua_checkstack(L, 6) == 0) {
        return MERA_ENOMEM;
    }
    value->n = values_count(L, &named);
    reader->n_values += value->n + 1;
    if (reader->n_values > VALUES_MAX) {
        values_refuse(reader, at);
        value->n = 0;
        return MERA_OK;
    }
    if (!named && value->n > 0 && (size_t)lua_rawlen(L, -1) == value->n) {
        return values_list(L, reader, path, depth, value);
    }
    return values_map(L, reader, path, depth, value);
}

mera_code mera_manifest_values(lua_State *L, mera_manifest_reader *reader, const mera_value **out)
{
    const mera_at at = {reader->file, reader->outline->line, 0, 0};
    mera_value *value = NULL;
    const mera_code rc = values_read(L, reader, "", at, 0, &value);

    *out = value;
    return rc;
}
