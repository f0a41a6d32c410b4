/* SPDX-License-Identifier: Apache-2.0 */
/** @file Laws of weights against their moments, within 5 standard errors; what leaves no room. */
#include "support.h"

#include <stdlib.h>

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = mera_arena_new();
    f->diags = mera_diags_new(f->arena);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

enum { DRAWS = 200000 };

/* Weights of DRAWS draws of a flat node of k children; the first units' values do not matter. */
static double *weights_of(fixture *f, const double *given, size_t k, mera_law law)
{
    mera_weight_node node = flat_node(f->arena, k, law);
    mera_draws_ask ask = {.n = 2, .k = k, .node = &node, .n_nodes = 1, .seed = 42};
    mera_draws *draws;
    ask.z = random_table(f->arena, 1, 2, k, 0, 0);
    for (size_t j = 0; given != NULL && j < k; j++) {
        ((mera_weight_part *)(uintptr_t)node.part)[j].weight = given[j];
    }
    double *w = mera_arena_zero(f->arena, DRAWS * k, sizeof *w);
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_weights(draws, 0, DRAWS, w), MERA_OK);
    mera_draws_close(draws);
    for (size_t d = 0; d < DRAWS; d++) {
        double sum = 0;
        for (size_t j = 0; j < k; j++) {
            assert_true(w[d * k + j] >= 0);
            sum += w[d * k + j];
        }
        assert_close(sum, 1, 1e-12);
    }
    return w;
}

typedef struct moments {
    double mean, variance;
} moments;

static moments moments_of(const double *w, size_t k, size_t j)
{
    double sum = 0, squares = 0;
    for (size_t d = 0; d < DRAWS; d++) {
        sum += w[d * k + j];
    }
    for (size_t d = 0; d < DRAWS; d++) {
        squares += (w[d * k + j] - sum / DRAWS) * (w[d * k + j] - sum / DRAWS);
    }
    return (moments){sum / DRAWS, squares / DRAWS};
}

/* Beta(a, b), a share of a Dirichlet: mean a/s, variance ab/(s^2 (s+1)); the variance of a variance
 * is taken from its excess kurtosis 6((a-b)^2 (s+1) - ab (s+2)) / (ab (s+2)(s+3)). `slow` is how
 * many draws a chain needs for one that is independent. */
static void assert_beta(moments m, double a, double b, double slow)
{
    const double s = a + b, mean = a / s, variance = a * b / (s * s * (s + 1));
    const double excess =
        6 * ((a - b) * (a - b) * (s + 1) - a * b * (s + 2)) / (a * b * (s + 2) * (s + 3));
    assert_true(fabs(m.mean - mean) < 5 * sqrt(slow * variance / DRAWS));
    assert_true(fabs(m.variance - variance) < 5 * variance * sqrt(slow * (excess + 2) / DRAWS));
}

static void the_uniform_law_is_dirichlet_of_ones(void **state)
{
    fixture *f = *state;
    const double *w = weights_of(f, NULL, 5, (mera_law){.kind = MERA_LAW_UNIFORM});
    double corner = 0;
    for (size_t j = 0; j < 5; j++) {
        assert_beta(moments_of(w, 5, j), 1, 4, 1);
    }
    for (size_t d = 0; d < DRAWS; d++) { /* P(w_0 > 0.7) = 0.3^4; normalised uniforms: far less */
        corner += w[d * 5] > 0.7;
    }
    assert_true(fabs(corner / DRAWS - 0.0081) < 5 * sqrt(0.0081 / DRAWS));
}

static void dirichlet_is_around_the_given(void **state)
{
    fixture *f = *state;
    static const double given[] = {0.5, 0.3, 0.15, 0.05}, c[] = {0.8, 10, 300};
    for (size_t i = 0; i < 3; i++) {
        const double *w =
            weights_of(f, given, 4, (mera_law){.kind = MERA_LAW_DIRICHLET, .concentration = c[i]});
        for (size_t j = 0; j < 4; j++) {
            assert_beta(moments_of(w, 4, j), c[i] * given[j], c[i] * (1 - given[j]), 1);
        }
    }
}

static void a_range_stays_within_its_range(void **state)
{
    fixture *f = *state;
    static const double given[] = {0.5, 0.5};
    const double *w = weights_of(f, given, 2, (mera_law){.kind = MERA_LAW_RANGE, .range = 0.25});
    double low = 1, high = 0;
    for (size_t d = 0; d < DRAWS; d++) {
        low = fmin(low, w[d * 2]);
        high = fmax(high, w[d * 2]);
    }
    assert_true(low >= 0.375 && low < 0.377 && high <= 0.625 && high > 0.623);
    /* share = a / (a + b) of two uniforms on (3/4, 5/4): E w = 1/2, and by integration
     * Var w = 0.00263746 */
    assert_true(fabs(moments_of(w, 2, 0).mean - 0.5) < 5 * sqrt(0.00263746 / DRAWS));
    assert_true(fabs(moments_of(w, 2, 0).variance - 0.00263746) < 5e-5);
}

/* Without bounds hit-and-run must find the uniform law. A chain starts at the centre every 256
 * draws, and neighbours on it are alike: 3 draws stand for one. */
static void hit_and_run_without_bounds_is_the_uniform_law(void **state)
{
    fixture *f = *state;
    const double *w = weights_of(f, NULL, 5, (mera_law){.kind = MERA_LAW_POLYTOPE});
    for (size_t j = 0; j < 5; j++) {
        assert_beta(moments_of(w, 5, j), 1, 4, 3);
    }
}

/* w_1 >= w_2 >= w_3 uniformly: the means are the rank-order centroid (1/n) sum_{l >= k} 1/l
 * (Barron and Barrett, Management Science 42 (1996) 1515). */
static void stated_orders_have_the_centroid_for_mean(void **state)
{
    fixture *f = *state;
    static const mera_weight_order order[] = {{0, 1, 0}, {1, 2, 0}};
    static const double mean[] = {11.0 / 18, 5.0 / 18, 2.0 / 18};
    const double *w = weights_of(
        f, NULL, 3, (mera_law){.kind = MERA_LAW_POLYTOPE, .order = order, .n_orders = 2});
    for (size_t j = 0; j < 3; j++) {
        const moments m = moments_of(w, 3, j);
        assert_true(fabs(m.mean - mean[j]) < 5 * sqrt(3 * m.variance / DRAWS));
    }
    for (size_t d = 0; d < DRAWS; d++) {
        assert_true(w[d * 3] >= w[d * 3 + 1] - 1e-12 && w[d * 3 + 1] >= w[d * 3 + 2] - 1e-12);
    }
}

/* Uniform on the triangle {w >= low}: w = low + (1 - sum low) v, v uniform on the simplex. */
static void bounds_cut_the_simplex(void **state)
{
    fixture *f = *state;
    static const double low[] = {0.2, 0.1, 0.1, 0.25}, high[] = {1, 1, 1, 0.25};
    const double *w =
        weights_of(f, NULL, 4, (mera_law){.kind = MERA_LAW_POLYTOPE, .low = low, .high = high});
    for (size_t j = 0; j < 3; j++) {
        moments m = moments_of(w, 4, j);
        m.mean = (m.mean - low[j]) / 0.35;
        m.variance /= 0.35 * 0.35;
        assert_beta(m, 1, 2, 3);
    }
    assert_close(moments_of(w, 4, 3).mean, 0.25, 1e-12); /* it cannot vary */
}

static void ratios_hold(void **state)
{
    fixture *f = *state;
    static const mera_weight_order order[] = {{2, 0, 1.5}};
    const double *w = weights_of(
        f, NULL, 3, (mera_law){.kind = MERA_LAW_POLYTOPE, .order = order, .n_orders = 1});
    for (size_t d = 0; d < DRAWS; d++) {
        assert_true(w[d * 3 + 2] >= 1.5 * w[d * 3] - 1e-12);
    }
    /* uniform on the triangle with corners (0,1,0), (0,0,1), (0.4,0,0.6) */
    assert_true(fabs(moments_of(w, 3, 0).mean - 0.4 / 3) < 2e-3);
    assert_true(fabs(moments_of(w, 3, 2).mean - 1.6 / 3) < 2e-3);
}

static void law_refused(fixture *f, mera_law law, const char *message)
{
    const mera_weight_node node = flat_node(f->arena, 3, law);
    mera_draws_ask ask = {.n = 2, .k = 3, .node = &node, .n_nodes = 1};
    mera_draws *draws;
    ask.z = random_table(f->arena, 1, 2, 3, 0, 0);
    assert_int_not_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_said(f->diags, message);
}

static void laws_that_leave_no_room_are_refused(void **state)
{
    fixture *f = *state;
    static const mera_weight_order circle[] = {{0, 1, 2}, {1, 0, 2}},
                                   same[] = {{0, 1, 0}, {1, 0, 0}};
    static const mera_weight_order stranger[] = {{0, 3, 0}};
    static const double low[] = {0.5, 0.4, 0.2}, high[] = {0.2, 0.2, 0.2}, odd[] = {-0.1, 0, 0};
    const mera_law polytope = {.kind = MERA_LAW_POLYTOPE};
    mera_law law = polytope;
    law.low = low;
    law_refused(f, law, "no weights fulfil these bounds and orders together");
    law = polytope;
    law.high = high;
    law_refused(f, law, "no weights fulfil");
    law = polytope;
    law.low = odd;
    law_refused(f, law, "share 1 is to lie between -0.1 and 1");
    law = (mera_law){.kind = MERA_LAW_POLYTOPE, .order = circle, .n_orders = 2};
    law_refused(f, law, "leave no room");
    law.order = same;
    law_refused(f, law, "leave no room");
    law.order = stranger;
    law.n_orders = 1;
    law_refused(f, law, "order 1 of weights is not of two of 3 children");
    law_refused(f, (mera_law){.kind = MERA_LAW_DIRICHLET},
                "the concentration of a Dirichlet law is 0");
    law_refused(f, (mera_law){.kind = MERA_LAW_RANGE, .range = 1}, "weights vary by a share of 1");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(the_uniform_law_is_dirichlet_of_ones),
        WITH(dirichlet_is_around_the_given),
        WITH(a_range_stays_within_its_range),
        WITH(hit_and_run_without_bounds_is_the_uniform_law),
        WITH(stated_orders_have_the_centroid_for_mean),
        WITH(bounds_cut_the_simplex),
        WITH(ratios_hold),
        WITH(laws_that_leave_no_room_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
