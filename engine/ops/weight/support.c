/* SPDX-License-Identifier: Apache-2.0 */
/** @file What weighers share: checks of the data, and refusals in common words. */
#include "ops/weight/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/column.h"
#include "ops/support.h"

const char *const mera_negative_names[] = {"error", "zero", "constrain", NULL};

const char *mera_weigh_child(const mera_weighing *call, size_t j, char out[MERA_WEIGH_TEXT_SIZE])
{
    if (call->ctx->child_name == NULL || call->ctx->child_name[j] == NULL) {
        snprintf(out, MERA_WEIGH_TEXT_SIZE, "number %zu", j + 1);
    } else {
        snprintf(out, MERA_WEIGH_TEXT_SIZE, "'%.*s'", MERA_WEIGH_TEXT_SIZE - 3,
                 call->ctx->child_name[j]);
    }
    return out;
}

bool mera_weigh_alone(const mera_weighing *call, double *w)
{
    if (call->in->k == 1) {
        w[0] = 1;
    }
    return call->in->k <= 1;
}

mera_code mera_weigh_finish(const mera_weighing *call, double *w)
{
    double sum = 0;
    for (size_t j = 0; j < call->in->k; j++) {
        sum += w[j];
    }
    if (!(sum > 0) || !isfinite(sum)) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "no-weights", call->ctx->at,
                         "%s: %s gives no child a weight above 0",
                         mera_op_subject(call->op, call->ctx), call->op->name);
    }
    for (size_t j = 0; j < call->in->k; j++) {
        w[j] = w[j] / sum + 0.0;
    }
    return MERA_OK;
}

mera_code mera_weigh_refuse_constant(const mera_weighing *call, size_t j)
{
    char child[MERA_WEIGH_TEXT_SIZE];
    const mera_code rc = mera_fail(
        call->ctx->diags, MERA_EINPUT, "constant-child", call->ctx->at,
        "%s: the child %s has the same value at all units, and %s learns weights from what varies",
        mera_op_subject(call->op, call->ctx), mera_weigh_child(call, j, child), call->op->name);
    mera_hint(call->ctx->diags, "leave the child out, or give weights by hand");
    return rc;
}

mera_code mera_weigh_refuse_solver(const mera_weighing *call, mera_code rc)
{
    return rc == MERA_OK || rc == MERA_ENOMEM
               ? rc
               : mera_fail(call->ctx->diags, MERA_EINPUT, "no-solution", call->ctx->at,
                           "%s: %s finds no weights for these data",
                           mera_op_subject(call->op, call->ctx), call->op->name);
}

/* The child with fewest values: the one to look at when units are few. */
static size_t weigh_scarcest(const mera_weighing *call)
{
    size_t scarcest = 0, least = SIZE_MAX;
    for (size_t j = 0; j < call->in->k; j++) {
        const size_t present = mera_column_count(call->in->x[j], call->in->n);
        if (present < least) {
            least = present;
            scarcest = j;
        }
    }
    return scarcest;
}

static mera_code weigh_refuse_few(const mera_weighing *call, size_t n, size_t least_units)
{
    char child[MERA_WEIGH_TEXT_SIZE];
    const size_t j = weigh_scarcest(call);
    const mera_code rc =
        mera_fail(call->ctx->diags, MERA_EINPUT, "too-few-units", call->ctx->at,
                  "%s: %s needs %zu units that have all values, and there are %zu (the child %s "
                  "has values at %zu of %zu units)",
                  mera_op_subject(call->op, call->ctx), call->op->name, least_units, n,
                  mera_weigh_child(call, j, child), mera_column_count(call->in->x[j], call->in->n),
                  call->in->n);
    mera_hint(call->ctx->diags, "impute first, or leave out what is mostly missing");
    return rc;
}

mera_code mera_weigh_covariance(const mera_weighing *call, mera_cases cases, size_t least_units,
                                mera_covariance *out)
{
    const mera_children *in = call->in;
    MERA_TRY(mera_covariance_of(in->x, in->k, in->n, cases, call->ctx->arena, out));
    if (out->n < least_units) {
        return weigh_refuse_few(call, out->n, least_units);
    }
    mera_code rc = MERA_OK;
    for (size_t j = 0; j < in->k; j++) {
        if (!(out->sd[j] > 0)) {
            rc = mera_weigh_refuse_constant(call, j);
        }
    }
    for (size_t e = 0; rc == MERA_OK && e < in->k * in->k; e++) {
        if (isnan(out->correlation[e])) { /* it varies, but not where the other one has values */
            rc = mera_weigh_refuse_constant(call, e / in->k);
        }
    }
    return rc;
}

mera_code mera_weigh_check_sign(const mera_weighing *call, bool positive)
{
    const mera_children *in = call->in;
    for (size_t j = 0; j < in->k; j++) {
        for (size_t i = 0; i < in->n; i++) {
            const double x = in->x[j][i];
            if (!(positive ? x <= 0 : x < 0)) {
                continue;
            }
            char child[MERA_WEIGH_TEXT_SIZE], unit[MERA_UNIT_TEXT], found[32];
            mera_number_write(x, found);
            const mera_code rc =
                mera_fail(call->ctx->diags, MERA_EINPUT, "bad-sign", call->ctx->at,
                          "%s: the child %s is %s at %s, and %s needs values %s",
                          mera_op_subject(call->op, call->ctx), mera_weigh_child(call, j, child),
                          found, mera_op_unit(call->ctx, i, unit), call->op->name,
                          positive ? "above 0" : "of 0 or more");
            mera_hint(call->ctx->diags, "normalise onto a range that starts %s, 'range: [%d, 100]'",
                      positive ? "above 0" : "at 0", positive ? 1 : 0);
            return rc;
        }
    }
    return MERA_OK;
}

mera_code mera_weigh_unit_range(const mera_weighing *call, double **columns)
{
    const mera_children *in = call->in;
    for (size_t j = 0; j < in->k; j++) {
        double low, high;
        MERA_TRY_NEW(columns[j], call->ctx->arena, in->n);
        const bool varies = mera_column_range(in->x[j], in->n, &low, &high) > 0 && low < high;
        for (size_t i = 0; i < in->n; i++) {
            const double x = in->x[j][i];
            columns[j][i] = !mera_is_present(x) ? NAN : varies ? (x - low) / (high - low) : 0;
        }
    }
    return MERA_OK;
}

mera_code mera_weigh_negative(const mera_weighing *call, mera_negative_rule rule, double *w,
                              bool *some)
{
    mera_text names = {.arena = call->ctx->arena};
    size_t count = 0;
    for (size_t j = 0; j < call->in->k; j++) {
        if (w[j] < 0) {
            char child[MERA_WEIGH_TEXT_SIZE];
            mera_text_addf(&names, "%s%s (%.4g)", count++ > 0 ? ", " : "",
                           mera_weigh_child(call, j, child), w[j]);
            w[j] = rule == MERA_NEGATIVE_ZERO ? 0 : w[j];
        }
    }
    *some = count > 0;
    if (count == 0) {
        return MERA_OK;
    }
    const char *list = mera_text_string(&names);
    MERA_TRY_PTR(list);
    if (rule != MERA_NEGATIVE_ERROR) {
        mera_warn(call->ctx->diags, "negative-weight", call->ctx->at,
                  "%s: %s gives weights below 0 to %s; %s", mera_op_subject(call->op, call->ctx),
                  call->op->name, list,
                  rule == MERA_NEGATIVE_ZERO ? "they are set to 0"
                                             : "it is solved again with weights of 0 or more");
        return MERA_OK;
    }
    const mera_code rc = mera_fail(call->ctx->diags, MERA_EINPUT, "negative-weight", call->ctx->at,
                                   "%s: %s gives weights below 0 to %s",
                                   mera_op_subject(call->op, call->ctx), call->op->name, list);
    mera_hint(call->ctx->diags, "'negative: constrain' solves with weights of 0 or more, "
                                "'negative: zero' cuts them off");
    return rc;
}

double mera_weigh_nearest_pair(const double *x, size_t k, size_t n, size_t *a, size_t *b)
{
    double most = 0;
    *a = 0;
    *b = 1;
    for (size_t i = 0; i < k; i++) {
        for (size_t j = i + 1; j < k; j++) {
            const double *p = x + i * n, *q = x + j * n;
            const double mp = mera_column_mean(p, n), mq = mera_column_mean(q, n);
            double pp = 0, qq = 0, pq = 0;
            for (size_t u = 0; u < n; u++) {
                pp += (p[u] - mp) * (p[u] - mp);
                qq += (q[u] - mq) * (q[u] - mq);
                pq += (p[u] - mp) * (q[u] - mq);
            }
            const double r = pp > 0 && qq > 0 ? pq / sqrt(pp * qq) : 0;
            if (fabs(r) > fabs(most)) {
                most = r;
                *a = i;
                *b = j;
            }
        }
    }
    return most;
}
