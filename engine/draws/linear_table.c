/* SPDX-License-Identifier: Apache-2.0 */
/** @file Tables as the certificates want them. */
#include "draws/linear_table.h"

#include <stdlib.h>

#include "base/math.h"

mera_code mera_rows_of(const mera_columns *columns, mera_arena *arena, mera_rows *out)
{
    *out = (mera_rows){.k = columns->k};
    MERA_TRY_NEW(out->unit, arena, columns->n);
    MERA_TRY_NEW(out->z, arena, columns->n * columns->k);
    for (size_t i = 0; i < columns->n; i++) {
        double *row = out->z + out->n * columns->k;
        bool complete = true;
        for (size_t j = 0; j < columns->k; j++) {
            row[j] = columns->x[j][i];
            complete = complete && fabs(row[j]) < INFINITY;
        }
        for (size_t j = 0; complete && j < columns->k; j++) {
            out->size = fmax(out->size, fabs(row[j]));
        }
        if (complete) {
            out->unit[out->n++] = i;
        }
    }
    return MERA_OK;
}

/* The row of a unit, or SIZE_MAX. */
static size_t rows_find(const mera_rows *rows, size_t unit)
{
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->unit[i] == unit) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool mera_rows_same(const mera_rows *rows, size_t a, size_t b)
{
    for (size_t j = 0; j < rows->k; j++) {
        if (rows->z[a * rows->k + j] != rows->z[b * rows->k + j]) {
            return false;
        }
    }
    return true;
}

mera_code mera_rows_shares(const mera_rows *rows, const double *w, mera_arena *arena, double **out)
{
    double sum = 0;
    MERA_TRY_NEW(*out, arena, rows->k);
    for (size_t j = 0; j < rows->k; j++) {
        if (!(w[j] >= 0)) {
            return MERA_EUSAGE;
        }
        sum += w[j];
    }
    if (!(sum > 0 && sum < INFINITY)) {
        return MERA_EUSAGE;
    }
    for (size_t j = 0; j < rows->k; j++) {
        (*out)[j] = w[j] / sum;
    }
    return MERA_OK;
}

typedef struct rows_item {
    double score;
    size_t row;
} rows_item;

static int rows_compare(const void *a, const void *b)
{
    const rows_item *x = a, *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

mera_code mera_rows_order(const mera_rows *rows, const double *w, mera_arena *arena, double **score,
                          size_t **order)
{
    rows_item *item;
    MERA_TRY_NEW(*score, arena, rows->n);
    MERA_TRY_NEW(*order, arena, rows->n);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY_NEW(item, arena, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        for (size_t j = 0; j < rows->k; j++) {
            (*score)[i] += w[j] * rows->z[i * rows->k + j];
        }
        item[i] = (rows_item){(*score)[i], i};
    }
    qsort(item, rows->n, sizeof *item, rows_compare);
    for (size_t p = 0; p < rows->n; p++) {
        (*order)[p] = item[p].row;
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

mera_code mera_rows_must_find(const mera_rows *rows, size_t unit, mera_diags *diags, size_t *row)
{
    *row = rows_find(rows, unit);
    if (*row == SIZE_MAX) {
        return mera_fail(diags, MERA_EINPUT, "missing-value", MERA_NOWHERE,
                         "unit %zu has a missing value: its score is not linear in the weights",
                         unit + 1);
    }
    return MERA_OK;
}

double mera_rows_margin(const mera_rows *rows)
{
    return 1e-7 * (rows->size > 0 ? rows->size : 1);
}
