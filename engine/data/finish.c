/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Laying a builder's cells out as columns: periods in ascending order, cells at period * n_units +
 * unit, lines shared between columns wherever they are the same.
 */
#include "base/math.h"
#include "base/number.h"
#include "data/store.h"

#include <stdlib.h>
#include <string.h>

/** What the steps of finishing share. */
typedef struct finish {
    mera_builder *b;
    mera_dataset *data;
    size_t n_units, n_periods, n_cells;
    size_t *position;  /* of a period, by its number */
    uint32_t *cell_of; /* by record; for a record of every period: its unit */
    bool in_order;     /* each record is the cell of its own number */
    uint32_t *owner;   /* by cell: number of the origin, of the column at hand; when first needed */
    uint8_t *state;    /* by cell, of the column at hand */
} finish;

/** A period's label, and its value when all labels are numbers. */
typedef struct finish_label {
    const char *label;
    double value;
    size_t number;
} finish_label;

static int finish_by_value(const void *left, const void *right)
{
    const finish_label *a = left, *b = right;
    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return strcmp(a->label, b->label); /* "1" and "1.0" */
}

static int finish_by_bytes(const void *left, const void *right)
{
    const finish_label *a = left, *b = right;
    return strcmp(a->label, b->label);
}

static mera_code finish_periods(finish *f)
{
    mera_builder *b = f->b;
    if (mera_builder_n_periods(b) == 0) {
        size_t only = 0;
        MERA_TRY(mera_builder_period(b, "", 0, &only));
    }
    f->n_periods = mera_builder_n_periods(b);
    finish_label *labels = NULL;
    const char **sorted = NULL;
    MERA_TRY_NEW(labels, b->scratch, f->n_periods);
    MERA_TRY_NEW(f->position, b->scratch, f->n_periods);
    MERA_TRY_NEW(sorted, b->arena, f->n_periods);
    bool numbers = true;
    for (size_t i = 0; i < f->n_periods; i++) {
        labels[i] = (finish_label){.label = b->period[i], .number = i};
        numbers &= mera_number_read(b->period[i], strlen(b->period[i]), &labels[i].value);
    }
    qsort(labels, f->n_periods, sizeof *labels, numbers ? finish_by_value : finish_by_bytes);
    for (size_t i = 0; i < f->n_periods; i++) {
        sorted[i] = labels[i].label;
        f->position[labels[i].number] = i;
    }
    f->data->period = sorted;
    f->data->n_periods = f->n_periods;
    return MERA_OK;
}

static mera_code finish_units(finish *f)
{
    mera_builder *b = f->b;
    const char **keys = NULL, **names = NULL;
    MERA_TRY_NEW(keys, b->arena, f->n_units);
    MERA_TRY_NEW(names, b->arena, f->n_units);
    for (size_t i = 0; i < f->n_units; i++) {
        keys[i] = b->key[i];
        const char *name = mera_builder_unit_name(b, i);
        names[i] = name == NULL ? b->key[i] : name;
    }
    f->data->n_units = f->n_units;
    f->data->unit_key = keys;
    f->data->unit_name = names;
    return MERA_OK;
}

static mera_code finish_records(finish *f)
{
    const mera_builder *b = f->b;
    f->n_cells = f->n_units * f->n_periods;
    if (f->n_cells / f->n_periods != f->n_units || f->n_cells >= UINT32_MAX) {
        return MERA_ELIMIT;
    }
    MERA_TRY_NEW(f->cell_of, b->scratch, b->n_records);
    f->in_order = b->n_records == f->n_cells;
    for (size_t i = 0; i < b->n_records; i++) {
        const uint32_t slot = b->record_slot[i];
        const size_t period = slot == 0 ? 0 : f->position[slot - 1];
        f->cell_of[i] = (uint32_t)(period * f->n_units + b->record_unit[i]);
        f->in_order &= f->cell_of[i] == i && (slot != 0 || f->n_periods == 1);
    }
    return MERA_OK;
}

/* Lays a track's lines out per cell, once. */
static mera_code finish_track(finish *f, data_track *track)
{
    const mera_builder *b = f->b;
    if (track->dense != NULL) {
        return MERA_OK;
    }
    uint32_t *row = NULL;
    MERA_TRY_NEW(row, b->arena, f->n_cells);
    for (const data_lines *block = track->first; block != NULL; block = block->next) {
        for (size_t i = 0; i < block->n; i++) {
            const uint32_t record = block->record[i];
            const bool all = b->record_slot[record] == 0;
            const size_t end = all ? f->n_cells : f->cell_of[record] + (size_t)1;
            for (size_t cell = f->cell_of[record]; cell < end; cell += f->n_units) {
                row[cell] = block->row[i];
            }
        }
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        track->n_cells += row[cell] != 0;
    }
    track->dense = row;
    return MERA_OK;
}

/* The lines of one origin of a column: the track's own when it set each of them last. */
static mera_code finish_rows(finish *f, const data_column *column, size_t origin, size_t n_owned,
                             const uint32_t **out)
{
    data_track *track = column->origin[origin].track;
    MERA_TRY(finish_track(f, track));
    if (n_owned == track->n_cells) {
        *out = track->dense;
        return MERA_OK;
    }
    uint32_t *row = NULL;
    MERA_TRY_NEW(row, f->b->arena, f->n_cells);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        const uint32_t owner = column->n_origins > 1 ? f->owner[cell] : 0;
        const bool own = f->state[cell] != DATA_UNSET && owner == origin;
        row[cell] = own ? track->dense[cell] : 0;
    }
    *out = row;
    return MERA_OK;
}

static mera_code finish_origins(finish *f, const data_column *from, mera_column *to)
{
    size_t *n_owned = NULL;
    mera_origin *origins = NULL;
    MERA_TRY_NEW(n_owned, f->b->scratch, from->n_origins + 1);
    MERA_TRY_NEW(origins, f->b->arena, from->n_origins);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (f->state[cell] != DATA_UNSET) {
            n_owned[from->n_origins > 1 ? f->owner[cell] : 0]++;
        }
    }
    for (size_t i = 0; i < from->n_origins; i++) {
        if (n_owned[i] == 0) {
            continue;
        }
        mera_origin *o = &origins[to->n_origins++];
        o->file = from->origin[i].file;
        o->field = from->origin[i].field;
        MERA_TRY(finish_rows(f, from, i, n_owned[i], &o->row));
    }
    to->origins = origins;
    return MERA_OK;
}

/* Copies the cells of one chunk to their places: those of single periods, or of every period. */
static void finish_chunk(finish *f, const data_chunk *chunk, size_t first, bool all, double *value)
{
    const mera_builder *b = f->b;
    const size_t left = b->n_records - first;
    const size_t n = left < DATA_CHUNK ? left : DATA_CHUNK;
    for (size_t i = 0; i < n; i++) {
        if (chunk->state[i] == DATA_UNSET || (b->record_slot[first + i] == 0) != all) {
            continue;
        }
        const size_t start = f->cell_of[first + i];
        const size_t end = all ? f->n_cells : start + 1;
        for (size_t cell = start; cell < end; cell += f->n_units) {
            if (f->state[cell] == DATA_UNSET) {
                value[cell] = chunk->value[i];
                f->state[cell] = chunk->state[i];
                f->owner[cell] = chunk->owner == NULL ? 0 : chunk->owner[i];
            }
        }
    }
}

/* Copies a column's cells to their places. */
static mera_code finish_scatter(finish *f, const data_column *from, double **value)
{
    if (f->owner == NULL) {
        MERA_TRY_NEW(f->owner, f->b->scratch, f->n_cells);
    }
    MERA_TRY_PTR(*value = mera_arena_alloc(f->b->arena, f->n_cells, sizeof **value));
    MERA_TRY_PTR(f->state = mera_arena_alloc(f->b->arena, f->n_cells, 1));
    memset(f->state, DATA_UNSET, f->n_cells);
    for (int all = 0; all <= 1; all++) {
        for (size_t i = 0; i < from->room_chunks && i * DATA_CHUNK < f->b->n_records; i++) {
            if (from->chunk[i].state != NULL) {
                finish_chunk(f, &from->chunk[i], i * DATA_CHUNK, all == 1, *value);
            }
        }
    }
    return MERA_OK;
}

/* Do the chunks of a column hold it as it is to be? */
static bool finish_in_place(const finish *f, const data_column *column)
{
    return f->in_order && column->n_origins == 1 && column->n_joined * DATA_CHUNK >= f->n_cells;
}

static mera_code finish_column(finish *f, const data_column *from, mera_column *to)
{
    double *value = NULL;
    if (finish_in_place(f, from)) {
        value = from->chunk[0].value;
        f->state = from->chunk[0].state;
    } else {
        MERA_TRY(finish_scatter(f, from, &value));
    }
    MERA_TRY(finish_origins(f, from, to));
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (f->state[cell] == DATA_UNSET) {
            value[cell] = NAN;
            f->state[cell] = MERA_ABSENT;
        }
    }
    to->name = from->name;
    to->value = value;
    to->state = f->state;
    return MERA_OK;
}

static mera_code finish_attribute(finish *f, const data_attribute *from, mera_attribute *to)
{
    const mera_builder *b = f->b;
    int32_t *code = NULL;
    const char **level = NULL;
    MERA_TRY_NEW(code, b->arena, f->n_cells);
    MERA_TRY_NEW(level, b->arena, from->n_levels);
    for (int all = 0; all <= 1; all++) {
        for (size_t i = 0; i < b->n_records; i++) {
            const size_t at = i / DATA_CHUNK;
            if ((b->record_slot[i] == 0) != (all == 1) || at >= from->room_chunks ||
                from->chunk[at] == NULL) {
                continue;
            }
            const size_t end = all == 1 ? f->n_cells : f->cell_of[i] + (size_t)1;
            for (size_t cell = f->cell_of[i]; cell < end; cell += f->n_units) {
                code[cell] = code[cell] != 0 ? code[cell] : from->chunk[at]->code[i % DATA_CHUNK];
            }
        }
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        code[cell]--; /* from code + 1 and 0 = missing */
    }
    if (from->n_levels > 0) {
        memcpy(level, from->level, from->n_levels * sizeof *level);
    }
    *to = (mera_attribute){from->name, from->n_levels, level, code};
    return MERA_OK;
}

static mera_code finish_lists(finish *f)
{
    const mera_builder *b = f->b;
    mera_column *columns = NULL;
    mera_attribute *attributes = NULL;
    mera_file *files = NULL;
    f->data->n_columns = b->columns == NULL ? 0 : mera_map_size(b->columns);
    f->data->n_attributes = b->attributes == NULL ? 0 : mera_map_size(b->attributes);
    MERA_TRY_NEW(columns, b->arena, f->data->n_columns);
    MERA_TRY_NEW(attributes, b->arena, f->data->n_attributes);
    MERA_TRY_NEW(files, b->arena, b->n_files);
    for (size_t i = 0; i < f->data->n_columns; i++) {
        MERA_TRY(finish_column(f, b->column[i], &columns[i]));
    }
    for (size_t i = 0; i < f->data->n_attributes; i++) {
        MERA_TRY(finish_attribute(f, b->attribute[i], &attributes[i]));
    }
    if (b->n_files > 0) {
        memcpy(files, b->file, b->n_files * sizeof *files);
    }
    f->data->column = columns;
    f->data->attribute = attributes;
    f->data->file = files;
    f->data->n_files = b->n_files;
    return MERA_OK;
}

mera_code mera_builder_finish(mera_builder *b, mera_dataset **out)
{
    finish f = {.b = b, .n_units = mera_builder_n_units(b)};
    data_settle(b);
    MERA_TRY_NEW(f.data, b->arena, 1);
    MERA_TRY(finish_periods(&f));
    MERA_TRY(finish_units(&f));
    MERA_TRY(finish_records(&f));
    MERA_TRY(finish_lists(&f));
    *out = f.data;
    return MERA_OK;
}
