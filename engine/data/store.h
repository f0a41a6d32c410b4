/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How a builder keeps cells until they are laid out: a record is a (unit, period) pair, numbered as
 * met; each column is a list of chunks indexed by record. Cells of one row stand at the same record
 * of all columns, so a row costs one look-up. When the number of records is known beforehand and
 * they turn out to be in the order of the dataset, the chunks are the column and nothing is copied.
 */
#ifndef MERA_DATA_STORE_H
#define MERA_DATA_STORE_H

#include "base/map.h"
#include "data/builder.h"
#include "data/index.h"

enum {
    DATA_CHUNK = 256,
    DATA_TRACK_BLOCK = 1024,
    DATA_UNSET = 0xfe, /**< the state of a cell that nobody set */
};

/** Lines of a track, as they came. */
typedef struct data_lines {
    struct data_lines *next;
    size_t n;
    uint32_t record[DATA_TRACK_BLOCK], row[DATA_TRACK_BLOCK];
} data_lines;

/** Which record stands on which line of a file. A record named twice stands on its last line. */
typedef struct data_track {
    data_lines *first, *last;
    const uint32_t *dense; /**< laid out per cell, when first asked for; `n_cells` are not 0 */
    size_t n_cells;
} data_track;

typedef struct data_origin {
    uint32_t file, field;
    data_track *track;
} data_origin;

/** Values, states and owners of DATA_CHUNK records each; they come together, but owners only once a
 * column has several origins: 0 is the first origin, and no owners say that all cells are its. */
typedef struct data_chunk {
    double *value;
    uint8_t *state;
    uint32_t *owner;
} data_chunk;

typedef struct data_column {
    const char *name;
    data_chunk *chunk;
    size_t room_chunks;
    size_t n_joined; /**< so many of the first chunks lie one behind the other */
    data_origin *origin;
    size_t n_origins, room_origins;
} data_column;

/** Codes of an attribute for DATA_CHUNK records: code + 1, 0 = missing. */
typedef struct data_codes {
    int32_t code[DATA_CHUNK];
} data_codes;

typedef struct data_attribute {
    const char *name;
    mera_map *levels;
    const char **level;
    size_t n_levels, room_levels;
    data_codes **chunk;
    size_t room_chunks;
} data_attribute;

/** Record + 1 of each unit in one period; 0 = none. */
typedef struct data_slot {
    uint32_t *record;
    size_t room;
} data_slot;

struct mera_builder {
    mera_arena *arena;   /**< of the dataset */
    mera_arena *scratch; /**< of what is only needed until it is finished */
    data_index units;    /**< numbers of `key` */
    mera_map *periods, *columns, *attributes;
    const char **key;
    const char **name; /**< as far as there are any */
    size_t room_keys, room_names;
    const char **period;
    size_t room_periods;
    data_column **column;
    size_t room_columns;
    data_attribute **attribute;
    size_t room_attributes;
    mera_file *file;
    size_t n_files, room_files;
    data_slot *slot; /**< [0] = every period, [p + 1] = period p */
    size_t room_slots;
    uint32_t *record_unit, *record_slot;
    size_t n_records, room_units, room_record_slots;
    size_t expected;      /**< records to come, as far as is known */
    size_t n_owner_lists; /**< made so far: sheets that hold chunks look again when it changes */
    mera_sheet *waiting;  /**< sheets that may have waiting rows */
};

enum { DATA_LINE = 8 }; /**< doubles of a cache line */

/**
 * A sheet. Its last rows wait as rows and go to their columns together: each column then gets a few
 * cache lines at once, where row by row it would be touched in as many places as there are rows.
 */
struct mera_sheet {
    mera_sheet *next; /**< of those that may have waiting rows */
    bool listed;      /**< it is one of them */
    size_t n;
    data_column **column;
    uint32_t *origin; /**< per column */
    data_track *track;
    size_t at;            /**< which chunk the next ones are of; SIZE_MAX = none yet */
    size_t n_owner_lists; /**< when they were looked up */
    data_chunk *chunk;    /**< per column */
    bool plain;           /**< every column has this origin only */
    size_t n_waiting, room_waiting;
    size_t stride;   /**< cells from one waiting row to the next */
    bool ragged;     /**< the waiting rows are not neighbours, or one leaves a cell as it was */
    uint8_t *within; /**< by waiting row: its place in the chunk */
    double *value;   /**< value[row * stride + i] of the waiting rows */
    uint8_t *state;  /**< likewise */
};

/** The record of a unit in a period (SIZE_MAX = every period), added when new. */
mera_code data_record(mera_builder *b, size_t unit, size_t period, uint32_t *record);

/** The same without adding: UINT32_MAX when there is none. */
uint32_t data_find_record(const mera_builder *b, size_t unit, size_t period);

/** Notes that a record stands on a line. */
mera_code data_track_add(mera_builder *b, data_track *track, uint32_t record, uint32_t row);

/** The chunk of a column that holds record at * DATA_CHUNK and those after it, added when new. */
mera_code data_chunk_of(mera_builder *b, data_column *column, size_t at, data_chunk **out);

/** Makes the owners of a chunk; until then all of it was the first origin's. */
mera_code data_make_owners(mera_builder *b, data_chunk *chunk);

/** Sends the waiting rows of all sheets to their columns: before anybody looks at cells. */
void data_settle(mera_builder *b);

/** The number of a column's origin, added when new. `track` NULL asks for one of its own. */
mera_code data_origin_of(mera_builder *b, data_column *column, uint32_t file, uint32_t field,
                         data_track *track, size_t *out);

#endif
