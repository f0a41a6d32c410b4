/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Rows in a builder. They wait in their sheet, row behind row, until there are a few dozen, and
 * then each column is written once for all of them.
 */
#include "data/store.h"

#include <string.h>

enum { DATA_ROWS_LEAST = DATA_LINE, DATA_ROWS_MOST = 64, DATA_WAITING = 1 << 14 /* cells */ };

/* Room for waiting rows: whole cache lines of each column. */
static mera_code data_wait_room(mera_builder *b, mera_sheet *sheet)
{
    /* An odd number of lines a row, so that a column's cells do not fall on one set of the cache.
     */
    const size_t lines = (sheet->n + DATA_LINE - 1) / DATA_LINE | 1;
    sheet->stride = lines * DATA_LINE;
    size_t rows = DATA_WAITING / sheet->stride / DATA_LINE * DATA_LINE;
    rows = rows < DATA_ROWS_LEAST ? DATA_ROWS_LEAST : rows;
    sheet->room_waiting = rows > DATA_ROWS_MOST ? DATA_ROWS_MOST : rows;
    const size_t n = sheet->room_waiting * sheet->stride;
    MERA_TRY_PTR(sheet->value = mera_arena_alloc(b->scratch, n, sizeof *sheet->value));
    MERA_TRY_PTR(sheet->state = mera_arena_alloc(b->scratch, n, 1));
    MERA_TRY_PTR(sheet->within = mera_arena_alloc(b->scratch, sheet->room_waiting, 1));
    return MERA_OK;
}

mera_code mera_builder_sheet(mera_builder *b, size_t file, size_t n, const size_t *column,
                             const uint32_t *field, mera_sheet **out)
{
    mera_sheet *sheet = NULL;
    MERA_TRY_NEW(sheet, b->scratch, 1);
    MERA_TRY_NEW(sheet->column, b->scratch, n);
    MERA_TRY_NEW(sheet->origin, b->scratch, n);
    MERA_TRY_NEW(sheet->chunk, b->scratch, n);
    MERA_TRY_NEW(sheet->track, b->scratch, 1);
    sheet->n = n;
    sheet->at = SIZE_MAX;
    sheet->plain = true;
    MERA_TRY(data_wait_room(b, sheet));
    for (size_t i = 0; i < n; i++) {
        size_t origin = 0;
        sheet->column[i] = b->column[column[i]];
        MERA_TRY(
            data_origin_of(b, sheet->column[i], (uint32_t)file, field[i], sheet->track, &origin));
        sheet->origin[i] = (uint32_t)origin;
        sheet->plain &= origin == 0;
    }
    *out = sheet;
    return MERA_OK;
}

/* Waiting rows that are neighbours, all of whose cells are set: the usual case. */
static void data_pour_block(const mera_sheet *sheet)
{
    const size_t first = sheet->within[0], n = sheet->n_waiting, stride = sheet->stride;
    for (size_t i = 0; i < sheet->n; i++) {
        const data_chunk *chunk = &sheet->chunk[i];
        const double *from = sheet->value + i;
        const uint8_t *from_state = sheet->state + i;
        double *value = chunk->value + first;
        uint8_t *state = chunk->state + first;
        for (size_t row = 0; row < n; row++) {
            value[row] = from[row * stride];
            state[row] = from_state[row * stride];
        }
        for (size_t row = 0; chunk->owner != NULL && row < n; row++) {
            chunk->owner[first + row] = sheet->origin[i];
        }
    }
}

/* The others, in the order they came. */
static void data_pour_row(const mera_sheet *sheet, size_t row)
{
    const size_t within = sheet->within[row];
    const double *value = sheet->value + row * sheet->stride;
    const uint8_t *state = sheet->state + row * sheet->stride;
    for (size_t i = 0; i < sheet->n; i++) {
        const data_chunk *chunk = &sheet->chunk[i];
        if (state[i] != MERA_LEAVE) {
            chunk->value[within] = value[i];
            chunk->state[within] = state[i];
            if (chunk->owner != NULL) {
                chunk->owner[within] = sheet->origin[i];
            }
        }
    }
}

static void data_pour(mera_sheet *sheet)
{
    if (!sheet->ragged && sheet->n_waiting > 0) {
        data_pour_block(sheet);
    }
    for (size_t row = 0; sheet->ragged && row < sheet->n_waiting; row++) {
        data_pour_row(sheet, row);
    }
    sheet->n_waiting = 0;
    sheet->ragged = false;
}

void data_settle(mera_builder *b)
{
    for (mera_sheet *sheet = b->waiting, *next; sheet != NULL; sheet = next) {
        next = sheet->next;
        sheet->listed = false;
        data_pour(sheet);
    }
    b->waiting = NULL;
}

/* Turns a sheet to another chunk of records. */
static mera_code data_turn(mera_builder *b, mera_sheet *sheet, size_t at)
{
    data_settle(b);
    for (size_t i = 0; i < sheet->n; i++) {
        data_chunk *chunk = NULL;
        MERA_TRY(data_chunk_of(b, sheet->column[i], at, &chunk));
        const bool owned = sheet->plain || chunk->owner != NULL;
        MERA_TRY(owned ? MERA_OK : data_make_owners(b, chunk));
        sheet->chunk[i] = *chunk;
    }
    sheet->at = at;
    sheet->n_owner_lists = b->n_owner_lists;
    return MERA_OK;
}

void mera_builder_row_room(mera_sheet *sheet, double **value, uint8_t **state)
{
    *value = sheet->value + sheet->n_waiting * sheet->stride;
    *state = sheet->state + sheet->n_waiting * sheet->stride;
}

/* Adds a row to those that wait. */
static void data_wait(mera_builder *b, mera_sheet *sheet, size_t within, const double *value,
                      const uint8_t *state)
{
    const size_t row = sheet->n_waiting++, start = row * sheet->stride;
    if (sheet->n > 0 && value != sheet->value + start) {
        memmove(sheet->value + start, value, sheet->n * sizeof *value);
    }
    if (sheet->n > 0 && state != sheet->state + start) {
        memmove(sheet->state + start, state, sheet->n);
    }
    if (!sheet->listed) {
        sheet->listed = true;
        sheet->next = b->waiting;
        b->waiting = sheet;
    }
    sheet->within[row] = (uint8_t)within;
    sheet->ragged |= within != sheet->within[0] + row ||
                     memchr(sheet->state + start, MERA_LEAVE, sheet->n) != NULL;
}

mera_code mera_builder_row(mera_builder *b, mera_sheet *sheet, size_t unit, size_t period,
                           uint32_t row, const double *value, const uint8_t *state)
{
    uint32_t record = 0;
    MERA_TRY(data_record(b, unit, period, &record));
    MERA_TRY(data_track_add(b, sheet->track, record, row));
    if (sheet->at != record / DATA_CHUNK || sheet->n_owner_lists != b->n_owner_lists) {
        MERA_TRY(data_turn(b, sheet, record / DATA_CHUNK));
    }
    data_wait(b, sheet, record % DATA_CHUNK, value, state);
    if (sheet->n_waiting == sheet->room_waiting) {
        data_pour(sheet);
    }
    return MERA_OK;
}
