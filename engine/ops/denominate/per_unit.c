/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * denominate.per_unit -- an amount per so many of a denominator: per head, per 10,000, per cent.
 *
 *     y = x / by * per
 *
 * shape   x[n], by[n] -> y[n]
 * unit    x's per `per` of by's
 * nulls   missing where either is missing
 * errors  a denominator of 0 is missing, counted in a warning, or an error
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5 (scale effects)
 */
#include <math.h>

#include "ops/support.h"

enum { ZERO_MISSING, ZERO_ERROR };

typedef struct {
    const char *by;
    double per;
    int zero;
} per_unit_params;

static const char *const per_unit_zero[] = {"missing", "error", NULL};
static const mera_param per_unit_table[] = {
    {.name = "by",
     .type = MERA_PARAM_COLUMN,
     .offset = offsetof(per_unit_params, by),
     .required = true,
     .help = "the column to divide by"},
    MERA_F64(per_unit_params, per, 1, 1e-12, 1e15, NULL, "how many of the denominator make one"),
    MERA_ENUM(per_unit_params, zero, ZERO_MISSING, per_unit_zero, "what a denominator of 0 gives"),
    MERA_PARAMS_END,
};

static mera_code per_unit_refuse(const mera_op *op, const per_unit_params *p, mera_op_ctx *ctx,
                                 size_t i)
{
    char unit[MERA_UNIT_TEXT];
    const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "zero-denominator", ctx->at,
                                   "%s cannot be divided by '%s' at %s: it is 0 there",
                                   mera_op_subject(op, ctx), p->by, mera_op_unit(ctx, i, unit));
    mera_hint(ctx->diags, "'zero: missing' leaves such units without a value");
    return rc;
}

static mera_code per_unit_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)fitted;
    const per_unit_params *p = params;
    const double *by = ctx->input[0];
    size_t zeros = 0, first = 0;
    for (size_t i = 0; i < n; i++) {
        const bool zero = by[i] == 0 && mera_is_present(x[i]);
        if (zero && zeros++ == 0) {
            first = i;
        }
        y[i] =
            zero || !mera_is_present(x[i]) || !mera_is_present(by[i]) ? NAN : x[i] / by[i] * p->per;
        y[i] = fabs(y[i]) < INFINITY ? y[i] : NAN;
    }
    if (zeros > 0 && p->zero == ZERO_ERROR) {
        return per_unit_refuse(op, p, ctx, first);
    }
    if (zeros > 0) {
        char unit[MERA_UNIT_TEXT];
        mera_warn(ctx->diags, "zero-denominator", ctx->at,
                  "%s: '%s' is 0 at %zu unit%s, which get no value; the first is %s",
                  mera_op_subject(op, ctx), p->by, zeros, zeros == 1 ? "" : "s",
                  mera_op_unit(ctx, first, unit));
    }
    return MERA_OK;
}

const mera_op mera_op_denominate_per_unit = {
    .name = "denominate.per_unit",
    .step = MERA_STEP_DENOMINATE,
    .version = 1,
    .summary = "Divide by another column: per head, per 10,000, per square kilometre.",
    .formula = "y = x / by * per",
    .nulls = "missing where either is missing",
    .conventions = "a denominator of 0 gives a missing value and a counted warning, or an error",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5",
    .params = per_unit_table,
    .params_size = sizeof(per_unit_params),
    .apply = per_unit_apply,
};
