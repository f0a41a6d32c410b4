/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Looking at formulas before data are there: syntax, unknown functions, and for nodes the names,
 * which can only be their children's. What an indicator's formula reads may be any column, so its
 * names wait for the plan.
 */
#include "run/plugins.h"

static mera_code formulas_of_indicator(const mera_project *project, mera_formulas *formulas,
                                       const mera_indicator *ind, mera_diags *diags)
{
    mera_formula *compiled;
    mera_text_list names;
    mera_code rc;

    MERA_TRY(mera_formula_names(ind->formula, project->arena, &names));
    rc = mera_formula_compile(formulas, ind->formula, ind->source_at, names.v, names.n,
                              project->arena, diags, &compiled);
    return rc == MERA_EINPUT
               ? mera_within(diags, rc, ind->at, "in the formula of indicator '%s'", ind->id)
               : rc;
}

static mera_code formulas_of_node(const mera_project *project, mera_formulas *formulas,
                                  const mera_node *node, mera_diags *diags)
{
    const mera_methodology *m = project->methodology;
    mera_formula *compiled;
    const char **names;
    mera_code rc;

    MERA_TRY_NEW(names, project->arena, node->n_children);
    for (size_t j = 0; j < node->n_children; j++) {
        names[j] = mera_run_child_id(m, &node->child[j]);
    }
    rc = mera_formula_compile(formulas, node->formula, node->formula_at, names, node->n_children,
                              project->arena, diags, &compiled);
    return rc == MERA_EINPUT
               ? mera_within(diags, rc, node->at, "in the formula of node '%s'", node->id)
               : rc;
}

static mera_code formulas_check(const mera_project *project, mera_formulas *formulas,
                                mera_diags *diags)
{
    const mera_methodology *m = project->methodology;
    mera_code rc = MERA_OK;

    for (size_t k = 0; k < m->n_indicators; k++) {
        if (m->indicator[k].kind == MERA_FROM_FORMULA) {
            const mera_code one = formulas_of_indicator(project, formulas, &m->indicator[k], diags);

            rc = rc == MERA_OK ? one : rc;
        }
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        if (m->node[k].formula != NULL) {
            const mera_code one = formulas_of_node(project, formulas, &m->node[k], diags);

            rc = rc == MERA_OK ? one : rc;
        }
    }
    return rc;
}

bool mera_run_has_formulas(const mera_methodology *m)
{
    for (size_t k = 0; k < m->n_indicators; k++) {
        if (m->indicator[k].kind == MERA_FROM_FORMULA) {
            return true;
        }
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        if (m->node[k].formula != NULL) {
            return true;
        }
    }
    return false;
}

mera_code mera_run_check_formulas(const mera_project *project, mera_diags *diags)
{
    const mera_lua_limits limits = mera_run_lua_limits(project->engine);
    mera_formulas *formulas;
    mera_code rc;

    if (!mera_run_has_formulas(project->methodology)) {
        return MERA_OK;
    }
    MERA_TRY(mera_formulas_open(&limits, &formulas));
    rc = formulas_check(project, formulas, diags);
    mera_formulas_close(formulas);
    return rc;
}
