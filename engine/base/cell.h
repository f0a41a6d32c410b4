/* SPDX-License-Identifier: Apache-2.0 */
/** @file Addresses of cells as spreadsheets write them: "C12", "A5:H200". */
#ifndef MERA_BASE_CELL_H
#define MERA_BASE_CELL_H

#include "base/text.h"

enum {
    MERA_CELL_ROWS = 1048576, /**< of a sheet, by the format */
    MERA_CELL_COLUMNS = 16384,
    MERA_CELL_NAME = 24, /**< room for the longest address */
};

/** A rectangle of cells, counted from 1, ends included. */
typedef struct mera_cells {
    uint32_t row, column, last_row, last_column;
} mera_cells;

/** "C12"; without the row when it is 0, without the column when that is 0. */
void mera_cell_name(uint32_t row, uint32_t column, char out[MERA_CELL_NAME]);

/** Reads "C12" to its end: false when it is no address, or one beyond what a sheet holds. */
bool mera_cell_read(mera_slice text, uint32_t *row, uint32_t *column);

/** Reads "A5:H200", "A5" (to the end), "A5:H", "B:H" or "5:200". */
bool mera_cells_read(mera_slice text, mera_cells *out);

#endif
