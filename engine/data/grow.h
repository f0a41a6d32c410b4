/* SPDX-License-Identifier: Apache-2.0 */
/** @file Lists in an arena that double when full. What they leave stays in the arena. */
#ifndef MERA_DATA_GROW_H
#define MERA_DATA_GROW_H

#include "mera/arena.h"

/**
 * The list with room for at least `need` items of `size` bytes, new ones zeroed; `*room` says how
 * many it has. NULL when memory ran out; the list then is as it was.
 */
void *mera_grown(mera_arena *arena, void *list, size_t *room, size_t need, size_t size);

#endif
