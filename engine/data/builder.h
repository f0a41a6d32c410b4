/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Building a dataset: units, periods, columns and attributes are met in any order, cells are set,
 * and mera_builder_finish() lays everything out as columns. The dataset shares the builder's arena.
 */
#ifndef MERA_DATA_BUILDER_H
#define MERA_DATA_BUILDER_H

#include "mera/dataset.h"

typedef struct mera_builder mera_builder;

mera_code mera_builder_new(mera_arena *arena, mera_builder **out);

/** Cells wait in `scratch` until they are laid out; it may be freed after mera_builder_finish(). To
 * be called before anything is added. Without it they wait in the builder's own arena. */
void mera_builder_scratch(mera_builder *b, mera_arena *scratch);

/** About so many units will be met, each in one period: saves a copy when that comes true. */
void mera_builder_expect(mera_builder *b, size_t n_units);

/** The unit of this key will be asked for soon: a hint that costs little and says nothing. */
void mera_builder_unit_soon(const mera_builder *b, const char *key, size_t n);

/** The index of a unit, period, column or attribute; added when new. A key holds no byte 0. */
mera_code mera_builder_unit(mera_builder *b, const char *key, size_t n, size_t *index, bool *added);
mera_code mera_builder_period(mera_builder *b, const char *label, size_t n, size_t *index);
mera_code mera_builder_column(mera_builder *b, const char *name, size_t *index);
mera_code mera_builder_attribute(mera_builder *b, const char *name, size_t *index);

/** Adds a file; each call adds one. The rows read from it may be said later. */
mera_code mera_builder_file(mera_builder *b, const mera_file *file, size_t *index);
void mera_builder_file_rows(mera_builder *b, size_t file, size_t n_rows);

/** Names a unit; the first non-empty name stays. */
mera_code mera_builder_name(mera_builder *b, size_t unit, const char *name, size_t n);

/** Sets a cell. `state` as in mera_column. `row` is the line in the file, `field` from 1. `period`
 * SIZE_MAX: in every period that has no cell of its own. */
mera_code mera_builder_cell(mera_builder *b, size_t column, size_t unit, size_t period,
                            double value, uint8_t state, size_t file, uint32_t row, uint32_t field);

/** Sets an attribute of a unit in a period (SIZE_MAX = in every period). Empty text is missing. */
mera_code mera_builder_text(mera_builder *b, size_t attribute, size_t unit, size_t period,
                            const char *text, size_t n);

/** The fields of a file that hold numbers and come row by row: their cells share the row's line. */
typedef struct mera_sheet mera_sheet;

/** A sheet of `n` columns of this builder and the numbers of their fields, from 1. */
mera_code mera_builder_sheet(mera_builder *b, size_t file, size_t n, const size_t *column,
                             const uint32_t *field, mera_sheet **out);

/** States no cell has: 0xfe is the builder's own. */
enum { MERA_LEAVE = 0xff }; /**< a state of a row: leave this cell as it was */

/** Where the cells of the next row may be written, so that mera_builder_row() need not copy them.
 */
void mera_builder_row_room(mera_sheet *sheet, double **value, uint8_t **state);

/** Sets the cells of a row of a sheet, as mera_builder_cell() each. Two sheets of one file do not
 * hold the same column in the same period: which of them came last would not be known. */
mera_code mera_builder_row(mera_builder *b, mera_sheet *sheet, size_t unit, size_t period,
                           uint32_t row, const double *value, const uint8_t *state);

/** What a cell was set to last. */
typedef struct mera_cell_seen {
    uint8_t state;
    double value;
    uint32_t file, field;
} mera_cell_seen;

/** False when the cell was never set. */
bool mera_builder_seen(mera_builder *b, size_t column, size_t unit, size_t period,
                       mera_cell_seen *seen);

/** The line of a cell that was set. A search over all lines of the file: for messages. */
uint32_t mera_builder_seen_row(mera_builder *b, size_t column, size_t unit, size_t period);

/** Look-ups that add nothing: SIZE_MAX when there is none. */
size_t mera_builder_find_unit(const mera_builder *b, const char *key, size_t n);
size_t mera_builder_n_units(const mera_builder *b);
size_t mera_builder_n_periods(const mera_builder *b);
const char *mera_builder_unit_key(const mera_builder *b, size_t unit);
const char *mera_builder_unit_name(const mera_builder *b, size_t unit); /**< NULL = none yet */
const char *mera_builder_file_path(const mera_builder *b, size_t file);
const char *mera_builder_period_label(const mera_builder *b, size_t period);

/** Cells never set are ABSENT. The builder must not be used afterwards. MERA_ELIMIT when units
 * times periods are over 2^32 - 1. */
mera_code mera_builder_finish(mera_builder *b, mera_dataset **out);

#endif
