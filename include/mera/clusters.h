/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Clusters of rows by Ward's method, and how well they are told apart.
 */
#ifndef MERA_CLUSTERS_H
#define MERA_CLUSTERS_H

#include "mera/arena.h"
#include "mera/error.h"

/** Rows of a table without gaps, [row * d + column]. */
typedef struct mera_points {
    const double *x;
    size_t n, d;
} mera_points;

/** Two clusters become one; each is named by a row that is in it. */
typedef struct mera_merge {
    size_t a, b;
    double height; /**< root of twice what the sum of squares within clusters grows by: the distance
                        of two rows that are merged first */
} mera_merge;

/**
 * Ward's hierarchy: n - 1 merges into `merge`, by height; of equal ones the first found. The chain
 * of nearest neighbours, n * n * d steps and no table of distances. For n > 0; MERA_ENOMEM alone
 * can go wrong.
 *
 * source  Ward, JASA 58 (1963) 236; Murtagh, Legendre, J. Classification 31 (2014) 274 (Ward2);
 *         Murtagh, The Computer Journal 26 (1983) 354 (nearest neighbours)
 */
mera_code mera_ward(const mera_points *points, mera_arena *arena, mera_merge *merge);

/** The k clusters that the first n - k merges make, numbered from 0 by their first rows. k is at
 * least 1 and at most n. */
mera_code mera_ward_cut(const mera_merge *merge, size_t n, size_t k, mera_arena *arena,
                        uint32_t *cluster);

/**
 * Mean silhouettes of several partitions of the same rows into `k[i]` clusters each: how much
 * nearer rows are to their own cluster than to the next, -1 to 1. A row alone in its cluster
 * counts 0.
 *
 * source  Rousseeuw, J. Computational and Applied Mathematics 20 (1987) 53
 */
mera_code mera_silhouettes(const mera_points *points, const uint32_t *const *cluster,
                           const size_t *k, size_t n_partitions, mera_arena *arena, double *out);

#endif
