/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.target -- full marks at the target, falling linearly to none at a distance.
 *
 *     y = range[0] + (range[1] - range[0]) * max(0, 1 - d / distance)
 *
 * shape   x[n] = -d[n] -> y[n]; fitted: distance
 * unit    x: any -> points
 * nulls   stay missing and take no part
 * errors  an indicator without a target; nobody at any distance from it
 * source  Cables, Lamata, Verdegay, RIM-reference ideal method, Information Sciences 337 (2016) 1
 *
 * For an indicator with a target the values that come in are minus the distance to it.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    mera_f64_list range;
    double distance;
} target_params;

static const char *const target_fitted[] = {"distance", NULL};
static const mera_param target_table[] = {
    MERA_PAIR(target_params, range, "[0, 100]", -1e6, 1e6, "points",
              "scores at the distance and at the target"),
    {.name = "distance",
     .type = MERA_PARAM_F64,
     .offset = offsetof(target_params, distance),
     .nullable = true,
     .fallback = NAN,
     .min = 1e-12,
     .max = 1e15,
     .help = "distance with no marks; null takes the largest of the reference set"},
    MERA_PARAMS_END,
};

static mera_code target_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const double *x, size_t n, mera_fitted *out)
{
    const target_params *p = params;
    double least, largest, distance = p->distance;
    if (ctx->direction != MERA_TARGET) {
        const mera_code rc =
            mera_fail(ctx->diags, MERA_EINPUT, "bad-direction", ctx->at,
                      "%s has no target; %s needs one", mera_op_subject(op, ctx), op->name);
        mera_hint(ctx->diags, "write 'direction: {target: [a, b]}', or use 'minmax'");
        return rc;
    }
    if (isnan(distance)) {
        if (mera_column_range(x, n, &least, &largest) == 0) {
            return mera_op_refuse_empty(op, ctx);
        }
        distance = -least;
    }
    if (!(distance > 0)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "constant-column", ctx->at,
                         "%s is at its target everywhere in the reference set; %s needs 'distance'",
                         mera_op_subject(op, ctx), op->name);
    }
    MERA_TRY(mera_op_fitted(ctx, 1, out));
    out->v[0] = distance;
    return MERA_OK;
}

static mera_code target_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                              const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)ctx;
    const target_params *p = params;
    const double from = p->range.v[0], span = p->range.v[1] - from;
    for (size_t i = 0; i < n; i++) {
        const double near = 1 + x[i] / fitted->v[0];
        y[i] = mera_is_present(x[i]) ? from + span * (near > 0 ? near : 0) : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_target = {
    .name = "normalise.target",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Full marks inside the indicator's target range, falling linearly with distance.",
    .formula = "y = range[0] + (range[1] - range[0]) max(0, 1 - d / distance)",
    .nulls = "stay missing and take no part",
    .conventions = "d is the distance to the nearer end of the target range, 0 inside it",
    .source = "Cables, Lamata, Verdegay, Information Sciences 337 (2016) 1",
    .params = target_table,
    .params_size = sizeof(target_params),
    .fitted = target_fitted,
    .fit = target_fit,
    .apply = target_apply,
};
