/* SPDX-License-Identifier: Apache-2.0 */
/** @file Uniform numbers as R draws them, for cases of COINr that name a seed and not the numbers.
 */
#ifndef ANALYSIS_R_UNIFORM_H
#define ANALYSIS_R_UNIFORM_H

#include <stddef.h>
#include <stdint.h>

typedef struct r_uniform {
    uint32_t state[624];
    size_t at;
} r_uniform;

/** As set.seed(). */
r_uniform r_uniform_seed(uint32_t seed);
/** As runif(1). */
double r_uniform_next(r_uniform *r);

#endif
