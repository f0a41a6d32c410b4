/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.veto -- a power mean that a single bad child can overrule.
 *
 *     y = power mean of the children                 no child is below its threshold
 *         missing                                    else, effect: missing
 *         min(y, cap)                                effect: cap
 *         min_j x_j                                  effect: min
 *         factor^(children below) * y                effect: factor
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out and the weights of the others rescaled; they veto nothing
 * errors  as the power mean; a threshold of an unknown child; a cap without `effect: cap`
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6 (thresholds);
 * veto: Roy, Theory and Decision 31 (1991) 49
 *
 * A value at its threshold is not below. A child of weight 0 has no veto.
 */
#include <math.h>

#include "base/math.h"
#include "ops/aggregate/children.h"
#include "ops/kernel.h"
#include "ops/support.h"

enum { EFFECT_MISSING, EFFECT_CAP, EFFECT_MIN, EFFECT_FACTOR };

typedef struct {
    double exponent; /* the first field: see kernel.h */
    mera_bands thresholds;
    int effect;
    double cap, factor;
} veto_params;

static const char *const veto_effect[] = {"missing", "cap", "min", "factor", NULL};
static const mera_param veto_table[] = {
    MERA_F64(veto_params, exponent, 1, -100, 100, NULL,
             "of the power mean: 1 is the arithmetic mean, 0 the geometric, -1 the harmonic"),
    {.name = "thresholds",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(veto_params, thresholds),
     .required = true,
     .min_items = 1,
     .unit = "points",
     .help = "the least value of a child that raises no veto: {air: 20, water: 30}"},
    MERA_ENUM(veto_params, effect, EFFECT_MIN, veto_effect,
              "what a veto does: no score, no more than 'cap', the worst child's value, or "
              "'factor' times the mean for each child below"),
    {.name = "cap",
     .type = MERA_PARAM_F64,
     .offset = offsetof(veto_params, cap),
     .nullable = true,
     .fallback = NAN,
     .unit = "points",
     .help = "the highest score under a veto, for 'effect: cap'"},
    {.name = "factor",
     .type = MERA_PARAM_F64,
     .offset = offsetof(veto_params, factor),
     .nullable = true,
     .fallback = NAN,
     .min = 1e-9,
     .max = 1,
     .help = "what the mean is multiplied by, once for each child below, for 'effect: factor'"},
    MERA_PARAMS_END,
};

static mera_code veto_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const veto_params *p = params;
    if ((p->effect == EFFECT_CAP) == isnan(p->cap)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'cap' of %s goes with 'effect: cap', and only with it", op->name);
    }
    if ((p->effect == EFFECT_FACTOR) == isnan(p->factor)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'factor' of %s goes with 'effect: factor', and only with it", op->name);
    }
    return MERA_OK;
}

/* below[n]: how many children are below their thresholds. */
static mera_code veto_count(const mera_op *op, const veto_params *p, mera_op_ctx *ctx,
                            const mera_children *in, double **out)
{
    double *below;
    MERA_TRY_NEW(below, ctx->arena, in->n);
    for (size_t t = 0; t < p->thresholds.n; t++) {
        size_t j;
        MERA_TRY(mera_children_find(op, ctx, in, "thresholds", p->thresholds.label[t], &j));
        for (size_t i = 0; i < in->n && mera_child_counts(in, j); i++) {
            below[i] += in->x[j][i] < p->thresholds.from[t];
        }
    }
    *out = below;
    return MERA_OK;
}

static double veto_least(const mera_children *in, size_t i)
{
    double least = INFINITY;
    for (size_t j = 0; j < in->k; j++) {
        const double x = in->x[j][i];
        least = mera_child_counts(in, j) && x < least ? x : least;
    }
    return least;
}

static double veto_effect_on(const veto_params *p, const mera_children *in, size_t i, double mean,
                             double below)
{
    switch (p->effect) {
    case EFFECT_CAP:
        return fmin(mean, p->cap);
    case EFFECT_MIN:
        return veto_least(in, i);
    case EFFECT_FACTOR:
        return mean * mera_pow(p->factor, below);
    default:
        return NAN;
    }
}

static mera_code veto_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_children *in, double *y)
{
    const veto_params *p = params;
    mera_op mean = *op; /* the power mean under this operation's name */
    double *below;
    mean.aggregate = NULL;
    mean.flags = p->exponent <= 0 ? MERA_OP_POSITIVE : 0;
    mean.transform = p->exponent == 1 ? mera_map_identity : mera_map_power;
    mean.inverse = p->exponent == 1 ? mera_map_identity : mera_map_root;
    MERA_TRY(veto_count(op, p, ctx, in, &below));
    MERA_TRY(mera_mean_kernel(&mean, params, ctx, in, ctx->arena, y));
    for (size_t i = 0; i < in->n; i++) {
        if (mera_is_present(y[i]) && below[i] > 0) {
            y[i] = veto_effect_on(p, in, i, y[i], below[i]);
        }
    }
    return MERA_OK;
}

const mera_op mera_op_aggregate_veto = {
    .name = "aggregate.veto",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "A power mean that a single child below its threshold can overrule.",
    .formula = "y = (sum(w x^p)/sum(w))^(1/p); under a veto: missing, min(y, cap), min(x) or "
               "factor^b y, b the number of children below",
    .nulls = "missing children are left out and the weights of the others rescaled; they veto "
             "nothing",
    .conventions = "a value at its threshold is not below; thresholds are on the scale of the "
                   "children, where higher is better; a child of weight 0 has no veto",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6; Roy, Theory "
              "and Decision 31 (1991) 49",
    .params = veto_table,
    .params_size = sizeof(veto_params),
    .check = veto_check,
    .aggregate = veto_aggregate,
};
