/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Rows of a database on their way to a table: one at a time, each value as the text that a file
 * would hold, so that layouts, marks and checks are those of files. NULL is an empty field.
 */
#ifndef MERA_IO_ROWS_H
#define MERA_IO_ROWS_H

#include "io/table.h"

enum { ROWS_TEXT = 1 << 20 }; /**< bytes of one value; longer ones are refused */

typedef struct io_rows io_rows;
struct io_rows {
    const char *kind; /**< "sqlite" */
    /** Fills `field` of the table's record. `*more` is false at the end. */
    mera_code (*next)(io_rows *rows, io_table *table, bool *more);
    mera_code (*again)(io_rows *rows, io_table *table); /**< back to the first row */
    void (*close)(io_rows *rows);
    const char **name; /**< of the columns */
    size_t n;
    uint32_t row; /**< at hand, from 1 */
};

/** Is it a SQLite database? */
bool io_is_sqlite(mera_slice bytes);

/** Runs what the table's source asks of a SQLite file; `*out` lives in the table's scratch. */
mera_code io_sqlite_open(io_table *table, io_rows **out);

/** The same of a PostgreSQL server. */
mera_code io_postgres_open(io_table *table, io_rows **out);

/** The statement that the source asks for: its query, or all of its table. */
mera_code io_rows_statement(io_table *table, const char *by_keys, const char **out);

/** Takes a value for the field of the row at hand. Bytes 0 and broken UTF-8 are refused. */
mera_code io_rows_value(io_rows *rows, io_table *table, size_t field, const char *text, size_t n);

/** A number as the database wrote it, with the decimal mark that the source's texts have. */
void io_rows_decimal(const io_table *table, char *number);

/** Takes the names of the columns as the table's header. */
mera_code io_rows_header(io_table *table);

/** The next row as the table's record. */
mera_code io_rows_next(io_table *table, bool *more);

#endif
