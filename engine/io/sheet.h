/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A sheet of a workbook on its way to a table: its cells become text, fields divided by tabs, a
 * line a row, so that a line's number is the row's number in the sheet. Tabs and line breaks inside
 * cells become spaces.
 */
#ifndef MERA_IO_SHEET_H
#define MERA_IO_SHEET_H

#include "base/cell.h"
#include "io/findings.h"

typedef struct io_sheet {
    const mera_source *source;
    io_findings *findings; /**< its path says the sheet: "book.xlsx[Data]" */
    mera_arena *arena;
    mera_cells range; /**< what is wanted */
    mera_text text;
    uint32_t row, column;           /**< written last; row 0 = nothing yet */
    uint32_t header_row;            /**< the first row that holds something; 0 = none yet */
    uint32_t last_row, last_column; /**< that hold something */
    size_t n_cells;
    uint64_t n_blank; /**< fields between them */
    mera_cells *merged;
    size_t n_merged, room_merged;
} io_sheet;

/** Starts a sheet. The range of `source` was read into `range`. */
void io_sheet_start(io_sheet *sheet, const mera_source *source, mera_cells range,
                    io_findings *findings, mera_arena *arena);

/** Adds a cell. Cells come by row, and by column in it; others are refused. */
mera_code io_sheet_cell(io_sheet *sheet, uint32_t row, uint32_t column, mera_slice text);

/** Adds a text as a field of such a table: one line, without tabs. */
void io_sheet_field(mera_text *out, mera_slice text);

/** Adds a merged range. */
mera_code io_sheet_merge(io_sheet *sheet, mera_cells cells);

/** Spreads the text of merged ranges: in the header always, below it as `merged:` says. */
mera_code io_sheet_end(io_sheet *sheet);

/** Adds the digits of a number, which have a decimal point, with the decimal mark of the source. */
void io_sheet_digits(const io_sheet *sheet, mera_slice digits, mera_text *out);

/** Adds text in superscript, as marks of footnotes are, in characters that stay when the format is
 * gone. */
void io_sheet_raised(mera_text *out, const char *text, size_t n);

/** Does it hold a header and rows? */
bool io_sheet_is_table(const io_sheet *sheet);

/** The place of a cell. */
mera_at io_sheet_at(const io_sheet *sheet, uint32_t row, uint32_t column);

#endif
