/* SPDX-License-Identifier: Apache-2.0 */
/** @file A dataset without one of its units. */
#include "mera/dataset.h"

#include <string.h>

typedef struct without {
    const mera_dataset *from;
    size_t unit;
    mera_arena *arena;
    const uint32_t *rows, *rows_made; /**< lines laid out last: columns of one file share them */
} without;

/* Everything but the unit, in each of `n_slices` runs of all units. */
static mera_code without_copy(const without *w, const void *from, size_t size, size_t n_slices,
                              void **out)
{
    const size_t n = w->from->n_units, after = n - w->unit - 1;
    const char *source = from;
    char *to = mera_arena_alloc(w->arena, n_slices * (n - 1) + 1, size);
    MERA_TRY_PTR(to);
    *out = to;
    for (size_t s = 0; s < n_slices; s++) {
        memcpy(to, source, w->unit * size);
        memcpy(to + w->unit * size, source + (w->unit + 1) * size, after * size);
        to += (n - 1) * size;
        source += n * size;
    }
    return MERA_OK;
}

static mera_code without_origins(without *w, mera_column *column)
{
    mera_origin *origins;
    void *rows;
    MERA_TRY_NEW(origins, w->arena, column->n_origins);
    for (size_t i = 0; i < column->n_origins; i++) {
        origins[i] = column->origins[i];
        if (origins[i].row != w->rows) {
            MERA_TRY(without_copy(w, origins[i].row, sizeof *w->rows, w->from->n_periods, &rows));
            w->rows = origins[i].row;
            w->rows_made = rows;
        }
        origins[i].row = w->rows_made;
    }
    column->origins = origins;
    return MERA_OK;
}

static mera_code without_columns(without *w, mera_dataset *to)
{
    mera_column *column;
    void *cells;
    MERA_TRY_NEW(column, w->arena, to->n_columns);
    for (size_t c = 0; c < to->n_columns; c++) {
        const mera_column *from = &w->from->column[c];
        column[c] = *from;
        MERA_TRY(without_copy(w, from->value, sizeof *from->value, to->n_periods, &cells));
        column[c].value = cells;
        MERA_TRY(without_copy(w, from->state, 1, to->n_periods, &cells));
        column[c].state = cells;
        MERA_TRY(without_origins(w, &column[c]));
    }
    to->column = column;
    return MERA_OK;
}

static mera_code without_attributes(const without *w, mera_dataset *to)
{
    mera_attribute *attribute;
    void *codes;
    MERA_TRY_NEW(attribute, w->arena, to->n_attributes);
    for (size_t a = 0; a < to->n_attributes; a++) {
        attribute[a] = w->from->attribute[a];
        MERA_TRY(
            without_copy(w, attribute[a].code, sizeof *attribute[a].code, to->n_periods, &codes));
        attribute[a].code = codes;
    }
    to->attribute = attribute;
    return MERA_OK;
}

mera_code mera_dataset_without(const mera_dataset *data, size_t unit, mera_arena *arena,
                               mera_dataset **out)
{
    without w = {.from = data, .unit = unit, .arena = arena};
    void *names;
    if (unit >= data->n_units) {
        return MERA_EUSAGE;
    }
    MERA_TRY_NEW(*out, arena, 1);
    **out = *data;
    MERA_TRY(without_copy(&w, data->unit_key, sizeof *data->unit_key, 1, &names));
    (*out)->unit_key = names;
    MERA_TRY(without_copy(&w, data->unit_name, sizeof *data->unit_name, 1, &names));
    (*out)->unit_name = names;
    MERA_TRY(without_columns(&w, *out));
    MERA_TRY(without_attributes(&w, *out));
    (*out)->n_units--;
    return MERA_OK;
}
