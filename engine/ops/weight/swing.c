/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.swing -- points given to children by name.
 *
 *     w_j = points_j / sum points
 *
 * shape   names -> w[k]
 * nulls   take no part: the data are not looked at
 * source  von Winterfeldt and Edwards, Decision Analysis and Behavioral Research (1986), chapter 8
 *
 * Swing: the child whose rise from worst to best matters most gets 100, the others their part of
 * it. SMART: the least important one gets 10, the others more. Both are divided alike.
 */
#include "ops/weight/support.h"

typedef struct {
    mera_bands points;
} swing_params;

static const mera_param swing_table[] = {
    {.name = "points",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(swing_params, points),
     .required = true,
     .min = 0,
     .max = 1e6,
     .min_items = 1,
     .help = "points of every child by name, {income: 100, air: 60}"},
    MERA_PARAMS_END,
};

static mera_code swing_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_children *in, double *w)
{
    const swing_params *p = params;
    const mera_weighing call = {op, ctx, in};
    MERA_TRY(mera_weigh_named(&call, "points", &p->points, true, 0, w));
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_swing = {
    .name = "weight.swing",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Points given to children by name (swing weighting, SMART), divided by their sum.",
    .formula = "w = points / sum points",
    .nulls = "take no part: the data are not looked at",
    .conventions =
        "every child that takes part must have points; 0 keeps it visible without weight",
    .source = "von Winterfeldt and Edwards, Decision Analysis and Behavioral Research (1986), "
              "chapter 8",
    .params = swing_table,
    .params_size = sizeof(swing_params),
    .weigh = swing_weigh,
};
