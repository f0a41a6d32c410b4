/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the importance of children is made of, out of their columns. The main effect of a child is
 * what least squares on a natural cubic spline of it explains of y (Hastie, Tibshirani and
 * Friedman, The Elements of Statistical Learning (2009), 5.2.1): with an orthonormal basis B of the
 * spline that is |B' x w|^2, a function of the weights alone. Of degree 1 the same gives the
 * correlation.
 */
#include <math.h>
#include <string.h>

#include "ops/column.h"
#include "ops/importance.h"
#include "ops/spline.h"

typedef struct {
    const double *x; /* k columns of n, centred */
    size_t n, k, rank;
    double *basis; /* rank columns of n */
    double *effect;
} effects_run;

static double effects_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/** The child itself, or its spline; `made` functions. */
static mera_code effects_basis(effects_run *run, const double *x, size_t wanted, mera_arena *arena,
                               size_t *made)
{
    mera_spline spline = {.p = 1};
    if (run->rank > 1) {
        MERA_TRY(mera_spline_knots(x, run->n, wanted, arena, &spline));
    }
    if (spline.knots > 2) {
        mera_spline_columns(&spline, x, run->n, run->basis);
    } else {
        memcpy(run->basis, x, run->n * sizeof *x);
    }
    *made = mera_orthonormal(run->basis, run->n, spline.knots > 2 ? spline.p : 1, NULL);
    return MERA_OK;
}

static mera_code effects_of_child(effects_run *run, size_t j, size_t wanted, mera_arena *arena)
{
    const size_t n = run->n;
    size_t made;
    MERA_TRY(effects_basis(run, run->x + j * n, wanted, arena, &made));
    for (size_t q = 0; q < made; q++) {
        for (size_t l = 0; l < run->k; l++) {
            run->effect[(j * run->rank + q) * run->k + l] =
                effects_dot(run->basis + q * n, run->x + l * n, n) / sqrt((double)(n - 1));
        }
    }
    return MERA_OK;
}

static mera_code effects_covariance(const effects_run *run, mera_arena *arena, double **out)
{
    MERA_TRY_NEW(*out, arena, run->k * run->k);
    for (size_t a = 0; a < run->k; a++) {
        for (size_t b = 0; b < run->k; b++) {
            (*out)[a * run->k + b] = effects_dot(run->x + a * run->n, run->x + b * run->n, run->n) /
                                     (double)(run->n - 1);
        }
    }
    return MERA_OK;
}

mera_code mera_importance_of(const double *x, size_t n, size_t k, mera_importance_kind kind,
                             size_t knots, mera_arena *arena, mera_importance *out)
{
    effects_run run = {.n = n, .k = k};
    double *centred, *covariance;
    run.rank = kind == MERA_IMPORTANCE_SPLINE && knots > 2 ? knots - 1 : 1;
    MERA_TRY_NEW(centred, arena, n * k);
    MERA_TRY_NEW(run.basis, arena, run.rank * n);
    MERA_TRY_NEW(run.effect, arena, k * run.rank * k);
    for (size_t j = 0; j < k; j++) {
        const double mean = mera_column_mean(x + j * n, n);
        for (size_t i = 0; i < n; i++) {
            centred[j * n + i] = x[j * n + i] - mean;
        }
    }
    run.x = centred;
    for (size_t j = 0; j < k; j++) {
        const mera_arena_mark mark = mera_arena_mark_now(arena);
        MERA_TRY(effects_of_child(&run, j, knots, arena));
        mera_arena_rewind(arena, mark);
    }
    MERA_TRY(effects_covariance(&run, arena, &covariance));
    *out = (mera_importance){
        .k = k, .kind = kind, .covariance = covariance, .rank = run.rank, .effect = run.effect};
    return MERA_OK;
}
