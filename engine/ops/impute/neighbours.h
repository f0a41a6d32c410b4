/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to ops/impute: how far units are apart on what both of them have. */
#ifndef MERA_OPS_IMPUTE_NEIGHBOURS_H
#define MERA_OPS_IMPUTE_NEIGHBOURS_H

#include "ops/impute/table.h"

enum { MERA_DISTANCE_EUCLIDEAN, MERA_DISTANCE_MANHATTAN };
enum { MERA_STANDARDISE_RANGE, MERA_STANDARDISE_DEVIATION, MERA_STANDARDISE_NONE };

extern const char *const mera_distance_names[];
extern const char *const mera_standardise_names[];

/** What distances are made of; parameters of the operations that need them. */
typedef struct mera_nearness {
    int distance, standardise;
    int64_t min_common; /**< columns that two units must both have */
} mera_nearness;

/** The three parameters; `rec` has a mera_nearness named `near`. */
#define MERA_NEARNESS_PARAMS(rec)                                                                  \
    {.name = "distance",                                                                           \
     .type = MERA_PARAM_ENUM,                                                                      \
     .offset = offsetof(rec, near.distance),                                                       \
     .choices = mera_distance_names,                                                               \
     .help =                                                                                       \
         "square root of the mean square, or mean absolute difference, over common indicators"},   \
        {.name = "standardise",                                                                    \
         .type = MERA_PARAM_ENUM,                                                                  \
         .offset = offsetof(rec, near.standardise),                                                \
         .choices = mera_standardise_names,                                                        \
         .help = "what each indicator is divided by first: its range, its deviation, or nothing"}, \
    {                                                                                              \
        .name = "min_common", .type = MERA_PARAM_INT, .offset = offsetof(rec, near.min_common),    \
        .fallback = 1, .min = 1, .max = 1e6,                                                       \
        .help = "indicators that two units must both have to be compared"                          \
    }

/** The columns on a common scale. */
typedef struct mera_neighbours {
    const mera_nearness *near;
    const double *const *x;
    double *scale; /**< what differences of a column are divided by; 0 leaves it out */
    size_t k, n;
} mera_neighbours;

mera_code mera_neighbours_new(const mera_nearness *near, const double *const *x, size_t k, size_t n,
                              mera_arena *arena, mera_neighbours *out);

/** distance[i] from unit `to` to each unit that has column j; NaN for the others. */
void mera_neighbours_donors(const mera_neighbours *space, size_t to, size_t j, double *distance);

#endif
