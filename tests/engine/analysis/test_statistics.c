/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Statistics by hand and against published examples: chances of correlations, adequacy, dominance,
 * trends, weights; gaps; the same numbers for any number of threads.
 */
#include "mera_test.h"

#include "analysis/chance.h"
#include "mera/statistics.h"

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

/* betainc of mpmath at 40 digits: I_{1 - r^2}((n - 2) / 2, 1 / 2) */
static void t_tails_keep_their_digits(void **state)
{
    static const struct {
        double r;
        size_t n;
        double p;
    } known[] = {
        {0.5, 100, 1.1804920270376269e-7},   {0.01, 1000, 0.75212384097483115},
        {0.9, 5, 0.037386073468498633},      {0.99999, 3, 0.0028470525462093793},
        {0.999, 12, 7.8618834350393708e-15}, {0.05, 100000, 2.2261912329063711e-56},
        {0.7, 4, 0.30000000000000004},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const double p = mera_chance_t(known[i].r, known[i].n);
        assert_true(fabs(p - known[i].p) <= 1e-12 * known[i].p);
        assert_true(mera_chance_t(-known[i].r, known[i].n) == p);
    }
    assert_true(mera_chance_t(1, 9) == 0);
    assert_true(mera_chance_t(0, 9) == 1);
    assert_missing(mera_chance_t(0.5, 2));
}

/* erfc of mpmath */
static void normal_tails_keep_their_digits(void **state)
{
    static const struct {
        double z, p;
    } known[] = {{0.1, 0.92034432544594203}, {1, 0.3173105078629141},
                 {2, 0.045500263896358414},  {2.9, 0.003731626600768077},
                 {5, 5.7330314375838782e-7}, {10, 1.5239706048321052e-23}};
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const double p = mera_chance_normal(known[i].z);
        assert_true(fabs(p - known[i].p) <= 1e-12 * known[i].p);
    }
}

/* Hollander and Wolfe, Nonparametric Statistical Methods (1973), 185: lightness and quality of
 * tuna, as R's cor.test() answers it: p 0.1082, 0.0968, 0.1194 */
static void tuna_by_three_tests(void **state)
{
    static const double light[] = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1};
    static const double quality[] = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8};
    static const double r[] = {0.5711816, 0.6, 4 / 9.0}, p[] = {0.1082, 0.0968, 0.1194};
    const double *const x[] = {light}, *const y[] = {quality};
    const mera_columns a = {9, 1, x}, b = {9, 1, y};
    for (int kind = 0; kind < 3; kind++) {
        mera_correlations c;
        assert_int_equal(mera_correlations_of(&a, &b, (mera_correlation_kind)kind, MERA_CHANCE_TEST,
                                              1, *state, &c),
                         MERA_OK);
        assert_close(c.r[0], r[kind], 1e-7);
        assert_true(fabs(c.p[0] - p[kind]) < 5e-5);
        assert_int_equal(c.n[0], 9);
    }
}

/* a 1 2 2 3, b 1 3 2 3: of 6 pairs C = 4, D = 0, one tied in a, one in b: 4 / 5 */
static void kendall_with_ties_by_hand(void **state)
{
    static const double first[] = {1, 2, 2, 3, NAN}, second[] = {1, 3, 2, 3, 0};
    const double *const x[] = {first, second};
    const mera_columns columns = {5, 2, x};
    mera_correlations c;
    assert_int_equal(
        mera_correlations_of(&columns, NULL, MERA_KENDALL, MERA_CHANCE_TEST, 1, *state, &c),
        MERA_OK);
    assert_close(c.r[1], 0.8, 1e-15);
    assert_true(c.r[1] == c.r[2]);
    assert_int_equal(c.n[1], 4);
    assert_int_equal(c.n[3], 5);
    assert_true(c.r[0] == 1 && c.r[3] == 1 && c.p[0] == 0);
    /* S = 4; v0 = 4*3*13 = 156, vt = vu = 2*9 = 18, v1 = 2*2, v2 = 0:
     * var = (156 - 36) / 18 + 4 / 24 = 6.8333, z = 1.5302 */
    assert_close(c.p[1], mera_chance_normal(4 / sqrt(120 / 18.0 + 4 / 24.0)), 1e-12);
}

/* of the n! orders one has rho or tau 1 and one -1 */
static void small_orders_are_counted(void **state)
{
    mera_chance_tables tables;
    assert_int_equal(mera_chance_tables_of(*state, &tables), MERA_OK);
    assert_close(mera_chance_spearman(&tables, 1, 3), 2 / 6.0, 1e-15);
    assert_close(mera_chance_spearman(&tables, -1, 4), 2 / 24.0, 1e-15);
    assert_close(mera_chance_kendall(&tables, 1, 4), 2 / 24.0, 1e-15);
    assert_close(mera_chance_kendall(&tables, 0, 4), 1, 1e-15);
    /* at 5 exchanges or fewer of 10: 1 + 4 + 9 + 15 + 20 + 22 of 120 orders of five; at 1: 5 */
    assert_close(mera_chance_kendall(&tables, 0.8, 5), 10 / 120.0, 1e-15);
}

/** Deterministic numbers with gaps and ties. */
static double *made_column(mera_arena *arena, size_t n, uint64_t seed, bool gaps)
{
    double *x = mera_arena_zero(arena, n, sizeof *x);
    for (size_t i = 0; i < n; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        x[i] = (double)(seed >> 57);
        x[i] = gaps && (seed >> 33) % 7 == 0 ? NAN : x[i];
    }
    return x;
}

static void threads_change_nothing(void **state)
{
    const double *x[40];
    for (size_t j = 0; j < 40; j++) {
        x[j] = made_column(*state, 130, j + 1, j % 3 == 0);
    }
    const mera_columns columns = {130, 40, x};
    for (int kind = 0; kind < 3; kind++) {
        mera_correlations one, many;
        assert_int_equal(mera_correlations_of(&columns, NULL, (mera_correlation_kind)kind,
                                              MERA_CHANCE_TEST, 1, *state, &one),
                         MERA_OK);
        assert_int_equal(mera_correlations_of(&columns, NULL, (mera_correlation_kind)kind,
                                              MERA_CHANCE_TEST, 5, *state, &many),
                         MERA_OK);
        assert_memory_equal(one.r, many.r, 1600 * sizeof *one.r);
        assert_memory_equal(one.p, many.p, 1600 * sizeof *one.p);
        assert_memory_equal(one.n, many.n, 1600 * sizeof *one.n);
    }
}

/** A gap that is filled with a row nobody else has changes nothing: both roads agree. */
static void a_pair_alone_is_as_in_the_block(void **state)
{
    double *with[2];
    const double *whole[2];
    for (size_t j = 0; j < 2; j++) {
        with[j] = made_column(*state, 101, j + 9, false);
        whole[j] = with[j] + 1;
    }
    with[0][0] = NAN;
    const double *const gaps[] = {with[0], with[1]};
    const mera_columns a = {101, 2, gaps}, b = {100, 2, whole};
    for (int kind = 0; kind < 3; kind++) {
        mera_correlations first, second;
        assert_int_equal(mera_correlations_of(&a, NULL, (mera_correlation_kind)kind,
                                              MERA_CHANCE_TEST, 1, *state, &first),
                         MERA_OK);
        assert_int_equal(mera_correlations_of(&b, NULL, (mera_correlation_kind)kind,
                                              MERA_CHANCE_TEST, 1, *state, &second),
                         MERA_OK);
        assert_close(first.r[1], second.r[1], 1e-14);
        assert_close(first.p[1], second.p[1], 1e-12);
    }
}

static void a_constant_column_goes_with_nothing(void **state)
{
    static const double flat[] = {0.1, 0.1, 0.1, 0.1}, rising[] = {1, 2, 3, 4};
    const double *const x[] = {flat, rising};
    const mera_columns columns = {4, 2, x};
    for (int kind = 0; kind < 3; kind++) {
        mera_correlations c;
        assert_int_equal(mera_correlations_of(&columns, NULL, (mera_correlation_kind)kind,
                                              MERA_CHANCE_TEST, 1, *state, &c),
                         MERA_OK);
        assert_missing(c.r[0]);
        assert_missing(c.r[1]);
        assert_missing(c.p[1]);
        assert_true(c.r[3] == 1);
    }
}

/* Two columns: the partial correlation is the correlation, so KMO is 1/2. Equicorrelated r = 1/2 of
 * three: q = r / (1 + r) = 1/3, KMO = (1/4) / (1/4 + 1/9) = 9/13 */
static void adequacy_by_hand(void **state)
{
    static const double a[] = {1, 1, 0, -1, -1, 0}, b[] = {1, 0, 1, -1, 0, -1};
    static const double c[] = {0, 1, -1, 0, -1, 1};
    static const double minus[] = {0, -1, 1, 0, 1, -1};
    const double *const two[] = {a, b}, *const three[] = {a, b, c}, *const fall[] = {a, b, minus};
    mera_adequacy made;
    const mera_columns pair = {6, 2, two}, triple = {6, 3, three}, other = {6, 3, fall};
    assert_int_equal(mera_adequacy_of(&pair, *state, &made), MERA_OK);
    assert_close(made.kmo, 0.5, 1e-12);
    assert_int_equal(mera_adequacy_of(&other, *state, &made), MERA_OK); /* a = b - minus */
    assert_missing(made.kmo);
    assert_int_equal(mera_adequacy_of(&triple, *state, &made), MERA_OK); /* c = a - b: no inverse */
    assert_missing(made.kmo);
}

static void adequacy_of_equal_correlations(void **state)
{
    /* orthogonal d, e, f and common g: columns g + d, g + e, g + f have correlation 1/2 */
    static const double g[] = {1, 1, 1, 1, -1, -1, -1, -1}, d[] = {1, 1, -1, -1, 1, 1, -1, -1};
    static const double e[] = {1, -1, 1, -1, 1, -1, 1, -1}, f[] = {1, -1, -1, 1, 1, -1, -1, 1};
    double a[8], b[8], c[8];
    for (size_t i = 0; i < 8; i++) {
        a[i] = g[i] + d[i];
        b[i] = g[i] + e[i];
        c[i] = g[i] + f[i];
    }
    const double *const x[] = {a, b, c};
    const mera_columns columns = {8, 3, x};
    mera_adequacy made;
    double alpha;
    assert_int_equal(mera_adequacy_of(&columns, *state, &made), MERA_OK);
    assert_close(made.kmo, 9 / 13.0, 1e-12);
    assert_close(made.column[1], 9 / 13.0, 1e-12);
    assert_int_equal(mera_cronbach_of(&columns, false, *state, &alpha), MERA_OK);
    assert_close(alpha, 0.75, 1e-12); /* n r / (1 + (n - 1) r) = 1.5 / 2 */
}

static void components_point_where_asked(void **state)
{
    static const double a[] = {1, 2, 3, 4.5}, b[] = {-1, -2.5, -3, -4};
    const double *const x[] = {a, b};
    const mera_columns columns = {4, 2, x};
    mera_principal p;
    assert_int_equal(mera_principal_of(&columns, MERA_SIGN_LARGEST, *state, &p), MERA_OK);
    assert_close(p.loading[0], sqrt(0.5), 1e-12);
    assert_close(p.loading[1], -sqrt(0.5), 1e-12);
    assert_close(p.cumulative[1], 1, 1e-12);
    const double *const flat[] = {a, (double[]){2, 2, 2, 2}};
    const mera_columns bad = {4, 2, flat};
    assert_int_equal(mera_principal_of(&bad, MERA_SIGN_LARGEST, *state, &p), MERA_EINPUT);
}

/* (3,3) over (2,2) in both; (3,2) is over (2,2) in one and equal in the other; (NaN, 9) stands out
 */
static void dominance_by_hand(void **state)
{
    static const double a[] = {3, 3, 2, 1, NAN}, b[] = {3, 2, 2, 4, 9};
    const double *const x[] = {a, b};
    const mera_columns columns = {5, 2, x};
    mera_dominance d;
    assert_int_equal(mera_dominance_of(&columns, *state, &d), MERA_OK);
    assert_int_equal(d.n_units, 4);
    assert_int_equal(d.n_pairs, 3);
    assert_int_equal(d.n_strict, 1);
    assert_close(d.share, 0.5, 1e-15);
}

static void a_missing_column_says_nothing_in_outranking(void **state)
{
    static const double a[] = {3, 1, NAN}, b[] = {1, 1, NAN}, w[] = {3, 1};
    const double *const x[] = {a, b};
    const mera_columns columns = {3, 2, x};
    double e[9];
    assert_int_equal(mera_outranking_of(&columns, w, *state, e), MERA_OK);
    assert_close(e[1], 3.5 / 4, 1e-15);
    assert_close(e[3], 0.5 / 4, 1e-15);
    assert_close(e[2], 0.5, 1e-15); /* nothing in common */
    assert_true(e[0] == 0 && e[4] == 0 && e[8] == 0);
}

/* Only the gaps that are asked for, and nothing beyond the ends. */
static void gaps_of_a_series(void **state)
{
    static const double t[] = {2000, 2001, 2002, 2004, 2005, 2006};
    static const double y[] = {NAN, 2, NAN, NAN, 10, NAN};
    static const uint8_t some[] = {1, 0, 0, 1, 0, 1};
    const mera_trend_rule rule = {
        .kind = MERA_TREND_CHANGE, .latest = 2, .interpolate = true, .fill = some};
    double out[6];
    mera_trend made;
    mera_series_fill(y, t, 6, NULL, out);
    assert_true(isnan(out[0]) && isnan(out[5]));
    assert_close(out[2], 4, 1e-15);
    assert_close(out[3], 8, 1e-15);
    mera_series_fill(y, t, 6, some, out);
    assert_true(isnan(out[0]) && isnan(out[2]) && isnan(out[5]));
    assert_close(out[3], 8, 1e-15);
    assert_int_equal(mera_trend_of(y, t, 6, &rule, *state, &made), MERA_OK);
    assert_close(made.value, 25, 1e-12); /* 10 after 8, a year */
    assert_close(made.present_latest, 0.5, 1e-15);
}

static void trends_by_hand(void **state)
{
    static const double t[] = {2010, 2012, 2014, 2016};
    static const double y[] = {100, NAN, 121, NAN}, flat[] = {0, NAN, 0, NAN};
    static const double rising[] = {0, 1, 2, 3}, one[] = {NAN, 5, NAN, NAN};
    const mera_trend_rule cagr = {.kind = MERA_TREND_CAGR};
    const mera_trend_rule change = {.kind = MERA_TREND_CHANGE};
    const mera_trend_rule fill = {.kind = MERA_TREND_CHANGE, .latest = 2, .interpolate = true};
    mera_trend made;
    assert_int_equal(mera_trend_of(y, t, 4, &cagr, *state, &made), MERA_OK);
    assert_close(made.value, 0.048808848170151631, 1e-12); /* 1.21^(1/4) - 1 */
    assert_true(made.present == 0.5 && made.first == 2010 && made.last == 2014);
    assert_int_equal(mera_trend_of(y, t, 4, &change, *state, &made), MERA_OK);
    assert_close(made.value, 5.25, 1e-12); /* 21 over 4 years, of 100 */
    assert_int_equal(mera_trend_of(y, t, 4, &fill, *state, &made), MERA_OK);
    assert_close(made.value, 100 * 5.25 / 110.5, 1e-12); /* from 110.5 in 2012 to 121 in 2014 */
    assert_true(made.present_latest == 0.5 && made.first_latest == 2012);
    assert_int_equal(mera_trend_of(flat, t, 4, &cagr, *state, &made), MERA_OK);
    assert_true(made.value == 0);
    assert_int_equal(mera_trend_of(rising, t, 4, &cagr, *state, &made), MERA_OK);
    assert_true(isinf(made.value));
    assert_int_equal(mera_trend_of(one, t, 4, &cagr, *state, &made), MERA_OK);
    assert_missing(made.value);
    assert_missing(made.first);
}

static void weights_multiply_up_the_tree(void **state)
{
    static const size_t parent[] = {2, 2, 4, 4, SIZE_MAX};
    static const double weight[] = {1, 3, 2, 2, 7};
    double effective[5];
    assert_int_equal(mera_effective_weights(parent, weight, 5, *state, effective), MERA_OK);
    assert_close(effective[0], 0.125, 1e-15);
    assert_close(effective[1], 0.375, 1e-15);
    assert_close(effective[3], 0.5, 1e-15);
    assert_true(effective[4] == 1);
}

static void places_inside_groups(void **state)
{
    static const double x[] = {5, 7, 7, NAN, 1, 9};
    static const int32_t group[] = {0, 0, 1, 1, 1, -1};
    double place[6];
    assert_int_equal(mera_places_of(x, 6, group, false, MERA_TIES_MIN, *state, place), MERA_OK);
    assert_true(place[0] == 2 && place[1] == 1 && place[2] == 1 && place[4] == 2);
    assert_missing(place[3]);
    assert_missing(place[5]);
    assert_int_equal(mera_places_of(x, 6, NULL, true, MERA_TIES_MAX, *state, place), MERA_OK);
    assert_true(place[4] == 1 && place[1] == 4 && place[2] == 4 && place[5] == 5);
}

static void columns_of_nothing_are_described(void **state)
{
    static const double none[] = {NAN, NAN}, two[] = {0, NAN};
    mera_column_statistics s;
    assert_int_equal(mera_statistics_of(none, 2, *state, &s), MERA_OK);
    assert_int_equal(s.n_present, 0);
    assert_missing(s.mean);
    assert_missing(s.min);
    assert_int_equal(mera_statistics_of(two, 2, *state, &s), MERA_OK);
    assert_true(s.median == 0 && s.n_nonzero == 0 && s.n_unique == 1 && s.n_same == 1);
    assert_missing(s.sd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_new, arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(t_tails_keep_their_digits),
        TEST(normal_tails_keep_their_digits),
        TEST(tuna_by_three_tests),
        TEST(kendall_with_ties_by_hand),
        TEST(small_orders_are_counted),
        TEST(threads_change_nothing),
        TEST(a_pair_alone_is_as_in_the_block),
        TEST(a_constant_column_goes_with_nothing),
        TEST(adequacy_by_hand),
        TEST(adequacy_of_equal_correlations),
        TEST(components_point_where_asked),
        TEST(dominance_by_hand),
        TEST(a_missing_column_says_nothing_in_outranking),
        TEST(gaps_of_a_series),
        TEST(trends_by_hand),
        TEST(weights_multiply_up_the_tree),
        TEST(places_inside_groups),
        TEST(columns_of_nothing_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
