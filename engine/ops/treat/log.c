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
 *
 * shape   x[n] -> y[n]; fitted: base, shift
 * unit    x: any -> y: its logarithm
 * nulls   stay missing
 * errors  x - base + shift is 0 or below; a constant column under `range`
 * source  Becker et al., COINr (JOSS 7, 2022), function log_CT; OECD/JRC Handbook (2008), step 5
 */
#include "base/math.h"
#include "ops/column.h"
#include "ops/support.h"

enum { SHIFT_FIXED, SHIFT_MINIMUM, SHIFT_RANGE };

typedef struct {
    double shift;
    int shift_by;
} log_params;

static const char *const log_shift_by[] = {"fixed", "minimum", "range", NULL};
static const char *const log_fitted[] = {"base", "shift", NULL};
static const mera_param log_table[] = {
    MERA_F64(log_params, shift, 0, 0, 0, NULL, "added to x before the logarithm, when fixed"),
    MERA_ENUM(log_params, shift_by, SHIFT_FIXED, log_shift_by,
              "where the shift comes from: given, from the minimum, or from the range"),
    MERA_PARAMS_END,
};

static mera_code log_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                         size_t n, mera_fitted *out)
{
    const log_params *p = params;
    double low, high;
    MERA_TRY(mera_op_fitted(ctx, 2, out));
    out->v[1] = p->shift;
    if (p->shift_by == SHIFT_FIXED) {
        return MERA_OK;
    }
    if (mera_column_range(x, n, &low, &high) == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (p->shift_by == SHIFT_RANGE && low == high) {
        return mera_op_refuse_constant(op, ctx, low, "shifted by its range");
    }
    out->v[0] = low;
    out->v[1] = p->shift_by == SHIFT_RANGE ? 0.01 * (high - low) : 1;
    return MERA_OK;
}

static mera_code log_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)params;
    const double base = fitted->v[0], shift = fitted->v[1];
    for (size_t i = 0; i < n; i++) {
        const double moved = (x[i] - base) + shift;
        if (moved <= 0) {
            const mera_code rc = mera_op_refuse_log(op, ctx, i, moved);
            mera_hint(ctx->diags,
                      "a 'shift' adds to the values first; 'shift_by: range' finds one");
            return rc;
        }
        y[i] = moved;
    }
    mera_log_n(y, n, y);
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(y[i]) ? y[i] : NAN;
    }
    return MERA_OK;
}

const mera_op mera_op_treat_log = {
    .name = "treat.log",
    .step = MERA_STEP_TREAT,
    .version = 1,
    .summary = "Take the natural logarithm, after a shift if there are zeros or negative values.",
    .formula = "y = ln(x - base + shift)",
    .nulls = "stay missing",
    .conventions =
        "'fixed' has base 0; 'minimum' and 'range' take base = min x of the reference set",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567; OECD/JRC Handbook (2008), step 5",
    .params = log_table,
    .params_size = sizeof(log_params),
    .fitted = log_fitted,
    .fit = log_fit,
    .apply = log_apply,
};
