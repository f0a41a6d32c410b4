/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The value tree: look-ups, and the typing of plain scalars by YAML 1.2's core schema
 * (yaml.org/spec/1.2.2, section 10.3.2). `.inf` and `.nan` stay text: no setting may hold them.
 */
#include "mera/value.h"

#include "base/number.h"
#include "base/text.h"

#include <string.h>

enum { VALUE_MAX_INTEGER_DIGITS = 16 }; /* of 0x and 0o numbers */

const mera_entry *mera_value_entry(const mera_value *map, const char *key)
{
    if (map == NULL || map->kind != MERA_VALUE_MAP || key == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < map->n; i++) {
        if (strcmp(map->entries[i].key, key) == 0) {
            return &map->entries[i];
        }
    }
    return NULL;
}

const mera_value *mera_value_get(const mera_value *map, const char *key)
{
    const mera_entry *entry = mera_value_entry(map, key);
    return entry == NULL ? NULL : entry->value;
}

const char *mera_value_kind_name(mera_value_kind kind)
{
    switch (kind) {
    case MERA_VALUE_NULL:
        return "nothing";
    case MERA_VALUE_BOOL:
        return "true or false";
    case MERA_VALUE_NUMBER:
        return "a number";
    case MERA_VALUE_TEXT:
        return "text";
    case MERA_VALUE_LIST:
        return "a list";
    case MERA_VALUE_MAP:
        return "a map";
    }
    return "a value";
}

/* Digits with an exponent, as "-1.5e999": such a text is a number that no double holds. */
static bool value_is_too_large(const char *text)
{
    static const char digits[] = "0123456789";
    text += *text == '-' || *text == '+';
    const size_t whole = strspn(text, digits);
    text += whole;
    text += *text == '.' ? 1 + strspn(text + 1, digits) : 0;
    if (whole == 0 || (*text != 'e' && *text != 'E')) {
        return false;
    }
    text++;
    text += *text == '-' || *text == '+';
    return *text != '\0' && text[strspn(text, digits)] == '\0';
}

static const char *value_found_text(const mera_value *value, mera_arena *arena)
{
    static const char *const words[] = {"inf", "-inf", ".inf", "-.inf", "nan", ".nan", "NaN"};
    if (!value->quoted && value_is_too_large(value->text)) {
        return mera_arena_printf(arena, "%.60s, which is too large", value->text);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!value->quoted && strcmp(value->text, words[i]) == 0) {
            return mera_arena_printf(arena, "%s: a setting is finite", value->text);
        }
    }
    return mera_arena_printf(arena, "text '%.60s'", value->text);
}

const char *mera_value_found(const mera_value *value, mera_arena *arena)
{
    switch (value->kind) {
    case MERA_VALUE_TEXT:
        return value_found_text(value, arena);
    case MERA_VALUE_NUMBER:
        return mera_arena_printf(arena, "the number %.60s", value->text);
    case MERA_VALUE_BOOL:
        return mera_arena_printf(arena, "'%s'", value->text);
    default:
        return mera_value_kind_name(value->kind);
    }
}

static bool value_is_one_of(const char *text, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* "0x1F" and "0o17"; false for anything else. */
static bool value_read_radix(const char *text, double *out)
{
    const char *digits = text + 2;
    if (text[0] != '0' || (text[1] != 'x' && text[1] != 'o')) {
        return false;
    }
    const bool hex = text[1] == 'x';
    const char *allowed = hex ? "0123456789abcdefABCDEF" : "01234567";
    const size_t n = strlen(digits);
    if (n == 0 || n > VALUE_MAX_INTEGER_DIGITS || strspn(digits, allowed) != n) {
        return false;
    }
    uint64_t number = 0;
    for (size_t i = 0; i < n; i++) {
        const char c = digits[i];
        const unsigned digit = c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
        number = number * (hex ? 16 : 8) + digit;
    }
    *out = (double)number;
    return true;
}

static void value_type_plain(mera_value *value)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    static const char *const trues[] = {"true", "True", "TRUE"};
    static const char *const falses[] = {"false", "False", "FALSE"};
    const char *text = value->text;

    if (value_is_one_of(text, nulls, 5)) {
        value->kind = MERA_VALUE_NULL;
    } else if (value_is_one_of(text, trues, 3)) {
        value->kind = MERA_VALUE_BOOL;
        value->boolean = true;
    } else if (value_is_one_of(text, falses, 3)) {
        value->kind = MERA_VALUE_BOOL;
    } else if (mera_number_read(text, strlen(text), &value->number) ||
               value_read_radix(text, &value->number)) {
        value->kind = MERA_VALUE_NUMBER;
    }
}

mera_code mera_value_scalar(mera_arena *arena, const char *text, bool quoted, mera_at at,
                            mera_value **out)
{
    mera_value *value = NULL;
    MERA_TRY_NEW(value, arena, 1);
    value->kind = MERA_VALUE_TEXT;
    value->at = at;
    value->quoted = quoted;
    value->text = mera_arena_strdup(arena, text);
    MERA_TRY_PTR(value->text);
    if (!quoted) {
        value_type_plain(value);
    }
    *out = value;
    return MERA_OK;
}
