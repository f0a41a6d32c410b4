/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fuzz target: any bytes as a plugin.lua, with itself as its module, compiled, run, its manifest
 * read and checked, its indicators computed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lua/host.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_UNITS = 3, FUZZ_COLUMNS = 64, FUZZ_OPS = 4 };

static void fuzz_derive(const mera_op *op, mera_arena *arena, mera_diags *diags)
{
    static const double x[FUZZ_UNITS] = {1, NAN, -3};
    const double *input[FUZZ_COLUMNS];
    mera_op_ctx ctx = {.diags = diags, .arena = arena, .input = input};
    double out[FUZZ_UNITS];
    void *params;

    while (op->reads[ctx.n_inputs] != NULL && ctx.n_inputs < FUZZ_COLUMNS) {
        input[ctx.n_inputs++] = x;
    }
    if (op->reads[ctx.n_inputs] != NULL ||
        mera_op_bind(op, NULL, NULL, MERA_NOWHERE, arena, diags, &params) != MERA_OK ||
        op->derive(op, params, &ctx, FUZZ_UNITS, out) != MERA_OK) {
        return;
    }
    for (int i = 0; i < FUZZ_UNITS; i++) {
        if (isinf(out[i])) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const mera_lua_limits limits = {.instructions = 300000, .bytes = 8 << 20, .seconds = 2};
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
    char *source = diags == NULL ? NULL : mera_arena_strndup(arena, (const char *)data, size);
    const mera_module module = {"self", "self.lua", "p/self.lua", source, size};
    const mera_plugin_files files = {"p", source, size, &module, 1};
    mera_plugin *plugin;

    if (source != NULL && mera_plugin_open_files(&files, NULL, &limits, MERA_NOWHERE, arena, diags,
                                                 &plugin) == MERA_OK) {
        for (size_t i = 0; i < mera_plugin_n_ops(plugin) && i < FUZZ_OPS; i++) {
            if (mera_plugin_op(plugin, i)->derive != NULL) {
                fuzz_derive(mera_plugin_op(plugin, i), arena, diags);
            }
        }
        mera_plugin_close(plugin);
    }
    for (size_t i = 0; diags != NULL && i < mera_diags_size(diags) && i < 20; i++) {
        mera_diag_text(diags, mera_diags_get(diags, i), arena);
    }
    mera_arena_free(arena);
    return 0;
}
