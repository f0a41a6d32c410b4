/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.borda -- the sum of a unit's outranking scores over all others.
 *
 *     y(a) = sum_b e_ab   scale: sum;   sum_b e_ab / (m - 1)   scale: share;   e of ops/outrank.h
 *
 * shape   x[k][n] -> y[n]
 * unit    any -> units (sum), or 0 to 1 (share)
 * nulls   two units are compared by the children both have; without one they are equal
 * source  Borda (1781); Munda, Nardo, Applied Economics 41 (2009) 1513
 *
 * The sum is kept in whole numbers of 2^-60, so that it does not depend on the order of the units:
 * a unit and its twin get the same score to the last bit.
 */
#include <math.h>

#include "ops/aggregate/children.h"
#include "ops/outrank.h"

enum { SCALE_SUM, SCALE_SHARE };

typedef struct {
    mera_outrank_rule rule; /* the first field: see outrank.h */
    int scale;
} borda_params;

/** A sum of leads: high * 2^-30 + low * 2^-60, exact whatever the order. */
typedef struct {
    int64_t high, low;
} borda_sum;

static const char *const borda_scale[] = {"sum", "share", NULL};
static const mera_param borda_table[] = {
    MERA_OUTRANK_PARAMS,
    MERA_ENUM(borda_params, scale, SCALE_SUM, borda_scale,
              "sum over the others, or that divided by their number"),
    MERA_PARAMS_END,
};

static void borda_visit(void *data, size_t a, size_t first, size_t n, const double *lead)
{
    borda_sum *sum = data;
    for (size_t i = 0; i < n; i++) {
        const double scaled = lead[i] * 0x1p30;
        const int64_t whole = (int64_t)scaled;
        const int64_t rest = (int64_t)((scaled - (double)whole) * 0x1p30);
        sum[a].high += whole;
        sum[a].low += rest;
        sum[first + i].high -= whole;
        sum[first + i].low -= rest;
    }
}

static mera_code borda_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_children *in, double *y)
{
    const borda_params *p = params;
    borda_sum *sum;
    double *present;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY_NEW(sum, ctx->arena, in->n);
    MERA_TRY(mera_outrank_each(op, ctx, in, &p->rule, borda_visit, sum));
    const size_t units = mera_children_units(in, present);
    const double others = (double)(units > 1 ? units - 1 : 1);
    for (size_t i = 0; i < in->n; i++) { /* e = 1/2 + lead / 2; units without a value lead nobody */
        const double lead = (double)sum[i].high * 0x1p-30 + (double)sum[i].low * 0x1p-60;
        y[i] = (others + lead) / 2 / (p->scale == SCALE_SHARE ? others : 1);
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_borda = {
    .name = "aggregate.borda",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The weighted Borda count: the sum of a unit's outranking scores over all others.",
    .formula = "y = sum_b e_ab, e_ab = (sum(w [a better]) + 1/2 sum(w [equal]))/sum(w)",
    .nulls = "two units are compared by the children both have; without one they are equal",
    .conventions =
        "compares the units of one period: another set of units gives other scores, and may turn "
        "the order of two; equal values give half the weight to each; best possible is the number "
        "of other units, or 1 with 'scale: share'",
    .source = "Borda (1781); Munda, Nardo, Applied Economics 41 (2009) 1513",
    .params = borda_table,
    .params_size = sizeof(borda_params),
    .flags = MERA_OP_POPULATION,
    .aggregate = borda_aggregate,
};
