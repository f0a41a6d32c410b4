/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: what a methodology needs from the data. */
#ifndef MERA_RUN_NEEDS_H
#define MERA_RUN_NEEDS_H

#include "run/internal.h"

/** Names, each once, in the order first asked for, and where. */
typedef struct run_names {
    size_t n;
    const char *const *name;
    const mera_at *at;
} run_names;

typedef struct run_needs {
    run_names columns, attributes;
    bool all_periods; /**< else `periods` */
    run_names periods;
} run_needs;

/** `core` is that of an overlay, or NULL. */
mera_code mera_run_needs(const mera_methodology *m, const mera_methodology *core, mera_arena *arena,
                         run_needs *out);

/** Adds what another methodology needs; names are copied. */
mera_code mera_run_needs_join(run_needs *needs, const run_needs *more, mera_arena *arena);

/** Calls `visit` for every use in the methodology that has an operation. */
typedef mera_code (*run_visit_fn)(void *self, const mera_use *use);
mera_code mera_run_each_use(const mera_methodology *m, run_visit_fn visit, void *self);

#endif
