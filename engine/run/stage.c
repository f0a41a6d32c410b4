/* SPDX-License-Identifier: Apache-2.0 */
/** @file An indicator put to work: what every stage of its way sees. */
#include "run/stages.h"

stage_run mera_run_stage_start(run_score *s, run_job *job, size_t k)
{
    const run_indicator *ind = &s->plan->indicator[k];

    return (stage_run){
        .s = s,
        .job = job,
        .ind = ind,
        .cells = &s->cells[k],
        .subject = {.indicator = k,
                    .node = SIZE_MAX,
                    .id = ind->indicator->id,
                    .text = ind->subject,
                    .direction = ind->indicator->direction,
                    .goalpost = {ind->indicator->goalpost[0], ind->indicator->goalpost[1]}},
        .n = s->plan->n_work * s->plan->n_units};
}
