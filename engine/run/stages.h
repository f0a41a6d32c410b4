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

stage_run mera_run_stage_start(run_score *s, run_job *job, size_t k);

/** Takes over the stages of another result, of each indicator up to one, and makes the rest. Where
 * one imputer looks at several indicators, all or none are taken over imputed. */
mera_code mera_run_stages_like(run_score *s, const mera_result *like, const mera_stage *same);
/** Can they be taken over? */
bool mera_run_like_fits(const mera_plan *plan, const mera_result *like);
/** Does a step look at several indicators at once (screening, an imputer)? */
bool mera_run_sees_others(const mera_plan *plan);
/** As if screening had left the indicator out (mera_score_with). */
bool mera_run_left_out(const run_score *s, size_t indicator);
/** Room for a stage of an indicator, where it may hold something of its own. */
mera_code mera_run_stage_room(run_score *s, size_t k, size_t stage);
/** Room for standard errors of what is imputed, where they are wanted. */
mera_code mera_run_spread_room(run_score *s, size_t k);
/** The stages of an indicator that come after `same`, which is done, but for what tables impute. */
mera_code mera_run_stages_after(stage_run *run, mera_stage same);

/** The values imputers begin with: the denominated ones of units that screening kept. */
void mera_run_impute_start(const stage_run *run);
/** Imputer number `u` of the indicator's chain, unless that is table-wise. */
mera_code mera_run_impute_at(const stage_run *run, size_t u);
/** Takes over what an imputer filled in, where it did; `carried` marks cells of other periods, or
 * is NULL. */
void mera_run_impute_take(const stage_run *run, const mera_use *use, double *filled,
                          const uint8_t *carried);
/** The whole chain of an indicator that has no table-wise imputer. */
mera_code mera_run_impute(const stage_run *run);
/** The chains of all indicators, in step, where some look at several; `serial` as for items. */
mera_code mera_run_impute_tables(run_score *s, const bool *serial);

/** Goalposts as directed values see them, low before high. */
void mera_run_direct_goalposts(const mera_indicator *def, double goalpost[2]);

/** Directs and normalises the treated values. */
mera_code mera_run_normalise(stage_run *run);

#endif
