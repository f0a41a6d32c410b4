/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Moments of a column and of pairs of columns. Missing cells take no part; two passes, so that a
 * large mean does not swallow a small spread. Skewness and kurtosis by Joanes and Gill (1998).
 */
#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "lua/column.h"
#include "lua/column_stats.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

/* Sums of the powers of the distances from the mean. */
typedef struct moments {
    double n, mean, m2, m3, m4;
} moments;

static moments moments_of(lua_State *L)
{
    const mera_lua_column *x = mera_lua_column_at(L, 1);
    moments m = {0};

    mera_box_charge(L, 1 + x->n / 4);
    for (size_t i = 0; i < x->n; i++) {
        const bool present = !isnan(x->v[i]);

        m.n += present ? 1 : 0;
        m.mean += present ? x->v[i] : 0;
    }
    m.mean /= m.n;
    for (size_t i = 0; i < x->n; i++) {
        const double d = isnan(x->v[i]) ? 0 : x->v[i] - m.mean;

        m.m2 += d * d;
        m.m3 += d * d * d;
        m.m4 += d * d * d * d;
    }
    return m;
}

/* Of a sample (0) or of a population (1)? */
static bool moments_population(lua_State *L)
{
    static const char *const kinds[] = {"sample", "population", NULL};

    return luaL_checkoption(L, 2, "sample", kinds) == 1;
}

int mera_lua_variance(lua_State *L)
{
    const bool population = moments_population(L);
    const moments m = moments_of(L);
    const double degrees = population ? m.n : m.n - 1;

    return mera_stats_push(L, degrees > 0 ? m.m2 / degrees : NAN);
}

int mera_lua_skewness(lua_State *L)
{
    const bool population = moments_population(L);
    const moments m = moments_of(L);
    const double spread = m.m2 / m.n, g1 = m.m3 / m.n / (spread * sqrt(spread));

    if (!(m.m2 > 0) || (!population && m.n < 3)) {
        return mera_stats_push(L, NAN);
    }
    return mera_stats_push(L, population ? g1 : g1 * sqrt(m.n * (m.n - 1)) / (m.n - 2));
}

int mera_lua_kurtosis(lua_State *L)
{
    const bool population = moments_population(L);
    const moments m = moments_of(L);
    const double spread = m.m2 / m.n, g2 = m.m4 / m.n / (spread * spread) - 3;

    if (!(m.m2 > 0) || (!population && m.n < 4)) {
        return mera_stats_push(L, NAN);
    }
    return mera_stats_push(
        L, population ? g2 : (m.n - 1) / ((m.n - 2) * (m.n - 3)) * ((m.n + 1) * g2 + 6));
}

/* ---- pairs ------------------------------------------------------------------------------- */

/* Reads two columns of one length. */
static size_t moments_pair(lua_State *L, mera_lua_operand x[2])
{
    size_t n;

    x[0] = mera_lua_operand_at(L, 1);
    x[1] = mera_lua_operand_at(L, 2);
    n = mera_lua_common_n(L, x, 2);
    luaL_argcheck(L, x[0].v != NULL && x[1].v != NULL, 2, "two columns are wanted");
    mera_box_charge(L, 1 + n / 2);
    return n;
}

int mera_lua_correlation(lua_State *L)
{
    mera_lua_operand x[2];
    const size_t n = moments_pair(L, x);
    double k = 0, mean[2] = {0, 0}, xx = 0, yy = 0, xy = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[0].v[i]) && !isnan(x[1].v[i])) {
            mean[0] += x[0].v[i];
            mean[1] += x[1].v[i];
            k++;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[0].v[i]) && !isnan(x[1].v[i])) {
            const double p = x[0].v[i] - mean[0] / k, q = x[1].v[i] - mean[1] / k;

            xx += p * p;
            yy += q * q;
            xy += p * q;
        }
    }
    return mera_stats_push(L, xx > 0 && yy > 0 ? xy / (sqrt(xx) * sqrt(yy)) : NAN);
}

int mera_lua_weighted_mean_of(lua_State *L)
{
    mera_lua_operand x[2];
    const size_t n = moments_pair(L, x);
    double sum = 0, weights = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[0].v[i]) && !isnan(x[1].v[i])) {
            if (x[1].v[i] < 0) {
                return luaL_error(L, "weighted_mean: a weight is below 0");
            }
            sum += x[0].v[i] * x[1].v[i];
            weights += x[1].v[i];
        }
    }
    return mera_stats_push(L, weights > 0 ? sum / weights : NAN);
}

/* ---- median absolute deviation ----------------------------------------------------------- */

int mera_lua_mad(lua_State *L)
{
    const mera_lua_column *x = mera_lua_column_at(L, 1);
    double *v, median;
    size_t n = 0;

    mera_stats_charge_sort(L, 2 * x->n);
    mera_lua_column_new(L, x->n, &v);
    for (size_t i = 0; i < x->n; i++) {
        if (!isnan(x->v[i])) {
            v[n++] = x->v[i];
        }
    }
    if (n == 0) {
        return mera_stats_push(L, NAN);
    }
    qsort(v, n, sizeof *v, mera_stats_compare);
    median = mera_stats_quantile(v, n, 0.5);
    for (size_t i = 0; i < n; i++) {
        v[i] = fabs(v[i] - median);
    }
    qsort(v, n, sizeof *v, mera_stats_compare);
    return mera_stats_push(L, mera_stats_quantile(v, n, 0.5));
}
