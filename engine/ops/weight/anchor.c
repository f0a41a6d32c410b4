/* SPDX-License-Identifier: Apache-2.0 */
/** @file Children and anchor over the units that have all of them. */
#include "ops/weight/anchor.h"

#include <math.h>

#include "ops/column.h"
#include "ops/support.h"

static mera_code anchor_missing(const mera_weighing *call, const char *name)
{
    return mera_fail(call->ctx->diags, MERA_EINPUT, "no-anchor", call->ctx->at,
                     "%s: there are no values of the anchor '%s' of %s",
                     mera_op_subject(call->op, call->ctx), name, call->op->name);
}

/* Distances from the mean, exactly 0 for a column that does not vary; returns its deviation. */
static double anchor_centre(double *x, size_t n)
{
    double low, high;
    mera_column_range(x, n, &low, &high);
    const double mean = low < high ? mera_column_mean(x, n) : low;
    const double sd = low < high ? mera_column_sd(x, n, true) : 0;
    for (size_t i = 0; i < n; i++) {
        x[i] -= mean;
    }
    return sd;
}

mera_code mera_anchor_read(const mera_weighing *call, const char *name, mera_anchored *out)
{
    const mera_children *in = call->in;
    mera_arena *arena = call->ctx->arena;
    const double **all;
    double *columns;
    mera_code rc = MERA_OK;
    if (call->ctx->n_inputs == 0 || call->ctx->input[0] == NULL) {
        return anchor_missing(call, name);
    }
    MERA_TRY_NEW(all, arena, in->k + 1);
    for (size_t j = 0; j < in->k; j++) {
        all[j] = in->x[j];
    }
    all[in->k] = call->ctx->input[0];
    MERA_TRY(mera_complete_cases(all, in->k + 1, in->n, arena, &columns, &out->n, NULL));
    if (out->n < in->k + 2) {
        rc = mera_fail(call->ctx->diags, MERA_EINPUT, "too-few-units", call->ctx->at,
                       "%s: %s needs %zu units that have all %zu children and the anchor '%s', and "
                       "there are %zu",
                       mera_op_subject(call->op, call->ctx), call->op->name, in->k + 2, in->k, name,
                       out->n);
        mera_hint(call->ctx->diags, "impute first, or leave out what is mostly missing");
        return rc;
    }
    out->k = in->k;
    out->x = columns;
    out->y = columns + in->k * out->n;
    MERA_TRY_NEW(out->sd, arena, in->k);
    for (size_t j = 0; j < in->k; j++) {
        out->sd[j] = anchor_centre(columns + j * out->n, out->n);
        if (!(out->sd[j] > 0)) {
            rc = mera_weigh_refuse_constant(call, j);
        }
    }
    out->y_sd = anchor_centre(out->y, out->n);
    if (!(out->y_sd > 0)) {
        rc = mera_fail(call->ctx->diags, MERA_EINPUT, "constant-anchor", call->ctx->at,
                       "%s: the anchor '%s' has the same value at all units",
                       mera_op_subject(call->op, call->ctx), name);
    }
    return rc;
}
