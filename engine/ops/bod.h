/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Benefit of the doubt: each unit's most favourable weights, under which no unit of the reference
 * set scores above 1. Shared by the aggregator and the weigher.
 */
#ifndef MERA_OPS_BOD_H
#define MERA_OPS_BOD_H

#include "mera/error.h"

/** Which of several best weights of a unit are taken. */
typedef enum mera_bod_goal {
    MERA_BOD_ANY,        /**< the score alone is wanted */
    MERA_BOD_BENEVOLENT, /**< the ones that give the others the largest sum of scores */
    MERA_BOD_AGGRESSIVE, /**< the smallest */
} mera_bod_goal;

typedef struct mera_bod {
    size_t n, k;
    const double *z; /**< n x k by rows, >= 0, all present */
    const double *lower,
        *upper; /**< k bounds of the share of a child in a unit's score; NULL = none */
    mera_bod_goal goal;
    mera_arena *arena;
    double *scale; /**< own: k maxima */
    size_t *pool;  /**< own: units whose constraint has mattered so far */
    size_t n_pool;
    uint8_t *in_pool;
} mera_bod;

/** Prepares a set given n, k, z, bounds, goal and arena. MERA_EINPUT, silent, when no shares within
 * the bounds add up to 1. */
mera_code mera_bod_start(mera_bod *set);

/**
 * The score of unit i, at most 1, and its weights w[k]: score = sum_j w_j z_ij. A unit whose share
 * bounds cannot be met with a score above 0 (a 0 where a share is demanded) scores 0 with weights
 * 0. MERA_ESYSTEM, silent, when the solver gives up.
 */
mera_code mera_bod_solve(mera_bod *set, size_t i, double *w, double *score);

#endif
