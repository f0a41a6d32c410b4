/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far columns measure one thing: Cronbach's alpha, Kaiser, Meyer and Olkin's adequacy,
 * principal components (mera/statistics.h).
 *
 *     alpha   k^2 mean of the covariances of two columns / sum of all covariances
 *     KMO     sum r^2 / (sum r^2 + sum q^2) over pairs; q partial correlations, from the inverse of
 *             the correlation matrix: q_ij = -c_ij / sqrt(c_ii c_jj)
 *
 * source  Cronbach, Psychometrika 16 (1951) 297; Kaiser, Psychometrika 39 (1974) 31
 */
#include "mera/statistics.h"

#include "base/math.h"
#include "numeric/linear.h"
#include "ops/covariance.h"
#include "ops/factors.h"

#include <string.h>

mera_code mera_cronbach_of(const mera_columns *columns, bool pairwise, mera_arena *arena,
                           double *alpha)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    const size_t k = columns->k;
    mera_covariance c;
    double all = 0, pairs = 0;
    MERA_TRY(mera_covariance_of(columns->x, k, columns->n,
                                pairwise ? MERA_CASES_PAIRWISE : MERA_CASES_COMPLETE, arena, &c));
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            all += c.covariance[i * k + j];
            pairs += i != j ? c.covariance[i * k + j] : 0;
        }
    }
    const double size = (double)k;
    *alpha = k > 1 ? size * size * (pairs / (size * (size - 1))) / all : NAN;
    *alpha = isfinite(*alpha) ? *alpha : NAN;
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* ---- adequacy ---- */

/** The inverse of a correlation matrix; false when it has none that can be trusted. */
static mera_code components_inverse(const double *r, size_t k, mera_arena *arena, double *inverse,
                                    bool *ok)
{
    double *unit;
    MERA_TRY_NEW(unit, arena, k);
    *ok = true;
    for (size_t i = 0; i < k && *ok; i++) {
        memset(unit, 0, k * sizeof *unit);
        unit[i] = 1;
        const mera_code code = mera_solve_definite(r, k, unit, arena, inverse + i * k);
        if (code == MERA_ENOMEM) {
            return code;
        }
        *ok = code == MERA_OK && inverse[i * k + i] < 1e10;
    }
    return MERA_OK;
}

static void components_adequacy(const double *r, const double *c, size_t k, mera_adequacy *out)
{
    double all_r = 0, all_q = 0;
    for (size_t i = 0; i < k; i++) {
        double own_r = 0, own_q = 0;
        for (size_t j = 0; j < k; j++) {
            if (i != j) {
                own_r += r[i * k + j] * r[i * k + j];
                own_q += c[i * k + j] * c[i * k + j] / (c[i * k + i] * c[j * k + j]);
            }
        }
        out->column[i] = own_r + own_q > 0 ? own_r / (own_r + own_q) : NAN;
        all_r += own_r;
        all_q += own_q;
    }
    out->kmo = all_r + all_q > 0 ? all_r / (all_r + all_q) : NAN;
}

/** Is every correlation a number? */
static bool components_whole(const double *r, size_t k)
{
    for (size_t i = 0; i < k * k; i++) {
        if (isnan(r[i])) {
            return false;
        }
    }
    return true;
}

mera_code mera_adequacy_of(const mera_columns *columns, mera_arena *arena, mera_adequacy *out)
{
    const size_t k = columns->k;
    mera_covariance c;
    double *inverse;
    bool ok;
    *out = (mera_adequacy){.kmo = NAN};
    MERA_TRY_NEW(out->column, arena, k);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY(mera_covariance_of(columns->x, k, columns->n, MERA_CASES_COMPLETE, arena, &c));
    MERA_TRY_NEW(inverse, arena, k * k);
    ok = k > 1 && components_whole(c.correlation, k);
    if (ok) {
        MERA_TRY(components_inverse(c.correlation, k, arena, inverse, &ok));
    }
    for (size_t j = 0; j < k; j++) {
        out->column[j] = NAN;
    }
    if (ok) {
        components_adequacy(c.correlation, inverse, k, out);
    }
    out->n = c.n;
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* ---- principal components ---- */

/** Turns each component the way the singular vectors of the standardised columns point. */
static mera_code components_signs(const double *z, size_t n, const mera_principal *p,
                                  mera_arena *arena)
{
    double *vector, *value;
    MERA_TRY_NEW(vector, arena, p->k * p->n_components);
    MERA_TRY_NEW(value, arena, p->n_components);
    MERA_TRY(mera_singular(z, n, p->k, arena, value, vector));
    for (size_t f = 0; f < p->n_components; f++) {
        double along = 0;
        for (size_t j = 0; j < p->k; j++) {
            along += vector[f * p->k + j] * p->loading[f * p->k + j];
        }
        for (size_t j = 0; j < p->k && along < 0; j++) {
            p->loading[f * p->k + j] = -p->loading[f * p->k + j];
        }
    }
    return MERA_OK;
}

/** The whole units' values, standardised, by columns. */
static mera_code components_standard(const mera_columns *columns, const mera_covariance *c,
                                     mera_arena *arena, double **z)
{
    size_t n;
    MERA_TRY(mera_complete_cases(columns->x, columns->k, columns->n, arena, z, &n, NULL));
    for (size_t j = 0; j < columns->k; j++) {
        for (size_t i = 0; i < n; i++) {
            (*z)[j * n + i] = ((*z)[j * n + i] - c->mean[j]) / c->sd[j];
        }
    }
    return MERA_OK;
}

static void components_fill(const mera_components *from, mera_principal *out)
{
    double sum = 0;
    memcpy(out->loading, from->vector, out->n_components * out->k * sizeof *out->loading);
    for (size_t f = 0; f < out->n_components; f++) {
        sum += from->value[f];
        out->sd[f] = sqrt(from->value[f]);
        out->share[f] = from->value[f] / (double)out->k;
        out->cumulative[f] = sum / (double)out->k;
    }
}

mera_code mera_principal_of(const mera_columns *columns, mera_sign_rule signs, mera_arena *arena,
                            mera_principal *out)
{
    const size_t k = columns->k, room = columns->n < k ? columns->n : k;
    mera_covariance c;
    mera_components found;
    double *z;
    *out = (mera_principal){.k = k};
    MERA_TRY_NEW(out->loading, arena, room * k);
    MERA_TRY_NEW(out->sd, arena, room);
    MERA_TRY_NEW(out->share, arena, room);
    MERA_TRY_NEW(out->cumulative, arena, room);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY(mera_covariance_of(columns->x, k, columns->n, MERA_CASES_COMPLETE, arena, &c));
    out->n = c.n;
    if (k == 0 || c.n < 2 || !components_whole(c.correlation, k)) {
        return MERA_EINPUT;
    }
    out->n_components = c.n < k ? c.n : k;
    MERA_TRY(mera_components_of(c.correlation, k, arena, &found));
    components_fill(&found, out);
    if (signs == MERA_SIGN_AS_IS) {
        MERA_TRY(components_standard(columns, &c, arena, &z));
        MERA_TRY(components_signs(z, c.n, out, arena));
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
