/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.mean -- fill gaps with the mean of the reference set; with `by: GROUP` that of the group.
 *
 *     y = x, or the mean of the present values of the reference set
 *
 * shape   x[n] -> y[n]; fitted: mean
 * unit    x's
 * nulls   are filled; they take no part in the mean
 * errors  nothing is present in the reference set
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3
 *
 * impute.group_mean is the same operation under the name that says how it is mostly used: the plan
 * fits it on each group.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/impute/fill.h"

static const char *const mean_fitted[] = {"mean", NULL};

static mera_code mean_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                          size_t n, mera_fitted *out)
{
    (void)params;
    const double value = mera_column_mean(x, n);
    if (isnan(value)) {
        return mera_op_refuse_empty(op, ctx);
    }
    MERA_TRY(mera_op_fitted(ctx, 1, out));
    out->v[0] = value;
    out->spread = mera_column_spread(x, n, value);
    return MERA_OK;
}

const mera_op mera_op_impute_group_mean = {
    .name = "impute.group_mean",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with the mean of the unit's group, named by 'by'.",
    .formula = "y = x, or the mean of the present values of the reference set",
    .nulls = "are filled; they take no part in the mean",
    .conventions = "the same as impute.mean; the group is the reference set",
    .spread = "deviation of the present values of the reference set (n - 1)",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3",
    .fitted = mean_fitted,
    .fit = mean_fit,
    .apply = fill_apply,
};

const mera_op mera_op_impute_mean = {
    .name = "impute.mean",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with the mean of the reference set.",
    .formula = "y = x, or the mean of the present values of the reference set",
    .nulls = "are filled; they take no part in the mean",
    .conventions = "the reference set is all units of the period, or the group named by 'by'",
    .spread = "deviation of the present values of the reference set (n - 1)",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3",
    .fitted = mean_fitted,
    .fit = mean_fit,
    .apply = fill_apply,
};
