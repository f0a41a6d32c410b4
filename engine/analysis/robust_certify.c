/* SPDX-License-Identifier: Apache-2.0 */
/** @file What holds without drawing, of the children of one node. */
#include <stdlib.h>

#include "analysis/robust.h"
#include "base/math.h"

/* A child as its node sees it, floor included: higher is better, and added up. */
static mera_code certify_column(const robust_run *run, size_t v, size_t part, const double **out)
{
    const mera_result *result = run->result;
    const mera_node *node = &result->methodology->node[run->number[v]];
    const mera_child *child = &node->child[run->child[v][part]];
    const size_t n = result->n_units;
    const double *x = child->is_indicator
                          ? result->indicator[child->index].stage[MERA_STAGE_NORMALISED]
                      : result->methodology->node[child->index].pass_aggregate
                          ? result->node[child->index].aggregate
                          : result->node[child->index].score;
    const bool logs = mera_robust_power(node) == 0;
    const bool turned = result->methodology->node[run->ask->node].lower_is_better;
    double *y;
    MERA_TRY_NEW(y, run->arena, n);
    for (size_t i = 0; i < n; i++) {
        const double value = x[run->shift + i];
        const double raised = value < node->floor ? node->floor : value;
        y[i] = result->unit_screened[run->shift + i] != 0 ? NAN : logs ? mera_log(raised) : raised;
        y[i] = turned ? -y[i] : y[i];
    }
    *out = y;
    return MERA_OK;
}

size_t mera_robust_complete(const mera_columns *columns)
{
    size_t n = 0;
    for (size_t i = 0; i < columns->n; i++) {
        bool all = true;
        for (size_t j = 0; j < columns->k; j++) {
            all = all && isfinite(columns->x[j][i]);
        }
        n += all;
    }
    return n;
}

mera_code mera_robust_parts(const robust_run *run, size_t v, mera_columns *columns, double **weight)
{
    const size_t k = run->node[v].n;
    const double **x;
    MERA_TRY_NEW(x, run->arena, k);
    MERA_TRY_NEW(*weight, run->arena, k);
    for (size_t j = 0; j < k; j++) {
        (*weight)[j] = run->node[v].part[j].weight;
        MERA_TRY(certify_column(run, v, j, &x[j]));
    }
    *columns = (mera_columns){.x = x, .n = run->result->n_units, .k = k};
    return MERA_OK;
}

mera_robust_why mera_robust_why_none(const robust_run *run, size_t v)
{
    const mera_node *node = &run->result->methodology->node[run->number[v]];
    const double power = mera_robust_power(node);
    return power != 0 && power != 1 ? MERA_ROBUST_OPERATION
           : node->then.n > 0       ? MERA_ROBUST_THEN
           : run->node[v].n < 2     ? MERA_ROBUST_ONE_PART
                                    : MERA_ROBUST_FINE;
}

/* Least sure first; equal ones in the order of places. */
static int certify_compare(const void *a, const void *b)
{
    const mera_epsilon *x = *(const mera_epsilon *const *)a, *y = *(const mera_epsilon *const *)b;
    if (x->epsilon != y->epsilon) {
        return x->epsilon < y->epsilon ? -1 : 1;
    }
    return x < y ? -1 : x > y;
}

static mera_code certify_pairs(robust_run *run, const mera_columns *columns, const double *weight)
{
    mera_epsilon *pair, *sorted, **by;
    size_t n;
    MERA_TRY(mera_epsilons_of(columns, weight, run->arena, &pair, &n));
    MERA_TRY_NEW(by, run->arena, n + 1);
    MERA_TRY_NEW(sorted, run->arena, n + 1);
    for (size_t i = 0; i < n; i++) {
        by[i] = &pair[i];
    }
    qsort(by, n, sizeof *by, certify_compare);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = *by[i];
    }
    run->out->pair = sorted;
    run->out->n_pairs = n;
    return MERA_OK;
}

static mera_code certify_weights(robust_run *run, const mera_columns *columns, const double *weight)
{
    const mera_node *node = &run->result->methodology->node[run->ask->node];
    mera_stable_weight *stable;
    mera_robust_part *part;
    MERA_TRY_NEW(stable, run->arena, columns->k);
    MERA_TRY_NEW(part, run->arena, columns->k);
    MERA_TRY(mera_stable_weights_of(columns, weight, run->arena, stable));
    for (size_t j = 0; j < columns->k; j++) {
        const mera_child *child = &node->child[run->child[0][j]];
        part[j] = (mera_robust_part){child->is_indicator, child->index, stable[j]};
    }
    run->out->part = part;
    run->out->n_parts = columns->k;
    return MERA_OK;
}

mera_code mera_robust_certify(robust_run *run)
{
    mera_columns columns;
    double *weight;
    run->out->why_none = mera_robust_why_none(run, 0);
    if (run->out->why_none != MERA_ROBUST_FINE) {
        return MERA_OK;
    }
    MERA_TRY(mera_robust_parts(run, 0, &columns, &weight));
    if (mera_robust_complete(&columns) < 2) {
        run->out->why_none = MERA_ROBUST_FEW_UNITS;
        return MERA_OK;
    }
    MERA_TRY(certify_weights(run, &columns, weight));
    return certify_pairs(run, &columns, weight);
}
