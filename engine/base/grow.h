/* SPDX-License-Identifier: Apache-2.0 */
/** @file Lists in an arena that double when full. What they leave stays in the arena. */
#ifndef MERA_BASE_GROW_H
#define MERA_BASE_GROW_H

#include "mera/arena.h"
#include "mera/error.h"

/**
 * The list with room for at least `need` items of `size` bytes, new ones zeroed; `*room` says how
 * many it has. NULL when memory ran out; the list then is as it was.
 */
void *mera_grown(mera_arena *arena, void *list, size_t *room, size_t need, size_t size);

/**
 * Gives `list` room for `need` items, `*(room)` saying how many it has; leaves with MERA_ENOMEM
 * when memory ran out. Lists that share one room: all but the last with a copy of it.
 */
#define MERA_TRY_GROWN(list, arena, room, need)                                              \
    do {                                                                                     \
        void *mera_try_grown_ = mera_grown((arena), (list), (room), (need), sizeof *(list)); \
        if (mera_try_grown_ == NULL) {                                                       \
            return MERA_ENOMEM;                                                              \
        }                                                                                    \
        (list) = mera_try_grown_;                                                            \
    } while (0)

#endif
