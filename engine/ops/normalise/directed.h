/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to ops/normalise: between values as the source has them, which parameters and fitted
 * numbers are, and directed ones (-x where lower is better), which the columns are.
 */
#ifndef MERA_OPS_NORMALISE_DIRECTED_H
#define MERA_OPS_NORMALISE_DIRECTED_H

#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

/** 1, or -1 where lower is better: turns a value of the source and a directed one into each other.
 */
static inline double directed_sign(const mera_op_ctx *ctx)
{
    return ctx->direction == MERA_LOWER ? -1 : 1;
}

/** A parameter that is a value of the source has no meaning on distances to a target. */
static inline mera_code directed_refuse_target(const mera_op *op, const mera_op_ctx *ctx,
                                               const char *what)
{
    const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "bad-direction", ctx->at,
                                   "%s has a target; %s of %s needs 'direction: higher' or 'lower'",
                                   mera_op_subject(op, ctx), what, op->name);
    mera_hint(ctx->diags, "'normalise.target' scores the distance to a target");
    return rc;
}

/**
 * The directed bounds of a column: its goalposts, and where one is not given the least or largest
 * value of the reference set. MERA_EINPUT when nothing is present or the bounds are equal.
 */
static inline mera_code directed_bounds(const mera_op *op, const mera_op_ctx *ctx, const double *x,
                                        size_t n, double *low, double *high)
{
    double least, largest;
    const size_t present = mera_column_range(x, n, &least, &largest);
    *low = *high = NAN;
    if (present == 0 && (isnan(ctx->goalpost[0]) || isnan(ctx->goalpost[1]))) {
        return mera_op_refuse_empty(op, ctx);
    }
    *low = isnan(ctx->goalpost[0]) ? least : ctx->goalpost[0];
    *high = isnan(ctx->goalpost[1]) ? largest : ctx->goalpost[1];
    if (*low == *high) {
        const mera_code rc =
            mera_op_refuse_constant(op, ctx, directed_sign(ctx) * *low + 0.0, "rescaled");
        mera_hint(ctx->diags, "give it goalposts, or choose a wider reference set");
        return rc;
    }
    if (*low > *high) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-range", ctx->at,
                         "%s has its worst bound, %g, on the better side of the best one, %g, in "
                         "%s",
                         mera_op_subject(op, ctx), directed_sign(ctx) * *low + 0.0,
                         directed_sign(ctx) * *high + 0.0, op->name);
    }
    return MERA_OK;
}

enum { DIRECTED_CLAMP_NONE, DIRECTED_CLAMP_BOTH, DIRECTED_CLAMP_ABOVE, DIRECTED_CLAMP_BELOW };

/** A share of the way, cut at 0, at 1, at both or at neither. */
static inline double directed_clamp(double t, int clamp)
{
    if (t < 0 && (clamp == DIRECTED_CLAMP_BOTH || clamp == DIRECTED_CLAMP_BELOW)) {
        return 0;
    }
    return t > 1 && (clamp == DIRECTED_CLAMP_BOTH || clamp == DIRECTED_CLAMP_ABOVE) ? 1 : t;
}

/** y[n]: `scale` times the share of the way from the fitted worst value to the other fitted one. */
static inline void directed_way(const mera_op_ctx *ctx, const mera_fitted *fitted, int clamp,
                                double scale, const double *x, size_t n, double *y)
{
    const double sign = directed_sign(ctx);
    const double worst = sign * fitted->v[0], way = sign * fitted->v[1] - worst;
    for (size_t i = 0; i < n; i++) {
        const double t = directed_clamp((x[i] - worst) / way, clamp);
        y[i] = mera_is_present(t) ? scale * t : NAN;
    }
}

#endif
