/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Workbooks of Excel 97 to 2003 (.xls, BIFF8) by [MS-XLS]: a stream of records, of which the first
 * ones say what all sheets share.
 */
#ifndef MERA_IO_XLS_H
#define MERA_IO_XLS_H

#include "io/book.h"
#include "io/excel.h"

/** A record of the stream. */
typedef struct xls_record {
    uint32_t type;
    const uint8_t *at;
    size_t n;
} xls_record;

/** Going through a record and the ones that continue it. */
typedef struct xls_cursor {
    const uint8_t *at, *end; /**< of the record at hand */
    const uint8_t *stop;     /**< of the stream */
    bool failed;             /**< it ended before what was to be read */
} xls_cursor;

typedef struct xls_book {
    const uint8_t *at; /**< the stream of the workbook */
    size_t n;
    io_book *out;
    bool from_1904;
    mera_slice *string; /**< shared ones */
    size_t n_strings;
    bool *raised; /**< fonts in superscript, by their number, in which there is no 4 */
    size_t n_fonts, room_fonts;
    struct xls_format {
        uint32_t id;
        excel_style style;
    } * format;
    size_t n_formats, room_formats;
    uint32_t *xf; /**< formats of the cells' styles, by id */
    size_t n_xf, room_xf;
    uint16_t *unit; /**< of the text at hand */
    size_t room_units;
} xls_book;

enum {
    XLS_FORMULA = 0x06,
    XLS_EOF = 0x0A,
    XLS_DATEMODE = 0x22,
    XLS_FILEPASS = 0x2F,
    XLS_FONT = 0x31,
    XLS_CONTINUE = 0x3C,
    XLS_BOUNDSHEET = 0x85,
    XLS_MULRK = 0xBD,
    XLS_RSTRING = 0xD6,
    XLS_XF = 0xE0,
    XLS_MERGED = 0xE5,
    XLS_SST = 0xFC,
    XLS_LABELSST = 0xFD,
    XLS_NUMBER = 0x203,
    XLS_LABEL = 0x204,
    XLS_BOOLERR = 0x205,
    XLS_STRING = 0x207,
    XLS_RK = 0x27E,
    XLS_FORMAT = 0x41E,
    XLS_BOF = 0x809,
};

static inline uint32_t xls_u16(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t xls_u32(const uint8_t *at)
{
    return xls_u16(at) | xls_u16(at + 2) << 16;
}

/** The record at `*from`, which moves on; false at the end of the stream, or where one is cut. */
bool xls_next(const xls_book *book, size_t *from, xls_record *out);

/** A cursor at the start of a record. */
xls_cursor xls_cursor_of(const xls_book *book, const xls_record *record);

uint32_t xls_take(xls_cursor *cursor, size_t n_bytes); /**< a number of 1, 2 or 4 bytes */

/** Adds a text whose length is a number of `n_bytes`; runs in superscript are raised. */
void xls_text(xls_book *book, xls_cursor *cursor, size_t n_bytes, mera_text *out);

/** Reads the table of shared strings. */
mera_code xls_read_strings(xls_book *book, const xls_record *record);

/** Reads the cells of the sheet whose records begin at `from`. */
mera_code xls_read_cells(xls_book *book, size_t from, io_sheet *out);

/** How a cell's style shows numbers. */
excel_style xls_style(const xls_book *book, size_t xf);

/** What is wrong with the workbook as a whole. */
mera_code xls_refuse(const xls_book *book, const char *why);

#endif
