/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Comparison of every pair of units. A block of units stays in the near cache while all units
 * before it pass; the inner loop runs over the block and has no dependence from one to the next.
 */
#include "ops/outrank.h"

#include <math.h>
#include <string.h>

#include "ops/support.h"

enum { OUTRANK_BLOCK = 256 };
#define OUTRANK_ROUNDING 1e-12

typedef struct {
    const mera_children *in;
    const mera_outrank_rule *rule;
    double all;
    bool complete; /* no value is missing */
    double lead[OUTRANK_BLOCK];
    double both[OUTRANK_BLOCK];   /* weight of the children that both units have */
    double ahead[OUTRANK_BLOCK];  /* the largest difference in favour of a */
    double behind[OUTRANK_BLOCK]; /* and against it */
} outrank;

static void outrank_child(outrank *o, const double *x, double w, double own, size_t n)
{
    double *restrict lead = o->lead;
    const double q = o->rule->indifference;
    if (q > 0) {
        for (size_t i = 0; i < n; i++) {
            const double d = own - x[i];
            lead[i] += (d > q ? w : 0.0) - (d < -q ? w : 0.0);
        }
    } else {
        for (size_t i = 0; i < n; i++) {
            lead[i] += (own > x[i] ? w : 0.0) - (own < x[i] ? w : 0.0);
        }
    }
    if (!o->complete) {
        double *restrict both = o->both;
        for (size_t i = 0; i < n; i++) {
            both[i] += x[i] == x[i] ? w : 0.0;
        }
    }
    if (mera_is_present(o->rule->veto)) {
        double *restrict ahead = o->ahead, *restrict behind = o->behind;
        for (size_t i = 0; i < n; i++) {
            const double d = own - x[i];
            ahead[i] = d > ahead[i] ? d : ahead[i];
            behind[i] = d < behind[i] ? d : behind[i];
        }
    }
}

static void outrank_finish(outrank *o, size_t n)
{
    const double veto = o->rule->veto;
    for (size_t i = 0; i < n; i++) {
        const double weight = o->complete ? o->all : o->both[i];
        const double lead = weight > 0 ? o->lead[i] / weight : 0;
        o->lead[i] = fabs(lead) > OUTRANK_ROUNDING ? lead : 0;
    }
    for (size_t i = 0; i < n && mera_is_present(veto); i++) {
        const bool lost = o->lead[i] > 0 && o->behind[i] < -veto;
        const bool kept = o->lead[i] < 0 && o->ahead[i] > veto;
        o->lead[i] = lost || kept ? 0 : o->lead[i];
    }
}

/* Unit a against units first..first+n-1. */
static void outrank_block(outrank *o, size_t a, size_t first, size_t n)
{
    memset(o->lead, 0, n * sizeof *o->lead);
    memset(o->both, 0, n * sizeof *o->both);
    memset(o->ahead, 0, n * sizeof *o->ahead);
    memset(o->behind, 0, n * sizeof *o->behind);
    for (size_t j = 0; j < o->in->k; j++) {
        const double own = o->in->x[j][a];
        if (o->in->w[j] > 0 && mera_is_present(own)) {
            outrank_child(o, o->in->x[j] + first, o->in->w[j], own, n);
        }
    }
    outrank_finish(o, n);
}

mera_code mera_outrank_each(const mera_children *in, const mera_outrank_rule *rule,
                            mera_arena *arena, mera_outrank_fn visit, void *data)
{
    outrank *o;
    MERA_TRY_NEW(o, arena, 1);
    *o = (outrank){.in = in, .rule = rule, .complete = true};
    for (size_t j = 0; j < in->k; j++) {
        if (!(in->w[j] > 0)) {
            continue;
        }
        o->all += in->w[j];
        for (size_t i = 0; i < in->n; i++) {
            o->complete = o->complete && mera_is_present(in->x[j][i]);
        }
    }
    for (size_t from = 0; from < in->n; from += OUTRANK_BLOCK) {
        const size_t end = in->n - from < OUTRANK_BLOCK ? in->n : from + OUTRANK_BLOCK;
        for (size_t a = 0; a + 1 < end; a++) {
            const size_t first = a < from ? from : a + 1;
            outrank_block(o, a, first, end - first);
            visit(data, a, first, end - first, o->lead);
        }
    }
    return MERA_OK;
}
