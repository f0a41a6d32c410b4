/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fair parts of R2: Shapley values of columns that explain another one together. */
#ifndef MERA_OPS_SHAPLEY_H
#define MERA_OPS_SHAPLEY_H

#include "mera/error.h"

enum { SHAPLEY_EXACT_MOST = 20 };

/** k columns by their correlations r[k * k] with each other and ry[k] with y. */
typedef struct mera_regressors {
    size_t k;
    const double *r, *ry;
} mera_regressors;

/** R2 of y on all columns and the Shapley value of each in it, over all sets; k <= 20. */
mera_code mera_shapley_exact(const mera_regressors *x, mera_arena *arena, double *share,
                             double *r2);

/** The same from `orders` random orders and their reverses, with standard errors. */
mera_code mera_shapley_sampled(const mera_regressors *x, size_t orders, uint64_t seed,
                               mera_arena *arena, double *share, double *error, double *r2);

#endif
