/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.median -- fill gaps with the median of the reference set; with `by: GROUP` that of the
 * group.
 *
 *     y = x, or the median of the present values of the reference set
 *
 * shape   x[n] -> y[n]; fitted: median
 * unit    x's
 * nulls   are filled; they take no part in the median
 * errors  nothing is present in the reference set
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3
 *
 * impute.group_median is the same operation under the name that says how it is mostly used: the
 * plan fits it on each group.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/impute/fill.h"

static const char *const median_fitted[] = {"median", NULL};

static mera_code median_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const double *x, size_t n, mera_fitted *out)
{
    (void)params;
    double value;
    MERA_TRY(mera_column_median(x, n, ctx->arena, &value));
    if (isnan(value)) {
        return mera_op_refuse_empty(op, ctx);
    }
    MERA_TRY(mera_op_fitted(ctx, 1, out));
    out->v[0] = value;
    out->spread = mera_column_spread(x, n, value);
    return MERA_OK;
}

const mera_op mera_op_impute_group_median = {
    .name = "impute.group_median",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with the median of the unit's group, named by 'by'.",
    .formula = "y = x, or the median of the present values of the reference set",
    .nulls = "are filled; they take no part in the median",
    .conventions = "the same as impute.median; the group is the reference set",
    .spread = "root mean square distance of the present values of the reference set from their "
              "median (n - 1)",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3",
    .fitted = median_fitted,
    .fit = median_fit,
    .apply = fill_apply,
};

const mera_op mera_op_impute_median = {
    .name = "impute.median",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with the median of the reference set.",
    .formula = "y = x, or the median of the present values of the reference set",
    .nulls = "are filled; they take no part in the median",
    .conventions = "the reference set is all units of the period, or the group named by 'by'",
    .spread = "root mean square distance of the present values of the reference set from their "
              "median (n - 1)",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3",
    .fitted = median_fitted,
    .fit = median_fit,
    .apply = fill_apply,
};
