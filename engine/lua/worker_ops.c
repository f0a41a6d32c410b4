/* SPDX-License-Identifier: Apache-2.0 */
/** @file The functions of an operation whose plugin lives in a worker: each is one call there. */
#include "lua/worker.h"

static mera_code ops_run(const mera_worker_call *call)
{
    const mera_plugin_item *entry = call->op->impl;

    return mera_worker_run(entry->plugin, call);
}

static mera_code ops_derive(const mera_op *op, const void *params, mera_op_ctx *ctx, size_t n,
                            double *y)
{
    return ops_run(&(mera_worker_call){
        .kind = MERA_CALL_DERIVE, .op = op, .params = params, .ctx = ctx, .n = n, .y = y});
}

static mera_code ops_fit(const mera_op *op, const void *params, mera_op_ctx *ctx, const double *x,
                         size_t n, mera_fitted *out)
{
    return ops_run(&(mera_worker_call){
        .kind = MERA_CALL_FIT, .op = op, .params = params, .ctx = ctx, .n = n, .x = x, .out = out});
}

static mera_code ops_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    return ops_run(&(mera_worker_call){.kind = MERA_CALL_APPLY,
                                       .op = op,
                                       .params = params,
                                       .ctx = ctx,
                                       .n = n,
                                       .x = x,
                                       .fitted = fitted,
                                       .y = y});
}

static mera_code ops_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, double *w)
{
    return ops_run(&(mera_worker_call){.kind = MERA_CALL_WEIGH,
                                       .op = op,
                                       .params = params,
                                       .ctx = ctx,
                                       .n = in->n,
                                       .in = in,
                                       .y = w});
}

static mera_code ops_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *y)
{
    return ops_run(&(mera_worker_call){.kind = MERA_CALL_AGGREGATE,
                                       .op = op,
                                       .params = params,
                                       .ctx = ctx,
                                       .n = in->n,
                                       .in = in,
                                       .y = y});
}

static mera_code ops_examine(const mera_op *op, const void *params, mera_op_ctx *ctx, size_t n,
                             mera_op_findings *out)
{
    return ops_run(&(mera_worker_call){
        .kind = MERA_CALL_EXAMINE, .op = op, .params = params, .ctx = ctx, .n = n, .found = out});
}

void mera_worker_take_over(mera_op *op)
{
    op->derive = op->derive == NULL ? NULL : ops_derive;
    op->fit = op->fit == NULL ? NULL : ops_fit;
    op->apply = op->apply == NULL ? NULL : ops_apply;
    op->weigh = op->weigh == NULL ? NULL : ops_weigh;
    op->aggregate = op->aggregate == NULL ? NULL : ops_aggregate;
    op->examine = op->examine == NULL ? NULL : ops_examine;
}
