/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Workbooks as tables. The sheet is the one that is named, else the first visible one that holds at
 * least two rows; when there was a choice, that is said.
 */
#include "io/workbook.h"

#include "base/diag.h"
#include "base/grow.h"
#include "io/book.h"

#include <stdlib.h>
#include <string.h>

enum { BOOK_LOOKED = 64 }; /* sheets read in search of a table: each may be large */

/** A workbook, and what is wanted of it. */
typedef struct workbook {
    io_table *table;
    io_findings *findings;
    io_zip zip;
    io_book book;
} workbook;

bool io_is_workbook(mera_slice bytes)
{
    return (bytes.n >= 4 && memcmp(bytes.at, "PK\x03\x04", 4) == 0) || xls_is(bytes);
}

mera_code io_book_add(io_book *book, io_book_sheet sheet)
{
    io_book_sheet *list =
        mera_grown(book->arena, book->sheet, &book->room_sheets, book->n_sheets + 1, sizeof *list);
    MERA_TRY_PTR(list);
    book->sheet = list;
    MERA_TRY_PTR(sheet.name = mera_arena_strdup(book->arena, sheet.name));
    if (sheet.id != NULL) {
        MERA_TRY_PTR(sheet.id = mera_arena_strdup(book->arena, sheet.id));
    }
    list[book->n_sheets++] = sheet;
    return MERA_OK;
}

/* The number of a sheet, from 1, when that is what names it. */
static size_t book_number(const char *name)
{
    char *end = NULL;
    const unsigned long number = strtoul(name, &end, 10);
    return *name != '\0' && *end == '\0' ? number : 0;
}

bool io_book_may_want(const io_book *book, size_t index)
{
    const char *name = book->source->sheet;
    return name == NULL
               ? !book->sheet[index].hidden
               : strcmp(name, book->sheet[index].name) == 0 || book_number(name) == index + 1;
}

mera_code io_book_begin(io_book *book, size_t index, io_sheet *sheet)
{
    const char *shown = mera_arena_printf(book->findings->arena, "%s[%s]", book->source->path,
                                          book->sheet[index].name);
    MERA_TRY_PTR(shown);
    book->findings->path = shown;
    io_sheet_start(sheet, book->source, book->range, book->findings, book->arena);
    return MERA_OK;
}

static mera_at workbook_at(const workbook *w)
{
    return (mera_at){.file = w->findings->path};
}

static mera_code workbook_range(workbook *w)
{
    const mera_source *s = w->table->source;
    w->book.range = (mera_cells){1, 1, MERA_CELL_ROWS, MERA_CELL_COLUMNS};
    if (s->range == NULL ||
        mera_cells_read((mera_slice){s->range, strlen(s->range)}, &w->book.range)) {
        return MERA_OK;
    }
    w->findings->n_errors++;
    const mera_code code = mera_fail(w->findings->diags, MERA_EINPUT, "bad-range", s->at,
                                     "'%s' is no range of cells", s->range);
    mera_hint(w->findings->diags, "as in A5:H200, A5 (to the end), A5:H or B:H");
    return code;
}

/* The sheet that is named, by name or by number from 1. */
static mera_code workbook_named(workbook *w, const char *name, size_t *index)
{
    const io_book *book = &w->book;
    const char **names = NULL;
    MERA_TRY_NEW(names, book->arena, book->n_sheets);
    for (size_t i = 0; i < book->n_sheets; i++) {
        names[i] = book->sheet[i].name;
        if (strcmp(name, names[i]) == 0) {
            *index = i;
            return MERA_OK;
        }
    }
    const size_t number = book_number(name);
    if (number >= 1 && number <= book->n_sheets) {
        *index = number - 1;
        return MERA_OK;
    }
    IO_FAIL(w->findings, "no-sheet", workbook_at(w), "the workbook has no sheet '%s'", name);
    mera_suggest(w->findings->diags, name, names, book->n_sheets, "sheets", book->arena);
    return MERA_EINPUT;
}

static mera_code workbook_sheet(workbook *w, size_t index, io_sheet *sheet)
{
    io_book *book = &w->book;
    const char *path = w->findings->path;
    MERA_TRY(io_book_begin(book, index, sheet));
    MERA_TRY(book->read(book, index, sheet));
    if (w->table->source->sheet == NULL && !io_sheet_is_table(sheet)) {
        w->findings->path = path; /* no table: the next one is looked at */
    }
    return MERA_OK;
}

static mera_code workbook_no_table(const workbook *w, bool all)
{
    const size_t n = w->book.n_sheets;
    const mera_code code =
        all ? IO_FAIL(w->findings, "no-sheet", workbook_at(w),
                      "no visible sheet of the workbook holds a table (a header and rows): %zu "
                      "sheet%s",
                      n, n == 1 ? "" : "s")
            : IO_FAIL(w->findings, "no-sheet", workbook_at(w),
                      "none of the first %d visible sheets holds a table (a header and rows)",
                      BOOK_LOOKED);
    mera_hint(w->findings->diags, "'sheet' in the entry of 'data' names the one to be read");
    return code;
}

/* The first visible sheet with a table. */
static mera_code workbook_first(workbook *w, io_sheet *sheet, size_t *index)
{
    const io_book *book = &w->book;
    for (size_t i = 0, looked = 0; i < book->n_sheets; i++) {
        if (book->sheet[i].hidden || book->sheet[i].no_table) {
            continue;
        }
        if (looked++ == BOOK_LOOKED) {
            return workbook_no_table(w, false);
        }
        MERA_TRY(workbook_sheet(w, i, sheet));
        if (io_sheet_is_table(sheet)) {
            *index = i;
            return MERA_OK;
        }
    }
    return workbook_no_table(w, true);
}

/* Says which sheet was taken when nobody said it. */
static void workbook_tell(const workbook *w, size_t index)
{
    const io_book *book = &w->book;
    mera_text others = {.arena = w->table->scratch};
    size_t n = 0;
    for (size_t i = 0; i < book->n_sheets; i++) {
        if (i != index && n++ < 12) {
            mera_text_addf(&others, "%s'%s'%s", n == 1 ? "" : ", ", book->sheet[i].name,
                           book->sheet[i].hidden ? " (hidden)" : "");
        }
    }
    if (n == 0 || mera_text_string(&others) == NULL) {
        return;
    }
    mera_note(w->findings->diags, "sheet", workbook_at(w),
              "sheet '%s' is read, the first with a table; the others are: %s%s",
              book->sheet[index].name, others.data, n > 12 ? ", ..." : "");
}

static mera_code workbook_choose(workbook *w, io_sheet *sheet)
{
    size_t index = 0;
    const char *name = w->table->source->sheet;
    if (w->book.n_sheets == 0) {
        return IO_FAIL(w->findings, "no-sheet", workbook_at(w),
                       "the file holds no sheets: it is no workbook");
    }
    if (name != NULL) {
        MERA_TRY(workbook_named(w, name, &index));
        MERA_TRY(workbook_sheet(w, index, sheet));
    } else {
        MERA_TRY(workbook_first(w, sheet, &index));
        workbook_tell(w, index);
    }
    MERA_TRY(io_sheet_end(sheet));
    w->table->sheet = w->book.sheet[index].name;
    return MERA_OK;
}

static mera_code workbook_table(workbook *w)
{
    io_sheet sheet;
    io_table *t = w->table;
    MERA_TRY(workbook_choose(w, &sheet));
    MERA_TRY_PTR(t->sheet = mera_arena_strdup(w->findings->arena, t->sheet));
    if (sheet.n_cells == 0) {
        return IO_FAIL(w->findings, "empty-file", workbook_at(w), "the sheet holds no cells%s",
                       t->source->range != NULL || t->source->skip_rows > 0 ? " in that range"
                                                                            : "");
    }
    t->sheet_row = sheet.range.row;
    t->first_column = sheet.range.column;
    t->n_columns = sheet.last_column - sheet.range.column + 1;
    t->merged_header = sheet.n_merged > 0;
    t->text = (io_text){.at = sheet.text.data, .n = sheet.text.n, .encoding = w->book.kind};
    return MERA_OK;
}

/* A workbook in an archive. */
static mera_code workbook_zipped(workbook *w)
{
    MERA_TRY(ods_is(&w->zip) ? ods_open(&w->zip, &w->book) : xlsx_open(&w->zip, &w->book));
    return workbook_table(w);
}

mera_code io_workbook_read(io_table *table)
{
    workbook w = {
        .table = table,
        .findings = &table->findings,
        .book = {.source = table->source, .findings = &table->findings, .arena = table->scratch}};
    const mera_slice bytes = {table->bytes.at, table->bytes.n};
    MERA_TRY(workbook_range(&w));
    if (xls_is(bytes)) {
        MERA_TRY(xls_open(bytes, &w.book));
        return workbook_table(&w);
    }
    MERA_TRY(io_zip_open(&table->bytes, &table->findings, &w.zip));
    const mera_code code = workbook_zipped(&w);
    io_zip_close(&w.zip);
    return code;
}
