/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.vikor -- a compromise between the largest total good and the smallest single regret.
 *
 *     t_j = w_j (best_j - x_j) / (best_j - worst_j),  S = sum_j t_j,  R = max_j t_j
 *     Q = v (S - S*) / (S- - S*) + (1 - v) (R - R*) / (R- - R*),   * the least, - the largest
 *     y = 1 - Q   better: higher;   y = Q   better: lower
 *
 * shape   x[k][n] -> y[n]
 * unit    any -> 0 to 1
 * nulls   missing children are left out and the weights of the others rescaled
 * source  Opricovic, Tzeng, European Journal of Operational Research 156 (2004) 445
 *
 * Where all units have the same S (or R), or the same value of a child, its term is 0.
 */
#include <math.h>

#include "base/text.h"
#include "ops/aggregate/children.h"
#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    double v;
    int better;
} vikor_params;

static const mera_param vikor_table[] = {
    MERA_F64(vikor_params, v, 0.5, 0, 1, NULL,
             "weight of the group's good; the rest is that of the worst regret"),
    MERA_ENUM(vikor_params, better, MERA_BETTER_HIGHER, mera_better_names,
              "higher gives 1 - Q; lower gives Q as published, for a node with 'better: lower'"),
    MERA_PARAMS_END,
};

/* S and R of every unit: total[n] and worst[n]. */
static void vikor_regrets(const mera_children *in, const double *present, double *total,
                          double *worst)
{
    for (size_t j = 0; j < in->k; j++) {
        const double *x = in->x[j];
        double low, high;
        if (!mera_child_counts(in, j) || mera_column_range(x, in->n, &low, &high) == 0) {
            continue;
        }
        const double scale = high > low ? in->w[j] / (high - low) : 0;
        for (size_t i = 0; i < in->n; i++) {
            if (mera_is_present(x[i])) {
                const double regret = scale * (high - x[i]) / present[i];
                total[i] += regret;
                worst[i] = fmax(worst[i], regret);
            }
        }
    }
}

/* Adds weight * (x - least) / (largest - least) to y. */
static void vikor_add(const double *x, const double *present, size_t n, double weight, double *y)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (present[i] > 0) {
            low = fmin(low, x[i]);
            high = fmax(high, x[i]);
        }
    }
    for (size_t i = 0; i < n && high > low; i++) {
        y[i] += weight * (x[i] - low) / (high - low);
    }
}

/* The unit with the least x, the first of equals, leaving out unit `but`; n when there is none. */
static size_t vikor_least(const double *x, const double *present, size_t n, size_t but)
{
    size_t at = n;
    for (size_t i = 0; i < n; i++) {
        if (i != but && present[i] > 0 && (at == n || x[i] < x[at])) {
            at = i;
        }
    }
    return at;
}

/* The first `size` units in order of Q by name, no more than a dozen. */
static mera_code vikor_names(const mera_op_ctx *ctx, const double *present, const double *q,
                             size_t n, size_t size, const char **out)
{
    enum { DOZEN = 12 };
    char unit[MERA_UNIT_TEXT];
    mera_text text = {.arena = ctx->arena};
    uint32_t *order;
    size_t n_order, told = 0;
    MERA_TRY(mera_column_order(q, n, ctx->arena, &order, &n_order));
    for (size_t r = 0; r < n_order && told < size && told < DOZEN; r++) {
        if (present[order[r]] > 0) {
            mera_text_addf(&text, "%s%s", told == 0 ? "" : ", ", mera_op_unit(ctx, order[r], unit));
            told++;
        }
    }
    if (told < size) {
        mera_text_addf(&text, " and %zu more", size - told);
    }
    *out = mera_text_string(&text);
    return *out != NULL ? MERA_OK : MERA_ENOMEM;
}

/* Is the unit of least Q ahead by 1/(m - 1), and also least in S or R? Else who is in the set. */
static mera_code vikor_note(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                            const double *present, const double *total, const double *worst,
                            const double *q)
{
    const size_t units = mera_children_units(in, present);
    const size_t first = vikor_least(q, present, in->n, in->n);
    const size_t second = vikor_least(q, present, in->n, first);
    const char *names;
    if (units < 2) {
        return MERA_OK;
    }
    const bool ahead = q[second] - q[first] >= 1 / (double)(units - 1);
    const bool stable = total[first] <= total[vikor_least(total, present, in->n, in->n)] ||
                        worst[first] <= worst[vikor_least(worst, present, in->n, in->n)];
    size_t set = 0;
    for (size_t i = 0; i < in->n; i++) {
        set += present[i] > 0 && q[i] - q[first] < 1 / (double)(units - 1);
    }
    set = ahead ? 2 : set;
    MERA_TRY(vikor_names(ctx, present, q, in->n, ahead && stable ? 1 : set, &names));
    if (ahead && stable) {
        mera_op_note(ctx, "compromise", "%s: by %s %s is first alone", mera_op_subject(op, ctx),
                     op->name, names);
    } else {
        char unit[MERA_UNIT_TEXT];
        mera_op_note(ctx, "compromise",
                     "%s: by %s %s is first without %s; the compromise set has %zu units: %s",
                     mera_op_subject(op, ctx), op->name, mera_op_unit(ctx, first, unit),
                     ahead ? "being first in S or R" : "enough advantage", set, names);
    }
    return MERA_OK;
}

static mera_code vikor_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_children *in, double *y)
{
    const vikor_params *p = params;
    double *present, *total, *worst;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY_NEW(total, ctx->arena, in->n);
    MERA_TRY_NEW(worst, ctx->arena, in->n);
    vikor_regrets(in, present, total, worst);
    for (size_t i = 0; i < in->n; i++) {
        y[i] = 0;
    }
    vikor_add(total, present, in->n, p->v, y);
    vikor_add(worst, present, in->n, 1 - p->v, y);
    MERA_TRY(vikor_note(op, ctx, in, present, total, worst, y));
    for (size_t i = 0; i < in->n && p->better == MERA_BETTER_HIGHER; i++) {
        y[i] = 1 - y[i];
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_vikor = {
    .name = "aggregate.vikor",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "A compromise between the largest total good and the smallest single regret.",
    .formula = "Q = v (S - S*)/(S- - S*) + (1 - v) (R - R*)/(R- - R*); y = 1 - Q",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions =
        "compares the units of one period: another set of units gives other scores; y = 1 - Q, so "
        "that higher is better, unless 'better: lower'; a term without spread is 0; whether the "
        "first unit has acceptable advantage and stability, and who is in the compromise set, is "
        "noted with the result",
    .source = "Opricovic, Tzeng, European Journal of Operational Research 156 (2004) 445",
    .params = vikor_table,
    .params_size = sizeof(vikor_params),
    .flags = MERA_OP_POPULATION,
    .aggregate = vikor_aggregate,
};
