/* SPDX-License-Identifier: Apache-2.0 */
/** @file Running one item of a plugin on columns at hand, whatever its kind. */
#include "lua/compute.h"

#include <math.h>
#include <string.h>

size_t mera_compute_size(const mera_compute *c)
{
    return c->op->weigh != NULL ? c->k : c->op->examine != NULL ? 0 : c->n;
}

static mera_code compute_children(const mera_compute *c, mera_op_ctx *ctx, double *y)
{
    mera_children in = {.n = c->n, .k = c->k, .x = c->in, .w = c->w};

    if (in.w == NULL) {
        double *ones;

        MERA_TRY_NEW(ones, c->arena, c->k);
        for (size_t j = 0; j < c->k; j++) {
            ones[j] = 1;
        }
        in.w = ones;
    }
    for (size_t j = 0; j < c->k; j++) {
        in.total += in.w[j];
    }
    return c->op->weigh != NULL ? c->op->weigh(c->op, c->params, ctx, &in, y)
                                : c->op->aggregate(c->op, c->params, ctx, &in, y);
}

mera_code mera_compute_run(const mera_compute *c, double *y)
{
    mera_op_ctx ctx = {.diags = c->diags,
                       .arena = c->arena,
                       .subject = c->op->name,
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .input = c->in,
                       .n_inputs = c->k,
                       .unit_name = c->around == NULL ? NULL : c->around->unit_name,
                       .unit_key = c->around == NULL ? NULL : c->around->unit_key,
                       .child_name = c->name,
                       .around = c->around};
    mera_fitted fitted = {.n = 0};

    if (c->op->derive != NULL) {
        return c->op->derive(c->op, c->params, &ctx, c->n, y);
    }
    if (c->op->examine != NULL) {
        ctx.score = c->in;
        return c->op->examine(c->op, c->params, &ctx, c->n, c->findings);
    }
    if (c->op->weigh != NULL || c->op->aggregate != NULL) {
        return compute_children(c, &ctx, y);
    }
    if (c->op->fit != NULL) {
        MERA_TRY(c->op->fit(c->op, c->params, &ctx, c->in[0], c->n, &fitted));
    }
    return c->op->apply(c->op, c->params, &ctx, &fitted, c->in[0], c->n, y);
}

const char *mera_compute_why(const mera_diags *diags)
{
    const size_t n = mera_diags_size(diags);

    for (size_t i = 0; i < n; i++) {
        if (mera_diags_get(diags, i)->severity == MERA_ERROR) {
            return mera_diags_get(diags, i)->message;
        }
    }
    return "memory ran out";
}
