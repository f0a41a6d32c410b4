/* SPDX-License-Identifier: Apache-2.0 */
/** @file A hash map from text to size_t: open addressing, linear probing, at most three quarters
 * full. */
#include "base/map.h"

#include "base/hash.h"

#include <string.h>

enum {
    MAP_SEED = 0x6D657261
}; /* "mera": the order of slots never shows, so a fixed seed will do */

typedef struct map_slot {
    const char *key; /* NULL: empty */
    size_t n;
    uint64_t hash;
    size_t value;
} map_slot;

struct mera_map {
    mera_arena *arena;
    map_slot *slots;
    size_t room; /* a power of two */
    size_t size;
};

mera_code mera_map_new(mera_arena *arena, size_t expected, mera_map **out)
{
    if (expected > SIZE_MAX / 4) {
        return MERA_ENOMEM;
    }
    mera_map *map = NULL;
    MERA_TRY_NEW(map, arena, 1);
    map->arena = arena;
    map->room = 16;
    while (map->room / 4 * 3 < expected) {
        map->room *= 2;
    }
    MERA_TRY_NEW(map->slots, arena, map->room);
    *out = map;
    return MERA_OK;
}

/* The slot that holds the key, or the empty one where it belongs. */
static map_slot *map_find(const mera_map *map, const char *key, size_t n, uint64_t hash)
{
    size_t i = hash & (map->room - 1);
    for (;; i = (i + 1) & (map->room - 1)) {
        map_slot *slot = &map->slots[i];
        if (slot->key == NULL) {
            return slot;
        }
        if (slot->hash == hash && slot->n == n && memcmp(slot->key, key, n) == 0) {
            return slot;
        }
    }
}

static mera_code map_grow(mera_map *map)
{
    mera_map grown = *map;
    grown.room *= 2;
    MERA_TRY_NEW(grown.slots, map->arena, grown.room);
    for (size_t i = 0; i < map->room; i++) {
        const map_slot *slot = &map->slots[i];
        if (slot->key != NULL) {
            *map_find(&grown, slot->key, slot->n, slot->hash) = *slot;
        }
    }
    *map = grown;
    return MERA_OK;
}

/* Puts a key that is not there, in `slot` unless the map must grow for it. */
static mera_code map_add(mera_map *map, map_slot *slot, map_slot entry)
{
    if (map->size >= map->room / 4 * 3) {
        MERA_TRY(map_grow(map));
        slot = map_find(map, entry.key, entry.n, entry.hash);
    }
    entry.key = mera_arena_strndup(map->arena, entry.key, entry.n);
    MERA_TRY_PTR(entry.key);
    *slot = entry;
    map->size++;
    return MERA_OK;
}

mera_code mera_map_put(mera_map *map, const char *key, size_t n, size_t value, size_t *found,
                       bool *added)
{
    const map_slot entry = {
        .key = key, .n = n, .hash = mera_hash64(key, n, MAP_SEED), .value = value};
    map_slot *slot = map_find(map, key, n, entry.hash);
    const bool is_new = slot->key == NULL;
    const size_t kept = is_new ? value : slot->value;
    if (is_new) {
        MERA_TRY(map_add(map, slot, entry));
    }
    if (found != NULL) {
        *found = kept;
    }
    if (added != NULL) {
        *added = is_new;
    }
    return MERA_OK;
}

size_t mera_map_get(const mera_map *map, const char *key, size_t n)
{
    const map_slot *slot = map_find(map, key, n, mera_hash64(key, n, MAP_SEED));
    return slot->key == NULL ? SIZE_MAX : slot->value;
}

const char *mera_map_key(const mera_map *map, const char *key, size_t n)
{
    return map_find(map, key, n, mera_hash64(key, n, MAP_SEED))->key;
}

size_t mera_map_size(const mera_map *map)
{
    return map->size;
}
