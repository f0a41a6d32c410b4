/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sobol' indices from the outcomes of a design of draws (mera/sensitivity.h). Sums are in the order
 * of the draws.
 */
#include <math.h>

#include "mera/sensitivity.h"

static double sobol_mean(const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += y[i];
    }
    return sum / (double)n;
}

/* Of n outcomes, divisor n - 1, by deviations from the mean. */
static double sobol_variance(const double *y, size_t n, double mean)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        squares += (y[i] - mean) * (y[i] - mean);
    }
    return squares / (double)(n - 1);
}

mera_code mera_sobol_indices(const double *y, size_t n, size_t d, bool centred, double *first,
                             double *total, double *variance)
{
    if (n == 0) {
        return MERA_EUSAGE;
    }
    const double *a = y, *b = y + n;
    const double mean = sobol_mean(y, 2 * n), v = sobol_variance(y, 2 * n, mean);
    const double centre = centred ? mean : 0;
    for (size_t input = 0; input < d; input++) {
        const double *ab = y + (2 + input) * n;
        double products = 0, squares = 0;
        for (size_t i = 0; i < n; i++) {
            products += (b[i] - centre) * (ab[i] - a[i]);
            squares += (a[i] - ab[i]) * (a[i] - ab[i]);
        }
        const double share = products / (double)n / v, jansen = squares / (2 * (double)n * v);
        first[input] = v > 0 && isfinite(share) ? share : NAN;
        total[input] = v > 0 && isfinite(jansen) ? jansen : NAN;
    }
    *variance = isfinite(v) ? v : NAN;
    return MERA_OK;
}
