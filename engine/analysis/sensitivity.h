/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera/variance.h share. */
#ifndef MERA_ANALYSIS_SENSITIVITY_H
#define MERA_ANALYSIS_SENSITIVITY_H

#include "analysis/joint.h"
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
    size_t kept;     /**< rows that an earlier run had done */
    uint64_t mark;   /**< of what is scored: mera_robust_mark() */
    double *shift;   /**< [part * room + row]; NaN = the run failed */
    uint16_t *place; /**< [(part * room + row) * n + unit]; NULL = too many */
} sense_run;

/** Rooms for places. */
mera_code mera_sense_places_open(sense_run *s);
/** Takes the places of a run, NULL = it failed, and its shift, NaN. */
void mera_sense_place(sense_run *s, size_t part, size_t row, const uint16_t *place);
/** The rows so far as bytes: out->kept. */
mera_code mera_sense_keep(sense_run *s);
/** Takes up ask->kept, if any. MERA_EINPUT: of something else. */
mera_code mera_sense_take_up(sense_run *s);
/** Indices of each unit's place, on the threads of the joint run. */
mera_code mera_sense_units(sense_run *s);
/** The units in the order of their places as things stand. */
mera_code mera_sense_order(sense_run *s);

#endif
