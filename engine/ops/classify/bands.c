/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * classify.bands -- classes between fixed bounds.
 *
 *     class = the band of the highest lower bound that the score reaches
 *
 * shape   score[n] -> class[n]
 * nulls   have no class
 * source  UNDP, Human Development Report 2021/22 (groups by fixed cut-off points)
 *
 * Bands are written from the lowest up or from the highest down; classes keep the order written. A
 * score below all bounds has no class, and a warning counts such units.
 */
#include "base/number.h"
#include "ops/support.h"

typedef struct {
    mera_bands bands;
} bands_params;

static const mera_param bands_table[] = {
    {.name = "bands",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(bands_params, bands),
     .required = true,
     .min_items = 1,
     .help = "the lower bound of each class by its label, {D: 0, C: 40, B: 60, A: 75}"},
    MERA_PARAMS_END,
};

static mera_code bands_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const mera_bands *b = &((const bands_params *)params)->bands;
    const bool up = b->n < 2 || b->from[1] > b->from[0];
    for (size_t i = 1; i < b->n; i++) {
        if (up ? b->from[i] <= b->from[i - 1] : b->from[i] >= b->from[i - 1]) {
            char here[32], before[32];
            mera_number_write(b->from[i], here);
            mera_number_write(b->from[i - 1], before);
            return mera_fail(ctx->diags, MERA_EINPUT, "bad-bands", ctx->at,
                             "bands of %s must rise or fall throughout, but '%s' begins at %s "
                             "after '%s' at %s",
                             op->name, b->label[i], here, b->label[i - 1], before);
        }
    }
    return MERA_OK;
}

static int32_t bands_class(const mera_bands *b, double score)
{
    int32_t best = -1;
    for (size_t i = 0; i < b->n; i++) {
        if (score >= b->from[i] && (best < 0 || b->from[i] > b->from[best])) {
            best = (int32_t)i;
        }
    }
    return best;
}

static mera_code bands_classify(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const double *score, const double *rank, size_t n,
                                int32_t *class_of, mera_text_list *labels)
{
    (void)rank;
    const mera_bands *b = &((const bands_params *)params)->bands;
    size_t outside = 0, first = 0;
    for (size_t i = 0; i < n; i++) {
        class_of[i] = bands_class(b, score[i]);
        if (class_of[i] < 0 && mera_is_present(score[i]) && outside++ == 0) {
            first = i;
        }
    }
    if (outside > 0) {
        char unit[MERA_UNIT_TEXT], text[32];
        mera_number_write(score[first], text);
        mera_warn(
            ctx->diags, "below-bands", ctx->at,
            "%s: %zu unit%s below the lowest band and without a class; the first is %s with %s",
            mera_op_subject(op, ctx), outside, outside == 1 ? " is" : "s are",
            mera_op_unit(ctx, first, unit), text);
    }
    *labels = (mera_text_list){b->n, b->label};
    return MERA_OK;
}

const mera_op mera_op_classify_bands = {
    .name = "classify.bands",
    .step = MERA_STEP_CLASSIFY,
    .version = 1,
    .summary = "Classes between fixed bounds of the score.",
    .formula = "class = the band of the highest lower bound <= score",
    .nulls = "have no class",
    .conventions = "a score equal to a bound belongs to the band that begins there",
    .source = "UNDP, Human Development Report 2021/22",
    .params = bands_table,
    .params_size = sizeof(bands_params),
    .check = bands_check,
    .classify = bands_classify,
};
