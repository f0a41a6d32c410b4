/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far each weight of the framework may go. Below plain arithmetic means the score y of the
 * asked node is linear in the shares of a node v inside it: y = rest + D sum_j s_j x_j, D the part
 * that v has in y at that unit. So the columns rest + D x_j have y for their weighted mean, and
 * their intervals are those of the order of y.
 */
#include "analysis/certify.h"
#include "base/math.h"

/* Which nodes have none but plain means above them, themselves included, and their part in the
 * score: effect[v][i]. */
static mera_code weights_effects(const robust_run *run, double ***out)
{
    const size_t n = run->result->n_units;
    double **effect;
    MERA_TRY_NEW(effect, run->arena, run->n_nodes);
    MERA_TRY_NEW(effect[0], run->arena, n);
    for (size_t i = 0; i < n; i++) {
        effect[0][i] = 1;
    }
    for (size_t v = 0; v < run->n_nodes; v++) {
        if (effect[v] == NULL || !mera_certify_plain(run, v)) {
            effect[v] = NULL;
            continue;
        }
        mera_columns columns;
        double *weight, *present;
        MERA_TRY(mera_robust_parts(run, v, &columns, &weight));
        MERA_TRY_NEW(present, run->arena, n);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < columns.k; j++) {
                present[i] += isnan(columns.x[j][i]) ? 0 : weight[j];
            }
        }
        for (size_t j = 0; j < columns.k; j++) {
            if (!run->node[v].part[j].is_node) {
                continue;
            }
            double *below;
            MERA_TRY_NEW(below, run->arena, n);
            for (size_t i = 0; i < n; i++) {
                below[i] = isnan(columns.x[j][i]) ? 0 : effect[v][i] * weight[j] / present[i];
            }
            effect[run->node[v].part[j].index] = below;
        }
    }
    *out = effect;
    return MERA_OK;
}

/* The columns of node v as columns of the asked node's score. */
static mera_code weights_lift(const robust_run *run, size_t v, const double *effect,
                              mera_columns *columns)
{
    const mera_result *result = run->result;
    const bool turned = result->methodology->node[run->ask->node].lower_is_better;
    const double *own = result->node[run->number[v]].aggregate + run->shift;
    const double **lifted;
    MERA_TRY_NEW(lifted, run->arena, columns->k);
    for (size_t j = 0; j < columns->k; j++) {
        double *x;
        MERA_TRY_NEW(x, run->arena, columns->n);
        for (size_t i = 0; i < columns->n; i++) {
            const double sign = turned ? -1 : 1;
            const double all = result->unit_screened[run->shift + i] != 0
                                   ? NAN
                                   : sign * result->node[run->ask->node].aggregate[run->shift + i];
            x[i] = effect[i] == 0 ? all : all + effect[i] * (columns->x[j][i] - sign * own[i]);
        }
        lifted[j] = x;
    }
    columns->x = lifted;
    return MERA_OK;
}

static mera_code weights_node(const robust_run *run, size_t v, const double *effect,
                              mera_certified_weight *out, mera_robust_why *why)
{
    const mera_node *node = &run->result->methodology->node[run->number[v]];
    mera_columns columns;
    mera_stable_weight *stable;
    double *weight;
    *why = mera_robust_why_none(run, v);
    if (*why != MERA_ROBUST_FINE) {
        return MERA_OK;
    }
    MERA_TRY(mera_robust_parts(run, v, &columns, &weight));
    if (effect != NULL && v > 0) {
        MERA_TRY(weights_lift(run, v, effect, &columns));
    }
    const size_t n_units = mera_robust_complete(&columns);
    if (n_units < 2) {
        *why = MERA_ROBUST_FEW_UNITS;
        return MERA_OK;
    }
    MERA_TRY_NEW(stable, run->arena, columns.k);
    MERA_TRY(mera_stable_weights_of(&columns, weight, run->arena, stable));
    for (size_t j = 0; j < columns.k; j++) {
        const mera_child *child = &node->child[run->child[v][j]];
        out[j] =
            (mera_certified_weight){.node = run->number[v],
                                    .is_indicator = child->is_indicator,
                                    .index = child->index,
                                    .order_of = effect != NULL ? run->ask->node : run->number[v],
                                    .n_units = n_units,
                                    .stable = stable[j]};
    }
    return MERA_OK;
}

mera_code mera_certify_weights(robust_run *run, mera_certified *out)
{
    double **effect;
    mera_certified_weight *weight;
    mera_certified_without *without;
    size_t room = 0;
    for (size_t v = 0; v < run->n_nodes; v++) {
        room += run->node[v].n;
    }
    MERA_TRY_NEW(weight, run->arena, room);
    MERA_TRY_NEW(without, run->arena, run->n_nodes);
    MERA_TRY(weights_effects(run, &effect));
    for (size_t v = 0; v < run->n_nodes; v++) {
        mera_robust_why why;
        MERA_TRY(weights_node(run, v, effect[v], &weight[out->n_weights], &why));
        if (why == MERA_ROBUST_FINE) {
            out->n_weights += run->node[v].n;
        } else {
            without[out->n_without++] = (mera_certified_without){run->number[v], why};
        }
    }
    out->weight = weight;
    out->without = without;
    return MERA_OK;
}
