/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.copeland -- how many units a unit beats, less how many beat it.
 *
 *     y(a) = #{b: e_ab > 1/2} - #{b: e_ab < 1/2},   e of ops/outrank.h
 *
 * shape   x[k][n] -> y[n]
 * unit    any -> units
 * nulls   two units are compared by the children both have; without one they are equal
 * source  Copeland (1951), as in Munda, Nardo, Applied Economics 41 (2009) 1513, and COINr
 *
 * Only the order inside each child counts, by how much does not: nothing compensates.
 */
#include <math.h>

#include "ops/aggregate/children.h"
#include "ops/outrank.h"

static const mera_param copeland_table[] = {MERA_OUTRANK_PARAMS, MERA_PARAMS_END};

static void copeland_visit(void *data, size_t a, size_t first, size_t n, const double *lead)
{
    double *restrict y = data;
    double wins = 0;
    for (size_t i = 0; i < n; i++) {
        const double win = (lead[i] > 0 ? 1.0 : 0.0) - (lead[i] < 0 ? 1.0 : 0.0);
        y[first + i] -= win;
        wins += win;
    }
    y[a] += wins;
}

static mera_code copeland_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                    const mera_children *in, double *y)
{
    double *present;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    for (size_t i = 0; i < in->n; i++) {
        y[i] = 0;
    }
    MERA_TRY(mera_outrank_each(op, ctx, in, params, copeland_visit, y));
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_copeland = {
    .name = "aggregate.copeland",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "How many units a unit beats in pairs, less how many beat it.",
    .formula = "y = #{b: e_ab > 1/2} - #{b: e_ab < 1/2}, e_ab = (sum(w [a better]) + 1/2 sum(w "
               "[equal]))/sum(w)",
    .nulls = "two units are compared by the children both have; without one they are equal",
    .conventions =
        "compares the units of one period: another set of units gives other scores, and may turn "
        "the order of two; equal values give half the weight to each; an e_ab within 1e-12 of 1/2 "
        "is a draw",
    .source = "Copeland (1951); Munda, Nardo, Applied Economics 41 (2009) 1513",
    .params = copeland_table,
    .params_size = sizeof(mera_outrank_rule),
    .flags = MERA_OP_POPULATION,
    .aggregate = copeland_aggregate,
};
