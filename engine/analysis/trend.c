/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How a series moves in time (mera/statistics.h).
 *
 *     CAGR    (y_last / y_first)^(1 / (t_last - t_first)) - 1
 *     change  100 per b / (a + b t_first), y = a + b t by least squares; of two points
 *             100 per (y_2 - y_1) / (t_2 - t_1) / y_1
 */
#include "mera/statistics.h"

#include <string.h>

#include "base/math.h"

/** Present points of a series. */
typedef struct trend_points {
    double *y, *t;
    size_t n;
} trend_points;

static mera_code trend_present(const double *y, const double *t, size_t n, mera_arena *scratch,
                               trend_points *out)
{
    *out = (trend_points){.n = 0};
    MERA_TRY_NEW(out->y, scratch, n);
    MERA_TRY_NEW(out->t, scratch, n);
    for (size_t i = 0; i < n; i++) {
        if (!isnan(y[i])) {
            out->y[out->n] = y[i];
            out->t[out->n++] = t[i];
        }
    }
    return MERA_OK;
}

static bool trend_flat(const trend_points *p)
{
    for (size_t i = 1; i < p->n; i++) {
        if (p->y[i] != p->y[0]) {
            return false;
        }
    }
    return true;
}

static double trend_cagr(const trend_points *p)
{
    const double first = p->y[0], last = p->y[p->n - 1];
    if (first == last) {
        return 0;
    }
    return mera_pow(last / first, 1 / (p->t[p->n - 1] - p->t[0])) - 1;
}

static double trend_change(const trend_points *p, double per)
{
    double mean_t = 0, mean_y = 0, tt = 0, ty = 0;
    if (trend_flat(p)) {
        return 0;
    }
    if (p->n == 2) {
        return 100 * per * ((p->y[1] - p->y[0]) / (p->t[1] - p->t[0]) / p->y[0]);
    }
    for (size_t i = 0; i < p->n; i++) {
        mean_t += p->t[i];
        mean_y += p->y[i];
    }
    mean_t /= (double)p->n;
    mean_y /= (double)p->n;
    for (size_t i = 0; i < p->n; i++) {
        tt += (p->t[i] - mean_t) * (p->t[i] - mean_t);
        ty += (p->t[i] - mean_t) * (p->y[i] - mean_y);
    }
    const double slope = ty / tt;
    return 100 * per * slope / (mean_y + slope * (p->t[0] - mean_t));
}

void mera_series_fill(const double *y, const double *t, size_t n, const uint8_t *fill, double *out)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const double here = y[i];
        out[i] = here;
        if (isnan(here)) {
            continue;
        }
        for (size_t gap = last == SIZE_MAX ? i : last + 1; gap < i; gap++) {
            if (fill == NULL || fill[gap] != 0) {
                out[gap] = out[last] + (here - out[last]) * ((t[gap] - t[last]) / (t[i] - t[last]));
            }
        }
        last = i;
    }
}

/** The points looked at: *from up to *end; false when the series is shorter than wanted. */
static bool trend_window(const double *y, size_t n, size_t latest, size_t *from, size_t *end)
{
    size_t last = 0;
    *from = 0;
    *end = n;
    if (latest == 0) {
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        last = isnan(y[i]) ? last : i + 1;
    }
    *end = last;
    *from = last >= latest ? last - latest : 0;
    return last >= latest;
}

static void trend_data(const double *y, const double *t, size_t n, mera_trend *out)
{
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(y[i])) {
            out->first = present++ == 0 ? t[i] : out->first;
            out->last = t[i];
        }
    }
    out->present = n > 0 ? (double)present / (double)n : NAN;
    if (present < 2) {
        out->first = out->last = NAN;
    }
}

/** What of the points looked at was there before gaps were filled. */
static void trend_data_latest(const double *raw, const double *y, const double *t, size_t from,
                              size_t end, mera_trend *out)
{
    size_t present = 0, points = 0;
    double first = NAN;
    for (size_t i = from; i < end; i++) {
        present += !isnan(raw[i]);
        first = !isnan(y[i]) && points++ == 0 ? t[i] : first;
    }
    out->present_latest = (double)present / (double)(end - from);
    out->first_latest = points > 1 ? first : NAN;
}

mera_code mera_trend_of(const double *y, const double *t, size_t n, const mera_trend_rule *rule,
                        mera_arena *scratch, mera_trend *out)
{
    const mera_arena_mark mark = mera_arena_mark_now(scratch);
    trend_points points;
    double *filled;
    size_t from, end;
    *out = (mera_trend){NAN, NAN, NAN, NAN, NAN, NAN};
    trend_data(y, t, n, out);
    MERA_TRY_NEW(filled, scratch, n);
    if (rule->interpolate) {
        mera_series_fill(y, t, n, rule->fill, filled);
    } else if (n > 0) {
        memcpy(filled, y, n * sizeof *filled);
    }
    MERA_TRY(trend_present(filled, t, n, scratch, &points));
    if (points.n >= 2 && trend_window(filled, n, rule->latest, &from, &end)) {
        if (rule->latest > 0) {
            trend_data_latest(y, filled, t, from, end, out);
            MERA_TRY(trend_present(filled + from, t + from, end - from, scratch, &points));
        }
        if (points.n >= 2) {
            out->value = rule->kind == MERA_TREND_CAGR
                             ? trend_cagr(&points)
                             : trend_change(&points, rule->per > 0 ? rule->per : 1);
        }
    }
    mera_arena_rewind(scratch, mark);
    return MERA_OK;
}
