/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: what the stages of an indicator share. */
#ifndef MERA_RUN_STAGES_H
#define MERA_RUN_STAGES_H

#include "run/internal.h"

/** An indicator at work. */
typedef struct stage_run {
    run_score *s;
    run_job *job;
    const run_indicator *ind;
    run_cells *cells;
    run_subject subject;
    bool directed; /**< subject.goalpost are */
    size_t n;      /**< cells of all work periods */
} stage_run;

/** Directs and normalises the treated values. */
mera_code mera_run_normalise(stage_run *run);

#endif
