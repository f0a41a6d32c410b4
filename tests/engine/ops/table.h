/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A small CSV reader for expected numbers: empty or NaN = missing; no newline and no
 * doubled quote inside quotes.
 */
#ifndef MERA_TABLE_TEST_H
#define MERA_TABLE_TEST_H

#include "mera/arena.h"

typedef struct table {
    size_t n, k;        /**< rows, columns */
    const char **name;  /**< k names of columns */
    double **x;         /**< x[j][i]; text that is no number is missing */
    const char **first; /**< the first field of each row, as text */
    const char ***text; /**< text[j][i]: all fields as text, "" where a row is short */
} table;

/** The table of a file, or NULL when there is no such file. */
table *table_read(mera_arena *arena, const char *path);

/** The column of a name, or NULL. */
const double *table_column(const table *t, const char *name);

/** The folder of shared data: MERA_SHARED, else ../shared beside the source tree. */
const char *shared_path(mera_arena *arena, const char *below);

/** The text of a file, or NULL. */
char *file_text(mera_arena *arena, const char *path);

#endif
