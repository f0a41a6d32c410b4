/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where the keys of a manifest stand. A Lua table does not remember its lines; the text does. Found
 * when the manifest is written as one table after `mera.plugin`, as all are; otherwise nothing is.
 */
#ifndef MERA_LUA_OUTLINE_H
#define MERA_LUA_OUTLINE_H

#include "mera/error.h"

/** A key: "indicators.cold_load.direction" and its place. */
typedef struct mera_outline_entry {
    const char *path;
    uint32_t line, column, length;
} mera_outline_entry;

typedef struct mera_outline {
    const mera_outline_entry *entry; /**< in the order of the text */
    size_t n;
    uint32_t line; /**< of the word `mera` before `.plugin`; 0 = not found */
} mera_outline;

mera_code mera_outline_read(const char *text, size_t n, mera_arena *arena, mera_outline *out);

/** Index of a path's entry, or SIZE_MAX. */
size_t mera_outline_find(const mera_outline *outline, const char *path);

#endif
