/* SPDX-License-Identifier: Apache-2.0 */
/** @file The parts of an .xlsx workbook around its sheets: relations, names, styles, strings. */
#include "base/grow.h"
#include "io/xlsx.h"

#include <stdlib.h>
#include <string.h>

/** Looking for relations. */
typedef struct book_rels {
    xlsx_book *book;
    const char *folder; /* that targets are relative to, "xl/" */
    const char *id;     /* wanted, or NULL: by kind */
    const char *target; /* of the wanted one */
} book_rels;

static bool book_ends(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* The part a target names: "/xl/a.xml" and "a.xml" in folder "xl/" are the same. */
static const char *book_part(const book_rels *r, const char *target)
{
    mera_arena *arena = r->book->arena;
    if (target[0] == '/') {
        return mera_arena_strdup(arena, target + 1);
    }
    const char *folder = r->folder;
    size_t n = strlen(folder);
    while (strncmp(target, "../", 3) == 0) {
        target += 3;
        for (n = n > 0 ? n - 1 : 0; n > 0 && folder[n - 1] != '/'; n--) {
        }
    }
    return mera_arena_printf(arena, "%.*s%s", (int)n, folder, target);
}

static void rels_start(io_xml *xml, const char *name, const char **attribute)
{
    book_rels *r = xml->user;
    const char *target = io_xml_attribute(attribute, "Target");
    const char *type = io_xml_attribute(attribute, "Type"), *id = io_xml_attribute(attribute, "Id");
    const char *mode = io_xml_attribute(attribute, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || target == NULL || type == NULL || id == NULL ||
        (mode != NULL && strcmp(mode, "External") == 0)) {
        return;
    }
    const char *part = book_part(r, target);
    if (part == NULL) {
        io_xml_stop(xml, MERA_ENOMEM);
        return;
    }
    if (r->id != NULL && strcmp(id, r->id) == 0) {
        r->target = part;
    } else if (r->id == NULL && book_ends(type, "/officeDocument")) {
        r->book->main = part;
    } else if (r->id == NULL && book_ends(type, "/sharedStrings")) {
        r->book->strings = part;
    } else if (r->id == NULL && book_ends(type, "/styles")) {
        r->book->styles = part;
    }
}

static void book_nothing(io_xml *xml, const char *name)
{
    (void)xml;
    (void)name;
}

static mera_code book_rels_of(xlsx_book *book, const char *part, const char *folder, const char *id,
                              const char **target)
{
    static const io_xml_events events = {rels_start, book_nothing, NULL};
    book_rels r = {.book = book, .folder = folder, .id = id};
    MERA_TRY(io_xml_parse(book->zip, part, &events, &r));
    if (target != NULL) {
        *target = r.target;
    }
    return MERA_OK;
}

/* "xl/workbook.xml": its folder, and the part of its relations. */
static mera_code book_paths(const xlsx_book *book, const char **folder, const char **rels)
{
    const char *slash = strrchr(book->main, '/');
    const size_t n = slash == NULL ? 0 : (size_t)(slash - book->main) + 1;
    *folder = mera_arena_strndup(book->arena, book->main, n);
    *rels = mera_arena_printf(book->arena, "%.*s_rels/%s.rels", (int)n, book->main, book->main + n);
    return *folder != NULL && *rels != NULL ? MERA_OK : MERA_ENOMEM;
}

static bool book_true(const char *text)
{
    return text != NULL && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void main_start(io_xml *xml, const char *name, const char **attribute)
{
    xlsx_book *book = xml->user;
    if (strcmp(name, "workbookPr") == 0) {
        book->from_1904 = book_true(io_xml_attribute(attribute, "date1904"));
    }
    const char *title = io_xml_attribute(attribute, "name"), *state = NULL, *id = NULL;
    for (size_t i = 0; attribute[i] != NULL; i += 2) { /* r:id, not sheetId */
        const char *key = attribute[i];
        id = book_ends(key, ":id") ? attribute[i + 1] : id;
    }
    state = io_xml_attribute(attribute, "state");
    if (strcmp(name, "sheet") != 0 || title == NULL || id == NULL) {
        return;
    }
    const mera_code code = io_book_add(
        book->out, (io_book_sheet){.name = title,
                                   .hidden = state != NULL && strcmp(state, "visible") != 0,
                                   .id = id});
    if (code != MERA_OK) {
        io_xml_stop(xml, code);
    }
}

/* The part in which a sheet's cells are. */
static mera_code book_sheet_part(xlsx_book *book, size_t index, const char **part)
{
    const char *folder = NULL, *rels = NULL;
    const io_book_sheet *sheet = &book->out->sheet[index];
    MERA_TRY(book_paths(book, &folder, &rels));
    *part = NULL;
    MERA_TRY(book_rels_of(book, rels, folder, sheet->id, part));
    if (*part == NULL) {
        return IO_FAIL(book->zip->findings, "bad-workbook",
                       (mera_at){.file = book->zip->findings->path},
                       "sheet '%s' has no part in the workbook", sheet->name);
    }
    return MERA_OK;
}

static mera_code book_read(io_book *out, size_t index, io_sheet *sheet)
{
    xlsx_book *book = out->own;
    const char *part = NULL;
    if (!book->has_texts) {
        book->has_texts = true;
        MERA_TRY(xlsx_read_strings(book));
        MERA_TRY(xlsx_read_styles(book));
    }
    MERA_TRY(book_sheet_part(book, index, &part));
    return xlsx_read_cells(book, part, sheet);
}

mera_code xlsx_open(const io_zip *zip, io_book *out)
{
    static const io_xml_events events = {main_start, book_nothing, NULL};
    const char *folder = NULL, *rels = NULL;
    xlsx_book *book = NULL;
    MERA_TRY_NEW(book, out->arena, 1);
    *book = (xlsx_book){.zip = zip, .arena = out->arena, .out = out};
    out->kind = "xlsx";
    out->read = book_read;
    out->own = book;
    MERA_TRY(book_rels_of(book, "_rels/.rels", "", NULL, NULL));
    if (book->main == NULL) {
        return IO_FAIL(zip->findings, "bad-workbook", (mera_at){.file = zip->findings->path},
                       "no part of the archive is said to be the workbook");
    }
    MERA_TRY(io_xml_parse(zip, book->main, &events, book));
    MERA_TRY(book_paths(book, &folder, &rels));
    return io_zip_has(zip, rels) ? book_rels_of(book, rels, folder, NULL, NULL) : MERA_OK;
}

/** Formats of numbers, and which of them each style has. */
typedef struct book_styles {
    xlsx_book *book;
    bool in_cells;
    struct book_format {
        long id;
        excel_style style;
    } * format;
    size_t n, room;
} book_styles;

static excel_style styles_known(const book_styles *s, long id)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->format[i].id == id) {
            return s->format[i].style;
        }
    }
    return excel_style_known(id < 0 ? 0 : (unsigned long)id);
}

static bool styles_format(book_styles *s, const char **attribute)
{
    const char *id = io_xml_attribute(attribute, "numFmtId");
    const char *code = io_xml_attribute(attribute, "formatCode");
    struct book_format *list =
        mera_grown(s->book->arena, s->format, &s->room, s->n + 1, sizeof *list);
    if (list != NULL && id != NULL && code != NULL) {
        s->format = list;
        list[s->n++] = (struct book_format){strtol(id, NULL, 10), excel_style_of(code)};
    }
    return list != NULL;
}

static bool styles_cell(book_styles *s, const char **attribute)
{
    const char *id = io_xml_attribute(attribute, "numFmtId");
    xlsx_book *book = s->book;
    excel_style *list =
        mera_grown(book->arena, book->style, &book->room_styles, book->n_styles + 1, sizeof *list);
    if (list != NULL) {
        book->style = list;
        list[book->n_styles++] = styles_known(s, id == NULL ? 0 : strtol(id, NULL, 10));
    }
    return list != NULL;
}

static void styles_start(io_xml *xml, const char *name, const char **attribute)
{
    book_styles *s = xml->user;
    bool good = true;
    if (strcmp(name, "numFmt") == 0) {
        good = styles_format(s, attribute);
    } else if (strcmp(name, "cellXfs") == 0) {
        s->in_cells = true;
    } else if (strcmp(name, "xf") == 0 && s->in_cells) {
        good = styles_cell(s, attribute);
    }
    if (!good) {
        io_xml_stop(xml, MERA_ENOMEM);
    }
}

static void styles_end(io_xml *xml, const char *name)
{
    book_styles *s = xml->user;
    s->in_cells &= strcmp(name, "cellXfs") != 0;
}

mera_code xlsx_read_styles(xlsx_book *book)
{
    static const io_xml_events events = {styles_start, styles_end, NULL};
    book_styles s = {.book = book};
    return book->styles == NULL ? MERA_OK : io_xml_parse(book->zip, book->styles, &events, &s);
}
