/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.rank_order -- weights from an order of importance alone.
 *
 *     roc         w_r = (1/k) sum_{l=r..k} 1/l      (rank-order centroid)
 *     sum         w_r = 2 (k + 1 - r) / (k (k + 1))
 *     reciprocal  w_r = (1/r) / sum_l 1/l
 *     exponent    w_r = (k + 1 - r)^p / sum_l (k + 1 - l)^p
 *
 * shape   names -> w[k]; r = 1 is the most important
 * nulls   take no part: the data are not looked at
 * source  Stillwell, Seaver and Edwards, Organizational Behavior and Human Performance 28 (1981)
 * 62; Barron and Barrett, Management Science 42 (1996) 1515 (roc)
 *
 * Children of one place, "air = rent", share the mean of the weights of their places.
 */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "base/text.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { RANK_ROC, RANK_SUM, RANK_RECIPROCAL, RANK_EXPONENT };

typedef struct {
    mera_text_list order;
    int kind;
    double exponent;
} rank_params;

static const char *const rank_kinds[] = {"roc", "sum", "reciprocal", "exponent", NULL};
static const mera_param rank_table[] = {
    MERA_WEIGH_TEXTS(rank_params, order, true,
                     "names of all children, the most important first; 'air = rent' for equals"),
    MERA_ENUM(rank_params, kind, RANK_ROC, rank_kinds,
              "formula: centroid of all weights of that order, rank sum, rank reciprocal or rank "
              "exponent"),
    MERA_F64(rank_params, exponent, 2, 0, 10, NULL,
             "power of the rank exponent: 0 gives equal weights, 1 the rank sum"),
    MERA_PARAMS_END,
};

/* The weight of place r (from 1) of k, up to a common factor. */
static double rank_weight(const rank_params *p, size_t r, size_t k)
{
    double sum = 0;
    switch (p->kind) {
    case RANK_SUM:
        return (double)(k + 1 - r);
    case RANK_RECIPROCAL:
        return 1 / (double)r;
    case RANK_EXPONENT:
        return mera_pow((double)(k + 1 - r), p->exponent);
    default:
        for (size_t l = k; l >= r; l--) {
            sum += 1 / (double)l;
        }
        return sum / (double)k;
    }
}

/* The children of one place, "air = rent", into `place` from number r on; returns how many. */
static mera_code rank_place(const mera_weighing *call, const char *names, size_t r, size_t *place,
                            size_t *n)
{
    mera_code rc = MERA_OK;
    *n = 0;
    for (const char *at = names; at != NULL;) {
        const char *equals = strchr(at, '=');
        const mera_slice name =
            mera_slice_trim((mera_slice){at, equals != NULL ? (size_t)(equals - at) : strlen(at)});
        const char *text = mera_arena_strndup(call->ctx->arena, name.at, name.n);
        size_t j;
        MERA_TRY_PTR(text);
        at = equals != NULL ? equals + 1 : NULL;
        if (mera_weigh_find(call, "order", text, &j) != MERA_OK) {
            rc = MERA_EINPUT;
        } else if (place[j] > 0) {
            rc = mera_fail(call->ctx->diags, MERA_EINPUT, "duplicate-child", call->ctx->at,
                           "'order' of %s names '%s' twice", call->op->name, text);
        } else {
            place[j] = r;
            (*n)++;
        }
    }
    return rc;
}

static mera_code rank_missing(const mera_weighing *call, const size_t *place)
{
    mera_code rc = MERA_OK;
    for (size_t j = 0; j < call->in->k; j++) {
        char child[MERA_WEIGH_TEXT_SIZE];
        if (place[j] == 0) {
            rc = mera_fail(call->ctx->diags, MERA_EINPUT, "missing-child", call->ctx->at,
                           "'order' of %s says nothing of the child %s of %s", call->op->name,
                           mera_weigh_child(call, j, child), mera_op_subject(call->op, call->ctx));
        }
    }
    return rc;
}

static mera_code rank_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_children *in, double *w)
{
    const rank_params *p = params;
    const mera_weighing call = {op, ctx, in};
    size_t *place, r = 1;
    double *of_place;
    mera_code rc = MERA_OK;
    MERA_TRY_NEW(place, ctx->arena, in->k);
    MERA_TRY_NEW(of_place, ctx->arena, in->k + 2);
    for (size_t i = 0; i < p->order.n; i++) {
        size_t n;
        const mera_code found = rank_place(&call, p->order.v[i], r, place, &n);
        if (found == MERA_ENOMEM) {
            return found;
        }
        rc = found != MERA_OK ? found : rc;
        for (size_t t = 0; t < n; t++) {
            of_place[r] += rank_weight(p, r + t, in->k) / (double)n;
        }
        r += n;
    }
    if (rc == MERA_OK) {
        rc = rank_missing(&call, place);
    }
    MERA_TRY(rc);
    for (size_t j = 0; j < in->k; j++) {
        w[j] = of_place[place[j]];
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_rank_order = {
    .name = "weight.rank_order",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Weights from an order of importance alone.",
    .formula = "of place r: roc (1/k) sum_{l>=r} 1/l; sum k + 1 - r; reciprocal 1/r; exponent "
               "(k + 1 - r)^p; divided by their sum",
    .nulls = "take no part: the data are not looked at",
    .conventions = "equals share the mean of the weights of their places",
    .source = "Stillwell, Seaver and Edwards, Organizational Behavior and Human Performance 28 "
              "(1981) 62; Barron and Barrett, Management Science 42 (1996) 1515 (roc)",
    .params = rank_table,
    .params_size = sizeof(rank_params),
    .weigh = rank_weigh,
};
