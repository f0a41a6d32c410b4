/* SPDX-License-Identifier: Apache-2.0 */
/** @file Natural cubic splines of one column (ops/spline.h). */
#include "ops/spline.h"

#include <math.h>
#include <string.h>

#include "ops/column.h"

#define SPLINE_DEPENDENT 1e-9

mera_code mera_spline_knots(const double *x, size_t n, size_t wanted, mera_arena *arena,
                            mera_spline *out)
{
    double *sorted, *knot;
    size_t m;
    *out = (mera_spline){.knots = 0};
    MERA_TRY_NEW(knot, arena, wanted);
    MERA_TRY(mera_column_sorted(x, n, arena, &sorted, &m));
    const double apart = m > 0 ? SPLINE_DEPENDENT * (sorted[m - 1] - sorted[0]) : 0;
    for (size_t t = 0; t < wanted && m > 0; t++) {
        const double at = mera_quantile_sorted(sorted, m, (double)t / (double)(wanted - 1), 7);
        if (out->knots == 0 || at > knot[out->knots - 1] + apart) {
            knot[out->knots++] = at;
        }
    }
    out->knot = knot;
    out->p = out->knots > 1 ? out->knots - 1 : 0;
    return MERA_OK;
}

static double spline_cubed(double x)
{
    return x > 0 ? x * x * x : 0;
}

/** Function number m at x. */
static double spline_at(const mera_spline *s, size_t m, double x)
{
    const double last = s->knot[s->knots - 1], before = s->knot[s->knots - 2];
    if (m == 0) {
        return x;
    }
    const double end = spline_cubed(x - last), from = s->knot[m - 1];
    return (spline_cubed(x - from) - end) / (last - from) -
           (spline_cubed(x - before) - end) / (last - before);
}

void mera_spline_columns(const mera_spline *spline, const double *x, size_t n, double *column)
{
    for (size_t m = 0; m < spline->p; m++) {
        for (size_t i = 0; i < n; i++) {
            column[m * n + i] = spline_at(spline, m, x[i]);
        }
    }
}

/** The second derivative inside the knots: linear between them. */
static double spline_bend(const mera_spline *s, size_t m, double x)
{
    const double last = s->knot[s->knots - 1], before = s->knot[s->knots - 2];
    if (m == 0) {
        return 0;
    }
    const double from = s->knot[m - 1];
    return 6 * (fmax(0, x - from) / (last - from) - fmax(0, x - before) / (last - before));
}

/* Between two knots a square, which Simpson's rule integrates exactly. */
void mera_spline_penalty(const mera_spline *spline, double *out)
{
    for (size_t a = 0; a < spline->p; a++) {
        for (size_t b = 0; b < spline->p; b++) {
            double sum = 0;
            for (size_t t = 0; t + 1 < spline->knots; t++) {
                const double lo = spline->knot[t], hi = spline->knot[t + 1], mid = (lo + hi) / 2;
                sum += (hi - lo) / 6 *
                       (spline_bend(spline, a, lo) * spline_bend(spline, b, lo) +
                        4 * spline_bend(spline, a, mid) * spline_bend(spline, b, mid) +
                        spline_bend(spline, a, hi) * spline_bend(spline, b, hi));
            }
            out[a * spline->p + b] = sum;
        }
    }
}

static double spline_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void spline_less(double *v, const double *of, double along, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        v[i] -= along * of[i];
    }
}

static void spline_divide(double *v, double by, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        v[i] /= by;
    }
}

/** Takes the first `kept` columns out of v, twice: once leaves what rounding brought in. */
static void spline_clear(double *v, const double *column, size_t n, size_t kept, double *as,
                         const double *inverse, size_t p)
{
    for (int twice = 0; twice < 2; twice++) {
        for (size_t b = 0; b < kept; b++) {
            const double along = spline_dot(column + b * n, v, n);
            spline_less(v, column + b * n, along, n);
            if (as != NULL) {
                spline_less(as, inverse + b * p, along, p);
            }
        }
    }
}

size_t mera_orthonormal(double *column, size_t n, size_t p, double *inverse)
{
    size_t kept = 0;
    for (size_t c = 0; c < p; c++) {
        double *v = column + kept * n, *as = inverse != NULL ? inverse + kept * p : NULL;
        memmove(v, column + c * n, n * sizeof *v);
        if (as != NULL) {
            memset(as, 0, p * sizeof *as);
            as[c] = 1;
        }
        const double mean = mera_column_mean(v, n);
        for (size_t i = 0; i < n; i++) {
            v[i] -= mean;
        }
        const double before = sqrt(spline_dot(v, v, n));
        spline_clear(v, column, n, kept, as, inverse, p);
        const double length = sqrt(spline_dot(v, v, n));
        if (length > SPLINE_DEPENDENT * before && length > 0) {
            spline_divide(v, length, n);
            if (as != NULL) {
                spline_divide(as, length, p);
            }
            kept++;
        }
    }
    return kept;
}
