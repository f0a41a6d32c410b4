/* SPDX-License-Identifier: Apache-2.0 */
/** @file A table for a terminal. Two blanks between columns; no blanks at the end of a line. */
#include "report/grid.h"

enum { GRID_GAP = 2, GRID_NARROWEST = 8 };

mera_code mera_grid_new(const mera_grid_column *column, size_t n_columns, size_t n_rows,
                        mera_arena *arena, mera_grid *out)
{
    *out = (mera_grid){.column = column, .n_columns = n_columns, .n_rows = n_rows};
    MERA_TRY_NEW(out->cell, arena, n_columns * n_rows);
    return MERA_OK;
}

static const char *grid_cell(const mera_grid *grid, size_t row, size_t column)
{
    const char *text = grid->cell[row * grid->n_columns + column];
    return text == NULL ? "" : text;
}

static size_t grid_natural(const mera_grid *grid, size_t column)
{
    size_t width = mera_utf8_width(grid->column[column].title);
    for (size_t row = 0; row < grid->n_rows; row++) {
        const size_t w = mera_utf8_width(grid_cell(grid, row, column));
        width = w > width ? w : width;
    }
    const size_t max = grid->column[column].max;
    return max > 0 && width > max ? max : width;
}

size_t mera_grid_width(const mera_grid *grid)
{
    size_t width = 0;
    for (size_t j = 0; j < grid->n_columns; j++) {
        width += grid_natural(grid, j) + (j > 0 ? GRID_GAP : 0);
    }
    return width;
}

/** Takes columns from a width, down to the narrowest that still says something. */
static size_t grid_shrink(size_t *width, size_t narrowest, size_t excess)
{
    const size_t spare = *width > narrowest ? *width - narrowest : 0;
    const size_t taken = spare < excess ? spare : excess;
    *width -= taken;
    return excess - taken;
}

/** Sets widths so that the columns which give way do so; returns what is still too much. */
static size_t grid_try(const mera_grid *grid, size_t room, bool with_optional, size_t *width)
{
    size_t total = 0;
    for (size_t j = 0; j < grid->n_columns; j++) {
        const bool shown = !grid->column[j].hidden && (with_optional || !grid->column[j].optional);
        width[j] = shown ? grid_natural(grid, j) : 0;
        total += shown ? width[j] + (j > 0 ? GRID_GAP : 0) : 0;
    }
    size_t excess = total > room ? total - room : 0;
    for (size_t j = grid->n_columns; j-- > 0;) {
        if (grid->column[j].gives_way) {
            const size_t least = with_optional ? grid->column[j].least : 0;
            excess =
                grid_shrink(&width[j], least > GRID_NARROWEST ? least : GRID_NARROWEST, excess);
        }
    }
    return excess;
}

static bool grid_has_titles(const mera_grid *grid)
{
    for (size_t j = 0; j < grid->n_columns; j++) {
        if (!grid->column[j].hidden && grid->column[j].title[0] != '\0') {
            return true;
        }
    }
    return false;
}

static void grid_widths(const mera_grid *grid, size_t room, size_t *width)
{
    if (grid_try(grid, room, true, width) == 0) {
        return;
    }
    size_t excess = grid_try(grid, room, false, width);
    for (size_t j = grid->n_columns; j-- > 0;) {
        excess = grid_shrink(&width[j], GRID_NARROWEST, excess);
    }
}

/** One line; padding after its last text is left out. */
static void grid_line(const mera_grid *grid, const mera_view *view, const size_t *width, size_t row,
                      bool title, mera_arena *arena, mera_text *out)
{
    size_t last = 0;
    for (size_t j = 0; j < grid->n_columns; j++) {
        const char *text = title ? grid->column[j].title : grid_cell(grid, row, j);
        last = text[0] != '\0' && width[j] > 0 ? j : last;
    }
    for (size_t j = 0; j <= last && j < grid->n_columns; j++) {
        const mera_grid_column *column = &grid->column[j];
        const char *text = title ? column->title : grid_cell(grid, row, j);
        mera_text cell = {.arena = arena};
        if (width[j] == 0) {
            continue;
        }
        if (j == last && !column->right) {
            const char *cut = mera_style_cut(text, width[j], arena);
            mera_text_add(&cell, cut == NULL ? "" : cut);
        } else {
            mera_style_pad(&cell, text, width[j], column->right);
        }
        const char *padded = mera_text_string(&cell);
        if (padded == NULL) {
            out->failed = true;
            return;
        }
        mera_style_repeat(out, " ", j > 0 ? GRID_GAP : 0);
        mera_style_add(out, view, title ? MERA_PAINT_DIM : column->paint, padded);
    }
    mera_text_add(out, "\n");
}

mera_code mera_grid_write(const mera_grid *grid, const mera_view *view, size_t indent,
                          mera_arena *arena, mera_text *out)
{
    size_t *width;
    MERA_TRY_NEW(width, arena, grid->n_columns + 1);
    grid_widths(grid, view->width > indent ? view->width - indent : 0, width);
    for (size_t row = grid_has_titles(grid) ? 0 : 1; row <= grid->n_rows; row++) {
        mera_style_repeat(out, " ", indent);
        grid_line(grid, view, width, row - 1, row == 0, arena, out);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
