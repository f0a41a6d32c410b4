/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Looking at formulas before data are there: syntax, unknown functions, and for nodes the names,
 * which can only be their children's. What an indicator's formula reads may be any column, so its
 * names wait for the plan. The tree is looked at and not the methodology made of it, which is not
 * there when something else was refused: all problems are said at once.
 */
#include "run/plugins.h"

/** A walk over the formulas of a tree. */
typedef struct formulas_walk {
    mera_arena *arena;
    mera_diags *diags;
    mera_formulas *formulas; /**< NULL until there is one to compile */
    mera_lua_limits limits;
    mera_code refused;
} formulas_walk;

/** The formula of an indicator or a node as text; NULL when it has none, or something else. */
static const mera_value *formulas_text(const mera_value *map)
{
    const mera_value *formula = mera_value_get(map, "formula");

    return formula != NULL && formula->kind != MERA_VALUE_NULL && formula->text != NULL ? formula
                                                                                        : NULL;
}

/** Compiles one, which may read `names`; says of whom it is. */
static mera_code formulas_compile(formulas_walk *walk, const mera_value *formula,
                                  const mera_text_list *names, const char *what, const char *id,
                                  mera_at at)
{
    mera_formula *compiled;
    mera_code rc;

    if (walk->formulas == NULL) {
        MERA_TRY(mera_formulas_open(&walk->limits, &walk->formulas));
    }
    rc = mera_formula_compile(walk->formulas, formula->text, formula->at, names->v, names->n,
                              walk->arena, walk->diags, &compiled);
    if (rc != MERA_EINPUT) {
        return rc;
    }
    walk->refused = mera_within(walk->diags, rc, at, "in the formula of %s '%s'", what, id);
    return MERA_OK;
}

static mera_code formulas_of_indicators(formulas_walk *walk, const mera_value *indicators)
{
    const size_t n = indicators != NULL && indicators->kind == MERA_VALUE_MAP ? indicators->n : 0;

    for (size_t k = 0; k < n; k++) {
        const mera_entry *entry = &indicators->entries[k];
        const mera_value *formula = formulas_text(entry->value);
        mera_text_list names;

        if (formula != NULL) {
            MERA_TRY(mera_formula_names(formula->text, walk->arena, &names));
            MERA_TRY(formulas_compile(walk, formula, &names, "indicator", entry->key, entry->at));
        }
    }
    return MERA_OK;
}

static size_t formulas_n(const mera_value *value)
{
    return value != NULL && (value->kind == MERA_VALUE_LIST || value->kind == MERA_VALUE_MAP)
               ? value->n
               : 0;
}

/** The ids of a node's children: those of its nodes, then its indicators. */
static mera_code formulas_children(const formulas_walk *walk, const mera_value *node,
                                   mera_text_list *out)
{
    const mera_value *nodes = mera_value_get(node, "nodes");
    const mera_value *indicators = mera_value_get(node, "indicators");
    const bool listed = nodes != NULL && nodes->kind == MERA_VALUE_LIST;
    const char **names;
    size_t n = 0;

    MERA_TRY_NEW(names, walk->arena, formulas_n(nodes) + formulas_n(indicators));
    for (size_t i = 0; listed && i < nodes->n; i++) {
        const mera_value *id = mera_value_get(nodes->items[i], "id");

        if (id != NULL && id->text != NULL) {
            names[n++] = id->text;
        }
    }
    for (size_t i = 0; i < formulas_n(indicators); i++) {
        const char *id = indicators->kind == MERA_VALUE_MAP ? indicators->entries[i].key
                                                            : indicators->items[i]->text;

        if (id != NULL) {
            names[n++] = id;
        }
    }
    *out = (mera_text_list){n, names};
    return MERA_OK;
}

/** A node and those below; the depth of a tree is limited when it is read. */
static mera_code formulas_of_nodes(formulas_walk *walk, const mera_value *node)
{
    const mera_value *formula = formulas_text(node), *nodes = mera_value_get(node, "nodes");
    const mera_value *id = mera_value_get(node, "id");
    const bool listed = nodes != NULL && nodes->kind == MERA_VALUE_LIST;

    if (formula != NULL) {
        const bool named = id != NULL && id->text != NULL;
        mera_text_list names;

        MERA_TRY(formulas_children(walk, node, &names));
        MERA_TRY(formulas_compile(walk, formula, &names, "node", named ? id->text : "",
                                  named ? id->at : node->at));
    }
    for (size_t i = 0; listed && i < nodes->n; i++) {
        MERA_TRY(formulas_of_nodes(walk, nodes->items[i]));
    }
    return MERA_OK;
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
    formulas_walk walk = {
        .arena = project->arena, .diags = diags, .limits = mera_run_lua_limits(project->engine)};
    mera_code rc = formulas_of_indicators(&walk, mera_value_get(project->tree, "indicators"));

    if (rc == MERA_OK) {
        rc = formulas_of_nodes(&walk, mera_value_get(project->tree, "framework"));
    }
    mera_formulas_close(walk.formulas);
    return rc == MERA_OK ? walk.refused : rc;
}
