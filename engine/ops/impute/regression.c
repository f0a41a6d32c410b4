/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.regression -- fill a gap with what ordinary least squares expects of the unit.
 *
 *     y_j = b0 + sum_p b_p x_p    over the predictors p that the unit has; b: least squares over
 * the units that have j and all of these predictors
 *
 * shape   x[k][n] -> y[k][n]
 * unit    each column's own
 * nulls   are filled; those of a unit without any predictor stay (said in a warning)
 * errors  fewer than two units more than predictors to learn from, unless `too_few: skip`
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3 (regression
 *         imputation); Little and Rubin, Statistical Analysis with Missing Data (2002), chapter 4:
 *         Buck's method, one regression a pattern of what is known
 *
 * Only observed values are looked at, so neither the order of columns nor that of units matters.
 * Of predictors that depend on each other linearly the coefficients of least norm are taken.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "numeric/linear.h"
#include "ops/column.h"
#include "ops/impute/table.h"

enum { CLIP_NONE, CLIP_OBSERVED };
enum { TOO_FEW_ERROR, TOO_FEW_SKIP };
#define REGRESSION_TOLERANCE 1e-10 /* singular directions below this share of the largest */

typedef struct {
    mera_table_params table;
    mera_text_list predictors;
    int64_t max_predictors;
    int too_few, clip;
} regression_params;

static const char *const regression_clip[] = {"none", "observed", NULL};
static const char *const regression_too_few[] = {"error", "skip", NULL};
static const mera_param regression_table_params[] = {
    MERA_TABLE_PARAMS(regression_params),
    {.name = "predictors",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(regression_params, predictors),
     .fallback_text = "[]",
     .help = "ids of the indicators to predict from; empty: all others that are looked at"},
    MERA_INT(regression_params, max_predictors, 0, 0, 100000,
             "take only so many, those of the largest absolute correlation; 0: all"),
    MERA_ENUM(regression_params, too_few, TOO_FEW_ERROR, regression_too_few,
              "what too few units to learn from give: an error, or a gap for the next imputer"),
    MERA_ENUM(regression_params, clip, CLIP_NONE, regression_clip,
              "hold what is filled in between the least and the largest observed value"),
    MERA_PARAMS_END,
};

/** One column being filled. */
typedef struct {
    const mera_op *op;
    const regression_params *p;
    mera_op_ctx *ctx;
    const double *const *x;
    size_t k, n, j;
    const bool *allowed;    /**< k: may it predict */
    const double *strength; /**< k: absolute correlation with j */
    size_t alone, few;      /**< gaps without a predictor, with too few units */
} regression_run;

/** The predictors of one pattern and what was learnt from them. */
typedef struct {
    size_t *column, n;
    double *center, *width, *b;
    double mean;
    double spread; /* of the residuals */
} regression_fit;

static double regression_correlation(const double *a, const double *b, size_t n)
{
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        const bool both = mera_is_present(a[i]) && mera_is_present(b[i]);
        sa += both ? a[i] : 0;
        sb += both ? b[i] : 0;
        m += both;
    }
    for (size_t i = 0; i < n && m > 0; i++) {
        const double da = a[i] - sa / (double)m, db = b[i] - sb / (double)m;
        if (mera_is_present(da) && mera_is_present(db)) {
            saa += da * da;
            sbb += db * db;
            sab += da * db;
        }
    }
    return saa > 0 && sbb > 0 ? sab / sqrt(saa * sbb) : 0;
}

/* The predictors that unit i has, the strongest ones when only some are wanted. */
static void regression_choose(const regression_run *run, size_t i, size_t *column, size_t *n)
{
    const size_t most = run->p->max_predictors > 0 ? (size_t)run->p->max_predictors : run->k;
    *n = 0;
    for (size_t c = 0; c < run->k; c++) {
        if (!run->allowed[c] || !mera_is_present(run->x[c][i])) {
            continue;
        }
        size_t at = *n;
        while (at > 0 && run->strength[column[at - 1]] < run->strength[c]) {
            at--;
        }
        memmove(column + at + 1, column + at, (*n - at) * sizeof *column);
        column[at] = c;
        *n = *n < most ? *n + 1 : most;
    }
}

/* Units that have j and all predictors. */
static size_t regression_rows(const regression_run *run, const regression_fit *fit, size_t *row)
{
    size_t m = 0;
    for (size_t i = 0; i < run->n; i++) {
        bool whole = mera_is_present(run->x[run->j][i]);
        for (size_t c = 0; c < fit->n && whole; c++) {
            whole = mera_is_present(run->x[fit->column[c]][i]);
        }
        row[m] = i;
        m += whole;
    }
    return m;
}

static mera_code regression_refuse(const regression_run *run, size_t units, size_t predictors)
{
    char column[MERA_COLUMN_TEXT];
    const mera_code rc =
        mera_fail(run->ctx->diags, MERA_EINPUT, "too-few-units", run->ctx->at,
                  "%s: %zu unit%s and %zu predictor%s for %s; a regression needs two units more "
                  "than predictors",
                  mera_op_column(run->ctx, run->j, column), units, units == 1 ? "" : "s",
                  predictors, predictors == 1 ? "" : "s", run->op->name);
    mera_hint(run->ctx->diags, "name fewer 'predictors' or set 'max_predictors', take 'among: "
                               "siblings', leave such gaps to the next imputer with 'too_few: "
                               "skip', or use impute.knn");
    return rc;
}

/* Residuals of the rows over their degrees of freedom; a and y are centred and scaled. */
static double regression_residual(const regression_fit *fit, const double *a, const double *y,
                                  size_t m, size_t rank)
{
    double squares = 0;
    for (size_t r = 0; r < m; r++) {
        double left = y[r];
        for (size_t c = 0; c < fit->n; c++) {
            left -= fit->b[c] * a[c * m + r];
        }
        squares += left * left;
    }
    return sqrt(squares / (double)(m - rank - 1)); /* m is at least two more than rank */
}

/* Centres and scales the predictors over the rows and solves for their coefficients. */
static mera_code regression_solve(const regression_run *run, regression_fit *fit, const size_t *row,
                                  size_t m)
{
    mera_arena *arena = run->ctx->arena;
    const double *target = run->x[run->j];
    double *a, *y;
    size_t rank;
    MERA_TRY_NEW(fit->center, arena, fit->n);
    MERA_TRY_NEW(fit->width, arena, fit->n);
    MERA_TRY_NEW(fit->b, arena, fit->n);
    MERA_TRY_NEW(a, arena, m * fit->n);
    MERA_TRY_NEW(y, arena, m);
    for (size_t r = 0; r < m; r++) {
        y[r] = target[row[r]];
    }
    fit->mean = mera_column_mean(y, m);
    for (size_t r = 0; r < m; r++) {
        y[r] -= fit->mean;
    }
    for (size_t c = 0; c < fit->n; c++) {
        double *to = a + c * m, low, high;
        for (size_t r = 0; r < m; r++) {
            to[r] = run->x[fit->column[c]][row[r]];
        }
        (void)mera_column_range(to, m, &low, &high);
        fit->center[c] = mera_column_mean(to, m);
        fit->width[c] = low < high ? mera_column_sd(to, m, false) : 0;
        for (size_t r = 0; r < m; r++) { /* a predictor constant here says nothing */
            to[r] = fit->width[c] > 0 ? (to[r] - fit->center[c]) / fit->width[c] : 0;
        }
    }
    MERA_TRY(mera_least_squares(a, m, fit->n, y, REGRESSION_TOLERANCE, arena, fit->b, &rank));
    fit->spread = regression_residual(fit, a, y, m, rank);
    return MERA_OK;
}

static double regression_predict(const regression_run *run, const regression_fit *fit, size_t i)
{
    double y = fit->mean, low, high;
    for (size_t c = 0; c < fit->n; c++) {
        if (fit->width[c] > 0) {
            y += fit->b[c] * ((run->x[fit->column[c]][i] - fit->center[c]) / fit->width[c]);
        }
    }
    if (run->p->clip == CLIP_OBSERVED) {
        (void)mera_column_range(run->x[run->j], run->n, &low, &high);
        y = y < low ? low : y > high ? high : y;
    }
    return fabs(y) < INFINITY ? y : NAN;
}

/* Fills the gap at unit i and those of all later units that have the same predictors. */
static mera_code regression_pattern(regression_run *run, size_t i, uint8_t *done, double *y)
{
    regression_fit fit = {.mean = 0};
    size_t *row, *other, n_other, filled = 0;
    MERA_TRY_NEW(fit.column, run->ctx->arena, run->k + 1);
    MERA_TRY_NEW(other, run->ctx->arena, run->k + 1);
    MERA_TRY_NEW(row, run->ctx->arena, run->n + 1);
    regression_choose(run, i, fit.column, &fit.n);
    const size_t m = regression_rows(run, &fit, row);
    const bool enough = m >= fit.n + 2;
    if (fit.n > 0 && !enough && run->p->too_few == TOO_FEW_ERROR) {
        return regression_refuse(run, m, fit.n);
    }
    if (fit.n > 0 && enough) {
        MERA_TRY(regression_solve(run, &fit, row, m));
    }
    for (size_t u = i; u < run->n; u++) {
        if (done[u] || mera_is_present(run->x[run->j][u])) {
            continue;
        }
        regression_choose(run, u, other, &n_other);
        if (n_other == fit.n && memcmp(other, fit.column, fit.n * sizeof *other) == 0) {
            done[u] = 1;
            y[u] = fit.n > 0 && enough ? regression_predict(run, &fit, u) : NAN;
            if (run->ctx->spread != NULL && fit.n > 0 && enough) {
                run->ctx->spread[run->j][u] = fit.spread;
            }
            filled++;
        }
    }
    run->alone += fit.n == 0 ? filled : 0;
    run->few += fit.n > 0 && !enough ? filled : 0;
    return MERA_OK;
}

static mera_code regression_column(regression_run *run, double *strength, double *y)
{
    uint8_t *done;
    MERA_TRY_NEW(done, run->ctx->arena, run->n);
    for (size_t c = 0; c < run->k; c++) {
        strength[c] = fabs(regression_correlation(run->x[run->j], run->x[c], run->n));
    }
    for (size_t i = 0; i < run->n; i++) {
        if (!done[i] && !mera_is_present(run->x[run->j][i])) {
            const mera_arena_mark mark = mera_arena_mark_now(run->ctx->arena);
            MERA_TRY(regression_pattern(run, i, done, y));
            mera_arena_rewind(run->ctx->arena, mark);
        }
    }
    mera_table_warn_gaps(run->op, run->ctx, run->j, run->alone,
                         "those units have none of the predictors");
    mera_table_warn_gaps(run->op, run->ctx, run->j, run->few, "too few units to learn from");
    return MERA_OK;
}

/* Which columns may predict; a name that is none of them is an error. */
static mera_code regression_allowed(const mera_op *op, const regression_params *p,
                                    const mera_op_ctx *ctx, size_t k, bool *allowed)
{
    for (size_t c = 0; c < k; c++) {
        allowed[c] = p->predictors.n == 0;
    }
    for (size_t i = 0; i < p->predictors.n; i++) {
        size_t c = 0;
        while (c < k &&
               !(ctx->child_name != NULL && mera_streq(ctx->child_name[c], p->predictors.v[i]))) {
            c++;
        }
        if (c == k) {
            const char *near = ctx->child_name != NULL
                                   ? mera_nearest(p->predictors.v[i], ctx->child_name, k)
                                   : NULL;
            const mera_code rc = mera_fail(
                ctx->diags, MERA_EINPUT, "unknown-indicator", ctx->at,
                "'predictors' of %s names '%s', which is none of the %zu indicators looked at",
                op->name, p->predictors.v[i], k);
            mera_hint(ctx->diags,
                      near != NULL ? "did you mean '%s'?"
                                   : "'among: all' looks at all "
                                     "of the framework",
                      near);
            return rc;
        }
        allowed[c] = true;
    }
    return MERA_OK;
}

static mera_code regression_table(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const double *const *x, size_t k, size_t n, double *const *y)
{
    const regression_params *p = params;
    bool *allowed;
    double *strength;
    MERA_TRY_NEW(allowed, ctx->arena, k);
    MERA_TRY_NEW(strength, ctx->arena, k);
    MERA_TRY(regression_allowed(op, p, ctx, k, allowed));
    mera_table_copy(x, k, n, y);
    for (size_t j = 0; j < k; j++) {
        const size_t present = mera_column_count(x[j], n);
        const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
        regression_run run = {.op = op,
                              .p = p,
                              .ctx = ctx,
                              .x = x,
                              .k = k,
                              .n = n,
                              .j = j,
                              .allowed = allowed,
                              .strength = strength};
        if (mera_table_fills(ctx, j) && present > 0 && present < n) {
            MERA_TRY(regression_column(&run, strength, y[j]));
        }
        mera_arena_rewind(ctx->arena, mark);
    }
    return MERA_OK;
}

const mera_op mera_op_impute_regression = {
    .name = "impute.regression",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with what least squares expects from the unit's other indicators.",
    .formula = "y = b0 + sum b x over the predictors that the unit has",
    .nulls = "are filled; those of a unit without any predictor stay",
    .conventions = "one regression for each pattern of known predictors, over the units that have "
                   "all of them; linearly dependent predictors get the coefficients of least norm",
    .spread = "s = sqrt(sum of squared residuals / (units - predictors - 1)) of the regression",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3; Little and "
              "Rubin, Statistical Analysis with Missing Data (2002), chapter 4",
    .params = regression_table_params,
    .params_size = sizeof(regression_params),
    .table = regression_table,
};
