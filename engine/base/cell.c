/* SPDX-License-Identifier: Apache-2.0 */
/** @file Addresses of cells: letters count columns (A = 1, Z = 26, AA = 27), digits rows. */
#include "base/cell.h"

#include <stdio.h>
#include <string.h>

void mera_cell_name(uint32_t row, uint32_t column, char out[MERA_CELL_NAME])
{
    char letters[8];
    size_t n = 0;
    for (uint32_t left = column; left > 0 && n < sizeof letters; left = (left - 1) / 26) {
        letters[n++] = (char)('A' + (left - 1) % 26);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = letters[n - 1 - i];
    }
    out[n] = '\0';
    if (row > 0) {
        snprintf(out + n, MERA_CELL_NAME - n, "%u", row);
    }
}

/* Letters, then digits; either may be left out and is 0 then. Returns the bytes read. */
static size_t cell_part(mera_slice text, uint32_t *row, uint32_t *column)
{
    size_t i = 0;
    *row = *column = 0;
    i += i < text.n && text.at[i] == '$';
    for (; i < text.n && *column <= MERA_CELL_COLUMNS; i++) {
        const char c = (char)(text.at[i] & ~0x20); /* upper case */
        if (c < 'A' || c > 'Z') {
            break;
        }
        *column = *column * 26 + (uint32_t)(c - 'A' + 1);
    }
    i += i < text.n && text.at[i] == '$';
    for (; i < text.n && text.at[i] >= '0' && text.at[i] <= '9' && *row <= MERA_CELL_ROWS; i++) {
        *row = *row * 10 + (uint32_t)(text.at[i] - '0');
    }
    return *row > MERA_CELL_ROWS || *column > MERA_CELL_COLUMNS ? 0 : i;
}

bool mera_cell_read(mera_slice text, uint32_t *row, uint32_t *column)
{
    const size_t used = cell_part(text, row, column);
    return used > 0 && used == text.n && *row > 0 && *column > 0;
}

bool mera_cells_read(mera_slice text, mera_cells *out)
{
    const char *colon = memchr(text.at, ':', text.n);
    const mera_slice first = {text.at, colon == NULL ? text.n : (size_t)(colon - text.at)};
    *out = (mera_cells){1, 1, MERA_CELL_ROWS, MERA_CELL_COLUMNS};
    uint32_t row = 0, column = 0;
    if (first.n == 0 || cell_part(first, &row, &column) != first.n) {
        return false;
    }
    out->row = row == 0 ? 1 : row;
    out->column = column == 0 ? 1 : column;
    if (colon == NULL) {
        return row > 0 && column > 0;
    }
    const mera_slice last = {colon + 1, text.n - first.n - 1};
    if (last.n == 0 || cell_part(last, &row, &column) != last.n) {
        return false;
    }
    out->last_row = row == 0 ? MERA_CELL_ROWS : row;
    out->last_column = column == 0 ? MERA_CELL_COLUMNS : column;
    return out->row <= out->last_row && out->column <= out->last_column;
}
