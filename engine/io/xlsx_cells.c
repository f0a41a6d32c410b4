/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The cells of one sheet of an .xlsx workbook. Numbers keep the digits that the file has; dates
 * become 2020-01-31; codes that are shown with leading zeros get them; an error is its name; a
 * formula without a stored value is shown as the formula, which no number column takes.
 */
#include "io/xlsx_rich.h"

#include <stdlib.h>
#include <string.h>

/** Where a character belongs. */
typedef enum cells_inside { CELLS_NOWHERE, CELLS_VALUE, CELLS_FORMULA, CELLS_STRING } cells_inside;

typedef struct cells_reading {
    xlsx_book *book;
    io_sheet *out;
    uint32_t row, column;
    bool open; /* inside a cell that is wanted */
    char type; /* first letter of its type, with 'i' for inline and 'S' for "str" */
    size_t style;
    cells_inside inside;
    bool has_formula, has_value;
    mera_text value, formula;
    xlsx_rich rich;
    mera_text made; /* what a cell became when that is not its text */
} cells_reading;

static mera_code cells_refuse(const cells_reading *c, const char *what)
{
    return IO_FAIL(c->out->findings, "bad-workbook", io_sheet_at(c->out, c->row, c->column), "%s",
                   what);
}

/* A row's number as the file says it, or the next one. */
static void cells_row(io_xml *xml, const char **attribute)
{
    cells_reading *c = xml->user;
    const char *r = io_xml_attribute(attribute, "r");
    const unsigned long row = r == NULL ? (unsigned long)c->row + 1 : strtoul(r, NULL, 10);
    c->column = 0;
    if (row == 0 || row > MERA_CELL_ROWS) {
        io_xml_stop(xml,
                    IO_FAIL(c->out->findings, "bad-workbook",
                            io_sheet_at(c->out, c->row == 0 ? 1 : c->row, 1),
                            "the next row is said to be number '%.20s'; a sheet has at most %d",
                            r == NULL ? "" : r, MERA_CELL_ROWS));
        return;
    }
    c->row = (uint32_t)row;
}

static char cells_type(const char *type)
{
    return type == NULL                     ? 'n'
           : strcmp(type, "inlineStr") == 0 ? 'i'
           : strcmp(type, "str") == 0       ? 'S'
                                            : type[0];
}

static void cells_open(io_xml *xml, const char **attribute)
{
    cells_reading *c = xml->user;
    const char *r = NULL, *type = NULL, *style = NULL;
    for (size_t i = 0; attribute[i] != NULL; i += 2) {
        const char *name = attribute[i];
        r = strcmp(name, "r") == 0 ? attribute[i + 1] : r;
        type = strcmp(name, "t") == 0 ? attribute[i + 1] : type;
        style = strcmp(name, "s") == 0 ? attribute[i + 1] : style;
    }
    c->column++;
    uint32_t row = c->row == 0 ? 1 : c->row;
    if (r != NULL && !mera_cell_read((mera_slice){r, strlen(r)}, &row, &c->column)) {
        io_xml_stop(xml, IO_FAIL(c->out->findings, "bad-workbook", io_sheet_at(c->out, c->row, 1),
                                 "'%.40s' is no address of a cell", r));
        return;
    }
    if (c->column > MERA_CELL_COLUMNS || (c->row > 0 && row != c->row)) {
        io_xml_stop(xml, cells_refuse(c, "a cell stands outside its row"));
        return;
    }
    c->row = row;
    c->type = cells_type(type);
    c->style = style == NULL ? 0 : strtoul(style, NULL, 10);
    c->open = true;
    c->has_formula = c->has_value = false;
    c->value.n = c->formula.n = 0;
    xlsx_rich_clear(&c->rich);
}

static void cells_merge(io_xml *xml, const char **attribute)
{
    cells_reading *c = xml->user;
    const char *ref = io_xml_attribute(attribute, "ref");
    mera_cells cells;
    if (ref == NULL || !mera_cells_read((mera_slice){ref, strlen(ref)}, &cells)) {
        io_xml_stop(xml, IO_FAIL(c->out->findings, "bad-workbook",
                                 (mera_at){.file = c->out->findings->path},
                                 "'%.40s' is no range of merged cells", ref == NULL ? "" : ref));
        return;
    }
    const mera_code code = io_sheet_merge(c->out, cells);
    if (code != MERA_OK) {
        io_xml_stop(xml, code);
    }
}

static void cells_start(io_xml *xml, const char *name, const char **attribute)
{
    cells_reading *c = xml->user;
    if (!c->open) {
        if (strcmp(name, "c") == 0) {
            cells_open(xml, attribute);
        } else if (strcmp(name, "row") == 0) {
            cells_row(xml, attribute);
        } else if (strcmp(name, "mergeCell") == 0) {
            cells_merge(xml, attribute);
        }
    } else if (strcmp(name, "v") == 0) {
        c->inside = CELLS_VALUE;
        c->has_value = true;
    } else if (strcmp(name, "f") == 0) {
        c->inside = CELLS_FORMULA;
        c->has_formula = true;
    } else if (strcmp(name, "is") == 0) {
        c->inside = CELLS_STRING;
    } else if (c->inside == CELLS_STRING) {
        xlsx_rich_start(&c->rich, name, attribute);
    }
}

static void cells_text(io_xml *xml, const char *text, size_t n)
{
    cells_reading *c = xml->user;
    if (c->inside == CELLS_VALUE) {
        mera_text_add_n(&c->value, text, n);
    } else if (c->inside == CELLS_FORMULA) {
        mera_text_add_n(&c->formula, text, n);
    } else if (c->inside == CELLS_STRING) {
        xlsx_rich_text(&c->rich, text, n);
    }
}

/* A string of the table of shared ones. */
static mera_code cells_shared(const cells_reading *c, mera_slice *out)
{
    char *end = NULL;
    const unsigned long index = c->value.n == 0 ? 0 : strtoul(c->value.data, &end, 10);
    if (c->value.n == 0 || *end != '\0' || index >= c->book->n_strings) {
        return IO_FAIL(c->out->findings, "bad-workbook", io_sheet_at(c->out, c->row, c->column),
                       "the cell's text is number '%.20s' of %zu shared texts",
                       c->value.n == 0 ? "" : c->value.data, c->book->n_strings);
    }
    *out = c->book->string[index];
    return MERA_OK;
}

/* A number as its style shows it. */
static void cells_number(cells_reading *c)
{
    const excel_style style =
        c->style < c->book->n_styles ? c->book->style[c->style] : (excel_style){EXCEL_PLAIN, 0};
    excel_number(c->out, style, c->book->from_1904, (mera_slice){c->value.data, c->value.n},
                 &c->made);
}

static mera_slice cells_slice(const mera_text *text)
{
    return (mera_slice){text->n == 0 ? "" : text->data, text->n};
}

static mera_code cells_content(cells_reading *c, mera_slice *out)
{
    c->made.n = 0;
    if (c->type == 'i') {
        *out = cells_slice(&c->rich.text);
        return MERA_OK;
    }
    if (c->type == 'S' && c->has_value && c->value.n == 0) {
        *out = cells_slice(&c->made); /* a formula came to the empty text */
        return MERA_OK;
    }
    if (c->value.n == 0) {
        mera_text_add(&c->made, c->has_formula ? "=" : "");
        mera_text_add_n(&c->made, c->formula.n == 0 ? "" : c->formula.data, c->formula.n);
    } else if (c->type == 's') {
        return cells_shared(c, out);
    } else if (c->type == 'n') {
        cells_number(c);
    } else if (c->type == 'b') {
        mera_text_add(&c->made, strcmp(c->value.data, "1") == 0 ? "TRUE" : "FALSE");
    } else {
        mera_text_add_n(&c->made, c->value.data, c->value.n);
        if (c->type == 'S') {
            xlsx_unescape(&c->made, 0);
        }
    }
    *out = cells_slice(&c->made);
    return MERA_OK;
}

static mera_code cells_close(cells_reading *c)
{
    mera_slice text;
    MERA_TRY(cells_content(c, &text));
    if (c->value.failed || c->formula.failed || c->rich.text.failed || c->made.failed) {
        return MERA_ENOMEM;
    }
    return io_sheet_cell(c->out, c->row, c->column, text);
}

static void cells_end(io_xml *xml, const char *name)
{
    cells_reading *c = xml->user;
    if (!c->open) {
        return;
    }
    if (strcmp(name, "c") == 0) {
        c->open = false;
        const mera_code code = cells_close(c);
        if (code != MERA_OK) {
            io_xml_stop(xml, code);
        }
    } else if (strcmp(name, "v") == 0 || strcmp(name, "f") == 0 || strcmp(name, "is") == 0) {
        c->inside = CELLS_NOWHERE;
    } else if (c->inside == CELLS_STRING) {
        xlsx_rich_end(&c->rich, name);
    }
}

mera_code xlsx_read_cells(xlsx_book *book, const char *part, io_sheet *out)
{
    static const io_xml_events events = {cells_start, cells_end, cells_text};
    cells_reading c = {.book = book, .out = out};
    c.value.arena = c.formula.arena = c.rich.text.arena = c.rich.piece.arena = c.made.arena =
        book->arena;
    return io_xml_parse(book->zip, part, &events, &c);
}
