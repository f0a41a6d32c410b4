/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A loaded plugin inside this layer: its box, its manifest, and the operations made of it.
 */
#ifndef MERA_LUA_PLUGIN_H
#define MERA_LUA_PLUGIN_H

#include "lua/manifest.h"
#include "lua/sandbox.h"

/** An operation and what it runs. mera_op.impl points here. */
typedef struct mera_plugin_item {
    mera_plugin *plugin;
    const mera_manifest_item *item;
    mera_op op;
    bool *seen;                      /**< reads, then attributes: was it ever looked at? */
    int main_function, fit_function; /**< references in the registry; LUA_NOREF = none */
} mera_plugin_item;

struct mera_plugin {
    mera_box *box;              /**< NULL when the script runs in a worker */
    struct mera_worker *worker; /**< NULL when the script runs here */
    const mera_value *tree;     /**< the manifest as it was read */
    mera_arena *arena;
    mera_plugin_files files;
    const char *path;    /**< path: of plugin.lua */
    const char *speaker; /**< "plugin 'arctic' 1.2.0" */
    char sha256[65];
    mera_manifest manifest;
    mera_plugin_item *item;
    size_t cells_made, cells_missing, cells_out_of_range;
};

/** Takes what the methodology gives as the defaults of the plugin's parameters. */
mera_code mera_plugin_bind_with(mera_plugin *plugin, const mera_value *with, mera_at asked_at,
                                mera_diags *diags);

/** Makes the operations of a checked manifest. */
mera_code mera_plugin_make_ops(mera_plugin *plugin, mera_diags *diags);

/* What the operations run (plugin_derive.c, plugin_fit.c, plugin_children.c, plugin_check.c). */
mera_code mera_plugin_derive(const mera_op *op, const void *params, mera_op_ctx *ctx, size_t n,
                             double *y);
mera_code mera_plugin_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                          size_t n, mera_fitted *out);
mera_code mera_plugin_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_fitted *fitted, const double *x, size_t n, double *y);

mera_code mera_plugin_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_children *in, double *w);
mera_code mera_plugin_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_children *in, double *y);
mera_code mera_plugin_examine(const mera_op *op, const void *params, mera_op_ctx *ctx, size_t n,
                              mera_op_findings *out);

/** Pushes the parameters as a read-only table. */
void mera_plugin_push_params(lua_State *L, const mera_op *op, const void *params);

/** Copies the column on top of the stack into y[n]; raises when it is anything else. */
void mera_plugin_take_column(lua_State *L, const char *function, size_t n, double *y);

/** Reports box->fault of an operation's call. */
mera_code mera_plugin_report(const mera_op *op, const mera_op_ctx *ctx);

#endif
