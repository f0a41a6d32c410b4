/* SPDX-License-Identifier: Apache-2.0 */
/** @file An OpenDocument spreadsheet around its content: what it is, its parts. */
#include "io/ods.h"

#include <string.h>

#define ODS_CONTENT "content.xml"
#define ODS_STYLES "styles.xml"
#define ODS_MIMETYPE "mimetype"
#define ODS_MANIFEST "META-INF/manifest.xml"
#define ODS_KIND "application/vnd.oasis.opendocument."

static void book_nothing(io_xml *xml, const char *name)
{
    (void)xml;
    (void)name;
}

static mera_code book_read(io_book *out, size_t index, io_sheet *sheet)
{
    ods_book *book = out->own;
    if (index == book->kept_at) {
        *sheet = book->kept;
        return MERA_OK;
    }
    return ods_read_again(book, ODS_CONTENT, index, sheet);
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
    static const io_xml_events manifest = {manifest_start, book_nothing, NULL};
    ods_book *book = NULL;
    MERA_TRY_NEW(book, out->arena, 1);
    *book = (ods_book){.zip = zip, .arena = out->arena, .out = out, .kept_at = SIZE_MAX};
    out->kind = "ods";
    out->read = book_read;
    out->own = book;
    MERA_TRY(mera_map_new(out->arena, 16, &book->style));
    MERA_TRY(book_is_spreadsheet(zip));
    if (io_zip_has(zip, ODS_MANIFEST)) {
        MERA_TRY(io_xml_parse(zip, ODS_MANIFEST, &manifest, NULL));
    }
    MERA_TRY(io_zip_has(zip, ODS_STYLES) ? ods_read_part(book, ODS_STYLES) : MERA_OK);
    return ods_read_part(book, ODS_CONTENT);
}
