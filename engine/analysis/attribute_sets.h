/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to attribution: sets of changes and the places and scores that come of them, each scored
 * once.
 */
#ifndef MERA_ANALYSIS_ATTRIBUTE_SETS_H
#define MERA_ANALYSIS_ATTRIBUTE_SETS_H

#include "analysis/attribute.h"
#include "base/map.h"

enum { ATTRIBUTE_KEPT = 16 };

/** A set of changes that was scored. */
typedef struct attribute_set {
    const double *rank, *score; /**< per unit */
} attribute_set;

/** A result whose indicators others may share. */
typedef struct attribute_kept {
    mera_project *project; /**< NULL = of a side */
    mera_plan *plan;
    mera_arena *arena; /**< of the dataset and the result */
    const mera_result *result;
} attribute_kept;

typedef struct attribute_work {
    const mera_comparison *c;
    const mera_attribute_ask *ask;
    mera_arena *arena;
    mera_blend blend;
    mera_map *known; /**< bits of the changes made -> set */
    attribute_set *set;
    size_t n_sets, room;
    attribute_kept kept[ATTRIBUTE_KEPT];
    size_t n_kept;
    double *ranked;               /**< 1 of units that both sides rank, NaN of others */
    mera_compare_common common;   /**< of a set and those */
    double **sum[2], **square[2]; /**< [places or score][change][unit] */
    mera_attribution *out;
} attribute_work;

/** The sides themselves are the first two sets: of no change and of all. */
mera_code mera_attribute_ends(attribute_work *work);

/** The set in which these changes are made, scored unless it was before; MERA_EINPUT with `why_not`
 * when it cannot be, or progress ends the runs. */
mera_code mera_attribute_set_of(attribute_work *work, const uint8_t *made, size_t *out);

/** Frees the results that were scored. */
void mera_attribute_close(attribute_work *work);

#endif
