/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * treat.chain -- first this, and if it still fails, that: a check, a treatment, the check again, a
 * second treatment.
 *
 *     pass = |G1| < skewness or G2 < kurtosis
 *     x passes:       y = x
 *     else  y = first(x);  y passes:  done
 *     else  y = then(x), or then(first(x)) with `combine`; kept whether it passes or not
 *
 * shape   x[n] -> y[n]; fitted: of both treatments lower, upper, base, factor, shift, sign, power
 *         (NaN = not done; transform.h), then points pulled in, and skewness and kurtosis of x,
 *         after the first, after the second treatment (NaN = not reached)
 * unit    x's, or that of the transform
 * nulls   stay missing and take no part
 * errors  those of the transforms; a column of which nothing can be judged is left as it is
 * source  Becker et al., COINr, JOSS 7 (2022) 4567, function Treat(f1, f2, f_pass, combine_treat)
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ops/treat/transform.h"
#include "ops/treat/winsor.h"

enum { DO_NONE, DO_WINSORISE, DO_TRANSFORM };
enum { AT_FIRST = 0, AT_THEN = 7, AT_POINTS = 14, AT_G, N_FITTED = AT_G + 6 };

typedef struct {
    int first, then;
    double skewness, kurtosis;
    bool combine;
    int64_t max_points;
    double win_skewness, win_kurtosis;
    bool force;
    double lambda;
    int moments;
} chain_params;

static const char *const chain_do[] = {"none",        "winsorise", "log_ct", "log_ct_plus",
                                       "log_ct_orig", "log_gii",   "boxcox", NULL};
static const char *const chain_fitted[] = {
    "first_lower",   "first_upper", "first_base",     "first_factor",   "first_shift",
    "first_sign",    "first_power", "then_lower",     "then_upper",     "then_base",
    "then_factor",   "then_shift",  "then_sign",      "then_power",     "points",
    "skewness",      "kurtosis",    "first_skewness", "first_kurtosis", "then_skewness",
    "then_kurtosis", NULL};

#define CHAIN_NULLABLE(field, low, high, text)                                           \
    {                                                                                    \
        .name = #field, .type = MERA_PARAM_F64, .offset = offsetof(chain_params, field), \
        .nullable = true, .fallback = NAN, .min = (low), .max = (high), .help = (text)   \
    }
static const mera_param chain_table[] = {
    MERA_ENUM(chain_params, first, DO_WINSORISE, chain_do, "what is done with a column that fails"),
    MERA_ENUM(chain_params, then, DO_TRANSFORM, chain_do,
              "what is done when it still fails after that"),
    MERA_F64(chain_params, skewness, 2, 0, 1e6, NULL,
             "a column passes when its absolute skewness is below"),
    MERA_F64(chain_params, kurtosis, 3.5, -3, 1e6, NULL, "or when its excess kurtosis is below"),
    MERA_BOOL(chain_params, combine, 0, "treat the result of the first, not the original values"),
    MERA_INT(chain_params, max_points, 5, 0, 1000000, "winsorising: stop at so many points"),
    CHAIN_NULLABLE(win_skewness, 0, 1e6,
                   "winsorising: stop below this absolute skewness; null: as skewness"),
    CHAIN_NULLABLE(win_kurtosis, -3, 1e6,
                   "winsorising: or below this excess kurtosis; null: as kurtosis"),
    MERA_BOOL(chain_params, force, 0, "winsorising: go on to max_points, tame or not"),
    CHAIN_NULLABLE(lambda, -10, 10, "power of 'boxcox'; null takes the most likely one"),
    MERA_ENUM(chain_params, moments, MERA_MOMENTS_CORRECTED, mera_moment_names,
              "which skewness and kurtosis: corrected for bias (G1, G2), of a population (g1, g2), "
              "or with the deviation over n - 1 (b1, b2)"),
    MERA_PARAMS_END,
};

/** A column on its way. */
typedef struct {
    const mera_op *op;
    const chain_params *p;
    mera_op_ctx *ctx;
    size_t n;
    double *fitted;
} chain_run;

static void chain_judge(chain_run *run, size_t stage, const mera_moments *m)
{
    run->fitted[AT_G + 2 * stage] = mera_moments_skewness(m);
    run->fitted[AT_G + 2 * stage + 1] = mera_moments_kurtosis(m);
}

/* One treatment of x, whose moments are *m, into y; its numbers into `slot`; *m becomes y's. */
static mera_code chain_treat(chain_run *run, int what, const double *x, size_t slot, double *y,
                             mera_moments *m)
{
    const chain_params *p = run->p;
    mera_treatment t = mera_treatment_none();
    if (what == DO_WINSORISE) {
        const mera_winsor_limits limits = {isnan(p->win_skewness) ? p->skewness : p->win_skewness,
                                           isnan(p->win_kurtosis) ? p->kurtosis : p->win_kurtosis,
                                           (size_t)p->max_points, p->force};
        mera_winsorised w;
        MERA_TRY(mera_winsorise(&limits, x, run->n, m, run->ctx->arena, &w));
        t.lower = w.lower;
        t.upper = w.upper;
        run->fitted[AT_POINTS] = (double)w.points;
    } else if (what >= DO_TRANSFORM) {
        MERA_TRY(mera_transform_fit(run->op, run->ctx, (mera_transform)(what - DO_TRANSFORM),
                                    p->lambda, x, run->n, m, &t));
    }
    memcpy(run->fitted + slot, &t, sizeof t);
    MERA_TRY(mera_treatment_apply(run->op, run->ctx, &t, x, run->n, y));
    mera_column_moments(y, run->n, m);
    m->kind = (mera_moment_kind)p->moments;
    return MERA_OK;
}

static void chain_say(const chain_run *run, size_t stage)
{
    char skewness[64], kurtosis[64];
    mera_number_write_fixed(run->fitted[AT_G + 2 * stage], 2, skewness);
    mera_number_write_fixed(run->fitted[AT_G + 2 * stage + 1], 2, kurtosis);
    mera_warn(run->ctx->diags, "still-skewed", run->ctx->at,
              "%s still has skewness %s and kurtosis %s after %s%s%s",
              mera_op_subject(run->op, run->ctx), skewness, kurtosis, chain_do[run->p->first],
              stage > 1 ? " and " : "", stage > 1 ? chain_do[run->p->then] : "");
}

static bool chain_passes(const chain_run *run, const mera_moments *m)
{
    return mera_is_tame(m, run->p->skewness, run->p->kurtosis);
}

/* The two treatments of a column that did not pass; `m` are its moments. */
static mera_code chain_both(chain_run *run, const double *x, mera_moments m)
{
    const mera_moments all = m;
    double *y;
    MERA_TRY_NEW(y, run->ctx->arena, run->n);
    MERA_TRY(chain_treat(run, run->p->first, x, AT_FIRST, y, &m));
    chain_judge(run, 1, &m);
    if (chain_passes(run, &m)) {
        return MERA_OK;
    }
    if (run->p->then == DO_NONE) {
        chain_say(run, 1);
        return MERA_OK;
    }
    if (!run->p->combine) {
        const mera_treatment none = mera_treatment_none();
        memcpy(run->fitted + AT_FIRST, &none, sizeof none);
        m = all;
    }
    MERA_TRY(chain_treat(run, run->p->then, run->p->combine ? y : x, AT_THEN, y, &m));
    chain_judge(run, 2, &m);
    if (!chain_passes(run, &m)) {
        chain_say(run, 2);
    }
    return MERA_OK;
}

static mera_code chain_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                           size_t n, mera_fitted *out)
{
    MERA_TRY(mera_op_fitted(ctx, N_FITTED, out));
    chain_run run = {.op = op, .p = params, .ctx = ctx, .n = n, .fitted = out->v};
    mera_moments m;
    for (size_t i = 0; i < N_FITTED; i++) {
        out->v[i] = NAN;
    }
    mera_column_moments(x, n, &m);
    m.kind = (mera_moment_kind)run.p->moments;
    chain_judge(&run, 0, &m);
    if (chain_passes(&run, &m)) {
        return MERA_OK;
    }
    const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
    MERA_TRY(chain_both(&run, x, m));
    mera_arena_rewind(ctx->arena, mark);
    return MERA_OK;
}

static mera_code chain_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)params;
    mera_treatment first, then;
    memcpy(&first, fitted->v + AT_FIRST, sizeof first);
    memcpy(&then, fitted->v + AT_THEN, sizeof then);
    MERA_TRY(mera_treatment_apply(op, ctx, &first, x, n, y));
    return mera_treatment_apply(op, ctx, &then, y, n, y);
}

const mera_op mera_op_treat_chain = {
    .name = "treat.chain",
    .step = MERA_STEP_TREAT,
    .version = 1,
    .summary = "First one treatment, and if skewness and kurtosis still fail, another.",
    .formula = "x if it passes, else first(x) if that passes, else then(x); "
               "passes when |G1| < skewness or G2 < kurtosis",
    .nulls = "stay missing and take no part",
    .conventions = "G1 and excess kurtosis G2, corrected for bias unless 'moments' says otherwise "
                   "(Joanes and Gill 1998); the second treatment is of "
                   "the original values unless 'combine', and is kept whether it passes or not",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567, Treat",
    .params = chain_table,
    .params_size = sizeof(chain_params),
    .fitted = chain_fitted,
    .fit = chain_fit,
    .apply = chain_apply,
};
