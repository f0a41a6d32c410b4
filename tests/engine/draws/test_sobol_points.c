/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sobol' points: published ones, nets that stay nets when scrambled, designs. */
#include "mera_test.h"

#include "draws/sobol_table.h"
#include "mera/sensitivity.h"

static mera_sobol_sequence *sequence(mera_arena *arena, size_t d, bool scrambled, uint64_t seed)
{
    mera_sobol_sequence *s;
    assert_int_equal(mera_sobol_sequence_new(d, scrambled, seed, arena, &s), MERA_OK);
    return s;
}

/* The first ten points in three dimensions as Joe and Kuo print them with their program. */
static void the_first_points_are_the_published_ones(void **state)
{
    static const double known[10][3] = {{0, 0, 0},
                                        {0.5, 0.5, 0.5},
                                        {0.75, 0.25, 0.25},
                                        {0.25, 0.75, 0.75},
                                        {0.375, 0.375, 0.625},
                                        {0.875, 0.875, 0.125},
                                        {0.625, 0.125, 0.875},
                                        {0.125, 0.625, 0.375},
                                        {0.1875, 0.3125, 0.9375},
                                        {0.6875, 0.8125, 0.4375}};
    mera_arena *arena = mera_arena_new();
    double x[30];
    (void)state;
    mera_sobol_points(sequence(arena, 3, false, 0), 0, 10, x);
    assert_memory_equal(x, known, sizeof known);
    mera_arena_free(arena);
}

/* SciPy 1.10.1: qmc.Sobol(d=1024, scramble=False, bits=32), fast_forward(12345), random(1). */
static void far_dimensions_are_those_of_scipy(void **state)
{
    static const struct {
        size_t dimension;
        double x;
    } known[] = {{0, 0x1.4828p-1},  {1, 0x1.a078p-1},   {2, 0x1.486p-3},   {9, 0x1.b7fp-2},
                 {99, 0x1.13e8p-1}, {511, 0x1.c368p-1}, {777, 0x1.7a4p-4}, {1023, 0x1.2778p-1}};
    mera_arena *arena = mera_arena_new();
    double x[MERA_SOBOL_DIMENSIONS];
    (void)state;
    mera_sobol_points(sequence(arena, MERA_SOBOL_DIMENSIONS, false, 0), 12345, 1, x);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_true(x[known[i].dimension] == known[i].x);
    }
    mera_arena_free(arena);
}

static void more_dimensions_than_the_table_has_are_refused(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_sobol_sequence *s;
    (void)state;
    assert_int_equal(mera_sobol_sequence_new(1025, true, 0, arena, &s), MERA_ELIMIT);
    mera_arena_free(arena);
}

/* The first two dimensions are a (0, m, 2)-net: of 2^m points each box 2^-a by 2^-(m-a) has one. */
static void assert_net(const double *x, unsigned m)
{
    for (unsigned a = 0; a <= m; a++) {
        unsigned char seen[1 << 8] = {0};
        for (size_t i = 0; i < (size_t)1 << m; i++) {
            const size_t row = (size_t)(x[2 * i] * (double)(1u << a));
            const size_t column = (size_t)(x[2 * i + 1] * (double)(1u << (m - a)));
            seen[row << (m - a) | column]++;
        }
        for (size_t box = 0; box < (size_t)1 << m; box++) {
            assert_int_equal(seen[box], 1);
        }
    }
}

static void nets_stay_nets(void **state)
{
    mera_arena *arena = mera_arena_new();
    double x[2 << 8], last = 0;
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        const mera_sobol_sequence *s = sequence(arena, 2, true, seed);
        for (unsigned block = 0; block < 3; block++) {
            mera_sobol_points(s, block << 8, 1 << 8, x);
            assert_net(x, 8);
        }
        assert_true(x[0] != last);
        last = x[0];
    }
    mera_arena_free(arena);
}

/* One point of many seeds is uniform: mean 1/2, variance 1/12, and neighbours do not go together.
 */
static void each_point_is_uniform_over_seeds(void **state)
{
    enum { SEEDS = 20000 };
    mera_arena *arena = mera_arena_new();
    double sum = 0, squares = 0, product = 0;
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        const mera_arena_mark mark = mera_arena_mark_now(arena);
        double x[4];
        mera_sobol_points(sequence(arena, 4, true, seed), 5, 1, x);
        sum += x[3];
        squares += x[3] * x[3];
        product += (x[3] - 0.5) * (x[2] - 0.5);
        mera_arena_rewind(arena, mark);
    }
    assert_true(fabs(sum / SEEDS - 0.5) < 5 * sqrt(1.0 / 12 / SEEDS));
    assert_true(fabs(squares / SEEDS - 1.0 / 3) < 5 * sqrt(4.0 / 45 / SEEDS));
    assert_true(fabs(product / SEEDS) < 5.0 / 12 / sqrt(SEEDS));
    mera_arena_free(arena);
}

/* A smooth product in 4 dimensions: the error of scrambled points falls like N^-1.5 and more
 * slowly at first, that of random ones like N^-0.5. From 128 to 2048 points: by 64, and by 4. */
static double net_error(mera_arena *arena, size_t n)
{
    double squares = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        const mera_sobol_sequence *s = sequence(arena, 4, true, seed);
        double mean = 0, x[4];
        for (size_t i = 0; i < n; i++) {
            double y = 1;
            mera_sobol_points(s, (uint32_t)i, 1, x);
            for (size_t j = 0; j < 4; j++) {
                y *= 3 * x[j] * x[j];
            }
            mean += y / (double)n;
        }
        squares += (mean - 1) * (mean - 1);
    }
    return sqrt(squares / 20);
}

static void the_error_falls_faster_than_by_chance(void **state)
{
    mera_arena *arena = mera_arena_new();
    (void)state;
    assert_true(net_error(arena, 2048) < net_error(arena, 128) / 20);
    mera_arena_free(arena);
}

static void a_design_exchanges_one_group_at_a_time(void **state)
{
    enum { N = 8, K = 3 };
    static const size_t group[K] = {1, 0, 1};
    const mera_sobol_design design = {
        .n = N, .k = K, .group = group, .n_groups = 2, .swapped = true, .seed = 3};
    mera_arena *arena = mera_arena_new();
    double x[6 * N * K], one[K];
    (void)state;
    assert_int_equal(mera_sobol_runs(&design), 6 * N);
    assert_int_equal(mera_sobol_inputs(&design, 0, (size_t)6 * N, arena, x), MERA_OK);
    for (size_t r = 0; r < N; r++) {
        const double *a = x + r * K, *b = x + (N + r) * K;
        for (size_t g = 0; g < 2; g++) {
            const double *ab = x + ((2 + g) * N + r) * K, *ba = x + ((4 + g) * N + r) * K;
            for (size_t j = 0; j < K; j++) {
                assert_true(a[j] != b[j]);
                assert_true(ab[j] == (group[j] == g ? b[j] : a[j]));
                assert_true(ba[j] == (group[j] == g ? a[j] : b[j]));
            }
        }
    }
    assert_int_equal(mera_sobol_inputs(&design, 37, 1, arena, one), MERA_OK);
    assert_memory_equal(one, x + 37 * K, sizeof one);
    assert_int_equal(mera_sobol_inputs(&design, 48, 1, arena, one), MERA_EUSAGE);
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_points_are_the_published_ones),
        cmocka_unit_test(far_dimensions_are_those_of_scipy),
        cmocka_unit_test(more_dimensions_than_the_table_has_are_refused),
        cmocka_unit_test(nets_stay_nets),
        cmocka_unit_test(each_point_is_uniform_over_seeds),
        cmocka_unit_test(the_error_falls_faster_than_by_chance),
        cmocka_unit_test(a_design_exchanges_one_group_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
