/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Workbooks of Office Open XML (.xlsx, .xlsm), ECMA-376: what the parts around the sheets say, and
 * the cells of one sheet.
 */
#ifndef MERA_IO_XLSX_H
#define MERA_IO_XLSX_H

#include "io/sheet.h"
#include "io/xml.h"

/** What a number's format makes of it, as far as a table needs to know. */
typedef enum xlsx_format { XLSX_PLAIN, XLSX_DATE, XLSX_ZEROS } xlsx_format;

typedef struct xlsx_style {
    xlsx_format format;
    uint32_t width; /**< XLSX_ZEROS: digits shown at least, as in "00000000" */
} xlsx_style;

typedef struct xlsx_sheet {
    const char *name, *id; /**< of its relation */
    bool hidden;
} xlsx_sheet;

typedef struct xlsx_book {
    const io_zip *zip;
    mera_arena *arena;
    const char *main, *strings, *styles; /**< parts; NULL = not there */
    xlsx_sheet *sheet;
    size_t n_sheets, room_sheets;
    bool from_1904;
    mera_slice *string;
    size_t n_strings, room_strings;
    xlsx_style *style;
    size_t n_styles, room_styles;
} xlsx_book;

/** Reads which sheets there are and where parts lie; strings and styles come later. */
mera_code xlsx_open(const io_zip *zip, mera_arena *arena, xlsx_book *book);

mera_code xlsx_read_strings(xlsx_book *book);
mera_code xlsx_read_styles(xlsx_book *book);

/** The part in which a sheet's cells are. */
mera_code xlsx_sheet_part(xlsx_book *book, size_t index, const char **part);

/** Reads the cells of a sheet. */
mera_code xlsx_read_sheet(xlsx_book *book, const char *part, io_sheet *out);

/** What a format's code makes of a number: "dd.mm.yyyy" is a date, "00000" a padded one. */
xlsx_style xlsx_style_of(const char *code);

/** A date by its serial number: "2020-01-31", with a time when it has one; false when there is no
 * such day. */
bool xlsx_date(double serial, bool from_1904, char out[32]);

/** A footnote's mark in superscript, in characters that stay when the format is gone. */
void xlsx_superscript(mera_text *out, const char *text, size_t n);

#endif
