/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A workbook out, by libxlsxwriter, in little memory: cells of a sheet go row by row, those of
 * several sheets in any order. The same cells give the same bytes. A handle: its opener finishes or
 * discards it.
 */
#ifndef MERA_IO_XLSX_WRITE_H
#define MERA_IO_XLSX_WRITE_H

#include <stdint.h>

#include "base/text.h"

enum { IO_XLSX_ROWS = 1048576, IO_XLSX_COLUMNS = 16384 };

/** How a cell looks. */
typedef struct io_xlsx_style {
    const char *number; /**< "0.00"; NULL = as the program likes */
    uint32_t fill, ink; /**< 0xRRGGBB; 0 = no fill, black */
    unsigned size;      /**< of the letters; 0 = 11 points */
    bool bold, italic, wrap, indented, right;
    bool low; /**< at the bottom of a row of several lines; else at its top */
} io_xlsx_style;

typedef struct io_xlsx io_xlsx;
typedef struct io_xlsx_sheet io_xlsx_sheet;

/** An empty workbook, whose parts go through files in TMPDIR. Cells name their style by its number
 * in `style`; style 0 is that of cells without any. MERA_ESYSTEM: there can be no such file. */
mera_code io_xlsx_open(const io_xlsx_style *style, size_t n_styles, const char *title,
                       const char *comment, mera_arena *arena, mera_diags *diags, io_xlsx **out);

/** A sheet after those there are. The name has at most 31 characters and none of []:*?/\ . */
mera_code io_xlsx_add(io_xlsx *book, const char *name, io_xlsx_sheet **out);

/** So many rows at the top and columns at the left stay in sight, and they are on every page. */
void io_xlsx_freeze(io_xlsx_sheet *sheet, size_t rows, size_t columns);
/** All columns, of so many letters together, fit on the width of as few pages as can be read. */
void io_xlsx_fit(io_xlsx_sheet *sheet, size_t letters);
/** Width in characters of a column and those up to `last`; after their cells too. */
void io_xlsx_width(io_xlsx_sheet *sheet, size_t first, size_t last, unsigned width);
/** Before the cells of a row or while it is the last: so many lines of text high. */
void io_xlsx_height(io_xlsx_sheet *sheet, size_t row, unsigned lines);
/** The row has the signs of a filter over the rows below it, which end with the last one written so
 * far. */
void io_xlsx_filter(io_xlsx_sheet *sheet, size_t row);

/** A text; one over 32,000 bytes is cut, and ends with "…". */
void io_xlsx_text(io_xlsx_sheet *sheet, size_t row, size_t column, const char *text, size_t style);
void io_xlsx_number(io_xlsx_sheet *sheet, size_t row, size_t column, double value, size_t style);
/** The formula, without '=', and the number that it gives. */
void io_xlsx_formula(io_xlsx_sheet *sheet, size_t row, size_t column, const char *formula,
                     double value, size_t style);

/** "AB" of column 27. */
const char *io_xlsx_letters(size_t column, char out[8]);

/** Appends the workbook to `out` and gives back what it held, also when it fails. */
mera_code io_xlsx_finish(io_xlsx *book, mera_diags *diags, mera_text *out);
/** Gives back what the workbook held. NULL and a finished one are allowed. */
void io_xlsx_discard(io_xlsx *book);

#endif
