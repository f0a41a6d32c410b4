/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.percentile_of_sum -- the share of units whose weighted sum is below.
 *
 *     s = sum_j w_j x_j
 *     y = scale * P,  P   below        (smaller) / (m - 1)
 *                         at_or_below  (smaller + equal) / m
 *                         mid          (smaller + equal / 2) / m
 *
 * shape   x[k][n] -> y[n]
 * unit    percentile ranks, or points -> scale
 * nulls   missing children are left out and the weights of the others rescaled; a unit without any
 *         is not counted in m
 * source  CDC/ATSDR, Social Vulnerability Index 2018 documentation (themes and overall)
 *
 * Sums are compared after rounding to `digits` decimals, half up: 0.1 + 0.2 and 0.3 are a tie, as
 * they are on paper.
 */
#include <math.h>

#include "mera/rounding.h"
#include "ops/aggregate/children.h"
#include "ops/column.h"
#include "ops/support.h"

enum { KIND_BELOW, KIND_AT_OR_BELOW, KIND_MID };

typedef struct {
    int kind;
    int64_t digits;
    double scale;
} percentile_params;

static const char *const percentile_kind[] = {"below", "at_or_below", "mid", NULL};
static const mera_param percentile_table[] = {
    MERA_ENUM(percentile_params, kind, KIND_BELOW, percentile_kind, "how the share is counted"),
    MERA_INT(percentile_params, digits, 9, 0, 15, "decimals to which sums are compared"),
    MERA_F64(percentile_params, scale, 1, 1e-6, 1e6, "points", "score of a share of 1"),
    MERA_PARAMS_END,
};

static double percentile_share(int kind, double smaller, double equal, double m)
{
    switch (kind) {
    case KIND_BELOW:
        return smaller / (m - 1);
    case KIND_MID:
        return (smaller + equal / 2) / m;
    default:
        return (smaller + equal) / m;
    }
}

static mera_code percentile_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                      const mera_children *in, double *y)
{
    const percentile_params *p = params;
    const mera_rounding decimals = {MERA_ROUND_HALF_UP, (int)p->digits};
    const double all = mera_children_weight(in);
    double *present, *sorted;
    size_t m;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    mera_children_mean(in, present, y);
    for (size_t i = 0; i < in->n; i++) {
        y[i] = mera_round(all * y[i], decimals);
    }
    MERA_TRY(mera_column_sorted(y, in->n, ctx->arena, &sorted, &m));
    if (m == 1 && p->kind == KIND_BELOW) {
        return mera_fail(ctx->diags, MERA_EINPUT, "no-values", ctx->at,
                         "%s has one unit with a value; kind 'below' of %s needs two",
                         mera_op_subject(op, ctx), op->name);
    }
    for (size_t i = 0; i < in->n; i++) {
        if (mera_is_present(y[i])) {
            size_t equal;
            const size_t smaller = mera_sorted_below(sorted, m, y[i], &equal);
            y[i] = p->scale * percentile_share(p->kind, (double)smaller, (double)equal, (double)m);
        }
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_percentile_of_sum = {
    .name = "aggregate.percentile_of_sum",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The share of units whose weighted sum of children is below.",
    .formula = "s = sum(w x); below: smaller/(m - 1); at_or_below: (smaller + equal)/m; mid: "
               "(smaller + equal/2)/m",
    .nulls = "missing children are left out and the weights of the others rescaled; a unit without "
             "any is not counted",
    .conventions =
        "compares the units of one period: another set of units gives other scores; sums are "
        "compared after rounding half up to 'digits' decimals, so that 0.1 + 0.2 ties with 0.3",
    .source = "CDC/ATSDR, Social Vulnerability Index 2018 documentation",
    .params = percentile_table,
    .params_size = sizeof(percentile_params),
    .flags = MERA_OP_POPULATION,
    .aggregate = percentile_aggregate,
};
