/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Characters that XML does not allow stand in texts of .xlsx workbooks as _xHHHH_, a unit of UTF-16
 * in hexadecimal digits; an underscore that would begin such a thing is _x005F_ (ST_Xstring,
 * ECMA-376 part 1, 22.9.2.19).
 */
#include "io/xlsx_rich.h"

#include <string.h>

enum { ESCAPE = 7 /* characters of one */ };

static int escape_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The unit that is written at `at`, or -1. */
static int escape_unit(const char *at, const char *end)
{
    if (end - at < ESCAPE || at[0] != '_' || at[1] != 'x' || at[ESCAPE - 1] != '_') {
        return -1;
    }
    int unit = 0;
    for (size_t i = 2; i < ESCAPE - 1; i++) {
        const int digit = escape_digit(at[i]);
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

/* The character that is written at `*at`, which moves behind it; -1 = none: half a pair too. */
static int64_t escape_read(const char **at, const char *end)
{
    const int unit = escape_unit(*at, end);
    if (unit < 0xD800 || unit >= 0xE000) {
        *at += unit < 0 ? 0 : ESCAPE;
        return unit;
    }
    const int low = unit < 0xDC00 ? escape_unit(*at + ESCAPE, end) : -1;
    if (low < 0xDC00 || low >= 0xE000) {
        return -1;
    }
    *at += (ptrdiff_t)2 * ESCAPE;
    return 0x10000 + ((int64_t)(unit - 0xD800) << 10) + (low - 0xDC00);
}

/* A line break that was two characters is one, as in the rest of an XML text. */
static const char *escape_line_feed(const char *at, const char *end)
{
    if (at < end && *at == '\n') {
        return at + 1;
    }
    return escape_unit(at, end) == '\n' ? at + ESCAPE : at;
}

void xlsx_unescape(mera_text *text, size_t from)
{
    if (text->failed || text->n < from + ESCAPE || strstr(text->data + from, "_x") == NULL) {
        return;
    }
    char *to = text->data + from;
    const char *at = to, *const end = text->data + text->n;
    while (at < end) {
        const int64_t code = escape_read(&at, end);
        if (code < 0) {
            *to++ = *at++;
            continue;
        }
        at = code == '\r' ? escape_line_feed(at, end) : at;
        to += mera_utf8_put(code < ' ' ? ' ' : (uint32_t)code, to);
    }
    *to = '\0';
    text->n = (size_t)(to - text->data);
}
