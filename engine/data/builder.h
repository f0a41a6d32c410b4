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

/** The index of a unit, period, column, attribute or file; added when new. */
mera_code mera_builder_unit(mera_builder *b, const char *key, size_t n, size_t *index, bool *added);
mera_code mera_builder_period(mera_builder *b, const char *label, size_t n, size_t *index);
mera_code mera_builder_column(mera_builder *b, const char *name, size_t *index);
mera_code mera_builder_attribute(mera_builder *b, const char *name, size_t *index);
mera_code mera_builder_file(mera_builder *b, const mera_file *file, size_t *index);

/** Names a unit; the first non-empty name stays. */
mera_code mera_builder_name(mera_builder *b, size_t unit, const char *name, size_t n);

/** Was a cell of this column set before? */
bool mera_builder_has(const mera_builder *b, size_t column, size_t unit, size_t period);

/** Sets a cell. `state` as in mera_column. `row` is the line in the file, `field` from 1. */
mera_code mera_builder_cell(mera_builder *b, size_t column, size_t unit, size_t period, double value,
                            uint8_t state, size_t file, uint32_t row, uint32_t field);

/** Sets an attribute of a unit in a period (SIZE_MAX = in every period). Empty text is missing. */
mera_code mera_builder_text(mera_builder *b, size_t attribute, size_t unit, size_t period,
                            const char *text, size_t n);

/** Cells never set are ABSENT. The builder must not be used afterwards. */
mera_code mera_builder_finish(mera_builder *b, mera_dataset **out);

#endif
