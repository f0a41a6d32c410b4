/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Merged ranges of a sheet. A workbook keeps the text in the first cell of a range and leaves the
 * others empty. In the header each column under a merged title belongs to it, so the text is
 * spread; below the header that is done only when `merged: fill` says so.
 */
#include "io/sheet.h"

#include <stdlib.h>
#include <string.h>

enum { MERGED_WORK = 20000000 }; /* cells looked at */

/** Spreading. */
typedef struct merged_fill {
    io_sheet *sheet;
    mera_slice *value; /* by range; .at NULL = its row was not met yet */
    mera_text out;
    mera_slice *field; /* of the row at hand, by column of the sheet, from 0 */
    size_t n_fields;   /* up to its last cell */
    size_t work;
} merged_fill;

static int merged_order(const void *a, const void *b)
{
    const mera_cells *x = a, *y = b;
    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    return x->column < y->column ? -1 : x->column > y->column;
}

static uint32_t merged_header_end(const io_sheet *sheet)
{
    const size_t n = sheet->source->header_rows;
    return sheet->header_row + (n == 0 ? 0 : (uint32_t)n - 1);
}

/* Cuts a range to what is to be spread; false when nothing is. */
static bool merged_cut(const io_sheet *sheet, mera_cells *cells)
{
    const uint32_t end = merged_header_end(sheet);
    const bool all = sheet->source->merged == MERA_MERGED_FILL;
    cells->last_row = !all && cells->last_row > end ? end : cells->last_row;
    cells->last_row = cells->last_row > sheet->last_row ? sheet->last_row : cells->last_row;
    cells->last_column =
        cells->last_column > sheet->last_column ? sheet->last_column : cells->last_column;
    return cells->row >= sheet->range.row && cells->column >= sheet->range.column &&
           cells->row <= cells->last_row && cells->column <= cells->last_column;
}

/* Says what merged ranges below the header mean for the reading. */
static mera_code merged_tell(io_sheet *sheet)
{
    io_findings *f = sheet->findings;
    io_tally tally = {.kind = "merged-cells",
                      .refuse = sheet->source->merged == MERA_MERGED_REFUSE};
    for (size_t i = 0; i < sheet->n_merged; i++) {
        const mera_cells m = sheet->merged[i];
        if (m.row <= merged_header_end(sheet) || m.row > sheet->range.last_row ||
            m.column > sheet->range.last_column || m.last_column < sheet->range.column) {
            continue;
        }
        char first[MERA_CELL_NAME], last[MERA_CELL_NAME];
        mera_cell_name(m.row, m.column, first);
        mera_cell_name(m.last_row, m.last_column, last);
        MERA_TRY(IO_CASE_IN(f, &tally, io_sheet_at(sheet, m.row, m.column),
                            "merged cells %s:%s among the data",
                            "объединённые ячейки %s:%s среди данных", first, last));
        io_first_hint(f, &tally,
                      "'merged: fill' gives each cell the text, 'merged: first' only the "
                      "first one");
    }
    return io_tally_end(
        f, &tally,
        sheet->source->merged == MERA_MERGED_FILL
            ? "merged ranges among the data, filled"
            : "merged ranges among the data; only the first cell of each has a value");
}

/* Blank fields from the row's end up to `n`. Rows keep their own length: one cell far to the right
 * does not make all of them as wide. */
static void merged_widen(merged_fill *m, size_t n)
{
    while (m->n_fields < n) {
        m->field[m->n_fields++] = (mera_slice){"", 0};
    }
}

static void merged_split(merged_fill *m, mera_slice line)
{
    m->n_fields = m->sheet->range.column - 1;
    for (const char *at = line.at, *end = line.at + line.n; m->n_fields < m->sheet->last_column;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        const char *stop = tab == NULL ? end : tab;
        m->field[m->n_fields++] = (mera_slice){at, (size_t)(stop - at)};
        if (tab == NULL) {
            break;
        }
        at = tab + 1;
    }
}

/* Fills a row by the ranges from `from` on that begin at or above it; *from skips what is past. */
static mera_code merged_row(merged_fill *m, uint32_t row, size_t *from)
{
    const io_sheet *sheet = m->sheet;
    for (size_t i = *from; i < sheet->n_merged && sheet->merged[i].row <= row; i++) {
        mera_cells cells = sheet->merged[i];
        const bool use = merged_cut(sheet, &cells) && cells.last_row >= row;
        *from += i == *from && !use;
        m->work += use ? cells.last_column - cells.column + 2 : 1;
        if (m->work > MERGED_WORK) {
            return IO_FAIL(sheet->findings, "bad-workbook", io_sheet_at(sheet, row, 1),
                           "merged ranges cover too many cells");
        }
        merged_widen(m, use ? cells.last_column : 0);
        if (use && row == cells.row) {
            m->value[i] = m->field[cells.column - 1];
        }
        for (uint32_t c = cells.column; use && c <= cells.last_column; c++) {
            m->field[c - 1] = m->value[i].at == NULL ? m->field[c - 1] : m->value[i];
        }
    }
    return MERA_OK;
}

static mera_code merged_lines(merged_fill *m)
{
    const char *at = m->sheet->text.data, *end = at + m->sheet->text.n;
    size_t from = 0, first = m->sheet->range.column - 1;
    for (uint32_t row = m->sheet->range.row; row <= m->sheet->last_row; row++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline == NULL ? end : newline;
        merged_split(m, (mera_slice){at, (size_t)(stop - at)});
        MERA_TRY(merged_row(m, row, &from));
        for (size_t i = first; i < m->n_fields; i++) {
            mera_text_add(&m->out, i == first ? "" : "\t");
            mera_text_add_n(&m->out, m->field[i].at, m->field[i].n);
        }
        mera_text_add(&m->out, "\n");
        at = newline == NULL ? end : newline + 1;
    }
    return m->out.failed ? MERA_ENOMEM : MERA_OK;
}

mera_code io_sheet_end(io_sheet *sheet)
{
    merged_fill m = {.sheet = sheet, .out = {.arena = sheet->arena}};
    bool any = false;
    if (sheet->n_merged == 0 || sheet->n_cells == 0) {
        return MERA_OK;
    }
    MERA_TRY(merged_tell(sheet));
    qsort(sheet->merged, sheet->n_merged, sizeof *sheet->merged, merged_order);
    for (size_t i = 0; i < sheet->n_merged; i++) {
        mera_cells cells = sheet->merged[i];
        any |= merged_cut(sheet, &cells);
    }
    if (!any) {
        return MERA_OK;
    }
    MERA_TRY_NEW(m.value, sheet->arena, sheet->n_merged);
    MERA_TRY_NEW(m.field, sheet->arena, sheet->last_column);
    MERA_TRY(merged_lines(&m));
    sheet->text = m.out;
    return MERA_OK;
}
