/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Covariances and correlations of k columns of n units, with a stated rule for missing values.
 * Matrices are k x k by rows; sums run in the order of the units.
 */
#ifndef MERA_OPS_COVARIANCE_H
#define MERA_OPS_COVARIANCE_H

#include "mera/error.h"

/** Which units a covariance looks at. */
typedef enum mera_cases {
    MERA_CASES_COMPLETE, /**< those that have a value of every column */
    MERA_CASES_PAIRWISE, /**< for each pair of columns those that have both */
} mera_cases;

/** Names of the rules for parameters, NULL-terminated. */
extern const char *const mera_cases_names[];

typedef struct mera_covariance {
    size_t k;
    size_t n;            /**< units looked at; pairwise: of the pair that has fewest */
    double *covariance;  /**< divided by units - 1 */
    double *correlation; /**< 1 on the diagonal; NaN where a column does not vary or no pair is */
    double *mean, *sd;   /**< k each, over the units looked at (pairwise: those of the column) */
} mera_covariance;

/** Below two units all is NaN. A column that does not vary has sd and covariances of exactly 0. */
mera_code mera_covariance_of(const double *const *x, size_t k, size_t n, mera_cases cases,
                             mera_arena *arena, mera_covariance *out);

/** The complete cases side by side, by columns: out[j * *m + i]; `kept` (may be NULL) gets their
 * numbers. */
mera_code mera_complete_cases(const double *const *x, size_t k, size_t n, mera_arena *arena,
                              double **out, size_t *m, uint32_t **kept);

#endif
