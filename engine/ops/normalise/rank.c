/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.rank -- the place of a unit in the reference set; normalise.borda: one less.
 *
 *     rank   y = r                 the worst unit has 1; with `best: one` the best has 1
 *            y = (r - 1) / (n - 1) with `scale: unit`
 *     borda  y = r - 1             the units that this one beats
 *
 * shape   x[n] -> y[n]; fitted: the reference set, ascending
 * unit    x: any -> places
 * nulls   stay missing and are not counted
 * errors  an empty reference set; one value alone under `scale: unit`
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5; COINr's n_rank
 *         and n_borda
 *
 * Scores of a framework are better when higher, so `best: one` is for nodes of `better: lower`.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

enum { SCALE_PLACES, SCALE_UNIT };
enum { BEST_HIGHEST, BEST_ONE };

typedef struct {
    int ties, scale, best;
} rank_params;

static const char *const rank_scale[] = {"places", "unit", NULL};
static const char *const rank_best[] = {"highest", "one", NULL};
static const mera_param rank_table[] = {
    MERA_ENUM(rank_params, ties, MERA_TIE_MEAN, mera_tie_names, "rank of equal values"),
    MERA_ENUM(rank_params, scale, SCALE_PLACES, rank_scale,
              "places as they are, or brought onto 0 to 1"),
    MERA_ENUM(rank_params, best, BEST_HIGHEST, rank_best,
              "the number of the best unit: the highest, or 1"),
    MERA_PARAMS_END,
};
static const mera_param borda_table[] = {
    MERA_ENUM(rank_params, ties, MERA_TIE_MEAN, mera_tie_names, "rank of equal values"),
    MERA_PARAMS_END,
};

static mera_code rank_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                          size_t n, mera_fitted *out)
{
    const rank_params *p = params;
    double *sorted;
    size_t present;
    MERA_TRY(mera_column_sorted(x, n, ctx->arena, &sorted, &present));
    if (present == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (p->ties == MERA_TIE_DENSE) { /* equal values take one place together */
        size_t distinct = 1;
        for (size_t i = 1; i < present; i++) {
            if (sorted[i] != sorted[distinct - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        present = distinct;
    }
    if (p->scale == SCALE_UNIT && present < 2) {
        return mera_op_refuse_constant(op, ctx, sorted[0], "ranked on a scale from 0 to 1");
    }
    *out = (mera_fitted){.v = sorted, .n = present};
    return MERA_OK;
}

/* The rank from the end that has `before` values before x's equals; `seen` of them came already. */
static double rank_of(int ties, size_t before, size_t equal, size_t seen)
{
    const double first = (double)before + 1;
    const double last = (double)before + (equal > 0 ? (double)equal : 1);
    switch (ties) {
    case MERA_TIE_MAX:
        return last;
    case MERA_TIE_MEAN:
        return (first + last) / 2;
    case MERA_TIE_FIRST:
        return first + (double)seen;
    default:
        return first;
    }
}

static mera_code rank_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const rank_params *p = params;
    size_t *seen;
    MERA_TRY_NEW(seen, ctx->arena, fitted->n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!mera_is_present(x[i])) {
            y[i] = NAN;
            continue;
        }
        size_t equal;
        const size_t smaller = mera_sorted_below(fitted->v, fitted->n, x[i], &equal);
        const size_t before = p->best == BEST_ONE ? fitted->n - smaller - equal : smaller;
        const double r = rank_of(p->ties, before, equal, seen[smaller]++);
        y[i] = p->scale == SCALE_UNIT ? (r - 1) / (double)(fitted->n - 1) : r;
    }
    return MERA_OK;
}

static mera_code borda_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    MERA_TRY(rank_apply(op, params, ctx, fitted, x, n, y));
    for (size_t i = 0; i < n; i++) {
        y[i] -= 1;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_borda = {
    .name = "normalise.borda",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "The number of units that a unit beats: its rank less one.",
    .formula = "y = r - 1, r = 1 for the worst unit",
    .nulls = "stay missing and are not counted",
    .conventions = "equal values share the mean of their ranks unless 'ties' says otherwise",
    .source = "Borda (1781); Becker et al., COINr, JOSS 7 (2022) 4567, n_borda",
    .params = borda_table,
    .params_size = sizeof(rank_params),
    .fit = rank_fit,
    .apply = borda_apply,
};

const mera_op mera_op_normalise_rank = {
    .name = "normalise.rank",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "The place of a unit in the reference set, rising with the value.",
    .formula = "y = r, r = 1 for the worst unit; (r - 1)/(n - 1) with 'scale: unit'",
    .nulls = "stay missing and are not counted",
    .conventions = "equal values share the mean of their ranks unless 'ties' says otherwise",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = rank_table,
    .params_size = sizeof(rank_params),
    .fit = rank_fit,
    .apply = rank_apply,
};
