/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to path.c: how the segments of a path are understood at each place of a tree. */
#ifndef MERA_METHODOLOGY_PATH_SHAPE_H
#define MERA_METHODOLOGY_PATH_SHAPE_H

#include "methodology/keys.h"

/** How the segments below a value are to be understood. */
typedef enum mera_path_shape_kind {
    MERA_PATH_LEVEL,    /**< keys of a level */
    MERA_PATH_NODE,     /**< the same for a node: ids of nodes below it too */
    MERA_PATH_NAMED,    /**< names that are there, each a map of a level */
    MERA_PATH_FREE,     /**< names that are there */
    MERA_PATH_LIST,     /**< positions; items have the shape `item` */
    MERA_PATH_OPEN,     /**< an operation: any key */
    MERA_PATH_CHILDREN, /**< indicators of a node: also one that is defined and not there yet */
    MERA_PATH_NODES,    /**< nodes of a node, by id or position: also one that is not there yet */
    MERA_PATH_LEAF,     /**< nothing below */
} mera_path_shape_kind;

typedef struct mera_path_shape {
    mera_path_shape_kind kind;
    mera_path_shape_kind item;
    const mera_level *level;
    const char *key; /**< the key the value stands under */
} mera_path_shape;

typedef struct mera_path_names {
    mera_arena *arena;
    const char **v;
    size_t n, room;
} mera_path_names;

/** A map of a level. */
mera_path_shape mera_path_level(const mera_level *level, const char *key);

/** What stands, or may stand, under a key. */
mera_path_shape mera_path_shape_of(const mera_key *key, const mera_value *value);

/** The names a segment could have been. */
mera_code mera_path_names_of(mera_arena *arena, mera_path_shape shape, const mera_value *value,
                             mera_path_names *names);

/** The id of a node, or "". */
const char *mera_path_node_id(const mera_value *node);

/** The list of nodes below a node, or NULL. */
const mera_value *mera_path_nodes(const mera_value *node);

/** The place of an item that is called by its position from 0, or, where only one has it, by the
 * name of its operation or plugin; SIZE_MAX when there is none. */
size_t mera_path_position(const mera_value *list, const char *segment);

#endif
