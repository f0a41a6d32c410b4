/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.counting -- Alkire and Foster's count of deprivations.
 *
 *     c(i) = sum_j w_j [x_ij < z_j] / sum w,   censored: c(i) if c(i) >= k, else 0
 *     y = 1 - censored c   better: higher;   y = censored c   better: lower
 *
 * shape   x[k][n] -> y[n]
 * unit    any -> 0 to 1
 * nulls   missing children are left out and the weights of the others rescaled
 * errors  a child without a cut-off
 * source  Alkire, Foster, Journal of Public Economics 95 (2011) 476
 *
 * H, the share of units with c >= k, A, their mean c, and M0 = H A go out as a note. The mean of
 * censored c over units is M0. Cut-offs are on the scale of the children, where higher is better.
 */
#include <math.h>

#include "base/number.h"
#include "ops/aggregate/children.h"
#include "ops/support.h"

typedef struct {
    double cutoff, k;
    mera_bands cutoffs;
    int better;
} counting_params;

static const mera_param counting_table[] = {
    {.name = "cutoff",
     .type = MERA_PARAM_F64,
     .offset = offsetof(counting_params, cutoff),
     .nullable = true,
     .fallback = NAN,
     .unit = "points",
     .help = "a unit is deprived in a child whose value is below; for children not in 'cutoffs'"},
    {.name = "cutoffs",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(counting_params, cutoffs),
     .unit = "points",
     .help = "cut-offs of single children: {air: 40, water: 60}"},
    MERA_F64(counting_params, k, 0, 0, 1, NULL,
             "share of weight in which one must be deprived to be counted at all; 0 counts all"),
    MERA_ENUM(counting_params, better, MERA_BETTER_HIGHER, mera_better_names,
              "higher gives 1 - c; lower gives c, for a node with 'better: lower'"),
    MERA_PARAMS_END,
};

static mera_code counting_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const counting_params *p = params;
    if (isnan(p->cutoff) && p->cutoffs.n == 0) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "%s needs 'cutoff', 'cutoffs' or both", op->name);
    }
    return MERA_OK;
}

/* z[k]: the cut-off of each child. */
static mera_code counting_cutoffs(const mera_op *op, const counting_params *p, mera_op_ctx *ctx,
                                  const mera_children *in, double *z)
{
    for (size_t j = 0; j < in->k; j++) {
        z[j] = p->cutoff;
    }
    for (size_t t = 0; t < p->cutoffs.n; t++) {
        size_t j;
        MERA_TRY(mera_children_find(op, ctx, in, "cutoffs", p->cutoffs.label[t], &j));
        z[j] = p->cutoffs.from[t];
    }
    for (size_t j = 0; j < in->k; j++) {
        char child[MERA_CHILD_TEXT];
        if (mera_child_counts(in, j) && isnan(z[j])) {
            return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                             "%s: %s has no cut-off for %s; write one in 'cutoffs', or a 'cutoff' "
                             "for all",
                             mera_op_subject(op, ctx), mera_child_text(ctx, j, child), op->name);
        }
    }
    return MERA_OK;
}

static void counting_note(const mera_op *op, const mera_op_ctx *ctx, double units, double poor,
                          double sum)
{
    char h[64], a[64], m[64];
    if (units == 0) {
        return;
    }
    mera_number_write_fixed(poor / units, 4, h);
    mera_number_write_fixed(poor > 0 ? sum / poor : 0, 4, a);
    mera_number_write_fixed(sum / units, 4, m);
    mera_op_note(ctx, "counting", "%s: by %s H = %s, A = %s, M0 = %s over units",
                 mera_op_subject(op, ctx), op->name, h, a, m);
}

static mera_code counting_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                    const mera_children *in, double *y)
{
    const counting_params *p = params;
    double *present, *z, units = 0, poor = 0, sum = 0;
    MERA_TRY_NEW(z, ctx->arena, in->k);
    MERA_TRY(counting_cutoffs(op, p, ctx, in, z));
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    for (size_t i = 0; i < in->n; i++) {
        double c = 0;
        for (size_t j = 0; j < in->k; j++) {
            c += mera_child_counts(in, j) && in->x[j][i] < z[j] ? in->w[j] : 0;
        }
        c = present[i] > 0 ? c / present[i] : 0;
        const bool counted = c > 0 && c >= p->k - 1e-12; /* 1/3 as a sum of weights */
        c = counted ? c : 0;
        units += present[i] > 0;
        poor += counted;
        sum += c;
        y[i] = p->better == MERA_BETTER_HIGHER ? 1 - c : c;
    }
    counting_note(op, ctx, units, poor, sum);
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_counting = {
    .name = "aggregate.counting",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The weighted share of children above their cut-offs (Alkire and Foster's count).",
    .formula = "c = sum(w [x < z])/sum(w), 0 where c < k; y = 1 - c",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions = "a value at the cut-off is no deprivation; c at k counts (within 1e-12), c = 0 "
                   "never; y = 1 - c, so that higher is better, unless 'better: lower'; H, A and "
                   "M0 = H A over units are noted with the result",
    .source = "Alkire, Foster, Journal of Public Economics 95 (2011) 476",
    .params = counting_table,
    .params_size = sizeof(counting_params),
    .check = counting_check,
    .aggregate = counting_aggregate,
};
