/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.weighted_median -- the value with half of the weight on either side.
 *
 *     y = the least x_(k) with w_(1) + ... + w_(k) > W/2,  x ascending, W = sum w;
 *     when some k reaches W/2 exactly, the mean of x_(k) and x_(k+1)
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out
 * source  Edgeworth, Hermathena 6 (1887) 279; Cormen et al., Introduction to Algorithms, 9-2
 *
 * With equal weights it is aggregate.median. Half is meant within 1e-12 of W.
 */
#include <math.h>

#include "ops/aggregate/children.h"
#include "ops/support.h"

/* Sorts values ascending and carries weights along. */
static void weighted_sort(double *v, double *w, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const double value = v[i], weight = w[i];
        size_t at = i;
        for (; at > 0 && v[at - 1] > value; at--) {
            v[at] = v[at - 1];
            w[at] = w[at - 1];
        }
        v[at] = value;
        w[at] = weight;
    }
}

static double weighted_middle(const double *v, const double *w, size_t n)
{
    double all = 0, reached = 0;
    for (size_t k = 0; k < n; k++) {
        all += w[k];
    }
    for (size_t k = 0; k + 1 < n; k++) {
        reached += w[k];
        if (fabs(reached - all / 2) <= 1e-12 * all) {
            return v[k] + (v[k + 1] - v[k]) / 2;
        }
        if (reached > all / 2) {
            return v[k];
        }
    }
    return v[n - 1];
}

static mera_code weighted_median_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                           const mera_children *in, double *y)
{
    (void)op, (void)params;
    double *v, *w;
    MERA_TRY_NEW(v, ctx->arena, in->k);
    MERA_TRY_NEW(w, ctx->arena, in->k);
    for (size_t i = 0; i < in->n; i++) {
        const size_t n = mera_children_at(in, i, v, w);
        weighted_sort(v, w, n);
        y[i] = n > 0 ? weighted_middle(v, w, n) : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_aggregate_weighted_median = {
    .name = "aggregate.weighted_median",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The value with half of the weight on either side: single extremes do not count.",
    .formula = "y = the least x with the weight of all children up to it over half",
    .nulls = "missing children are left out",
    .conventions = "where exactly half (within 1e-12) is reached, the mean of that value and the "
                   "next; with equal weights it is the median",
    .source = "Edgeworth, Hermathena 6 (1887) 279",
    .aggregate = weighted_median_aggregate,
};
