/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to draws: estimators of Sobol' indices over rows of centred outcomes. */
#ifndef MERA_DRAWS_SOBOL_ESTIMATORS_H
#define MERA_DRAWS_SOBOL_ESTIMATORS_H

#include "mera/sensitivity.h"

/** Outcomes of one input, row by row, and the variance of A and B together. */
typedef struct mera_sobol_rows {
    const double *a, *b, *ab, *ba; /**< ba may be NULL */
    const uint32_t *row;           /**< which rows, n of them */
    size_t n;
    double mean, variance; /**< of A and B over these rows */
} mera_sobol_rows;

typedef double (*mera_sobol_fn)(const mera_sobol_rows *rows);

/** The function of estimator `index` of mera_sobol_estimator_get(). */
mera_sobol_fn mera_sobol_function(size_t index);

/** Its place by name, or SIZE_MAX. */
size_t mera_sobol_estimator_find(const char *name, bool total);

#endif
