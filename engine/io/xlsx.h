/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Workbooks of Office Open XML (.xlsx, .xlsm), ECMA-376: what the parts around the sheets say, and
 * the cells of one sheet.
 */
#ifndef MERA_IO_XLSX_H
#define MERA_IO_XLSX_H

#include "io/book.h"
#include "io/excel.h"
#include "io/xml.h"

typedef struct xlsx_book {
    const io_zip *zip;
    mera_arena *arena;
    io_book *out;                        /**< whose sheets these are */
    const char *main, *strings, *styles; /**< parts; NULL = not there */
    bool from_1904;
    mera_slice *string;
    size_t n_strings, room_strings;
    excel_style *style;
    size_t n_styles, room_styles;
    bool has_texts; /**< strings and styles were read */
} xlsx_book;

mera_code xlsx_read_strings(xlsx_book *book);
mera_code xlsx_read_styles(xlsx_book *book);

/** Reads the cells of the sheet in a part. */
mera_code xlsx_read_cells(xlsx_book *book, const char *part, io_sheet *out);

#endif
