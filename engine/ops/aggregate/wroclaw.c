/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.wroclaw -- Hellwig's taxonomic measure of development: the distance to a unit that is
 * best in everything, against what is usual.
 *
 *     c = sqrt(sum_j w_j (best_j - x_j)^2 / sum w),  d = c / (mean c + 2 sd c)
 *     y = 1 - d   better: higher;   y = d   better: lower
 *
 * shape   x[k][n] -> y[n]
 * unit    z-scores, or points of one scale -> about 0 to 1
 * nulls   missing children are left out and the weights of the others rescaled
 * source  Hellwig, Przeglad Statystyczny 15 (1968) 307; Florek et al., the Wroclaw taxonomy (1951)
 *
 * A unit further than mean + 2 sd from the best has a y below 0. When all are best, d is 0.
 */
#include <math.h>

#include "ops/aggregate/children.h"
#include "ops/column.h"
#include "ops/support.h"

enum { DEVIATION_POPULATION, DEVIATION_SAMPLE };

typedef struct {
    int deviation, better;
} wroclaw_params;

static const char *const wroclaw_deviation[] = {"population", "sample", NULL};
static const mera_param wroclaw_table[] = {
    MERA_ENUM(wroclaw_params, deviation, DEVIATION_POPULATION, wroclaw_deviation,
              "the deviation of distances divides by n (population) or n - 1 (sample)"),
    MERA_ENUM(wroclaw_params, better, MERA_BETTER_HIGHER, mera_better_names,
              "higher gives 1 - d; lower gives d as published, for a node with 'better: lower'"),
    MERA_PARAMS_END,
};

static void wroclaw_distances(const mera_children *in, const double *present, double *c)
{
    for (size_t j = 0; j < in->k; j++) {
        const double *x = in->x[j], w = in->w[j];
        double worst, best;
        if (!mera_child_counts(in, j) || mera_column_range(x, in->n, &worst, &best) == 0) {
            continue;
        }
        for (size_t i = 0; i < in->n; i++) {
            const double gap = best - x[i];
            c[i] += mera_is_present(gap) ? w * (gap * gap) : 0.0;
        }
    }
    for (size_t i = 0; i < in->n; i++) {
        c[i] = present[i] > 0 ? sqrt(c[i] / present[i]) : NAN;
    }
}

static mera_code wroclaw_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_children *in, double *y)
{
    const wroclaw_params *p = params;
    double *present, *c;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY_NEW(c, ctx->arena, in->n);
    wroclaw_distances(in, present, c);
    const double sd = mera_column_sd(c, in->n, p->deviation == DEVIATION_SAMPLE);
    const double usual = mera_column_mean(c, in->n) + 2 * (mera_is_present(sd) ? sd : 0);
    for (size_t i = 0; i < in->n; i++) {
        const double d = usual > 0 ? c[i] / usual : 0;
        y[i] = p->better == MERA_BETTER_HIGHER ? 1 - d : d;
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_wroclaw = {
    .name = "aggregate.wroclaw",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "Distance to a unit that is best in everything, against what is usual (Hellwig).",
    .formula = "d = c / (mean c + 2 sd c), c the weighted distance to the best; y = 1 - d",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions =
        "compares the units of one period: another set of units gives other scores; the best of "
        "each child is the best found; sd divides by n unless 'deviation: sample'; y = 1 - d, so "
        "that higher is better, unless 'better: lower'; children want one scale, z-scores by "
        "custom",
    .source = "Hellwig, Przeglad Statystyczny 15 (1968) 307",
    .params = wroclaw_table,
    .params_size = sizeof(wroclaw_params),
    .flags = MERA_OP_POPULATION,
    .aggregate = wroclaw_aggregate,
};
