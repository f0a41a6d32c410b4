/* SPDX-License-Identifier: Apache-2.0 */
/** @file Running one item of a plugin on columns at hand, whatever its kind. */
#ifndef MERA_LUA_COMPUTE_H
#define MERA_LUA_COMPUTE_H

#include "lua/plugin.h"

typedef struct mera_compute {
    const mera_op *op;
    const void *params;
    mera_arena *arena;
    mera_diags *diags;
    size_t n, k;
    const double *const *in; /**< k columns: those read, the one column, or the children */
    const double *w;         /**< weights of children; NULL = all 1 */
    const char *const *name; /**< of the columns */
    const mera_around *around;
    mera_op_findings *findings; /**< where those of a check go */
} mera_compute;

/** How many numbers it makes: n, k of a weigher, 0 of a check. */
size_t mera_compute_size(const mera_compute *c);

/** Fits where there is something to fit, applies, writes y. */
mera_code mera_compute_run(const mera_compute *c, double *y);

/** The first problem as one line, without its place. */
const char *mera_compute_why(const mera_diags *diags);

#endif
