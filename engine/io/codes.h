/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Changes of codes between periods: the table of them, and the code under which a unit is kept, its
 * last one. A code may be given to another unit later.
 */
#ifndef MERA_IO_CODES_H
#define MERA_IO_CODES_H

#include "base/map.h"
#include "base/text.h"
#include "mera/read.h"

/** From `since` on, what was `from` is `to`. */
typedef struct code_change {
    const char *from, *to, *since; /**< since "": the table says no periods */
    uint32_t line;
    size_t next;    /**< the next change from the same code, or SIZE_MAX */
    size_t next_to; /**< the next change to the same code */
    bool apart;     /**< part of a merger or a split that `merged: separate` leaves alone */
} code_change;

typedef struct code_table code_table;
struct code_table {
    const char *path;
    char sha256[65];
    code_change *change;
    size_t n, room, n_apart;
    size_t n_again; /**< rows that say once more what was said */
    size_t n_met;   /**< rows of data with a code of the table */
    bool timed;
    mera_map *from, *to; /**< the first change from a code, to a code */
};

/** Reads the table. Mergers, splits and circles are refused with their lines. */
mera_code code_table_read(const mera_recode *recode, mera_arena *arena, mera_diags *diags,
                          code_table **out);

/** How a row's code was taken. */
typedef enum code_taken {
    CODE_SAME,      /**< it is the unit's last code */
    CODE_FOLLOWED,  /**< replaced by a later one */
    CODE_LATE,      /**< likewise, though the row is of a period in which it was replaced already */
    CODE_AMBIGUOUS, /**< it belonged to several units, and the row says no period */
} code_taken;

/** The unit's last code: of what `code` meant in `period` (n = 0: the row says none). */
const char *code_last(const code_table *table, const char *code, mera_slice period,
                      code_taken *taken);

/** Can two labels of periods be put in order: both numbers, or neither? */
bool code_comparable(mera_slice a, mera_slice b);

/** Which label of a period is earlier: numbers by value, else bytes; < 0, 0, > 0. */
int code_compare(mera_slice a, mera_slice b);

/** Looks through a table that was read for what cannot be followed (codes_check.c). */
mera_code code_table_check(code_table *table, const mera_recode *recode, mera_diags *diags);

#endif
