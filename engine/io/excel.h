/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the formats of numbers of Excel's workbooks, .xlsx and .xls, make of a number. */
#ifndef MERA_IO_EXCEL_H
#define MERA_IO_EXCEL_H

#include "io/sheet.h"

/** What a number's format makes of it, as far as a table needs to know. */
typedef enum excel_format { EXCEL_PLAIN, EXCEL_DATE, EXCEL_ZEROS } excel_format;

typedef struct excel_style {
    excel_format format;
    uint32_t width; /**< EXCEL_ZEROS: digits shown at least, as in "00000000" */
} excel_style;

/** What a format's code makes of a number: "dd.mm.yyyy" is a date, "00000" a padded one. */
excel_style excel_style_of(const char *code);

/** Formats that every workbook has without saying them: ECMA-376 part 1, 18.8.30. */
excel_style excel_style_known(unsigned long id);

/** Adds a number to `out` as its style shows it: a date, a code with zeros, or its digits with the
 * decimal mark of the sheet's source. */
void excel_number(const io_sheet *sheet, excel_style style, bool from_1904, mera_slice digits,
                  mera_text *out);

#endif
