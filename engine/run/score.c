/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Evaluating a plan: derive, the stages of indicators, the framework, classes; then the result is
 * put together. Every array is made here by the calling thread; workers only fill them.
 */
#include "run/share.h"
#include "run/stages.h"

static mera_code score_workers_open(run_score *s)
{
    const size_t n = mera_pool_size(s->pool);

    MERA_TRY_NEW(s->keep, s->plan->arena, n);
    MERA_TRY_NEW(s->scratch, s->plan->arena, n);
    for (s->n_workers = 0; s->n_workers < n; s->n_workers++) {
        s->keep[s->n_workers] = mera_arena_new();
        s->scratch[s->n_workers] = mera_arena_new();
        if (s->keep[s->n_workers] == NULL || s->scratch[s->n_workers] == NULL) {
            s->n_workers++;
            return MERA_ENOMEM;
        }
    }
    return MERA_OK;
}

static void score_workers_close(run_score *s)
{
    for (size_t i = 0; i < s->n_workers; i++) {
        mera_arena_free(s->keep[i]);
        mera_arena_free(s->scratch[i]);
    }
}

static void score_put_indicators(run_score *s)
{
    for (size_t k = 0; k < s->plan->methodology->n_indicators; k++) {
        for (size_t stage = 0; stage < MERA_N_STAGES; stage++) {
            s->indicator[k].stage[stage] = s->cells[k].stage[stage];
        }
        s->indicator[k].state = s->cells[k].state;
        s->indicator[k].spread = s->cells[k].spread;
        s->indicator[k].screened_out = s->cells[k].dropped;
        s->indicator[k].failed = s->cells[k].failed;
    }
}

static void score_put_nodes(run_score *s)
{
    for (size_t k = 0; k < s->plan->methodology->n_nodes; k++) {
        s->node[k].aggregate = s->scores[k].aggregate;
        s->node[k].score = s->scores[k].score;
        s->node[k].rank = s->scores[k].rank;
        s->node[k].group_rank = s->scores[k].group_rank;
        s->node[k].coverage = s->scores[k].coverage;
        s->node[k].weight = s->scores[k].weight;
    }
}

static mera_code score_put_names(const run_score *s, mera_fit_record *fit)
{
    const char **name;

    if (fit->child == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(name, s->arena, fit->fitted.n);
    for (size_t i = 0; i < fit->fitted.n; i++) {
        name[i] = fit->child[i];
    }
    fit->child = name;
    return MERA_OK;
}

/** Fits lie in the workers' arenas: take them over. */
static mera_code score_put_fits(run_score *s, mera_result *result)
{
    mera_fit_record *fit;
    size_t n = 0;

    MERA_TRY_NEW(fit, s->arena, s->n_fits);
    for (const run_fit_link *link = s->fits; link != NULL; link = link->next, n++) {
        const mera_fitted *from = &link->record.fitted;

        fit[n] = link->record;
        MERA_TRY_NEW(fit[n].fitted.v, s->arena, from->n);
        for (size_t i = 0; i < from->n; i++) {
            fit[n].fitted.v[i] = from->v[i];
        }
        MERA_TRY(score_put_names(s, &fit[n]));
    }
    result->fit = fit;
    result->n_fits = n;
    return MERA_OK;
}

mera_code mera_project_plugins(const mera_project *project, mera_arena *arena,
                               const mera_plugin_record **out, size_t *n)
{
    mera_plugin_record *record;

    MERA_TRY_NEW(record, arena, project->n_plugins);
    for (size_t i = 0; i < project->n_plugins; i++) {
        const mera_plugin *plugin = project->plugin[i];
        const mera_plugin_stats stats = mera_plugin_statistics(plugin);

        record[i] = (mera_plugin_record){.id = mera_plugin_id(plugin),
                                         .version = mera_plugin_version(plugin),
                                         .sha256 = mera_plugin_sha256(plugin),
                                         .calls = stats.calls,
                                         .instructions = stats.instructions,
                                         .peak_bytes = stats.peak_bytes,
                                         .cells_made = stats.cells_made,
                                         .cells_missing = stats.cells_missing,
                                         .cells_out_of_range = stats.cells_out_of_range};
    }
    *out = record;
    *n = project->n_plugins;
    return MERA_OK;
}

static mera_code score_put_plugins(run_score *s, mera_result *result)
{
    const mera_project *project = s->plan->project;

    MERA_TRY(mera_project_plugins(project, s->arena, &result->plugin, &result->n_plugins));
    return mera_run_frozen_files(project, s->arena, &result->frozen, &result->n_frozen);
}

/** All columns up to the same stage. */
static mera_code score_like(run_score *s, const mera_result *like, mera_stage stage)
{
    const size_t n = s->plan->methodology->n_indicators;
    mera_stage *same;

    MERA_TRY_NEW(same, s->keep[0], n);
    for (size_t k = 0; k < n; k++) {
        same[k] = stage;
    }
    return mera_run_stages_like(s, like, same);
}

static mera_code score_stages(run_score *s, const mera_result *earlier)
{
    const mera_score_with *with = s->with;
    const mera_stage *same = NULL;

    if (with->points != NULL && with->n_lifts == 0 && with->left_out == NULL &&
        mera_run_like_fits(s->plan, with->points)) {
        s->points = with->points;
    }
    if (with->like != NULL && with->n_lifts == 0 && mera_run_like_fits(s->plan, with->like) &&
        !(with->left_out != NULL && mera_run_sees_others(s->plan))) {
        return score_like(s, with->like, with->same);
    }
    if (earlier != NULL) {
        MERA_TRY(mera_run_same_stages(s->plan, earlier, s->keep[0], &same));
    }
    if (same != NULL) {
        return mera_run_stages_like(s, earlier, same);
    }
    MERA_TRY(mera_run_derive(s));
    return mera_run_stages(s);
}

static mera_code score_evaluate(run_score *s, const mera_score_with *with, mera_result *result)
{
    const mera_result *earlier = with->noise == NULL && !with->spread && with->n_lifts == 0 &&
                                         with->left_out == NULL && !with->bare
                                     ? with->earlier
                                     : NULL;
    result->shared = earlier != NULL && mera_run_may_share(s->plan, earlier);
    MERA_TRY(result->shared ? mera_run_share(s, earlier) : score_stages(s, earlier));
    result->stages_made = s->stages_made;
    score_put_indicators(s);
    MERA_TRY(mera_run_tree(s));
    score_put_nodes(s);
    if (s->bare) {
        return MERA_OK;
    }
    MERA_TRY(mera_run_classify(s));
    MERA_TRY(mera_run_checks(s, true));
    MERA_TRY(score_put_fits(s, result));
    return score_put_plugins(s, result);
}

static mera_code score_start(run_score *s, mera_result **out)
{
    const mera_plan *plan = s->plan;
    const mera_methodology *m = plan->methodology;
    mera_result *result;
    uint8_t *nobody;

    MERA_TRY_NEW(result, s->arena, 1);
    MERA_TRY_NEW(s->indicator, s->arena, m->n_indicators);
    MERA_TRY_NEW(s->node, s->arena, m->n_nodes);
    MERA_TRY_NEW(nobody, s->arena, plan->n_scored * plan->n_units);
    MERA_TRY_NEW(s->cells, s->keep[0], m->n_indicators);
    MERA_TRY_NEW(s->scores, s->keep[0], m->n_nodes);
    s->last_fit = &s->fits;
    *result = (mera_result){.methodology = m,
                            .data = plan->data,
                            .n_units = plan->n_units,
                            .n_periods = plan->n_scored,
                            .period = plan->period_label,
                            .data_period = plan->work_period,
                            .unit_screened = nobody,
                            .indicator = s->indicator,
                            .node = s->node};
    *out = result;
    return MERA_OK;
}

/** Does an operation make weights? Then nodes are needed, one after the other. */
static bool score_makes_weights(const mera_plan *plan)
{
    for (size_t k = 0; k < plan->methodology->n_nodes; k++) {
        if (plan->methodology->node[k].weigh.op != NULL) {
            return true;
        }
    }
    return false;
}

mera_code mera_plan_score(mera_plan *plan, mera_arena *arena, mera_diags *diags,
                          const mera_result **out)
{
    return mera_plan_score_with(plan, &(mera_score_with){.noise = NULL}, arena, diags, out);
}

mera_code mera_plan_score_after(mera_plan *plan, const mera_result *earlier, mera_arena *arena,
                                mera_diags *diags, const mera_result **out)
{
    return mera_plan_score_with(plan, &(mera_score_with){.earlier = earlier}, arena, diags, out);
}

mera_code mera_plan_score_with(mera_plan *plan, const mera_score_with *with, mera_arena *arena,
                               mera_diags *diags, const mera_result **out)
{
    const mera_arena_mark mark = mera_arena_mark_now(plan->arena);
    run_score s = {.plan = plan,
                   .arena = arena,
                   .diags = diags,
                   .with = with,
                   .bare = with->bare,
                   .weights_only = with->bare && with->columns && !score_makes_weights(plan),
                   .pool = with->here ? NULL : plan->project->engine->pool};
    const mera_result *core = NULL;
    mera_result *result = NULL;
    mera_code rc;

    *out = NULL;
    rc =
        plan->core == NULL || with->bare ? MERA_OK : mera_run_score_core(plan, arena, diags, &core);
    if (rc == MERA_OK) {
        rc = score_workers_open(&s);
    }
    if (rc == MERA_OK) {
        rc = score_start(&s, &result);
    }
    if (rc == MERA_OK) {
        rc = score_evaluate(&s, with, result);
    }
    if (rc == MERA_OK) {
        result->unit_screened = s.unit_screened != NULL ? s.unit_screened : result->unit_screened;
        result->core = core;
        *out = result;
        if (core != NULL) {
            mera_run_finish_overlay(plan, result, diags);
        }
    }
    score_workers_close(&s);
    mera_arena_rewind(plan->arena, mark);
    return rc;
}

mera_code mera_plan_check(mera_plan *plan, mera_arena *arena, mera_diags *diags)
{
    const mera_arena_mark mark = mera_arena_mark_now(plan->arena);
    run_score s = {.plan = plan,
                   .arena = arena,
                   .diags = diags,
                   .with = &(mera_score_with){.bare = true},
                   .pool = plan->project->engine->pool};
    mera_result *result = NULL;
    mera_code rc = MERA_OK;

    if (plan->methodology->checks.n == 0) {
        return MERA_OK;
    }
    rc = score_workers_open(&s);
    rc = rc == MERA_OK ? score_start(&s, &result) : rc;
    rc = rc == MERA_OK ? mera_run_derive(&s) : rc;
    rc = rc == MERA_OK ? mera_run_checks(&s, false) : rc;
    score_workers_close(&s);
    mera_arena_rewind(plan->arena, mark);
    return rc;
}
