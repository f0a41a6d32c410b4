/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Records of delimited text, by RFC 4180: quotes, doubled quotes, newlines inside quotes; LF, CRLF
 * and CR end a record. A quote inside a field that does not begin with one is a plain character.
 */
#ifndef MERA_IO_CSV_H
#define MERA_IO_CSV_H

#include "io/encoding.h"

typedef enum csv_status {
    CSV_RECORD,
    CSV_END,
    CSV_UNCLOSED, /**< a quote is never closed: `trouble` is where it opens */
    CSV_BAD_BYTE, /**< `trouble` is a byte that stands for nothing in the encoding */
    CSV_NO_MEMORY,
} csv_status;

typedef struct csv_reader {
    const char *at, *end; /**< what is still to be read */
    const char *block;    /**< the 64 bytes that `mask` describes */
    uint64_t mask;        /**< their special bytes (delimiter, quote, CR, LF) not yet looked at */
    char delimiter;
    uint32_t next_line; /**< of `at`, from 1 */
    mera_arena *arena;
    mera_slice *field; /**< of the record, as text: quotes taken off */
    size_t n_fields, room;
    const char *start;   /**< of the record */
    uint32_t line;       /**< of its start */
    size_t n_blank;      /**< blank lines passed over so far */
    const char *trouble; /**< text after a closing quote in this record, or NULL */
    size_t *doubled;     /**< fields of the record with doubled quotes */
    size_t n_doubled, room_doubled;
    char *plain; /**< their texts */
    size_t room_plain;
    const io_byte_table *encoding; /**< of the text: its fields are decoded; NULL = UTF-8 */
    char *decoded;                 /**< those beyond ASCII */
    size_t room_decoded;
} csv_reader;

/** Reads `text`, whose first line has the number `line`. Fields point into it or into `arena`.
 * Whoever wants the fields decoded sets `encoding` after it. */
void csv_open(csv_reader *csv, const char *text, size_t n, char delimiter, uint32_t line,
              mera_arena *arena);

/** The next record, blank lines left out. Its fields stand until the next call. */
csv_status csv_next(csv_reader *csv);

/** Makes the record `n` fields long: adds empty ones, or takes blank ones off at its end. Does
 * nothing when what is too much is not blank; false when memory ran out. */
bool csv_fit(csv_reader *csv, size_t n);

/** Line and character column, from 1, of field `index` (from 0) of the record at hand. */
void csv_place(const csv_reader *csv, size_t index, uint32_t *line, uint32_t *column);

/** The same of any byte of the record at hand. */
void csv_place_of(const csv_reader *csv, const char *byte, uint32_t *line, uint32_t *column);

/** The character columns of the first `n` fields, each behind its quote if it has one; those that
 * the record does not have get that of the last. */
void csv_columns(const csv_reader *csv, size_t n, uint32_t *column);

#endif
