/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The main effect of x on y: how much of the variance of y a smooth curve in x explains,
 *
 *     eta^2 = Var(f(x)) / Var(y),   f minimises sum (y - f(x))^2 + lambda int f''^2
 *
 * over natural cubic splines with knots at evenly spaced quantiles of x. lambda is the one with
 * least n RSS / (n - edf)^2 (generalised cross-validation, Craven and Wahba 1979). In the
 * basis that makes both the fit and the penalty diagonal, each component only shrinks:
 * z_m / (1 + lambda d_m), and a straight line does not (d = 0).
 *
 * source  Paruolo, Saisana, Saltelli, JRSS A 176 (2013) 609; Green, Silverman, Nonparametric
 *         Regression and Generalized Linear Models (1994), 2; Hastie, Tibshirani, Friedman, The
 *         Elements of Statistical Learning (2009), 5.2.1
 */
#include "analysis/main_effect.h"

#include "base/math.h"
#include "numeric/linear.h"
#include "ops/column.h"
#include "ops/spline.h"

enum { EFFECT_GRID = 161, EFFECT_SMOOTHEST = 8, EFFECT_REFINE = 40 };

static double effect_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/** Components of y along the diagonal basis, and what each is punished by. */
typedef struct effect_diagonal {
    size_t m;
    double *z, *d;
    double square; /**< |y - mean|^2 */
} effect_diagonal;

/** n RSS / (n - edf)^2 and, in *explained, the square of the fit. */
static double effect_score(const effect_diagonal *e, size_t n, double lambda, double *explained)
{
    double rest = e->square, freedom = (double)n - 1;
    *explained = 0;
    for (size_t m = 0; m < e->m; m++) {
        const double shrink = 1 / (1 + lambda * e->d[m]), square = e->z[m] * e->z[m];
        rest += square * ((1 - shrink) * (1 - shrink) - 1);
        freedom -= shrink;
        *explained += square * shrink * shrink;
    }
    return freedom > 0 ? (double)n * fmax(rest, 0) / (freedom * freedom) : HUGE_VAL;
}

/** log10 of lambda between `low` and `high` with the least score: golden section. */
static double effect_refine(const effect_diagonal *e, size_t n, double scale, double low,
                            double high)
{
    const double part = (3 - sqrt(5)) / 2;
    double at[2] = {low + part * (high - low), high - part * (high - low)}, score[2], explained;
    for (int i = 0; i < 2; i++) {
        score[i] = effect_score(e, n, mera_pow(10, at[i]) / scale, &explained);
    }
    for (int round = 0; round < EFFECT_REFINE; round++) {
        const int worse = score[1] <= score[0] ? 0 : 1; /* the smoother one of equals stays */
        low = worse == 0 ? at[0] : low;
        high = worse == 0 ? high : at[1];
        at[worse] = at[1 - worse];
        score[worse] = score[1 - worse];
        const double fresh = worse == 0 ? high - part * (high - low) : low + part * (high - low);
        at[1 - worse] = fresh;
        score[1 - worse] = effect_score(e, n, mera_pow(10, fresh) / scale, &explained);
    }
    return (low + high) / 2;
}

/** The share of the fit at the lambda of least score: the best of a grid, and then between its
 * neighbours. */
static double effect_best(const effect_diagonal *e, size_t n)
{
    double scale = 0, best = HUGE_VAL, at = EFFECT_SMOOTHEST, explained = 0;
    for (size_t m = 0; m < e->m; m++) {
        scale += e->d[m];
    }
    scale = scale > 0 ? scale / (double)e->m : 1;
    for (int g = 0; g < EFFECT_GRID; g++) {
        const double exponent = EFFECT_SMOOTHEST - g / 10.0;
        const double score = effect_score(e, n, mera_pow(10, exponent) / scale, &explained);
        if (score < best * (1 - 1e-12)) {
            best = score;
            at = exponent;
        }
    }
    if (best == HUGE_VAL) {
        return NAN;
    }
    const double refined = effect_refine(e, n, scale, at - 0.1, at + 0.1);
    if (effect_score(e, n, mera_pow(10, refined) / scale, &explained) >= best * (1 - 1e-12)) {
        (void)effect_score(e, n, mera_pow(10, at) / scale, &explained);
    }
    return fmin(1, explained / e->square);
}

static mera_code effect_diagonalise(const double *q, size_t n, const double *inverse,
                                    const mera_spline *b, const double *y, mera_arena *arena,
                                    effect_diagonal *out)
{
    const size_t p = b->p, m = out->m;
    double *penalty, *small, *vector, *along;
    MERA_TRY_NEW(penalty, arena, p * p);
    MERA_TRY_NEW(small, arena, m * m);
    MERA_TRY_NEW(vector, arena, m * m);
    MERA_TRY_NEW(along, arena, m);
    MERA_TRY_NEW(out->z, arena, m);
    MERA_TRY_NEW(out->d, arena, m);
    mera_spline_penalty(b, penalty);
    for (size_t i = 0; i < m; i++) {
        along[i] = effect_dot(q + i * n, y, n);
        for (size_t j = 0; j < m; j++) {
            for (size_t l = 0; l < p; l++) {
                small[i * m + j] +=
                    inverse[i * p + l] * effect_dot(penalty + l * p, inverse + j * p, p);
            }
        }
    }
    MERA_TRY(mera_eigen_symmetric(small, m, out->d, vector));
    for (size_t f = 0; f < m; f++) {
        out->d[f] = fmax(0, out->d[f]);
        out->d[f] = out->d[f] < 1e-10 * out->d[0] ? 0 : out->d[f];
        out->z[f] = effect_dot(vector + f * m, along, m);
    }
    return MERA_OK;
}

static mera_code effect_fit(const double *x, const double *y, size_t n, const mera_spline *b,
                            mera_arena *arena, double *share)
{
    double *q, *inverse;
    effect_diagonal e = {.m = 0};
    MERA_TRY_NEW(q, arena, n * b->p);
    MERA_TRY_NEW(inverse, arena, b->p * b->p);
    mera_spline_columns(b, x, n, q);
    e.square = effect_dot(y, y, n);
    e.m = mera_orthonormal(q, n, b->p, inverse);
    if (e.m == 0 || !(e.square > 0)) {
        return MERA_OK;
    }
    MERA_TRY(effect_diagonalise(q, n, inverse, b, y, arena, &e));
    *share = effect_best(&e, n);
    return MERA_OK;
}

mera_code mera_main_effect(const double *x, const double *y, size_t n, size_t knots,
                           mera_arena *arena, double *share)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    const size_t most = n / 3 > 3 ? n / 3 : 3; /* more knots than that follow single units */
    double *scaled, *centred, low, high, y_low, y_high;
    mera_spline basis;
    *share = NAN;
    if (n < 3 || mera_column_range(x, n, &low, &high) < n || !(low < high) ||
        mera_column_range(y, n, &y_low, &y_high) < n || !(y_low < y_high)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(scaled, arena, n);
    MERA_TRY_NEW(centred, arena, n);
    const double mean = mera_column_mean(y, n);
    for (size_t i = 0; i < n; i++) {
        scaled[i] = (x[i] - low) / (high - low);
        centred[i] = y[i] - mean;
    }
    MERA_TRY(mera_spline_knots(scaled, n, knots < most ? knots : most, arena, &basis));
    MERA_TRY(effect_fit(scaled, centred, n, &basis, arena, share));
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
