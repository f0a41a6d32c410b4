/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Tables in blocks, as databases of statistics export them: a title, a row of years, a row a unit,
 * and a blank line before the next. They are written anew as one long table, a row a value, which
 * the reader of long tables takes; each of its rows knows where in the file it comes from.
 */
#ifndef MERA_IO_BLOCKS_H
#define MERA_IO_BLOCKS_H

#include "io/table.h"

/** The fields of the long table. */
enum {
    BLOCKS_INDICATOR, /**< "indicator": the title of the block */
    BLOCKS_HEADING,   /**< "heading": the row above with a name only, as of a region */
    BLOCKS_NAME,      /**< "name" of the unit */
    BLOCKS_PERIOD,    /**< "period": the year */
    BLOCKS_OF_YEAR,   /**< "of_year": the part of the year whose value is the year's, or nothing */
    BLOCKS_VALUE,     /**< "value" */
};

/** Where a row of the long table comes from. */
struct io_block_place {
    const char *start;    /**< of its line in the text of the file */
    uint32_t line, title; /**< its line, and that of the title */
    uint32_t field;       /**< of the value, counted from 0 */
};

/** Writes the text from `line` on, over which the table's reader stands, anew as a long table.
 * `out` lives in the scratch. What is left out, and why, is said. */
mera_code io_blocks_read(io_table *table, mera_text *out);

/** A label of a column or a row, taken apart: "январь-декабрь 2019 г." is 2019 and
 * "январь-декабрь". */
typedef struct io_year_label {
    mera_slice year; /**< n 0 = it names none */
    mera_slice part; /**< of the year; n 0 = all of it */
} io_year_label;

io_year_label io_year_label_of(mera_slice text);

/** The place of a part of the year among those whose value is the year's, or SIZE_MAX. */
size_t io_year_rank(const mera_source *source, mera_slice part);

#endif
