/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Comparison of every pair of units. A block of units is packed, child after child, and stays in
 * the near cache while all units before it pass. Two units of the block are compared at a time, in
 * vectors of the compiler: comparisons make masks of a weight's bits, so that no branch waits for
 * data. Each unit's sum runs in the order of the children: the same bits at any vector width.
 */
#include "ops/outrank.h"

#include <math.h>
#include <string.h>

#include "ops/aggregate/children.h"
#include "ops/support.h"

enum { OUTRANK_BLOCK = 256, OUTRANK_LANES = 2 };
#define OUTRANK_ROUNDING 1e-12

typedef double outrank_lane __attribute__((vector_size(OUTRANK_LANES * sizeof(double))));
typedef int64_t outrank_mask __attribute__((vector_size(OUTRANK_LANES * sizeof(int64_t))));

typedef struct {
    size_t k;               /* children that take part */
    const double *const *x; /* [k] their columns */
    const double *w;        /* [k] */
    const double *q;        /* [k] indifference */
    const double *veto;     /* [k] missing: none */
    bool has_veto;
    double *own;    /* [k] of the unit at hand */
    double *packed; /* [k][OUTRANK_BLOCK], missing behind the last unit */
    double lead[OUTRANK_BLOCK];
    double both[OUTRANK_BLOCK]; /* weight of the children that both units have */
} outrank;

/* Sums of weights for and against the unit at hand over the block, from place `start` on. */
static void outrank_compare(outrank *o, size_t start, size_t n)
{
    for (size_t i = start; i < n; i += OUTRANK_LANES) {
        outrank_lane lead = {0}, both = {0};
        for (size_t j = 0; j < o->k; j++) {
            outrank_lane x;
            memcpy(&x, o->packed + j * OUTRANK_BLOCK + i, sizeof x);
            const outrank_lane d = o->own[j] - x;
            const outrank_mask w = (outrank_mask)(outrank_lane){o->w[j], o->w[j]};
            const outrank_lane q = {o->q[j], o->q[j]};
            lead += (outrank_lane)(w & (d > q)) - (outrank_lane)(w & (d < -q));
            both += (outrank_lane)(w & (d <= INFINITY)); /* not where one is missing */
        }
        memcpy(o->lead + i, &lead, sizeof lead);
        memcpy(o->both + i, &both, sizeof both);
    }
}

/* Who is worse by more than the veto in any child does not win. */
static void outrank_veto(outrank *o, size_t start, size_t n)
{
    for (size_t i = start; i < n; i++) {
        bool against_own = false, against_other = false;
        for (size_t j = 0; j < o->k; j++) {
            const double d = o->own[j] - o->packed[j * OUTRANK_BLOCK + i];
            against_own = against_own || d < -o->veto[j];
            against_other = against_other || d > o->veto[j];
        }
        if ((o->lead[i] > 0 && against_own) || (o->lead[i] < 0 && against_other)) {
            o->lead[i] = 0;
        }
    }
}

/* Unit a against places start..n-1 of the block. */
static void outrank_unit(outrank *o, size_t a, size_t start, size_t n)
{
    for (size_t j = 0; j < o->k; j++) {
        o->own[j] = o->x[j][a];
    }
    outrank_compare(o, start / OUTRANK_LANES * OUTRANK_LANES, n);
    for (size_t i = start; i < n; i++) {
        const double lead = o->both[i] > 0 ? o->lead[i] / o->both[i] : 0;
        o->lead[i] = fabs(lead) > OUTRANK_ROUNDING ? lead : 0;
    }
    if (o->has_veto) {
        outrank_veto(o, start, n);
    }
}

static void outrank_pack(outrank *o, size_t from, size_t n)
{
    for (size_t j = 0; j < o->k; j++) {
        double *packed = o->packed + j * OUTRANK_BLOCK;
        memcpy(packed, o->x[j] + from, n * sizeof *packed);
        for (size_t i = n; i < OUTRANK_BLOCK; i++) {
            packed[i] = NAN;
        }
    }
}

/* The threshold of every child: that of all, or its own. */
static mera_code outrank_own(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                             const char *key, double all, const mera_bands *map, double *out)
{
    mera_code rc = MERA_OK;
    for (size_t j = 0; j < in->k; j++) {
        out[j] = all;
    }
    for (size_t e = 0; e < map->n; e++) {
        size_t j = 0;
        const mera_code found = mera_children_find(op, ctx, in, key, map->label[e], &j);
        if (found == MERA_OK) {
            out[j] = map->from[e];
        }
        rc = found != MERA_OK ? found : rc;
    }
    return rc;
}

static mera_code outrank_rule(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                              const mera_outrank_rule *rule, double *q, double *veto)
{
    const mera_code rc = outrank_own(op, ctx, in, "indifference_for", rule->indifference,
                                     &rule->indifference_for, q);
    MERA_TRY(outrank_own(op, ctx, in, "veto_for", rule->veto, &rule->veto_for, veto));
    return rc;
}

static mera_code outrank_new(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                             const mera_outrank_rule *rule, outrank **out)
{
    mera_arena *arena = ctx->arena;
    outrank *o;
    const double **x;
    double *w, *q, *veto;
    MERA_TRY_NEW(o, arena, 1);
    MERA_TRY_NEW(x, arena, in->k);
    MERA_TRY_NEW(w, arena, in->k);
    MERA_TRY_NEW(q, arena, in->k);
    MERA_TRY_NEW(veto, arena, in->k);
    MERA_TRY_NEW(o->own, arena, in->k);
    MERA_TRY_NEW(o->packed, arena, in->k * OUTRANK_BLOCK);
    MERA_TRY(outrank_rule(op, ctx, in, rule, q, veto));
    for (size_t j = 0; j < in->k; j++) {
        if (in->w[j] > 0) {
            x[o->k] = in->x[j];
            q[o->k] = q[j];
            veto[o->k] = veto[j];
            o->has_veto = o->has_veto || mera_is_present(veto[j]);
            w[o->k++] = in->w[j];
        }
    }
    o->x = x;
    o->w = w;
    o->q = q;
    o->veto = veto;
    *out = o;
    return MERA_OK;
}

mera_code mera_outrank_each(const mera_op *op, mera_op_ctx *ctx, const mera_children *in,
                            const mera_outrank_rule *rule, mera_outrank_fn visit, void *data)
{
    const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
    outrank *o;
    MERA_TRY(outrank_new(op, ctx, in, rule, &o));
    for (size_t from = 0; from < in->n; from += OUTRANK_BLOCK) {
        const size_t n = in->n - from < OUTRANK_BLOCK ? in->n - from : OUTRANK_BLOCK;
        outrank_pack(o, from, n);
        for (size_t a = 0; a + 1 < from + n; a++) {
            const size_t start = a < from ? 0 : a + 1 - from;
            outrank_unit(o, a, start, n);
            visit(data, a, from + start, n - start, o->lead + start);
        }
    }
    mera_arena_rewind(ctx->arena, mark);
    return MERA_OK;
}
