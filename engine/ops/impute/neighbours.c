/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far units are apart (neighbours.h): over the c columns that both have,
 *
 *     euclidean  sqrt(sum d^2 / c)      manhattan  sum |d| / c      d = (x_a - x_b) / scale
 *
 * so that units with few columns in common are not nearer for that. Source: Gower, Biometrics 27
 * (1971) 857; Troyanskaya et al., Bioinformatics 17 (2001) 520.
 */
#include "ops/impute/neighbours.h"

#include <math.h>

#include "ops/column.h"

const char *const mera_distance_names[] = {"euclidean", "manhattan", NULL};
const char *const mera_standardise_names[] = {"range", "deviation", "none", NULL};

mera_code mera_neighbours_new(const mera_nearness *near, const double *const *x, size_t k, size_t n,
                              mera_arena *arena, mera_neighbours *out)
{
    *out = (mera_neighbours){.near = near, .x = x, .k = k, .n = n};
    MERA_TRY_NEW(out->scale, arena, k);
    for (size_t j = 0; j < k; j++) {
        double low, high;
        const size_t present = mera_column_range(x[j], n, &low, &high);
        if (near->standardise == MERA_STANDARDISE_NONE) {
            out->scale[j] = 1;
        } else if (present > 1 && low < high) {
            out->scale[j] = near->standardise == MERA_STANDARDISE_RANGE
                                ? high - low
                                : mera_column_sd(x[j], n, true);
        }
    }
    return MERA_OK;
}

/* The distance between units a and b; NaN when they have too little in common. */
static double neighbours_distance(const mera_neighbours *space, size_t a, size_t b)
{
    const bool squares = space->near->distance == MERA_DISTANCE_EUCLIDEAN;
    double sum = 0;
    int64_t common = 0;
    for (size_t j = 0; j < space->k; j++) {
        const double d = (space->x[j][a] - space->x[j][b]) / space->scale[j];
        if (space->scale[j] > 0 && mera_is_present(d)) {
            sum += squares ? d * d : fabs(d);
            common++;
        }
    }
    if (common < space->near->min_common) {
        return NAN;
    }
    return squares ? sqrt(sum / (double)common) : sum / (double)common;
}

void mera_neighbours_donors(const mera_neighbours *space, size_t to, size_t j, double *distance)
{
    for (size_t i = 0; i < space->n; i++) {
        distance[i] =
            i != to && mera_is_present(space->x[j][i]) ? neighbours_distance(space, to, i) : NAN;
    }
}
