/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.topsis -- nearness to the best values found, and distance from the worst.
 *
 *     r = x / norm,  d+ = sqrt(sum (w (r - best))^2),  d- = sqrt(sum (w (r - worst))^2)
 *     y = d- / (d+ + d-)
 *
 * shape   x[k][n] -> y[n]
 * unit    any -> 0 to 1
 * nulls   missing children are left out of both distances of the unit
 * errors  a unit that is best and worst in all its children: there is nothing to compare
 * source  Hwang, Yoon, Multiple Attribute Decision Making (1981)
 *
 * best and worst are those of the units of one period. norm: vector sqrt(sum x^2); max max |x|;
 * minmax r = (x - worst) / (best - worst); none 1. A child that is the same everywhere adds
 * nothing.
 */
#include <math.h>

#include "ops/aggregate/children.h"
#include "ops/column.h"
#include "ops/support.h"

enum { NORM_VECTOR, NORM_MINMAX, NORM_MAX, NORM_NONE };

typedef struct {
    int norm;
} topsis_params;

static const char *const topsis_norm[] = {"vector", "minmax", "max", "none", NULL};
static const mera_param topsis_table[] = {
    MERA_ENUM(topsis_params, norm, NORM_VECTOR, topsis_norm,
              "what each child's values are divided by before distances are taken"),
    MERA_PARAMS_END,
};

/* What one child's differences are multiplied by; 0 of a child that tells nothing. */
static double topsis_scale(int norm, const double *x, size_t n, double worst, double best)
{
    double squares = 0;
    switch (norm) {
    case NORM_VECTOR:
        for (size_t i = 0; i < n; i++) {
            squares += mera_is_present(x[i]) ? x[i] * x[i] : 0.0;
        }
        return squares > 0 ? 1 / sqrt(squares) : 0;
    case NORM_MINMAX:
        return best > worst ? 1 / (best - worst) : 0;
    case NORM_MAX:
        squares = fmax(fabs(worst), fabs(best));
        return squares > 0 ? 1 / squares : 0;
    default:
        return 1;
    }
}

static mera_code topsis_refuse(const mera_op *op, const mera_op_ctx *ctx, size_t i)
{
    char unit[MERA_UNIT_TEXT];
    const mera_code rc =
        mera_fail(ctx->diags, MERA_EINPUT, "no-contrast", ctx->at,
                  "%s: all children of %s are the same at every unit, and %s has nothing to "
                  "compare with",
                  mera_op_subject(op, ctx), mera_op_unit(ctx, i, unit), op->name);
    mera_hint(ctx->diags, "%s compares the units of one period: leave out periods with too few",
              op->name);
    return rc;
}

static mera_code topsis_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const mera_children *in, double *y)
{
    const topsis_params *p = params;
    const double all = mera_children_weight(in);
    double *present, *near, *far;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY_NEW(near, ctx->arena, in->n);
    MERA_TRY_NEW(far, ctx->arena, in->n);
    for (size_t j = 0; j < in->k; j++) {
        const double *x = in->x[j];
        double worst, best;
        if (!mera_child_counts(in, j) || mera_column_range(x, in->n, &worst, &best) == 0) {
            continue;
        }
        const double scale = in->w[j] / all * topsis_scale(p->norm, x, in->n, worst, best);
        for (size_t i = 0; i < in->n; i++) {
            const double to = scale * (best - x[i]), from = scale * (x[i] - worst);
            near[i] += mera_is_present(x[i]) ? to * to : 0.0;
            far[i] += mera_is_present(x[i]) ? from * from : 0.0;
        }
    }
    for (size_t i = 0; i < in->n; i++) {
        const double to = sqrt(near[i]), from = sqrt(far[i]);
        if (present[i] > 0 && !(to + from > 0)) {
            return topsis_refuse(op, ctx, i);
        }
        y[i] = from / (to + from);
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_topsis = {
    .name = "aggregate.topsis",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "Nearness to the best values found and distance from the worst, from 0 to 1.",
    .formula = "y = d- / (d+ + d-), distances of w x / norm to the best and worst",
    .nulls = "missing children are left out of both distances of the unit",
    .conventions =
        "compares the units of one period: another set of units gives other scores, and may turn "
        "the order of two; values are directed before they are divided by the norm; distances are "
        "Euclidean; a child that is the same everywhere adds nothing",
    .source = "Hwang, Yoon, Multiple Attribute Decision Making (1981)",
    .params = topsis_table,
    .params_size = sizeof(topsis_params),
    .flags = MERA_OP_POPULATION,
    .aggregate = topsis_aggregate,
};
