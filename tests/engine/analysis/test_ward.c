/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Ward's clusters and silhouettes: Ruspini's points, whose four groups and silhouette are
 * published, a hierarchy by hand, and all merges of random points against the plain method.
 */
#include "mera_test.h"

#include <math.h>
#include <string.h>

#include "mera/clusters.h"

static int arena_setup(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int arena_teardown(void **state)
{
    mera_arena_free(*state);
    return 0;
}

/* source: Ruspini, Information Sciences 2 (1970) 319, table 1; as in R's cluster::ruspini */
static const double ruspini[] = {
    4,   53,  5,   63,  10,  59,  9,   77,  13,  49,  13,  69,  12,  88,  15,  75,  18,  61,  19,
    65,  22,  74,  27,  72,  28,  76,  24,  58,  27,  55,  28,  60,  30,  52,  31,  60,  32,  61,
    36,  72,  28,  147, 32,  149, 35,  153, 33,  154, 38,  151, 41,  150, 38,  145, 38,  143, 32,
    143, 34,  141, 44,  156, 44,  149, 44,  143, 46,  142, 47,  149, 49,  152, 50,  142, 53,  144,
    52,  152, 55,  155, 54,  124, 60,  136, 63,  139, 86,  132, 85,  115, 85,  96,  78,  94,  74,
    96,  97,  122, 98,  116, 98,  124, 99,  119, 99,  128, 101, 115, 108, 111, 110, 111, 108, 116,
    111, 126, 115, 117, 117, 115, 70,  4,   77,  12,  83,  21,  61,  15,  69,  15,  78,  16,  66,
    18,  58,  13,  64,  20,  69,  21,  66,  23,  61,  25,  76,  27,  72,  31,  64,  30};

/* Groups of 20, 23, 17 and 15 points with a mean silhouette of 0.74: Kaufman, Rousseeuw, Finding
 * Groups in Data (1990), ch. 2; R's pam(ruspini, 4)$silinfo$avg.width is 0.737657. Of 2 to 10
 * partitions it is the largest. */
static void ruspini_has_four_groups(void **state)
{
    enum { N = 75, MOST = 10 };
    const mera_points points = {ruspini, N, 2};
    mera_merge merge[N - 1];
    uint32_t cluster[MOST][N];
    const uint32_t *of[MOST];
    size_t k[MOST], size[4] = {0}, n = 0;
    double silhouette[MOST];
    assert_int_equal(mera_ward(&points, *state, merge), MERA_OK);
    for (size_t i = 2; i <= MOST; i++, n++) {
        k[n] = i;
        of[n] = cluster[n];
        assert_int_equal(mera_ward_cut(merge, N, i, *state, cluster[n]), MERA_OK);
    }
    assert_int_equal(mera_silhouettes(&points, of, k, n, *state, silhouette), MERA_OK);
    for (size_t i = 0; i < N; i++) {
        size[cluster[2][i]]++;
        assert_int_equal(cluster[2][i], i < 20 ? 0 : i < 43 ? 1 : i < 60 ? 2 : 3);
    }
    assert_true(size[0] == 20 && size[1] == 23 && size[2] == 17 && size[3] == 15);
    assert_close(silhouette[2], 0.737657, 5e-7);
    for (size_t p = 0; p < n; p++) {
        assert_true(p == 2 || silhouette[p] < silhouette[2]);
    }
}

/* 0, 1 | 4, 6 | 20: heights 1, 2, then sqrt(2 * (2*2/4) * 4.5^2) = 9 / sqrt(2) * sqrt(2), ... */
static void a_hierarchy_by_hand(void **state)
{
    static const double x[] = {0, 20, 1, 4, 6};
    const mera_points points = {x, 5, 1};
    mera_merge merge[4];
    uint32_t cluster[5];
    double silhouette;
    const size_t k = 3;
    const uint32_t *of = cluster;
    assert_int_equal(mera_ward(&points, *state, merge), MERA_OK);
    assert_close(merge[0].height, 1, 1e-12);
    assert_close(merge[1].height, 2, 1e-12);
    assert_close(merge[2].height, sqrt(2.0 * 2 * 2 / 4) * 4.5, 1e-12);
    assert_close(merge[3].height, sqrt(2.0 * 4 * 1 / 5) * (20 - 2.75), 1e-12);
    assert_int_equal(mera_ward_cut(merge, 5, 3, *state, cluster), MERA_OK);
    assert_true(cluster[0] == 0 && cluster[1] == 1 && cluster[2] == 0 && cluster[3] == 2 &&
                cluster[4] == 2);
    assert_int_equal(mera_silhouettes(&points, &of, &k, 1, *state, &silhouette), MERA_OK);
    /* 0: (5 - 1) / 5; 1: (4 - 1) / 4; 4: (3.5 - 2) / 3.5; 6: (5.5 - 2) / 5.5; 20 alone: 0 */
    assert_close(silhouette, (0.8 + 0.75 + 1.5 / 3.5 + 3.5 / 5.5) / 5, 1e-12);
}

/* The plain method: of all pairs of clusters the cheapest to merge, again and again. */
static void plain_heights(const mera_points *p, double *height)
{
    enum { MOST = 40 };
    double centre[MOST][3], size[MOST];
    bool in[MOST];
    for (size_t i = 0; i < p->n; i++) {
        memcpy(centre[i], &p->x[i * p->d], p->d * sizeof *p->x);
        size[i] = 1;
        in[i] = true;
    }
    for (size_t m = 0; m + 1 < p->n; m++) {
        double best = INFINITY;
        size_t a = 0, b = 0;
        for (size_t i = 0; i < p->n; i++) {
            for (size_t j = i + 1; in[i] && j < p->n; j++) {
                double cost = 0;
                for (size_t c = 0; c < p->d; c++) {
                    cost += (centre[i][c] - centre[j][c]) * (centre[i][c] - centre[j][c]);
                }
                cost *= 2 * size[i] * size[j] / (size[i] + size[j]);
                if (in[j] && cost < best) {
                    best = cost;
                    a = i;
                    b = j;
                }
            }
        }
        height[m] = sqrt(best);
        for (size_t c = 0; c < p->d; c++) {
            centre[a][c] = (size[a] * centre[a][c] + size[b] * centre[b][c]) / (size[a] + size[b]);
        }
        size[a] += size[b];
        in[b] = false;
    }
}

static void chains_find_what_the_plain_method_finds(void **state)
{
    enum { N = 40, D = 3 };
    uint64_t seed = 3;
    for (int t = 0; t < 20; t++) {
        double x[N * D], height[N];
        mera_merge merge[N];
        for (size_t i = 0; i < (size_t)N * D; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            x[i] = (double)(seed >> 40);
        }
        const mera_points points = {x, N, D};
        assert_int_equal(mera_ward(&points, *state, merge), MERA_OK);
        plain_heights(&points, height);
        for (size_t m = 0; m + 1 < N; m++) {
            assert_true(fabs(merge[m].height - height[m]) <= 1e-9 * height[m]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ruspini_has_four_groups, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(a_hierarchy_by_hand, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(chains_find_what_the_plain_method_finds, arena_setup,
                                        arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
