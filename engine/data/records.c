/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where the cells of a builder stand: records, chunks, tracks of lines, origins.
 */
#include "base/grow.h"
#include "data/store.h"

#include <string.h>

static size_t data_slot_of(size_t period)
{
    return period == SIZE_MAX ? 0 : period + 1;
}

uint32_t data_find_record(const mera_builder *b, size_t unit, size_t period)
{
    const size_t slot = data_slot_of(period);
    if (slot >= b->room_slots || unit >= b->slot[slot].room) {
        return UINT32_MAX;
    }
    return b->slot[slot].record[unit] - 1;
}

/* Adds the record of a unit and period that have none. */
static mera_code data_add_record(mera_builder *b, size_t unit, size_t period, uint32_t *record)
{
    const size_t at = data_slot_of(period);
    data_slot *slots = mera_grown(b->scratch, b->slot, &b->room_slots, at + 1, sizeof *slots);
    MERA_TRY_PTR(slots);
    b->slot = slots;
    data_slot *slot = &slots[at];
    const size_t all = b->expected; /* 0 = not known */
    uint32_t *records = mera_grown(b->scratch, slot->record, &slot->room,
                                   unit < all ? all : unit + 1, sizeof *records);
    MERA_TRY_PTR(records);
    slot->record = records;
    if (b->n_records + 1 >= UINT32_MAX) {
        return MERA_ELIMIT;
    }
    const size_t need = b->n_records < all ? all : b->n_records + 1;
    uint32_t *units = mera_grown(b->scratch, b->record_unit, &b->room_units, need, sizeof *units);
    MERA_TRY_PTR(units);
    b->record_unit = units;
    uint32_t *periods =
        mera_grown(b->scratch, b->record_slot, &b->room_record_slots, need, sizeof *periods);
    MERA_TRY_PTR(periods);
    b->record_slot = periods;
    units[b->n_records] = (uint32_t)unit;
    periods[b->n_records] = (uint32_t)at;
    *record = (uint32_t)b->n_records++;
    records[unit] = *record + 1;
    return MERA_OK;
}

mera_code data_record(mera_builder *b, size_t unit, size_t period, uint32_t *record)
{
    *record = data_find_record(b, unit, period);
    return *record != UINT32_MAX ? MERA_OK : data_add_record(b, unit, period, record);
}

/* Room for all records that are expected, in the arena of the dataset: perhaps it can stay there.
 */
static mera_code data_expect_chunks(mera_builder *b, data_column *column)
{
    const size_t n = (b->expected + DATA_CHUNK - 1) / DATA_CHUNK;
    double *value = mera_arena_alloc(b->arena, n * DATA_CHUNK, sizeof *value);
    uint8_t *state = mera_arena_alloc(b->arena, n * DATA_CHUNK, 1);
    data_chunk *list = mera_grown(b->scratch, NULL, &column->room_chunks, n, sizeof *list);
    MERA_TRY_PTR(value);
    MERA_TRY_PTR(state);
    MERA_TRY_PTR(list);
    memset(state, DATA_UNSET, n * DATA_CHUNK);
    for (size_t i = 0; i < n; i++) {
        list[i] = (data_chunk){value + i * DATA_CHUNK, state + i * DATA_CHUNK, NULL};
    }
    column->chunk = list;
    column->n_joined = n;
    return MERA_OK;
}

/* Adds the chunk for a record to a column that has none there. */
static mera_code data_add_chunk(mera_builder *b, data_column *column, size_t at)
{
    if (column->chunk == NULL && b->expected > at * DATA_CHUNK) {
        MERA_TRY(data_expect_chunks(b, column));
        if (column->chunk[at].state != NULL) {
            return MERA_OK;
        }
    }
    data_chunk *list =
        mera_grown(b->scratch, column->chunk, &column->room_chunks, at + 1, sizeof *list);
    MERA_TRY_PTR(list);
    column->chunk = list;
    MERA_TRY_PTR(list[at].value = mera_arena_alloc(b->scratch, DATA_CHUNK, sizeof(double)));
    MERA_TRY_PTR(list[at].state = mera_arena_alloc(b->scratch, DATA_CHUNK, 1));
    memset(list[at].state, DATA_UNSET, DATA_CHUNK);
    return MERA_OK;
}

mera_code data_chunk_of(mera_builder *b, data_column *column, size_t at, data_chunk **out)
{
    if (at >= column->room_chunks || column->chunk[at].state == NULL) {
        MERA_TRY(data_add_chunk(b, column, at));
    }
    *out = &column->chunk[at];
    return MERA_OK;
}

mera_code data_make_owners(mera_builder *b, data_chunk *chunk)
{
    MERA_TRY_NEW(chunk->owner, b->scratch, DATA_CHUNK);
    b->n_owner_lists++;
    return MERA_OK;
}

mera_code data_track_add(mera_builder *b, data_track *track, uint32_t record, uint32_t row)
{
    if (track->last == NULL || track->last->n == DATA_TRACK_BLOCK) {
        data_lines *block = mera_arena_alloc(b->scratch, 1, sizeof *block);
        MERA_TRY_PTR(block);
        block->next = NULL;
        block->n = 0;
        if (track->last == NULL) {
            track->first = block;
        } else {
            track->last->next = block;
        }
        track->last = block;
    }
    data_lines *block = track->last;
    block->record[block->n] = record;
    block->row[block->n++] = row;
    return MERA_OK;
}

mera_code data_origin_of(mera_builder *b, data_column *column, uint32_t file, uint32_t field,
                         data_track *track, size_t *out)
{
    for (size_t i = column->n_origins; i-- > 0;) { /* the last one is asked for most */
        const data_origin *o = &column->origin[i];
        if (o->file == file && o->field == field && (track == NULL || o->track == track)) {
            *out = i;
            return MERA_OK;
        }
    }
    data_origin *list = mera_grown(b->scratch, column->origin, &column->room_origins,
                                   column->n_origins + 1, sizeof *list);
    MERA_TRY_PTR(list);
    column->origin = list;
    if (track == NULL) {
        MERA_TRY_NEW(track, b->scratch, 1);
    }
    list[column->n_origins] = (data_origin){file, field, track};
    *out = column->n_origins++;
    return MERA_OK;
}
