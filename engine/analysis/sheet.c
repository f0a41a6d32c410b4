/* SPDX-License-Identifier: Apache-2.0 */
/** @file One period of a result as columns of a tree (mera/analysis.h). */
#include "mera/analysis.h"

#include "base/math.h"

/** Column of a child: nodes come first. */
static size_t sheet_column(const mera_methodology *m, const mera_child *child)
{
    return child->is_indicator ? m->n_nodes + child->index : child->index;
}

/** Shares of a node's children: weights in force over their sum. */
static double sheet_share(const mera_result *result, size_t node, size_t j)
{
    const mera_node *def = &result->methodology->node[node];
    const double *weight = result->node[node].weight;
    double sum = 0;
    for (size_t i = 0; i < def->n_children; i++) {
        sum += weight[i];
    }
    return sum > 0 ? weight[j] / sum : 0;
}

/** Values of a period; missing where the unit was screened. */
static mera_code sheet_values(const mera_result *result, size_t period, const double *from,
                              mera_arena *arena, const double **out)
{
    const size_t n = result->n_units;
    double *x;
    MERA_TRY_NEW(x, arena, n);
    for (size_t i = 0; i < n; i++) {
        const size_t cell = period * n + i;
        const bool screened = result->unit_screened != NULL && result->unit_screened[cell] != 0;
        x[i] = screened ? NAN : from[cell];
    }
    *out = x;
    return MERA_OK;
}

typedef struct sheet_rooms {
    const char **id;
    mera_title *title;
    const double **x;
    size_t *parent;
    int *level;
    double *weight, *effective;
} sheet_rooms;

static mera_code sheet_new(const mera_methodology *m, mera_arena *arena, sheet_rooms *to,
                           mera_sheet *out)
{
    const size_t k = m->n_nodes + m->n_indicators;
    MERA_TRY_NEW(to->id, arena, k);
    MERA_TRY_NEW(to->title, arena, k);
    MERA_TRY_NEW(to->x, arena, k);
    MERA_TRY_NEW(to->parent, arena, k);
    MERA_TRY_NEW(to->level, arena, k);
    MERA_TRY_NEW(to->weight, arena, k);
    MERA_TRY_NEW(to->effective, arena, k);
    *out = (mera_sheet){.k = k,
                        .n_nodes = m->n_nodes,
                        .id = to->id,
                        .title = to->title,
                        .x = to->x,
                        .parent = to->parent,
                        .level = to->level,
                        .weight = to->weight,
                        .effective = to->effective};
    return MERA_OK;
}

/** Parents, levels and weights; parents come before their children in a methodology. */
static void sheet_tree(const mera_result *result, const sheet_rooms *to, size_t k)
{
    const mera_methodology *m = result->methodology;
    for (size_t c = 0; c < k; c++) {
        to->parent[c] = SIZE_MAX;
        to->level[c] = 1;
    }
    to->weight[0] = to->effective[0] = 1;
    for (size_t node = 0; node < m->n_nodes; node++) {
        for (size_t j = 0; j < m->node[node].n_children; j++) {
            const size_t c = sheet_column(m, &m->node[node].child[j]);
            const double share = sheet_share(result, node, j);
            to->weight[c] = to->parent[c] == SIZE_MAX ? share : to->weight[c];
            to->parent[c] = to->parent[c] == SIZE_MAX ? node : to->parent[c];
            to->effective[c] += share * to->effective[node];
        }
    }
    for (size_t node = m->n_nodes; node-- > 0;) {
        for (size_t j = 0; j < m->node[node].n_children; j++) {
            const int below = to->level[sheet_column(m, &m->node[node].child[j])];
            to->level[node] = below >= to->level[node] ? below + 1 : to->level[node];
        }
    }
}

mera_code mera_sheet_of(const mera_result *result, size_t period, mera_stage stage,
                        mera_arena *arena, mera_sheet *out)
{
    const mera_methodology *m = result->methodology;
    sheet_rooms to;
    if (period >= result->n_periods || stage >= MERA_N_STAGES) {
        return MERA_EUSAGE;
    }
    MERA_TRY(sheet_new(m, arena, &to, out));
    out->n = result->n_units;
    for (size_t c = 0; c < m->n_nodes; c++) {
        const mera_node_result *made = &result->node[c];
        to.id[c] = m->node[c].id;
        to.title[c] = m->node[c].title;
        MERA_TRY(sheet_values(result, period,
                              m->node[c].pass_aggregate ? made->aggregate : made->score, arena,
                              &to.x[c]));
    }
    for (size_t i = 0; i < m->n_indicators; i++) {
        to.id[m->n_nodes + i] = m->indicator[i].id;
        to.title[m->n_nodes + i] = m->indicator[i].title;
        MERA_TRY(sheet_values(result, period, result->indicator[i].stage[stage], arena,
                              &to.x[m->n_nodes + i]));
    }
    sheet_tree(result, &to, out->k);
    return MERA_OK;
}

/** Adds the shares of what stands under a node; nodes under it hold their own for a moment. */
static void sheet_spread(const mera_result *result, size_t top, bool indicators, double *share)
{
    const mera_methodology *m = result->methodology;
    share[top] = 1;
    for (size_t node = top; node < (indicators ? m->n_nodes : top + 1); node++) {
        for (size_t j = 0; j < m->node[node].n_children && share[node] > 0; j++) {
            share[sheet_column(m, &m->node[node].child[j])] +=
                share[node] * sheet_share(result, node, j);
        }
        if (node != top) {
            share[node] = 0; /* passed on */
        }
    }
    share[top] = 0;
}

mera_code mera_sheet_below(const mera_result *result, const mera_sheet *sheet, size_t node,
                           bool indicators, mera_arena *arena, mera_sheet_parts *out)
{
    double *share, *kept;
    size_t *column;
    *out = (mera_sheet_parts){.n = 0};
    if (node >= sheet->n_nodes) {
        return MERA_EUSAGE;
    }
    MERA_TRY_NEW(share, arena, sheet->k);
    MERA_TRY_NEW(kept, arena, sheet->k);
    MERA_TRY_NEW(column, arena, sheet->k);
    sheet_spread(result, node, indicators, share);
    for (size_t c = 0; c < sheet->k; c++) {
        if (share[c] > 0) {
            kept[out->n] = share[c];
            column[out->n++] = c;
        }
    }
    out->column = column;
    out->share = kept;
    return MERA_OK;
}
