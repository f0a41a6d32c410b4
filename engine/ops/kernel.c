/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The kernel of quasi-arithmetic means,
 *
 *     y = inverse( sum_j w_j transform(x_j) / total ),
 *
 * over blocks of units that stay in the nearest cache: for each child, in order, the inner loop
 * runs over the units of the block and has no dependence from one to the next.
 */
#include "ops/kernel.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "ops/support.h"

enum { KERNEL_BLOCK = 512 };

typedef struct {
    const mera_op *op;
    const void *params;
    mera_op_ctx *ctx;
    const mera_children *in;
    double all; /* sum of the weights, in order */
    double sum[KERNEL_BLOCK];
    double present[KERNEL_BLOCK]; /* sum of the weights of present children */
    double mapped[KERNEL_BLOCK];
} mean_kernel;

void mera_map_identity(const void *params, const double *x, size_t n, double *y)
{
    (void)params;
    if (y != x) {
        memcpy(y, x, n * sizeof *y);
    }
}

void mera_map_power(const void *params, const double *x, size_t n, double *y)
{
    const double p = *(const double *)params;
    if (p == 0) {
        mera_log_n(x, n, y);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        y[i] = p == 1 ? x[i] : x[i] >= 0 ? mera_pow(x[i], p) : NAN;
    }
}

void mera_map_root(const void *params, const double *x, size_t n, double *y)
{
    const double p = *(const double *)params;
    if (p == 0) {
        mera_exp_n(x, n, y);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        y[i] = p == 1 ? x[i] : mera_pow(x[i], 1 / p);
    }
}

/* A present value the transform has no answer for: says which, once. */
static mera_code kernel_refuse(const mean_kernel *k, const double *x, size_t j, size_t from,
                               size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const bool bad = (k->op->flags & MERA_OP_POSITIVE) != 0
                             ? x[i] <= 0
                             : !isnan(x[i]) && !isfinite(k->mapped[i]);
        if (bad) {
            return mera_op_refuse_child(k->op, k->ctx, j, from + i, x[i]);
        }
    }
    return MERA_OK;
}

static bool kernel_has_bad(const mean_kernel *k, const double *x, size_t n)
{
    unsigned bad = 0;
    if ((k->op->flags & MERA_OP_POSITIVE) != 0) {
        for (size_t i = 0; i < n; i++) {
            bad |= x[i] <= 0;
        }
    } else {
        for (size_t i = 0; i < n; i++) {
            bad |= (x[i] == x[i]) & !(fabs(k->mapped[i]) < INFINITY);
        }
    }
    return bad != 0;
}

/* Adds child j over n units of the block that starts at unit `from`. */
static mera_code kernel_add(mean_kernel *k, size_t j, size_t from, size_t n)
{
    const double *x = k->in->x[j] + from;
    const double *z = x;
    const double w = k->in->w[j];
    if (!(w > 0)) {
        return MERA_OK;
    }
    if (k->op->transform != mera_map_identity) {
        k->op->transform(k->params, x, n, k->mapped);
        z = k->mapped;
        if (kernel_has_bad(k, x, n)) {
            return kernel_refuse(k, x, j, from, n);
        }
    }
    double *restrict sum = k->sum, *restrict present = k->present;
    for (size_t i = 0; i < n; i++) {
        const bool here = x[i] == x[i];
        sum[i] += here ? w * z[i] : 0.0;
        present[i] += here ? w : 0.0;
    }
    return MERA_OK;
}

/*
 * What the sum is divided by. With all children present that is `total`; else the present weights
 * stand for all of them, which for total = sum of weights is their own sum.
 */
static void kernel_divide(mean_kernel *k, size_t n, double *y)
{
    const double total = k->in->total, all = k->all;
    const bool plain = total == all;
    for (size_t i = 0; i < n; i++) {
        const double present = k->present[i];
        const double divisor = plain ? present : present == all ? total : total * (present / all);
        y[i] = present > 0 ? k->sum[i] / divisor : NAN;
    }
}

static mera_code kernel_block(mean_kernel *k, size_t from, size_t n, double *y)
{
    memset(k->sum, 0, sizeof k->sum);
    memset(k->present, 0, sizeof k->present);
    for (size_t j = 0; j < k->in->k; j++) {
        MERA_TRY(kernel_add(k, j, from, n));
    }
    kernel_divide(k, n, y);
    if (k->op->inverse != mera_map_identity) {
        k->op->inverse(k->params, y, n, y);
    }
    for (size_t i = 0; i < n; i++) {
        if (!(k->present[i] > 0)) {
            y[i] = NAN; /* the canonical one, whatever the inverse made of it */
        } else if (!(fabs(y[i]) < INFINITY)) {
            return mera_op_refuse_result(k->op, k->ctx, from + i);
        }
    }
    return MERA_OK;
}

mera_code mera_mean_kernel(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, mera_arena *arena, double *y)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    mean_kernel *k;
    MERA_TRY_NEW(k, arena, 1);
    *k = (mean_kernel){.op = op, .params = params, .ctx = ctx, .in = in};
    for (size_t j = 0; j < in->k; j++) {
        k->all += in->w[j];
    }
    mera_code rc = MERA_OK;
    for (size_t from = 0; from < in->n && rc == MERA_OK; from += KERNEL_BLOCK) {
        const size_t n = in->n - from < KERNEL_BLOCK ? in->n - from : KERNEL_BLOCK;
        rc = kernel_block(k, from, n, y + from);
    }
    if (rc == MERA_OK) { /* else what was recorded may live in this arena */
        mera_arena_rewind(arena, mark);
    }
    return rc;
}

mera_code mera_op_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_children *in, double *y)
{
    return op->aggregate != NULL ? op->aggregate(op, params, ctx, in, y)
                                 : mera_mean_kernel(op, params, ctx, in, ctx->arena, y);
}
