/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Rows of a table out, to CSV or to a workbook: a report says its columns and cells once.
 *
 * CSV: RFC 4180 quoting, lines end with a line feed, numbers in the shortest form that reads back
 * as the same double, missing as nothing; it has the first table alone. A workbook has a sheet a
 * table: titles in the reader's language above the names that CSV has, numbers as numbers.
 */
#ifndef MERA_REPORT_ROWS_H
#define MERA_REPORT_ROWS_H

#include "base/text.h"

typedef struct mera_sheets mera_sheets;

/** Rows under way. Zero it but for one of the first two; name a table, say its columns and end that
 * line, then add cells and end each line. */
typedef struct mera_rows {
    mera_text *csv;      /**< CSV goes there */
    mera_sheets *sheets; /**< or here */
    bool started;        /**< a field was written on this line */
    size_t n_tables;
} mera_rows;

/** Starts a table whose columns are yet to be said; it must be in the list of columns.c. False when
 * it is not wanted. */
bool mera_rows_table(mera_rows *rows, const char *table);
/** Starts a table of these columns alone, divided by commas; false when it is not wanted. */
bool mera_rows_begin(mera_rows *rows, const char *table, const char *columns);
/** Adds columns by their names, divided by commas. */
void mera_rows_columns(mera_rows *rows, const char *names);
/** Adds one whose name may be anything. */
void mera_rows_column(mera_rows *rows, const char *name);

void mera_rows_text(mera_rows *rows, const char *field); /**< NULL is empty */
void mera_rows_number(mera_rows *rows, double field);
void mera_rows_count(mera_rows *rows, size_t field);
/** A number that other cells of the row give: in a workbook as the formula, where names of columns
 * stand in braces, "{after}-{before}". */
void mera_rows_formula(mera_rows *rows, const char *formula, double field);
/** A number that is not the unit's own: marked in a workbook. */
void mera_rows_imputed(mera_rows *rows, double field);
void mera_rows_end(mera_rows *rows);
/** After the last row, in a workbook alone: sums of the columns named, divided by commas. */
void mera_rows_totals(mera_rows *rows, const char *names);

/** MERA_ENOMEM when memory ran out. */
mera_code mera_rows_done(const mera_rows *rows);

#endif
