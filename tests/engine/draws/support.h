/* SPDX-License-Identifier: Apache-2.0 */
/** @file Tables and asks for tests of draws. */
#ifndef DRAWS_SUPPORT_H
#define DRAWS_SUPPORT_H

#include "mera_test.h"

#include "draws/random.h"
#include "mera/robustness.h"

/** Six cities of the reference table: directed, min-max 0 to 1. */
static inline const double *const *cities(void)
{
    static double z[4][6];
    static const double *column[4];
    static const double x[4][6] = {{32, 45, 28, 51, 38, 24},
                                   {-18, -12, -25, -9, -15, -30},
                                   {81.2, 82.5, 78.4, 83.1, 80.0, 76.9},
                                   {-.31, -.42, -.25, -.47, -.28, -.22}};
    for (size_t j = 0; j < 4; j++) {
        double low = INFINITY, high = -INFINITY;
        for (size_t i = 0; i < 6; i++) {
            low = fmin(low, x[j][i]);
            high = fmax(high, x[j][i]);
        }
        for (size_t i = 0; i < 6; i++) {
            z[j][i] = (x[j][i] - low) / (high - low);
        }
        column[j] = z[j];
    }
    return column;
}

/** k columns of n random scores. With `levels` > 0 they are whole numbers below it; a share of them
 * is missing. */
static inline const double *const *random_table(mera_arena *arena, uint64_t seed, size_t n,
                                                size_t k, double levels, double missing)
{
    double **z = mera_arena_zero(arena, k, sizeof *z);
    for (size_t j = 0; j < k; j++) {
        mera_stream s = mera_stream_of(seed, (uint32_t)j, 0);
        z[j] = mera_arena_zero(arena, n, sizeof **z);
        for (size_t i = 0; i < n; i++) {
            const double u = mera_stream_uniform(&s);
            z[j][i] = levels > 0 ? floor(levels * u) + 1 : 1 + 99 * u;
            z[j][i] = mera_stream_uniform(&s) < missing ? NAN : z[j][i];
        }
    }
    return (const double *const *)z;
}

/** A root over k columns. */
static inline mera_weight_node flat_node(mera_arena *arena, size_t k, mera_law law)
{
    mera_weight_part *part = mera_arena_zero(arena, k, sizeof *part);
    for (size_t j = 0; j < k; j++) {
        part[j] = (mera_weight_part){.index = j, .weight = 1};
    }
    return (mera_weight_node){.n = k, .part = part, .law = law, .power = 1};
}

#endif
