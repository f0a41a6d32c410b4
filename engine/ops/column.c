/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sums, moments and quantiles of a column. Two passes, so that a large common offset costs no
 * digits. Skewness and kurtosis are G1 and G2 of Joanes and Gill, The Statistician 47 (1998) 183
 * (type 2 of R's e1071, the one COINr uses); quantiles are those of Hyndman and Fan, The American
 * Statistician 50 (1996) 361, with R's guard against products that miss a whole number by rounding.
 */
#include "ops/column.h"

#include <float.h>
#include <math.h>
#include <string.h>

size_t mera_column_count(const double *x, size_t n)
{
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        present += !isnan(x[i]);
    }
    return present;
}

double mera_column_sum(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += isnan(x[i]) ? 0 : x[i];
    }
    return sum;
}

/* The second pass takes back what the first one lost to rounding. */
static double column_mean(const double *x, size_t n, size_t present)
{
    const double first = mera_column_sum(x, n) / (double)present;
    if (!isfinite(first)) {
        return first;
    }
    double rest = 0;
    for (size_t i = 0; i < n; i++) {
        rest += isnan(x[i]) ? 0 : x[i] - first;
    }
    return first + rest / (double)present;
}

double mera_column_mean(const double *x, size_t n)
{
    const size_t present = mera_column_count(x, n);
    return present > 0 ? column_mean(x, n, present) : NAN;
}

size_t mera_column_range(const double *x, size_t n, double *low, double *high)
{
    size_t present = 0;
    double least = INFINITY, largest = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        least = x[i] < least ? x[i] : least;
        largest = x[i] > largest ? x[i] : largest;
        present += !isnan(x[i]);
    }
    *low = present > 0 ? least : NAN;
    *high = present > 0 ? largest : NAN;
    return present;
}

double mera_column_sd(const double *x, size_t n, bool sample)
{
    const size_t present = mera_column_count(x, n);
    if (present < (sample ? 2 : 1)) {
        return NAN;
    }
    const double mean = column_mean(x, n, present);
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        const double d = isnan(x[i]) ? 0 : x[i] - mean;
        squares += d * d;
    }
    return sqrt(squares / (double)(sample ? present - 1 : present));
}

double mera_column_spread(const double *x, size_t n, double about)
{
    const size_t present = mera_column_count(x, n);
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        const double d = isnan(x[i]) ? 0 : x[i] - about;
        squares += d * d;
    }
    return present < 2 ? NAN : sqrt(squares / (double)(present - 1));
}

void mera_column_moments(const double *x, size_t n, mera_moments *out)
{
    *out = (mera_moments){.mean = NAN, .m2 = NAN, .m3 = NAN, .m4 = NAN};
    out->n = mera_column_range(x, n, &out->min, &out->max);
    if (out->n == 0) {
        return;
    }
    const double mean = mera_column_sum(x, n) / (double)out->n;
    double s1 = 0, s2 = 0, s3 = 0, s4 = 0;
    for (size_t i = 0; i < n; i++) {
        const double d = isnan(x[i]) ? 0 : x[i] - mean;
        const double d2 = d * d;
        s1 += d;
        s2 += d2;
        s3 += d2 * d;
        s4 += d2 * d2;
    }
    /* `mean` is off by e = s1 / n: move the sums to the true one. */
    const double count = (double)out->n, e = s1 / count;
    out->mean = mean + e;
    out->m2 = s2 / count - e * e;
    out->m3 = s3 / count - 3 * e * (s2 / count) + 2 * e * e * e;
    out->m4 = s4 / count - 4 * e * (s3 / count) + 6 * e * e * (s2 / count) - 3 * e * e * e * e;
    if (out->min == out->max) {
        out->mean = out->min;
        out->m2 = out->m3 = out->m4 = 0;
    }
}

double mera_moments_skewness(const mera_moments *m)
{
    if (m->n < 3 || !(m->m2 > 0)) {
        return NAN;
    }
    const double n = (double)m->n, g1 = m->m3 / (m->m2 * sqrt(m->m2));
    if (m->kind == MERA_MOMENTS_CORRECTED) {
        return g1 * sqrt(n * (n - 1)) / (n - 2);
    }
    const double share = (n - 1) / n;
    return m->kind == MERA_MOMENTS_SAMPLE ? g1 * (share * sqrt(share)) : g1;
}

double mera_moments_kurtosis(const mera_moments *m)
{
    if (m->n < 4 || !(m->m2 > 0)) {
        return NAN;
    }
    const double n = (double)m->n;
    const double g2 = m->m4 / (m->m2 * m->m2) - 3;
    if (m->kind != MERA_MOMENTS_CORRECTED) {
        const double share = (n - 1) / n;
        return m->kind == MERA_MOMENTS_SAMPLE ? (g2 + 3) * (share * share) - 3 : g2;
    }
    return (n - 1) * ((n + 1) * g2 + 6) / ((n - 2) * (n - 3));
}

mera_code mera_column_median(const double *x, size_t n, mera_arena *arena, double *out)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    double *v = mera_arena_alloc(arena, n, sizeof *v);
    MERA_TRY_PTR(v);
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        v[present] = x[i];
        present += !isnan(x[i]);
    }
    *out = NAN;
    if (present > 0) {
        const size_t half = present / 2;
        double middle = mera_select(v, present, half);
        if (present % 2 == 0) { /* the smaller neighbour is the largest of those before it */
            double below = v[0];
            for (size_t i = 1; i < half; i++) {
                below = v[i] > below ? v[i] : below;
            }
            middle = below == middle ? middle : below / 2 + middle / 2;
        }
        *out = middle;
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* 1-based value j of n, the ends held. */
static double column_at(const double *sorted, size_t n, double j)
{
    if (j < 1) {
        return sorted[0];
    }
    return j > (double)n ? sorted[n - 1] : sorted[(size_t)j - 1];
}

static double column_between(const double *sorted, size_t n, double j, double h)
{
    const double a = column_at(sorted, n, j), b = column_at(sorted, n, j + 1);
    if (h <= 0 || a == b) {
        return a;
    }
    return h >= 1 ? b : (1 - h) * a + h * b;
}

double mera_quantile_sorted(const double *sorted, size_t n, double p, int type)
{
    static const double a_of_type[] = {0, 0, 0, 0, 0, 0.5, 0, 1, 1.0 / 3, 0.375};
    static const double b_of_type[] = {0, 0, 0, 0, 1, 0.5, 0, 1, 1.0 / 3, 0.375};
    if (n == 0 || type < 1 || type > 9 || !(p >= 0 && p <= 1)) {
        return NAN;
    }
    const double fuzz = 4 * DBL_EPSILON, count = (double)n;
    if (type <= 3) {
        const double place = count * p - (type == 3 ? 0.5 : 0);
        const double j = floor(place + fuzz);
        const bool beyond = place > j + fuzz;
        double h = beyond ? 1 : 0;
        if (type == 2 && !beyond) {
            h = 0.5;
        } else if (type == 3 && !beyond) { /* a tie goes to the even place */
            h = fmod(j, 2) != 0 ? 1 : 0;
        }
        return column_between(sorted, n, j, h);
    }
    const double a = a_of_type[type], b = b_of_type[type];
    const double place = a + p * (count + 1 - a - b);
    const double j = floor(place + fuzz);
    const double h = place - j;
    return column_between(sorted, n, j, fabs(h) < fuzz ? 0 : h);
}
