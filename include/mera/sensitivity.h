/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Variance-based sensitivity: how much of the variance of an outcome is due to each uncertain
 * choice. The draws come from outside; here they are made into indices.
 */
#ifndef MERA_SENSITIVITY_H
#define MERA_SENSITIVITY_H

#include <stdbool.h>
#include <stddef.h>

#include "mera/error.h"

/**
 * Sobol' indices of d inputs from y[n (d + 2)], the outcomes of n draws A, then of n draws B, then
 * for each input i of n draws A whose input i is from B:
 *
 *     first[i] = mean( (yB - c) (yABi - yA) ) / V    Saltelli et al., Computer Physics
 *                                                    Communications 181 (2010) 259, (b)
 *     total[i] = sum( (yA - yABi)^2 ) / (2 n V)      Jansen, ibid. 117 (1999) 35
 *     V        = variance of yA and yB together, divisor 2 n - 1
 *
 * With `centred` c is the mean of yA and yB; without it c is 0, as the formula is printed and as
 * COINr and others compute it, and then a constant added to all outcomes blurs the first indices.
 * They are estimates: with few draws a first one may fall below 0 or a total one below the first.
 * An outcome that does not vary, or that is missing anywhere, gives NaN. MERA_EUSAGE when n is 0.
 */
mera_code mera_sobol_indices(const double *y, size_t n, size_t d, bool centred, double *first,
                             double *total, double *variance);

#endif
