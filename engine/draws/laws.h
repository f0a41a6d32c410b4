/* SPDX-License-Identifier: Apache-2.0 */
/** @file Samplers: the shares of one node's children in a tile of draws. */
#ifndef MERA_DRAWS_LAWS_H
#define MERA_DRAWS_LAWS_H

#include "draws/kernels.h"
#include "draws/polytope.h"
#include "mera/robustness.h"

/** One node's law, ready to draw from. Immutable. */
typedef struct mera_sampler {
    mera_law law;
    size_t k;
    double *given;           /**< k shares, sum 1 */
    mera_polytope *polytope; /**< MERA_LAW_POLYTOPE */
    bool in_logs;            /**< Dirichlet with a shape below 1 */
    uint32_t stream;
} mera_sampler;

/** `weight` are k given weights. Messages say "node"; the caller adds which. */
mera_code mera_sampler_make(const mera_law *law, const double *weight, size_t k, uint32_t stream,
                            mera_arena *arena, mera_diags *diags, mera_sampler *out);

/** share[c * 16 + lane] of draws first + lane. `walk` is the calling thread's own. */
void mera_sampler_tile(const mera_sampler *s, const mera_kernels *kernels, uint64_t seed,
                       uint64_t first, mera_walk *walk, double *share);

#endif
