/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Methodologies between two: the changes that lead from one effective tree to another, and the tree
 * in which only some of them are made.
 *
 * A change is a leaf that differs, or a whole part where leaves cannot stand alone: an operation
 * with its parameters, a list of nodes. What only makes sense together (new indicators and the
 * nodes they stand in, files of data and the fields that name their units) is one change.
 */
#ifndef MERA_ANALYSIS_BLEND_H
#define MERA_ANALYSIS_BLEND_H

#include "base/map.h"
#include "mera/value.h"

typedef struct mera_step_between {
    const char *path;        /**< "framework.health.weight"; of several the first */
    size_t n_more;           /**< places that change with it */
    const mera_value *of[2]; /**< on either side; NULL = not set. Of several those of the first */
} mera_step_between;

typedef struct mera_blend {
    const mera_value *tree[2];
    size_t n;
    const mera_step_between *change; /**< in the order of the trees */
    mera_map *change_of;             /**< path -> change */
} mera_blend;

/** Finds the changes from tree[0] to tree[1] that may move a score. */
mera_code mera_blend_open(const mera_value *const tree[2], mera_arena *arena, mera_blend *out);

/** The first tree with the changes for which made[i] is 1. */
mera_code mera_blend_make(const mera_blend *blend, const uint8_t *made, mera_arena *arena,
                          const mera_value **out);

#endif
