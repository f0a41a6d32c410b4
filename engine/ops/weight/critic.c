/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.critic -- criteria importance through intercriteria correlation: children that vary and
 * that others do not repeat weigh more.
 *
 *     C_j = s_j sum_l (1 - r_jl)     s_j: deviation of the values rescaled to 0..1
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   'missing: pairwise': deviations over a child's own values, correlations over units that
 *         have both; complete: over units that have all
 * errors  a child that does not vary
 * source  Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995) 763
 *
 * Values are directed before they come here. Taken from undirected data a cost indicator turns the
 * sign of its correlations, and the weights are wrong.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/weight/support.h"

enum { SCALE_UNIT, SCALE_AS_IS };
enum { DEVIATION_POPULATION, DEVIATION_SAMPLE };

typedef struct {
    int scale, deviation, missing;
} critic_params;

static const char *const critic_scale[] = {"unit", "as_is", NULL};
static const char *const critic_deviation[] = {"population", "sample", NULL};
static const mera_param critic_table[] = {
    MERA_ENUM(critic_params, scale, SCALE_UNIT, critic_scale,
              "rescale each child to 0..1 before its deviation is taken, or take it as normalised"),
    MERA_ENUM(critic_params, deviation, DEVIATION_POPULATION, critic_deviation,
              "divide squares by n (population) or n - 1 (sample)"),
    MERA_ENUM(critic_params, missing, MERA_CASES_PAIRWISE, mera_cases_names,
              "correlations over units that have all values (complete) or both (pairwise)"),
    MERA_PARAMS_END,
};

static mera_code critic_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const mera_children *in, double *w)
{
    const critic_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_covariance c;
    double **scaled;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(scaled, ctx->arena, in->k);
    MERA_TRY(mera_weigh_unit_range(&call, scaled));
    const mera_children on_unit = {
        .n = in->n, .k = in->k, .x = (const double *const *)scaled, .w = in->w, .total = in->total};
    const mera_weighing rescaled = {op, ctx, p->scale == SCALE_UNIT ? &on_unit : in};
    MERA_TRY(mera_weigh_covariance(&rescaled, (mera_cases)p->missing, 3, &c));
    for (size_t j = 0; j < in->k; j++) {
        double conflict = 0;
        const double n = p->missing == MERA_CASES_PAIRWISE
                             ? (double)mera_column_count(in->x[j], in->n)
                             : (double)c.n;
        for (size_t l = 0; l < in->k; l++) {
            conflict += 1 - c.correlation[j * in->k + l];
        }
        w[j] = c.sd[j] * conflict * (p->deviation == DEVIATION_POPULATION ? sqrt((n - 1) / n) : 1);
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_critic = {
    .name = "weight.critic",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Children that vary and that others do not repeat weigh more (CRITIC).",
    .formula = "w_j = s_j sum_l (1 - r_jl), divided by their sum",
    .nulls =
        "deviations over a child's own values and correlations over units that have both; with "
        "'missing: complete' over units that have all",
    .conventions =
        "values are directed and rescaled to 0..1 first unless 'scale: as_is'; Pearson's "
        "correlation; deviation over n unless 'deviation: sample'",
    .source =
        "Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995) 763",
    .params = critic_table,
    .params_size = sizeof(critic_params),
    .weigh = critic_weigh,
};
