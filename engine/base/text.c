/* SPDX-License-Identifier: Apache-2.0 */
/** @file Growing text in an arena, and slices. A buffer doubles; what it leaves stays in the arena.
 */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_FIRST = 256 };

/* Room for `more` bytes and a NUL. */
static bool text_reserve(mera_text *text, size_t more)
{
    if (text->failed) {
        return false;
    }
    if (more < text->room - text->n && text->data != NULL) {
        return true;
    }
    size_t room = text->room < TEXT_FIRST ? TEXT_FIRST : text->room;
    while (room - text->n <= more) {
        if (room > SIZE_MAX / 2) {
            text->failed = true;
            return false;
        }
        room *= 2;
    }
    char *data = mera_arena_alloc(text->arena, room, 1);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    if (text->data != NULL) {
        memcpy(data, text->data, text->n);
    }
    text->data = data;
    text->room = room;
    return true;
}

void mera_text_add_n(mera_text *text, const char *bytes, size_t n)
{
    if (!text_reserve(text, n)) {
        return;
    }
    if (n > 0) {
        memcpy(text->data + text->n, bytes, n);
    }
    text->n += n;
    text->data[text->n] = '\0';
}

void mera_text_add(mera_text *text, const char *string)
{
    mera_text_add_n(text, string, strlen(string));
}

void mera_text_addf(mera_text *text, const char *format, ...)
{
    if (!text_reserve(text, TEXT_FIRST / 2)) {
        return;
    }
    va_list args;
    va_start(args, format);
    const int printed = vsnprintf(text->data + text->n, text->room - text->n, format, args);
    va_end(args);
    const size_t length = printed < 0 ? 0 : (size_t)printed;
    if (printed >= 0 && length >= text->room - text->n && text_reserve(text, length)) {
        va_start(args, format);
        vsnprintf(text->data + text->n, length + 1, format, args);
        va_end(args);
    }
    text->failed = text->failed || printed < 0;
    text->n += text->failed ? 0 : length;
    text->data[text->n] = '\0'; /* also where half of it was printed */
}

const char *mera_text_string(mera_text *text)
{
    if (text->failed) {
        return NULL;
    }
    return text->data == NULL ? "" : text->data;
}

bool mera_streq(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return strcmp(a, b) == 0;
}

bool mera_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool mera_slice_eq(mera_slice a, const char *b)
{
    return strlen(b) == a.n && (a.n == 0 || memcmp(a.at, b, a.n) == 0);
}

/* Bytes of the blank that starts at `at`, 0 when there is none: ASCII blanks, U+00A0 (C2 A0),
 * U+202F (E2 80 AF). */
static size_t text_blank_at(const char *at, size_t n)
{
    if (n >= 1 && (*at == ' ' || (*at >= '\t' && *at <= '\r'))) {
        return 1;
    }
    if (n >= 2 && memcmp(at, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    return n >= 3 && memcmp(at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

static size_t text_blank_before(const char *at, size_t n)
{
    for (size_t size = 1; size <= 3 && size <= n; size++) {
        if (text_blank_at(at + n - size, size) == size) {
            return size;
        }
    }
    return 0;
}

mera_slice mera_slice_trim(mera_slice slice)
{
    for (size_t size = 0; (size = text_blank_at(slice.at, slice.n)) > 0;) {
        slice.at += size;
        slice.n -= size;
    }
    for (size_t size = 0; (size = text_blank_before(slice.at, slice.n)) > 0;) {
        slice.n -= size;
    }
    return slice;
}
