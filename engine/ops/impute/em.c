/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.em -- fill gaps with their expectation under a multivariate normal distribution whose mean
 * and covariance are estimated with the gaps (EM).
 *
 *     E: x_m = mu_m + S_mo S_oo^-1 (x_o - mu_o),  with covariance S_mm - S_mo S_oo^-1 S_om
 *     M: mu, S = mean and covariance (divisor n) of what E completed, plus the covariances of E
 *     y = x, or its x_m at the end
 *
 * shape   x[k][n] -> y[k][n]
 * unit    each column's own
 * nulls   are filled; those of a unit with fewer than `min_present` values stay
 * errors  no more units than indicators; a covariance that has no inverse
 * source  Dempster, Laird, Rubin, Journal of the Royal Statistical Society B 39 (1977) 1; Little
 * and Rubin, Statistical Analysis with Missing Data (2002), chapter 11
 *
 * It starts at the columns' means and variances, without covariances, and stops when no element of
 * mu and S, in deviations of the columns, changes by more than `tolerance`. Constant and empty
 * columns are left out; gaps of a constant one get the constant. `ridge` adds that share of its
 * variance to each column's own, for columns that depend on each other.
 */
#include "ops/impute/em.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "numeric/linear.h"
#include "ops/column.h"

static const mera_param em_table_params[] = {
    MERA_TABLE_PARAMS(em_params),
    MERA_F64(em_params, tolerance, 1e-12, 1e-15, 1, NULL,
             "stop when nothing changes by more, in deviations of the columns"),
    MERA_INT(em_params, max_iterations, 10000, 1, 10000000,
             "or after so many rounds, with a warning"),
    MERA_F64(em_params, ridge, 0, 0, 1, NULL, "share of its variance added to each column's own"),
    MERA_INT(em_params, min_present, 1, 0, 1000000, "values a unit must have to be filled"),
    MERA_PARAMS_END,
};

/* ---- one round -------------------------------------------------------------------------- */

static mera_code em_refuse_singular(const em_run *run)
{
    const mera_code rc =
        mera_fail(run->ctx->diags, MERA_EINPUT, "singular", run->ctx->at,
                  "%s: the covariance of its %zu indicators has no inverse over %zu units, as when "
                  "one is a sum of others; %s needs one",
                  mera_op_subject(run->op, run->ctx), run->k, run->n, run->op->name);
    mera_hint(run->ctx->diags, "take one of the dependent indicators out, set 'ridge: 0.001', or "
                               "use impute.regression or impute.knn");
    return rc;
}

/* Solves L L' w = b in place. */
static void em_back(const double *lower, size_t n, double *w)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            w[i] -= lower[i * n + j] * w[j];
        }
        w[i] /= lower[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t j = i + 1; j < n; j++) {
            w[i] -= lower[j * n + i] * w[j];
        }
        w[i] /= lower[i * n + i];
    }
}

/* The weights of a pattern under the present S. */
static mera_code em_weights(const em_run *run, em_pattern *pattern, double *a, double *lower)
{
    const size_t o = pattern->n_known, k = run->k;
    if (pattern->n_gap == 0 || o == 0) {
        return MERA_OK;
    }
    for (size_t i = 0; i < o; i++) {
        for (size_t j = 0; j < o; j++) {
            a[i * o + j] = run->s[pattern->known[i] * k + pattern->known[j]];
        }
        a[i * o + i] *= 1 + run->p->ridge;
    }
    const mera_code rc = mera_cholesky(a, o, lower);
    if (rc == MERA_EINPUT) {
        return em_refuse_singular(run);
    }
    MERA_TRY(rc);
    for (size_t g = 0; g < pattern->n_gap; g++) {
        double *w = pattern->weight + g * o;
        for (size_t i = 0; i < o; i++) {
            w[i] = run->s[pattern->gap[g] * k + pattern->known[i]];
        }
        em_back(lower, o, w);
    }
    return MERA_OK;
}

/* What a pattern expects at a unit: d = x - mu, column by column. */
static void em_expect(const em_run *run, const em_pattern *pattern, size_t n, size_t i, double *d)
{
    for (size_t c = 0; c < pattern->n_known; c++) {
        const size_t j = pattern->known[c];
        d[j] = run->z[j * n + i] - run->mu[j];
    }
    for (size_t g = 0; g < pattern->n_gap; g++) {
        double sum = 0;
        for (size_t c = 0; c < pattern->n_known; c++) {
            sum += pattern->weight[g * pattern->n_known + c] * d[pattern->known[c]];
        }
        d[pattern->gap[g]] = sum;
    }
}

/* What is known leaves of the covariance of two gaps: S_mm - S_mo S_oo^-1 S_om. */
static double em_left(const em_run *run, const em_pattern *pattern, size_t g, size_t h)
{
    const size_t k = run->k, j = pattern->gap[h];
    double left = run->s[pattern->gap[g] * k + j];
    for (size_t c = 0; c < pattern->n_known; c++) {
        left -= pattern->weight[g * pattern->n_known + c] * run->s[pattern->known[c] * k + j];
    }
    return left;
}

/* Adds a pattern's units to the sums of d and of d d', and its covariances of expectation. */
static void em_add(const em_run *run, const em_pattern *pattern, size_t n, double *d, double *sum,
                   double *squares)
{
    const size_t k = run->k;
    for (size_t r = 0; r < pattern->n_rows; r++) {
        em_expect(run, pattern, n, pattern->row[r], d);
        for (size_t i = 0; i < k; i++) {
            sum[i] += d[i];
            for (size_t j = 0; j <= i; j++) {
                squares[i * k + j] += d[i] * d[j];
            }
        }
    }
    for (size_t g = 0; g < pattern->n_gap; g++) {
        for (size_t h = 0; h <= g; h++) { /* gaps ascend, so this is the lower triangle */
            squares[pattern->gap[g] * k + pattern->gap[h]] +=
                em_left(run, pattern, g, h) * (double)pattern->n_rows;
        }
    }
}

/* Moves mu and S to what the sums say; returns the largest change. */
static double em_move(em_run *run, const double *sum, const double *squares)
{
    const size_t k = run->k;
    const double n = (double)run->n;
    double change = 0;
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j <= i; j++) {
            const double s = squares[i * k + j] / n - (sum[i] / n) * (sum[j] / n);
            change = fmax(change, fabs(s - run->s[i * k + j]));
            run->s[i * k + j] = run->s[j * k + i] = s;
        }
    }
    for (size_t i = 0; i < k; i++) {
        change = fmax(change, fabs(sum[i] / n));
        run->mu[i] += sum[i] / n;
    }
    return change;
}

static mera_code em_iterate(em_run *run, size_t n)
{
    const size_t k = run->k;
    double *a, *lower, *d, *sum, *squares, change = INFINITY;
    int64_t round = 0;
    MERA_TRY_NEW(a, run->ctx->arena, k * k);
    MERA_TRY_NEW(lower, run->ctx->arena, k * k);
    MERA_TRY_NEW(d, run->ctx->arena, k);
    MERA_TRY_NEW(sum, run->ctx->arena, k);
    MERA_TRY_NEW(squares, run->ctx->arena, k * k);
    for (; round < run->p->max_iterations && change > run->p->tolerance; round++) {
        memset(sum, 0, k * sizeof *sum);
        memset(squares, 0, k * k * sizeof *squares);
        for (size_t q = 0; q < run->n_patterns; q++) {
            MERA_TRY(em_weights(run, &run->pattern[q], a, lower));
            if (run->pattern[q].n_known > 0) {
                em_add(run, &run->pattern[q], n, d, sum, squares);
            }
        }
        change = em_move(run, sum, squares);
    }
    for (size_t q = 0; q < run->n_patterns; q++) { /* expectations under the last mu and S */
        MERA_TRY(em_weights(run, &run->pattern[q], a, lower));
    }
    if (change > run->p->tolerance) {
        char left[32];
        mera_number_write(change, left);
        mera_warn(run->ctx->diags, "not-converged", run->ctx->at,
                  "%s: %s still changes by %s after %lld rounds",
                  mera_op_subject(run->op, run->ctx), run->op->name, left, (long long)round);
        mera_hint(run->ctx->diags, "raise 'max_iterations' or 'tolerance', or look at fewer "
                                   "indicators together");
    }
    return MERA_OK;
}

/* ---- the whole -------------------------------------------------------------------------- */

static mera_code em_refuse_few(const em_run *run)
{
    const mera_code rc = mera_fail(
        run->ctx->diags, MERA_EINPUT, "too-few-units", run->ctx->at,
        "%s: %zu unit%s for the covariance of %zu indicators; %s needs more units than "
        "indicators",
        mera_op_subject(run->op, run->ctx), run->n, run->n == 1 ? "" : "s", run->k, run->op->name);
    mera_hint(run->ctx->diags, "look at fewer indicators together ('among: siblings'), learn from "
                               "all periods ('reference: {period: all}'), or use impute.knn");
    return rc;
}

static mera_code em_fill(const em_run *run, size_t n, double *const *y)
{
    double *d;
    MERA_TRY_NEW(d, run->ctx->arena, run->k);
    for (size_t q = 0; q < run->n_patterns; q++) {
        const em_pattern *pattern = &run->pattern[q];
        if ((int64_t)pattern->n_known < run->p->min_present) {
            continue;
        }
        for (size_t r = 0; r < pattern->n_rows; r++) {
            em_expect(run, pattern, n, pattern->row[r], d);
            for (size_t g = 0; g < pattern->n_gap; g++) {
                const size_t j = pattern->gap[g], to = run->column[j];
                if (mera_table_fills(run->ctx, to)) {
                    y[to][pattern->row[r]] = run->center[j] + run->width[j] * (run->mu[j] + d[j]);
                    if (run->ctx->spread != NULL) {
                        run->ctx->spread[to][pattern->row[r]] =
                            run->width[j] * sqrt(fmax(0, em_left(run, pattern, g, g)));
                    }
                }
            }
        }
    }
    return MERA_OK;
}

/* A constant column is known everywhere; an empty one nowhere. */
static void em_constants(const mera_op_ctx *ctx, size_t k, size_t n, double *const *y)
{
    for (size_t j = 0; j < k; j++) {
        double low, high;
        if (mera_table_fills(ctx, j) && mera_column_range(y[j], n, &low, &high) > 0 &&
            low == high) {
            for (size_t i = 0; i < n; i++) {
                y[j][i] = low;
            }
        }
    }
}

static mera_code em_table(const mera_op *op, const void *params, mera_op_ctx *ctx,
                          const double *const *x, size_t k, size_t n, double *const *y)
{
    em_run run = {.op = op, .p = params, .ctx = ctx};
    mera_table_copy(x, k, n, y);
    em_constants(ctx, k, n, y);
    MERA_TRY(mera_em_columns(&run, x, k, n));
    bool gaps = false;
    for (size_t j = 0; j < run.k; j++) {
        gaps = gaps || mera_column_count(run.z + j * n, n) < n;
    }
    if (!gaps) {
        return MERA_OK;
    }
    MERA_TRY(mera_em_patterns(&run, n));
    if (run.n <= run.k && run.p->ridge == 0) {
        return em_refuse_few(&run);
    }
    MERA_TRY(em_iterate(&run, n));
    return em_fill(&run, n, y);
}

const mera_op mera_op_impute_em = {
    .name = "impute.em",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with their expectation under a multivariate normal distribution (EM).",
    .formula = "y = mu_m + S_mo S_oo^-1 (x_o - mu_o), mu and S estimated by EM",
    .nulls = "are filled; those of a unit with fewer than 'min_present' values stay",
    .conventions = "maximum likelihood: the covariance divides by n; starts without covariances; "
                   "constant columns are left out",
    .spread = "sqrt of the gap's variance that is left: S_mm - S_mo S_oo^-1 S_om",
    .source = "Dempster, Laird, Rubin, JRSS B 39 (1977) 1; Little and Rubin, Statistical Analysis "
              "with Missing Data (2002), chapter 11",
    .params = em_table_params,
    .params_size = sizeof(em_params),
    .table = em_table,
};
