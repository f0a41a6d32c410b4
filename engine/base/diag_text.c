/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A problem as people read it: the message, the line with a caret, the way up, the hint.
 *
 *     methodology.yaml:14:13: error: 'lo' and 'hi' are both 0 [param]
 *        14 |         hi: 0
 *           |             ^
 *        11:9  in step 'normalise.minmax' of indicator 'gdp'
 *       hint: ...
 *
 * Carets are placed by display width, so they stand under wide and combining characters too. A tab
 * takes one column. Lines over 100 columns are cut around the caret.
 */
#include "base/cell.h"
#include "base/diag.h"
#include "base/text.h"

#include <string.h>

enum {
    DIAG_COLUMNS = 100, /* shown of a line */
    DIAG_BEFORE = 60,   /* of them before the caret when the line is cut */
};

#define DIAG_CUT "\xE2\x80\xA6" /* … */

/* The line's text without its end, NULL when the file has no such line. */
static mera_slice diag_find_line(const diag_file *file, uint32_t line)
{
    const char *at = file->text;
    const char *end = at + file->length;
    for (uint32_t i = 1; i < line; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (newline == NULL) {
            return (mera_slice){NULL, 0};
        }
        at = newline + 1;
    }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    stop = stop == NULL ? end : stop;
    if (stop > at && stop[-1] == '\r') {
        stop--;
    }
    return (mera_slice){at, (size_t)(stop - at)};
}

/* One character as it is shown: never a control character, which could move the cursor. */
static size_t diag_shown(const char **at, const char *end, char out[5])
{
    uint32_t code = mera_utf8_next(at, end);
    if (code < 0x20) {
        code = ' ';
    } else if (code >= 0x7F && code < 0xA0) {
        code = 0xFFFD;
    }
    const size_t n = mera_utf8_put(code, out);
    out[n] = '\0';
    return mera_utf8_width(out);
}

/* Where the characters [column, column + length) of a line stand on the terminal. */
typedef struct diag_span {
    size_t before; /* columns before the caret */
    size_t under;  /* columns to underline, at least 1 */
    size_t total;  /* of the whole line */
} diag_span;

static diag_span diag_measure(mera_slice line, mera_at at)
{
    diag_span span = {0, 0, 0};
    const char *c = line.at;
    const char *end = c + line.n;
    const uint64_t last = (uint64_t)at.column + (at.length == 0 ? 1 : at.length);
    for (uint64_t column = 1; c < end; column++) {
        char shown[5];
        const size_t width = diag_shown(&c, end, shown);
        if (column < at.column) {
            span.before += width;
        } else if (column < last) {
            span.under += width;
        }
        span.total += width;
    }
    span.under = span.under == 0 ? 1 : span.under;
    return span;
}

/* Appends the columns [first, first + DIAG_COLUMNS) of the line. */
static void diag_add_window(mera_text *out, mera_slice line, size_t first, size_t total)
{
    const char *c = line.at;
    const char *end = c + line.n;
    const size_t stop = first + DIAG_COLUMNS;
    const bool cut_left = first > 0;
    const bool cut_right = total > stop;
    if (cut_left) {
        mera_text_add(out, DIAG_CUT);
    }
    for (size_t column = 0; c < end && column < stop;) {
        char shown[5];
        const size_t width = diag_shown(&c, end, shown);
        const bool inside = column >= first + cut_left && column + width <= stop - cut_right;
        if (inside) {
            mera_text_add(out, shown);
        } else if (column >= first && column < first + cut_left && width == 2) {
            mera_text_add(out, " "); /* the right half of a wide character under the cut */
        }
        column += width;
    }
    if (cut_right) {
        mera_text_add(out, DIAG_CUT);
    }
    mera_text_add(out, "\n");
}

static void diag_add_source(mera_text *out, const diag_file *file, mera_at at)
{
    const mera_slice line = diag_find_line(file, at.line);
    if (line.at == NULL) {
        return;
    }
    const diag_span span = diag_measure(line, at);
    const size_t caret = span.before;
    const bool cut = span.total > DIAG_COLUMNS || caret >= DIAG_COLUMNS;
    const size_t first = cut && caret > DIAG_BEFORE ? caret - DIAG_BEFORE : 0;

    mera_text_addf(out, "%5u | ", at.line);
    diag_add_window(out, line, first, span.total);
    if (at.column == 0) {
        return;
    }
    mera_text_addf(out, "      | %*s^", (int)(caret - first), "");
    const size_t room = DIAG_COLUMNS - (caret - first);
    for (size_t i = 1; i < span.under && i < room; i++) {
        mera_text_add(out, "~");
    }
    mera_text_add(out, "\n");
}

static void diag_add_place(mera_text *out, mera_at at)
{
    mera_text_add(out, at.file);
    if (at.length == MERA_AT_CELL && at.line > 0) {
        char cell[MERA_CELL_NAME];
        mera_cell_name(at.line, at.column == 0 ? 1 : at.column, cell);
        mera_text_addf(out, "!%s", cell);
        return;
    }
    if (at.line > 0) {
        mera_text_addf(out, ":%u", at.line);
    }
    if (at.line > 0 && at.column > 0) {
        mera_text_addf(out, ":%u", at.column);
    }
}

static void diag_add_frame_line(mera_text *out, mera_at at, const char *file, const char *text)
{
    if (at.file != NULL && (at.line == 0 || !mera_streq(at.file, file))) {
        mera_text_add(out, "   ");
        diag_add_place(out, at);
        mera_text_addf(out, "  %s\n", text);
    } else if (at.file != NULL && at.column > 0) {
        mera_text_addf(out, "%5u:%u  %s\n", at.line, at.column, text);
    } else if (at.file != NULL) {
        mera_text_addf(out, "%5u  %s\n", at.line, text);
    } else {
        mera_text_addf(out, "   %s\n", text);
    }
}

const char *mera_diag_text(const mera_diags *diags, const mera_diag *diag, mera_arena *arena)
{
    static const char *const severities[] = {"note", "warning", "error"};
    mera_text out = {.arena = arena};

    if (diag->at.file != NULL) {
        diag_add_place(&out, diag->at);
        mera_text_add(&out, ": ");
    }
    mera_text_addf(&out, "%s: %s [%s]\n", severities[diag->severity], diag->message, diag->id);
    const diag_file *file = diags == NULL ? NULL : mera_diags_file(diags, diag->at.file);
    if (file != NULL && file->text != NULL && diag->at.line > 0) {
        diag_add_source(&out, file, diag->at);
    }
    for (size_t i = 0; i < diag->n_frames; i++) {
        diag_add_frame_line(&out, diag->frames[i].at, diag->at.file, diag->frames[i].text);
    }
    if (diag->hint != NULL) {
        mera_text_addf(&out, "  hint: %s\n", diag->hint);
    }
    return mera_text_string(&out);
}
