/* SPDX-License-Identifier: Apache-2.0 */
/** @file A hash map from text to size_t, in an arena. */
#ifndef MERA_BASE_MAP_H
#define MERA_BASE_MAP_H

#include "mera/error.h"

typedef struct mera_map mera_map;

mera_code mera_map_new(mera_arena *arena, size_t expected, mera_map **out);
/** Adds a key (copied) unless it is there; *value then is what was there, and *added false. */
mera_code mera_map_put(mera_map *map, const char *key, size_t n, size_t value, size_t *found,
                       bool *added);
/** The value of a key, or SIZE_MAX. */
size_t mera_map_get(const mera_map *map, const char *key, size_t n);
/** The map's own copy of the key last found or added by put (stable for the life of the arena). */
const char *mera_map_key(const mera_map *map, const char *key, size_t n);
size_t mera_map_size(const mera_map *map);

#endif
