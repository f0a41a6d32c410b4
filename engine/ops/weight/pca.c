/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.pca -- weights from principal components of the correlation matrix, rotated.
 *
 * Components are kept with an eigenvalue above 1 that explain at least a tenth of the variance, and
 * further ones in order until more than 60 % are explained; their loadings are rotated by varimax.
 * Each child goes to the factor f it loads on most, and
 *
 *     w_j = l_jf^2 / V_f * V_f / sum V         V_f = sum_j l_jf^2 ('within: factor'), or
 *     w_j = l_jf^2 / G_f * V_f / sum V         G_f = sum of l_if^2 over the factor's own children
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   units that lack a value take no part, or 'missing: pairwise'
 * errors  a child that does not vary; too few units
 * source  Nicoletti, Scarpetta and Boylaud, OECD Economics Department Working Paper 226 (2000);
 *         OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "ops/factors.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { ROTATION_VARIMAX, ROTATION_NONE };
enum { WITHIN_FACTOR, WITHIN_GROUP };

typedef struct {
    int64_t factors;
    double min_eigenvalue, min_share, min_cumulative;
    int rotation, within, missing;
    bool kaiser;
} pca_params;

static const char *const pca_rotation[] = {"varimax", "none", NULL};
static const char *const pca_within[] = {"factor", "group", NULL};
static const mera_param pca_table[] = {
    MERA_INT(pca_params, factors, 0, 0, 1000, "how many components are kept; 0: by the rule below"),
    MERA_F64(pca_params, min_eigenvalue, 1, 0, 100, NULL, "keep components above this eigenvalue"),
    MERA_F64(pca_params, min_share, 0.1, 0, 1, NULL,
             "and with at least this share of the variance"),
    MERA_F64(pca_params, min_cumulative, 0.6, 0, 1, NULL,
             "then further ones until together they explain more than this"),
    MERA_ENUM(pca_params, rotation, ROTATION_VARIMAX, pca_rotation, "rotation of the loadings"),
    MERA_BOOL(pca_params, kaiser, 1, "bring each child's loadings to length 1 for the rotation"),
    MERA_ENUM(pca_params, within, WITHIN_FACTOR, pca_within,
              "squared loadings are divided by their sum over all children, or over those of the "
              "factor"),
    MERA_ENUM(pca_params, missing, MERA_CASES_COMPLETE, mera_cases_names,
              "units that have all values (complete), or both of a pair (pairwise)"),
    MERA_PARAMS_END,
};

/* The factor a child loads on most. */
static size_t pca_factor(const double *loading, size_t f, size_t k, size_t j)
{
    size_t most = 0;
    for (size_t g = 1; g < f; g++) {
        most = fabs(loading[g * k + j]) > fabs(loading[most * k + j]) ? g : most;
    }
    return most;
}

static mera_code pca_weights(const pca_params *p, const double *loading, size_t f, size_t k,
                             mera_arena *arena, double *w)
{
    double *whole, *own;
    MERA_TRY_NEW(whole, arena, f);
    MERA_TRY_NEW(own, arena, f);
    for (size_t j = 0; j < k; j++) {
        const size_t mine = pca_factor(loading, f, k, j);
        for (size_t g = 0; g < f; g++) {
            const double square = loading[g * k + j] * loading[g * k + j];
            whole[g] += square;
            own[g] += g == mine ? square : 0;
        }
    }
    for (size_t j = 0; j < k; j++) {
        const size_t mine = pca_factor(loading, f, k, j);
        const double square = loading[mine * k + j] * loading[mine * k + j];
        w[j] = p->within == WITHIN_FACTOR ? square : square / own[mine] * whole[mine];
    }
    return MERA_OK;
}

static mera_code pca_report(const mera_weighing *call, const mera_components *c,
                            const double *loading, size_t f, size_t n)
{
    double explained = 0;
    for (size_t g = 0; g < f; g++) {
        explained += c->value[g];
    }
    mera_note(
        call->ctx->diags, "components", call->ctx->at,
        "%s: %zu of %zu components are kept; they explain %.1f %% of the variance of %zu units",
        mera_op_subject(call->op, call->ctx), f, c->k, 100 * explained / (double)c->k, n);
    mera_text names = {.arena = call->ctx->arena};
    size_t against = 0;
    for (size_t j = 0; j < c->k; j++) {
        /* a factor has the sign of most of its children: who loads the other way? */
        const size_t mine = pca_factor(loading, f, c->k, j);
        double sum = 0;
        for (size_t i = 0; i < c->k; i++) {
            sum += pca_factor(loading, f, c->k, i) == mine ? loading[mine * c->k + i] : 0;
        }
        char child[MERA_WEIGH_TEXT_SIZE];
        if (loading[mine * c->k + j] * sum < 0) {
            mera_text_addf(&names, "%s%s", against++ > 0 ? ", " : "",
                           mera_weigh_child(call, j, child));
        }
    }
    if (against > 0) {
        const char *list = mera_text_string(&names);
        MERA_TRY_PTR(list);
        mera_warn(call->ctx->diags, "mixed-signs", call->ctx->at,
                  "%s: against the rest of their factor load %s; squares hide it",
                  mera_op_subject(call->op, call->ctx), list);
        mera_hint(call->ctx->diags,
                  "check their direction, or do not weigh this node by components");
    }
    return MERA_OK;
}

static mera_code pca_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, double *w)
{
    const pca_params *p = params;
    const mera_weighing call = {op, ctx, in};
    const mera_component_rule rule = {p->min_eigenvalue, p->min_share, p->min_cumulative};
    mera_covariance v;
    mera_components c;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_covariance(&call, (mera_cases)p->missing, 3, &v));
    if (v.n <= in->k) {
        mera_warn(ctx->diags, "few-units", ctx->at,
                  "%s: %zu units are few for components of %zu children", mera_op_subject(op, ctx),
                  v.n, in->k);
        mera_hint(ctx->diags, "weigh smaller nodes by components, learn from more periods, or give "
                              "weights by hand");
    }
    MERA_TRY(
        mera_weigh_refuse_solver(&call, mera_components_of(v.correlation, in->k, ctx->arena, &c)));
    size_t f = p->factors > 0 ? (size_t)p->factors : mera_components_keep(&c, &rule);
    f = f < in->k ? f : in->k;
    if (p->rotation == ROTATION_VARIMAX) {
        MERA_TRY(mera_varimax(c.loading, f, in->k, p->kaiser, ctx->arena));
    }
    MERA_TRY(pca_weights(p, c.loading, f, in->k, ctx->arena, w));
    MERA_TRY(pca_report(&call, &c, c.loading, f, v.n));
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_pca = {
    .name = "weight.pca",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Squared loadings on rotated principal components (the OECD's factor weights).",
    .formula = "w_j = l_jf^2 / V_f * V_f / sum V, f the factor child j loads on most, V_f = sum_j "
               "l_jf^2; divided by their sum",
    .nulls =
        "units that lack a value take no part; with 'missing: pairwise' each correlation takes "
        "the units that have both",
    .conventions =
        "correlation matrix; components with an eigenvalue above 1 and a tenth of the "
        "variance, then further ones until above 60 %; varimax with Kaiser's row lengths",
    .source =
        "Nicoletti, Scarpetta and Boylaud, OECD Economics Department Working Paper 226 (2000); "
        "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6",
    .params = pca_table,
    .params_size = sizeof(pca_params),
    .weigh = pca_weigh,
};
