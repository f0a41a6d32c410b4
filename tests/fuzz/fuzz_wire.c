/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fuzz target: any bytes as what a worker process answers. The worker ran a stranger's script, so
 * the engine believes nothing: it must not crash, read past the end, or let an infinity in.
 */
#include <math.h>
#include <stdlib.h>

#include "lua/worker.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_UNITS = 5, FUZZ_CHILDREN = 2 };

/* Results of one kind of call, from where the reader stands. */
static void fuzz_results(mera_wire_in *in, mera_worker_kind kind)
{
    const mera_children children = {.n = FUZZ_UNITS, .k = FUZZ_CHILDREN};
    double y[FUZZ_UNITS] = {0};
    mera_fitted fitted = {0};
    mera_op_findings found = {0};
    const mera_worker_call call = {
        .kind = kind, .n = FUZZ_UNITS, .in = &children, .y = y, .out = &fitted, .found = &found};

    mera_worker_get_results(in, &call);
    for (int i = 0; !in->bad && i < FUZZ_UNITS; i++) {
        if (isinf(y[i])) {
            abort();
        }
    }
    for (size_t i = 0; !in->bad && i < fitted.n; i++) {
        if (isinf(fitted.v[i])) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const known[] = {"p/plugin.lua", "m.yaml", NULL};
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);

    if (diags != NULL && size > 0) {
        const uint8_t what = data[0];
        mera_wire_in in = {(const char *)data + 1, (const char *)data + size, arena, false};

        mera_wire_get_diags(&in, MERA_EINPUT, known, diags);
        if (what % 8 < MERA_CALL_KINDS) {
            fuzz_results(&in, (mera_worker_kind)(what % 8));
        } else {
            mera_wire_get_value(&in, known);
        }
        for (size_t i = 0; i < mera_diags_size(diags) && i < 20; i++) {
            mera_diag_text(diags, mera_diags_get(diags, i), arena);
        }
    }
    mera_arena_free(arena);
    return 0;
}
