/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Every number of the reference table of methods (../shared/golden/methods/README.md), on six
 * cities, at its digits, from raw values on: direction, normalisation, weights, aggregation,
 * places. Cross-checks named there: Compind, pymcdm, pyrepo-mcda, a re-code of MPI in R. Its
 * intervals of weights and its dominance are in analysis/test_stability.c; acceptabilities (SMAA)
 * are not here.
 */
#include "weigh.h"

enum { CITIES = 6, INDICATORS = 4 };

static const double income[] = {32, 45, 28, 51, 38, 24};
static const double pm25[] = {18, 12, 25, 9, 15, 30};
static const double life[] = {81.2, 82.5, 78.4, 83.1, 80.0, 76.9};
static const double rent[] = {.31, .42, .25, .47, .28, .22};
static const double *const raw[INDICATORS] = {income, pm25, life, rent};
static const mera_direction way[INDICATORS] = {MERA_HIGHER, MERA_LOWER, MERA_HIGHER, MERA_LOWER};
static const double weights[] = {.3, .2, .4, .1}, equal[] = {1, 1, 1, 1};

typedef struct {
    double x[INDICATORS][CITIES];
} cities;

/* Directed and, with a normaliser, normalised values of the six cities. */
static void prepare(fixture *f, const char *normalise, const char *params, cities *c)
{
    for (size_t j = 0; j < INDICATORS; j++) {
        for (size_t i = 0; i < CITIES; i++) {
            c->x[j][i] = way[j] * raw[j][i];
        }
        if (normalise != NULL) {
            f->ctx.direction = way[j];
            assert_int_equal(ops_run(f, normalise, params, c->x[j], CITIES, c->x[j]), MERA_OK);
        }
    }
}

static void aggregate(fixture *f, const cities *c, const char *op, const char *params,
                      const double *w, double *y)
{
    const double *const x[] = {c->x[0], c->x[1], c->x[2], c->x[3]};
    assert_int_equal(ops_aggregate(f, op, params, x, w, INDICATORS, CITIES, y), MERA_OK);
}

/* Nearer than half of the last digit given. */
static void assert_printed(const double *y, const double *expected, double half_digit)
{
    for (size_t i = 0; i < CITIES; i++) {
        if (!(fabs(y[i] - expected[i]) <= half_digit * 1.000001)) {
            print_error("city %zu: %.9g, not %.9g\n", i, y[i], expected[i]);
            fail();
        }
    }
}

/* Places, 1 = the best. */
static void assert_places(const double *y, const size_t *expected)
{
    for (size_t i = 0; i < CITIES; i++) {
        size_t place = 1;
        for (size_t u = 0; u < CITIES; u++) {
            place += y[u] > y[i];
        }
        assert_int_equal(place, expected[i]);
    }
}

static void arithmetic_and_geometric_means_agree(void **state)
{
    const double mean[] = {.544594, .786052, .276838, .9, .574413, .1};
    const double geometric[] = {51.8413, 73.9085, 24.5429, 63.0957, 57.0544, 1.5849};
    cities c;
    double y[CITIES];
    prepare(*state, "normalise.minmax", "range: [0, 1]", &c);
    aggregate(*state, &c, "aggregate.arithmetic", "", weights, y);
    assert_printed(y, mean, 5e-7);
    assert_places(y, (const size_t[]){4, 2, 5, 1, 3, 6});
    prepare(*state, "normalise.minmax", "range: [1, 100]", &c);
    aggregate(*state, &c, "aggregate.geometric", "", weights, y);
    assert_printed(y, geometric, 5e-5);
    assert_places(y, (const size_t[]){4, 1, 5, 2, 3, 6});
}

static void mazziotta_pareto_indices_agree(void **state)
{
    const double mpi[] = {100.1979, 103.541, 94.7027, 104.5975, 102.3081, 90.1672};
    const double ampi[] = {100.241, 105.663, 87.431, 105.930, 104.751, 75.269};
    cities c;
    double y[CITIES];
    prepare(*state, "normalise.zscore", "mean: 100; sd: 10; deviation: population", &c);
    aggregate(*state, &c, "aggregate.mpi", "", equal, y);
    assert_printed(y, mpi, 5e-5);
    prepare(*state, "normalise.ampi", "", &c);
    aggregate(*state, &c, "aggregate.ampi", "", equal, y);
    assert_printed(y, ampi, 5e-4);
}

static void distances_and_outranking_agree(void **state)
{
    const double topsis[] = {.451113, .753193, .264920, .804953, .617636, .195047};
    const double promethee[] = {-.04, .48, -.48, .80, .04, -.80};
    const double copeland[] = {-1, 3, -3, 5, 1, -5}, borda[] = {2.4, 3.7, 1.3, 4.5, 2.6, .5};
    cities c;
    double y[CITIES];
    prepare(*state, NULL, NULL, &c);
    aggregate(*state, &c, "aggregate.topsis", "", weights, y);
    assert_printed(y, topsis, 5e-7);
    aggregate(*state, &c, "aggregate.promethee", "", weights, y);
    assert_printed(y, promethee, 1e-12);
    aggregate(*state, &c, "aggregate.copeland", "", weights, y);
    assert_printed(y, copeland, 0);
    aggregate(*state, &c, "aggregate.borda", "", weights, y);
    assert_printed(y, borda, 1e-12);
}

/* Compind's numbers are of scores onto .1 to 1: with a 0 in them least shares leave nothing. */
static void benefit_of_the_doubt_agrees(void **state)
{
    const double bod[] = {.95775, .98926, .57242, .76729, 1, .19802};
    cities c;
    double y[CITIES];
    prepare(*state, "normalise.minmax", "range: [0.1, 1]", &c);
    aggregate(*state, &c, "aggregate.bod", "lower: 0.1; upper: 0.5", equal, y);
    assert_printed(y, bod, 5e-6);
}

/* Entropy as libraries take it, of raw shares; a methodology would give it directed scores. */
static void weights_agree(void **state)
{
    const double entropy[] = {.221792, .527323, .002459, .248426};
    const double deviation[] = {.247550, .246088, .250231, .256132};
    const double ahp[] = {.648329, .229651, .122020};
    fixture *f = *state;
    cities c;
    double w[INDICATORS];
    assert_int_equal(weigh(f, "weight.entropy", "", raw, INDICATORS, CITIES, w), MERA_OK);
    for (size_t j = 0; j < INDICATORS; j++) {
        assert_true(fabs(w[j] - entropy[j]) <= 5.000001e-7);
    }
    prepare(f, "normalise.minmax", "range: [0, 1]", &c);
    const double *const x[] = {c.x[0], c.x[1], c.x[2], c.x[3]};
    assert_int_equal(weigh(f, "weight.deviation", "", x, INDICATORS, CITIES, w), MERA_OK);
    for (size_t j = 0; j < INDICATORS; j++) {
        assert_true(fabs(w[j] - deviation[j]) <= 5.000001e-7);
    }
    assert_int_equal(weigh(f, "weight.ahp", "matrix: [1 3 5, 1/3 1 2, 1/5 1/2 1]", x, 3, 0, w),
                     MERA_OK);
    for (size_t j = 0; j < 3; j++) {
        assert_true(fabs(w[j] - ahp[j]) <= 5.000001e-7);
    }
    assert_said(f->diags, "consistency ratio 0.003185 (l_max 3.003695, random index 0.58)");
}

static void methods_meet_at_their_limits(void **state)
{
    cities c;
    double y[CITIES], z[CITIES];
    static const char *const same[][4] = {
        {"owa", "exponent: 1", "arithmetic", ""},
        {"wowa", "exponent: 1", "arithmetic", ""},
        {"owa", "order_weights: [0, 0, 0, 1]", "min", ""},
        {"owa", "order_weights: [1, 0, 0, 0]", "max", ""},
        {"mean_min", "alpha: 1", "min", ""},
        {"mean_min", "alpha: 0", "arithmetic", ""},
        {"choquet", "", "arithmetic", ""},
        {"waspas", "lambda: 1", "arithmetic", ""},
        {"waspas", "lambda: 0", "geometric", ""},
        {"weighted_median", "", "median", ""},
        {"veto", "thresholds: {1: 0}", "arithmetic", ""},
        {"power", "exponent: 0", "geometric", ""},
    };
    prepare(*state, "normalise.minmax", "range: [1, 100]", &c);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        fixture *f = *state;
        const char *first = mera_arena_printf(f->arena, "aggregate.%s", same[i][0]);
        const char *second = mera_arena_printf(f->arena, "aggregate.%s", same[i][2]);
        aggregate(f, &c, first, same[i][1], equal, y);
        aggregate(f, &c, second, same[i][3], equal, z);
        assert_column_of(same[i][0], y, z, CITIES, 1e-13);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(arithmetic_and_geometric_means_agree),
        OPS_TEST(mazziotta_pareto_indices_agree),
        OPS_TEST(distances_and_outranking_agree),
        OPS_TEST(benefit_of_the_doubt_agrees),
        OPS_TEST(weights_agree),
        OPS_TEST(methods_meet_at_their_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
