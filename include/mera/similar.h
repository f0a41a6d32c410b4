/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Units that can be compared with one, by the key `similar`: those of its groups, of its cluster,
 * the nearest in stated columns, or what is in all of these. docs/similar.md.
 */
#ifndef MERA_SIMILAR_H
#define MERA_SIMILAR_H

#include "mera/plan.h"

/** How the units were found. */
typedef enum mera_similar_how {
    MERA_SIMILAR_ALL,     /**< all with a score: the methodology says nothing */
    MERA_SIMILAR_WIDENED, /**< all: its groups hold fewer than `least` others */
    MERA_SIMILAR_GROUPS,  /**< those of its groups */
} mera_similar_how;

typedef struct mera_similar {
    size_t n;
    const size_t *unit;     /**< nearest first; in the order of the data where nothing is near */
    const double *distance; /**< root of the weighted mean square of differences in standard
                                 deviations; or NULL */
    mera_similar_how how;
    size_t n_groups;
    const char *const *grouping; /**< ids of groupings looked at */
    const char *const *group;    /**< labels of the unit's groups */
    size_t cluster;              /**< of the unit, from 1; 0 = none */
    size_t n_clusters;           /**< 0 = the methodology asks for none */
    double silhouette;           /**< mean over units: how well the clusters are told apart */
} mera_similar;

/** Clusters of all units with a score in a period. */
typedef struct mera_similar_clusters {
    size_t k;
    double silhouette;  /**< mean over the units that clusters were found of */
    const uint32_t *of; /**< per unit, from 1; 0 = in none: no score, or too little is known */
    const size_t *size; /**< per cluster */
    const double *mean; /**< [cluster * n_near + column], in the column's unit; of logarithms the
                             geometric mean */
} mera_similar_clusters;

/**
 * Ward's clusters (mera/clusters.h) of units that have all columns of `near`, in standard
 * deviations of the period times the root of weights; so many as the methodology says, else those
 * with the largest mean silhouette. Other units with half of the weight of columns join the nearest
 * centre. Clusters are numbered by their means of the first column, least first, so that a number
 * means the same in every period, whatever the order of the data.
 *
 * MERA_EINPUT: a column is not in the data, fewer units than clusters, or more than 20,000 units.
 * Lives in `arena`.
 */
mera_code mera_similar_clusters_of(const mera_result *result, size_t period, mera_arena *arena,
                                   mera_diags *diags, mera_similar_clusters *out);

/**
 * Others with a score at the root in the period. Differences in columns are in standard deviations
 * over all units with a score; a column that either of the two units lacks takes no part, and who
 * shares less than half of the weight of columns is not near. Without the key, the grouping of
 * `rank: within`, else all units.
 *
 * MERA_EUSAGE: no such unit or period; MERA_EINPUT: a column is not in the data. Lives in `arena`,
 * names and labels of groups in the plan.
 */
mera_code mera_similar_of(const mera_plan *plan, const mera_result *result, size_t unit,
                          size_t period, mera_arena *arena, mera_diags *diags, mera_similar *out);

#endif
