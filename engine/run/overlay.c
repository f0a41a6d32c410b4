/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Overlays: a methodology that extends a core which stays as it is. The core is scored beside it on
 * the same data. What the overlay adds counts only for units that have its data: a node in which a
 * new indicator stands has no score and no place for the others, so an indicator that covers one
 * region never makes a place in the whole country.
 */
#include "io/file.h"
#include "run/internal.h"

#include "base/math.h"
#include "base/text.h"

/* ---- the core's project ------------------------------------------------------------------ */

mera_code mera_run_open_core(mera_project *project, const mera_reader *reader, const mera_set *set,
                             size_t n_set, mera_diags *diags)
{
    const mera_methodology *m = project->methodology;
    const char *path;
    mera_set *kept;
    size_t n = 0;
    mera_code rc;

    if (m->core == NULL || project->engine->in_core) {
        return MERA_OK;
    }
    path = mera_path_beside(m->core_at.file, m->core, project->arena);
    MERA_TRY_PTR(path);
    MERA_TRY_NEW(kept, project->arena, n_set);
    for (size_t i = 0; i < n_set; i++) { /* which periods are looked at is no part of a method */
        if (mera_streq(set[i].path, "period") || mera_streq(set[i].path, "seed")) {
            kept[n++] = set[i];
        }
    }
    project->engine->in_core = true;
    rc = mera_project_open_reader(project->engine, reader, path, NULL, kept, n, diags,
                                  &project->core);
    project->engine->in_core = false;
    return rc == MERA_OK || rc == MERA_ENOMEM
               ? rc
               : mera_within(diags, rc, m->core_at, "in the core that this overlay extends");
}

/* ---- what is new ------------------------------------------------------------------------- */

bool mera_run_is_fresh(const mera_plan *plan, size_t indicator)
{
    return mera_methodology_indicator(plan->core->methodology,
                                      plan->methodology->indicator[indicator].id) == SIZE_MAX;
}

/* New indicators under each node: children stand after their parents, so from the last one up. */
static mera_code overlay_nodes(mera_plan *plan)
{
    const mera_methodology *m = plan->methodology;
    bool *under; /* [node * n_indicators + indicator] */

    MERA_TRY_NEW(under, plan->arena, m->n_nodes * m->n_indicators);
    for (size_t k = m->n_nodes; k-- > 0;) {
        run_node *node = &plan->node[k];
        bool *mine = under + k * m->n_indicators;

        MERA_TRY_NEW(node->fresh, plan->arena, m->n_indicators);
        for (size_t j = 0; j < m->node[k].n_children; j++) {
            const mera_child *child = &m->node[k].child[j];

            for (size_t i = 0; i < m->n_indicators; i++) {
                mine[i] = mine[i] ||
                          (child->is_indicator ? child->index == i && mera_run_is_fresh(plan, i)
                                               : under[child->index * m->n_indicators + i]);
            }
        }
        for (size_t i = 0; i < m->n_indicators; i++) {
            if (mine[i]) {
                node->fresh[node->n_fresh++] = i;
            }
        }
    }
    return MERA_OK;
}

mera_code mera_run_bind_core(mera_plan *plan, mera_diags *diags)
{
    mera_project *core = plan->project->core;
    mera_diags *own;
    mera_code rc;

    if (core == NULL) {
        return MERA_OK;
    }
    own = mera_diags_new(plan->arena); /* its warnings are those of the overlay once more */
    MERA_TRY_PTR(own);
    rc = mera_plan_open(core, plan->data, own, &plan->core);
    if (rc != MERA_OK) {
        MERA_TRY(mera_diags_merge(diags, own));
        return rc == MERA_ENOMEM ? rc
                                 : mera_within(diags, rc, plan->methodology->core_at,
                                               "in the core that this overlay extends");
    }
    MERA_TRY(overlay_nodes(plan));
    if (plan->node[0].n_fresh == 0) {
        mera_warn(diags, "overlay-adds-nothing", plan->methodology->core_at,
                  "the overlay has no indicator in its framework that the core does not have");
    }
    return MERA_OK;
}

/* ---- evaluation -------------------------------------------------------------------------- */

void mera_run_mask_overlay(const run_score *s, const run_node *node, size_t period, double *y)
{
    const size_t n = s->plan->n_units;
    const double need = s->plan->methodology->core_need * (double)node->n_fresh;

    for (size_t i = 0; node->n_fresh > 0 && i < n; i++) {
        size_t have = 0;

        for (size_t f = 0; f < node->n_fresh; f++) {
            have += !isnan(s->cells[node->fresh[f]].stage[MERA_STAGE_DENOMINATED][period * n + i]);
        }
        y[i] = (double)have < need ? NAN : y[i];
    }
}

static void overlay_say(const mera_plan *plan, const mera_result *result, mera_diags *diags)
{
    const size_t n = plan->n_units * plan->n_scored;
    size_t core = 0, extended = 0;

    for (size_t i = 0; i < n; i++) {
        core += !isnan(result->core->node[0].score[i]);
        extended += !isnan(result->node[0].score[i]);
    }
    if (extended < core) {
        mera_note(diags, "overlay-part", plan->methodology->core_at,
                  "%zu of %zu scores of the core have an extended score beside them; the others "
                  "lack data of the overlay, and have no place in it",
                  extended, core);
    }
}

mera_code mera_run_score_core(mera_plan *plan, mera_arena *arena, mera_diags *diags,
                              const mera_result **out)
{
    mera_diags *own = mera_diags_new(arena);
    mera_code rc;

    MERA_TRY_PTR(own);
    rc = mera_plan_score(plan->core, arena, own, out);
    if (rc != MERA_OK) {
        MERA_TRY(mera_diags_merge(diags, own));
        return rc == MERA_ENOMEM ? rc
                                 : mera_within(diags, rc, plan->methodology->core_at,
                                               "in the core that this overlay extends");
    }
    return MERA_OK;
}

void mera_run_finish_overlay(const mera_plan *plan, mera_result *result, mera_diags *diags)
{
    result->fresh = plan->node[0].fresh;
    result->n_fresh = plan->node[0].n_fresh;
    for (size_t f = 0; f < result->n_fresh; f++) {
        const mera_indicator *ind = &plan->methodology->indicator[result->fresh[f]];

        if (result->indicator[result->fresh[f]].screened_out) {
            mera_warn(diags, "overlay-screened", ind->at,
                      "indicator '%s' of the overlay was left out by screening: too few of all "
                      "units have it",
                      ind->id);
            mera_hint(diags, "lower `steps.screen.indicator_coverage` in the overlay");
        }
    }
    overlay_say(plan, result, diags);
}

size_t mera_result_core_node(const mera_result *result, size_t node)
{
    return result->core == NULL ? SIZE_MAX
                                : mera_methodology_node(result->core->methodology,
                                                        result->methodology->node[node].id);
}
