/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.to_target -- the share of the way from the worst value to a target.
 *
 *     y = scale * (x - worst) / (target - worst)
 *
 * shape   x[n] -> y[n]; fitted: worst, target, as in the source (not directed)
 * unit    x: any -> scale
 * nulls   stay missing and take no part
 * errors  no target; a target that is the worst value; a target range as direction
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5 (distance to a
 *         reference); COINr's n_dist2targ
 *
 * The target is `target`, else the better end of the indicator's goalposts; worst is the other end
 * of these, else the worst value of the reference set. A target that is worse than all values turns
 * the scores round: that is said in a warning.
 */
#include "ops/normalise/directed.h"

typedef struct {
    double target;
    int clamp;
    double scale;
} to_target_params;

static const char *const to_target_clamp[] = {"none", "both", "above", "below", NULL};
static const char *const to_target_fitted[] = {"worst", "target", NULL};
static const mera_param to_target_table[] = {
    {.name = "target",
     .type = MERA_PARAM_F64,
     .offset = offsetof(to_target_params, target),
     .nullable = true,
     .fallback = NAN,
     .help = "the target, in the indicator's unit; null takes the better goalpost"},
    MERA_ENUM(to_target_params, clamp, DIRECTED_CLAMP_NONE, to_target_clamp,
              "where scores are cut: beyond the target, below the worst, both, or nowhere"),
    MERA_F64(to_target_params, scale, 1, 1e-6, 1e6, "points", "score of the target"),
    MERA_PARAMS_END,
};

static mera_code to_target_missing(const mera_op *op, const mera_op_ctx *ctx)
{
    const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "missing-goalposts", ctx->at,
                                   "%s has no target for %s", mera_op_subject(op, ctx), op->name);
    mera_hint(ctx->diags, "write 'target: NUMBER', or give the indicator goalposts");
    return rc;
}

static mera_code to_target_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const double *x, size_t n, mera_fitted *out)
{
    const to_target_params *p = params;
    const double sign = directed_sign(ctx);
    const double target = isnan(p->target) ? ctx->goalpost[1] : sign * p->target;
    double worst, best;
    if (ctx->direction == MERA_TARGET) {
        return directed_refuse_target(op, ctx, "'target'");
    }
    if (isnan(target)) {
        return to_target_missing(op, ctx);
    }
    const size_t present = mera_column_range(x, n, &worst, &best);
    worst = isnan(ctx->goalpost[0]) ? worst : ctx->goalpost[0];
    if (present == 0 && isnan(worst)) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (worst == target) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "%s has the target %g, which is its worst value in the reference set of "
                         "%s",
                         mera_op_subject(op, ctx), sign * target + 0.0, op->name);
    }
    if (target < worst) {
        mera_warn(ctx->diags, "past-target", ctx->at,
                  "%s: the target %g is worse than the worst value, %g, so better units get lower "
                  "scores from %s",
                  mera_op_subject(op, ctx), sign * target + 0.0, sign * worst + 0.0, op->name);
    }
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    out->v[0] = sign * worst + 0.0;
    out->v[1] = sign * target + 0.0;
    return MERA_OK;
}

static mera_code to_target_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op;
    const to_target_params *p = params;
    directed_way(ctx, fitted, p->clamp, p->scale, x, n, y);
    return MERA_OK;
}

const mera_op mera_op_normalise_to_target = {
    .name = "normalise.to_target",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "The share of the way from the worst value of the reference set to a target.",
    .formula = "y = scale (x - worst) / (target - worst)",
    .nulls = "stay missing and take no part",
    .conventions = "units past the target score above 'scale' unless 'clamp: above'",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = to_target_table,
    .params_size = sizeof(to_target_params),
    .fitted = to_target_fitted,
    .fit = to_target_fit,
    .apply = to_target_apply,
};
