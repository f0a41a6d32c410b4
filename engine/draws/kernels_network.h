/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sorts the columns of a table of rows of 16 keys, for the kernels: a bitonic network whose first
 * pass of each merge goes by mirror images, so that every comparator puts the lesser key above
 * (Batcher, Sorting networks and their applications, 1968, without its turned runs). Three passes
 * are done on 8 rows at a time, which are in registers meanwhile; what stays within fewer rows is
 * finished before the next rows are touched.
 *
 * There is a power of two of rows. Those from n on are infinite and stay where they are, so work on
 * them alone is left out.
 */
#ifndef MERA_DRAWS_KERNELS_NETWORK_H
#define MERA_DRAWS_KERNELS_NETWORK_H

#include <stdbool.h>

#include "draws/kernels_vector.h"

static inline void network_exchange(reals *low, reals *high)
{
    const reals a = *low, b = *high;
    *low = reals_less(a, b);
    *high = reals_more(a, b);
}

/*
 * Of 2 `half` rows, `half` from `low` on and as many from `high` on, each `step` apart: one pass
 * between the halves, by mirror images or in order, and then those of halves of halves.
 */
static inline void network_rows(double *low, double *high, size_t step, const size_t half,
                                const bool mirror)
{
    for (size_t v = 0; v < VECTORS; v++) {
        reals row[8];
        for (size_t m = 0; m < half; m++) {
            row[m] = *(const reals *)(low + (m * step) * MERA_TILE + v * LANES);
            row[half + m] = *(const reals *)(high + (m * step) * MERA_TILE + v * LANES);
        }
        for (size_t m = 0; m < half; m++) {
            network_exchange(&row[m], &row[mirror ? 2 * half - 1 - m : half + m]);
        }
        for (size_t d = half / 2; d > 0; d /= 2) {
            for (size_t m = 0; m < 2 * half; m++) {
                if ((m & d) == 0) {
                    network_exchange(&row[m], &row[m + d]);
                }
            }
        }
        for (size_t m = 0; m < half; m++) {
            *(reals *)(low + (m * step) * MERA_TILE + v * LANES) = row[m];
            *(reals *)(high + (m * step) * MERA_TILE + v * LANES) = row[half + m];
        }
    }
}

/* The passes of a merge from a distance of size / 2 down to 1, `size` a power of 8; n > 1. */
static void network_straight(double *key, size_t size, size_t n)
{
    const size_t step = size / 8;
    for (size_t j = 0; j < step && j + step < n; j++) {
        network_rows(key + j * MERA_TILE, key + (j + 4 * step) * MERA_TILE, step, 4, false);
    }
    for (size_t at = 0; step > 1 && at < size && at + 1 < n; at += step) {
        network_straight(key + at * MERA_TILE, step, n - at);
    }
}

/* All passes of a merge that are before those, of two sorted runs; `size` rows in all. */
static inline void network_mirror(double *key, size_t size, size_t step, const size_t half)
{
    for (size_t j = 0; j < step; j++) {
        network_rows(key + j * MERA_TILE, key + (size - 1 - j - (half - 1) * step) * MERA_TILE,
                     step, half, true);
    }
}

static void network_merge(double *key, size_t size, size_t n)
{
    size_t step = 1;
    while (16 * step <= size) {
        step *= 8;
    }
    if (size / step == 2) {
        network_mirror(key, size, step, 1);
    } else if (size / step == 4) {
        network_mirror(key, size, step, 2);
    } else {
        network_mirror(key, size, step, 4);
    }
    for (size_t at = 0; step > 1 && at < size && at + 1 < n; at += step) {
        network_straight(key + at * MERA_TILE, step, n - at);
    }
}

/* Halves first: the smaller runs are merged while they are near. */
static inline void network(double *key, size_t n, size_t size)
{
    const size_t half = size / 2;
    if (n < 2) {
        return;
    }
    network(key, n < half ? n : half, half);
    if (n > half) {
        network(key + half * MERA_TILE, n - half, half);
        network_merge(key, size, n);
    }
}

#endif
