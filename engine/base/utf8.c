/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * UTF-8 by the table of well-formed sequences (Unicode 15, table 3-7), terminal widths for what
 * appears in names of places, and lower case for Latin, Greek and Cyrillic.
 */
#include "base/text.h"

#include <string.h>

enum {
    UTF8_REPLACEMENT = 0xFFFD,
    UTF8_WORST = 3, /* bytes that one byte of a text may become: a replacement character */
};

/* Length of the well-formed sequence at `at`, 0 when it is malformed. NUL counts as one. */
static size_t utf8_length(const unsigned char *at, size_t n)
{
    const unsigned lead = at[0];
    if (lead < 0x80) {
        return 1;
    }
    const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || length > n) {
        return 0;
    }
    /* The second byte is where overlong forms, surrogates and codes over U+10FFFF show. */
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* How many bytes from `at` on are ASCII and not NUL, or more of those that follow as sequences of
 * two bytes: the usual case of all texts, so it is done without a table. */
static size_t utf8_plain(const unsigned char *at, const unsigned char *end)
{
    const unsigned char *start = at;
    uint64_t eight = 0;
    while (end - at >= 8) {
        memcpy(&eight, at, 8);
        if (((eight | ((eight - 0x0101010101010101U) & ~eight)) & 0x8080808080808080U) != 0) {
            break;
        }
        at += 8;
    }
    while (at < end && *at != 0 && *at < 0x80) {
        at++;
    }
    while (end - at >= 2 && at[0] >= 0xC2 && at[0] < 0xE0 && (at[1] & 0xC0) == 0x80) {
        at += 2;
    }
    return (size_t)(at - start);
}

size_t mera_utf8_first_bad(const char *text, size_t n)
{
    const unsigned char *start = (const unsigned char *)text;
    const unsigned char *at = start, *end = start + n;
    while (at < end) {
        const size_t plain = utf8_plain(at, end);
        const size_t length = plain > 0 ? plain : utf8_length(at, (size_t)(end - at));
        if (length == 0 || *at == 0) {
            break;
        }
        at += length;
    }
    return (size_t)(at - start);
}

bool mera_utf8_valid(const char *text, size_t n)
{
    return mera_utf8_first_bad(text, n) == n;
}

size_t mera_utf8_count(const char *text, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

uint32_t mera_utf8_next(const char **at, const char *end)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    const size_t length = utf8_length(bytes, (size_t)(end - *at));
    if (length == 0) {
        *at += 1;
        return UTF8_REPLACEMENT;
    }
    *at += length;
    if (length == 1) {
        return bytes[0];
    }
    uint32_t code = bytes[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        code = code << 6 | (bytes[i] & 0x3FU);
    }
    return code;
}

size_t mera_utf8_put(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if ((code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) {
        code = UTF8_REPLACEMENT;
    }
    const size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)((0xF00U >> length & 0xFFU) | code);
    return length;
}

typedef struct utf8_range {
    uint32_t first, last;
} utf8_range;

static bool utf8_in(uint32_t code, const utf8_range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

static size_t utf8_code_width(uint32_t code)
{
    /* Combining marks (general category Mn) and joiners of the scripts we meet. */
    static const utf8_range none[] = {
        {0x0000, 0x001F}, {0x007F, 0x009F}, {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},
        {0x064B, 0x065F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x2060, 0x2064},
        {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
    /* East Asian Width W and F (UAX 11), whole blocks. */
    static const utf8_range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                                      {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
                                      {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                                      {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    if (code >= 0x20 && code < 0x7F) {
        return 1;
    }
    if (utf8_in(code, none, sizeof none / sizeof *none)) {
        return 0;
    }
    return utf8_in(code, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

size_t mera_utf8_width(const char *text)
{
    const char *end = text + strlen(text);
    size_t width = 0;
    while (text < end) {
        width += utf8_code_width(mera_utf8_next(&text, end));
    }
    return width;
}

/* Latin-1 and Latin Extended-A: pairs that differ by one, even first except in two stretches. */
static uint32_t utf8_lower_latin(uint32_t code)
{
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7)) {
        return code + 0x20;
    }
    if (code == 0x130) {
        return 'i';
    }
    if (code == 0x178) {
        return 0xFF;
    }
    const bool odd_first = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    if (odd_first) {
        return code % 2 == 1 ? code + 1 : code;
    }
    const bool paired = (code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177);
    return paired && code % 2 == 0 ? code + 1 : code;
}

static uint32_t utf8_lower_greek(uint32_t code)
{
    if ((code >= 0x391 && code <= 0x3AB && code != 0x3A2)) {
        return code + 0x20;
    }
    switch (code) {
    case 0x386:
        return 0x3AC;
    case 0x388:
    case 0x389:
    case 0x38A:
        return code + 0x25;
    case 0x38C:
        return 0x3CC;
    case 0x38E:
    case 0x38F:
        return code + 0x3F;
    default:
        return code;
    }
}

static uint32_t utf8_lower_cyrillic(uint32_t code)
{
    if (code < 0x410) {
        return code + 0x50;
    }
    if (code < 0x430) {
        return code + 0x20;
    }
    if (code == 0x4C0) {
        return 0x4CF;
    }
    if (code >= 0x4C1 && code <= 0x4CE) {
        return code % 2 == 1 ? code + 1 : code;
    }
    const bool paired = (code >= 0x460 && code <= 0x481) || (code >= 0x48A && code <= 0x4BF) ||
                        (code >= 0x4D0 && code <= 0x52F);
    return paired && code % 2 == 0 ? code + 1 : code;
}

uint32_t mera_utf8_lower(uint32_t code)
{
    if (code < 0x80) {
        return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
    }
    if (code < 0x180) {
        return utf8_lower_latin(code);
    }
    if (code >= 0x386 && code <= 0x3AB) {
        return utf8_lower_greek(code);
    }
    return code >= 0x400 && code <= 0x52F ? utf8_lower_cyrillic(code) : code;
}

uint32_t mera_utf8_harmless(uint32_t code)
{
    if (code < 0x20 || code == 0x7F) {
        return ' ';
    }
    if ((code >= 0x80 && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
        (code >= 0x2066 && code <= 0x2069)) {
        return UTF8_REPLACEMENT;
    }
    return code;
}

const char *mera_text_harmless(const char *text, mera_arena *arena)
{
    const size_t n = strlen(text);
    char *copy = mera_arena_alloc(arena, UTF8_WORST * n + 1, 1);
    char *to = copy;
    for (const char *from = text; copy != NULL && from < text + n;) {
        to += mera_utf8_put(mera_utf8_harmless(mera_utf8_next(&from, text + n)), to);
    }
    if (copy != NULL) {
        *to = '\0';
    }
    return copy;
}
