/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Laying one tree over another: maps merge key by key, everything else is replaced.
 */
#ifndef MERA_METHODOLOGY_MERGE_H
#define MERA_METHODOLOGY_MERGE_H

#include "mera/value.h"

/**
 * `over` on top of `base`. `key` is the key both stand under, or NULL at the top. `weights` are
 * replaced whole. Three rules beside the plain one, for operations:
 *   - `aggregate: geometric` is short for `aggregate: {op: geometric}`, and merges as that;
 *   - when `op` changes, the parameters of the old operation go, the keys all share stay;
 *   - `by` and `reference: {by}` say the same thing, so the upper one replaces the lower one.
 */
mera_code mera_merge(mera_arena *arena, const char *key, const mera_value *base,
                     const mera_value *over, const mera_value **out);

/**
 * The map that a scalar under this key is short for, `geometric` -> {op: geometric}; a value that
 * is short for nothing comes back as it is.
 */
mera_code mera_merge_expand(mera_arena *arena, const char *key, const mera_value *value,
                            const mera_value **out);

/** The map without what belongs to an operation other than `op`. */
mera_code mera_merge_change_op(mera_arena *arena, const mera_value *map, const mera_value *op,
                               const mera_value **out);

#endif
