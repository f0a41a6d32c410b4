/* SPDX-License-Identifier: Apache-2.0 */
/** @file An OpenDocument spreadsheet around its cells: what it is, its styles and sheets. */
#include "io/ods.h"

#include <string.h>

#define ODS_CONTENT "content.xml"
#define ODS_STYLES "styles.xml"
#define ODS_MIMETYPE "mimetype"
#define ODS_MANIFEST "META-INF/manifest.xml"
#define ODS_KIND "application/vnd.oasis.opendocument."

/** Going through the content for the styles and the tables, not the cells. */
typedef struct ods_listing {
    ods_book *book;
    char style[128]; /* the style at hand; "" = none, or one of too long a name */
} ods_listing;

static void book_nothing(io_xml *xml, const char *name)
{
    (void)xml;
    (void)name;
}

size_t ods_style(const ods_book *book, const char *name)
{
    const size_t known = name == NULL ? SIZE_MAX : mera_map_get(book->style, name, strlen(name));
    return known == SIZE_MAX ? 0 : known;
}

/* "super 58%", or a share of the height by which the text stands higher. */
static bool listing_raised(const char *position)
{
    return position != NULL &&
           (strncmp(position, "super", 5) == 0 || (position[0] >= '1' && position[0] <= '9'));
}

static mera_code listing_keep(ods_listing *l, size_t what)
{
    return l->style[0] == '\0'
               ? MERA_OK
               : mera_map_put(l->book->style, l->style, strlen(l->style), what, NULL, NULL);
}

/* An element that may be a style: what follows inside belongs to it, or to none. */
static void listing_name(ods_listing *l, const char *name, const char **attribute)
{
    const char *title = strcmp(name, "style") == 0 ? io_xml_attribute(attribute, "name") : NULL;
    const size_t n = title == NULL ? 0 : strlen(title);
    l->style[0] = '\0';
    if (n > 0 && n < sizeof l->style) {
        memcpy(l->style, title, n + 1);
    }
}

static mera_code listing_style(ods_listing *l, const char *name, const char **attribute)
{
    if (strcmp(name, "text-properties") == 0 &&
        listing_raised(io_xml_attribute(attribute, "text-position"))) {
        return listing_keep(l, ODS_RAISED);
    } else if (strcmp(name, "table-properties") == 0) {
        const char *display = io_xml_attribute(attribute, "display");
        return display != NULL && strcmp(display, "false") == 0 ? listing_keep(l, ODS_HIDDEN)
                                                                : MERA_OK;
    }
    return MERA_OK;
}

static mera_code listing_table(ods_listing *l, const char **attribute)
{
    const char *name = io_xml_attribute(attribute, "name");
    const char *style = io_xml_attribute(attribute, "style-name");
    return io_book_add(l->book->out,
                       (io_book_sheet){.name = name == NULL ? "" : name,
                                       .hidden = ods_style(l->book, style) == ODS_HIDDEN});
}

static void listing_start(io_xml *xml, const char *name, const char **attribute)
{
    ods_listing *l = xml->user;
    mera_code code = MERA_OK;
    if (xml->depth > ODS_TABLE_DEPTH) {
        return; /* most elements are cells; properties of styles are not as deep */
    }
    if (xml->depth == ODS_STYLE_DEPTH) {
        listing_name(l, name, attribute);
    } else if (xml->depth == ODS_TABLE_DEPTH && strcmp(name, "table") == 0) {
        code = listing_table(l, attribute);
    } else {
        code = listing_style(l, name, attribute);
    }
    if (code != MERA_OK) {
        io_xml_stop(xml, code);
    }
}

static mera_code book_read(io_book *out, size_t index, io_sheet *sheet)
{
    return ods_read_cells(out->own, index, sheet);
}

/** The first bytes of a part. */
typedef struct ods_head {
    char text[96];
    size_t n;
} ods_head;

static bool head_add(void *user, const char *bytes, size_t n)
{
    ods_head *head = user;
    const size_t room = sizeof head->text - 1 - head->n;
    n = n < room ? n : room;
    memcpy(head->text + head->n, bytes, n);
    head->n += n;
    head->text[head->n] = '\0';
    return head->n < sizeof head->text - 1;
}

/* Text documents and drawings have the same parts. */
static mera_code book_is_spreadsheet(const io_zip *zip)
{
    ods_head head = {.n = 0};
    if (!io_zip_has(zip, ODS_MIMETYPE)) {
        return MERA_OK;
    }
    MERA_TRY(io_zip_pour(zip, ODS_MIMETYPE, head_add, &head));
    const char *kind = head.text + strlen(ODS_KIND);
    if (!mera_starts_with(head.text, ODS_KIND) || mera_starts_with(kind, "spreadsheet")) {
        return MERA_OK;
    }
    const mera_code code =
        IO_FAIL(zip->findings, "bad-workbook", (mera_at){.file = zip->findings->path},
                "this is an OpenDocument file of the kind '%s', not a "
                "spreadsheet",
                kind);
    mera_hint(zip->findings->diags, "tables have to be given as a spreadsheet or as CSV");
    return code;
}

static void manifest_start(io_xml *xml, const char *name, const char **attribute)
{
    (void)attribute;
    if (strcmp(name, "encryption-data") == 0) {
        io_xml_stop(xml,
                    IO_FAIL(xml->findings, "bad-workbook", (mera_at){.file = xml->findings->path},
                            "the workbook is encrypted: save it without a password"));
    }
}

bool ods_is(const io_zip *zip)
{
    return io_zip_has(zip, ODS_CONTENT) ||
           (io_zip_has(zip, ODS_MIMETYPE) && io_zip_has(zip, ODS_MANIFEST));
}

mera_code ods_open(const io_zip *zip, io_book *out)
{
    static const io_xml_events listing = {listing_start, book_nothing, NULL};
    static const io_xml_events manifest = {manifest_start, book_nothing, NULL};
    ods_book *book = NULL;
    MERA_TRY_NEW(book, out->arena, 1);
    *book = (ods_book){.zip = zip, .arena = out->arena, .out = out};
    out->kind = "ods";
    out->read = book_read;
    out->own = book;
    MERA_TRY(mera_map_new(out->arena, 16, &book->style));
    MERA_TRY(book_is_spreadsheet(zip));
    if (io_zip_has(zip, ODS_MANIFEST)) {
        MERA_TRY(io_xml_parse(zip, ODS_MANIFEST, &manifest, NULL));
    }
    ods_listing l = {.book = book};
    if (io_zip_has(zip, ODS_STYLES)) {
        MERA_TRY(io_xml_parse(zip, ODS_STYLES, &listing, &l));
    }
    return io_xml_parse(zip, ODS_CONTENT, &listing, &l);
}
