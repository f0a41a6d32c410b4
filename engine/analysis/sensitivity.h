/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera/variance.h share. */
#ifndef MERA_ANALYSIS_SENSITIVITY_H
#define MERA_ANALYSIS_SENSITIVITY_H

#include "analysis/joint.h"
#include "draws/places.h"
#include "mera/variance.h"

/** A design at work: parts A, B and one of each input, of `rows` rows so far. */
typedef struct sense_run {
    const mera_variance_ask *ask;
    mera_variance *out;
    mera_joint *joint;
    mera_arena *arena;
    mera_diags *diags;
    size_t n_active, *active; /**< factors that vary, by number of the joint run */
    size_t *group;            /**< the input of each of them */
    size_t parts, room, rows;
    double *shift;   /**< [part * room + row]; NaN = the run failed */
    uint16_t *place; /**< [(part * room + row) * n + unit]; NULL = too many */
    mera_ranking ranking;
    mera_ranking_space *space; /**< per worker */
    double **tiles;            /**< per worker: scores of a group of tiles */
} sense_run;

/** Rooms for places. */
mera_code mera_sense_places_open(sense_run *s);
/** Places of runs first .. first + count - 1 of a part, from their scores; failed ones are NaN. */
mera_code mera_sense_places(sense_run *s, size_t part, size_t first, size_t count,
                            const double *score, const uint32_t *failure);
/** Indices of each unit's place, on the threads of the joint run. */
mera_code mera_sense_units(sense_run *s);
/** The units in the order of their places as things stand. */
mera_code mera_sense_order(sense_run *s);

#endif
