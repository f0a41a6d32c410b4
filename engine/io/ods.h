/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of reading an OpenDocument spreadsheet share. */
#ifndef MERA_IO_ODS_H
#define MERA_IO_ODS_H

#include "base/map.h"
#include "io/book.h"
#include "io/xml.h"

typedef struct ods_cells ods_cells;

typedef struct ods_book {
    const io_zip *zip;
    mera_arena *arena;
    io_book *out;
    mera_map *style; /**< by name: ODS_RAISED, ODS_HIDDEN */
    io_sheet kept;   /**< a sheet that was read while the sheets were listed */
    size_t kept_at;  /**< which one; SIZE_MAX = none */
} ods_book;

enum {
    ODS_RAISED = 1, /**< a text in superscript */
    ODS_HIDDEN = 2  /**< a table that is not shown */
};

/** What is known of a style by its name (NULL = none): a sum of the numbers above. */
size_t ods_style(const ods_book *book, const char *name);

/** Goes through a part: adds its styles and sheets to the book, and keeps the cells of the sheet
 * that looks to be the one wanted: going through a large workbook once takes long enough. */
mera_code ods_read_part(ods_book *book, const char *part);

/** Goes through the part again for the cells of a sheet that was not kept. */
mera_code ods_read_again(ods_book *book, const char *part, size_t index, io_sheet *out);

/** Reads the cells of one table; depths are those of its document's elements. */
mera_code ods_cells_new(ods_book *book, io_sheet *out, ods_cells **cells);
mera_code ods_cells_start(ods_cells *cells, size_t depth, const char *name, const char **attribute);
mera_code ods_cells_end(ods_cells *cells, size_t depth);
void ods_cells_text(ods_cells *cells, const char *text, size_t n);

#endif
