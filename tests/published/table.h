/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A small CSV table for tests that compare files: all fields as text, rows found by key. Written
 * apart from the engine's reader, so that a fault there cannot hide itself here.
 */
#ifndef MERA_TEST_TABLE_H
#define MERA_TEST_TABLE_H

#include <stddef.h>

typedef struct table table;

/** Parses RFC 4180 text with commas, the first record being the header. Takes `text` over. */
table *table_parse(char *text, size_t n);

/** A whole file, or NULL when it cannot be read. */
table *table_read(const char *path);
void table_free(table *t);

size_t table_rows(const table *t);

/** Number of a column; ends the program when there is none: a test that looks past its data lies.
 */
size_t table_column(const table *t, const char *name);

/** A field without blanks at its ends; "" beyond the end of a short row. */
const char *table_at(const table *t, size_t row, size_t column);

/** Puts a row in the place of another. */
void table_move(table *t, size_t from, size_t to);

/** Finds rows by up to three columns joined with " / ". */
typedef struct table_index table_index;
table_index *table_index_new(const table *t, const size_t *column, size_t n);
void table_index_free(table_index *index);
/** The row, or SIZE_MAX. */
size_t table_index_find(const table_index *index, const char *key);

#endif
