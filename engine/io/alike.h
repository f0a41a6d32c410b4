/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Keys of units that are not the same and read as if they were: «Oрск» with a Latin O. Without a
 * `match` they are two units, which somebody has to be told.
 */
#ifndef MERA_IO_ALIKE_H
#define MERA_IO_ALIKE_H

#include "base/map.h"
#include "base/text.h"
#include "mera/error.h"

/** A unit as it was written first. */
typedef struct io_alike_unit {
    const char *key;
    mera_at at;
} io_alike_unit;

typedef struct io_alike {
    mera_arena *arena; /**< keeps what was met; it must not be rewound */
    mera_map *met;     /**< keys without what people write now one way, now another */
    io_alike_unit *unit;
    size_t n, room;
    mera_text folded;
} io_alike;

mera_code io_alike_new(mera_arena *arena, io_alike *out);

/** Notes a unit that was not met before. `*other` is the one before it that differs from it in
 * nothing but how it is written, or NULL. Keys without letters are codes: they are let be. */
mera_code io_alike_add(io_alike *alike, mera_slice key, mera_at at, const io_alike_unit **other);

/** Looks for such a unit and notes nothing. */
mera_code io_alike_find(io_alike *alike, mera_slice key, const io_alike_unit **other);

/** In what the two differ: "ё and е; capitals". NULL when memory ran out. */
const char *io_alike_why(mera_slice key, const io_alike_unit *other, bool russian,
                         mera_arena *arena);

#endif
