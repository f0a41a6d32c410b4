/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Certificates: what holds for every weighting of a range, worked out, not sampled. All of them are
 * of weighted sums of columns where higher is better.
 */
#ifndef MERA_CERTIFICATES_H
#define MERA_CERTIFICATES_H

#include "mera/statistics.h"

enum { MERA_NOBODY = -1 };

/** How far one weight may go, the others keeping their proportions, before two units change places.
 */
typedef struct mera_stable_weight {
    double weight;    /**< the share it has */
    double low, high; /**< the order is the same for every share between these; 0 or 1 = to the end;
                           NaN when it has all the weight, and the others have no proportions */
    long low_pair[2], high_pair[2]; /**< the units that tie at that end, the better one first;
                                         MERA_NOBODY where nobody does */
} mera_stable_weight;

/**
 * Of each column: the largest interval around its weight in which the weighted sums of all units
 * keep their order,
 *
 *     D(a) = a d_j + (1 - a) D0,   zero at a = D0 / (D0 - d_j)
 *
 * d_j the difference of two units in column j, D0 that on the others with their weights rescaled to
 * 1. Only units next to each other in the order can tie first, so k (n - 1) roots are all there
 * are. Two units that tie from the start and would part at once make low = high = weight; sums that
 * differ by less than 1e-12 of the largest are equal.
 *
 * weight[k] is 0 or more and is divided by its sum; units that lack a value take no part. `out` has
 * room for k. MERA_EUSAGE without columns or weight.
 *
 * source  textbook algebra; cf. Triantaphyllou and Sanchez, Decision Sciences 28 (1997) 151
 */
mera_code mera_stable_weights_of(const mera_columns *columns, const double *weight,
                                 mera_arena *arena, mera_stable_weight *out);

#endif
