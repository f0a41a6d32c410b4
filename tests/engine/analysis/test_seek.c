/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * mera_weights_seek(): against closed solutions for weighted means, and for indices that are none.
 */
#include "mera_test.h"

#include "mera/statistics.h"

enum { UNITS = 40, PARTS = 3 };

typedef struct parts {
    double x[PARTS][UNITS];
    const double *column[PARTS];
    size_t refused; /**< calls with a weight that the index does not take */
} parts;

static int arena_new(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int arena_free(void **state)
{
    mera_arena_free(*state);
    return 0;
}

/* Parts that share something: 1 to 3 parts of their own. */
static void parts_make(parts *p)
{
    uint64_t seed = 7;
    double noise[PARTS + 1];
    for (size_t i = 0; i < UNITS; i++) {
        for (size_t j = 0; j <= PARTS; j++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            noise[j] = (double)(seed >> 11) * 0x1p-53;
        }
        for (size_t j = 0; j < PARTS; j++) {
            p->x[j][i] = 1 + noise[PARTS] + (double)(j + 1) * noise[j];
        }
    }
    for (size_t j = 0; j < PARTS; j++) {
        p->column[j] = p->x[j];
    }
    p->refused = 0;
}

static mera_code weighted_mean(const double *w, double *y, void *data)
{
    const parts *p = data;
    for (size_t i = 0; i < UNITS; i++) {
        y[i] = 0;
        for (size_t j = 0; j < PARTS; j++) {
            y[i] += w[j] * p->x[j][i];
        }
    }
    return MERA_OK;
}

/* A weakest link: no weighted mean, and only for weights above 0. */
static mera_code weakest_link(const double *w, double *y, void *data)
{
    parts *p = data;
    for (size_t j = 0; j < PARTS; j++) {
        if (!(w[j] > 0)) {
            p->refused++;
            return MERA_EINPUT;
        }
    }
    for (size_t i = 0; i < UNITS; i++) {
        y[i] = INFINITY;
        for (size_t j = 0; j < PARTS; j++) {
            y[i] = fmin(y[i], p->x[j][i] / w[j]);
        }
    }
    return MERA_OK;
}

static mera_code no_index(const double *w, double *y, void *data)
{
    (void)w, (void)y, (void)data;
    return MERA_EINPUT;
}

static mera_weight_search search_of(parts *p, mera_index_fn index, const double *target)
{
    parts_make(p);
    return (mera_weight_search){.parts = {UNITS, PARTS, p->column},
                                .index = index,
                                .data = p,
                                .kind = MERA_PEARSON,
                                .target = target};
}

static double sd_of(const double *x)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < UNITS; i++) {
        mean += x[i] / UNITS;
    }
    for (size_t i = 0; i < UNITS; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    return sqrt(squares / (UNITS - 1));
}

/* The sum of correlations is largest with w_j = 1 / sd_j, whatever the correlations are. */
static void the_largest_sum_is_that_of_standardised_parts(void **state)
{
    parts p;
    mera_weights_found found;
    const mera_weight_search search = search_of(&p, weighted_mean, NULL);
    assert_int_equal(mera_weights_seek(&search, *state, &found), MERA_OK);
    double sum = 0, best = 0;
    for (size_t j = 0; j < PARTS; j++) {
        sum += 1 / sd_of(p.x[j]);
        best += found.correlation[j];
    }
    for (size_t j = 0; j < PARTS; j++) {
        assert_close(found.w[j], 1 / sd_of(p.x[j]) / sum, 1e-6);
    }
    assert_close(found.value, best, 1e-15);
}

static void a_target_within_reach_is_reached(void **state)
{
    static const double target[PARTS] = {1, 2, 2};
    parts p;
    mera_weights_found found;
    const mera_weight_search search = search_of(&p, weighted_mean, target);
    assert_int_equal(mera_weights_seek(&search, *state, &found), MERA_OK);
    for (size_t j = 0; j < PARTS; j++) {
        assert_close(found.share[j], target[j] / 5, 1e-9);
        assert_true(found.w[j] >= 0);
    }
    assert_true(found.value < 1e-18);
}

/* Correlations of 1 : 9 of parts that go together need a weight below 0. */
static void bounds_decide_what_is_within_reach(void **state)
{
    static const double target[PARTS] = {1, 9, 9};
    parts p;
    mera_weights_found within, beyond;
    mera_weight_search search = search_of(&p, weighted_mean, target);
    assert_int_equal(mera_weights_seek(&search, *state, &within), MERA_OK);
    search.lower = -3;
    search.upper = 3;
    assert_int_equal(mera_weights_seek(&search, *state, &beyond), MERA_OK);
    assert_true(within.value > 1e-6);
    assert_true(within.w[0] >= 0 && within.w[0] < 1e-6);
    assert_true(beyond.value < 1e-18);
    assert_true(beyond.w[0] < 0);
}

static void an_index_that_is_no_mean_is_searched_too(void **state)
{
    static const double target[PARTS] = {1, 1, 1};
    static const double equal[PARTS] = {1 / 3.0, 1 / 3.0, 1 / 3.0};
    parts p;
    mera_weights_found found;
    mera_weight_search search = search_of(&p, weakest_link, target);
    assert_int_equal(mera_weights_seek(&search, *state, &found), MERA_OK);
    double y[UNITS];
    const double *column[] = {y};
    const mera_columns index = {UNITS, 1, column};
    mera_correlations c;
    weakest_link(equal, y, &p);
    assert_int_equal(
        mera_correlations_of(&search.parts, &index, MERA_PEARSON, MERA_CHANCE_NONE, 1, *state, &c),
        MERA_OK);
    double gap = 0;
    for (size_t j = 0; j < PARTS; j++) {
        const double share = c.r[j] / (c.r[0] + c.r[1] + c.r[2]);
        gap += (share - 1 / 3.0) * (share - 1 / 3.0) / PARTS;
    }
    assert_true(found.value < gap / 100);
    search.kind = MERA_SPEARMAN;
    assert_int_equal(mera_weights_seek(&search, *state, &found), MERA_OK);
    assert_true(found.value < gap);
}

static void the_same_search_gives_the_same_bits(void **state)
{
    static const double target[PARTS] = {3, 2, 2};
    parts p;
    mera_weights_found one, two;
    const mera_weight_search search = search_of(&p, weighted_mean, target);
    assert_int_equal(mera_weights_seek(&search, *state, &one), MERA_OK);
    assert_int_equal(mera_weights_seek(&search, *state, &two), MERA_OK);
    assert_memory_equal(one.w, two.w, PARTS * sizeof *one.w);
    assert_int_equal(one.evaluations, two.evaluations);
}

static void no_weights_with_an_index_is_an_error(void **state)
{
    parts p;
    mera_weights_found found;
    const mera_weight_search search = search_of(&p, no_index, NULL);
    assert_int_equal(mera_weights_seek(&search, *state, &found), MERA_EINPUT);
}

static void memory_that_ends_is_told(void **state)
{
    static const double target[PARTS] = {1, 2, 2};
    parts p;
    mera_weights_found found;
    const mera_weight_search search = search_of(&p, weighted_mean, target);
    (void)state;
    for (size_t n = 1; n < 8; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        if (arena != NULL) {
            const mera_code rc = mera_weights_seek(&search, arena, &found);
            assert_true(rc == MERA_OK || rc == MERA_ENOMEM);
            mera_arena_free(arena);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_new, arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_largest_sum_is_that_of_standardised_parts),
        TEST(a_target_within_reach_is_reached),
        TEST(bounds_decide_what_is_within_reach),
        TEST(an_index_that_is_no_mean_is_searched_too),
        TEST(the_same_search_gives_the_same_bits),
        TEST(no_weights_with_an_index_is_an_error),
        TEST(memory_that_ends_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
