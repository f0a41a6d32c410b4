/* SPDX-License-Identifier: Apache-2.0 */
/** @file Workbooks out: what reports need of libxlsxwriter. */
#include "io/xlsx_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "io/file.h"

enum { CELL_TEXT = 32000 /* bytes; Excel takes 32,767 characters */ };
enum { PAGE_LETTERS = 210 /* across A4, lying, at 60 % of their size */ };
enum { BOOK_CREATED = 315532800 /* 1980-01-01, as in the archive: which data it is of counts */ };

struct io_xlsx_sheet {
    io_xlsx *book;
    lxw_worksheet *of;
    lxw_row_t row; /**< the last one written */
    lxw_col_t columns;
};

struct io_xlsx {
    mera_arena *arena;
    lxw_workbook *of; /**< NULL = closed */
    lxw_format **format;
    char *path;
    lxw_error error; /**< the first that was met */
};

static mera_code xlsx_refuse(mera_diags *diags, const char *why)
{
    return mera_fail(diags, MERA_ESYSTEM, "write", MERA_NOWHERE,
                     "the workbook cannot be written: %s", why);
}

/* ---- the workbook ---- */

static mera_code xlsx_format(const io_xlsx *book, const io_xlsx_style *style, lxw_format **out)
{
    lxw_format *format = workbook_add_format(book->of);
    MERA_TRY_PTR(format);
    *out = format;
    if (style->number != NULL) {
        format_set_num_format(format, style->number);
    }
    if (style->fill != 0) {
        format_set_bg_color(format, style->fill);
    }
    if (style->ink != 0) {
        format_set_font_color(format, style->ink);
    }
    if (style->size != 0) {
        format_set_font_size(format, style->size);
    }
    if (style->bold) {
        format_set_bold(format);
    }
    if (style->italic) {
        format_set_italic(format);
    }
    if (style->indented) {
        format_set_indent(format, 1);
    }
    if (style->right) {
        format_set_align(format, LXW_ALIGN_RIGHT);
    }
    if (style->wrap) {
        format_set_text_wrap(format);
    }
    format_set_align(format, style->low ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_TOP);
    return MERA_OK;
}

/** What is set once; the library keeps copies of the texts. */
static mera_code xlsx_set_up(io_xlsx *book, const io_xlsx_style *style, size_t n_styles,
                             const char *title, const char *comment)
{
    lxw_doc_properties properties = {.created = BOOK_CREATED};
    properties.title = mera_arena_strdup(book->arena, title);
    properties.comments = mera_arena_strdup(book->arena, comment);
    MERA_TRY_PTR(properties.title);
    MERA_TRY_PTR(properties.comments);
    MERA_TRY_NEW(book->format, book->arena, n_styles);
    for (size_t i = 1; i < n_styles; i++) {
        MERA_TRY(xlsx_format(book, &style[i], &book->format[i]));
    }
    return workbook_set_properties(book->of, &properties) == LXW_NO_ERROR ? MERA_OK : MERA_ENOMEM;
}

mera_code io_xlsx_open(const io_xlsx_style *style, size_t n_styles, const char *title,
                       const char *comment, mera_arena *arena, mera_diags *diags, io_xlsx **out)
{
    const char *folder = getenv("TMPDIR");
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    io_xlsx *book;
    MERA_TRY_NEW(book, arena, 1);
    book->arena = arena;
    book->path = mera_arena_printf(arena, "%s/mera-XXXXXX", folder != NULL ? folder : "/tmp");
    MERA_TRY_PTR(book->path);
    const int file = mkstemp(book->path);
    if (file < 0) {
        return xlsx_refuse(diags, strerror(errno));
    }
    close(file);
    book->of = workbook_new_opt(book->path, &options);
    const mera_code code =
        book->of == NULL ? MERA_ENOMEM : xlsx_set_up(book, style, n_styles, title, comment);
    if (code != MERA_OK) {
        io_xlsx_discard(book);
        return code;
    }
    *out = book;
    return MERA_OK;
}

void io_xlsx_discard(io_xlsx *book)
{
    if (book != NULL && book->path != NULL) {
        lxw_workbook_free(book->of);
        unlink(book->path);
        book->of = NULL;
        book->path = NULL;
    }
}

mera_code io_xlsx_finish(io_xlsx *book, mera_diags *diags, mera_text *out)
{
    const lxw_error closed = workbook_close(book->of); /* frees it, whatever comes of it */
    const lxw_error error = book->error != LXW_NO_ERROR ? book->error : closed;
    book->of = NULL;
    const mera_code code = error != LXW_NO_ERROR
                               ? xlsx_refuse(diags, lxw_strerror(error))
                               : mera_file_add(book->path, 0, MERA_NOWHERE, diags, out);
    io_xlsx_discard(book);
    return code;
}

/* ---- sheets ---- */

mera_code io_xlsx_add(io_xlsx *book, const char *name, io_xlsx_sheet **out)
{
    io_xlsx_sheet *sheet;
    MERA_TRY_NEW(sheet, book->arena, 1);
    sheet->book = book;
    sheet->of = workbook_add_worksheet(book->of, name);
    MERA_TRY_PTR(sheet->of);
    worksheet_set_landscape(sheet->of);
    worksheet_set_paper(sheet->of, 9);                    /* A4 */
    worksheet_set_margins(sheet->of, 0.4, 0.4, 0.4, 0.6); /* inches; the footer is in the last */
    worksheet_set_footer(sheet->of, "&L&A&R&P / &N");
    *out = sheet;
    return MERA_OK;
}

static void sheet_check(io_xlsx_sheet *sheet, lxw_error error)
{
    if (sheet->book->error == LXW_NO_ERROR) {
        sheet->book->error = error;
    }
}

void io_xlsx_freeze(io_xlsx_sheet *sheet, size_t rows, size_t columns)
{
    worksheet_freeze_panes(sheet->of, (lxw_row_t)rows, (lxw_col_t)columns);
    if (rows > 0) {
        sheet_check(sheet, worksheet_repeat_rows(sheet->of, 0, (lxw_row_t)rows - 1));
    }
    if (columns > 0) {
        sheet_check(sheet, worksheet_repeat_columns(sheet->of, 0, (lxw_col_t)columns - 1));
    }
}

void io_xlsx_fit(io_xlsx_sheet *sheet, size_t letters)
{
    worksheet_fit_to_pages(sheet->of, (uint16_t)(letters / PAGE_LETTERS + 1), 0);
}

void io_xlsx_width(io_xlsx_sheet *sheet, size_t first, size_t last, unsigned width)
{
    for (size_t c = first; c <= last; c++) { /* the library would write a part of a range twice */
        sheet_check(sheet,
                    worksheet_set_column(sheet->of, (lxw_col_t)c, (lxw_col_t)c, width, NULL));
    }
}

void io_xlsx_height(io_xlsx_sheet *sheet, size_t row, unsigned lines)
{
    sheet_check(sheet, worksheet_set_row(sheet->of, (lxw_row_t)row, 15.0 * lines, NULL));
}

void io_xlsx_filter(io_xlsx_sheet *sheet, size_t row)
{
    if (sheet->columns > 0 && sheet->row > row) {
        sheet_check(sheet, worksheet_autofilter(sheet->of, (lxw_row_t)row, 0, sheet->row,
                                                (lxw_col_t)(sheet->columns - 1)));
    }
}

/* ---- cells ---- */

const char *io_xlsx_letters(size_t column, char out[8])
{
    lxw_col_to_name(out, (lxw_col_t)column, LXW_FALSE);
    return out;
}

/** Where the sheet has come to, and how the cell looks. */
static lxw_format *cell_at(io_xlsx_sheet *sheet, size_t row, size_t column, size_t style)
{
    sheet->row = (lxw_row_t)row;
    sheet->columns = column >= sheet->columns ? (lxw_col_t)(column + 1) : sheet->columns;
    return sheet->book->format[style];
}

void io_xlsx_text(io_xlsx_sheet *sheet, size_t row, size_t column, const char *text, size_t style)
{
    lxw_format *format = cell_at(sheet, row, column, style);
    size_t n = strlen(text);
    if (n > CELL_TEXT) {
        for (n = CELL_TEXT; ((unsigned char)text[n] & 0xc0) == 0x80;) {
            n--;
        }
        text = mera_arena_printf(sheet->book->arena, "%.*s…", (int)n, text);
    }
    sheet_check(sheet, text == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED
                                    : worksheet_write_string(sheet->of, (lxw_row_t)row,
                                                             (lxw_col_t)column, text, format));
}

void io_xlsx_number(io_xlsx_sheet *sheet, size_t row, size_t column, double value, size_t style)
{
    lxw_format *format = cell_at(sheet, row, column, style);
    sheet_check(
        sheet, worksheet_write_number(sheet->of, (lxw_row_t)row, (lxw_col_t)column, value, format));
}

void io_xlsx_formula(io_xlsx_sheet *sheet, size_t row, size_t column, const char *formula,
                     double value, size_t style)
{
    lxw_format *format = cell_at(sheet, row, column, style);
    sheet_check(sheet, worksheet_write_formula_num(sheet->of, (lxw_row_t)row, (lxw_col_t)column,
                                                   formula, format, value));
}
