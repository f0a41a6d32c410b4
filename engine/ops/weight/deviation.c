/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.deviation -- children that tell the units apart weigh more.
 *
 *     sd        w_j = s_j
 *     variance  w_j = s_j^2
 *     cv        w_j = s_j / mean_j
 *     gini      w_j = sum_{i,l} |x_i - x_l| / (2 m^2 mean)
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   left out of their column
 * errors  cv: a mean of 0 or less; gini: values below 0; nothing that varies
 * source  Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995) 763
 * (sd); Gini, Variabilità e mutabilità (1912)
 *
 * The values are taken as normalised, so the normaliser decides: z-scores all have the same sd.
 */
#include <math.h>

#include "base/number.h"
#include "ops/column.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { KIND_SD, KIND_VARIANCE, KIND_CV, KIND_GINI };
enum { SCALE_AS_IS, SCALE_UNIT };
enum { DEVIATION_POPULATION, DEVIATION_SAMPLE };

typedef struct {
    int kind, scale, deviation;
} deviation_params;

static const char *const deviation_kind[] = {"sd", "variance", "cv", "gini", NULL};
static const char *const deviation_scale[] = {"as_is", "unit", NULL};
static const char *const deviation_divisor[] = {"population", "sample", NULL};
static const mera_param deviation_table[] = {
    MERA_ENUM(deviation_params, kind, KIND_SD, deviation_kind,
              "deviation, its square, its share of the mean, or Gini's coefficient"),
    MERA_ENUM(deviation_params, scale, SCALE_AS_IS, deviation_scale,
              "take values as normalised, or rescale each child to 0..1 first"),
    MERA_ENUM(deviation_params, deviation, DEVIATION_POPULATION, deviation_divisor,
              "divide squares by n (population) or n - 1 (sample)"),
    MERA_PARAMS_END,
};

static mera_code deviation_cv(const mera_weighing *call, size_t j, const double *x, double sd,
                              double *out)
{
    char child[MERA_WEIGH_TEXT_SIZE], found[32];
    const double mean = mera_column_mean(x, call->in->n);
    *out = sd / mean;
    if (mean > 0) {
        return MERA_OK;
    }
    mera_number_write(mean, found);
    const mera_code rc =
        mera_fail(call->ctx->diags, MERA_EINPUT, "bad-sign", call->ctx->at,
                  "%s: the mean of the child %s is %s, and a coefficient of variation needs one "
                  "above 0",
                  mera_op_subject(call->op, call->ctx), mera_weigh_child(call, j, child), found);
    mera_hint(call->ctx->diags, "normalise onto a range of 0 and above, or choose 'kind: sd'");
    return rc;
}

/* With x sorted: sum_{i,l} |x_i - x_l| = 2 sum_i (2 i - m - 1) x_(i), i from 1. */
static mera_code deviation_gini(const double *x, size_t n, mera_arena *arena, double *out)
{
    double *sorted, sum = 0, total = 0;
    size_t m;
    MERA_TRY(mera_column_sorted(x, n, arena, &sorted, &m));
    for (size_t i = 0; i < m; i++) {
        sum += (2 * (double)i + 1 - (double)m) * sorted[i];
        total += sorted[i];
    }
    *out = total > 0 ? fmax(0, sum) / ((double)m * total) : 0;
    return MERA_OK;
}

static mera_code deviation_of(const mera_weighing *call, const deviation_params *p, size_t j,
                              const double *x, double *out)
{
    const size_t n = call->in->n;
    double low, high;
    *out = 0;
    if (mera_column_range(x, n, &low, &high) < 2 || low == high) {
        return MERA_OK; /* rounding of the mean must not look like a deviation */
    }
    const double sd = mera_column_sd(x, n, p->deviation == DEVIATION_SAMPLE);
    switch (p->kind) {
    case KIND_GINI:
        return deviation_gini(x, n, call->ctx->arena, out);
    case KIND_CV:
        return deviation_cv(call, j, x, sd, out);
    default:
        *out = p->kind == KIND_SD ? sd : sd * sd;
        return MERA_OK;
    }
}

static mera_code deviation_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_children *in, double *w)
{
    const deviation_params *p = params;
    const mera_weighing call = {op, ctx, in};
    double **scaled = NULL;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    if (p->scale == SCALE_UNIT) {
        MERA_TRY_NEW(scaled, ctx->arena, in->k);
        MERA_TRY(mera_weigh_unit_range(&call, scaled));
    } else if (p->kind == KIND_GINI) {
        MERA_TRY(mera_weigh_check_sign(&call, false));
    }
    for (size_t j = 0; j < in->k; j++) {
        const double *x = scaled != NULL ? scaled[j] : in->x[j];
        MERA_TRY(deviation_of(&call, p, j, x, &w[j]));
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_deviation = {
    .name = "weight.deviation",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Children that tell the units apart weigh more: by sd, variance, coefficient of "
               "variation or Gini.",
    .formula =
        "sd: s; variance: s^2; cv: s / mean; gini: sum |x_i - x_l| / (2 m^2 mean); divided by "
        "their sum",
    .nulls = "left out of their column",
    .conventions =
        "values are taken as normalised and directed unless 'scale: unit'; squares divide "
        "by n unless 'deviation: sample'; a child that does not vary weighs 0",
    .source =
        "Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995) 763; "
        "Gini, Variabilità e mutabilità (1912)",
    .params = deviation_table,
    .params_size = sizeof(deviation_params),
    .weigh = deviation_weigh,
};
