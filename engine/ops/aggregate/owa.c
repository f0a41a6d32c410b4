/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.owa, aggregate.wowa -- weights for places, not for children: the best child, the second
 * best, and so on. WOWA has weights for both.
 *
 *     y = sum_k v_k x_(k),  x_(1) >= x_(2) >= ...
 *     OWA   v_k = Q(k / m) - Q((k - 1) / m)              m: present children
 *     WOWA  v_k = Q(p_(1) + ... + p_(k)) - Q(p_(1) + ... + p_(k-1))   p: the children's weights
 *
 *     Q(r)  exponent: a        r^a
 *           between: [a, b]    0 below a, 1 above b, a straight line from one to the other
 *           order_weights: v   through the points (k/K, v_1 + ... + v_k), straight lines between
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out: m counts the present ones, p is rescaled, Q stays
 * errors  not one of the three ways to give Q; a list of another length than there are children
 * source  Yager, IEEE Trans. Systems, Man and Cybernetics 18 (1988) 183; Torra, Int. J. Intelligent
 *         Systems 12 (1997) 153 (WOWA)
 *
 * OWA is WOWA of equal p, so one function serves both.
 */
#include <math.h>

#include "base/math.h"
#include "base/number.h"
#include "ops/aggregate/children.h"
#include "ops/support.h"

typedef struct {
    double exponent;
    mera_f64_list between, order_weights;
} owa_params;

static const mera_param owa_table[] = {
    {.name = "exponent",
     .type = MERA_PARAM_F64,
     .offset = offsetof(owa_params, exponent),
     .nullable = true,
     .fallback = NAN,
     .min = 1e-3,
     .max = 1e3,
     .help = "Q(r) = r^a: 1 is the mean, above 1 low scores count more, below 1 high ones"},
    {.name = "between",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(owa_params, between),
     .max = 1,
     .max_items = 2,
     .help = "Q rises from 0 to 1 between two shares: [0.3, 0.8] most, [0, 0.5] at least half, "
             "[0.5, 1] as many as possible"},
    {.name = "order_weights",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(owa_params, order_weights),
     .max = 1e9,
     .help = "weights of the places, the best child's first, the worst's last"},
    MERA_PARAMS_END,
};

static bool owa_list_ok(const owa_params *p)
{
    double sum = 0;
    for (size_t k = 0; k < p->order_weights.n; k++) {
        sum += p->order_weights.v[k];
    }
    return p->order_weights.n == 0 || sum > 0;
}

static mera_code owa_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const owa_params *p = params;
    const int ways = !isnan(p->exponent) + (p->between.n > 0) + (p->order_weights.n > 0);
    if (ways != 1) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "%s needs one of 'exponent', 'between' and 'order_weights', not %s",
                         op->name, ways == 0 ? "none" : "several");
    }
    if (p->between.n > 0 && !(p->between.n == 2 && p->between.v[0] < p->between.v[1])) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'between' of %s takes two shares, the smaller first", op->name);
    }
    if (!owa_list_ok(p)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "'order_weights' of %s are all 0", op->name);
    }
    return MERA_OK;
}

/* Q, with the cumulated order weights c[0..K] at hand. */
static double owa_quantifier(const owa_params *p, const double *c, double r)
{
    if (!isnan(p->exponent)) {
        return r <= 0 ? 0 : r >= 1 ? 1 : mera_pow(r, p->exponent);
    }
    if (p->between.n > 0) {
        const double q = (r - p->between.v[0]) / (p->between.v[1] - p->between.v[0]);
        return q < 0 ? 0 : q > 1 ? 1 : q;
    }
    const double places = (double)p->order_weights.n, at = r * places;
    const size_t below = at <= 0 ? 0 : at >= places ? p->order_weights.n - 1 : (size_t)at;
    const double part = at - (double)below;
    return c[below] + (part > 1 ? 1 : part) * (c[below + 1] - c[below]);
}

static mera_code owa_cumulate(const owa_params *p, mera_arena *arena, double **out)
{
    double *c;
    MERA_TRY_NEW(c, arena, p->order_weights.n + 1);
    for (size_t k = 0; k < p->order_weights.n; k++) {
        c[k + 1] = c[k] + p->order_weights.v[k];
    }
    for (size_t k = 1; k <= p->order_weights.n; k++) {
        c[k] /= c[p->order_weights.n];
    }
    *out = c;
    return MERA_OK;
}

/* Sorts values descending and carries weights along; equals keep their order. k is small. */
static void owa_sort(double *v, double *w, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const double value = v[i], weight = w[i];
        size_t at = i;
        for (; at > 0 && v[at - 1] < value; at--) {
            v[at] = v[at - 1];
            w[at] = w[at - 1];
        }
        v[at] = value;
        w[at] = weight;
    }
}

static double owa_unit(const owa_params *p, const double *c, double *v, double *w, size_t n)
{
    double all = 0, sum = 0, reached = 0, before = 0, given = 0;
    for (size_t k = 0; k < n; k++) {
        all += w[k];
    }
    owa_sort(v, w, n);
    for (size_t k = 0; k < n; k++) {
        reached += w[k];
        const double q = k + 1 == n ? 1 : owa_quantifier(p, c, reached / all);
        sum += (q - before) * v[k];
        given += q - before;
        before = q;
    }
    return sum / given; /* given is 1 but for rounding */
}

/* How far the order weights lean to the best child: 1 is the maximum, 0 the minimum. */
static void owa_note(const mera_op *op, const owa_params *p, const double *c,
                     const mera_op_ctx *ctx, size_t m)
{
    double orness = 0, before = 0;
    char text[64];
    for (size_t k = 1; k <= m && m > 1; k++) {
        const double q = k == m ? 1 : owa_quantifier(p, c, (double)k / (double)m);
        orness += (double)(m - k) / (double)(m - 1) * (q - before);
        before = q;
    }
    mera_number_write_fixed(orness, 4, text);
    if (m > 1) {
        mera_op_note(ctx, "orness", "%s: the order weights of %s have orness %s",
                     mera_op_subject(op, ctx), op->name, text);
    }
}

static mera_code owa_run(const mera_op *op, const owa_params *p, mera_op_ctx *ctx,
                         const mera_children *in, bool by_child, double *y)
{
    const size_t count = mera_children_count(in);
    double *present, *c, *v, *w;
    if (p->order_weights.n > 0 && p->order_weights.n != count) {
        return mera_fail(ctx->diags, MERA_EINPUT, "wrong-length", ctx->at,
                         "'order_weights' of %s has %zu items; %s has %zu children with a weight",
                         op->name, p->order_weights.n, mera_op_subject(op, ctx), count);
    }
    MERA_TRY(owa_cumulate(p, ctx->arena, &c));
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY_NEW(v, ctx->arena, in->k);
    MERA_TRY_NEW(w, ctx->arena, in->k);
    owa_note(op, p, c, ctx, count);
    for (size_t i = 0; i < in->n; i++) {
        const size_t n = mera_children_at(in, i, v, w);
        for (size_t k = 0; k < n && !by_child; k++) {
            w[k] = 1;
        }
        y[i] = n > 0 ? owa_unit(p, c, v, w, n) : NAN;
    }
    return mera_children_finish(op, ctx, in, present, y);
}

static mera_code owa_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *y)
{
    return owa_run(op, params, ctx, in, false, y);
}

static mera_code wowa_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_children *in, double *y)
{
    return owa_run(op, params, ctx, in, true, y);
}

const mera_op mera_op_aggregate_owa = {
    .name = "aggregate.owa",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "Weights for places: the best child, the second best, down to the worst.",
    .formula = "y = sum(v_k x_(k)), x descending; v_k = Q(k/m) - Q((k - 1)/m)",
    .nulls = "missing children are left out; the order weights are those of Q for as many as are "
             "present",
    .conventions = "children's weights do not matter, but a child of weight 0 takes no part; "
                   "order weights are divided by their sum; orness = sum((m - k) v_k)/(m - 1): 1 "
                   "is the maximum, 0 the minimum; it is noted with the result",
    .source = "Yager, IEEE Transactions on Systems, Man and Cybernetics 18 (1988) 183",
    .params = owa_table,
    .params_size = sizeof(owa_params),
    .check = owa_check,
    .aggregate = owa_aggregate,
};

const mera_op mera_op_aggregate_wowa = {
    .name = "aggregate.wowa",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "Weights for places and weights for children at once.",
    .formula = "y = sum(v_k x_(k)), x descending; v_k = Q(p_(1) + .. + p_(k)) - Q(p_(1) + .. + "
               "p_(k-1))",
    .nulls = "missing children are left out and the weights of the others rescaled; Q stays",
    .conventions = "Q runs through the cumulated order weights in straight lines; with equal "
                   "weights of children it is OWA, with equal order weights the weighted mean",
    .source = "Torra, International Journal of Intelligent Systems 12 (1997) 153",
    .params = owa_table,
    .params_size = sizeof(owa_params),
    .check = owa_check,
    .aggregate = wowa_aggregate,
};
