/* SPDX-License-Identifier: Apache-2.0 */
/** @file Weights that are allowed (allowed.h). */
#include "draws/allowed.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"

typedef struct allowed_part {
    double value, low, high;
} allowed_part;

/* ---- opening ---- */

/* Nodes come after their parents, so from the last one up all below is known. */
static void allowed_under(mera_allowed_set *set)
{
    const mera_allowed *a = set->rules;
    const size_t k = set->k;
    for (size_t c = 0; c < a->n_nodes * k; c++) {
        set->under[c] = SIZE_MAX;
    }
    for (size_t v = a->n_nodes; v-- > 0;) {
        for (size_t p = 0; p < a->node[v].n; p++) {
            const mera_weight_part *part = &a->node[v].part[p];
            for (size_t c = 0; c < k; c++) {
                const bool below =
                    part->is_node ? set->under[part->index * k + c] != SIZE_MAX : part->index == c;
                set->under[v * k + c] = below ? p : set->under[v * k + c];
            }
        }
    }
}

bool mera_allowed_has_scale(const mera_weight_node *node)
{
    return node->law.kind == MERA_LAW_RANGE || node->law.kind == MERA_LAW_FIXED;
}

static void allowed_given(mera_allowed_set *set, size_t v)
{
    const mera_weight_node *node = &set->rules->node[v];
    double sum = 0;
    for (size_t p = 0; p < node->n; p++) {
        sum += node->part[p].weight;
    }
    for (size_t p = 0; p < node->n; p++) {
        set->given[v * set->widest + p] = node->part[p].weight / sum;
    }
}

mera_code mera_allowed_open(const mera_allowed *rules, size_t k, mera_arena *arena,
                            mera_allowed_set *out)
{
    static const mera_allowed all = {0};
    const mera_allowed *a = rules != NULL ? rules : &all;
    *out = (mera_allowed_set){.rules = a, .k = k, .widest = k};
    for (size_t v = 0; v < a->n_nodes; v++) {
        out->n_free += mera_allowed_has_scale(&a->node[v]);
        out->widest = a->node[v].n > out->widest ? a->node[v].n : out->widest;
    }
    MERA_TRY_NEW(out->under, arena, a->n_nodes * k);
    MERA_TRY_NEW(out->given, arena, a->n_nodes * out->widest);
    MERA_TRY_NEW(out->value, arena, a->n_nodes);
    MERA_TRY_NEW(out->part, arena, out->widest);
    allowed_under(out);
    for (size_t v = 0; v < a->n_nodes; v++) {
        allowed_given(out, v);
    }
    return MERA_OK;
}

/* ---- the largest sum ---- */

bool mera_allowed_is_closed(const mera_allowed_set *set)
{
    const mera_allowed *a = set->rules;
    bool closed = a->n_orders == 0 && (a->n_nodes == 0 || (a->low == NULL && a->high == NULL));
    for (size_t v = 0; v < a->n_nodes; v++) {
        closed = closed && a->node[v].law.n_orders == 0;
    }
    return closed;
}

static int allowed_better(const void *a, const void *b)
{
    const allowed_part *x = a, *y = b;
    return (x->value < y->value) - (x->value > y->value);
}

/* Shares within bounds: what the least ones leave goes to the best. */
static double allowed_within(allowed_part *part, size_t n)
{
    double left = 1, sum = 0;
    qsort(part, n, sizeof *part, allowed_better);
    for (size_t p = 0; p < n; p++) {
        left -= part[p].low;
        sum += part[p].low * part[p].value;
    }
    if (left < -MERA_ALLOWED_NEAR) {
        return NAN;
    }
    for (size_t p = 0; p < n && left > 0; p++) {
        const double more = fmin(left, part[p].high - part[p].low);
        left -= more;
        sum += more * part[p].value;
    }
    return left > MERA_ALLOWED_NEAR ? NAN : sum;
}

/* Any scale: the best so many at their most, the others at their least. */
static double allowed_scaled(allowed_part *part, size_t n)
{
    double sum = 0, weight = 0;
    qsort(part, n, sizeof *part, allowed_better);
    for (size_t p = 0; p < n; p++) {
        sum += part[p].low * part[p].value;
        weight += part[p].low;
    }
    double best = sum / weight;
    for (size_t p = 0; p < n; p++) {
        sum += (part[p].high - part[p].low) * part[p].value;
        weight += part[p].high - part[p].low;
        best = fmax(best, sum / weight);
    }
    return best;
}

/* All to the best. */
static double allowed_any(const mera_allowed_set *set, size_t v, const double *g)
{
    const mera_weight_node *node = &set->rules->node[v];
    double most = -INFINITY;
    for (size_t p = 0; p < node->n; p++) {
        const size_t at = node->part[p].index;
        most = fmax(most, node->part[p].is_node ? set->value[at] : g[at]);
    }
    return most;
}

static double allowed_node(const mera_allowed_set *set, size_t v, const double *g)
{
    const mera_weight_node *node = &set->rules->node[v];
    const mera_law *law = &node->law;
    const bool scaled = mera_allowed_has_scale(node);
    const double r = law->kind == MERA_LAW_RANGE ? law->range : 0;
    if (!scaled && law->low == NULL && law->high == NULL) {
        return allowed_any(set, v, g);
    }
    for (size_t p = 0; p < node->n; p++) {
        const mera_weight_part *part = &node->part[p];
        const double given = set->given[v * set->widest + p];
        set->part[p] =
            (allowed_part){.value = part->is_node ? set->value[part->index] : g[part->index],
                           .low = scaled             ? given * (1 - r)
                                  : law->low != NULL ? law->low[p]
                                                     : 0,
                           .high = scaled              ? given * (1 + r)
                                   : law->high != NULL ? law->high[p]
                                                       : 1};
    }
    return scaled ? allowed_scaled(set->part, node->n) : allowed_within(set->part, node->n);
}

double mera_allowed_most(const mera_allowed_set *set, const double *g)
{
    const mera_allowed *a = set->rules;
    for (size_t v = a->n_nodes; v-- > 0;) {
        set->value[v] = allowed_node(set, v, g);
    }
    if (a->n_nodes > 0) {
        return set->value[0];
    }
    for (size_t j = 0; j < set->k; j++) {
        set->part[j] = (allowed_part){.value = g[j],
                                      .low = a->low != NULL ? a->low[j] : 0,
                                      .high = a->high != NULL ? a->high[j] : 1};
    }
    return allowed_within(set->part, set->k);
}

mera_code mera_allowed_refuse(mera_code rc, mera_diags *diags)
{
    if (rc == MERA_EINPUT) {
        return mera_fail(diags, rc, "allowed", MERA_NOWHERE,
                         "no weights fulfil all that is asked of them");
    }
    return rc;
}
