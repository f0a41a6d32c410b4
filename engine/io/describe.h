/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of describing a file share. */
#ifndef MERA_IO_DESCRIBE_H
#define MERA_IO_DESCRIBE_H

#include "io/alike.h"
#include "io/fields.h"
#include "io/table.h"

/** What describing a file keeps. */
typedef struct describe {
    io_table *table;
    mera_file_report *out;
    io_field *field;
    io_tally ragged, quote, duplicate, alike_units, total;
    size_t n_named;      /**< different names in the header */
    uint32_t first_line; /**< the first whole row */
    uint32_t wider_line; /**< the first row that says more than the header; 0 = none */
    size_t n_wider;      /**< its fields */
    size_t n_years;      /**< rows of years and nothing else */
    uint32_t years_line;
    bool misread;                  /**< the header is none, so what fields hold says nothing */
    size_t ragged_fields, n_alike; /**< of the first ragged row, and rows that have as many */
    io_alike alike;
    size_t indicator; /**< the field that names them, or SIZE_MAX */
    mera_map *met;    /**< indicators of rows, to `list` */
    struct describe_indicator {
        const char *name;
        uint32_t line;
        size_t n_rows;
    } * list;
    size_t n_list, room_list;
    struct describe_question *question; /**< of a survey, and behind them its weight; or NULL */
    size_t n_rows, n_elsewhere;         /**< kept by `where`, and left out */
    io_distinct units, periods;
} describe;

/** Keeps a finding about the file: a format in English and one in Russian, of the same arguments.
 */
#define DESCRIBE_FIND(d, kind, en, ru, ...)                                                 \
    io_find_in(&(d)->table->findings, (kind), (mera_at){.file = (d)->table->findings.path}, \
               mera_arena_printf((d)->table->findings.arena, (en), __VA_ARGS__),            \
               mera_arena_printf((d)->table->findings.arena, (ru), __VA_ARGS__))

/** Counts a case at the row at hand, and keeps it as a finding when it is one of the first. */
#define DESCRIBE_CASE(d, tally, ...) \
    IO_CASE_IN(&(d)->table->findings, (tally), io_table_row((d)->table), __VA_ARGS__)

/** Counts the indicator of the row at hand. */
mera_code describe_indicator(describe *d);

/** Counts the answers of the row at hand, of a survey. */
mera_code describe_answers(describe *d);

/** Tells what they were, and the weights. */
mera_code describe_survey(describe *d);

/** Finds out what the source's roles, filters and patterns come to in the file. */
mera_code describe_said(describe *d);

#endif
