/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * classify.quantiles -- classes of (nearly) equal size, cut at quantiles of the scores.
 *
 *     class = 1 + the number of cuts Q(d/n), d = 1..n-1, that are below the score
 *
 * shape   score[n] -> class[n]
 * nulls   have no class and take no part in the quantiles
 * source  Townsend scores 2011 (UK Data Service); Hyndman and Fan, The American Statistician 50
 *         (1996) 361
 *
 * A score equal to a cut stays below it. Class 1 holds the lowest scores; with `best_first` the
 * highest.
 */
#include "ops/classify/labels.h"
#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    int64_t n, type;
    bool best_first;
    mera_text_list labels;
} quantiles_params;

static const mera_param quantiles_table[] = {
    MERA_INT(quantiles_params, n, 5, 2, 1000, "how many classes"),
    MERA_INT(quantiles_params, type, 7, 1, 9, "type of quantile by Hyndman and Fan"),
    MERA_BOOL(quantiles_params, best_first, 0, "class 1 holds the highest scores, not the lowest"),
    {.name = "labels",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(quantiles_params, labels),
     .help = "labels of the classes from the first; their numbers by default"},
    MERA_PARAMS_END,
};

static mera_code quantiles_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const quantiles_params *p = params;
    return labels_check(op, &p->labels, p->n, ctx);
}

static mera_code quantiles_classify(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                    const double *score, const double *rank, size_t n,
                                    int32_t *class_of, mera_text_list *labels)
{
    (void)op, (void)rank;
    const quantiles_params *p = params;
    const size_t n_cuts = (size_t)p->n - 1;
    double *sorted, *cut;
    size_t present;
    MERA_TRY(labels_make(&p->labels, p->n, ctx->arena, labels));
    MERA_TRY(mera_column_sorted(score, n, ctx->arena, &sorted, &present));
    MERA_TRY_NEW(cut, ctx->arena, n_cuts);
    for (size_t d = 0; d < n_cuts; d++) {
        const double share = (double)(d + 1) / (double)p->n;
        cut[d] = mera_quantile_sorted(sorted, present, share, (int)p->type);
    }
    for (size_t i = 0; i < n; i++) {
        size_t equal;
        const size_t below = mera_sorted_below(cut, n_cuts, score[i], &equal);
        const size_t class = p->best_first ? n_cuts - below : below;
        class_of[i] = mera_is_present(score[i]) ? (int32_t) class : -1;
    }
    return MERA_OK;
}

const mera_op mera_op_classify_quantiles = {
    .name = "classify.quantiles",
    .step = MERA_STEP_CLASSIFY,
    .version = 1,
    .summary = "Classes of nearly equal size, cut at quantiles of the scores.",
    .formula = "class = 1 + number of cuts Q(d/n) below the score",
    .nulls = "have no class and take no part in the quantiles",
    .conventions = "a score equal to a cut stays below it; quantiles of type 7 unless 'type' says "
                   "otherwise",
    .source = "UK Data Service, Townsend deprivation scores 2011; Hyndman and Fan (1996)",
    .params = quantiles_table,
    .params_size = sizeof(quantiles_params),
    .check = quantiles_check,
    .flags = MERA_OP_POPULATION,
    .classify = quantiles_classify,
};
