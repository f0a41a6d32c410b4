/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * treat.winsorise -- pull in the few outermost points until the distribution is tame.
 *
 *     while not (|G1| < skewness or G2 < kurtosis) and fewer than max_points are pulled in:
 *         G1 >= 0:  all points at the maximum take the next smaller value
 *         G1 <  0:  all points at the minimum take the next larger value
 *
 * shape   x[n] -> y[n]; fitted: lower, upper (NaN = no bound), base, shift, points, G1, G2
 * unit    x's; the logarithm of x's where `otherwise: log` was needed
 * nulls   stay missing and take no part
 * errors  none: below 4 values, or constant, there is nothing to judge and nothing is done
 * source  Becker et al., COINr, JOSS 7 (2022) 4567, functions winsorise and log_CT; JRC practice
 *         (Saisana and others), thresholds 2 and 3.5
 *
 * Tied points are pulled in together, so that more than max_points may be in the last step.
 * `otherwise` says what happens to a column that still fails: its winsorised values are kept (with
 * a warning), nothing is done, or the original ones go through ln(x - min + 0.01 (max - min)).
 *
 * A step moves few points. So the column is parted once: its outermost points, and a core of which
 * only the sums of powers about its own mean are kept. What is judged is core plus moved points.
 */
#include <assert.h>

#include "base/math.h"
#include "base/number.h"
#include "ops/column.h"
#include "ops/support.h"

enum { OTHERWISE_KEEP, OTHERWISE_UNDO, OTHERWISE_LOG };
enum { AT_LOWER, AT_UPPER, AT_BASE, AT_SHIFT, AT_POINTS, AT_SKEWNESS, AT_KURTOSIS, N_FITTED };
enum { WINSOR_FEW = 64 }; /* outermost points found by insertion; for more there is no core */

typedef struct {
    double skewness, kurtosis;
    int64_t max_points;
    int otherwise;
} winsorise_params;

static const char *const winsorise_otherwise[] = {"keep", "undo", "log", NULL};
static const char *const winsorise_fitted[] = {"lower",  "upper",    "base",     "shift",
                                               "points", "skewness", "kurtosis", NULL};
static const mera_param winsorise_table[] = {
    MERA_F64(winsorise_params, skewness, 2, 0, 1e6, NULL,
             "tame when the absolute skewness is below"),
    MERA_F64(winsorise_params, kurtosis, 3.5, -3, 1e6, NULL,
             "or when the excess kurtosis is below"),
    MERA_INT(winsorise_params, max_points, 5, 0, 1000000, "stop once so many points are pulled in"),
    MERA_ENUM(winsorise_params, otherwise, OTHERWISE_KEEP, winsorise_otherwise,
              "what becomes of a column that is not tame then"),
    MERA_PARAMS_END,
};

typedef struct {
    const double *x;
    size_t n;
    double *tail; /* the outermost points */
    size_t n_tail;
    double center; /* mean of the core; sums of powers of the core about it: */
    double count, s1, s2, s3, s4;
    double lower, upper; /* where points are pulled in to */
} winsor;

static bool winsor_tame(const winsorise_params *p, const mera_moments *m)
{
    const double skewness = mera_moments_skewness(m), kurtosis = mera_moments_kurtosis(m);
    return isnan(skewness) || isnan(kurtosis) || fabs(skewness) < p->skewness ||
           kurtosis < p->kurtosis;
}

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

static mera_code winsor_part(winsor *w, const mera_moments *all, int64_t max_points,
                             mera_arena *arena)
{
    const size_t few = max_points < WINSOR_FEW ? (size_t)max_points + 1 : WINSOR_FEW + 1;
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
    *m = (mera_moments){.n = w->n_tail + (size_t)w->count,
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

static void winsorise_say(const mera_op *op, const winsorise_params *p, const mera_op_ctx *ctx,
                          const mera_fitted *f)
{
    char skewness[64], kurtosis[64];
    const size_t points = (size_t)f->v[AT_POINTS];
    const char *many = points == 1 ? "" : "s";
    mera_number_write_fixed(f->v[AT_SKEWNESS], 2, skewness);
    mera_number_write_fixed(f->v[AT_KURTOSIS], 2, kurtosis);
    if (p->otherwise == OTHERWISE_KEEP) {
        mera_warn(ctx->diags, "still-skewed", ctx->at,
                  "%s keeps skewness %s and kurtosis %s with %zu point%s pulled in",
                  mera_op_subject(op, ctx), skewness, kurtosis, points, many);
    } else {
        mera_note(ctx->diags, "still-skewed", ctx->at,
                  "%s has skewness %s and kurtosis %s with %zu point%s pulled in; %s",
                  mera_op_subject(op, ctx), skewness, kurtosis, points, many,
                  p->otherwise == OTHERWISE_LOG ? "its logarithm is taken instead"
                                                : "it is left as it was");
    }
}

/* What is done with the column, once the steps are over. */
static void winsorise_settle(const winsorise_params *p, const mera_moments *all, const winsor *w,
                             bool tame, mera_fitted *f)
{
    if (tame || p->otherwise == OTHERWISE_KEEP) {
        f->v[AT_LOWER] = w->lower > all->min ? w->lower : NAN;
        f->v[AT_UPPER] = w->upper < all->max ? w->upper : NAN;
    } else if (p->otherwise == OTHERWISE_LOG) {
        f->v[AT_BASE] = all->min;
        f->v[AT_SHIFT] = 0.01 * (all->max - all->min);
    }
}

static mera_code winsorise_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const double *x, size_t n, mera_fitted *out)
{
    const winsorise_params *p = params;
    MERA_TRY(mera_op_fitted(ctx, N_FITTED, out));
    out->v[AT_LOWER] = out->v[AT_UPPER] = out->v[AT_BASE] = out->v[AT_SHIFT] = NAN;
    mera_moments all;
    mera_column_moments(x, n, &all);
    mera_moments now = all;
    bool tame = winsor_tame(p, &all);
    size_t points = 0;
    if (!tame) {
        const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
        winsor w = {.x = x, .n = n};
        MERA_TRY(winsor_part(&w, &all, p->max_points, ctx->arena));
        while (!tame && points < (size_t)p->max_points) {
            winsor_pull(&w, mera_moments_skewness(&now) >= 0);
            points = winsor_points(&w);
            winsor_moments(&w, &now);
            tame = winsor_tame(p, &now);
        }
        winsorise_settle(p, &all, &w, tame, out);
        mera_arena_rewind(ctx->arena, mark);
    }
    out->v[AT_POINTS] = (double)points;
    out->v[AT_SKEWNESS] = mera_moments_skewness(&now);
    out->v[AT_KURTOSIS] = mera_moments_kurtosis(&now);
    if (!tame) {
        winsorise_say(op, p, ctx, out);
    }
    return MERA_OK;
}

static mera_code winsorise_log(const mera_op *op, mera_op_ctx *ctx, const mera_fitted *fitted,
                               const double *x, size_t n, double *y)
{
    for (size_t i = 0; i < n; i++) {
        const double moved = (x[i] - fitted->v[AT_BASE]) + fitted->v[AT_SHIFT];
        if (moved <= 0) {
            return mera_op_refuse_log(op, ctx, i, moved);
        }
        y[i] = mera_is_present(moved) ? mera_log(moved) : NAN;
    }
    return MERA_OK;
}

static mera_code winsorise_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)params;
    if (!isnan(fitted->v[AT_SHIFT])) {
        return winsorise_log(op, ctx, fitted, x, n, y);
    }
    const double lower = fitted->v[AT_LOWER], upper = fitted->v[AT_UPPER];
    for (size_t i = 0; i < n; i++) { /* a bound that is NaN is never passed */
        const double raised = x[i] < lower ? lower : x[i];
        y[i] = raised > upper ? upper : raised;
    }
    return MERA_OK;
}

const mera_op mera_op_treat_winsorise = {
    .name = "treat.winsorise",
    .step = MERA_STEP_TREAT,
    .version = 1,
    .summary = "Pull in the outermost points until skewness or kurtosis is below its bound.",
    .formula = "points at the far end take the next value inside, "
               "until |G1| < skewness or G2 < kurtosis",
    .nulls = "stay missing and take no part",
    .conventions =
        "G1 and excess kurtosis G2, both corrected for bias (Joanes and Gill 1998); tied "
        "points move together",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567; JRC practice",
    .params = winsorise_table,
    .params_size = sizeof(winsorise_params),
    .fitted = winsorise_fitted,
    .fit = winsorise_fit,
    .apply = winsorise_apply,
};
