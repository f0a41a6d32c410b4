/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Covariances in two passes: means first, then products of distances from them, so that a large
 * common offset costs no digits.
 */
#include "ops/covariance.h"

#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

const char *const mera_cases_names[] = {"complete", "pairwise", NULL};

mera_code mera_complete_cases(const double *const *x, size_t k, size_t n, mera_arena *arena,
                              double **out, size_t *m, uint32_t **kept)
{
    uint32_t *whole;
    size_t count = 0;
    MERA_TRY_NEW(whole, arena, n);
    for (size_t i = 0; i < n; i++) {
        bool present = true;
        for (size_t j = 0; j < k; j++) {
            present = present && mera_is_present(x[j][i]);
        }
        whole[count] = (uint32_t)i;
        count += present;
    }
    MERA_TRY_NEW(*out, arena, k * count);
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < count; i++) {
            (*out)[j * count + i] = x[j][whole[i]];
        }
    }
    *m = count;
    if (kept != NULL) {
        *kept = whole;
    }
    return MERA_OK;
}

/* Distances from the mean; exactly 0 when all values are the same. */
static void covariance_centre(double *x, size_t n, double *mean)
{
    double low, high;
    const bool varies = mera_column_range(x, n, &low, &high) > 0 && low < high;
    *mean = varies ? mera_column_mean(x, n) : low;
    for (size_t i = 0; i < n; i++) {
        x[i] -= *mean;
    }
}

static double covariance_product(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static double covariance_ratio(double product, double a, double b)
{
    return a > 0 && b > 0 ? fmax(-1, fmin(1, product / (sqrt(a) * sqrt(b)))) : NAN;
}

static void covariance_nothing(mera_covariance *out)
{
    for (size_t e = 0; e < out->k * out->k; e++) {
        out->covariance[e] = out->correlation[e] = NAN;
    }
    for (size_t j = 0; j < out->k; j++) {
        out->mean[j] = out->sd[j] = NAN;
    }
}

static mera_code covariance_complete(const double *const *x, size_t n, mera_arena *arena,
                                     mera_covariance *out)
{
    const size_t k = out->k;
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    double *z;
    MERA_TRY(mera_complete_cases(x, k, n, arena, &z, &out->n, NULL));
    if (out->n < 2) {
        covariance_nothing(out);
        return MERA_OK;
    }
    const double divisor = (double)(out->n - 1);
    for (size_t j = 0; j < k; j++) {
        covariance_centre(z + j * out->n, out->n, &out->mean[j]);
    }
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b <= a; b++) {
            const double product = covariance_product(z + a * out->n, z + b * out->n, out->n);
            out->covariance[a * k + b] = out->covariance[b * k + a] = product / divisor;
        }
        out->sd[a] = sqrt(out->covariance[a * k + a]);
    }
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++) {
            const double *c = out->covariance;
            const double r = covariance_ratio(c[a * k + b], c[a * k + a], c[b * k + b]);
            out->correlation[a * k + b] = a == b && !isnan(r) ? 1 : r;
        }
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

typedef struct {
    double *a, *b; /* the units that have both */
} covariance_pair;

static size_t covariance_both(const double *a, const double *b, size_t n,
                              const covariance_pair *out)
{
    size_t both = 0;
    for (size_t i = 0; i < n; i++) {
        out->a[both] = a[i];
        out->b[both] = b[i];
        both += mera_is_present(a[i]) && mera_is_present(b[i]);
    }
    return both;
}

static mera_code covariance_pairwise(const double *const *x, size_t n, mera_arena *arena,
                                     mera_covariance *out)
{
    const size_t k = out->k;
    covariance_pair pair;
    double mean;
    MERA_TRY_NEW(pair.a, arena, n + 1);
    MERA_TRY_NEW(pair.b, arena, n + 1);
    out->n = n;
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b <= a; b++) {
            const size_t both = covariance_both(x[a], x[b], n, &pair);
            double value = NAN, r = NAN;
            mean = NAN;
            if (both >= 2) {
                covariance_centre(pair.b, both, &mean);
                covariance_centre(pair.a, both, &mean);
                const double product = covariance_product(pair.a, pair.b, both);
                value = product / (double)(both - 1);
                r = covariance_ratio(product, covariance_product(pair.a, pair.a, both),
                                     covariance_product(pair.b, pair.b, both));
            }
            out->n = both < out->n ? both : out->n;
            out->covariance[a * k + b] = out->covariance[b * k + a] = value;
            out->correlation[a * k + b] = out->correlation[b * k + a] = a == b && !isnan(r) ? 1 : r;
        }
        out->mean[a] = mean; /* the last pair was the column with itself */
        out->sd[a] = sqrt(out->covariance[a * k + a]);
    }
    return MERA_OK;
}

mera_code mera_covariance_of(const double *const *x, size_t k, size_t n, mera_cases cases,
                             mera_arena *arena, mera_covariance *out)
{
    *out = (mera_covariance){.k = k};
    MERA_TRY_NEW(out->covariance, arena, k * k);
    MERA_TRY_NEW(out->correlation, arena, k * k);
    MERA_TRY_NEW(out->mean, arena, k);
    MERA_TRY_NEW(out->sd, arena, k);
    return cases == MERA_CASES_COMPLETE ? covariance_complete(x, n, arena, out)
                                        : covariance_pairwise(x, n, arena, out);
}
