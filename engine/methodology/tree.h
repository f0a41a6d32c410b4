/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Making trees of mera_value out of others. Trees are immutable and share what did not change:
 * an edit copies the nodes on the way down and nothing else.
 */
#ifndef MERA_METHODOLOGY_TREE_H
#define MERA_METHODOLOGY_TREE_H

#include "mera/value.h"

/** Limits of one methodology, before and after `extends`. */
enum {
    MERA_TREE_BYTES = 1 << 20, /**< of one file */
    MERA_TREE_DEPTH = 64,      /**< maps and lists inside each other */
    MERA_TREE_NODES = 100000,  /**< values, those of an alias counted at each use */
    MERA_TREE_FILES = 16,      /**< files in one chain of `extends` */
};

/** An empty map. */
mera_code mera_tree_map(mera_arena *arena, mera_at at, const char *origin, const mera_value **out);

/** An unquoted text. */
mera_code mera_tree_text(mera_arena *arena, const char *text, mera_at at, const char *origin,
                         const mera_value **out);

/** The map with the value of a key replaced in its place, or the entry added at the end. */
mera_code mera_tree_with(mera_arena *arena, const mera_value *map, mera_entry entry,
                         const mera_value **out);

/** The map without a key. */
mera_code mera_tree_without(mera_arena *arena, const mera_value *map, const char *key,
                            const mera_value **out);

/** The list with item `index` replaced. */
mera_code mera_tree_with_item(mera_arena *arena, const mera_value *list, size_t index,
                              const mera_value *item, const mera_value **out);

/** The list with one item more; NULL is an empty list. */
mera_code mera_tree_append(mera_arena *arena, const mera_value *list, const mera_value *item,
                           const mera_value **out);

/** The list without item `index`. */
mera_code mera_tree_without_item(mera_arena *arena, const mera_value *list, size_t index,
                                 const mera_value **out);

/** A deep copy in which every value names `origin` as who said so. */
mera_code mera_tree_mark(mera_arena *arena, const mera_value *value, const char *origin,
                         const mera_value **out);

/** How many values there are, shared ones counted at each use; stops counting above `limit`. */
size_t mera_tree_size(const mera_value *value, size_t limit);

/** Do two trees say the same? Places, origins and quotes that change nothing do not count. */
bool mera_tree_equal(const mera_value *a, const mera_value *b);

/** Is it this unquoted or quoted text? */
bool mera_tree_says(const mera_value *value, const char *text);

/** Is it a scalar that stands for something: text, number, true or false? */
bool mera_tree_is_scalar(const mera_value *value);

#endif
