/* SPDX-License-Identifier: Apache-2.0 */
/** @file Laws of weights as the weights they can draw: rows a.w >= 0 over the columns. */
#include "analysis/certify.h"
#include "base/math.h"

typedef struct allowed_rows {
    const robust_run *run;
    const certify_table *table;
    size_t *under; /**< [v * k + column]: the part of node v that the column stands below */
    double *row;
    size_t n;
} allowed_rows;

bool mera_certify_plain(const robust_run *run, size_t v)
{
    const mera_node *node = &run->result->methodology->node[run->number[v]];
    return mera_robust_power(node) == 1 && isnan(node->floor) && node->then.n == 0 &&
           !node->weights_as_given && node->round.mode == MERA_ROUND_NONE &&
           node->missing == MERA_MISSING_RENORMALISE && !(node->min_present > 0);
}

bool mera_certify_tree(const robust_run *run)
{
    size_t leaves = 0;
    for (size_t v = 0; v < run->n_nodes; v++) {
        if (!mera_certify_plain(run, v)) {
            return false;
        }
        for (size_t p = 0; p < run->node[v].n; p++) {
            leaves += !run->node[v].part[p].is_node;
        }
    }
    return leaves == run->k;
}

/* Nodes come after their parents, so from the last one up all below is known. */
static mera_code allowed_under(allowed_rows *a)
{
    const size_t k = a->table->columns.k;
    const size_t nodes = a->table->whole ? a->run->n_nodes : 1;
    MERA_TRY_NEW(a->under, a->run->arena, nodes * k);
    for (size_t c = 0; c < nodes * k; c++) {
        a->under[c] = SIZE_MAX;
    }
    for (size_t v = nodes; v-- > 0;) {
        for (size_t p = 0; p < a->run->node[v].n; p++) {
            const mera_weight_part *part = &a->run->node[v].part[p];
            if (!a->table->whole || !part->is_node) {
                a->under[v * k + (a->table->whole ? part->index : p)] = p;
                continue;
            }
            for (size_t c = 0; c < k; c++) {
                a->under[v * k + c] =
                    a->under[part->index * k + c] != SIZE_MAX ? p : a->under[v * k + c];
            }
        }
    }
    return MERA_OK;
}

static void allowed_add(allowed_rows *a, size_t v, size_t part, double by)
{
    const size_t k = a->table->columns.k;
    for (size_t c = 0; c < k; c++) {
        if (a->under[v * k + c] != SIZE_MAX && (part == SIZE_MAX || a->under[v * k + c] == part)) {
            a->row[a->n * k + c] += by;
        }
    }
}

/* share p >= ratio * share q; q SIZE_MAX: of all there is. */
static void allowed_least(allowed_rows *a, size_t v, size_t p, double ratio, size_t q)
{
    allowed_add(a, v, p, 1);
    allowed_add(a, v, q, -ratio);
    a->n++;
}

static void allowed_most(allowed_rows *a, size_t v, size_t p, double ratio, size_t q)
{
    allowed_add(a, v, p, -1);
    allowed_add(a, v, q, ratio);
    a->n++;
}

/* given (1 + r u) over their sum: no share is more than (1 + r) / (1 - r) times as far from the
 * given as another. */
static void allowed_range(allowed_rows *a, size_t v, double r)
{
    const mera_weight_node *node = &a->run->node[v];
    for (size_t p = 0; p < node->n; p++) {
        for (size_t q = 0; q < node->n; q++) {
            if (p != q) {
                const double ratio = node->part[p].weight / node->part[q].weight;
                allowed_least(a, v, p, ratio * (1 - r) / (1 + r), q);
            }
        }
    }
}

static void allowed_fixed(allowed_rows *a, size_t v)
{
    const mera_weight_node *node = &a->run->node[v];
    for (size_t p = 1; p < node->n; p++) {
        const double ratio = node->part[p].weight / node->part[0].weight;
        allowed_least(a, v, p, ratio, 0);
        allowed_most(a, v, p, ratio, 0);
    }
}

static void allowed_bounds(allowed_rows *a, size_t v, const mera_law *law)
{
    for (size_t p = 0; p < a->run->node[v].n; p++) {
        if (law->low != NULL && law->low[p] > 0) {
            allowed_least(a, v, p, law->low[p], SIZE_MAX);
        }
        if (law->high != NULL && law->high[p] < 1) {
            allowed_most(a, v, p, law->high[p], SIZE_MAX);
        }
    }
    for (size_t o = 0; o < law->n_orders; o++) {
        const mera_weight_order *order = &law->order[o];
        allowed_least(a, v, order->above, order->ratio > 0 ? order->ratio : 1, order->below);
    }
}

static size_t allowed_room(const mera_weight_node *node)
{
    const size_t n = node->n;
    return node->law.kind == MERA_LAW_POLYTOPE ? 2 * n + node->law.n_orders : 2 * n * n;
}

mera_code mera_certify_allowed(const robust_run *run, certify_table *table)
{
    const size_t nodes = table->whole ? run->n_nodes : 1;
    allowed_rows a = {.run = run, .table = table};
    size_t room = 0;
    MERA_TRY(allowed_under(&a));
    for (size_t v = 0; v < nodes; v++) {
        room += allowed_room(&run->node[v]);
    }
    MERA_TRY_NEW(a.row, run->arena, room * table->columns.k);
    for (size_t v = 0; v < nodes; v++) {
        const mera_law *law = &run->node[v].law;
        switch (law->kind) {
        case MERA_LAW_FIXED:
            allowed_fixed(&a, v);
            break;
        case MERA_LAW_RANGE:
            allowed_range(&a, v, law->range);
            break;
        case MERA_LAW_POLYTOPE:
            allowed_bounds(&a, v, law);
            break;
        case MERA_LAW_UNIFORM:
        case MERA_LAW_DIRICHLET:
            break;
        }
    }
    table->allowed = (mera_allowed){.row = a.row, .n_rows = a.n};
    return MERA_OK;
}
