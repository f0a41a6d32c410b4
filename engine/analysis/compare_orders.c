/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Many sides at once: which of them give the same order, and the medoid, the side that is nearest
 * to all others by the mean absolute difference of places (Spearman's footrule over n) of the units
 * that both rank.
 *
 * source  Kaufman, Rousseeuw, Finding Groups in Data (1990), ch. 2; Diaconis, Graham, JRSS B 39
 *         (1977) 262
 */
#include "analysis/compare.h"
#include "base/math.h"

/** places[side][unit]: units lie side by side, for the walks over all pairs of sides. */
typedef struct orders_table {
    double **rank;
    size_t n_sides, n_units;
    mera_compare_common common;
} orders_table;

static mera_code orders_of(const mera_comparison *c, mera_arena *arena, orders_table *out)
{
    *out = (orders_table){.n_sides = c->n_sides, .n_units = c->n_units};
    MERA_TRY_NEW(out->rank, arena, c->n_sides);
    for (size_t s = 0; s < c->n_sides; s++) {
        MERA_TRY_NEW(out->rank[s], arena, c->n_units);
        for (size_t u = 0; u < c->n_units; u++) {
            out->rank[s][u] = c->unit[u].rank[s];
        }
    }
    return mera_compare_common_new(c->n_units, arena, &out->common);
}

static bool orders_same(const double *a, const double *b, size_t n)
{
    for (size_t u = 0; u < n; u++) {
        if (isnan(a[u]) != isnan(b[u]) || (!isnan(a[u]) && a[u] != b[u])) {
            return false;
        }
    }
    return true;
}

/** Mean |difference of places| of units ranked in both; NaN when there are none. */
static double orders_distance(orders_table *t, const double *a, const double *b)
{
    double sum = 0, common = 0;

    mera_compare_common_of(&t->common, a, b);
    for (size_t u = 0; u < t->n_units; u++) {
        const double move = fabs(t->common.place[0][u] - t->common.place[1][u]);

        sum += isnan(move) ? 0 : move;
        common += isnan(move) ? 0 : 1;
    }
    return common > 0 ? sum / common : NAN;
}

static void orders_medoid(orders_table *t, mera_comparison *c)
{
    c->medoid_distance = NAN;
    for (size_t i = 0; i < t->n_sides; i++) {
        double sum = 0;

        for (size_t j = 0; j < t->n_sides; j++) {
            sum += i == j ? 0 : orders_distance(t, t->rank[i], t->rank[j]);
        }
        sum /= (double)(t->n_sides - 1);
        if (!isnan(sum) && !(sum >= c->medoid_distance)) {
            c->medoid = i;
            c->medoid_distance = sum;
        }
    }
}

mera_code mera_compare_orders(mera_comparison *comparison, mera_arena *arena)
{
    orders_table t;
    size_t *order;

    MERA_TRY(orders_of(comparison, arena, &t));
    MERA_TRY_NEW(order, arena, t.n_sides);
    comparison->n_orders = 0;
    for (size_t s = 0; s < t.n_sides; s++) {
        order[s] = 0;
        while (order[s] < s && (order[order[s]] != order[s] ||
                                !orders_same(t.rank[order[s]], t.rank[s], t.n_units))) {
            order[s]++;
        }
        comparison->n_orders += order[s] == s;
    }
    comparison->order_of = order;
    orders_medoid(&t, comparison);
    return MERA_OK;
}
