/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.value_piecewise -- a value function through elicited points, linear between them.
 *
 *     y = points[j] + (points[j+1] - points[j]) * (x - values[j]) / (values[j+1] - values[j])
 *
 * shape   x[n] -> y[n]
 * unit    x: as in the source, not directed -> points
 * nulls   stay missing
 * errors  as many points as values, these ascending
 * source  Keeney and Raiffa, Decisions with Multiple Objectives (1976); Bana e Costa and Vansnick,
 *         MACBETH (1994)
 *
 * The function itself says what is better, so values come as they stand in the source; one that
 * runs against the indicator's direction is said in a note. For an indicator with a target they
 * are minus the distance to it.
 */
#include "ops/normalise/directed.h"

enum { BEYOND_HOLD, BEYOND_EXTEND, BEYOND_MISSING };

typedef struct {
    mera_f64_list values, points;
    int beyond;
} piecewise_params;

static const char *const piecewise_beyond[] = {"hold", "extend", "missing", NULL};
static const mera_param piecewise_table[] = {
    {.name = "values",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(piecewise_params, values),
     .required = true,
     .min_items = 2,
     .help = "values of the indicator, ascending"},
    {.name = "points",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(piecewise_params, points),
     .required = true,
     .min_items = 2,
     .unit = "points",
     .help = "the score of each of these values"},
    MERA_ENUM(piecewise_params, beyond, BEYOND_HOLD, piecewise_beyond,
              "past the first and last value: hold the score, extend the line, or missing"),
    MERA_PARAMS_END,
};

static mera_code piecewise_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const piecewise_params *p = params;
    if (p->values.n != p->points.n) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "%s has %zu 'values' but %zu 'points'; each value needs its score",
                         op->name, p->values.n, p->points.n);
    }
    for (size_t j = 1; j < p->values.n; j++) {
        if (!(p->values.v[j - 1] < p->values.v[j])) {
            return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                             "'values' of %s must ascend, and %g is followed by %g", op->name,
                             p->values.v[j - 1], p->values.v[j]);
        }
    }
    return MERA_OK;
}

static void piecewise_look(const mera_op *op, const piecewise_params *p, const mera_op_ctx *ctx)
{
    for (size_t j = 1; j < p->values.n; j++) {
        const double rise = directed_sign(ctx) * (p->points.v[j] - p->points.v[j - 1]);
        if (rise < 0) {
            mera_op_note(ctx, "against-direction",
                         "%s: better values get lower scores from %s between %g and %g",
                         mera_op_subject(op, ctx), op->name, p->values.v[j - 1], p->values.v[j]);
            return;
        }
    }
}

static double piecewise_at(const piecewise_params *p, double x)
{
    const double *v = p->values.v;
    const size_t last = p->values.n - 1;
    size_t j = 0;
    if (!(x >= v[0] && x <= v[last]) && p->beyond != BEYOND_EXTEND) {
        return p->beyond == BEYOND_MISSING ? NAN : p->points.v[x < v[0] ? 0 : last];
    }
    while (j + 1 < last && x > v[j + 1]) {
        j++;
    }
    if (x == v[j + 1]) { /* exactly its points, not a rounding away */
        return p->points.v[j + 1];
    }
    return p->points.v[j] +
           (p->points.v[j + 1] - p->points.v[j]) * ((x - v[j]) / (v[j + 1] - v[j]));
}

static mera_code piecewise_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)fitted;
    const piecewise_params *p = params;
    piecewise_look(op, p, ctx);
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(x[i]) ? piecewise_at(p, x[i]) : NAN;
        if (isinf(y[i])) {
            return mera_op_refuse_result(op, ctx, i);
        }
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_value_piecewise = {
    .name = "normalise.value_piecewise",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "A value function through given points, linear between them.",
    .formula = "y = linear between (values[j], points[j])",
    .nulls = "stay missing",
    .conventions =
        "values are as in the source, whatever the direction; past the ends the score is "
        "held unless 'beyond' says otherwise",
    .source = "Keeney and Raiffa, Decisions with Multiple Objectives (1976)",
    .params = piecewise_table,
    .params_size = sizeof(piecewise_params),
    .flags = MERA_OP_UNDIRECTED,
    .check = piecewise_check,
    .apply = piecewise_apply,
};
