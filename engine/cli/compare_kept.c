/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sides of a grid that an earlier run of it scored, from the record. */
#include "base/math.h"
#include "cli/compare_sides.h"
#include "cli/keep.h"

/** A result of that methodology over the first side's units and periods, without numbers. */
static mera_code kept_empty(cli_compare_work *w, const mera_project *project, mera_result **out,
                            mera_node_result **nodes)
{
    cli *c = w->c;
    const mera_methodology *m = mera_project_methodology(project);
    mera_node_result *node;
    MERA_TRY_NEW(*out, c->arena, 1);
    MERA_TRY_NEW(node, c->arena, m->n_nodes);
    **out = *w->side[0].result;
    (*out)->methodology = m;
    (*out)->node = *nodes = node;
    (*out)->indicator = NULL;
    (*out)->fit = NULL;
    (*out)->n_fits = 0;
    (*out)->n_frozen = 0; /* whose files are not read yet: such a result is not found */
    return mera_project_plugins(project, c->arena, &(*out)->plugin, &(*out)->n_plugins);
}

/** Places by unit; false when they are of other units. */
static bool kept_fill(const mera_result *result, const mera_run_place *place, size_t n,
                      size_t period, double *rank, double *score)
{
    const size_t from = period * result->n_units;
    for (size_t i = 0; i < result->n_periods * result->n_units; i++) {
        rank[i] = score[i] = NAN;
    }
    for (size_t i = 0; i < n && n == result->n_units; i++) {
        const size_t unit = mera_dataset_unit(result->data, place[i].key);
        if (unit == SIZE_MAX) {
            return false;
        }
        rank[from + unit] = place[i].rank;
        score[from + unit] = place[i].score;
    }
    return n == result->n_units;
}

mera_code cli_compare_kept(cli_compare_work *w, const mera_project *project,
                           const mera_result **out)
{
    const mera_compare_side *first = &w->side[0];
    const mera_methodology *m = mera_project_methodology(project);
    const char *id = first->result->methodology->node[first->node].id;
    const size_t node = mera_methodology_node(m, id);
    const size_t cells = first->result->n_periods * first->result->n_units;
    const mera_run_place *place;
    mera_result *result;
    mera_node_result *nodes;
    double *rank, *score;
    size_t n;
    *out = NULL;
    if (node == SIZE_MAX || m->core != NULL) {
        return MERA_OK; /* the key says nothing of a core */
    }
    MERA_TRY(kept_empty(w, project, &result, &nodes));
    MERA_TRY(cli_keep_find(w->c, result, node, first->period, &place, &n));
    if (n == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(rank, w->c->arena, cells);
    MERA_TRY_NEW(score, w->c->arena, cells);
    if (kept_fill(result, place, n, first->period, rank, score)) {
        nodes[node].rank = rank;
        nodes[node].score = score;
        *out = result;
    }
    return MERA_OK;
}
