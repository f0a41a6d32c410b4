/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A workbook that is open, of whatever kind: which sheets it has, and how the cells of one are
 * read. Lives in the arena of its table.
 */
#ifndef MERA_IO_BOOK_H
#define MERA_IO_BOOK_H

#include "io/sheet.h"
#include "io/zip.h"

typedef struct io_book_sheet {
    const char *name;
    bool hidden;
    bool no_table;  /**< it is known to hold no header with rows */
    const char *id; /**< by which its kind finds it, or NULL */
    size_t place;   /**< likewise */
} io_book_sheet;

typedef struct io_book io_book;

struct io_book {
    const char *kind; /**< "xlsx", "ods" or "xls" */
    const mera_source *source;
    mera_cells range; /**< of the sheet that is wanted */
    io_findings *findings;
    mera_arena *arena;
    io_book_sheet *sheet;
    size_t n_sheets, room_sheets;
    mera_code (*read)(io_book *book, size_t index, io_sheet *out); /**< the cells of a sheet */
    void *own;                                                     /**< what its kind keeps */
};

/** Adds a sheet; its name and id are copied. */
mera_code io_book_add(io_book *book, io_book_sheet sheet);

/** May this be the sheet that is read, as far as the sheets added so far tell? */
bool io_book_may_want(const io_book *book, size_t index);

/** Starts the cells of a sheet, which findings name from now on. */
mera_code io_book_begin(io_book *book, size_t index, io_sheet *sheet);

/** Opens an Office Open XML workbook (.xlsx, .xlsm): ECMA-376. */
mera_code xlsx_open(const io_zip *zip, io_book *book);

/** Opens an OpenDocument spreadsheet (.ods): OASIS OpenDocument 1.3, part 3. */
mera_code ods_open(const io_zip *zip, io_book *book);

/** Opens a workbook of Excel 97 to 2003 (.xls): [MS-XLS]. `bytes` must outlive it. */
mera_code xls_open(mera_slice bytes, io_book *book);

/** Are these the bytes of a compound file, in which such workbooks are? */
bool xls_is(mera_slice bytes);

/** Is the archive an OpenDocument file? */
bool ods_is(const io_zip *zip);

#endif
