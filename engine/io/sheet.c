/* SPDX-License-Identifier: Apache-2.0 */
/** @file Cells of a sheet as lines of text. */
#include "io/sheet.h"

#include "base/grow.h"

#include <string.h>

enum {
    SHEET_MERGES = 1 << 18,
    SHEET_BLANKS = 100000000 /* passed over on the way to cells: more than any sheet of use */
};

void io_sheet_start(io_sheet *sheet, const mera_source *source, mera_cells range,
                    io_findings *findings, mera_arena *arena)
{
    range.row += source->skip_rows < MERA_CELL_ROWS ? (uint32_t)source->skip_rows : MERA_CELL_ROWS;
    *sheet = (io_sheet){.source = source,
                        .findings = findings,
                        .arena = arena,
                        .range = range,
                        .text = {.arena = arena},
                        .row = range.row};
}

mera_at io_sheet_at(const io_sheet *sheet, uint32_t row, uint32_t column)
{
    return (mera_at){sheet->findings->path, row, column, MERA_AT_CELL};
}

bool io_sheet_is_table(const io_sheet *sheet)
{
    return sheet->header_row < sheet->last_row;
}

static bool sheet_wants(const io_sheet *sheet, uint32_t row, uint32_t column)
{
    const mera_cells *r = &sheet->range;
    return row >= r->row && row <= r->last_row && column >= r->column && column <= r->last_column;
}

/* A few cells at the right end of a sheet make it a thousand times as large as its file. */
static mera_code sheet_too_wide(const io_sheet *sheet, uint32_t row, uint32_t column)
{
    const mera_code code = IO_FAIL(sheet->findings, "bad-workbook", io_sheet_at(sheet, row, column),
                                   "more than %d cells before this one are blank", SHEET_BLANKS);
    mera_hint(sheet->findings->diags, "'range' in the entry of 'data' reads a part of a sheet");
    return code;
}

/* Ends lines and fields up to the cell. */
static void sheet_go(io_sheet *sheet, uint32_t row, uint32_t column)
{
    static const char ends[] = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
                      tabs[] = "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t";
    const uint32_t most = sizeof ends - 1;
    while (sheet->row < row) {
        const uint32_t n = row - sheet->row < most ? row - sheet->row : most;
        mera_text_add_n(&sheet->text, ends, n);
        sheet->row += n;
        sheet->column = 0;
    }
    sheet->n_blank += column - (sheet->column == 0 ? sheet->range.column : sheet->column + 1);
    sheet->column = sheet->column == 0 ? sheet->range.column : sheet->column;
    while (sheet->column < column) {
        const uint32_t n = column - sheet->column < most ? column - sheet->column : most;
        mera_text_add_n(&sheet->text, tabs, n);
        sheet->column += n;
    }
}

/* A text with a quote at its start is quoted, since a table's fields are read so. */
void io_sheet_field(mera_text *out, mera_slice text)
{
    const bool quoted = text.n > 0 && text.at[0] == '"';
    const size_t start = out->n;
    mera_text_add(out, quoted ? "\"" : "");
    if (!quoted) {
        mera_text_add_n(out, text.at, text.n);
    }
    for (size_t i = 0; quoted && i < text.n; i++) {
        mera_text_add_n(out, text.at[i] == '"' ? "\"\"" : &text.at[i], text.at[i] == '"' ? 2 : 1);
    }
    mera_text_add(out, quoted ? "\"" : "");
    for (size_t i = start; !out->failed && i < out->n; i++) {
        const char c = out->data[i];
        out->data[i] = c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    }
}

mera_code io_sheet_cell(io_sheet *sheet, uint32_t row, uint32_t column, mera_slice text)
{
    if (!sheet_wants(sheet, row, column) || mera_slice_trim(text).n == 0) {
        return MERA_OK;
    }
    if (row < sheet->row || (row == sheet->row && sheet->column != 0 && column <= sheet->column &&
                             sheet->n_cells > 0)) {
        const mera_code code =
            IO_FAIL(sheet->findings, "bad-workbook", io_sheet_at(sheet, row, column),
                    "a cell out of its order, or there twice");
        mera_hint(sheet->findings->diags, "open and save the workbook in a spreadsheet program");
        return code;
    }
    sheet_go(sheet, row, column);
    if (sheet->n_blank > SHEET_BLANKS) {
        return sheet_too_wide(sheet, row, column);
    }
    io_sheet_field(&sheet->text, text);
    sheet->n_cells++;
    sheet->header_row = sheet->header_row == 0 ? row : sheet->header_row;
    sheet->last_row = row;
    sheet->last_column = column > sheet->last_column ? column : sheet->last_column;
    return sheet->text.failed ? MERA_ENOMEM : MERA_OK;
}

mera_code io_sheet_merge(io_sheet *sheet, mera_cells cells)
{
    if (sheet->n_merged >= SHEET_MERGES) {
        return IO_FAIL(sheet->findings, "bad-workbook", (mera_at){.file = sheet->findings->path},
                       "more than %d merged ranges", SHEET_MERGES);
    }
    mera_cells *list = mera_grown(sheet->arena, sheet->merged, &sheet->room_merged,
                                  sheet->n_merged + 1, sizeof *list);
    MERA_TRY_PTR(list);
    sheet->merged = list;
    list[sheet->n_merged++] = cells;
    return MERA_OK;
}

void io_sheet_digits(const io_sheet *sheet, mera_slice digits, mera_text *out)
{
    const size_t start = out->n;
    mera_text_add_n(out, digits.at, digits.n);
    char *point = sheet->source->decimal == ',' && digits.n > 0 && !out->failed
                      ? memchr(out->data + start, '.', digits.n)
                      : NULL;
    if (point != NULL) {
        *point = ',';
    }
}

void io_sheet_raised(mera_text *out, const char *text, size_t n)
{
    static const char *const raised[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                         "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
    for (size_t i = 0; i < n; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            mera_text_add(out, raised[text[i] - '0']);
        } else if (text[i] == ')') {
            mera_text_add(out, "\u207E");
        } else {
            mera_text_add_n(out, &text[i], 1);
        }
    }
}
