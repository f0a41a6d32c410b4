/* SPDX-License-Identifier: Apache-2.0 */
/** @file COINr's get_data(): some columns and some units of a data set. */
#ifndef CONFORMANCE_PICK_H
#define CONFORMANCE_PICK_H

#include "coin.h"

/** Columns and rows. */
typedef struct picked {
    size_t n, k;
    const char **key;  /**< uCode of each row */
    const char **code; /**< of each column */
    double **x;
} picked;

/**
 * iCodes (names, their ancestors or descendants; NULL = all) at a level (0 = as named), rows of the
 * units `uCodes` and of the group of `use_group` ({column: group}) among the arguments, as COINr
 * has it: with a column alone, the groups of the units named, or all.
 */
mera_code pick(coin *c, const frame *f, const json_t *icodes, int level, const json_t *args,
               picked *out);

/** Turns the columns of direction -1 round. */
void pick_directed(const coin *c, picked *p);

/** In the order of COINr's lineage: by name, as the locale sorts. */
void pick_sorted(picked *p);

mera_columns pick_columns(const picked *p);

/** Names as en_US sorts them: letters first by what they are, then small before large. */
int collate(const char *a, const char *b);

#endif
