/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Principal components by eigenvalues of the correlation matrix, and Kaiser's varimax
 * (Psychometrika 23 (1958) 187): pairs of factors are turned in their plane, in order, until
 * nothing turns.
 */
#include "ops/factors.h"

#include <math.h>

#include "numeric/linear.h"

enum { VARIMAX_ROUNDS = 1000 };

mera_code mera_components_of(const double *correlation, size_t k, mera_arena *arena,
                             mera_components *out)
{
    *out = (mera_components){.k = k};
    MERA_TRY_NEW(out->value, arena, k);
    MERA_TRY_NEW(out->vector, arena, k * k);
    MERA_TRY_NEW(out->loading, arena, k * k);
    MERA_TRY(mera_eigen_symmetric(correlation, k, out->value, out->vector));
    for (size_t f = 0; f < k; f++) {
        out->value[f] = fmax(0, out->value[f]);
        for (size_t j = 0; j < k; j++) {
            out->loading[f * k + j] = out->vector[f * k + j] * sqrt(out->value[f]);
        }
    }
    return MERA_OK;
}

size_t mera_components_keep(const mera_components *c, const mera_component_rule *rule)
{
    double sum = 0, total = 0;
    size_t f = 0;
    for (size_t j = 0; j < c->k; j++) {
        total += c->value[j];
    }
    while (f < c->k && c->value[f] > rule->min_value && c->value[f] >= rule->min_share * total) {
        sum += c->value[f++];
    }
    while (f < c->k && !(sum > rule->min_cumulative * total)) {
        sum += c->value[f++];
    }
    return f > 0 ? f : 1;
}

/* The angle that maximises the variance of squares in the plane of two factors. */
static double varimax_angle(const double *a, const double *b, size_t k)
{
    double su = 0, sv = 0, suv = 0, squares = 0;
    for (size_t j = 0; j < k; j++) {
        const double u = a[j] * a[j] - b[j] * b[j], v = 2 * a[j] * b[j];
        su += u;
        sv += v;
        suv += u * v;
        squares += u * u - v * v;
    }
    const double n = (double)k;
    const double up = 2 * (suv - su * sv / n), across = squares - (su * su - sv * sv) / n;
    const double length = sqrt(up * up + across * across);
    if (!(length > 1e-300)) {
        return 0;
    }
    /* tan(4 phi) = up / across: halve the angle twice, for its tangent of phi */
    const double c4 = across / length, s4 = up / length;
    const double c2 = sqrt(fmax(0, (1 + c4) / 2));
    const double s2 = c2 > 1e-8 ? s4 / (2 * c2) : 1;
    const double c1 = sqrt(fmax(0, (1 + c2) / 2));
    return s2 / (2 * c1) / c1;
}

static double varimax_turn(double *a, double *b, size_t k)
{
    const double tangent = varimax_angle(a, b, k);
    const double c = 1 / sqrt(1 + tangent * tangent), s = tangent * c;
    for (size_t j = 0; j < k; j++) {
        const double x = a[j], y = b[j];
        a[j] = c * x + s * y;
        b[j] = c * y - s * x;
    }
    return fabs(s);
}

/* Multiplies or divides each row of loadings by its length. */
static void varimax_scale(double *loading, size_t f, size_t k, const double *length, bool divide)
{
    for (size_t g = 0; g < f; g++) {
        for (size_t j = 0; j < k; j++) {
            const double by = length[j] > 0 ? length[j] : 1;
            loading[g * k + j] = divide ? loading[g * k + j] / by : loading[g * k + j] * by;
        }
    }
}

mera_code mera_varimax(double *loading, size_t f, size_t k, bool kaiser, mera_arena *arena)
{
    double *length;
    MERA_TRY_NEW(length, arena, k);
    for (size_t j = 0; j < k; j++) {
        for (size_t g = 0; g < f; g++) {
            length[j] += loading[g * k + j] * loading[g * k + j];
        }
        length[j] = sqrt(length[j]);
    }
    if (kaiser) {
        varimax_scale(loading, f, k, length, true);
    }
    double turned = 1;
    for (size_t round = 0; turned > 1e-14 && round < VARIMAX_ROUNDS; round++) {
        turned = 0;
        for (size_t a = 0; a < f; a++) {
            for (size_t b = a + 1; b < f; b++) {
                turned = fmax(turned, varimax_turn(loading + a * k, loading + b * k, k));
            }
        }
    }
    if (kaiser) {
        varimax_scale(loading, f, k, length, false);
    }
    return MERA_OK;
}
