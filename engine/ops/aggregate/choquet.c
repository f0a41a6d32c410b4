/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.choquet -- the 2-additive Choquet integral: a weighted mean that knows which pairs of
 * children complete each other and which can stand for each other.
 *
 *     y = sum_j phi_j x_j - 1/2 sum_{j<k} I_jk |x_j - x_k|
 *     phi_j = w_j / sum w   (Shapley values),  I_jk in [-1, 1]
 *     feasible iff phi_j >= 1/2 sum_k |I_jk| for every j
 *
 * shape   x[k][n] -> y[n]
 * unit    points -> points
 * nulls   missing children are left out with their interactions; the rest is rescaled
 * errors  an interaction of unknown children, given twice, or more than the weights allow
 * source  Grabisch, Fuzzy Sets and Systems 92 (1997) 167; Handbook of Multicriteria Analysis (2016)
 *
 * I above 0: both must be good. I below 0: one good one is enough.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/aggregate/children.h"
#include "ops/support.h"

typedef struct {
    mera_text_list interactions;
} choquet_params;

typedef struct {
    size_t a, b;
    double value;
} choquet_pair;

static const mera_param choquet_table[] = {
    {.name = "interactions",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(choquet_params, interactions),
     .help = "pairs of children and how they work together, -1 to 1: [\"air water 0.2\"]"},
    MERA_PARAMS_END,
};

/* The next word of a text; *text moves on. */
static mera_slice choquet_word(const char **text)
{
    *text += strspn(*text, " \t");
    const mera_slice word = {*text, strcspn(*text, " \t")};
    *text += word.n;
    return word;
}

static mera_code choquet_malformed(const mera_op *op, const mera_op_ctx *ctx, const char *text)
{
    return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                     "'interactions' of %s has '%s'; each is two children and a number from -1 to "
                     "1, as in 'air water 0.2'",
                     op->name, text);
}

static mera_code choquet_read(const mera_op *op, mera_op_ctx *ctx, const mera_children *in,
                              const char *text, choquet_pair *out)
{
    const char *at = text;
    const mera_slice a = choquet_word(&at), b = choquet_word(&at), number = choquet_word(&at);
    if (choquet_word(&at).n > 0 || !mera_number_read(number.at, number.n, &out->value) ||
        !(fabs(out->value) <= 1)) {
        return choquet_malformed(op, ctx, text);
    }
    const char *name_a = mera_arena_strndup(ctx->arena, a.at, a.n);
    const char *name_b = mera_arena_strndup(ctx->arena, b.at, b.n);
    MERA_TRY_PTR(name_a);
    MERA_TRY_PTR(name_b);
    MERA_TRY(mera_children_find(op, ctx, in, "interactions", name_a, &out->a));
    MERA_TRY(mera_children_find(op, ctx, in, "interactions", name_b, &out->b));
    return out->a != out->b ? MERA_OK : choquet_malformed(op, ctx, text);
}

/* pair[interactions.n], each pair of children at most once. */
static mera_code choquet_pairs(const mera_op *op, const choquet_params *p, mera_op_ctx *ctx,
                               const mera_children *in, choquet_pair *pair)
{
    for (size_t q = 0; q < p->interactions.n; q++) {
        MERA_TRY(choquet_read(op, ctx, in, p->interactions.v[q], &pair[q]));
        for (size_t r = 0; r < q; r++) {
            const bool same = pair[r].a == pair[q].a && pair[r].b == pair[q].b;
            if (same || (pair[r].a == pair[q].b && pair[r].b == pair[q].a)) {
                return mera_fail(ctx->diags, MERA_EINPUT, "duplicate-key", ctx->at,
                                 "'interactions' of %s has the pair of '%s' twice", op->name,
                                 p->interactions.v[q]);
            }
        }
    }
    return MERA_OK;
}

/* A child whose interactions outweigh it could lower the score by getting better. */
static mera_code choquet_feasible(const mera_op *op, mera_op_ctx *ctx, const mera_children *in,
                                  const choquet_pair *pair, size_t n_pairs, double all)
{
    for (size_t j = 0; j < in->k; j++) {
        double half = 0;
        for (size_t q = 0; q < n_pairs; q++) {
            half += pair[q].a == j || pair[q].b == j ? fabs(pair[q].value) / 2 : 0;
        }
        if (half > in->w[j] / all + 1e-12) {
            char share[32], used[32], child[MERA_CHILD_TEXT];
            mera_number_write(in->w[j] / all, share);
            mera_number_write(half, used);
            const mera_code rc = mera_fail(
                ctx->diags, MERA_EINPUT, "not-feasible", ctx->at,
                "%s: %s has the weight %s and interactions of half sum %s; "
                "%s allows no more than the weight",
                mera_op_subject(op, ctx), mera_child_text(ctx, j, child), share, used, op->name);
            mera_hint(ctx->diags, "make its interactions weaker, or its weight larger; beyond that "
                                  "a better value of the child would lower the score");
            return rc;
        }
    }
    return MERA_OK;
}

static mera_code choquet_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_children *in, double *y)
{
    const choquet_params *p = params;
    const double all = mera_children_weight(in);
    double *present;
    choquet_pair *pair;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY_NEW(pair, ctx->arena, p->interactions.n);
    MERA_TRY(choquet_pairs(op, p, ctx, in, pair));
    MERA_TRY(choquet_feasible(op, ctx, in, pair, p->interactions.n, all));
    mera_children_mean(in, present, y);
    for (size_t q = 0; q < p->interactions.n; q++) {
        const double *a = in->x[pair[q].a], *b = in->x[pair[q].b];
        for (size_t i = 0; i < in->n; i++) {
            const double gap = fabs(a[i] - b[i]);
            y[i] -= mera_is_present(gap) ? pair[q].value / 2 * gap * (all / present[i]) : 0;
        }
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_choquet = {
    .name = "aggregate.choquet",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "A weighted mean that knows which pairs of children complete or replace each other.",
    .formula = "y = sum(phi_j x_j) - 1/2 sum(I_jk |x_j - x_k|), phi = w / sum(w)",
    .nulls = "missing children are left out with their interactions; weights and interactions of "
             "the others are rescaled",
    .conventions = "the 2-additive form; weights are Shapley values; I > 0 complements, I < 0 "
                   "substitutes; |I| of a child's pairs sum to no more than twice its weight, so "
                   "that no child can do harm by getting better",
    .source = "Grabisch, Fuzzy Sets and Systems 92 (1997) 167",
    .params = choquet_table,
    .params_size = sizeof(choquet_params),
    .aggregate = choquet_aggregate,
};
