/* SPDX-License-Identifier: Apache-2.0 */
/** @file The view of declared columns, as indicators and checks get it. */
#ifndef MERA_LUA_DERIVE_H
#define MERA_LUA_DERIVE_H

#include "lua/plugin.h"

typedef struct derive_job {
    const mera_op *op;
    const mera_plugin_item *entry;
    const void *params;
    const mera_op_ctx *ctx;
    size_t n;
    size_t unit; /**< compute_unit: the one under way */
    double *y;
} derive_job;

/** Pushes `d`: the declared columns and texts of the box's job (a derive_job) by name, whole. */
void mera_derive_push_view(lua_State *L);

#endif
