/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * treat.log -- natural logarithm of a shifted column.
 *
 *     y = ln(x - base + shift)
 *
 *     shift_by: fixed     base = 0,     shift as given                 ln(x + shift)
 *               minimum   base = min x, shift = 1                      COINr's log_CT_orig
 *               range     base = min x, shift = 0.01 (max x - min x)   COINr's log_CT
 *               gii       ln((max - 1) (x - min) / (max - min) + 1)    COINr's log_GII
 *     mirror, skewness not above 0: y = -ln(max - x + shift)           COINr's log_CT_plus
 *
 * shape   x[n] -> y[n]; fitted: base, shift, factor, sign
 * unit    x: any -> y: its logarithm
 * nulls   stay missing
 * errors  x - base + shift is 0 or below; a constant column unless `fixed` or `minimum`
 * source  Becker et al., COINr (JOSS 7, 2022), functions log_CT, log_CT_plus, log_CT_orig and
 *         log_GII (which computes this and returns its input); OECD/JRC Handbook (2008), step 5
 */
#include <math.h>

#include "ops/treat/transform.h"

enum { SHIFT_FIXED, SHIFT_MINIMUM, SHIFT_RANGE, SHIFT_GII };

typedef struct {
    double shift;
    int shift_by;
    bool mirror;
} log_params;

static const char *const log_shift_by[] = {"fixed", "minimum", "range", "gii", NULL};
static const char *const log_fitted[] = {"base", "shift", "factor", "sign", NULL};
static const mera_param log_table[] = {
    MERA_F64(log_params, shift, 0, 0, 0, NULL, "added to x before the logarithm, when fixed"),
    MERA_ENUM(log_params, shift_by, SHIFT_FIXED, log_shift_by,
              "where the shift comes from: given, from the minimum, or from the range"),
    MERA_BOOL(log_params, mirror, 0,
              "draw in the lower tail where skewness is not above 0, for 'shift_by: range'"),
    MERA_PARAMS_END,
};

static mera_code log_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const log_params *p = params;
    if (p->mirror && p->shift_by != SHIFT_RANGE) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'mirror' of %s goes with 'shift_by: range', and only with it", op->name);
    }
    return MERA_OK;
}

static mera_code log_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                         size_t n, mera_fitted *out)
{
    const log_params *p = params;
    mera_treatment t = {.shift = p->shift, .factor = 1, .sign = 1};
    mera_moments m;
    if (p->shift_by != SHIFT_FIXED) {
        const mera_transform kind = p->shift_by == SHIFT_GII       ? MERA_LOG_GII
                                    : p->shift_by == SHIFT_MINIMUM ? MERA_LOG_CT_ORIG
                                    : p->mirror                    ? MERA_LOG_CT_PLUS
                                                                   : MERA_LOG_CT;
        mera_column_moments(x, n, &m);
        MERA_TRY(mera_transform_fit(op, ctx, kind, NAN, x, n, &m, &t));
    }
    MERA_TRY(mera_op_fitted(ctx, 4, out));
    out->v[0] = t.base;
    out->v[1] = t.shift;
    out->v[2] = t.factor;
    out->v[3] = t.sign;
    return MERA_OK;
}

/* Of a given shift the way out is another one. */
static mera_code log_check_values(const mera_op *op, mera_op_ctx *ctx, double shift,
                                  const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] + shift <= 0) {
            const mera_code rc = mera_op_refuse_log(op, ctx, i, x[i] + shift);
            mera_hint(ctx->diags,
                      "a 'shift' adds to the values first; 'shift_by: range' finds one");
            return rc;
        }
    }
    return MERA_OK;
}

static mera_code log_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    const log_params *p = params;
    const double *f = fitted->v;
    mera_treatment t = mera_treatment_none();
    t.base = f[0];
    t.shift = f[1];
    t.factor = f[2];
    t.sign = f[3];
    if (p->shift_by == SHIFT_FIXED) {
        MERA_TRY(log_check_values(op, ctx, t.shift, x, n));
    }
    return mera_treatment_apply(op, ctx, &t, x, n, y);
}

const mera_op mera_op_treat_log = {
    .name = "treat.log",
    .step = MERA_STEP_TREAT,
    .version = 1,
    .summary = "Take the natural logarithm, after a shift if there are zeros or negative values.",
    .formula = "y = ln(x - base + shift); -ln(max - x + shift) where mirrored",
    .nulls = "stay missing",
    .conventions = "'fixed' has base 0; 'minimum' and 'range' take base = min x of the reference "
                   "set and shift = 1 or 1 % of the range; the order of units never changes",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567; OECD/JRC Handbook (2008), step 5",
    .params = log_table,
    .params_size = sizeof(log_params),
    .fitted = log_fitted,
    .check = log_check,
    .fit = log_fit,
    .apply = log_apply,
};
