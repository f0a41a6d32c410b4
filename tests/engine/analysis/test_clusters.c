/* SPDX-License-Identifier: Apache-2.0 */
/** @file Clusters of orders: what complete linkage joins and what it does not. */
#include "mera_test.h"

#include "analysis/compare.h"

enum { CLUSTERS_UNITS = 20, CLUSTERS_SIDES = 5 };

/* Exchanges of neighbours, which make one opposite pair each: of 190 pairs 4 are tau 0.958, 8 are
 * tau 0.916. Side 1 is 4 from the first, side 2 is 4 from side 1 and 8 from the first, side 3 the
 * first's reverse, side 4 the same as the first. */
static void clusters_ranks(double rank[CLUSTERS_UNITS][CLUSTERS_SIDES])
{
    for (size_t u = 0; u < CLUSTERS_UNITS; u++) {
        for (size_t s = 0; s < CLUSTERS_SIDES; s++) {
            const size_t exchanged = s == 1 ? 4 : s == 2 ? 8 : 0;
            const size_t place = u / 2 < exchanged ? (u % 2 == 0 ? u + 1 : u - 1) : u;
            rank[u][s] = s == 3 ? (double)(CLUSTERS_UNITS - u) : (double)(place + 1);
        }
    }
}

static void a_chain_of_near_orders_is_no_cluster(void **state)
{
    static double rank[CLUSTERS_UNITS][CLUSTERS_SIDES];
    mera_compare_unit unit[CLUSTERS_UNITS];
    mera_comparison c = {.n_sides = CLUSTERS_SIDES, .n_units = CLUSTERS_UNITS, .unit = unit};
    const size_t wanted[CLUSTERS_SIDES] = {0, 0, 2, 3, 0};
    mera_arena *arena = mera_arena_new();
    (void)state;
    clusters_ranks(rank);
    for (size_t u = 0; u < CLUSTERS_UNITS; u++) {
        unit[u] = (mera_compare_unit){.rank = rank[u]};
    }
    assert_int_equal(mera_compare_orders(&c, arena), MERA_OK);
    assert_int_equal(c.n_orders, 4);
    assert_int_equal(mera_compare_clusters(&c, arena), MERA_OK);
    assert_int_equal(c.n_clusters, 3);
    assert_memory_equal(c.cluster_of, wanted, sizeof wanted);
    mera_arena_free(arena);
}

static void the_medoid_is_nearest_to_all(void **state)
{
    static double rank[CLUSTERS_UNITS][CLUSTERS_SIDES];
    mera_compare_unit unit[CLUSTERS_UNITS];
    mera_comparison c = {.n_sides = CLUSTERS_SIDES, .n_units = CLUSTERS_UNITS, .unit = unit};
    mera_arena *arena = mera_arena_new();
    double best = INFINITY;
    size_t medoid = 0;
    (void)state;
    clusters_ranks(rank);
    for (size_t u = 0; u < CLUSTERS_UNITS; u++) {
        unit[u] = (mera_compare_unit){.rank = rank[u]};
    }
    for (size_t s = 0; s < CLUSTERS_SIDES; s++) { /* by the definition */
        double sum = 0;
        for (size_t t = 0; t < CLUSTERS_SIDES; t++) {
            for (size_t u = 0; u < CLUSTERS_UNITS; u++) {
                sum += fabs(rank[u][s] - rank[u][t]) / CLUSTERS_UNITS / (CLUSTERS_SIDES - 1);
            }
        }
        medoid = sum < best - 1e-9 ? s : medoid;
        best = fmin(best, sum);
    }
    assert_int_equal(mera_compare_orders(&c, arena), MERA_OK);
    assert_int_equal(c.medoid, medoid);
    assert_close(c.medoid_distance, best, 1e-12);
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_of_near_orders_is_no_cluster),
        cmocka_unit_test(the_medoid_is_nearest_to_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
