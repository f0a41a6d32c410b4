/* SPDX-License-Identifier: Apache-2.0 */
/** @file Lists in an arena that double when full. */
#include "base/grow.h"

#include <stdint.h>
#include <string.h>

void *mera_grown(mera_arena *arena, void *list, size_t *room, size_t need, size_t size)
{
    if (need <= *room && list != NULL) {
        return list;
    }
    size_t more = *room < 8 ? 8 : *room;
    while (more < need) {
        if (more > SIZE_MAX / 2) {
            return NULL;
        }
        more *= 2;
    }
    char *grown = mera_arena_alloc(arena, more, size);
    if (grown == NULL) {
        return NULL;
    }
    const size_t kept = list == NULL ? 0 : *room;
    if (kept > 0) {
        memcpy(grown, list, kept * size);
    }
    memset(grown + kept * size, 0, (more - kept) * size);
    *room = more;
    return grown;
}
