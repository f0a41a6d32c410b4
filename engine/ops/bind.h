/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to ops: from a value of a methodology file to a field of a parameter struct. */
#ifndef MERA_OPS_BIND_H
#define MERA_OPS_BIND_H

#include "mera/op.h"

/** One call of mera_op_bind(). */
typedef struct mera_binding {
    const mera_op *op;
    mera_arena *arena;
    mera_diags *diags;
    bool refused; /**< some problem was recorded */
} mera_binding;

/**
 * Writes `value` into `slot`, the field of `param`, or records what is wrong with it and sets
 * `refused`. Only MERA_ENOMEM is returned as a failure.
 */
mera_code mera_bind_value(mera_binding *binding, const mera_param *param, const mera_value *value,
                          void *slot);

/** Writes the default of `param` into `slot`. */
mera_code mera_bind_default(mera_binding *binding, const mera_param *param, void *slot);

/** Reads the flow text of a default, "[0, 100]" or "{D: 0, C: 40}", into a value. */
mera_code mera_bind_flow(mera_arena *arena, const char *text, mera_value **out);

/** Checks a number against the limits of a parameter. */
bool mera_bind_within(const mera_param *param, double number);

#endif
