/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The main effect of x on y: how much of the variance of y a smooth curve in x explains,
 *
 *     eta^2 = Var(f(x)) / Var(y),   f minimises sum (y - f(x))^2 + lambda int f''^2
 *
 * over natural cubic splines with knots at evenly spaced quantiles of x. lambda is the one of a
 * grid with least n RSS / (n - edf)^2 (generalised cross-validation, Craven and Wahba 1979). In the
 * basis that makes both the fit and the penalty diagonal, each component only shrinks:
 * z_m / (1 + lambda d_m), and a straight line does not (d = 0).
 *
 * source  Paruolo, Saisana, Saltelli, JRSS A 176 (2013) 609; Green, Silverman, Nonparametric
 *         Regression and Generalized Linear Models (1994), 2; Hastie, Tibshirani, Friedman, The
 *         Elements of Statistical Learning (2009), 5.2.1
 */
#include "analysis/shapley.h"

#include "base/math.h"
#include "numeric/linear.h"
#include "ops/column.h"

#include <string.h>

enum { EFFECT_GRID = 161 };
#define EFFECT_DEPENDENT 1e-9

/** A spline's basis without its constant. */
typedef struct effect_basis {
    const double *knot; /**< ascending, in units of x scaled to 0..1 */
    size_t knots, p;    /**< p = knots - 1 functions: x, then one for each knot but the last two */
} effect_basis;

static double effect_cubed(double x)
{
    return x > 0 ? x * x * x : 0;
}

/** Function number m at x. */
static double effect_at(const effect_basis *b, size_t m, double x)
{
    const double last = b->knot[b->knots - 1], before = b->knot[b->knots - 2];
    if (m == 0) {
        return x;
    }
    const double end = effect_cubed(x - last), from = b->knot[m - 1];
    return (effect_cubed(x - from) - end) / (last - from) -
           (effect_cubed(x - before) - end) / (last - before);
}

/** Its second derivative inside the knots: linear between them. */
static double effect_bend(const effect_basis *b, size_t m, double x)
{
    const double last = b->knot[b->knots - 1], before = b->knot[b->knots - 2];
    if (m == 0) {
        return 0;
    }
    const double from = b->knot[m - 1];
    return 6 * (fmax(0, x - from) / (last - from) - fmax(0, x - before) / (last - before));
}

/** int f_a'' f_b'': between two knots a square, which Simpson's rule integrates exactly. */
static void effect_penalty(const effect_basis *b, double *out)
{
    for (size_t a = 0; a < b->p; a++) {
        for (size_t c = 0; c < b->p; c++) {
            double sum = 0;
            for (size_t t = 0; t + 1 < b->knots; t++) {
                const double lo = b->knot[t], hi = b->knot[t + 1], mid = (lo + hi) / 2;
                sum += (hi - lo) / 6 *
                       (effect_bend(b, a, lo) * effect_bend(b, c, lo) +
                        4 * effect_bend(b, a, mid) * effect_bend(b, c, mid) +
                        effect_bend(b, a, hi) * effect_bend(b, c, hi));
            }
            out[a * b->p + c] = sum;
        }
    }
}

/** Knots at quantiles of x, equal ones once. */
static mera_code effect_knots(const double *x, size_t n, size_t wanted, mera_arena *arena,
                              effect_basis *out)
{
    double *sorted, *knot;
    size_t m;
    MERA_TRY(mera_column_sorted(x, n, arena, &sorted, &m));
    MERA_TRY_NEW(knot, arena, wanted);
    out->knots = 0;
    for (size_t t = 0; t < wanted; t++) {
        const double at = mera_quantile_sorted(sorted, m, (double)t / (double)(wanted - 1), 7);
        if (out->knots == 0 || at > knot[out->knots - 1] + EFFECT_DEPENDENT) {
            knot[out->knots++] = at;
        }
    }
    out->knot = knot;
    out->p = out->knots > 1 ? out->knots - 1 : 0;
    return MERA_OK;
}

static double effect_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void effect_centre(double *v, size_t n)
{
    const double mean = mera_column_mean(v, n);
    for (size_t i = 0; i < n; i++) {
        v[i] -= mean;
    }
}

/**
 * Columns q (p of n) made orthonormal in place, and inverse[p * p] by rows, the combinations of the
 * old ones that they are. Functions that add nothing to earlier ones are left out; returns how
 * many remain.
 */
static size_t effect_orthonormal(double *q, size_t n, size_t p, double *inverse)
{
    size_t kept = 0;
    for (size_t c = 0; c < p; c++) {
        double *v = q + kept * n, *as = inverse + kept * p;
        memmove(v, q + c * n, n * sizeof *v);
        memset(as, 0, p * sizeof *as);
        as[c] = 1;
        effect_centre(v, n);
        const double before = sqrt(effect_dot(v, v, n));
        for (int twice = 0; twice < 2; twice++) {
            for (size_t b = 0; b < kept; b++) {
                const double along = effect_dot(q + b * n, v, n);
                for (size_t i = 0; i < n; i++) {
                    v[i] -= along * q[b * n + i];
                }
                for (size_t l = 0; l < p; l++) {
                    as[l] -= along * inverse[b * p + l];
                }
            }
        }
        const double length = sqrt(effect_dot(v, v, n));
        for (size_t i = 0; i < n && length > 0; i++) {
            v[i] /= length;
        }
        for (size_t l = 0; l < p && length > 0; l++) {
            as[l] /= length;
        }
        kept += length > EFFECT_DEPENDENT * before && length > 0;
    }
    return kept;
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

static double effect_best(const effect_diagonal *e, size_t n)
{
    double scale = 0, best = HUGE_VAL, share = NAN;
    for (size_t m = 0; m < e->m; m++) {
        scale += e->d[m];
    }
    scale = scale > 0 ? scale / (double)e->m : 1;
    for (int g = 0; g < EFFECT_GRID; g++) {
        double explained;
        const double lambda = mera_pow(10, 8 - g / 10.0) / scale;
        const double score = effect_score(e, n, lambda, &explained);
        if (score < best * (1 - 1e-12)) {
            best = score;
            share = explained / e->square;
        }
    }
    return isnan(share) && best == HUGE_VAL ? NAN : fmin(1, share);
}

static mera_code effect_diagonalise(const double *q, size_t n, const double *inverse,
                                    const effect_basis *b, const double *y, mera_arena *arena,
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
    effect_penalty(b, penalty);
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

static mera_code effect_fit(const double *x, double *y, size_t n, const effect_basis *b,
                            mera_arena *arena, double *share)
{
    double *q, *inverse;
    effect_diagonal e = {.m = 0};
    MERA_TRY_NEW(q, arena, n * b->p);
    MERA_TRY_NEW(inverse, arena, b->p * b->p);
    for (size_t m = 0; m < b->p; m++) {
        for (size_t i = 0; i < n; i++) {
            q[m * n + i] = effect_at(b, m, x[i]);
        }
    }
    effect_centre(y, n);
    e.square = effect_dot(y, y, n);
    e.m = effect_orthonormal(q, n, b->p, inverse);
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
    double *scaled, *copy, low, high;
    effect_basis basis;
    *share = NAN;
    if (n < 3 || mera_column_range(x, n, &low, &high) < n || !(low < high)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(scaled, arena, n);
    MERA_TRY_NEW(copy, arena, n);
    for (size_t i = 0; i < n; i++) {
        scaled[i] = (x[i] - low) / (high - low);
        copy[i] = y[i];
    }
    MERA_TRY(effect_knots(scaled, n, knots < most ? knots : most, arena, &basis));
    MERA_TRY(effect_fit(scaled, copy, n, &basis, arena, share));
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
