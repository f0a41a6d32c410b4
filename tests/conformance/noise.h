/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sets of noisy weights as COINr's get_noisy_weights() draws them with R's random numbers.
 *
 * A case of get_sensitivity() names a file of such sets and a seed. The sets are drawn before the
 * seed is set, after the one before it; and where several cases share a file, it holds the sets of
 * one of them only. So the sets of a case are drawn again, once the file itself has told which
 * levels vary and by how much.
 */
#ifndef CONFORMANCE_NOISE_H
#define CONFORMANCE_NOISE_H

#include "coin.h"

/** The sets of weights of a case. */
typedef struct noise {
    size_t n; /**< sets */
    weights *set;
} noise;

/**
 * The sets that the file holds; or, when it is found which seed they were drawn with and that is
 * not the case's own, the sets of seed - 1.
 */
mera_code noise_read(run *r, const coin *c, const char *path, double seed, noise *out);

#endif
