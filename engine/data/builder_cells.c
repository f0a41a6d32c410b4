/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Cells in a builder: the calls that set a number or a text, and what was set.
 * What is set twice holds what came last; refusing a second value is the reader's business.
 */
#include "base/grow.h"
#include "data/store.h"

/* Sets who a cell is of; the first origin needs no owners. */
static mera_code data_own(mera_builder *b, data_chunk *chunk, size_t within, uint32_t origin)
{
    if (chunk->owner == NULL) {
        if (origin == 0) {
            return MERA_OK;
        }
        MERA_TRY(data_make_owners(b, chunk));
    }
    chunk->owner[within] = origin;
    return MERA_OK;
}

mera_code mera_builder_cell(mera_builder *b, size_t column, size_t unit, size_t period,
                            double value, uint8_t state, size_t file, uint32_t row, uint32_t field)
{
    data_column *c = b->column[column];
    uint32_t record = 0;
    data_settle(b);
    MERA_TRY(data_record(b, unit, period, &record));
    size_t origin = 0;
    MERA_TRY(data_origin_of(b, c, (uint32_t)file, field, NULL, &origin));
    data_chunk *chunk = NULL;
    MERA_TRY(data_chunk_of(b, c, record / DATA_CHUNK, &chunk));
    MERA_TRY(data_track_add(b, c->origin[origin].track, record, row));
    chunk->value[record % DATA_CHUNK] = value;
    chunk->state[record % DATA_CHUNK] = state;
    return data_own(b, chunk, record % DATA_CHUNK, (uint32_t)origin);
}

/* The chunk of a cell that was set, or NULL. */
static const data_chunk *data_find(const data_column *column, uint32_t record)
{
    const size_t at = record / DATA_CHUNK;
    if (record == UINT32_MAX || at >= column->room_chunks || column->chunk[at].state == NULL ||
        column->chunk[at].state[record % DATA_CHUNK] == DATA_UNSET) {
        return NULL;
    }
    return &column->chunk[at];
}

static const data_origin *data_owner(const data_column *column, const data_chunk *chunk,
                                     uint32_t record)
{
    return &column->origin[chunk->owner == NULL ? 0 : chunk->owner[record % DATA_CHUNK]];
}

/* The line a record stands on last in a track, or 0. */
static uint32_t data_track_row(const data_track *track, uint32_t record)
{
    uint32_t row = 0;
    for (const data_lines *block = track->first; block != NULL; block = block->next) {
        for (size_t i = 0; i < block->n; i++) {
            row = block->record[i] == record ? block->row[i] : row;
        }
    }
    return row;
}

bool mera_builder_seen(mera_builder *b, size_t column, size_t unit, size_t period,
                       mera_cell_seen *seen)
{
    data_settle(b);
    const data_column *c = b->column[column];
    const uint32_t record = data_find_record(b, unit, period);
    const data_chunk *chunk = data_find(c, record);
    if (chunk == NULL) {
        return false;
    }
    const data_origin *origin = data_owner(c, chunk, record);
    *seen = (mera_cell_seen){
        .state = chunk->state[record % DATA_CHUNK],
        .value = chunk->value[record % DATA_CHUNK],
        .file = origin->file,
        .field = origin->field,
    };
    return true;
}

uint32_t mera_builder_seen_row(mera_builder *b, size_t column, size_t unit, size_t period)
{
    data_settle(b);
    const data_column *c = b->column[column];
    const uint32_t record = data_find_record(b, unit, period);
    const data_chunk *chunk = data_find(c, record);
    return chunk == NULL ? 0 : data_track_row(data_owner(c, chunk, record)->track, record);
}

/* The code of a text of an attribute, added when new. */
static mera_code data_level(mera_builder *b, data_attribute *a, const char *text, size_t n,
                            size_t *code)
{
    bool added = false;
    if (a->levels == NULL) {
        MERA_TRY(mera_map_new(b->scratch, 16, &a->levels));
    }
    MERA_TRY(mera_map_put(a->levels, text, n, a->n_levels, code, &added));
    if (added) {
        if (a->n_levels >= INT32_MAX - 1) {
            return MERA_ELIMIT;
        }
        const char **list =
            mera_grown(b->scratch, a->level, &a->room_levels, a->n_levels + 1, sizeof *list);
        MERA_TRY_PTR(list);
        a->level = list;
        MERA_TRY_PTR(list[a->n_levels] = mera_arena_strndup(b->arena, text, n));
        a->n_levels++;
    }
    return MERA_OK;
}

mera_code mera_builder_text(mera_builder *b, size_t attribute, size_t unit, size_t period,
                            const char *text, size_t n)
{
    data_attribute *a = b->attribute[attribute];
    uint32_t record = 0;
    MERA_TRY(data_record(b, unit, period, &record));
    const size_t at = record / DATA_CHUNK;
    data_codes **list =
        mera_grown(b->scratch, a->chunk, &a->room_chunks, at + 1, sizeof(data_codes *));
    MERA_TRY_PTR(list);
    a->chunk = list;
    if (list[at] == NULL) {
        MERA_TRY_NEW(list[at], b->scratch, 1);
    }
    size_t code = SIZE_MAX; /* + 1 is 0: missing */
    if (n > 0) {
        MERA_TRY(data_level(b, a, text, n, &code));
    }
    list[at]->code[record % DATA_CHUNK] = (int32_t)(code + 1);
    return MERA_OK;
}
