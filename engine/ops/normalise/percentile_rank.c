/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.percentile_rank -- the share of the reference set that a unit is above.
 *
 *     kind: below        (r - 1) / (n - 1), r the rank by `ties`; under min: smaller / (n - 1)
 *           at_or_below  (smaller + equal) / n
 *           mid          (smaller + equal / 2) / n
 *           nonzero      at_or_below among the values that are not 0; a 0 gets 0
 *     y = scale * P
 *
 * shape   x[n] -> y[n]; fitted: the reference set, ascending
 * unit    x: any -> scale
 * nulls   stay missing and are not counted in n
 * errors  an empty reference set; one value alone under `below`
 * source  below: Excel's PERCENTRANK.INC, CDC/ATSDR SVI 2018 documentation; mid: Parker, Tukey's
 *         mid-distribution; nonzero: OEHHA, CalEnviroScreen 4.0
 *
 * Where lower is better, `reverse: descending` ranks from the other end, and `complement` takes
 * 1 - P of the value as it stands in the source: with ties the two differ (the SVI has the latter).
 * A value outside the reference set stays between 0 and 1.
 */
#include <math.h>
#include <string.h>

#include "ops/column.h"
#include "ops/support.h"

enum { KIND_BELOW, KIND_AT_OR_BELOW, KIND_MID, KIND_NONZERO };
enum { REVERSE_DESCENDING, REVERSE_COMPLEMENT };

typedef struct {
    int kind, ties, reverse;
    double scale;
} percentile_params;

static const char *const percentile_kind[] = {"below", "at_or_below", "mid", "nonzero", NULL};
static const char *const percentile_ties[] = {"min", "max", "mean", NULL};
static const char *const percentile_reverse[] = {"descending", "complement", NULL};
static const mera_param percentile_table[] = {
    MERA_ENUM(percentile_params, kind, KIND_BELOW, percentile_kind, "how the share is counted"),
    MERA_ENUM(percentile_params, ties, MERA_TIE_MIN, percentile_ties,
              "rank of equal values, for kind 'below'"),
    MERA_ENUM(percentile_params, reverse, REVERSE_DESCENDING, percentile_reverse,
              "what is done where lower is better: rank from the other end, or take 1 - P"),
    MERA_F64(percentile_params, scale, 1, 1e-6, 1e6, "points", "score of a share of 1"),
    MERA_PARAMS_END,
};

static mera_code percentile_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const percentile_params *p = params;
    if (p->ties != MERA_TIE_MIN && p->kind != KIND_BELOW) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'ties' of %s has a meaning for kind 'below' only, not for '%s'", op->name,
                         percentile_kind[p->kind]);
    }
    return MERA_OK;
}

static mera_code percentile_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const double *x, size_t n, mera_fitted *out)
{
    const percentile_params *p = params;
    double *sorted;
    size_t present;
    MERA_TRY(mera_column_sorted(x, n, ctx->arena, &sorted, &present));
    if (present == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (p->kind == KIND_BELOW && present < 2) {
        return mera_fail(ctx->diags, MERA_EINPUT, "no-values", ctx->at,
                         "%s has one value in the reference set of %s; kind 'below' needs two",
                         mera_op_subject(op, ctx), op->name);
    }
    if (p->kind == KIND_NONZERO) {
        size_t zeros;
        const size_t below = mera_sorted_below(sorted, present, 0, &zeros);
        memmove(sorted + below, sorted + below + zeros, (present - below - zeros) * sizeof *sorted);
        present -= zeros;
    }
    *out = (mera_fitted){.v = sorted, .n = present};
    return MERA_OK;
}

static double percentile_share(const percentile_params *p, double below, double equal, double n)
{
    double share;
    switch (p->kind) {
    case KIND_MID:
        share = (below + equal / 2) / n;
        break;
    case KIND_BELOW: {
        const double others = equal > 0 ? equal - 1 : 0;
        share = (below + (p->ties == MERA_TIE_MIN   ? 0
                          : p->ties == MERA_TIE_MAX ? others
                                                    : others / 2)) /
                (n - 1);
        break;
    }
    default:
        share = (below + equal) / n;
        break;
    }
    return share > 1 ? 1 : share;
}

static mera_code percentile_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const percentile_params *p = params;
    const bool complement = ctx->direction == MERA_LOWER && p->reverse == REVERSE_COMPLEMENT;
    const double count = (double)fitted->n;
    for (size_t i = 0; i < n; i++) {
        if (!mera_is_present(x[i])) {
            y[i] = NAN;
            continue;
        }
        size_t equal;
        const size_t smaller = mera_sorted_below(fitted->v, fitted->n, x[i], &equal);
        const size_t below = complement ? fitted->n - smaller - equal : smaller;
        double share = percentile_share(p, (double)below, (double)equal, count);
        if (p->kind == KIND_NONZERO && x[i] == 0) {
            share = 0;
        }
        y[i] = p->scale * (complement ? 1 - share : share);
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_percentile_rank = {
    .name = "normalise.percentile_rank",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "The share of the reference set that a unit is above.",
    .formula = "below: (r - 1)/(n - 1); at_or_below: (smaller + equal)/n; "
               "mid: (smaller + equal/2)/n; nonzero: at_or_below among values other than 0",
    .nulls = "stay missing and are not counted",
    .conventions = "kind 'below' with ties 'min' is Excel's PERCENTRANK.INC; a value beyond the "
                   "whole reference set gets 0 or 1",
    .source =
        "CDC/ATSDR, Social Vulnerability Index 2018 documentation; OEHHA, CalEnviroScreen 4.0",
    .params = percentile_table,
    .params_size = sizeof(percentile_params),
    .check = percentile_check,
    .fit = percentile_fit,
    .apply = percentile_apply,
};
