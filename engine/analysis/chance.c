/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Distributions behind the tests of correlations.
 *
 *     t       P(|T| >= t) = I_x(df / 2, 1 / 2), x = df / (df + t^2) = 1 - r^2
 *     normal  P(|Z| >= z) = erfc(z / sqrt 2)
 *     rho     S = (n^3 - n)(1 - rho) / 6 over all orders; from 10 units Edgeworth's series
 *     tau     exchanges of neighbours over all orders, counted by n
 *
 * The incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated
 * by Lentz's method), Gamma(a + 1/2) / Gamma(a) by its expansion in 1 / a, erfc by its series and
 * its continued fraction (7.1.6, 7.1.14).
 *
 * source  Best, Roberts, Applied Statistics 24 (1975) 377, algorithm AS 89; Kendall, Rank
 *         Correlation Methods (1970), 3-5
 */
#include "analysis/chance.h"

#include "base/math.h"

enum { CHANCE_TERMS = 2000, CHANCE_EXPANDS = 32 };
#define CHANCE_TINY 1e-300
#define CHANCE_ENOUGH 1e-16
#define CHANCE_SQRT_PI 1.7724538509055160273
#define CHANCE_SQRT_2 1.4142135623730950488

/* ---- Student's t ---- */

/** Gamma(a + 1/2) / Gamma(a), a > 0. */
static double chance_gamma_ratio(double a)
{
    double before = 1;
    while (a < CHANCE_EXPANDS) {
        before *= a / (a + 0.5);
        a += 1;
    }
    const double q = 1 / (a * a);
    const double series = (-1.0 / 8 + q * (1.0 / 192 + q * (-1.0 / 640 + q * (17.0 / 14336)))) / a;
    return before * sqrt(a) * mera_exp(series);
}

static double chance_away_from_0(double x)
{
    return fabs(x) < CHANCE_TINY ? CHANCE_TINY : x;
}

/** The continued fraction of I_x(a, b). */
static double chance_beta_fraction(double x, double a, double b)
{
    double c = 1, d = 1 / chance_away_from_0(1 - (a + b) * x / (a + 1)), h = d;
    for (int m = 1; m < CHANCE_TERMS; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / chance_away_from_0(1 + even * d);
        c = chance_away_from_0(1 + even / c);
        h *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / chance_away_from_0(1 + odd * d);
        c = chance_away_from_0(1 + odd / c);
        h *= d * c;
        if (fabs(d * c - 1) < CHANCE_ENOUGH) {
            break;
        }
    }
    return h;
}

double mera_chance_t(double r, size_t n)
{
    if (isnan(r) || n < 3) {
        return NAN;
    }
    const double size = fmin(fabs(r), 1), square = size * size;
    const double a = ((double)n - 2) / 2, rest = (1 - size) * (1 + size);
    if (size == 0 || rest <= 0) {
        return size == 0 ? 1 : 0;
    }
    const double log_rest =
        square < 0.5 ? mera_log1p(-square) : mera_log(1 - size) + mera_log1p(size);
    /* rest^a * square^(1/2) / B(a, 1/2) */
    const double front = mera_exp(a * log_rest) * size * chance_gamma_ratio(a) / CHANCE_SQRT_PI;
    if (rest < (a + 1) / (a + 2.5)) {
        return front * chance_beta_fraction(rest, a, 0.5) / a;
    }
    return 1 - front * chance_beta_fraction(square, 0.5, a) / 0.5;
}

/* ---- normal ---- */

static double chance_erf_series(double t)
{
    double term = t, sum = t;
    for (int n = 1; n < CHANCE_TERMS && term > sum * CHANCE_ENOUGH; n++) {
        term *= 2 * t * t / (2 * n + 1);
        sum += term;
    }
    return 2 / CHANCE_SQRT_PI * mera_exp(-t * t) * sum;
}

static double chance_erfc_fraction(double t)
{
    double c = t, d = 0, h = t;
    for (int n = 1; n < CHANCE_TERMS; n++) {
        d = 1 / (t + n / 2.0 * d);
        c = t + n / 2.0 / c;
        h *= c * d;
        if (fabs(c * d - 1) < CHANCE_ENOUGH) {
            break;
        }
    }
    return mera_exp(-t * t) / CHANCE_SQRT_PI / h;
}

double mera_chance_normal(double z)
{
    const double t = fabs(z) / CHANCE_SQRT_2;
    return isnan(z) ? NAN : t < 2 ? 1 - chance_erf_series(t) : chance_erfc_fraction(t);
}

/** P(Z >= z) */
static double chance_upper(double z)
{
    const double half = mera_chance_normal(z) / 2;
    return z >= 0 ? half : 1 - half;
}

/* ---- tables ---- */

/** How many orders of n have each sum of squared shifts, and then P(S >= s). */
static mera_code chance_spearman_table(size_t n, mera_arena *arena, double **out)
{
    const size_t sums = (n * n * n - n) / 3 + 1, sets = (size_t)1 << n;
    double *count, *tail;
    MERA_TRY_NEW(tail, arena, sums / 2 + 2);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY_NEW(count, arena, sets * sums);
    count[0] = 1;
    for (size_t set = 0; set + 1 < sets; set++) {
        const size_t place = (size_t)__builtin_popcountll(set);
        for (size_t value = 0; value < n; value++) {
            const size_t off = value > place ? value - place : place - value;
            double *with = count + (set | (size_t)1 << value) * sums;
            for (size_t s = 0; (set >> value & 1) == 0 && s + off * off < sums; s++) {
                with[s + off * off] += count[set * sums + s];
            }
        }
    }
    double all = 1, above = 0;
    for (size_t i = 2; i <= n; i++) {
        all *= (double)i;
    }
    for (size_t half = sums / 2 + 1; half-- > 0;) {
        above += 2 * half < sums ? count[(sets - 1) * sums + 2 * half] : 0;
        tail[half] = above / all;
    }
    mera_arena_rewind(arena, mark);
    *out = tail;
    return MERA_OK;
}

/** P(at most k exchanges) among n, out of that among n - 1 (NULL: n is 2 or less). */
static mera_code chance_kendall_table(size_t n, mera_arena *arena, double **density, double **out)
{
    const size_t most = n * (n - 1) / 2, before = (n - 1) * (n - 2) / 2;
    double *now, *below, sum = 0;
    MERA_TRY_NEW(now, arena, most + 1);
    MERA_TRY_NEW(below, arena, most + 1);
    for (size_t k = 0; k <= most; k++) {
        for (size_t last = 0; last < n && last <= k; last++) {
            now[k] += k - last <= before ? (*density)[k - last] / (double)n : 0;
        }
        sum += now[k];
        below[k] = sum;
    }
    *density = now;
    *out = below;
    return MERA_OK;
}

mera_code mera_chance_tables_of(mera_arena *arena, mera_chance_tables *out)
{
    double *density;
    *out = (mera_chance_tables){{NULL}, {NULL}};
    for (size_t n = 2; n <= CHANCE_SPEARMAN_EXACT; n++) {
        MERA_TRY(chance_spearman_table(n, arena, &out->spearman[n]));
    }
    MERA_TRY_NEW(density, arena, 1);
    density[0] = 1;
    for (size_t n = 2; n < CHANCE_KENDALL_EXACT; n++) {
        MERA_TRY(chance_kendall_table(n, arena, &density, &out->kendall[n]));
    }
    return MERA_OK;
}

/* ---- rank correlations ---- */

/** Edgeworth's series of AS 89: what it adds to the normal tail at `x` for n units. */
static double chance_edgeworth(double x, double n)
{
    const double b = 1 / n, y = x * x;
    const double fourth =
        0.0151 * b + 0.0879 - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y));
    const double second = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * fourth;
    const double first = 0.2274 + b * (0.2531 + 0.1745 * b) + y * second;
    return x * b * first / mera_exp(y / 2);
}

/** P(S >= s), s even; with `below` P(S < s). */
static double chance_spearman_tail(const mera_chance_tables *tables, double s, size_t n, bool below)
{
    const double size = (double)n, largest = size * (size * size - 1) / 3;
    if (s <= 0 || s > largest) {
        return (s <= 0) == below ? 0 : 1;
    }
    if (n <= CHANCE_SPEARMAN_EXACT) {
        const double above = tables->spearman[n][(size_t)((s + 1) / 2)]; /* no order has odd S */
        return below ? 1 - above : above;
    }
    const double x = (6 * (s - 1) / (size * (size * size - 1)) - 1) * sqrt(size - 1);
    const double add = chance_edgeworth(x, size);
    return fmax(0, fmin(1, below ? chance_upper(-x) - add : chance_upper(x) + add));
}

double mera_chance_spearman(const mera_chance_tables *tables, double rho, size_t n)
{
    if (isnan(rho) || n < 2) {
        return NAN;
    }
    const double cube = (double)n * ((double)n * (double)n - 1);
    const double s = floor(cube * (1 - rho) / 6 + 0.5), middle = cube / 6;
    const bool below = cube * (1 - rho) / 6 <= middle;
    return fmin(1, 2 * chance_spearman_tail(tables, below ? s + 2 : s, n, below));
}

double mera_chance_kendall(const mera_chance_tables *tables, double tau, size_t n)
{
    if (isnan(tau) || n < 2) {
        return NAN;
    }
    const double pairs = (double)n * ((double)n - 1) / 2;
    const double ordered = floor((tau + 1) * pairs / 2 + 0.5);
    const double fewer = fmin(ordered, pairs - ordered); /* the distribution is symmetric */
    return fmin(1, 2 * tables->kendall[n][(size_t)fewer]);
}

double mera_chance_kendall_normal(double s, size_t n, const mera_tie_sums *a,
                                  const mera_tie_sums *b)
{
    const double m = (double)n;
    const double base = (m * (m - 1) * (2 * m + 5) - a->spread - b->spread) / 18;
    const double pairs = a->pairs * b->pairs / (2 * m * (m - 1));
    const double triples = n > 2 ? a->triples * b->triples / (9 * m * (m - 1) * (m - 2)) : 0;
    return mera_chance_normal(s / sqrt(base + pairs + triples));
}
