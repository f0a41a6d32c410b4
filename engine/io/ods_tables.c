/* SPDX-License-Identifier: Apache-2.0 */
/** @file Going through the content of an OpenDocument spreadsheet: styles, tables, their cells. */
#include "io/ods.h"

#include <string.h>

enum {
    TABLES_STYLE = 3, /* depth of a style's element: document, styles, style */
    TABLES_TABLE = 4  /* of a sheet's element: document, body, spreadsheet, table */
};

typedef struct tables_pass {
    ods_book *book;
    char style[128];  /* the style at hand; "" = none, or one of too long a name */
    ods_cells *cells; /* of the table at hand; NULL = it is passed over */
    io_sheet *only;   /* to be read, the table of this number: the pass ends with it; or NULL */
    size_t index;
    size_t n_tables;
} tables_pass;

size_t ods_style(const ods_book *book, const char *name)
{
    const size_t known = name == NULL ? SIZE_MAX : mera_map_get(book->style, name, strlen(name));
    return known == SIZE_MAX ? 0 : known;
}

/* "super 58%", or a share of the height by which the text stands higher. */
static bool tables_raised(const char *position)
{
    return position != NULL &&
           (strncmp(position, "super", 5) == 0 || (position[0] >= '1' && position[0] <= '9'));
}

static mera_code tables_keep(tables_pass *p, size_t what)
{
    return p->style[0] == '\0'
               ? MERA_OK
               : mera_map_put(p->book->style, p->style, strlen(p->style), what, NULL, NULL);
}

/* An element that may be a style: what follows inside belongs to it, or to none. */
static void tables_name(tables_pass *p, const char *name, const char **attribute)
{
    const char *title = strcmp(name, "style") == 0 ? io_xml_attribute(attribute, "name") : NULL;
    const size_t n = title == NULL ? 0 : strlen(title);
    p->style[0] = '\0';
    if (n > 0 && n < sizeof p->style) {
        memcpy(p->style, title, n + 1);
    }
}

static mera_code tables_style(tables_pass *p, const char *name, const char **attribute)
{
    if (strcmp(name, "text-properties") == 0 &&
        tables_raised(io_xml_attribute(attribute, "text-position"))) {
        return tables_keep(p, ODS_RAISED);
    } else if (strcmp(name, "table-properties") == 0) {
        const char *display = io_xml_attribute(attribute, "display");
        return display != NULL && strcmp(display, "false") == 0 ? tables_keep(p, ODS_HIDDEN)
                                                                : MERA_OK;
    }
    return MERA_OK;
}

/* A table begins: it is listed, and read when it looks to be the one wanted. */
static mera_code tables_table(tables_pass *p, const char **attribute)
{
    ods_book *book = p->book;
    const size_t index = p->n_tables++;
    if (p->only != NULL) {
        return index == p->index ? ods_cells_new(book, p->only, &p->cells) : MERA_OK;
    }
    const char *name = io_xml_attribute(attribute, "name");
    const char *style = io_xml_attribute(attribute, "style-name");
    MERA_TRY(
        io_book_add(book->out, (io_book_sheet){.name = name == NULL ? "" : name,
                                               .hidden = ods_style(book, style) == ODS_HIDDEN}));
    if (book->kept_at != SIZE_MAX || !io_book_may_want(book->out, index)) {
        return MERA_OK;
    }
    MERA_TRY(io_book_begin(book->out, index, &book->kept));
    return ods_cells_new(book, &book->kept, &p->cells);
}

/* A table that was read ends. */
static void tables_table_end(io_xml *xml, tables_pass *p)
{
    const io_book *out = p->book->out;
    const size_t index = p->n_tables - 1;
    p->cells = NULL;
    if (p->only != NULL) {
        io_xml_stop(xml, MERA_OK); /* the rest is other sheets */
        return;
    }
    out->findings->path = out->source->path; /* of which the rest of the content speaks */
    if (out->source->sheet != NULL || io_sheet_is_table(&p->book->kept)) {
        p->book->kept_at = index;
    } else {
        out->sheet[index].no_table = true;
    }
}

static void tables_start(io_xml *xml, const char *name, const char **attribute)
{
    tables_pass *p = xml->user;
    mera_code code = MERA_OK;
    if (xml->depth > TABLES_TABLE) { /* most elements: properties of styles are not as deep */
        code = p->cells == NULL ? MERA_OK : ods_cells_start(p->cells, xml->depth, name, attribute);
    } else if (xml->depth == TABLES_STYLE) {
        tables_name(p, name, attribute);
    } else if (xml->depth == TABLES_TABLE && strcmp(name, "table") == 0) {
        code = tables_table(p, attribute);
    } else {
        code = tables_style(p, name, attribute);
    }
    if (code != MERA_OK) {
        io_xml_stop(xml, code);
    }
}

static void tables_end(io_xml *xml, const char *name)
{
    tables_pass *p = xml->user;
    const size_t depth = xml->depth + 1; /* of the element that ends */
    (void)name;
    if (p->cells == NULL) {
        return;
    }
    if (depth == TABLES_TABLE) {
        tables_table_end(xml, p);
        return;
    }
    const mera_code code = ods_cells_end(p->cells, depth);
    if (code != MERA_OK) {
        io_xml_stop(xml, code);
    }
}

static void tables_text(io_xml *xml, const char *text, size_t n)
{
    tables_pass *p = xml->user;
    if (p->cells != NULL) {
        ods_cells_text(p->cells, text, n);
    }
}

static mera_code tables_go(tables_pass *p, const char *part)
{
    static const io_xml_events events = {tables_start, tables_end, tables_text};
    return io_xml_parse(p->book->zip, part, &events, p);
}

mera_code ods_read_part(ods_book *book, const char *part)
{
    return tables_go(&(tables_pass){.book = book}, part);
}

mera_code ods_read_again(ods_book *book, const char *part, size_t index, io_sheet *out)
{
    return tables_go(&(tables_pass){.book = book, .only = out, .index = index}, part);
}
