/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Pulling in the outermost points of a column until its distribution is tame (winsor.h), as COINr's
 * winsorise does: Becker et al., JOSS 7 (2022) 4567.
 *
 * A step moves few points. So the column is parted once: its outermost points, and a core of which
 * only the sums of powers about its own mean are kept. What is judged is core plus moved points.
 */
#include "ops/treat/winsor.h"

#include <assert.h>
#include <math.h>

#include "ops/treat/transform.h"

enum { WINSOR_FEW = 64 }; /* outermost points found by insertion; for more there is no core */

typedef struct {
    const double *x;
    size_t n;
    double *tail; /* the outermost points */
    size_t n_tail;
    double center; /* mean of the core; sums of powers of the core about it: */
    double count, s1, s2, s3, s4;
    double lower, upper; /* where points are pulled in to */
} winsor;

/* Values at or beyond which a point belongs to the tail: the `few`-th from each end. */
static void winsor_cuts(const double *x, size_t n, size_t few, double *low, double *high)
{
    double top[WINSOR_FEW], bottom[WINSOR_FEW];
    assert(few >= 1 && few <= WINSOR_FEW);
    for (size_t i = 0; i < few; i++) {
        top[i] = -INFINITY;
        bottom[i] = INFINITY;
    }
    for (size_t i = 0; i < n; i++) {
        if (x[i] > top[0]) { /* top ascends, so that its first leaves */
            size_t j = 0;
            for (; j + 1 < few && top[j + 1] < x[i]; j++) {
                top[j] = top[j + 1];
            }
            top[j] = x[i];
        }
        if (x[i] < bottom[0]) {
            size_t j = 0;
            for (; j + 1 < few && bottom[j + 1] > x[i]; j++) {
                bottom[j] = bottom[j + 1];
            }
            bottom[j] = x[i];
        }
    }
    *low = bottom[0];
    *high = top[0];
}

static void winsor_core(winsor *w, double low, double high, const mera_moments *all)
{
    double sum = 0;
    for (size_t i = 0; i < w->n; i++) {
        const double x = w->x[i];
        if (x > low && x < high) {
            sum += x;
            w->count++;
        } else if (mera_is_present(x)) {
            w->tail[w->n_tail++] = x;
        }
    }
    w->center = w->count > 0 ? sum / w->count : all->mean;
    for (size_t i = 0; i < w->n; i++) {
        const double x = w->x[i];
        const double d = x > low && x < high ? x - w->center : 0, d2 = d * d;
        w->s1 += d;
        w->s2 += d2;
        w->s3 += d2 * d;
        w->s4 += d2 * d2;
    }
}

static mera_code winsor_part(winsor *w, const mera_moments *all, size_t max_points,
                             mera_arena *arena)
{
    const size_t few = max_points < WINSOR_FEW ? max_points + 1 : WINSOR_FEW + 1;
    double low = INFINITY, high = -INFINITY; /* everything is tail */
    MERA_TRY_NEW(w->tail, arena, w->n);
    if (few <= WINSOR_FEW && 2 * few < all->n) {
        winsor_cuts(w->x, w->n, few, &low, &high);
    }
    winsor_core(w, low, high, all);
    w->lower = all->min;
    w->upper = all->max;
    return MERA_OK;
}

static double winsor_clip(const winsor *w, double x)
{
    return x < w->lower ? w->lower : x > w->upper ? w->upper : x;
}

/* Moments of the column as pulled in: the core's moved to the new mean, the tail's added. */
static void winsor_moments(const winsor *w, mera_moments *m)
{
    const double n = w->count + (double)w->n_tail, c = w->count;
    double sum = w->s1;
    for (size_t i = 0; i < w->n_tail; i++) {
        sum += winsor_clip(w, w->tail[i]) - w->center;
    }
    const double e = sum / n, e2 = e * e;
    double m2 = w->s2 - 2 * e * w->s1 + c * e2;
    double m3 = w->s3 - 3 * e * w->s2 + 3 * e2 * w->s1 - c * e2 * e;
    double m4 = w->s4 - 4 * e * w->s3 + 6 * e2 * w->s2 - 4 * e2 * e * w->s1 + c * e2 * e2;
    for (size_t i = 0; i < w->n_tail; i++) {
        const double d = winsor_clip(w, w->tail[i]) - w->center - e, d2 = d * d;
        m2 += d2;
        m3 += d2 * d;
        m4 += d2 * d2;
    }
    const bool flat = !(w->lower < w->upper);
    *m = (mera_moments){.kind = m->kind,
                        .n = w->n_tail + (size_t)w->count,
                        .min = w->lower,
                        .max = w->upper,
                        .mean = w->center + e,
                        .m2 = flat ? 0 : m2 / n,
                        .m3 = flat ? 0 : m3 / n,
                        .m4 = flat ? 0 : m4 / n};
}

/* The next value inside from an end; the core is asked when the tail has no more. */
static double winsor_next(const double *x, size_t n, double end, bool from_above)
{
    double next = from_above ? -INFINITY : INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (from_above ? x[i] < end && x[i] > next : x[i] > end && x[i] < next) {
            next = x[i];
        }
    }
    return next;
}

static void winsor_pull(winsor *w, bool from_above)
{
    const double end = from_above ? w->upper : w->lower;
    const double other = from_above ? w->lower : w->upper;
    double next = winsor_next(w->tail, w->n_tail, end, from_above);
    if (w->count > 0 && !(from_above ? next > w->center : next < w->center)) {
        next = winsor_next(w->x, w->n, end, from_above);
    }
    const bool passed = from_above ? next < other : next > other;
    *(from_above ? &w->upper : &w->lower) = passed ? other : next;
}

static size_t winsor_points(const winsor *w)
{
    size_t points = 0;
    for (size_t i = 0; i < w->n_tail; i++) {
        points += w->tail[i] < w->lower || w->tail[i] > w->upper;
    }
    return points;
}

mera_code mera_winsorise(const mera_winsor_limits *limits, const double *x, size_t n,
                         const mera_moments *all, mera_arena *arena, mera_winsorised *out)
{
    bool tame = mera_is_tame(all, limits->skewness, limits->kurtosis);
    *out = (mera_winsorised){.lower = NAN, .upper = NAN, .moments = *all};
    if ((tame && !limits->force) || !(all->min < all->max)) {
        return MERA_OK;
    }
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    winsor w = {.x = x, .n = n};
    MERA_TRY(winsor_part(&w, all, limits->max_points, arena));
    while ((!tame || limits->force) && out->points < limits->max_points && w.lower < w.upper) {
        winsor_pull(&w, mera_moments_skewness(&out->moments) >= 0);
        out->points = winsor_points(&w);
        winsor_moments(&w, &out->moments);
        tame = mera_is_tame(&out->moments, limits->skewness, limits->kurtosis);
    }
    out->lower = w.lower > all->min ? w.lower : NAN;
    out->upper = w.upper < all->max ? w.upper : NAN;
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
