/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Units that can be compared with one, by the key `similar`: those of its groups, the nearest in
 * stated columns, or both. docs/similar.md.
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
} mera_similar;

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
