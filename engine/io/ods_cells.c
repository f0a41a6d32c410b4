/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The cells of one sheet of an OpenDocument spreadsheet. Cells and rows come in their order and are
 * told to be repeated, blank ones to the end of the sheet. What a cell becomes is what it would in
 * an .xlsx: numbers keep their digits, dates are 2020-01-31, codes shown with zeros keep these.
 */
#include "base/grow.h"
#include "io/ods_text.h"

#include <stdlib.h>
#include <string.h>

/* Cells made by repeating others: more than any sheet of use, less than fills the memory. */
enum { CELLS_REPEATED = 20000000 };

/** A cell of the row at hand that is not blank. */
typedef struct ods_cell {
    uint32_t column, n; /* the first of `n` equal ones */
    size_t from, size;  /* its text */
} ods_cell;

struct ods_cells {
    ods_book *book;
    io_sheet *out;
    size_t row_depth, cell_depth; /* of their elements; 0 = outside */
    uint32_t row, n_rows;         /* at hand, and how many are like it */
    uint64_t column, n_columns;   /* likewise: of the cell */
    ods_cell *cell;               /* of the row */
    size_t n_cells, room_cells;
    mera_text texts; /* of the row's cells */
    size_t n_repeated;
    ods_content content; /* of the cell */
};

static mera_code cells_refuse(const ods_cells *c, const char *what, const char *count)
{
    const uint32_t column = c->column == 0 ? 1 : (uint32_t)c->column;
    return IO_FAIL(c->out->findings, "bad-workbook", io_sheet_at(c->out, c->row, column),
                   "%s is said to be there %.20s times; a sheet has at most %d rows and %d columns",
                   what, count, MERA_CELL_ROWS, MERA_CELL_COLUMNS);
}

/* How often an element is repeated; false when that is no number or goes beyond `most`. */
static bool cells_count(const char *text, uint64_t most, uint64_t *n)
{
    char *end = NULL;
    *n = 1;
    if (text == NULL) {
        return most >= 1;
    }
    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    *n = strtoull(text, &end, 10);
    return *end == '\0' && *n >= 1 && *n <= most;
}

static mera_code cells_row(ods_cells *c, size_t depth, const char **attribute)
{
    uint64_t n = 0;
    const char *repeated = io_xml_attribute(attribute, "number-rows-repeated");
    c->row += c->n_rows;
    c->column = 0;
    c->n_columns = 1;
    if (!cells_count(repeated, c->row > MERA_CELL_ROWS ? 0 : MERA_CELL_ROWS + 1 - c->row, &n)) {
        return cells_refuse(c, "the row", repeated == NULL ? "1" : repeated);
    }
    c->n_rows = (uint32_t)n;
    c->row_depth = depth;
    c->n_cells = 0;
    c->texts.n = 0;
    return MERA_OK;
}

/* Cells over several rows or columns. */
static mera_code cells_merge(const ods_cells *c, const ods_said *said)
{
    const char *rows = said->rows, *columns = said->columns;
    uint64_t n_rows = 1, n_columns = 1;
    if (rows == NULL && columns == NULL) {
        return MERA_OK;
    }
    const uint32_t row = c->row, column = (uint32_t)c->column;
    if (!cells_count(rows, MERA_CELL_ROWS + 1 - row, &n_rows) ||
        !cells_count(columns, MERA_CELL_COLUMNS + 1 - column, &n_columns)) {
        return IO_FAIL(c->out->findings, "bad-workbook", io_sheet_at(c->out, row, column),
                       "the merged cells go over '%.20s' rows and '%.20s' columns, beyond a sheet",
                       rows == NULL ? "1" : rows, columns == NULL ? "1" : columns);
    }
    return n_rows * n_columns == 1
               ? MERA_OK
               : io_sheet_merge(c->out, (mera_cells){row, column, row + (uint32_t)n_rows - 1,
                                                     column + (uint32_t)n_columns - 1});
}

static mera_code cells_open(ods_cells *c, size_t depth, const char **attribute)
{
    const ods_said said = ods_said_of(attribute);
    c->column += c->n_columns;
    if (c->column > MERA_CELL_COLUMNS ||
        !cells_count(said.repeated, MERA_CELL_COLUMNS + 1 - c->column, &c->n_columns)) {
        c->column = c->column > MERA_CELL_COLUMNS ? MERA_CELL_COLUMNS : c->column;
        return cells_refuse(c, "the cell", said.repeated == NULL ? "1" : said.repeated);
    }
    c->cell_depth = depth;
    MERA_TRY(cells_merge(c, &said));
    return ods_content_open(&c->content, &said);
}

static mera_code cells_close(ods_cells *c)
{
    mera_slice text;
    c->cell_depth = 0;
    MERA_TRY(ods_content_close(&c->content, c->out, &text));
    if (mera_slice_trim(text).n == 0) {
        return MERA_OK;
    }
    ods_cell *list =
        mera_grown(c->book->arena, c->cell, &c->room_cells, c->n_cells + 1, sizeof *list);
    MERA_TRY_PTR(list);
    c->cell = list;
    list[c->n_cells++] =
        (ods_cell){(uint32_t)c->column, (uint32_t)c->n_columns, c->texts.n, text.n};
    mera_text_add_n(&c->texts, text.at, text.n);
    return c->texts.failed ? MERA_ENOMEM : MERA_OK;
}

/* One cell as often as it is repeated in its row. */
static mera_code cells_put(ods_cells *c, uint32_t row, const ods_cell *cell)
{
    const mera_slice text = {c->texts.data + cell->from, cell->size};
    c->n_repeated += cell->n - 1 + (row > c->row);
    if (c->n_repeated > CELLS_REPEATED) {
        const mera_code code =
            IO_FAIL(c->out->findings, "bad-workbook", io_sheet_at(c->out, row, cell->column),
                    "more than %d cells are made by repeating others", CELLS_REPEATED);
        mera_hint(c->out->findings->diags,
                  "'range' in the entry of 'data' reads a part of a sheet");
        return code;
    }
    for (uint32_t i = 0; i < cell->n; i++) {
        MERA_TRY(io_sheet_cell(c->out, row, cell->column + i, text));
    }
    return MERA_OK;
}

static mera_code cells_row_end(ods_cells *c)
{
    c->row_depth = 0;
    for (uint32_t i = 0; i < c->n_rows && c->n_cells > 0; i++) {
        if (c->row + i > c->out->range.last_row) {
            break;
        }
        for (size_t k = 0; k < c->n_cells; k++) {
            MERA_TRY(cells_put(c, c->row + i, &c->cell[k]));
        }
    }
    return MERA_OK;
}

static bool cells_is_cell(const char *name)
{
    return strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0;
}

mera_code ods_cells_start(ods_cells *c, size_t depth, const char *name, const char **attribute)
{
    if (c->cell_depth != 0) {
        ods_content_start(&c->content, c->book, depth - c->cell_depth, name, attribute);
    } else if (c->row_depth != 0) {
        return depth == c->row_depth + 1 && cells_is_cell(name) ? cells_open(c, depth, attribute)
                                                                : MERA_OK;
    } else if (strcmp(name, "table-row") == 0) {
        return cells_row(c, depth, attribute);
    }
    return MERA_OK;
}

mera_code ods_cells_end(ods_cells *c, size_t depth)
{
    if (c->cell_depth != 0 && depth == c->cell_depth) {
        return cells_close(c);
    } else if (c->cell_depth != 0) {
        ods_content_end(&c->content, depth - c->cell_depth);
    } else if (c->row_depth != 0 && depth == c->row_depth) {
        return cells_row_end(c);
    }
    return MERA_OK;
}

void ods_cells_text(ods_cells *c, const char *text, size_t n)
{
    if (c->cell_depth != 0) {
        ods_content_text(&c->content, text, n);
    }
}

mera_code ods_cells_new(ods_book *book, io_sheet *out, ods_cells **cells)
{
    MERA_TRY_NEW(*cells, book->arena, 1);
    **cells = (ods_cells){.book = book, .out = out, .row = 1, .texts = {.arena = book->arena}};
    ods_content_new(&(*cells)->content, book->arena);
    return MERA_OK;
}
