/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.reference_unit -- the share of the way from the worst unit to a unit named.
 *
 *     y = scale * (x - worst) / (x of the unit - worst)
 *
 * shape   x[n] -> y[n]; fitted: worst, reference, as in the source (NaN: no answer)
 * unit    x: any -> scale
 * nulls   stay missing and take no part
 * errors  a unit that is not in the reference set; one without a value, or that is itself the
 * worst, unless `undefined: missing` source  OECD/JRC, Handbook on Constructing Composite
 * Indicators (2008), step 5 (distance to a reference country); COINr's n_dist2ref
 */
#include "base/text.h"
#include "ops/normalise/directed.h"

enum { UNDEFINED_ERROR, UNDEFINED_MISSING };

typedef struct {
    const char *unit;
    int clamp, undefined;
    double scale;
} reference_unit_params;

static const char *const reference_unit_clamp[] = {"none", "both", "above", "below", NULL};
static const char *const reference_unit_undefined[] = {"error", "missing", NULL};
static const char *const reference_unit_fitted[] = {"worst", "reference", NULL};
static const mera_param reference_unit_table[] = {
    {.name = "unit",
     .type = MERA_PARAM_TEXT,
     .offset = offsetof(reference_unit_params, unit),
     .required = true,
     .help = "key or name of the unit that the others are measured by"},
    MERA_ENUM(reference_unit_params, clamp, DIRECTED_CLAMP_NONE, reference_unit_clamp,
              "where scores are cut: above the unit's, below the worst, both, or nowhere"),
    MERA_ENUM(reference_unit_params, undefined, UNDEFINED_ERROR, reference_unit_undefined,
              "what a unit without a value, or that is the worst, gives"),
    MERA_F64(reference_unit_params, scale, 1, 1e-6, 1e6, "points", "score of the unit named"),
    MERA_PARAMS_END,
};

/* The place of a unit by key, else by name; n when it is not there. */
static size_t reference_unit_find(const mera_op_ctx *ctx, size_t n, const char *unit)
{
    for (size_t i = 0; ctx->unit_key != NULL && i < n; i++) {
        if (mera_streq(ctx->unit_key[i], unit)) {
            return i;
        }
    }
    size_t i = 0;
    while (i < n && !(ctx->unit_name != NULL && mera_streq(ctx->unit_name[i], unit))) {
        i++;
    }
    return i;
}

static mera_code reference_unit_absent(const mera_op *op, const mera_op_ctx *ctx, const char *unit,
                                       size_t n)
{
    const char *const *names = ctx->unit_key != NULL ? ctx->unit_key : ctx->unit_name;
    const char *near = names != NULL ? mera_nearest(unit, names, n) : NULL;
    const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "unknown-unit", ctx->at,
                                   "%s: the reference set of %s has no unit '%s'",
                                   mera_op_subject(op, ctx), op->name, unit);
    if (near != NULL) {
        mera_hint(ctx->diags, "did you mean '%s'?", near);
    } else {
        mera_hint(ctx->diags, "the reference set must be all units of one period");
    }
    return rc;
}

static mera_code reference_unit_refuse(const mera_op *op, const mera_op_ctx *ctx, const char *unit,
                                       bool present)
{
    const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "no-ratio", ctx->at,
                                   present ? "%s is worst at unit '%s', by which %s cannot measure "
                                             "the others"
                                           : "%s has no value at unit '%s', which %s measures by",
                                   mera_op_subject(op, ctx), unit, op->name);
    mera_hint(ctx->diags, "name another unit, or leave all units without a score with 'undefined: "
                          "missing'");
    return rc;
}

static mera_code reference_unit_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                    const double *x, size_t n, mera_fitted *out)
{
    const reference_unit_params *p = params;
    const double sign = directed_sign(ctx);
    double worst, best;
    const size_t at = reference_unit_find(ctx, n, p->unit);
    if (at == n) {
        return reference_unit_absent(op, ctx, p->unit, n);
    }
    if (mera_column_range(x, n, &worst, &best) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    const bool defined = x[at] > worst;
    if (!defined && p->undefined == UNDEFINED_ERROR) {
        return reference_unit_refuse(op, ctx, p->unit, mera_is_present(x[at]));
    }
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    out->v[0] = sign * worst + 0.0;
    out->v[1] = defined ? sign * x[at] + 0.0 : NAN;
    return MERA_OK;
}

static mera_code reference_unit_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                      const mera_fitted *fitted, const double *x, size_t n,
                                      double *y)
{
    (void)op;
    const reference_unit_params *p = params;
    directed_way(ctx, fitted, p->clamp, p->scale, x, n, y);
    return MERA_OK;
}

const mera_op mera_op_normalise_reference_unit = {
    .name = "normalise.reference_unit",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "The share of the way from the worst unit of the reference set to a unit named.",
    .formula = "y = scale (x - worst) / (x of the unit - worst)",
    .nulls = "stay missing and take no part",
    .conventions = "units better than the one named score above 'scale' unless 'clamp: above'",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = reference_unit_table,
    .params_size = sizeof(reference_unit_params),
    .fitted = reference_unit_fitted,
    .fit = reference_unit_fit,
    .apply = reference_unit_apply,
};
