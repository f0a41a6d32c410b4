/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A table for a terminal: cells of text under titles, as wide as their widest cell, one column
 * that gives way when the terminal is too narrow.
 */
#ifndef MERA_REPORT_GRID_H
#define MERA_REPORT_GRID_H

#include "report/style.h"

typedef struct mera_grid_column {
    const char *title;
    bool right;     /**< numbers */
    bool gives_way; /**< shortened first, from the right, when the line is too long */
    bool optional;  /**< left out when that is not enough; after it the last ones are shortened */
    bool hidden;    /**< never shown: nothing stands in it */
    size_t max;     /**< widest it may be; 0 = no limit */
    size_t
        least; /**< optional columns are left out before it gives way to less; 0 = no such width */
    mera_paint paint;
} mera_grid_column;

typedef struct mera_grid {
    const mera_grid_column *column;
    size_t n_columns, n_rows;
    const char **cell; /**< [row * n_columns + column]; NULL = empty */
} mera_grid;

/** An empty grid; `column` is borrowed as long as the grid lives. */
mera_code mera_grid_new(const mera_grid_column *column, size_t n_columns, size_t n_rows,
                        mera_arena *arena, mera_grid *out);

/** Columns of a terminal that the grid wants. */
size_t mera_grid_width(const mera_grid *grid);

/** Writes titles, where there are any, and rows, each line after `indent` blanks and not wider than
 * the view. */
mera_code mera_grid_write(const mera_grid *grid, const mera_view *view, size_t indent,
                          mera_arena *arena, mera_text *out);

#endif
