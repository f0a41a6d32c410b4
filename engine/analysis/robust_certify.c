/* SPDX-License-Identifier: Apache-2.0 */
/** @file What holds without drawing, of the children of one node. */
#include <stdlib.h>

#include "analysis/robust.h"
#include "base/math.h"

/* A child as the node sees it: higher is better, and added up. */
static mera_code certify_column(const robust_run *run, size_t part, double power,
                                const double **out)
{
    const mera_result *result = run->result;
    const mera_node *node = &result->methodology->node[run->ask->node];
    const mera_child *child = &node->child[run->child[0][part]];
    const size_t n = result->n_units;
    const double *x = child->is_indicator
                          ? result->indicator[child->index].stage[MERA_STAGE_NORMALISED]
                      : result->methodology->node[child->index].pass_aggregate
                          ? result->node[child->index].aggregate
                          : result->node[child->index].score;
    double *y;
    MERA_TRY_NEW(y, run->arena, n);
    for (size_t i = 0; i < n; i++) {
        const double value = x[run->shift + i];
        y[i] = result->unit_screened[run->shift + i] != 0 ? NAN
               : power == 0                               ? mera_log(value)
                                                          : value;
        y[i] = node->lower_is_better ? -y[i] : y[i];
    }
    *out = y;
    return MERA_OK;
}

static size_t certify_complete(const mera_columns *columns)
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

static mera_robust_why certify_why(const robust_run *run, double power)
{
    const mera_node *node = &run->result->methodology->node[run->ask->node];
    return power != 0 && power != 1 ? MERA_ROBUST_OPERATION
           : !isnan(node->floor)    ? MERA_ROBUST_FLOOR
           : node->then.n > 0       ? MERA_ROBUST_THEN
           : run->node[0].n < 2     ? MERA_ROBUST_ONE_PART
                                    : MERA_ROBUST_FINE;
}

mera_code mera_robust_certify(robust_run *run)
{
    const double power = mera_robust_power(&run->result->methodology->node[run->ask->node]);
    const size_t k = run->node[0].n;
    const double **x;
    double *weight;
    run->out->why_none = certify_why(run, power);
    if (run->out->why_none != MERA_ROBUST_FINE) {
        return MERA_OK;
    }
    MERA_TRY_NEW(x, run->arena, k);
    MERA_TRY_NEW(weight, run->arena, k);
    for (size_t j = 0; j < k; j++) {
        weight[j] = run->node[0].part[j].weight;
        MERA_TRY(certify_column(run, j, power, &x[j]));
    }
    const mera_columns columns = {.x = x, .n = run->result->n_units, .k = k};
    if (certify_complete(&columns) < 2) {
        run->out->why_none = MERA_ROBUST_FEW_UNITS;
        return MERA_OK;
    }
    MERA_TRY(certify_weights(run, &columns, weight));
    return certify_pairs(run, &columns, weight);
}
