/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Running many pieces of work at once without anybody being able to tell: each job has diagnostics
 * and fits of its own, which are merged in the order of jobs once all have run. A failing job does
 * not stop the others, so every problem is reported and the code returned is that of the first.
 */
#include "run/internal.h"

#include <string.h>

/** What the pool's workers share. */
typedef struct jobs_run {
    run_score *s;
    run_job *job;
    const size_t *item;
    const size_t *chosen; /**< numbers of the jobs to run */
    run_item_fn fn;
} jobs_run;

static mera_code jobs_one(void *context, size_t i, unsigned worker)
{
    jobs_run *run = context;
    const size_t number = run->chosen[i];
    run_job *job = &run->job[number];
    mera_arena_mark mark;

    job->keep = run->s->keep[worker];
    job->scratch = run->s->scratch[worker];
    job->last = &job->first;
    job->diags = mera_diags_new(job->keep);
    if (job->diags == NULL) {
        job->code = MERA_ENOMEM;
        return MERA_OK;
    }
    mark = mera_arena_mark_now(job->scratch);
    job->code = run->fn(run->s, job, run->item[number]);
    mera_arena_rewind(job->scratch, mark);
    return MERA_OK; /* the others go on: see jobs_merge() */
}

static mera_code jobs_merge(run_score *s, const run_job *job, size_t n)
{
    mera_code rc = MERA_OK;

    for (size_t i = 0; i < n; i++) {
        if (job[i].code == MERA_ENOMEM) {
            return MERA_ENOMEM;
        }
        if (s->diags != NULL && job[i].diags != NULL) {
            MERA_TRY(mera_diags_merge(s->diags, job[i].diags));
        }
        if (job[i].first != NULL) {
            *s->last_fit = job[i].first;
            s->last_fit = job[i].last;
            s->n_fits += job[i].n_fits;
        }
        rc = rc == MERA_OK ? job[i].code : rc;
    }
    return rc;
}

mera_code mera_run_items(run_score *s, const size_t *item, const bool *serial, size_t n,
                         run_item_fn fn)
{
    const mera_arena_mark mark = mera_arena_mark_now(s->scratch[0]);
    jobs_run run = {.s = s, .item = item, .fn = fn};
    size_t *chosen, n_parallel = 0, n_chosen = 0;
    mera_code rc;

    MERA_TRY_NEW(run.job, s->keep[0], n);
    MERA_TRY_NEW(chosen, s->keep[0], n);
    for (size_t i = 0; i < n; i++) {
        if (!serial[i]) {
            chosen[n_chosen++] = i;
        }
    }
    n_parallel = n_chosen;
    for (size_t i = 0; i < n; i++) {
        if (serial[i]) {
            chosen[n_chosen++] = i;
        }
    }
    run.chosen = chosen;
    MERA_TRY(mera_pool_run(s->pool, n_parallel, jobs_one, &run));
    for (size_t i = n_parallel; i < n; i++) {
        MERA_TRY(jobs_one(&run, i, 0));
    }
    rc = jobs_merge(s, run.job, n);
    mera_arena_rewind(s->scratch[0], mark);
    return rc;
}
