/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Logarithms and powers of a shifted column: COINr's log family and Box-Cox (transform.h).
 *
 * Sources: Becker et al., COINr, JOSS 7 (2022) 4567, functions log_CT, log_CT_plus, log_CT_orig,
 * log_GII and boxcox (whose log_GII computes this and returns its input); Box and Cox, Journal of
 * the Royal Statistical Society B 26 (1964) 211.
 */
#include "ops/treat/transform.h"

#include <math.h>

#include "base/math.h"
#include "base/number.h"

/* lambda is looked for between these, to this width */
#define BOXCOX_SIDE 5.0
#define BOXCOX_WIDTH 1e-9

bool mera_is_tame(const mera_moments *m, double skewness, double kurtosis)
{
    const double g1 = mera_moments_skewness(m), g2 = mera_moments_kurtosis(m);
    return isnan(g1) || isnan(g2) || fabs(g1) < skewness || g2 < kurtosis;
}

mera_treatment mera_treatment_none(void)
{
    return (mera_treatment){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* ---- Box-Cox ---------------------------------------------------------------------------- */

static double boxcox(double u, double power)
{
    return power == 0 ? mera_log(u) : (mera_pow(u, power) - 1) / power;
}

/* The profile log-likelihood, without its constant. */
static double boxcox_likelihood(const double *u, size_t n, double logs, double power, double *y)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = boxcox(u[i], power);
    }
    const double sd = mera_column_sd(y, n, false);
    return (power - 1) * logs - (double)n * mera_log(sd);
}

/*
 * The likelihood has one peak: golden section closes in on it. At the peak it is so flat that the
 * last bits of its sums move lambda by 1e-8, so they are taken in ascending order of values.
 */
static double boxcox_lambda(double *u, size_t n, double *scratch)
{
    const double ratio = 0.6180339887498949;
    double logs = 0, low = -BOXCOX_SIDE, high = BOXCOX_SIDE;
    mera_sort(u, n, scratch);
    for (size_t i = 0; i < n; i++) {
        logs += mera_log(u[i]);
    }
    double left = high - ratio * (high - low), right = low + ratio * (high - low);
    double at_left = boxcox_likelihood(u, n, logs, left, scratch);
    double at_right = boxcox_likelihood(u, n, logs, right, scratch);
    while (high - low > BOXCOX_WIDTH) {
        if (at_left >= at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - ratio * (high - low);
            at_left = boxcox_likelihood(u, n, logs, left, scratch);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + ratio * (high - low);
            at_right = boxcox_likelihood(u, n, logs, right, scratch);
        }
    }
    return (low + high) / 2;
}

mera_code mera_boxcox_fit(mera_arena *arena, const double *x, size_t n, double base, double shift,
                          double *lambda)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    double *u, *scratch;
    size_t present = 0;
    MERA_TRY_NEW(u, arena, n);
    MERA_TRY_NEW(scratch, arena, n);
    for (size_t i = 0; i < n; i++) {
        if (mera_is_present(x[i])) {
            u[present++] = (x[i] - base) + shift;
        }
    }
    *lambda = boxcox_lambda(u, present, scratch);
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* ---- fit -------------------------------------------------------------------------------- */

static mera_code transform_gii(const mera_op *op, mera_op_ctx *ctx, const mera_moments *m,
                               mera_treatment *out)
{
    char found[32];
    out->factor = (m->max - 1) / (m->max - m->min);
    if (m->max > 1) {
        return MERA_OK;
    }
    mera_number_write(m->max, found);
    const mera_code rc = mera_fail(
        ctx->diags, MERA_EINPUT, "no-logarithm", ctx->at,
        "%s has the maximum %s in the reference set of %s; the logarithm of the GII needs "
        "one above 1",
        mera_op_subject(op, ctx), found, op->name);
    mera_hint(ctx->diags, "'log_ct' works on any scale");
    return rc;
}

mera_code mera_transform_fit(const mera_op *op, mera_op_ctx *ctx, mera_transform kind,
                             double lambda, const double *x, size_t n, const mera_moments *m,
                             mera_treatment *out)
{
    if (m->n == 0) {
        return mera_op_refuse_empty(op, ctx);
    }
    if (m->min == m->max && kind != MERA_LOG_CT_ORIG && (kind != MERA_BOXCOX || isnan(lambda))) {
        return mera_op_refuse_constant(op, ctx, m->min, "transformed");
    }
    out->base = m->min;
    out->factor = out->sign = out->shift = 1;
    out->power = NAN;
    switch (kind) {
    case MERA_LOG_CT_PLUS:
        if (!(mera_moments_skewness(m) > 0)) {
            out->sign = -1;
            out->base = m->max;
        }
        out->shift = 0.01 * (m->max - m->min);
        return MERA_OK;
    case MERA_LOG_CT:
        out->shift = 0.01 * (m->max - m->min);
        return MERA_OK;
    case MERA_LOG_GII:
        return transform_gii(op, ctx, m, out);
    case MERA_BOXCOX:
        out->power = lambda;
        return isnan(lambda) ? mera_boxcox_fit(ctx->arena, x, n, out->base, out->shift, &out->power)
                             : MERA_OK;
    default:
        return MERA_OK;
    }
}

/* ---- apply ------------------------------------------------------------------------------ */

static mera_code transform_apply(const mera_op *op, mera_op_ctx *ctx, const mera_treatment *t,
                                 size_t n, double *y)
{
    for (size_t i = 0; i < n; i++) {
        const double u = t->factor * (t->sign * (y[i] - t->base)) + t->shift;
        if (u <= 0) {
            const mera_code rc = mera_op_refuse_log(op, ctx, i, u);
            mera_hint(ctx->diags, "the reference set had none so far out: clip first (treat.clip), "
                                  "or learn from a wider one");
            return rc;
        }
        y[i] = u;
    }
    if (isnan(t->power) || t->power == 0) {
        mera_log_n(y, n, y);
    }
    for (size_t i = 0; i < n; i++) {
        if (!mera_is_present(y[i])) {
            y[i] = NAN;
        } else if (isnan(t->power) || t->power == 0) {
            y[i] = t->sign < 0 ? 0 - y[i] : y[i];
        } else {
            y[i] = boxcox(y[i], t->power);
        }
        if (isinf(y[i])) {
            return mera_op_refuse_result(op, ctx, i);
        }
    }
    return MERA_OK;
}

mera_code mera_treatment_apply(const mera_op *op, mera_op_ctx *ctx, const mera_treatment *t,
                               const double *x, size_t n, double *y)
{
    for (size_t i = 0; i < n; i++) { /* a bound that is NaN is never passed */
        const double raised = x[i] < t->lower ? t->lower : x[i];
        y[i] = raised > t->upper ? t->upper : raised;
    }
    return isnan(t->shift) ? MERA_OK : transform_apply(op, ctx, t, n, y);
}
