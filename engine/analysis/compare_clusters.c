/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Clusters of sides that give nearly the same order: any two sides of a cluster have a Kendall's
 * tau-b of at least MERA_COMPARE_NEAR. Of all pairs of clusters the nearest are joined, measured by
 * their farthest sides (complete linkage), until none may be.
 *
 * source  Kaufman, Rousseeuw, Finding Groups in Data (1990), ch. 5; Kendall (1948)
 */
#include "analysis/compare.h"
#include "base/math.h"

/** Orders that differ, and the least tau between the members of two clusters. */
typedef struct clusters_work {
    const mera_comparison *c;
    size_t n;
    size_t *side;   /**< of each order: the first side that has it */
    size_t *joined; /**< of each order: the cluster's first order */
    double *tau;    /**< n * n */
} clusters_work;

static mera_code clusters_taus(clusters_work *w, mera_arena *arena)
{
    const size_t n_units = w->c->n_units;
    double **rank;
    MERA_TRY_NEW(rank, arena, w->n);
    for (size_t i = 0; i < w->n; i++) {
        MERA_TRY_NEW(rank[i], arena, n_units);
        for (size_t u = 0; u < n_units; u++) {
            rank[i][u] = w->c->unit[u].rank[w->side[i]];
        }
        for (size_t j = 0; j < i; j++) {
            double tau;
            MERA_TRY(mera_kendall(rank[i], rank[j], n_units, arena, &tau));
            w->tau[i * w->n + j] = w->tau[j * w->n + i] = tau;
        }
    }
    return MERA_OK;
}

/** The two nearest clusters, of equals the first; false when none are near enough. */
static bool clusters_nearest(const clusters_work *w, size_t *a, size_t *b)
{
    double best = MERA_COMPARE_NEAR;
    bool found = false;
    for (size_t i = 0; i < w->n; i++) {
        for (size_t j = i + 1; w->joined[i] == i && j < w->n; j++) {
            const double tau = w->tau[i * w->n + j];
            if (w->joined[j] == j && (found ? tau > best : tau >= best)) {
                best = tau;
                *a = i;
                *b = j;
                found = true;
            }
        }
    }
    return found;
}

static void clusters_join(clusters_work *w, size_t a, size_t b)
{
    for (size_t i = 0; i < w->n; i++) {
        double *mine = &w->tau[a * w->n + i];
        const double other = w->tau[b * w->n + i];
        *mine = isnan(*mine) || isnan(other) ? NAN : fmin(*mine, other);
        w->tau[i * w->n + a] = *mine;
        w->joined[i] = w->joined[i] == b ? a : w->joined[i];
    }
}

mera_code mera_compare_clusters(mera_comparison *comparison, mera_arena *arena)
{
    clusters_work w = {.c = comparison};
    size_t *cluster, *number, a = 0, b = 0;
    if (comparison->n_orders * comparison->n_orders >
        MERA_COMPARE_CLUSTERED / (comparison->n_units + 1)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(w.side, arena, comparison->n_orders);
    MERA_TRY_NEW(w.joined, arena, comparison->n_orders);
    MERA_TRY_NEW(w.tau, arena, comparison->n_orders * comparison->n_orders);
    MERA_TRY_NEW(cluster, arena, comparison->n_sides);
    MERA_TRY_NEW(number, arena, comparison->n_sides);
    for (size_t s = 0; s < comparison->n_sides; s++) {
        if (comparison->order_of[s] == s) {
            number[s] = w.n;
            w.joined[w.n] = w.n;
            w.side[w.n++] = s;
        }
    }
    MERA_TRY(clusters_taus(&w, arena));
    comparison->n_clusters = w.n;
    while (clusters_nearest(&w, &a, &b)) {
        clusters_join(&w, a, b);
        comparison->n_clusters--;
    }
    for (size_t s = 0; s < comparison->n_sides; s++) {
        cluster[s] = w.side[w.joined[number[comparison->order_of[s]]]];
    }
    comparison->cluster_of = cluster;
    return MERA_OK;
}
