/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Estimators of first-order and total Sobol' indices, one function each. Outcomes come without the
 * mean of all of them; f0 below is what is left of it in the rows at hand. With AB, the runs of A
 * whose input is from B:  E[B AB] - f0^2 estimates the variance due to the input, E[A AB] - f0^2
 * that due to all others.
 */
#include "draws/sobol_estimators.h"

#include <string.h>

#include "base/math.h"

typedef struct sums {
    double x, y, xx, yy, xy; /* means over rows of two outcomes about f0 */
} sums;

static sums sums_of(const mera_sobol_rows *r, const double *x, const double *y)
{
    sums s = {0};
    for (size_t i = 0; i < r->n; i++) {
        const double u = x[r->row[i]] - r->mean, v = y[r->row[i]] - r->mean;
        s.x += u;
        s.y += v;
        s.xx += u * u;
        s.yy += v * v;
        s.xy += u * v;
    }
    const double n = (double)r->n;
    return (sums){s.x / n, s.y / n, s.xx / n, s.yy / n, s.xy / n};
}

static double sums_square(const sums *s) /* E (x - y)^2 */
{
    return s->xx - 2 * s->xy + s->yy;
}

static double sums_correlation(const sums *s)
{
    return (s->xy - s->x * s->y) / sqrt((s->xx - s->x * s->x) * (s->yy - s->y * s->y));
}

static double first_jansen(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->b, r->ab);
    return 1 - sums_square(&s) / (2 * r->variance);
}

static double first_saltelli(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->b, r->ab), all = sums_of(r, r->b, r->a);
    return (s.xy - all.xy) / r->variance;
}

static double first_sobol(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->b, r->ab);
    return s.xy / r->variance;
}

static double first_martinez(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->b, r->ab);
    return sums_correlation(&s);
}

/* The mean and the variance of both samples together, so each stands for the other. */
static double sums_janon(const sums *s)
{
    const double mean = (s->x + s->y) / 2;
    return (s->xy - mean * mean) / ((s->xx + s->yy) / 2 - mean * mean);
}

static double first_janon(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->b, r->ab);
    return sums_janon(&s);
}

static double azzini_divisor(const mera_sobol_rows *r)
{
    const sums plain = sums_of(r, r->a, r->b), swapped = sums_of(r, r->ba, r->ab);
    return sums_square(&plain) + sums_square(&swapped);
}

static double first_azzini(const mera_sobol_rows *r)
{
    double product = 0;
    for (size_t i = 0; i < r->n; i++) {
        const uint32_t at = r->row[i];
        product += (r->ba[at] - r->b[at]) * (r->a[at] - r->ab[at]);
    }
    return 2 * product / (double)r->n / azzini_divisor(r);
}

static double total_jansen(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->a, r->ab);
    return sums_square(&s) / (2 * r->variance);
}

static double total_homma(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->a, r->ab);
    return 1 - s.xy / r->variance;
}

static double total_sobol(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->a, r->ab);
    return (s.xx - s.xy) / r->variance;
}

static double total_martinez(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->a, r->ab);
    return 1 - sums_correlation(&s);
}

static double total_glen(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->a, r->ab);
    const double n = (double)r->n, sample = n / (n - 1); /* covariance by n - 1 */
    const double spread =
        sqrt((s.xx - s.x * s.x) * (s.yy - s.y * s.y)) * sample; /* deviations by n - 1 */
    return 1 - (s.xy - s.x * s.y) * sample / spread;
}

static double total_janon(const mera_sobol_rows *r)
{
    const sums s = sums_of(r, r->a, r->ab);
    return 1 - sums_janon(&s);
}

static double total_azzini(const mera_sobol_rows *r)
{
    const sums b = sums_of(r, r->b, r->ba), a = sums_of(r, r->a, r->ab);
    return (sums_square(&b) + sums_square(&a)) / azzini_divisor(r);
}

static const struct {
    mera_sobol_estimator about;
    mera_sobol_fn of;
} estimators[] = {
    {{"jansen", "1 - mean((B - AB)^2) / 2V", "Jansen, Comp. Phys. Comm. 117 (1999) 35", false,
      false},
     first_jansen},
    {{"saltelli", "mean(B (AB - A)) / V",
      "Saltelli et al., Comp. Phys. Comm. 181 (2010) 259; Mauntz", false, false},
     first_saltelli},
    {{"sobol", "mean(B AB) / V, centred", "Sobol', Math. Comp. Simul. 55 (2001) 271", false, false},
     first_sobol},
    {{"martinez", "cor(B, AB)", "Martinez (2011); Baudin et al. (2016)", false, false},
     first_martinez},
    {{"janon", "(mean(B AB) - m^2) / (mean((B^2 + AB^2) / 2) - m^2), m = mean((B + AB) / 2)",
      "Janon et al., ESAIM: P&S 18 (2014) 342", false, false},
     first_janon},
    {{"azzini", "2 sum((BA - B)(A - AB)) / sum((A - B)^2 + (BA - AB)^2)",
      "Azzini, Mara, Rosati (2020)", false, true},
     first_azzini},
    {{"jansen", "mean((A - AB)^2) / 2V", "Jansen, Comp. Phys. Comm. 117 (1999) 35", true, false},
     total_jansen},
    {{"homma", "1 - mean(A AB) / V, centred", "Homma, Saltelli, RESS 52 (1996) 1", true, false},
     total_homma},
    {{"sobol", "mean(A (A - AB)) / V", "Sobol' et al., Math. Comp. Simul. 75 (2007) 6", true,
      false},
     total_sobol},
    {{"martinez", "1 - cor(A, AB)", "Martinez (2011); Baudin et al. (2016)", true, false},
     total_martinez},
    {{"glen", "1 - cov(A, AB) / sd(A) sd(AB), divisors n - 1",
      "Glen, Isaacs, Env. Modelling & Software 37 (2012) 157", true, false},
     total_glen},
    {{"janon", "1 - (mean(A AB) - m^2) / (mean((A^2 + AB^2) / 2) - m^2), m = mean((A + AB) / 2)",
      "Janon et al., ESAIM: P&S 18 (2014) 342", true, false},
     total_janon},
    {{"azzini", "sum((B - BA)^2 + (A - AB)^2) / sum((A - B)^2 + (BA - AB)^2)",
      "Azzini, Mara, Rosati (2020)", true, true},
     total_azzini},
};

enum { N_ESTIMATORS = sizeof estimators / sizeof *estimators };

const mera_sobol_estimator *mera_sobol_estimator_get(size_t index)
{
    return index < N_ESTIMATORS ? &estimators[index].about : NULL;
}

mera_sobol_fn mera_sobol_function(size_t index)
{
    return estimators[index].of;
}

size_t mera_sobol_estimator_find(const char *name, bool total)
{
    for (size_t i = 0; i < N_ESTIMATORS; i++) {
        if (estimators[i].about.total == total && strcmp(estimators[i].about.name, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}
