/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of reading an OpenDocument spreadsheet share. */
#ifndef MERA_IO_ODS_H
#define MERA_IO_ODS_H

#include "base/map.h"
#include "io/book.h"
#include "io/xml.h"

typedef struct ods_book {
    const io_zip *zip;
    mera_arena *arena;
    io_book *out;
    mera_map *style; /**< by name: ODS_RAISED, ODS_HIDDEN */
} ods_book;

enum {
    ODS_RAISED = 1,      /**< a text in superscript */
    ODS_HIDDEN = 2,      /**< a table that is not shown */
    ODS_STYLE_DEPTH = 3, /**< of a style's element: document, styles, style */
    ODS_TABLE_DEPTH = 4  /**< of a sheet's element: document, body, spreadsheet, table */
};

/** What is known of a style by its name (NULL = none): a sum of the numbers above. */
size_t ods_style(const ods_book *book, const char *name);

/** Reads the cells of a sheet, the `index`th table. */
mera_code ods_read_cells(ods_book *book, size_t index, io_sheet *out);

#endif
