/* SPDX-License-Identifier: Apache-2.0 */
/** @file Records and texts of .xls workbooks; texts may go on in further records. */
#include "base/grow.h"
#include "io/xls.h"

bool xls_next(const xls_book *book, size_t *from, xls_record *out)
{
    if (*from > book->n || book->n - *from < 4) {
        return false;
    }
    const uint8_t *at = book->at + *from;
    *out = (xls_record){xls_u16(at), at + 4, xls_u16(at + 2)};
    if (book->n - *from - 4 < out->n) {
        return false;
    }
    *from += 4 + out->n;
    return true;
}

xls_cursor xls_cursor_of(const xls_book *book, const xls_record *record)
{
    return (xls_cursor){record->at, record->at + record->n, book->at + book->n, false};
}

/* Goes on in the record that continues this one; false when none does. */
static bool cursor_continue(xls_cursor *c)
{
    if (c->failed || c->stop - c->end < 4 || xls_u16(c->end) != XLS_CONTINUE ||
        (size_t)(c->stop - c->end - 4) < xls_u16(c->end + 2)) {
        c->failed = true;
        return false;
    }
    const size_t n = xls_u16(c->end + 2);
    c->at = c->end + 4;
    c->end = c->at + n;
    return true;
}

static uint8_t cursor_byte(xls_cursor *c)
{
    while (c->at == c->end) {
        if (!cursor_continue(c)) {
            return 0;
        }
    }
    return *c->at++;
}

uint32_t xls_take(xls_cursor *cursor, size_t n_bytes)
{
    uint32_t number = 0;
    for (size_t i = 0; i < n_bytes; i++) {
        number |= (uint32_t)cursor_byte(cursor) << (8 * i);
    }
    return number;
}

static void cursor_skip(xls_cursor *c, uint64_t n)
{
    while (n > 0 && !c->failed) {
        const uint64_t here = (uint64_t)(c->end - c->at);
        const uint64_t step = n < here ? n : here;
        c->at += step;
        n -= step;
        if (n > 0) {
            cursor_continue(c);
        }
    }
}

/* Characters; where they go on in another record a byte says anew how wide they are. */
static void text_units(xls_cursor *c, uint32_t flags, uint16_t *unit, size_t n)
{
    bool wide = (flags & 1) != 0;
    for (size_t i = 0; i < n && !c->failed; i++) {
        if (c->at == c->end) {
            if (!cursor_continue(c)) {
                return;
            }
            wide = (cursor_byte(c) & 1) != 0;
        }
        unit[i] = (uint16_t)xls_take(c, wide ? 2 : 1);
    }
}

/* Adds units of UTF-16 from `from` to `to`. */
static void text_add(const uint16_t *unit, size_t from, size_t to, bool raised, mera_text *out)
{
    for (size_t i = from; i < to; i++) {
        uint32_t code = unit[i];
        if (code >= 0xD800 && code < 0xDC00 && i + 1 < to && unit[i + 1] >= 0xDC00 &&
            unit[i + 1] < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (unit[++i] - 0xDC00u);
        } else if (code >= 0xD800 && code < 0xE000) {
            code = 0xFFFD;
        }
        char bytes[4];
        const size_t n = mera_utf8_put(code < ' ' ? ' ' : code, bytes);
        if (raised) {
            io_sheet_raised(out, bytes, n);
        } else {
            mera_text_add_n(out, bytes, n);
        }
    }
}

/* Adds the text run by run: each says the character it begins at, and its font. */
static void text_runs(const xls_book *book, xls_cursor *c, size_t n_runs, const uint16_t *unit,
                      size_t n, mera_text *out)
{
    size_t from = 0;
    bool raised = false;
    for (size_t i = 0; i < n_runs && !c->failed; i++) {
        const size_t at = xls_take(c, 2), font = xls_take(c, 2);
        const size_t to = at < from ? from : at > n ? n : at;
        text_add(unit, from, to, raised, out);
        from = to;
        const size_t index = font > 4 ? font - 1 : font; /* there is no font 4 */
        raised = font != 4 && index < book->n_fonts && book->raised[index];
    }
    text_add(unit, from, n, raised, out);
}

void xls_text(xls_book *book, xls_cursor *cursor, size_t n_bytes, mera_text *out)
{
    const size_t n = xls_take(cursor, n_bytes);
    const uint32_t flags = xls_take(cursor, 1);
    const size_t n_runs = (flags & 8) != 0 ? xls_take(cursor, 2) : 0;
    const uint64_t n_more = (flags & 4) != 0 ? xls_take(cursor, 4) : 0;
    uint16_t *unit = mera_grown(book->out->arena, book->unit, &book->room_units, n, sizeof *unit);
    if (unit == NULL) {
        out->failed = true;
        return;
    }
    book->unit = unit;
    text_units(cursor, flags, unit, n);
    if (!cursor->failed) {
        text_runs(book, cursor, n_runs, unit, n, out);
        cursor_skip(cursor, n_more);
    }
}

mera_code xls_read_strings(xls_book *book, const xls_record *record)
{
    mera_arena *arena = book->out->arena;
    xls_cursor c = xls_cursor_of(book, record);
    xls_take(&c, 4);
    const size_t n = xls_take(&c, 4);
    if (n > book->n / 3) { /* each takes three bytes at least */
        return xls_refuse(book, "it is said to have more shared texts than bytes");
    }
    MERA_TRY_NEW(book->string, arena, n);
    for (; book->n_strings < n && !c.failed; book->n_strings++) {
        mera_text text = {.arena = arena};
        xls_text(book, &c, 2, &text);
        if (text.failed) {
            return MERA_ENOMEM;
        }
        book->string[book->n_strings] = (mera_slice){text.n == 0 ? "" : text.data, text.n};
    }
    return c.failed ? xls_refuse(book, "its table of texts is cut") : MERA_OK;
}
