/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A file opened as a table: its text in UTF-8, what was found out about it, its header, and a
 * reader that stands before the first row. A handle: its opener closes it.
 */
#ifndef MERA_IO_TABLE_H
#define MERA_IO_TABLE_H

#include "base/map.h"
#include "io/bytes.h"
#include "io/csv.h"
#include "io/encoding.h"
#include "io/findings.h"
#include "io/number_text.h"

enum { IO_WHERE = 16 };

typedef struct io_table {
    const mera_source *source;
    struct io_rows *rows; /**< of a database (rows.h); NULL = the text is read */
    io_bytes bytes;
    const char *kept;    /**< where the bytes begin that were not given back yet */
    mera_arena *scratch; /**< for the time the table is open */
    io_text text;
    char sha256[65];
    csv_reader csv, first_row; /**< now, and before the first row */
    char delimiter;
    io_cell_rules rules;
    const char **name; /**< of the fields: trimmed, renamed */
    size_t *twin;      /**< an earlier field of the same name, or SIZE_MAX */
    size_t n_fields;
    uint32_t header_line;
    const char *sheet;                /**< of a workbook that the text is of, else NULL */
    uint32_t sheet_row, first_column; /**< of the sheet in the text */
    size_t n_columns;                 /**< of the sheet, from the first, that hold something */
    size_t n_footnotes;               /**< marks taken off */
    size_t n_footnotes_above;         /**< of them above the first row */
    size_t where[IO_WHERE];           /**< fields of the source's `where` */
    size_t n_where;                   /**< of them found so far */
    bool merged_header;               /**< merged cells say which columns a title is over */
    struct io_block_place *block;     /**< layout of blocks: where each row comes from */
    csv_reader source_csv;            /**< likewise: over the text of the file */
    uint32_t *column;                 /**< where the names stand in the header's line */
    io_findings findings;
} io_table;

/** Opens a file. When it cannot be read as a table, says why, and nothing is left to close. Names
 * and findings live in `arena`. */
mera_code io_table_open(const mera_source *source, mera_arena *arena, mera_diags *diags,
                        io_table *table);

/** Lends the text to the diagnostics when there were errors, and closes. */
void io_table_close(io_table *table);

/** The text without a footnote's mark at its end: raised digits, or digits and a bracket that
 * nothing opens. */
mera_slice io_footnote_off(mera_slice text);

/** Takes them off the row at hand, and counts them. */
void io_table_footnotes(io_table *table);

/** Finds the fields of the source's `where`; says which are not there. */
mera_code io_table_where(io_table *table);

/** Is the row at hand one that `where` keeps? */
bool io_table_keeps(const io_table *table);

/** Back to the first row. */
mera_code io_table_rewind(io_table *table);

/** The next row. `*more` is false at the end; an unclosed quote is an error. */
mera_code io_table_next(io_table *table, bool *more);

/** The number that a text is, written as people do: with the file's decimal mark, thousands apart. */
bool io_table_read(const io_table *table, mera_slice text, double *out);

/** Are all fields of the row blank? */
bool io_table_blank(const io_table *table);

/** The number of a field by name, or SIZE_MAX. The first of several. */
size_t io_table_field(const io_table *table, const char *name);

/** Says that a field is not there: "no field 'x' (…)" with a near name or the names there are. */
mera_code io_table_no_field(io_table *table, const char *name, const char *what);

/** The place of field `index` of the row at hand. */
mera_at io_table_at(const io_table *table, size_t index);

/** The place of a field's name. */
mera_at io_table_header_at(const io_table *table, size_t field);

/** The place of the row at hand. */
mera_at io_table_row(const io_table *table);

/** The line of the row at hand, and the number in it, from 1, of what a field of it holds. */
uint32_t io_table_line(const io_table *table);
uint32_t io_table_number(const io_table *table, size_t field);

/** Says which renamings name neither a field nor an indicator that was met (long tables, blocks),
 * with the nearest of `names`. */
mera_code io_table_renames(const io_table *table, const mera_map *met, const char *const *names,
                           size_t n_names);

/** What the file's report says of the file itself. */
void io_table_report(const io_table *table, mera_file_report *report);

#endif
