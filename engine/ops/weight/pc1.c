/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.pc1 -- loadings on the first principal component of the correlation matrix.
 *
 *     squared   w_j = v_j^2
 *     absolute  w_j = |v_j|
 *     signed    w_j = v_j       (refused when some are below 0)
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   units that lack a value take no part, or 'missing: pairwise'
 * errors  a child that does not vary; too few units
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 *
 * The sign of a component is free: it is turned so that its loadings sum to 0 or more.
 */
#include <math.h>

#include "base/text.h"
#include "ops/factors.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { PC1_SQUARED, PC1_ABSOLUTE, PC1_SIGNED };

typedef struct {
    int loadings, missing;
} pc1_params;

static const char *const pc1_loadings[] = {"squared", "absolute", "signed", NULL};
static const mera_param pc1_table[] = {
    MERA_ENUM(pc1_params, loadings, PC1_SQUARED, pc1_loadings,
              "what of a loading is the weight; signed ones are refused when they are mixed"),
    MERA_ENUM(pc1_params, missing, MERA_CASES_COMPLETE, mera_cases_names,
              "units that have all values (complete), or both of a pair (pairwise)"),
    MERA_PARAMS_END,
};

/* Some children load against the others: an average of them is no index of one thing. */
static mera_code pc1_mixed(const mera_weighing *call, const pc1_params *p, const double *v)
{
    mera_text names = {.arena = call->ctx->arena};
    size_t n = 0;
    for (size_t j = 0; j < call->in->k; j++) {
        char child[MERA_WEIGH_TEXT_SIZE];
        if (v[j] < 0) {
            mera_text_addf(&names, "%s%s (%.3f)", n++ > 0 ? ", " : "",
                           mera_weigh_child(call, j, child), v[j]);
        }
    }
    if (n == 0) {
        return MERA_OK;
    }
    const char *list = mera_text_string(&names);
    MERA_TRY_PTR(list);
    const char *subject = mera_op_subject(call->op, call->ctx);
    mera_code rc = MERA_OK;
    if (p->loadings == PC1_SIGNED) {
        rc = mera_fail(call->ctx->diags, MERA_EINPUT, "mixed-signs", call->ctx->at,
                       "%s: on the first component these load against the others: %s; weights are "
                       "0 or more",
                       subject, list);
    } else {
        mera_warn(call->ctx->diags, "mixed-signs", call->ctx->at,
                  "%s: on the first component these load against the others: %s; %s loadings hide "
                  "it",
                  subject, list, pc1_loadings[p->loadings]);
    }
    mera_hint(call->ctx->diags, "check their direction, or do not weigh this node by components");
    return rc;
}

static mera_code pc1_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, double *w)
{
    const pc1_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_covariance v;
    mera_components c;
    double sum = 0;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_covariance(&call, (mera_cases)p->missing, 3, &v));
    MERA_TRY(
        mera_weigh_refuse_solver(&call, mera_components_of(v.correlation, in->k, ctx->arena, &c)));
    for (size_t j = 0; j < in->k; j++) {
        sum += c.vector[j];
    }
    for (size_t j = 0; j < in->k; j++) {
        w[j] = sum < 0 ? -c.vector[j] : c.vector[j];
        w[j] = fabs(w[j]) < 1e-14 ? 0 : w[j];
    }
    MERA_TRY(pc1_mixed(&call, p, w));
    mera_note(ctx->diags, "components", ctx->at,
              "%s: the first component explains %.1f %% of the variance of %zu units",
              mera_op_subject(op, ctx), 100 * c.value[0] / (double)in->k, v.n);
    for (size_t j = 0; j < in->k; j++) {
        w[j] = p->loadings == PC1_SQUARED ? w[j] * w[j] : fabs(w[j]);
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_pc1 = {
    .name = "weight.pc1",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Loadings on the first principal component of the correlation matrix.",
    .formula =
        "w = v^2, |v| or v, v the first eigenvector of the correlations; divided by their sum",
    .nulls =
        "units that lack a value take no part; with 'missing: pairwise' each correlation takes "
        "the units that have both",
    .conventions =
        "correlation matrix; squared loadings unless told; the component's sign makes its "
        "loadings sum to 0 or more",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .params = pc1_table,
    .params_size = sizeof(pc1_params),
    .weigh = pc1_weigh,
};
