/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sobol' indices with intervals: rows whose runs all gave a number, centred; estimates of all rows;
 * percentiles of estimates of rows drawn with replacement (Archer, Saltelli, Sobol', J. Stat. Comp.
 * Simul. 58 (1997) 99). What an input without any effect would get (its AB is A) tells which
 * indices are not 0 by chance.
 */
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "draws/random.h"
#include "draws/sobol_estimators.h"

typedef struct sobol {
    const mera_sobol_ask *ask;
    size_t first, total; /* estimators */
    size_t resamples, parts;
    double mass;
    const double **part; /* A, B, AB.., BA.. of the rows used */
    size_t n;
    uint32_t *row;    /* 0..n-1, or a resample */
    double *estimate; /* [(input * 2 + total) * resamples + resample]; input d is the dummy */
} sobol;

static bool sobol_row_good(const sobol *s, size_t r)
{
    for (size_t p = 0; p < s->parts; p++) {
        if (!(fabs(s->ask->y[p * s->ask->n + r]) < INFINITY)) {
            return false;
        }
    }
    return true;
}

static mera_code sobol_rows(sobol *s, mera_arena *arena, double *mean)
{
    double sum = 0;
    MERA_TRY_NEW(s->part, arena, s->parts);
    MERA_TRY_NEW(s->row, arena, s->ask->n);
    for (size_t r = 0; r < s->ask->n; r++) {
        if (sobol_row_good(s, r)) {
            s->row[s->n++] = (uint32_t)r;
        }
    }
    for (size_t p = 0; p < 2; p++) {
        for (size_t i = 0; i < s->n; i++) {
            sum += s->ask->y[p * s->ask->n + s->row[i]];
        }
    }
    *mean = s->n > 0 ? sum / (2 * (double)s->n) : NAN;
    for (size_t p = 0; p < s->parts; p++) {
        double *y;
        MERA_TRY_NEW(y, arena, s->n);
        for (size_t i = 0; i < s->n; i++) {
            y[i] = s->ask->y[p * s->ask->n + s->row[i]] - *mean;
        }
        s->part[p] = y;
    }
    for (size_t i = 0; i < s->n; i++) {
        s->row[i] = (uint32_t)i;
    }
    return MERA_OK;
}

static void sobol_spread(const sobol *s, mera_sobol_rows *rows)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < s->n; i++) {
        sum += rows->a[s->row[i]] + rows->b[s->row[i]];
    }
    rows->mean = sum / (2 * (double)s->n);
    for (size_t i = 0; i < s->n; i++) {
        const double a = rows->a[s->row[i]] - rows->mean, b = rows->b[s->row[i]] - rows->mean;
        squares += a * a + b * b;
    }
    rows->variance = squares / (2 * (double)s->n - 1);
}

/* First and total of all inputs and of the dummy over the rows at hand. */
static double sobol_estimates(const sobol *s, double *out, size_t stride)
{
    mera_sobol_rows rows = {.a = s->part[0], .b = s->part[1], .row = s->row, .n = s->n};
    const size_t d = s->ask->d;
    sobol_spread(s, &rows);
    for (size_t i = 0; i <= d; i++) {
        rows.ab = i < d ? s->part[2 + i] : rows.a;
        rows.ba = !s->ask->swapped ? NULL : i < d ? s->part[2 + d + i] : rows.b;
        const double first = mera_sobol_function(s->first)(&rows);
        const double total = mera_sobol_function(s->total)(&rows);
        out[2 * i * stride] = rows.variance > 0 && isfinite(first) ? first : NAN;
        out[(2 * i + 1) * stride] = rows.variance > 0 && isfinite(total) ? total : NAN;
    }
    return rows.variance;
}

static void sobol_resample(sobol *s, size_t b)
{
    mera_stream stream = mera_stream_of(s->ask->seed, 0, b);
    for (size_t i = 0; i < s->n; i++) {
        s->row[i] = (uint32_t)(mera_stream_uniform(&stream) * (double)s->n);
    }
}

static int sobol_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Quantile of type 7 of the numbers among v, which gets sorted. */
static double sobol_quantile(const double *v, size_t n, double p)
{
    const double at = p * (double)(n - 1), below = floor(at);
    const size_t i = (size_t)below;
    return i + 1 < n ? v[i] + (at - below) * (v[i + 1] - v[i]) : v[i];
}

static mera_interval sobol_interval(double value, double *v, size_t n, double mass)
{
    size_t good = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i])) {
            v[good++] = v[i];
        }
    }
    if (good == 0 || isnan(value)) {
        return (mera_interval){value, NAN, NAN};
    }
    qsort(v, good, sizeof *v, sobol_order);
    return (mera_interval){value, sobol_quantile(v, good, (1 - mass) / 2),
                           sobol_quantile(v, good, (1 + mass) / 2)};
}

static mera_code sobol_check(sobol *s, mera_diags *diags)
{
    const mera_sobol_ask *ask = s->ask;
    const char *name[] = {ask->first != NULL ? ask->first : "jansen",
                          ask->total != NULL ? ask->total : "jansen"};
    size_t *at[] = {&s->first, &s->total};
    if (ask->n == 0 || ask->n > UINT32_MAX || ask->d == 0) {
        return mera_fail(diags, MERA_EUSAGE, "sobol", MERA_NOWHERE,
                         "indices need runs and inputs; there are %zu and %zu", ask->n, ask->d);
    }
    for (int t = 0; t < 2; t++) {
        *at[t] = mera_sobol_estimator_find(name[t], t == 1);
        if (*at[t] == SIZE_MAX) {
            return mera_fail(diags, MERA_EUSAGE, "sobol", MERA_NOWHERE,
                             "there is no estimator '%s' of %s indices", name[t],
                             t == 1 ? "total" : "first-order");
        }
        if (mera_sobol_estimator_get(*at[t])->swapped && !ask->swapped) {
            return mera_fail(diags, MERA_EUSAGE, "sobol", MERA_NOWHERE,
                             "the estimator '%s' wants runs of the swapped part of the design",
                             name[t]);
        }
    }
    return MERA_OK;
}

static mera_code sobol_intervals(sobol *s, mera_arena *scratch, mera_arena *arena, mera_sobol *out)
{
    const size_t d = s->ask->d, values = 2 * (d + 1);
    double *value;
    mera_sobol_index *index;
    MERA_TRY_NEW(value, scratch, values);
    MERA_TRY_NEW(s->estimate, scratch, values * s->resamples);
    MERA_TRY_NEW(index, arena, d + 1);
    out->variance = sobol_estimates(s, value, 1);
    for (size_t b = 0; b < s->resamples; b++) {
        sobol_resample(s, b);
        sobol_estimates(s, s->estimate + b, s->resamples);
    }
    for (size_t i = d + 1; i-- > 0;) {
        double *v = s->estimate + 2 * i * s->resamples;
        index[i].first = sobol_interval(value[2 * i], v, s->resamples, s->mass);
        index[i].total = sobol_interval(value[2 * i + 1], v + s->resamples, s->resamples, s->mass);
        index[i].first_sure = index[i].first.low > fmax(0, index[d].first.high);
        index[i].total_sure = index[i].total.low > fmax(0, index[d].total.high);
    }
    out->dummy_first = index[d].first;
    out->dummy_total = index[d].total;
    out->index = index;
    return MERA_OK;
}

static mera_code sobol_nothing(const sobol *s, mera_arena *arena, mera_sobol *out)
{
    const mera_interval none = {NAN, NAN, NAN};
    mera_sobol_index *index;
    MERA_TRY_NEW(index, arena, s->ask->d);
    for (size_t i = 0; i < s->ask->d; i++) {
        index[i] = (mera_sobol_index){.first = none, .total = none};
    }
    out->variance = NAN;
    out->dummy_first = out->dummy_total = none;
    out->index = index;
    return MERA_OK;
}

static mera_code sobol_run(sobol *s, mera_arena *scratch, mera_arena *arena, mera_sobol *out)
{
    MERA_TRY(sobol_rows(s, scratch, &out->mean));
    out->n = s->n;
    out->failed = s->ask->n - s->n;
    return s->n < 2 ? sobol_nothing(s, arena, out) : sobol_intervals(s, scratch, arena, out);
}

mera_code mera_sobol_of(const mera_sobol_ask *ask, mera_arena *arena, mera_diags *diags,
                        mera_sobol *out)
{
    sobol s = {.ask = ask,
               .resamples = ask->resamples > 0 ? ask->resamples : 500,
               .mass = ask->mass > 0 ? ask->mass : 0.95,
               .parts = 2 + ask->d * (ask->swapped ? 2 : 1)};
    MERA_TRY(sobol_check(&s, diags));
    mera_arena *scratch = mera_arena_new();
    const mera_code rc = scratch != NULL ? sobol_run(&s, scratch, arena, out) : MERA_ENOMEM;
    mera_arena_free(scratch);
    return rc;
}
