/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Indicators normalised otherwise for audit 8 and 10, from the treated and directed values of the
 * period, by the registry's own operations, each then brought to numbers that every aggregator
 * takes: min-max to 1..100, standard scores to mean 50 and deviation 10, percentile ranks to
 * 1..100. A column that does not vary gets the middle, 50.
 */
#include "analysis/audit_points.h"

#include "base/math.h"
#include "ops/column.h"

enum { POINTS_MIDDLE = 50 };

static const struct {
    const char *op;
    double times, plus;
    bool from_range; /**< scaled from what came out, its ends to 1 and 100 */
} points_how[] = {
    [AUDIT_MINMAX] = {"minmax", 0, 0, true},
    [AUDIT_ZSCORE] = {"zscore", 10, POINTS_MIDDLE, false},
    [AUDIT_PERCENTILE] = {"percentile_rank", 0, 0, true},
};

static mera_code points_apply(const audit_run *run, const mera_op *op, const double *x, size_t n,
                              mera_arena *arena, double *y)
{
    mera_op_ctx ctx = {.diags = mera_diags_new(arena),
                       .arena = arena,
                       .subject = "",
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .seed = run->m->seed};
    mera_fitted fitted = {.n = 0};
    void *params;
    MERA_TRY_PTR(ctx.diags);
    MERA_TRY(mera_op_bind(op, NULL, NULL, MERA_NOWHERE, arena, ctx.diags, &params));
    if (op->fit != NULL) {
        MERA_TRY(op->fit(op, params, &ctx, x, n, &fitted));
    }
    return op->apply(op, params, &ctx, &fitted, x, n, y);
}

static void points_scale(audit_points how, size_t n, double *y)
{
    double low = 0, high = 1;
    (void)mera_column_range(y, n, &low, &high);
    for (size_t i = 0; i < n; i++) {
        y[i] = points_how[how].from_range ? 1 + 99 * ((y[i] - low) / (high - low))
                                          : points_how[how].plus + points_how[how].times * y[i];
    }
}

static mera_code points_column(const audit_run *run, audit_points how, const mera_indicator *def,
                               const double *treated, mera_arena *arena, double *y)
{
    const mera_op *op = mera_registry_find(run->registry, MERA_STEP_NORMALISE, points_how[how].op);
    const size_t n = run->sheet.n;
    double *x, low, high;
    MERA_TRY_NEW(x, arena, n);
    mera_directed_values(def, treated, n, x);
    if (mera_column_range(x, n, &low, &high) == 0 || !(low < high) || op == NULL) {
        for (size_t i = 0; i < n; i++) {
            y[i] = isnan(x[i]) ? NAN : POINTS_MIDDLE;
        }
        return MERA_OK;
    }
    MERA_TRY(points_apply(run, op, x, n, arena, y));
    points_scale(how, n, y);
    return MERA_OK;
}

mera_code mera_audit_points(const audit_run *run, audit_points how, mera_arena *arena,
                            const double *const **out)
{
    const double **points;
    mera_sheet treated;
    MERA_TRY(mera_sheet_of(run->result, run->audit->period, MERA_STAGE_TREATED, arena, &treated));
    MERA_TRY_NEW(points, arena, run->m->n_indicators);
    for (size_t k = 0; k < run->m->n_indicators; k++) {
        const size_t column = run->sheet.n_nodes + k;
        double *y;
        if (!mera_audit_counts(run, column)) {
            continue;
        }
        MERA_TRY_NEW(y, arena, run->sheet.n);
        MERA_TRY(points_column(run, how, &run->m->indicator[k], treated.x[column], arena, y));
        points[k] = y;
    }
    *out = points;
    return MERA_OK;
}
