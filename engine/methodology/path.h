/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Dotted paths into a methodology: "framework.health.weight", "steps.normalise.op". Segments are
 * keys; in the framework also ids of nodes at any depth; in lists, positions from 0.
 */
#ifndef MERA_METHODOLOGY_PATH_H
#define MERA_METHODOLOGY_PATH_H

#include "mera/value.h"

/**
 * The tree with the value at a path replaced. New may be a key that its level allows, under the
 * `indicators` of a node any indicator that is defined, and under its `nodes` a node given whole;
 * everything else on the way must be there: if not, MERA_EINPUT at `at`, with the nearest name.
 * On failure `*out` is `tree`.
 */
mera_code mera_path_set(const mera_value *tree, const char *path, mera_at at,
                        const mera_value *value, mera_arena *arena, mera_diags *diags,
                        const mera_value **out);

/** The tree without what stands at a path. On failure `*out` is `tree`. */
mera_code mera_path_remove(const mera_value *tree, const char *path, mera_at at, mera_arena *arena,
                           mera_diags *diags, const mera_value **out);

#endif
