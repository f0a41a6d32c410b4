/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is common to aggregators that are no quasi-arithmetic mean. */
#include "ops/aggregate/children.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/support.h"

const char *const mera_better_names[] = {"higher", "lower", NULL};

double mera_children_weight(const mera_children *in)
{
    double all = 0;
    for (size_t j = 0; j < in->k; j++) {
        all += mera_child_counts(in, j) ? in->w[j] : 0;
    }
    return all;
}

size_t mera_children_count(const mera_children *in)
{
    size_t n = 0;
    for (size_t j = 0; j < in->k; j++) {
        n += mera_child_counts(in, j);
    }
    return n;
}

mera_code mera_children_present(const mera_children *in, mera_arena *arena, double **present)
{
    double *weight;
    MERA_TRY_NEW(weight, arena, in->n);
    for (size_t j = 0; j < in->k; j++) {
        const double w = mera_child_counts(in, j) ? in->w[j] : 0, *x = in->x[j];
        for (size_t i = 0; i < in->n; i++) {
            weight[i] += mera_is_present(x[i]) ? w : 0.0;
        }
    }
    *present = weight;
    return MERA_OK;
}

void mera_children_mean(const mera_children *in, const double *present, double *y)
{
    memset(y, 0, in->n * sizeof *y);
    for (size_t j = 0; j < in->k; j++) {
        const double w = mera_child_counts(in, j) ? in->w[j] : 0, *x = in->x[j];
        for (size_t i = 0; i < in->n; i++) {
            y[i] += mera_is_present(x[i]) ? w * x[i] : 0.0;
        }
    }
    for (size_t i = 0; i < in->n; i++) {
        y[i] = present[i] > 0 ? y[i] / present[i] : NAN;
    }
}

size_t mera_children_at(const mera_children *in, size_t i, double *v, double *w)
{
    size_t n = 0;
    for (size_t j = 0; j < in->k; j++) {
        if (!mera_child_counts(in, j) || !mera_is_present(in->x[j][i])) {
            continue;
        }
        v[n] = in->x[j][i];
        if (w != NULL) {
            w[n] = in->w[j];
        }
        n++;
    }
    return n;
}

size_t mera_children_units(const mera_children *in, const double *present)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++) {
        n += present[i] > 0;
    }
    return n;
}

mera_code mera_children_find(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                             const char *key, const char *name, size_t *out)
{
    double place;
    for (size_t j = 0; ctx->child_name != NULL && j < in->k; j++) {
        if (mera_streq(ctx->child_name[j], name)) {
            *out = j;
            return MERA_OK;
        }
    }
    if (ctx->child_name == NULL && mera_number_read(name, strlen(name), &place) && place >= 1 &&
        place <= (double)in->k && floor(place) == place) {
        *out = (size_t)place - 1;
        return MERA_OK;
    }
    const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "unknown-child", ctx->at,
                                   "'%s' of %s names '%s', which is not a child of %s", key,
                                   op->name, name, mera_op_subject(op, ctx));
    const char *nearest =
        ctx->child_name != NULL ? mera_nearest(name, ctx->child_name, in->k) : NULL;
    if (nearest != NULL) {
        mera_hint(ctx->diags, "did you mean '%s'?", nearest);
    }
    return rc;
}

const char *mera_child_text(const mera_op_ctx *ctx, size_t j, char out[MERA_CHILD_TEXT])
{
    if (ctx->child_name != NULL && ctx->child_name[j] != NULL) {
        snprintf(out, MERA_CHILD_TEXT, "child '%s'", ctx->child_name[j]);
    } else {
        snprintf(out, MERA_CHILD_TEXT, "child %zu", j + 1);
    }
    return out;
}

mera_code mera_children_finish(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                               const double *present, double *y)
{
    for (size_t i = 0; i < in->n; i++) {
        if (!(present[i] > 0)) {
            y[i] = NAN;
        } else if (!isfinite(y[i])) {
            return mera_op_refuse_result(op, ctx, i);
        }
    }
    return MERA_OK;
}
