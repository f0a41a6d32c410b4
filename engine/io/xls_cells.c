/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The cells of one sheet of an .xls workbook. Writers other than Excel put them down in the order
 * they were made, so they are collected first. A formula whose stored value is the empty text may
 * never have been calculated: these are counted.
 */
#include "base/grow.h"
#include "base/number.h"
#include "io/xls.h"

#include <stdlib.h>
#include <string.h>

enum { XLS_COLUMNS = 256 }; /* of a sheet */

typedef struct xls_cell {
    uint64_t place; /* row and column, from 0, as one number */
    size_t from, n; /* its text */
} xls_cell;

typedef struct cells_reading {
    xls_book *book;
    io_sheet *out;
    xls_cell *cell;
    size_t n, room;
    bool unsorted;
    mera_text texts;  /* of all cells */
    mera_text made;   /* of the cell at hand */
    uint64_t formula; /* whose text comes in a record of its own; UINT64_MAX = none */
    io_tally empty;
} cells_reading;

static mera_at cells_at(const cells_reading *c, uint64_t place)
{
    return io_sheet_at(c->out, (uint32_t)(place >> 16) + 1, (uint32_t)(place & 0xFFFF) + 1);
}

static mera_code cells_add(cells_reading *c, uint64_t place, mera_slice text)
{
    if (text.n == 0) {
        return MERA_OK;
    }
    if ((place & 0xFFFF) >= XLS_COLUMNS) {
        return IO_FAIL(c->out->findings, "bad-workbook", cells_at(c, place),
                       "a cell stands outside the sheet, which has %d columns", XLS_COLUMNS);
    }
    xls_cell *list = mera_grown(c->book->out->arena, c->cell, &c->room, c->n + 1, sizeof *list);
    MERA_TRY_PTR(list);
    c->cell = list;
    c->unsorted |= c->n > 0 && place < list[c->n - 1].place;
    list[c->n++] = (xls_cell){place, c->texts.n, text.n};
    mera_text_add_n(&c->texts, text.at, text.n);
    return c->texts.failed || c->made.failed ? MERA_ENOMEM : MERA_OK;
}

static mera_code cells_made(cells_reading *c, uint64_t place)
{
    return cells_add(c, place, (mera_slice){c->made.n == 0 ? "" : c->made.data, c->made.n});
}

static mera_code cells_number(cells_reading *c, uint64_t place, size_t xf, double value)
{
    char digits[32];
    const size_t n = mera_number_write(value, digits);
    c->made.n = 0;
    if (n == 0) { /* no number that a sheet can hold */
        mera_text_add(&c->made, "#NUM!");
    } else {
        excel_number(c->out, xls_style(c->book, xf), c->book->from_1904, (mera_slice){digits, n},
                     &c->made);
    }
    return cells_made(c, place);
}

static double cells_double(const uint8_t *at)
{
    const uint64_t bits = xls_u32(at) | (uint64_t)xls_u32(at + 4) << 32;
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A number in 30 bits: whole, or the upper ones of a double; a hundredth of it when bit 0 says so.
 */
static double cells_rk(uint32_t rk)
{
    double value = 0;
    if ((rk & 2) != 0) {
        value = (double)((int32_t)rk >> 2);
    } else {
        const uint64_t bits = (uint64_t)(rk & ~3u) << 32;
        memcpy(&value, &bits, sizeof value);
    }
    return (rk & 1) != 0 ? value / 100 : value;
}

static mera_code cells_rks(cells_reading *c, const xls_record *r, uint64_t place)
{
    const uint8_t *at = r->at + 4;
    for (size_t left = r->n - 4; left >= 8; left -= 6, at += 6, place++) { /* 2 stand at the end */
        MERA_TRY(cells_number(c, place, xls_u16(at), cells_rk(xls_u32(at + 2))));
    }
    return MERA_OK;
}

static mera_code cells_error(cells_reading *c, uint64_t place, bool is_error, uint8_t value)
{
    static const struct {
        uint8_t code;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    const char *text = is_error ? "#ERROR!" : value != 0 ? "TRUE" : "FALSE";
    for (size_t i = 0; is_error && i < sizeof errors / sizeof *errors; i++) {
        text = errors[i].code == value ? errors[i].text : text;
    }
    return cells_add(c, place, (mera_slice){text, strlen(text)});
}

/* A formula's stored value: a number, or by the mark of its last two bytes something else. */
static mera_code cells_formula(cells_reading *c, const xls_record *r, uint64_t place)
{
    const uint8_t *value = r->at + 6;
    if (xls_u16(value + 6) != 0xFFFF) {
        return cells_number(c, place, xls_u16(r->at + 4), cells_double(value));
    }
    switch (value[0]) {
    case 0:
        c->formula = place;
        return MERA_OK;
    case 1:
        return cells_error(c, place, false, value[2]);
    case 2:
        return cells_error(c, place, true, value[2]);
    default:
        return IO_CASE(c->out->findings, &c->empty, cells_at(c, place),
                       "the stored value of a formula is empty");
    }
}

static mera_code cells_shared(cells_reading *c, const xls_record *r, uint64_t place)
{
    const size_t index = xls_u32(r->at + 6);
    if (index >= c->book->n_strings) {
        return IO_FAIL(c->out->findings, "bad-workbook", cells_at(c, place),
                       "the cell's text is number '%zu' of %zu shared texts", index,
                       c->book->n_strings);
    }
    return cells_add(c, place, c->book->string[index]);
}

/* A text in the record itself, behind `skip` bytes. */
static mera_code cells_text(cells_reading *c, const xls_record *r, size_t skip, uint64_t place)
{
    xls_cursor cursor = xls_cursor_of(c->book, r);
    cursor.at += skip;
    c->made.n = 0;
    xls_text(c->book, &cursor, 2, &c->made);
    return cursor.failed ? IO_FAIL(c->out->findings, "bad-workbook", cells_at(c, place),
                                   "the text of the cell is cut")
                         : cells_made(c, place);
}

static mera_code cells_merged(cells_reading *c, const xls_record *r)
{
    const size_t n = r->n < 2 ? 0 : xls_u16(r->at);
    for (size_t i = 0; i < n && 2 + 8 * (i + 1) <= r->n; i++) {
        const uint8_t *at = r->at + 2 + 8 * i;
        const uint32_t row = xls_u16(at), last = xls_u16(at + 2), column = xls_u16(at + 4);
        const uint32_t last_column = xls_u16(at + 6);
        if (last < row || last_column < column || last_column >= MERA_CELL_COLUMNS) {
            return IO_FAIL(c->out->findings, "bad-workbook",
                           (mera_at){.file = c->out->findings->path},
                           "rows %u to %u, columns %u to %u are no range of merged cells", row + 1,
                           last + 1, column + 1, last_column + 1);
        }
        MERA_TRY(
            io_sheet_merge(c->out, (mera_cells){row + 1, column + 1, last + 1, last_column + 1}));
    }
    return MERA_OK;
}

/* A record of a cell, which is as long as its kind is at least. */
static mera_code cells_of_cell(cells_reading *c, const xls_record *r)
{
    const uint64_t place = (uint64_t)xls_u16(r->at) << 16 | xls_u16(r->at + 2);
    switch (r->type) {
    case XLS_NUMBER:
        return cells_number(c, place, xls_u16(r->at + 4), cells_double(r->at + 6));
    case XLS_RK:
        return cells_number(c, place, xls_u16(r->at + 4), cells_rk(xls_u32(r->at + 6)));
    case XLS_MULRK:
        return cells_rks(c, r, place);
    case XLS_LABELSST:
        return cells_shared(c, r, place);
    case XLS_LABEL:
    case XLS_RSTRING:
        return cells_text(c, r, 6, place);
    case XLS_BOOLERR:
        return cells_error(c, place, r->at[7] != 0, r->at[6]);
    default:
        return cells_formula(c, r, place);
    }
}

static mera_code cells_record(cells_reading *c, const xls_record *r)
{
    static const struct {
        uint32_t type;
        size_t least;
    } cells[] = {{XLS_FORMULA, 14},  {XLS_NUMBER, 14}, {XLS_RK, 10},   {XLS_MULRK, 6},
                 {XLS_LABELSST, 10}, {XLS_BOOLERR, 8}, {XLS_LABEL, 9}, {XLS_RSTRING, 9}};
    if (r->type == XLS_MERGED) {
        return cells_merged(c, r);
    }
    if (r->type == XLS_STRING && c->formula != UINT64_MAX) {
        const uint64_t place = c->formula;
        c->formula = UINT64_MAX;
        return cells_text(c, r, 0, place);
    }
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (cells[i].type == r->type) {
            return r->n < cells[i].least ? xls_refuse(c->book, "a record of a cell is cut")
                                         : cells_of_cell(c, r);
        }
    }
    return MERA_OK;
}

/* The records of the sheet; charts in it have a beginning and an end of their own. */
static mera_code cells_records(cells_reading *c, size_t from)
{
    xls_record r;
    size_t depth = 0;
    while (xls_next(c->book, &from, &r)) {
        if (depth == 0 && r.type != XLS_BOF) {
            break;
        }
        depth += r.type == XLS_BOF;
        depth -= r.type == XLS_EOF;
        if (depth == 0) {
            return MERA_OK;
        }
        MERA_TRY(depth == 1 ? cells_record(c, &r) : MERA_OK);
    }
    return IO_FAIL(c->out->findings, "bad-workbook", (mera_at){.file = c->out->findings->path},
                   "the records of the sheet %s",
                   depth == 0 ? "are not where they are said to be" : "are cut");
}

static int cells_order(const void *a, const void *b)
{
    const xls_cell *x = a, *y = b;
    if (x->place != y->place) {
        return x->place < y->place ? -1 : 1;
    }
    return x->from < y->from ? -1 : x->from > y->from;
}

mera_code xls_read_cells(xls_book *book, size_t from, io_sheet *out)
{
    mera_arena *arena = book->out->arena;
    cells_reading c = {.book = book,
                       .out = out,
                       .texts = {.arena = arena},
                       .made = {.arena = arena},
                       .formula = UINT64_MAX,
                       .empty = {.kind = "empty-formula"}};
    MERA_TRY(cells_records(&c, from));
    if (c.unsorted) {
        qsort(c.cell, c.n, sizeof *c.cell, cells_order);
    }
    for (size_t i = 0; i < c.n; i++) {
        const xls_cell *cell = &c.cell[i];
        const mera_at at = cells_at(&c, cell->place);
        MERA_TRY(io_sheet_cell(out, at.line, at.column,
                               (mera_slice){c.texts.data + cell->from, cell->n}));
    }
    return io_tally_end(out->findings, &c.empty,
                        "formulas whose stored value is empty: never calculated, or an empty text");
}
