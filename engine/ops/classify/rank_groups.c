/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * classify.rank_groups -- classes of (nearly) equal size by rank.
 *
 *     class = the first d with rank <= ceil(N d / n)     (or floor)
 *
 * shape   rank[n] -> class[n]; N ranked units
 * nulls   units without a rank have no class
 * source  Welsh Government, WIMD 2019 technical report (deciles of ranks)
 *
 * Class 1 holds rank 1. At the borders this is not ceil(n rank / N).
 */
#include "ops/classify/labels.h"
#include "ops/column.h"
#include "ops/support.h"

enum { CUT_CEIL, CUT_FLOOR };

typedef struct {
    int64_t n;
    int cut;
    mera_text_list labels;
} rank_groups_params;

static const char *const rank_groups_cut[] = {"ceil", "floor", NULL};
static const mera_param rank_groups_table[] = {
    MERA_INT(rank_groups_params, n, 10, 2, 1000, "how many classes"),
    MERA_ENUM(rank_groups_params, cut, CUT_CEIL, rank_groups_cut,
              "how a border between two ranks is rounded"),
    {.name = "labels",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(rank_groups_params, labels),
     .help = "labels of the classes from the first; their numbers by default"},
    MERA_PARAMS_END,
};

static mera_code rank_groups_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const rank_groups_params *p = params;
    return labels_check(op, &p->labels, p->n, ctx);
}

/* The first class whose border holds the rank; whole numbers, so nothing is lost. */
static int32_t rank_groups_class(const rank_groups_params *p, double rank, int64_t units)
{
    for (int64_t d = 1; d < p->n; d++) {
        const int64_t border = (units * d + (p->cut == CUT_CEIL ? p->n - 1 : 0)) / p->n;
        if (rank <= (double)border) {
            return (int32_t)(d - 1);
        }
    }
    return (int32_t)(p->n - 1);
}

static mera_code rank_groups_classify(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                      const double *score, const double *rank, size_t n,
                                      int32_t *class_of, mera_text_list *labels)
{
    (void)op, (void)score;
    const rank_groups_params *p = params;
    const int64_t units = (int64_t)mera_column_count(rank, n);
    MERA_TRY(labels_make(&p->labels, p->n, ctx->arena, labels));
    for (size_t i = 0; i < n; i++) {
        class_of[i] = mera_is_present(rank[i]) ? rank_groups_class(p, rank[i], units) : -1;
    }
    return MERA_OK;
}

const mera_op mera_op_classify_rank_groups = {
    .name = "classify.rank_groups",
    .step = MERA_STEP_CLASSIFY,
    .version = 1,
    .summary = "Classes of nearly equal size by rank: deciles, quintiles of places.",
    .formula = "class = first d with rank <= ceil(N d / n)",
    .nulls = "units without a rank have no class",
    .conventions = "borders are rounded up unless 'cut: floor'; class 1 holds rank 1",
    .source = "Welsh Government, Welsh Index of Multiple Deprivation 2019, technical report",
    .params = rank_groups_table,
    .params_size = sizeof(rank_groups_params),
    .check = rank_groups_check,
    .flags = MERA_OP_POPULATION,
    .classify = rank_groups_classify,
};
