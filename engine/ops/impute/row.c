/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.row_mean, impute.row_median -- fill a unit's gap from its own other indicators.
 *
 *     z_j = (d_j - min d_j) / (max d_j - min d_j)    d_j = x_j, or -x_j where lower is better
 *     r   = mean (median) of the unit's present z_j
 *     y_j = x_j, or r brought back onto the scale of j
 *
 * shape   x[k][n] -> y[k][n]
 * unit    each column's own
 * nulls   are filled; those of a unit without any value stay
 * errors  none; a column with a target takes no part, since a distance to it says no value
 * source  Becker et al., COINr, JOSS 7 (2022) 4567, Impute(impute_by = "row", normalise_first)
 *
 * `normalise: false` takes the mean of the values as they are, for columns on one scale. A constant
 * column has no z and takes no part; its gaps get its constant. Only observed values count, so the
 * order of columns does not matter.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/impute/table.h"

typedef struct {
    mera_table_params table;
    bool normalise;
} row_params;

static const mera_param row_table_params[] = {
    MERA_TABLE_PARAMS(row_params),
    MERA_BOOL(row_params, normalise, 1,
              "direct the columns and rescale each onto 0 to 1 first, and back after"),
    MERA_PARAMS_END,
};

/** A column's way to the common scale: z = (sign * x - low) / width. */
typedef struct {
    double sign, low, width;
    bool takes_part;
} row_scale;

static row_scale row_scale_of(const row_params *p, const mera_op_ctx *ctx, size_t j,
                              const double *x, size_t n)
{
    const mera_direction way = ctx->child_direction != NULL ? ctx->child_direction[j] : MERA_HIGHER;
    double low, high;
    const size_t present = mera_column_range(x, n, &low, &high);
    if (!p->normalise) {
        return (row_scale){.sign = 1, .width = 1, .takes_part = present > 0};
    }
    const bool lower = way == MERA_LOWER;
    return (row_scale){.sign = lower ? -1 : 1,
                       .low = lower ? -high : low,
                       .width = high - low,
                       .takes_part = present > 0 && way != MERA_TARGET && high > low};
}

/* The unit's mean or median on the common scale; NaN when it has nothing. Its values there are left
 * in `row`. */
static mera_code row_middle(const row_scale *scale, const double *const *x, size_t k, size_t i,
                            bool median, double *row, mera_arena *arena, double *out)
{
    for (size_t j = 0; j < k; j++) {
        row[j] =
            scale[j].takes_part ? (scale[j].sign * x[j][i] - scale[j].low) / scale[j].width : NAN;
    }
    if (median) {
        return mera_column_median(row, k, arena, out);
    }
    *out = mera_column_mean(row, k);
    return MERA_OK;
}

/* Fills row i; a constant column's gaps are filled with its constant. */
static void row_fill(const mera_op_ctx *ctx, const row_scale *scale, size_t k, size_t i,
                     double middle, double spread, double *const *y)
{
    for (size_t j = 0; j < k; j++) {
        if (!mera_is_present(y[j][i]) && mera_table_fills(ctx, j) && scale[j].takes_part &&
            mera_is_present(middle)) {
            y[j][i] = scale[j].sign * (middle * scale[j].width + scale[j].low);
            if (ctx->spread != NULL) {
                ctx->spread[j][i] = spread * scale[j].width;
            }
        }
    }
}

static bool row_has_gap(const mera_op_ctx *ctx, const double *const *x, size_t k, size_t i)
{
    for (size_t j = 0; j < k; j++) {
        if (!mera_is_present(x[j][i]) && mera_table_fills(ctx, j)) {
            return true;
        }
    }
    return false;
}

/* What rows cannot fill: constant columns get their constant, columns with a target are named. */
static void row_others(const mera_op *op, const mera_op_ctx *ctx, const row_scale *scale, size_t j,
                       size_t n, double *y)
{
    double low, high;
    const size_t present = mera_column_range(y, n, &low, &high);
    if (!mera_table_fills(ctx, j) || present == n || present == 0) {
        return;
    }
    if (!scale[j].takes_part && low == high) {
        for (size_t i = 0; i < n; i++) {
            y[i] = low;
        }
        return;
    }
    mera_table_warn_gaps(op, ctx, j, n - present,
                         scale[j].takes_part
                             ? "those units have no value among these indicators"
                             : "it has a target, and a row of scores says no side of it");
}

static mera_code row_impute(const mera_op *op, const row_params *p, mera_op_ctx *ctx,
                            const double *const *x, size_t k, size_t n, double *const *y,
                            bool median)
{
    row_scale *scale;
    double *row, middle;
    MERA_TRY_NEW(scale, ctx->arena, k);
    MERA_TRY_NEW(row, ctx->arena, k);
    mera_table_copy(x, k, n, y);
    for (size_t j = 0; j < k; j++) {
        scale[j] = row_scale_of(p, ctx, j, x[j], n);
    }
    for (size_t i = 0; i < n; i++) {
        if (row_has_gap(ctx, x, k, i)) {
            MERA_TRY(row_middle(scale, x, k, i, median, row, ctx->arena, &middle));
            row_fill(ctx, scale, k, i, middle, mera_column_spread(row, k, middle), y);
        }
    }
    for (size_t j = 0; j < k; j++) {
        row_others(op, ctx, scale, j, n, y[j]);
    }
    return MERA_OK;
}

static mera_code row_mean_table(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const double *const *x, size_t k, size_t n, double *const *y)
{
    return row_impute(op, params, ctx, x, k, n, y, false);
}

static mera_code row_median_table(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const double *const *x, size_t k, size_t n, double *const *y)
{
    return row_impute(op, params, ctx, x, k, n, y, true);
}

const mera_op mera_op_impute_row_mean = {
    .name = "impute.row_mean",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill a unit's gaps with the mean of its other indicators, on a common scale.",
    .formula = "y = the unit's mean of min-max values, brought back onto the column's scale",
    .nulls = "are filled; those of a unit without any value stay",
    .conventions = "min-max on 0..1 of directed values unless 'normalise: false'; constant columns "
                   "and columns with a target take no part",
    .spread = "root mean square distance of the unit's min-max values from y (n - 1), brought back "
              "onto the column's scale",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567, Impute by row",
    .params = row_table_params,
    .params_size = sizeof(row_params),
    .table = row_mean_table,
};

const mera_op mera_op_impute_row_median = {
    .name = "impute.row_median",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill a unit's gaps with the median of its other indicators, on a common scale.",
    .formula = "y = the unit's median of min-max values, brought back onto the column's scale",
    .nulls = "are filled; those of a unit without any value stay",
    .conventions = "min-max on 0..1 of directed values unless 'normalise: false'; constant columns "
                   "and columns with a target take no part",
    .spread = "root mean square distance of the unit's min-max values from y (n - 1), brought back "
              "onto the column's scale",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567, Impute by row",
    .params = row_table_params,
    .params_size = sizeof(row_params),
    .table = row_median_table,
};
