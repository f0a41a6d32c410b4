/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * treat.winsorise -- pull in the few outermost points until the distribution is tame.
 *
 *     while not (|G1| < skewness or G2 < kurtosis) and fewer than max_points are pulled in:
 *         G1 >= 0:  all points at the maximum take the next smaller value
 *         G1 <  0:  all points at the minimum take the next larger value
 *
 * shape   x[n] -> y[n]; fitted: lower, upper (NaN = no bound), base, shift, points, G1, G2 after
 *         the steps, factor, sign, power (NaN = no transform; transform.h)
 * unit    x's; that of the transform where `otherwise` was needed
 * nulls   stay missing and take no part
 * errors  none of winsorising: below 4 values, or constant, there is nothing to judge and nothing
 *         is done; those of the transform
 * source  Becker et al., COINr, JOSS 7 (2022) 4567, functions winsorise, Treat and qTreat; JRC
 *         practice (Saisana and others), thresholds 2 and 3.5
 *
 * Tied points are pulled in together, so that more than max_points may be in the last step.
 * `otherwise` says what happens to a column that still fails: its winsorised values are kept (with
 * a warning), nothing is done, or the original ones (the winsorised ones with `combine`) are
 * transformed, whether that helps or not. treat.chain has other orders and other checks.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ops/treat/transform.h"
#include "ops/treat/winsor.h"

enum { OTHERWISE_KEEP, OTHERWISE_UNDO, OTHERWISE_TRANSFORM };
enum {
    AT_LOWER,
    AT_UPPER,
    AT_BASE,
    AT_SHIFT,
    AT_POINTS,
    AT_SKEWNESS,
    AT_KURTOSIS,
    AT_FACTOR,
    AT_SIGN,
    AT_POWER,
    N_FITTED
};

typedef struct {
    double skewness, kurtosis;
    int64_t max_points;
    bool force;
    int otherwise;
    bool combine;
    double lambda;
    int moments;
} winsorise_params;

static const char *const winsorise_otherwise[] = {"keep",        "undo",    "log_ct", "log_ct_plus",
                                                  "log_ct_orig", "log_gii", "boxcox", NULL};
static const char *const winsorise_fitted[] = {"lower",  "upper",    "base",     "shift",
                                               "points", "skewness", "kurtosis", "factor",
                                               "sign",   "power",    NULL};
static const mera_param winsorise_table[] = {
    MERA_F64(winsorise_params, skewness, 2, 0, 1e6, NULL,
             "tame when the absolute skewness is below"),
    MERA_F64(winsorise_params, kurtosis, 3.5, -3, 1e6, NULL,
             "or when the excess kurtosis is below"),
    MERA_INT(winsorise_params, max_points, 5, 0, 1000000, "stop once so many points are pulled in"),
    MERA_BOOL(winsorise_params, force, 0, "go on to max_points, tame or not"),
    MERA_ENUM(winsorise_params, otherwise, OTHERWISE_KEEP, winsorise_otherwise,
              "what becomes of a column that is not tame then"),
    MERA_BOOL(winsorise_params, combine, 0,
              "transform the winsorised values and not the original ones"),
    {.name = "lambda",
     .type = MERA_PARAM_F64,
     .offset = offsetof(winsorise_params, lambda),
     .nullable = true,
     .fallback = NAN,
     .min = -10,
     .max = 10,
     .help = "power of 'otherwise: boxcox'; null takes the most likely one"},
    MERA_ENUM(winsorise_params, moments, MERA_MOMENTS_CORRECTED, mera_moment_names,
              "which skewness and kurtosis: corrected for bias (G1, G2), of a population (g1, g2), "
              "or with the deviation over n - 1 (b1, b2)"),
    MERA_PARAMS_END,
};

static mera_code winsorise_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const winsorise_params *p = params;
    if (p->combine && p->otherwise < OTHERWISE_TRANSFORM) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'combine' of %s has a meaning with a transform in 'otherwise' only",
                         op->name);
    }
    return MERA_OK;
}

static void winsorise_say(const mera_op *op, const winsorise_params *p, const mera_op_ctx *ctx,
                          const mera_winsorised *w)
{
    char skewness[64], kurtosis[64];
    const char *many = w->points == 1 ? "" : "s";
    mera_number_write_fixed(mera_moments_skewness(&w->moments), 2, skewness);
    mera_number_write_fixed(mera_moments_kurtosis(&w->moments), 2, kurtosis);
    if (p->otherwise == OTHERWISE_KEEP) {
        mera_warn(ctx->diags, "still-skewed", ctx->at,
                  "%s keeps skewness %s and kurtosis %s with %zu point%s pulled in",
                  mera_op_subject(op, ctx), skewness, kurtosis, w->points, many);
        return;
    }
    const char *then = p->otherwise == OTHERWISE_UNDO ? "it is left as it was"
                       : p->otherwise == OTHERWISE_TRANSFORM + MERA_BOXCOX
                           ? "it is raised to a power instead (Box-Cox)"
                           : "its logarithm is taken instead";
    mera_note(ctx->diags, "still-skewed", ctx->at,
              "%s has skewness %s and kurtosis %s with %zu point%s pulled in; %s",
              mera_op_subject(op, ctx), skewness, kurtosis, w->points, many, then);
}

/* The transform of a column that is still not tame, of its original or its winsorised values. */
static mera_code winsorise_transform(const mera_op *op, const winsorise_params *p, mera_op_ctx *ctx,
                                     const double *x, size_t n, const mera_moments *all,
                                     const mera_winsorised *w, mera_treatment *t)
{
    const mera_transform kind = (mera_transform)(p->otherwise - OTHERWISE_TRANSFORM);
    if (!p->combine) {
        return mera_transform_fit(op, ctx, kind, p->lambda, x, n, all, t);
    }
    const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
    double *held;
    MERA_TRY_NEW(held, ctx->arena, n);
    t->lower = w->lower;
    t->upper = w->upper;
    MERA_TRY(mera_treatment_apply(op, ctx, t, x, n, held));
    MERA_TRY(mera_transform_fit(op, ctx, kind, p->lambda, held, n, &w->moments, t));
    mera_arena_rewind(ctx->arena, mark);
    return MERA_OK;
}

static mera_code winsorise_fit(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const double *x, size_t n, mera_fitted *out)
{
    const winsorise_params *p = params;
    const mera_winsor_limits limits = {p->skewness, p->kurtosis, (size_t)p->max_points, p->force};
    mera_treatment t = mera_treatment_none();
    mera_winsorised w;
    mera_moments all;
    MERA_TRY(mera_op_fitted(ctx, N_FITTED, out));
    mera_column_moments(x, n, &all);
    all.kind = (mera_moment_kind)p->moments;
    MERA_TRY(mera_winsorise(&limits, x, n, &all, ctx->arena, &w));
    const bool tame = mera_is_tame(&w.moments, p->skewness, p->kurtosis);
    if (!tame) {
        winsorise_say(op, p, ctx, &w);
    }
    if (!tame && p->otherwise >= OTHERWISE_TRANSFORM) {
        MERA_TRY(winsorise_transform(op, p, ctx, x, n, &all, &w, &t));
    } else if (tame || p->otherwise == OTHERWISE_KEEP) {
        t.lower = w.lower;
        t.upper = w.upper;
    }
    const double fitted[N_FITTED] = {t.lower,
                                     t.upper,
                                     t.base,
                                     t.shift,
                                     (double)w.points,
                                     mera_moments_skewness(&w.moments),
                                     mera_moments_kurtosis(&w.moments),
                                     t.factor,
                                     t.sign,
                                     t.power};
    memcpy(out->v, fitted, sizeof fitted);
    return MERA_OK;
}

static mera_code winsorise_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)params;
    const double *f = fitted->v;
    const mera_treatment t = {.lower = f[AT_LOWER],
                              .upper = f[AT_UPPER],
                              .base = f[AT_BASE],
                              .shift = f[AT_SHIFT],
                              .factor = f[AT_FACTOR],
                              .sign = f[AT_SIGN],
                              .power = f[AT_POWER]};
    return mera_treatment_apply(op, ctx, &t, x, n, y);
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
        "G1 and excess kurtosis G2, corrected for bias unless 'moments' says otherwise (Joanes and "
        "Gill 1998); tied "
        "points move together; a transform in 'otherwise' is kept whether it helps or not, and "
        "is of the original values unless 'combine'",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567; JRC practice",
    .params = winsorise_table,
    .params_size = sizeof(winsorise_params),
    .fitted = winsorise_fitted,
    .check = winsorise_check,
    .fit = winsorise_fit,
    .apply = winsorise_apply,
};
