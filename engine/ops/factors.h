/* SPDX-License-Identifier: Apache-2.0 */
/** @file Principal components of a correlation matrix and the rotation of their loadings. */
#ifndef MERA_OPS_FACTORS_H
#define MERA_OPS_FACTORS_H

#include "mera/error.h"

typedef struct mera_components {
    size_t k;
    double *value;   /**< k eigenvalues, the largest first, none below 0; they sum to k */
    double *vector;  /**< vector[f * k + j], of length 1, the largest component positive */
    double *loading; /**< loading[f * k + j] = vector * sqrt(value): correlation with component f */
} mera_components;

/** Of a k x k correlation matrix. MERA_ESYSTEM when it holds no numbers. */
mera_code mera_components_of(const double *correlation, size_t k, mera_arena *arena,
                             mera_components *out);

/** How many components are kept by the rule of the Handbook. */
typedef struct mera_component_rule {
    double min_value;      /**< eigenvalue above this */
    double min_share;      /**< and at least this share of the variance */
    double min_cumulative; /**< then further ones until together above this share */
} mera_component_rule;

size_t mera_components_keep(const mera_components *c, const mera_component_rule *rule);

/**
 * Varimax: rotates f factors of k loadings in place so that the variance of squared loadings is
 * largest; with `kaiser` rows are brought to length 1 for it.
 */
mera_code mera_varimax(double *loading, size_t f, size_t k, bool kaiser, mera_arena *arena);

#endif
