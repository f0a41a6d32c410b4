/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the fields of a table hold: numbers, codes, texts, gaps. */
#ifndef MERA_IO_FIELDS_H
#define MERA_IO_FIELDS_H

#include "io/table.h"

/** Hashes of distinct texts, up to a bound. */
typedef struct io_distinct {
    uint64_t *slot; /**< 0 = free */
    size_t room, n;
    bool full; /**< there are more than the bound; `n` is no longer counted */
} io_distinct;

/** Numbers that people write for "missing" without saying so. */
enum { IO_N_SENTINELS = 8 };
extern const double io_sentinels[IO_N_SENTINELS];

typedef struct io_field {
    size_t n_rows;
    size_t n_number, n_censored, n_missing, n_other;
    size_t n_empty;                    /**< of the missing ones */
    size_t n_digits;                   /**< digits only */
    size_t n_zero_led;                 /**< digits only, with a leading zero */
    mera_at other_at;                  /**< the first cell that is no number */
    const char *other;                 /**< what it holds, or NULL */
    size_t n_behind, n_percent;        /**< numbers with a text, with a percent sign behind */
    size_t n_footnote;                 /**< numbers with the mark of a footnote */
    size_t n_mark;                     /**< numbers by the other decimal mark */
    size_t n_exponent;                 /**< numbers as 8,07E+07 */
    size_t n_length[12];               /**< cells of digits only, by how many they have */
    double min, max;                   /**< NaN when there is no number */
    double plain_min, plain_max;       /**< of the numbers that are no sentinels */
    size_t n_sentinel[IO_N_SENTINELS]; /**< cells that hold just this number */
    const char *example;
    io_distinct distinct; /**< of the texts that are not empty */
    bool is_code;         /**< digits only, some with leading zeros: not numbers */
    bool is_number;       /**< at least nine in ten that are not missing read as numbers */
} io_field;

/** Looks through all whole rows from where the table stands. `distinct`: count distinct texts too.
 */
mera_code io_fields_scan(io_table *table, bool distinct, io_field **out);

/** The sentinel that lies farther from the other numbers than these do from each other: it may well
 * be a mark for missing. IO_N_SENTINELS when there is none. */
size_t io_field_sentinel(const io_field *field);

/** Adds a text; false when memory ran out. */
bool io_distinct_add(io_distinct *set, mera_slice text, mera_arena *arena);

#endif
