/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Tables of the conformance runner: what mera computed, and the CSV files of the cases. A column
 * holds numbers or texts; NaN and NULL are missing. All of it lives in the arena of its case.
 *
 * This program stops where memory ends: it is a test.
 */
#ifndef CONFORMANCE_TABLE_H
#define CONFORMANCE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "mera/arena.h"

/** `count` zeroed elements of `size` bytes; ends the program when memory does. */
void *need(mera_arena *arena, size_t count, size_t size);
#define NEW(arena, count, type) ((type *)need((arena), (count), sizeof(type)))

/** A printed text in the arena. */
const char *text_of(mera_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

bool same(const char *a, const char *b); /**< equal texts; NULL equals nothing */

typedef struct series {
    const char *name;
    double *number;    /**< or NULL */
    const char **text; /**< or NULL */
} series;

typedef struct table {
    mera_arena *arena;
    size_t n_rows, n_columns, room;
    series *column;
    size_t n_key; /**< the first columns name a row; 0: rows are compared by their place */
} table;

table *table_new(mera_arena *arena, size_t n_rows, size_t n_key);
double *table_numbers(table *t, const char *name);            /**< a new column, all missing */
const char **table_texts(table *t, const char *name);         /**< a new column, all missing */
const series *table_column(const table *t, const char *name); /**< or NULL */

/** TRUE and FALSE as R writes them. */
const char *truth(bool value);

/** A CSV file as it stands: texts. */
typedef struct csv {
    size_t n_rows, n_columns;
    const char **name;
    const char **field; /**< [row * n_columns + column]; "" is missing */
} csv;

/** NULL when the file cannot be read or is no table. */
const csv *csv_read(mera_arena *arena, const char *path);
size_t csv_column(const csv *file, const char *name);                /**< or SIZE_MAX */
const char *csv_text(const csv *file, size_t row, const char *name); /**< NULL when missing */
double csv_number(const csv *file, size_t row, const char *name);    /**< NaN when missing */

/** What R writes: a number, NaN, Inf, -Inf, TRUE, FALSE; false when it is something else. */
bool number_read(const char *text, double *out);

#endif
