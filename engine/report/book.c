/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A result as an Excel workbook, written by libxlsxwriter row by row, so that a large one takes
 * little memory. The same result gives the same bytes: the date of creation is a fixed one.
 */
#include "report/book.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/math.h"
#include "base/number.h"
#include "io/file.h"

enum { BOOK_TEXT = 32000 /* bytes of a cell; Excel takes 32,767 characters */ };

const char *book_word(const book *b, mera_word word)
{
    return mera_word_in(word, b->view->view.language);
}

const char *book_title(const book *b, mera_title title)
{
    return mera_title_in(title, b->view->view.language);
}

/* ---- cells ---- */

static void book_check(book *b, lxw_error error)
{
    b->failed = b->failed || error != LXW_NO_ERROR;
}

void book_text(book *b, book_page page, size_t row, size_t column, const char *text,
               lxw_format *format)
{
    const char *cut = text;
    if (text != NULL && strlen(text) > BOOK_TEXT) {
        size_t n = BOOK_TEXT;
        while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80) {
            n--;
        }
        cut = mera_arena_printf(b->arena, "%.*s…", (int)n, text);
        b->failed = b->failed || cut == NULL;
    }
    if (cut != NULL && cut[0] != '\0') { /* a string is never a formula, however it begins */
        book_check(b, worksheet_write_string(b->sheet[page], (lxw_row_t)row, (lxw_col_t)column, cut,
                                             format));
    }
}

void book_number(book *b, book_page page, size_t row, size_t column, double value,
                 lxw_format *format)
{
    if (!isnan(value)) {
        book_check(b, worksheet_write_number(b->sheet[page], (lxw_row_t)row, (lxw_col_t)column,
                                             value, format));
    }
}

void book_formula(book *b, book_page page, size_t row, size_t column, const char *text,
                  double value, lxw_format *format)
{
    char out[8192], number[16];
    size_t n = 1;
    const int digits = snprintf(number, sizeof number, "%zu", row + 1);
    out[0] = '=';
    for (const char *at = text; *at != '\0' && n + 16 < sizeof out; at++) {
        if (*at == BOOK_ROW) {
            memcpy(out + n, number, (size_t)digits);
            n += (size_t)digits;
        } else {
            out[n++] = *at;
        }
    }
    out[n] = '\0';
    if (n + 16 >= sizeof out) { /* longer than a formula may be */
        book_number(b, page, row, column, value, format);
        return;
    }
    book_check(b, worksheet_write_formula_num(b->sheet[page], (lxw_row_t)row, (lxw_col_t)column,
                                              out, format, value));
}

const char *book_letters(size_t column, char out[8])
{
    char reversed[8];
    size_t n = 0;
    for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
        reversed[n++] = (char)('A' + (rest - 1) % 26);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = reversed[n - 1 - i];
    }
    out[n] = '\0';
    return out;
}

const char *book_cell(book *b, book_page from, book_page page, size_t row, size_t column)
{
    char letters[8];
    return mera_arena_printf(b->arena, "%s$%s$%zu", from == page ? "" : b->ref[page],
                             book_letters(column, letters), row + 1);
}

size_t book_row(size_t cell)
{
    return BOOK_HEAD + cell;
}

void book_unit(book *b, book_page page, size_t cell)
{
    const size_t unit = cell % b->r->n_units;
    book_text(b, page, book_row(cell), 0, b->r->data->unit_key[unit], b->code);
    book_text(b, page, book_row(cell), 1, b->r->data->unit_name[unit], b->plain);
    book_text(b, page, book_row(cell), 2, b->r->period[cell / b->r->n_units], b->plain);
}

/* ---- the workbook ---- */

static lxw_format *book_format(book *b, const char *number, bool bold)
{
    lxw_format *format = workbook_add_format(b->workbook);
    if (format == NULL) {
        b->failed = true;
        return NULL;
    }
    if (number != NULL) {
        format_set_num_format(format, number);
    }
    if (bold) {
        format_set_bold(format);
    }
    return format;
}

static lxw_format *book_fill(book *b, lxw_color_t colour, bool italic)
{
    lxw_format *format = book_format(b, NULL, false);
    if (format != NULL) {
        format_set_bg_color(format, colour);
        if (italic) { /* so that it shows without colours too */
            format_set_italic(format);
        }
    }
    return format;
}

static void book_formats(book *b)
{
    b->head = book_format(b, NULL, true);
    b->code = book_format(b, "@", false);
    b->plain = book_format(b, NULL, false);
    b->points = book_format(b, "0.00", false);
    b->place = book_format(b, "0", false);
    b->imputed = book_fill(b, 0xffe0b3, true);
    b->treated = book_fill(b, 0xcfe8ff, false);
    b->input = book_fill(b, 0xfff9c4, false);
    b->wrap = book_format(b, NULL, false);
    b->big = book_format(b, NULL, true);
    b->dim = book_format(b, NULL, false);
    if (!b->failed) {
        format_set_text_wrap(b->head);
        format_set_align(b->head, LXW_ALIGN_VERTICAL_TOP);
        format_set_text_wrap(b->wrap);
        format_set_align(b->wrap, LXW_ALIGN_VERTICAL_TOP);
        format_set_font_size(b->big, 14);
        format_set_font_color(b->dim, 0x666666);
    }
}

/** Names of sheets have no signs that a sheet may not have, and are short enough in both tongues.
 */
static mera_code book_sheets(book *b)
{
    static const mera_word word[BOOK_N_PAGES] = {
        MERA_WORD_BOOK_ABOUT,  MERA_WORD_BOOK_SCORES, MERA_WORD_BOOK_RANKS,  MERA_WORD_BOOK_WEIGHTS,
        MERA_WORD_BOOK_POINTS, MERA_WORD_BOOK_DATA,   MERA_WORD_BOOK_VALUES, MERA_WORD_BOOK_SCALES};
    for (size_t p = 0; p < BOOK_N_PAGES; p++) {
        if (p == BOOK_VALUES && b->n_values == 0) {
            continue;
        }
        const char *name = book_word(b, word[p]);
        const bool ascii = (name[0] & 0x80) == 0;
        b->sheet[p] = workbook_add_worksheet(b->workbook, name);
        b->ref[p] = mera_arena_printf(b->arena, ascii ? "%s!" : "'%s'!", name);
        if (b->sheet[p] == NULL || b->ref[p] == NULL) {
            return MERA_ENOMEM;
        }
        if (p != BOOK_ABOUT && p != BOOK_WEIGHTS && p != BOOK_SCALES) {
            worksheet_freeze_panes(b->sheet[p], BOOK_HEAD, BOOK_LEFT);
            worksheet_set_column(b->sheet[p], 0, 0, 12, NULL);
            worksheet_set_column(b->sheet[p], 1, 1, 28, NULL);
            worksheet_set_column(b->sheet[p], BOOK_LEFT, LXW_COL_MAX - 1, 12, NULL);
        }
    }
    return MERA_OK;
}

static mera_code book_fits_in(const book *b, mera_diags *diags)
{
    const size_t rows = BOOK_HEAD + b->r->n_periods * b->r->n_units;
    const size_t points = BOOK_LEFT + b->n_points,
                 data = BOOK_LEFT + b->r->methodology->n_indicators;
    const size_t columns = points > data ? points : data;
    if (rows <= LXW_ROW_MAX && columns <= LXW_COL_MAX) {
        return MERA_OK;
    }
    const mera_code code = mera_fail(diags, MERA_ELIMIT, "too-large", MERA_NOWHERE,
                                     "%zu rows of %zu columns do not fit into a worksheet, which "
                                     "has %d rows of %d columns",
                                     rows, columns, LXW_ROW_MAX, LXW_COL_MAX);
    mera_hint(diags, "take fewer periods with --period, or --format csv");
    return code;
}

static mera_code book_write(book *b)
{
    /* 1980-01-01, as in the archive: a workbook says which data it is of, not when it was made */
    const char *title = book_title(b, b->r->methodology->title);
    lxw_doc_properties properties = {.title = mera_arena_strndup(b->arena, title, strlen(title)),
                                     .comments =
                                         mera_arena_strndup(b->arena, b->r->methodology->sha256,
                                                            strlen(b->r->methodology->sha256)),
                                     .created = 315532800};
    MERA_TRY_PTR(properties.title);
    MERA_TRY_PTR(properties.comments);
    book_formats(b);
    MERA_TRY(book_sheets(b));
    book_check(b, workbook_set_properties(b->workbook, &properties));
    MERA_TRY(book_weights(b));
    MERA_TRY(book_scales(b));
    MERA_TRY(book_data(b));
    MERA_TRY(book_points(b));
    MERA_TRY(book_scores(b));
    MERA_TRY(book_about(b));
    worksheet_activate(b->sheet[BOOK_ABOUT]);
    return MERA_OK;
}

static mera_code book_refuse(mera_diags *diags, const char *why)
{
    return mera_fail(diags, MERA_ESYSTEM, "write", MERA_NOWHERE,
                     "the workbook cannot be written: %s", why);
}

/** Writes the workbook to a file of its own; the library knows no other way. */
static mera_code book_make(book *b, const char *path, mera_diags *diags)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    b->workbook = workbook_new_opt(path, &options);
    MERA_TRY_PTR(b->workbook);
    const mera_code code = book_write(b);
    const lxw_error error = workbook_close(b->workbook);
    MERA_TRY(code);
    return error != LXW_NO_ERROR ? book_refuse(diags, lxw_strerror(error))
           : b->failed           ? book_refuse(diags, "a cell was refused")
                                 : MERA_OK;
}

mera_code mera_report_score_xlsx(mera_plan *plan, const mera_result *result,
                                 const mera_score_view *view, mera_arena *arena, mera_diags *diags,
                                 mera_text *out)
{
    book b = {.plan = plan, .r = result, .view = view, .arena = arena};
    const char *folder = getenv("TMPDIR"), *bytes;
    size_t n;
    char *path = mera_arena_printf(arena, "%s/mera-XXXXXX", folder != NULL ? folder : "/tmp");
    MERA_TRY_PTR(path);
    MERA_TRY(book_lay_out(&b));
    MERA_TRY(book_fits_in(&b, diags));
    const int file = mkstemp(path);
    if (file < 0) {
        return book_refuse(diags, strerror(errno));
    }
    mera_code code = book_make(&b, path, diags);
    if (code == MERA_OK) {
        code = mera_file_read(path, 0, MERA_NOWHERE, arena, diags, &bytes, &n);
    }
    close(file);
    unlink(path);
    MERA_TRY(code);
    mera_text_add_n(out, bytes, n);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
