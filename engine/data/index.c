/* SPDX-License-Identifier: Apache-2.0 */
/** @file Where keys stand in a list: open addressing, linear probing, at most three quarters full.
 */
#include "data/index.h"

#include "base/hash.h"

#include <string.h>

enum { INDEX_SEED = 0x6D657261, INDEX_FIRST = 64 }; /* the order of slots never shows */

uint32_t data_index_mark(const char *key, size_t n)
{
    return (uint32_t)(mera_hash64(key, n, INDEX_SEED) >> 32);
}

void data_index_announce(const data_index *index, uint32_t mark)
{
    if (index->room > 0) {
        __builtin_prefetch(&index->slot[mark & (index->room - 1)]);
    }
}

size_t data_index_get(const data_index *index, const char *const *list, const char *key, size_t n,
                      uint32_t mark)
{
    if (index->room == 0) {
        return SIZE_MAX;
    }
    for (size_t i = mark & (index->room - 1); index->slot[i] != 0;
         i = (i + 1) & (index->room - 1)) {
        const size_t number = (uint32_t)index->slot[i] - 1;
        if (index->slot[i] >> 32 == mark && strncmp(list[number], key, n) == 0 &&
            list[number][n] == '\0') {
            return number;
        }
    }
    return SIZE_MAX;
}

static void index_put(data_index *index, uint64_t entry)
{
    size_t i = (size_t)(entry >> 32) & (index->room - 1);
    while (index->slot[i] != 0) {
        i = (i + 1) & (index->room - 1);
    }
    index->slot[i] = entry;
}

/* Makes room for `need` keys. */
static mera_code index_grow(data_index *index, mera_arena *arena, size_t need)
{
    data_index grown = {.room = index->room == 0 ? INDEX_FIRST : index->room, .n = index->n};
    while (grown.room / 4 * 3 < need) {
        grown.room *= 2;
    }
    MERA_TRY_NEW(grown.slot, arena, grown.room);
    for (size_t i = 0; i < index->room; i++) {
        if (index->slot[i] != 0) {
            index_put(&grown, index->slot[i]);
        }
    }
    *index = grown;
    return MERA_OK;
}

mera_code data_index_add(data_index *index, mera_arena *arena, uint32_t mark, size_t expected)
{
    if (index->n >= UINT32_MAX - 1 || expected >= UINT32_MAX) {
        return MERA_ELIMIT;
    }
    const size_t need = index->n + 1;
    if (index->room / 4 * 3 < need) {
        MERA_TRY(index_grow(index, arena, need > expected ? need : expected));
    }
    index_put(index, (uint64_t)mark << 32 | need);
    index->n++;
    return MERA_OK;
}
