/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sobol' indices against functions whose indices are known in closed form. */
#include "mera_test.h"

#include "mera/sensitivity.h"

#define PI 3.14159265358979323846

enum { INPUTS = 3 };

/* Ishigami and Homma (1990), a = 7, b = 0.1: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2 = 13.8446. */
static double ishigami(const double *u)
{
    const double x = 2 * PI * u[0] - PI, y = 2 * PI * u[1] - PI, z = 2 * PI * u[2] - PI;
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x);
}

static const double ishigami_first[] = {0.3139, 0.4424, 0},
                    ishigami_total[] = {0.5576, 0.4424, 0.2437};

/* Sobol' G: product of (|4 u - 2| + a) / (1 + a); V_i = 1 / (3 (1 + a_i)^2). */
static const double g_a[INPUTS] = {0, 1, 9};

static double g_function(const double *u)
{
    double y = 1;
    for (size_t j = 0; j < INPUTS; j++) {
        y *= (fabs(4 * u[j] - 2) + g_a[j]) / (1 + g_a[j]);
    }
    return y;
}

static void g_indices(double *first, double *total)
{
    double all = 1, part[INPUTS];
    for (size_t j = 0; j < INPUTS; j++) {
        part[j] = 1 / (3 * (1 + g_a[j]) * (1 + g_a[j]));
        all *= 1 + part[j];
    }
    for (size_t j = 0; j < INPUTS; j++) {
        first[j] = part[j] / (all - 1);
        total[j] = part[j] * all / (1 + part[j]) / (all - 1);
    }
}

static double *outcomes(mera_arena *arena, const mera_sobol_design *design,
                        double (*of)(const double *))
{
    const size_t runs = mera_sobol_runs(design);
    double *x = mera_arena_zero(arena, runs * design->k, sizeof *x);
    double *y = mera_arena_zero(arena, runs, sizeof *y);
    assert_int_equal(mera_sobol_inputs(design, 0, runs, arena, x), MERA_OK);
    for (size_t r = 0; r < runs; r++) {
        y[r] = of(x + r * design->k);
    }
    return y;
}

static void all_estimators_find_the_indices(void **state)
{
    mera_arena *arena = mera_arena_new();
    const mera_sobol_design design = {.n = 4096, .k = INPUTS, .swapped = true, .seed = 1};
    double first[INPUTS], total[INPUTS];
    size_t seen = 0;
    (void)state;
    g_indices(first, total);
    for (int f = 0; f < 2; f++) {
        const double *y = outcomes(arena, &design, f == 0 ? ishigami : g_function);
        const double *known[] = {f == 0 ? ishigami_first : first, f == 0 ? ishigami_total : total};
        const mera_sobol_estimator *e;
        for (size_t i = 0; (e = mera_sobol_estimator_get(i)) != NULL; i++) {
            mera_sobol got;
            const mera_sobol_ask ask = {.n = 4096,
                                        .d = INPUTS,
                                        .y = y,
                                        .swapped = true,
                                        .first = e->total ? NULL : e->name,
                                        .total = e->total ? e->name : NULL,
                                        .resamples = 10};
            assert_int_equal(mera_sobol_of(&ask, arena, NULL, &got), MERA_OK);
            for (size_t j = 0; j < INPUTS; j++) {
                assert_close(e->total ? got.index[j].total.value : got.index[j].first.value,
                             known[e->total][j], 0.015);
            }
            seen++;
        }
    }
    assert_int_equal(seen, 26);
    mera_arena_free(arena);
}

enum { SIZES = 4, SEEDS = 8, ESTIMATORS = 13 };

/* Adds the squares of the errors of each estimator's three indices on one design. */
static void ishigami_errors(mera_arena *arena, const mera_sobol_design *design, double *squares)
{
    const double *y = outcomes(arena, design, ishigami);
    const mera_sobol_estimator *e;
    for (size_t i = 0; (e = mera_sobol_estimator_get(i)) != NULL; i++) {
        const double *known = e->total ? ishigami_total : ishigami_first;
        const mera_sobol_ask ask = {.n = design->n,
                                    .d = INPUTS,
                                    .y = y,
                                    .swapped = true,
                                    .first = e->total ? NULL : e->name,
                                    .total = e->total ? e->name : NULL,
                                    .resamples = 1};
        mera_sobol got;
        assert_in_range(i, 0, ESTIMATORS - 1);
        assert_int_equal(mera_sobol_of(&ask, arena, NULL, &got), MERA_OK);
        for (size_t j = 0; j < INPUTS; j++) {
            const mera_sobol_index *index = &got.index[j];
            const double off = (e->total ? index->total.value : index->first.value) - known[j];
            squares[i] += off * off;
        }
    }
}

/* By chance the error would fall as N^-0.5; with scrambled Sobol' points and a smooth function it
 * falls nearly as N^-1: at least as N^-0.8, fitted over N = 128, 512, 2,048, 8,192, for every one.
 */
static void the_error_falls_with_the_number_of_runs(void **state)
{
    const mera_sobol_estimator *e;
    mera_arena *arena = mera_arena_new();
    double squares[SIZES][ESTIMATORS] = {{0}};
    (void)state;
    for (size_t step = 0; step < SIZES; step++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            const mera_sobol_design design = {
                .n = (size_t)128 << (2 * step), .k = INPUTS, .swapped = true, .seed = seed};
            ishigami_errors(arena, &design, squares[step]);
        }
    }
    for (size_t i = 0; (e = mera_sobol_estimator_get(i)) != NULL; i++) {
        double slope = 0, error = 0;
        for (size_t step = 0; step < SIZES; step++) { /* least squares, in logarithms */
            error = sqrt(squares[step][i] / (SEEDS * INPUTS));
            slope += ((double)step - 1.5) * log(error) / (5 * log(4));
        }
        print_message("%s %s: N^%.2f, %.5f at 8,192\n", e->name, e->total ? "ST" : "S1", slope,
                      error);
        assert_true(slope < -0.8);
        assert_true(error < 0.003);
    }
    mera_arena_free(arena);
}

static double ishigami_far(const double *u)
{
    return ishigami(u) + 1e6;
}

static void a_constant_added_changes_nothing(void **state)
{
    mera_arena *arena = mera_arena_new();
    const mera_sobol_design design = {.n = 256, .k = INPUTS, .swapped = true, .seed = 5};
    const double *y = outcomes(arena, &design, ishigami);
    const double *far = outcomes(arena, &design, ishigami_far);
    static const char *const pair[][2] = {{"jansen", "jansen"},  {"sobol", "homma"},
                                          {"saltelli", "sobol"}, {"janon", "janon"},
                                          {"martinez", "glen"},  {"azzini", "azzini"}};
    (void)state;
    for (size_t e = 0; e < 6; e++) {
        mera_sobol_ask ask = {.n = 256,
                              .d = INPUTS,
                              .y = y,
                              .swapped = true,
                              .first = pair[e][0],
                              .total = pair[e][1],
                              .resamples = 20};
        mera_sobol near, away;
        assert_int_equal(mera_sobol_of(&ask, arena, NULL, &near), MERA_OK);
        ask.y = far;
        assert_int_equal(mera_sobol_of(&ask, arena, NULL, &away), MERA_OK);
        for (size_t j = 0; j < INPUTS; j++) {
            assert_close(away.index[j].first.value, near.index[j].first.value, 1e-7);
            assert_close(away.index[j].total.low, near.index[j].total.low, 1e-7);
        }
        assert_close(away.mean - 1e6, near.mean, 1e-7);
    }
    mera_arena_free(arena);
}

/* The first-order index of x3 is 0; its total is not. Intervals of 95 % hold the truth. */
static void intervals_hold_and_nothing_is_told_from_nothing(void **state)
{
    mera_arena *arena = mera_arena_new();
    const mera_sobol_design design = {.n = 1024, .k = INPUTS, .seed = 2};
    const mera_sobol_ask ask = {.n = 1024, .d = INPUTS, .y = outcomes(arena, &design, ishigami)};
    mera_sobol got;
    (void)state;
    assert_int_equal(mera_sobol_of(&ask, arena, NULL, &got), MERA_OK);
    for (size_t j = 0; j < INPUTS; j++) {
        const mera_sobol_index *x = &got.index[j];
        assert_true(x->first.low <= x->first.value && x->first.value <= x->first.high);
        assert_true(x->first.low < ishigami_first[j] && ishigami_first[j] < x->first.high);
        assert_true(x->total.low < ishigami_total[j] && ishigami_total[j] < x->total.high);
        assert_true(x->total_sure && x->first_sure == (j < 2));
    }
    assert_close(got.variance, 13.8446, 0.02);
    assert_true(got.dummy_total.value == 0 && got.dummy_first.high > 0);
    mera_arena_free(arena);
}

/* Inputs 1 and 3 together explain what each does and their interaction: 1 - 0.4424. */
static void groups_are_one_input(void **state)
{
    static const size_t group[] = {0, 1, 0};
    mera_arena *arena = mera_arena_new();
    const mera_sobol_design design = {
        .n = 16384, .k = INPUTS, .group = group, .n_groups = 2, .seed = 9};
    const mera_sobol_ask ask = {
        .n = 16384, .d = 2, .y = outcomes(arena, &design, ishigami), .resamples = 5};
    mera_sobol got;
    (void)state;
    assert_int_equal(mera_sobol_of(&ask, arena, NULL, &got), MERA_OK);
    assert_close(got.index[0].first.value, 0.5576, 0.003);
    assert_close(got.index[0].total.value, 0.5576, 0.003);
    assert_close(got.index[1].first.value, 0.4424, 0.003);
    mera_arena_free(arena);
}

static void failed_runs_take_their_row_with_them(void **state)
{
    enum { N = 512 };
    mera_arena *arena = mera_arena_new();
    const mera_sobol_design design = {.n = N, .k = INPUTS, .seed = 4};
    double *y = outcomes(arena, &design, ishigami);
    double *kept = mera_arena_zero(arena, (size_t)5 * N, sizeof *kept);
    mera_sobol got, expected;
    size_t n = 0;
    (void)state;
    y[7] = NAN;
    y[2 * N + 7] = INFINITY; /* the same row: counted once */
    y[4 * N + 100] = NAN;
    for (size_t p = 0; p < 5; p++) {
        n = 0;
        for (size_t r = 0; r < N; r++) {
            if (r != 7 && r != 100) {
                kept[p * (N - 2) + n++] = y[p * N + r];
            }
        }
    }
    const mera_sobol_ask ask = {.n = N, .d = INPUTS, .y = y};
    const mera_sobol_ask without = {.n = n, .d = INPUTS, .y = kept};
    assert_int_equal(mera_sobol_of(&ask, arena, NULL, &got), MERA_OK);
    assert_int_equal(mera_sobol_of(&without, arena, NULL, &expected), MERA_OK);
    assert_int_equal(got.failed, 2);
    assert_int_equal(got.n, N - 2);
    assert_memory_equal(got.index, expected.index, INPUTS * sizeof *got.index);
    mera_arena_free(arena);
}

static void asks_without_an_answer_say_so(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    const double y[] = {1, 1, 1, 1, 1, 1};
    mera_sobol_ask ask = {.n = 2, .d = 1, .y = y, .first = "azzini"};
    mera_sobol got;
    (void)state;
    assert_int_equal(mera_sobol_of(&ask, arena, diags, &got), MERA_EUSAGE);
    assert_said(diags, "wants runs of the swapped part");
    ask.first = "sobol'";
    assert_int_equal(mera_sobol_of(&ask, arena, diags, &got), MERA_EUSAGE);
    assert_said(diags, "no estimator 'sobol'' of first-order indices");
    ask.first = NULL;
    assert_int_equal(mera_sobol_of(&ask, arena, diags, &got), MERA_OK);
    assert_missing(got.index[0].first.value); /* nothing varies */
    assert_false(got.index[0].first_sure);
    ask.n = 1;
    assert_int_equal(mera_sobol_of(&ask, arena, diags, &got), MERA_OK);
    assert_missing(got.index[0].total.value);
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_estimators_find_the_indices),
        cmocka_unit_test(the_error_falls_with_the_number_of_runs),
        cmocka_unit_test(a_constant_added_changes_nothing),
        cmocka_unit_test(intervals_hold_and_nothing_is_told_from_nothing),
        cmocka_unit_test(groups_are_one_input),
        cmocka_unit_test(failed_runs_take_their_row_with_them),
        cmocka_unit_test(asks_without_an_answer_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
