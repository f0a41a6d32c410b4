/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where keys stand in a list. Millions of units make this the one place of a builder that is read
 * at random, so a slot is eight bytes, the keys themselves stay in their list, and a look-up can be
 * announced before it is needed.
 */
#ifndef MERA_DATA_INDEX_H
#define MERA_DATA_INDEX_H

#include "mera/error.h"

typedef struct data_index {
    uint64_t *slot; /**< mark << 32 | number + 1; 0 = free */
    size_t room;    /**< a power of two, or 0 */
    size_t n;
} data_index;

/** The 32 bits that say where a key is looked for. */
uint32_t data_index_mark(const char *key, size_t n);

/** Asks for the memory that looking for a mark will read. */
void data_index_announce(const data_index *index, uint32_t mark);

/** The number of a key in the list, or SIZE_MAX. */
size_t data_index_get(const data_index *index, const char *const *list, const char *key, size_t n,
                      uint32_t mark);

/** Adds a key that is not there as number `index->n`; `expected`: so many are to come. MERA_ELIMIT
 * when there are 2^32 - 1. */
mera_code data_index_add(data_index *index, mera_arena *arena, uint32_t mark, size_t expected);

#endif
