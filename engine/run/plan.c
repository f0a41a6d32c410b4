/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A plan: a project bound to a dataset. All that can be refused without computing is refused here,
 * in one go: unknown periods, groups, columns and names, circles among formulas.
 */
#include "run/plugins.h"

#include <string.h>

static bool plan_tree_needs_all(const mera_methodology *m)
{
    for (size_t k = 0; k < m->n_nodes; k++) {
        for (size_t i = 0; i < m->node[k].then.n; i++) {
            if (mera_run_crosses_periods(&m->node[k].then.v[i])) {
                return true;
            }
        }
    }
    return false;
}

/** Warns of implausible values in columns of the data; derived ones are looked at when made. */
static mera_code plan_check_ranges(mera_plan *plan, mera_diags *diags)
{
    const size_t n = plan->n_units;
    double *x = NULL;

    for (size_t k = 0; k < plan->methodology->n_indicators; k++) {
        const run_indicator *ind = &plan->indicator[k];

        if (ind->column == NULL) {
            continue;
        }
        if (plan->in_order) {
            mera_run_check_range(plan, ind, ind->column->value, diags);
            continue;
        }
        if (x == NULL) {
            x = mera_arena_alloc(plan->arena, plan->n_scored * n, sizeof *x);
            MERA_TRY_PTR(x);
        }
        for (size_t w = 0; w < plan->n_scored; w++) {
            memcpy(x + w * n, ind->column->value + plan->work_period[w] * n, n * sizeof *x);
        }
        mera_run_check_range(plan, ind, x, diags);
    }
    return MERA_OK;
}

static mera_code plan_bind(mera_plan *plan, mera_diags *diags)
{
    mera_code indicators, nodes, checks;

    plan->n_units = plan->data->n_units;
    if (plan->n_units == 0) {
        return mera_fail(diags, MERA_EINPUT, "no-units", MERA_NOWHERE, "the data hold no units");
    }
    MERA_TRY(mera_run_bind_periods(plan, diags));
    MERA_TRY(mera_run_bind_groupings(plan, diags));
    plan->tree_needs_all = plan_tree_needs_all(plan->methodology);
    indicators = mera_run_bind_indicators(plan, diags);
    if (indicators == MERA_ENOMEM) {
        return indicators;
    }
    nodes = mera_run_bind_nodes(plan, diags);
    checks = mera_run_bind_checks(plan, diags);
    MERA_TRY(indicators != MERA_OK ? indicators : nodes != MERA_OK ? nodes : checks);
    MERA_TRY(mera_run_order_indicators(plan, diags));
    MERA_TRY(mera_run_bind_core(plan, diags));
    MERA_TRY(mera_run_frozen_check(plan, diags));
    return plan_check_ranges(plan, diags);
}

mera_code mera_plan_open_on(const mera_plan *plan, const mera_dataset *data, mera_diags *diags,
                            mera_plan **out)
{
    return mera_plan_open(plan->project, data, diags, out);
}

mera_code mera_plan_open(mera_project *project, const mera_dataset *data, mera_diags *diags,
                         mera_plan **out)
{
    const mera_lua_limits limits = mera_run_lua_limits(project->engine);
    mera_arena *arena = mera_arena_new();
    mera_plan *plan;
    mera_code rc;

    *out = NULL;
    if (arena == NULL) {
        return MERA_ENOMEM;
    }
    plan = mera_arena_zero(arena, 1, sizeof *plan);
    if (plan == NULL) {
        mera_arena_free(arena);
        return MERA_ENOMEM;
    }
    plan->arena = arena;
    plan->project = project;
    plan->methodology = project->methodology;
    plan->data = data;
    rc = mera_run_has_formulas(plan->methodology) ? mera_formulas_open(&limits, &plan->formulas)
                                                  : MERA_OK;
    if (rc == MERA_OK) {
        rc = plan_bind(plan, diags);
    }
    if (rc != MERA_OK) {
        mera_plan_close(plan);
        return rc;
    }
    *out = plan;
    return MERA_OK;
}

const mera_project *mera_plan_project(const mera_plan *plan)
{
    return plan->project;
}

void mera_plan_close(mera_plan *plan)
{
    if (plan == NULL) {
        return;
    }
    mera_plan_close(plan->core);
    if (plan->formulas != NULL) {
        mera_formulas_close(plan->formulas);
    }
    mera_arena_free(plan->arena);
}
