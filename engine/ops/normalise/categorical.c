/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.categorical -- classes by quantiles or by given values, each worth fixed points.
 *
 *     y = points[c], c the number of cuts that x is beyond, counted from the worst
 *
 * shape   x[n] -> y[n]; fitted: the cuts, ascending, as in the source (not directed)
 * unit    x: any -> points
 * nulls   stay missing and take no part in the quantiles
 * errors  an empty reference set; values as cuts for an indicator with a target
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5 (categorical
 *         scales); types of quantiles: Hyndman and Fan, The American Statistician 50 (1996) 361
 *
 * Quantiles are of directed values; cuts by value are as in the source. A value equal to a cut is
 * in the worse of the two classes unless `at_cut: better`.
 */
#include <string.h>

#include "ops/normalise/directed.h"

enum { BY_QUANTILES, BY_VALUES };
enum { AT_CUT_WORSE, AT_CUT_BETTER };

typedef struct {
    int by;
    mera_f64_list cuts, points;
    int at_cut;
    int64_t type;
} categorical_params;

static const char *const categorical_by[] = {"quantiles", "values", NULL};
static const char *const categorical_at_cut[] = {"worse", "better", NULL};
static const mera_param categorical_table[] = {
    MERA_ENUM(categorical_params, by, BY_QUANTILES, categorical_by,
              "what the cuts are: quantiles between 0 and 1, or values of the indicator"),
    {.name = "cuts",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(categorical_params, cuts),
     .fallback_text = "[0.2, 0.4, 0.6, 0.8]",
     .min_items = 1,
     .help = "cuts between the classes, ascending"},
    {.name = "points",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(categorical_params, points),
     .fallback_text = "[0, 25, 50, 75, 100]",
     .min_items = 2,
     .unit = "points",
     .help = "score of each class, from the worst to the best; one more than cuts"},
    MERA_ENUM(categorical_params, at_cut, AT_CUT_WORSE, categorical_at_cut,
              "the class of a value equal to a cut"),
    MERA_INT(categorical_params, type, 7, 1, 9, "type of quantile by Hyndman and Fan"),
    MERA_PARAMS_END,
};

static mera_code categorical_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const categorical_params *p = params;
    if (p->points.n != p->cuts.n + 1) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "%zu cuts of %s make %zu classes, but 'points' has %zu", p->cuts.n,
                         op->name, p->cuts.n + 1, p->points.n);
    }
    for (size_t c = 0; c < p->cuts.n; c++) {
        if (p->by == BY_QUANTILES && !(p->cuts.v[c] >= 0 && p->cuts.v[c] <= 1)) {
            return mera_fail(ctx->diags, MERA_EINPUT, "out-of-range", ctx->at,
                             "'cuts' of %s holds %g; quantiles lie between 0 and 1", op->name,
                             p->cuts.v[c]);
        }
        if (c > 0 && !(p->cuts.v[c - 1] < p->cuts.v[c])) {
            return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                             "'cuts' of %s must ascend, and %g is followed by %g", op->name,
                             p->cuts.v[c - 1], p->cuts.v[c]);
        }
    }
    return MERA_OK;
}

static mera_code categorical_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const double *x, size_t n, mera_fitted *out)
{
    const categorical_params *p = params;
    const size_t k = p->cuts.n;
    double *sorted;
    size_t present;
    MERA_TRY(mera_op_fitted(ctx, k, out));
    if (p->by == BY_VALUES) {
        if (ctx->direction == MERA_TARGET) {
            return directed_refuse_target(op, ctx, "'by: values'");
        }
        memcpy(out->v, p->cuts.v, k * sizeof *out->v);
        return MERA_OK;
    }
    const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
    MERA_TRY(mera_column_sorted(x, n, ctx->arena, &sorted, &present));
    if (present == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    for (size_t c = 0; c < k; c++) {
        const double cut = mera_quantile_sorted(sorted, present, p->cuts.v[c], (int)p->type);
        out->v[ctx->direction == MERA_LOWER ? k - 1 - c : c] = directed_sign(ctx) * cut + 0.0;
    }
    mera_arena_rewind(ctx->arena, mark);
    return MERA_OK;
}

static mera_code categorical_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const categorical_params *p = params;
    const double sign = directed_sign(ctx);
    for (size_t i = 0; i < n; i++) {
        size_t beyond = 0;
        const double value = x[i];
        for (size_t c = 0; c < fitted->n; c++) {
            const double cut = sign * fitted->v[c];
            beyond += value > cut || (value == cut && p->at_cut == AT_CUT_BETTER);
        }
        y[i] = mera_is_present(value) ? p->points.v[beyond] : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_categorical = {
    .name = "normalise.categorical",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary =
        "Put units into classes by quantiles or given values, each class worth fixed points.",
    .formula = "y = points[c], c the number of cuts that x is beyond, counted from the worst",
    .nulls = "stay missing and take no part in the quantiles",
    .conventions =
        "a value equal to a cut is in the worse class unless 'at_cut: better'; quantiles "
        "are of directed values, of type 7 unless 'type' says otherwise",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = categorical_table,
    .params_size = sizeof(categorical_params),
    .check = categorical_check,
    .fit = categorical_fit,
    .apply = categorical_apply,
};
