/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Functions by group, over periods, of places, texts and random numbers, each over the same six
 * units. Values are worked by hand unless a source stands beside them.
 */
#include "lua_fixture.h"
#include "near.h"

#include "base/sphere.h"

enum { N = 6, PERIODS = 3 };

/* a: 3 1 missing 4 1 5; b: 2 0 3 8 1 1. Earlier values of a in 2021 and 2023 (2022 is not there).
 */
static const double a_now[N] = {3, 1, NAN, 4, 1, 5}, b_now[N] = {2, 0, 3, 8, 1, 1};
static const double a_2021[N] = {1, 1, 1, 1, 1, NAN}, a_2023[N] = {2, 4, 6, NAN, 1, 0};
static const double latitude[N] = {55.7558, 59.9343, 56.3269, 55.7558, 43.1155, NAN};
static const double longitude[N] = {37.6173, 30.3351, 44.0059, 37.6173, 131.8855, 1};
static const char *const keys[N] = {"45000000", "40000000", "22701000",
                                    "45001000", "05701000", "71100000"};
static const char *const names[N] = {"Москва",   "Санкт-Петербург", "Нижний",
                                     "Щербинка", "Владивосток",     "Сургут"};
static const char *const levels[] = {"north", "south", "12,5", "31.05.2024"};
static const int32_t zone[N] = {0, 0, 0, 1, 1, -1}, odd[N] = {2, 3, 0, -1, 2, 2};
static const char *const columns[] = {"a", "b", "lat", "lon"};
static const double *const now[] = {a_now, b_now, latitude, longitude};

typedef struct library {
    fixture base;
    mera_formulas *formulas;
    double y[N];
} library;

static int open_library(void **state)
{
    library *f = calloc(1, sizeof *f);

    f->base.arena = mera_arena_new();
    f->base.diags = mera_diags_new(f->base.arena);
    *state = f;
    return mera_formulas_open(NULL, &f->formulas) == MERA_OK ? 0 : -1;
}

static int close_library(void **state)
{
    library *f = *state;

    mera_formulas_close(f->formulas);
    mera_arena_free(f->base.arena);
    free(f);
    return 0;
}

/* Runs a formula in the period `label`, with the units in the order of `order`. */
static mera_code run_in(library *f, const char *text, const char *label, const size_t order[N])
{
    static const char *const known[] = {"a", "b", "lat", "lon", "zone", "odd"};
    static const char *const years[] = {"2021", "2023", "2024"};
    const double *past_of[3] = {a_2021, a_2023, a_now}, *past[6 * PERIODS], *column[6];
    double cells[6 + 6 * PERIODS][N];
    int32_t zone_now[N], odd_now[N];
    const char *key[N], *name[N];
    mera_formula *formula = NULL;
    const mera_labels labels[] = {{"zone", zone_now, levels, 4}, {"odd", odd_now, levels, 4}};
    mera_around around = {
        .n = N, .unit_key = key, .unit_name = name, .labels = labels, .n_labels = 2, .seed = 7};

    for (size_t i = 0; i < N; i++) {
        zone_now[i] = zone[order[i]];
        odd_now[i] = odd[order[i]];
        key[i] = keys[order[i]];
        name[i] = names[order[i]];
    }
    MERA_TRY(mera_formula_compile(f->formulas, text, MERA_NOWHERE, known, 6, f->base.arena,
                                  f->base.diags, &formula));
    around.n_periods = mera_formula_crosses_periods(text) ? PERIODS : 1;
    around.period = around.n_periods == 1 ? 0 : 2;
    around.period_label = around.n_periods == 1 ? &label : years;
    for (size_t r = 0; r < mera_formula_n_reads(formula); r++) {
        const double *from = NULL;

        for (size_t c = 0; c < 4; c++) {
            from = strcmp(columns[c], mera_formula_read(formula, r)) == 0 ? now[c] : from;
        }
        column[r] = from == NULL ? NULL : cells[r];
        for (size_t i = 0; from != NULL && i < N; i++) {
            cells[r][i] = from[order[i]];
        }
        for (size_t p = 0; p < PERIODS; p++) {
            past[r * PERIODS + p] = cells[6 + r * PERIODS + p];
            for (size_t i = 0; i < N; i++) {
                cells[6 + r * PERIODS + p][i] = past_of[p][order[i]];
            }
        }
    }
    around.past = around.n_periods == 1 ? NULL : past;
    return mera_formula_run(formula, column, N, "indicator 'x'", &around, f->base.arena,
                            f->base.diags, f->y);
}

static mera_code run(library *f, const char *text)
{
    return run_in(f, text, "2024", (const size_t[N]){0, 1, 2, 3, 4, 5});
}

#define GIVES(f, text, ...) assert_gives(f, text, (const double[N]){__VA_ARGS__})

static void assert_gives(library *f, const char *text, const double wanted[N])
{
    static const size_t backwards[N] = {5, 4, 3, 2, 1, 0};

    for (int turned = 0; turned < 2; turned++) { /* the order of units changes nothing */
        const mera_code rc = turned == 0 ? run(f, text) : run_in(f, text, "2024", backwards);

        if (rc != MERA_OK) {
            print_error("%s\n%s\n", text, last_text(&f->base));
        }
        assert_int_equal(rc, MERA_OK);
        for (size_t i = 0; i < N; i++) {
            const double y = f->y[turned == 0 ? i : N - 1 - i];

            if (isnan(y) != isnan(wanted[i]) || fabs(y - wanted[i]) > 1e-9 * (1 + fabs(y))) {
                print_error("%s: unit %zu: %.15g instead of %.15g\n", text, i, y, wanted[i]);
                fail();
            }
        }
    }
}

static void assert_refused(library *f, const char *text, const char *message)
{
    assert_int_equal(run(f, text), MERA_EINPUT);
    assert_printed(&f->base, message);
}

/* ---- by group ---------------------------------------------------------------------------- */

static void statistics_by_group_of_texts(void **state)
{
    library *f = *state;

    GIVES(f, "group_mean(a, zone)", 2, 2, 2, 2.5, 2.5, NAN);
    GIVES(f, "group_sum(a, zone)", 4, 4, 4, 5, 5, NAN);
    GIVES(f, "group_count(a, zone)", 2, 2, 2, 2, 2, NAN);
    GIVES(f, "group_median(b, zone)", 2, 2, 2, 4.5, 4.5, NAN);
    GIVES(f, "group_quantile(b, zone, 0.75)", 2.5, 2.5, 2.5, 6.25, 6.25, NAN);
    GIVES(f, "group_lowest(b, zone)", 0, 0, 0, 1, 1, NAN);
    GIVES(f, "group_highest(b, zone)", 3, 3, 3, 8, 8, NAN);
    GIVES(f, "group_sd(a, zone)", 1.4142135623730951, 1.4142135623730951, 1.4142135623730951,
          2.1213203435596424, 2.1213203435596424, NAN);
    GIVES(f, "group_sd(a, zone, 'population')", 1, 1, 1, 1.5, 1.5, NAN);
    GIVES(f, "group_rank(b, zone)", 2, 3, 1, 1, 2, NAN);
    GIVES(f, "group_rank(b, zone, 'min', 'lowest')", 2, 1, 3, 2, 1, NAN);
    GIVES(f, "a / group_mean(a, zone)", 1.5, 0.5, NAN, 1.6, 0.4, NAN);
}

static void equal_numbers_make_groups_too(void **state)
{
    library *f = *state;

    GIVES(f, "group_count(b, a)", 1, 2, NAN, 1, 2, 1);
    GIVES(f, "b:group_mean(a)", 2, 0.5, NAN, 8, 0.5, 1);
    assert_refused(f, "group_mean(a, 'x')", "column of texts or of numbers expected, got string");
    assert_refused(f, "group_mean(a:sorted(), b)", "5 and 6 values cannot be combined");
}

/* ---- moments ----------------------------------------------------------------------------- */

/* Of 3 1 4 1 5: m2 = 2.56, m3 = 0.144, m4 = 9.2992 (by hand); sample forms as SKEW and KURT of a
 * spreadsheet give them. */
static void moments_of_a_column(void **state)
{
    library *f = *state;
    const double g1 = 0.144 / (2.56 * 1.6), g2 = 9.2992 / (2.56 * 2.56) - 3;
    const double skew = g1 * sqrt(20.0) / 3, kurt = 4.0 / 6 * (6 * g2 + 6);

    GIVES(f, "a:variance() + b - b", 3.2, 3.2, 3.2, 3.2, 3.2, 3.2);
    GIVES(f, "a:variance('population')", 2.56, 2.56, 2.56, 2.56, 2.56, 2.56);
    GIVES(f, "a:skewness('population')", g1, g1, g1, g1, g1, g1);
    GIVES(f, "a:skewness()", skew, skew, skew, skew, skew, skew);
    GIVES(f, "a:kurtosis('population')", g2, g2, g2, g2, g2, g2);
    GIVES(f, "a:kurtosis()", kurt, kurt, kurt, kurt, kurt, kurt);
    GIVES(f, "a:mad()", 2, 2, 2, 2, 2, 2);
    GIVES(f, "a:weighted_mean(b)", 44.0 / 12, 44.0 / 12, 44.0 / 12, 44.0 / 12, 44.0 / 12,
          44.0 / 12);
}

static void correlation_of_present_pairs(void **state)
{
    library *f = *state;
    /* pairs (3,2) (1,0) (4,8) (1,1) (5,1): sxy = 10.4, sxx = 12.8, syy = 41.2 */
    const double r = 10.4 / sqrt(12.8 * 41.2);

    GIVES(f, "a:correlation(b)", r, r, r, r, r, r);
    GIVES(f, "a:correlation(a * -2 + 1)", -1, -1, -1, -1, -1, -1);
    GIVES(f, "a:correlation(b - b)", NAN, NAN, NAN, NAN, NAN, NAN);
}

/* ---- periods ----------------------------------------------------------------------------- */

static void a_year_ago_is_a_year_ago(void **state)
{
    library *f = *state;

    GIVES(f, "lag(a)", 2, 4, 6, NAN, 1, 0);
    GIVES(f, "lag(a, 2)", NAN, NAN, NAN, NAN, NAN, NAN); /* there is no 2022 */
    GIVES(f, "lag(a, 3)", 1, 1, 1, 1, 1, NAN);
    GIVES(f, "lag(a, 0)", 3, 1, NAN, 4, 1, 5);
    GIVES(f, "change(a)", 1, -3, NAN, NAN, 0, 5);
    GIVES(f, "mean_over(a, 4)", 2, 2, 3.5, 2.5, 1, 2.5);
    assert_refused(f, "lag(a * 2)", "a computed column has no other periods");
    assert_refused(f, "lag(a, 1.5)", "number has no integer representation");
}

static void the_period_under_way_is_known(void **state)
{
    static const size_t order[N] = {0, 1, 2, 3, 4, 5};
    library *f = *state;

    GIVES(f, "a - a + year()", 2024, 2024, NAN, 2024, 2024, 2024);
    assert_int_equal(run_in(f, "period_end() - period_start()", "2024", order), MERA_OK);
    assert_near(f->y[0], 366, 0);
    assert_int_equal(run_in(f, "period_end() - period_start()", "2023-Q1", order), MERA_OK);
    assert_near(f->y[0], 90, 0);
    assert_int_equal(run_in(f, "period_start()", "1970-02", order), MERA_OK);
    assert_near(f->y[0], 31, 0);
    assert_int_equal(run_in(f, "year()", "spring", order), MERA_EINPUT);
    assert_printed(&f->base, "the period 'spring' does not begin with a year");
}

static void dates_are_days(void **state)
{
    library *f = *state;
    const double d = 19874; /* 2024-05-31, by `date -d` */

    GIVES(f, "date('2024-05-31')", d, d, d, d, d, d);
    GIVES(f, "date('31.05.2024') - date('2024-02-29')", 92, 92, 92, 92, 92, 92);
    GIVES(f, "odd:date()", NAN, d, NAN, NAN, NAN, NAN);
    assert_refused(f, "date('2023-02-29')", "'2023-02-29' is no date");
}

/* ---- texts ------------------------------------------------------------------------------- */

static void texts_answer_questions(void **state)
{
    library *f = *state;

    GIVES(f, "zone:eq('north')", 1, 1, 1, 0, 0, NAN);
    GIVES(f, "zone:starts('so')", 0, 0, 0, 1, 1, NAN);
    GIVES(f, "zone:contains('ort')", 1, 1, 1, 0, 0, NAN);
    GIVES(f, "zone:any_of({'south', 'west'})", 0, 0, 0, 1, 1, NAN);
    GIVES(f, "zone:is_missing()", 0, 0, 0, 0, 0, 1);
    GIVES(f, "odd:number()", 12.5, NAN, NAN, NAN, 12.5, 12.5);
    GIVES(f, "unit_key():starts('45')", 1, 0, 0, 1, 0, 0);
    GIVES(f, "group_sum(b, unit_key():prefix(2))", 10, 0, 3, 10, 1, 1);
    GIVES(f, "group_count(b, unit_name():prefix(1))", 1, 2, 1, 1, 1, 2);
    assert_refused(f, "zone:startz('n')", "did you mean 'starts'?");
    assert_refused(f, "zone + 1", "attempt to perform arithmetic on");
}

/* ---- places ------------------------------------------------------------------------------ */

static double km(size_t i, size_t j)
{
    mera_point p, q;

    assert_true(mera_point_at(latitude[i], longitude[i], &p));
    assert_true(mera_point_at(latitude[j], longitude[j], &q));
    return mera_chord_km(mera_point_chord(p, q));
}

static void distances_and_the_nearest(void **state)
{
    library *f = *state;

    GIVES(f, "distance(lat, lon, 55.7558, 37.6173)", 0, km(1, 0), km(2, 0), 0, km(4, 0), NAN);
    GIVES(f, "nearest_other(lat, lon)", 0, km(1, 0), km(2, 0), 0, km(4, 2), NAN);
    GIVES(f, "nearest(lat, lon, ge(b, 3))", 0, km(1, 0), 0, 0, km(4, 2), NAN);
    GIVES(f, "nearest_value(lat, lon, ge(b, 2), b)", 2, 2, 3, 2, 3, NAN);
    GIVES(f, "within(lat, lon, 450, b)", 13, 0, 13, 13, 1, NAN);
    GIVES(f, "within(lat, lon, 30000, b)", 14, 14, 14, 14, 14, NAN);
    assert_refused(f, "nearest_other(lon, lat)", "is no place: degrees from -90 to 90");
}

/* A thousand places against all pairs. */
static void the_nearest_of_many_is_the_nearest(void **state)
{
    enum { MANY = 1000 };
    static const char *const known[] = {"lat", "lon", "mark"};
    static double at[3][MANY], y[MANY];
    const double *column[3] = {at[0], at[1], at[2]};
    library *f = *state;
    mera_formula *formula;

    for (size_t i = 0; i < MANY; i++) {
        at[0][i] = (double)((i * 7919) % 18001) / 100 - 90;
        at[1][i] = (double)((i * 104729) % 36001) / 100 - 180;
        at[2][i] = i % 7 == 0 ? 1 : 0;
    }
    assert_int_equal(mera_formula_compile(f->formulas, "nearest(lat, lon, mark)", MERA_NOWHERE,
                                          known, 3, f->base.arena, f->base.diags, &formula),
                     MERA_OK);
    assert_int_equal(
        mera_formula_run(formula, column, MANY, NULL, NULL, f->base.arena, f->base.diags, y),
        MERA_OK);
    for (size_t i = 0; i < MANY; i++) {
        double best = 1e9;

        for (size_t j = 0; j < MANY; j += 7) {
            mera_point p, q;

            assert_true(mera_point_at(at[0][i], at[1][i], &p));
            assert_true(mera_point_at(at[0][j], at[1][j], &q));
            best = fmin(best, mera_chord_km(mera_point_chord(p, q)));
        }
        assert_near(y[i], best, 1e-9);
    }
}

/* ---- random numbers, value functions, lists ---------------------------------------------- */

static void random_numbers_belong_to_units(void **state)
{
    static const size_t turned[N] = {3, 1, 5, 0, 2, 4};
    library *f = *state;
    double first[N];

    assert_int_equal(run(f, "random('noise')"), MERA_OK);
    memcpy(first, f->y, sizeof first);
    assert_int_equal(run_in(f, "random('noise')", "2024", turned), MERA_OK);
    for (size_t i = 0; i < N; i++) {
        assert_near(f->y[i], first[turned[i]], 0);
        assert_true(first[i] >= 0 && first[i] < 1);
    }
    assert_int_equal(run(f, "random('other')"), MERA_OK);
    assert_true(f->y[0] != first[0]);
    assert_int_equal(run_in(f, "random('noise')", "2023", turned), MERA_OK);
    assert_true(f->y[3] != first[0]);
}

static void random_numbers_follow_their_law(void **state)
{
    enum { MANY = 20000 };
    static char text[MANY][8];
    static const char *key[MANY];
    static double y[MANY];
    static const char *const label = "";
    const mera_around around = {
        .n = MANY, .unit_key = key, .n_periods = 1, .period_label = &label, .seed = 1};
    library *f = *state;

    for (size_t i = 0; i < MANY; i++) {
        snprintf(text[i], sizeof text[i], "%zu", i);
        key[i] = text[i];
    }
    for (int normal = 0; normal < 2; normal++) {
        const double mean = normal == 0 ? 0.5 : 0, variance = normal == 0 ? 1.0 / 12 : 1;
        double sum = 0, squares = 0;
        mera_formula *formula;

        assert_int_equal(
            mera_formula_compile(f->formulas, normal == 0 ? "random('a')" : "normal('a')",
                                 MERA_NOWHERE, NULL, 0, f->base.arena, f->base.diags, &formula),
            MERA_OK);
        assert_int_equal(
            mera_formula_run(formula, NULL, MANY, NULL, &around, f->base.arena, f->base.diags, y),
            MERA_OK);
        for (size_t i = 0; i < MANY; i++) {
            sum += y[i];
            squares += (y[i] - mean) * (y[i] - mean);
        }
        /* within four standard errors */
        assert_near(sum / MANY, mean, 4 * sqrt(variance / MANY));
        assert_near(squares / MANY, variance, 4 * variance * sqrt(2.0 / MANY));
    }
}

static void value_functions_go_through_their_points(void **state)
{
    library *f = *state;

    GIVES(f, "piecewise(b, {0, 2, 4}, {100, 50, 0})", 50, 100, 25, 0, 75, 75);
    GIVES(f, "a:piecewise({3}, {7})", 7, 7, NAN, 7, 7, 7);
    assert_refused(f, "piecewise(a, {1, 1}, {0, 1})", "the points must ascend");
    assert_refused(f, "piecewise(a, {1, 2}, {0})", "as many values as points are wanted");
    assert_refused(f, "piecewise(a, {1, 0/0}, {0, 1})", "a list of numbers is wanted");
}

static void lists_of_columns_leave_missing_out(void **state)
{
    library *f = *state;

    GIVES(f, "weighted_mean({a, b}, {1, 3})", 2.25, 0.25, 3, 7, 1, 2);
    GIVES(f, "weighted_sd({a, b}, {1, 1})", 0.5, 0.5, 0, 2, 0, 2);
    GIVES(f, "present_share({a, b}, {1, 3})", 1, 1, 0.75, 1, 1, 1);
    assert_refused(f, "weighted_mean({a, b}, {1})", "as many weights as columns");
    assert_refused(f, "weighted_mean({a, 1}, {1, 1})", "a list of columns is wanted");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(statistics_by_group_of_texts, open_library, close_library),
        cmocka_unit_test_setup_teardown(equal_numbers_make_groups_too, open_library, close_library),
        cmocka_unit_test_setup_teardown(moments_of_a_column, open_library, close_library),
        cmocka_unit_test_setup_teardown(correlation_of_present_pairs, open_library, close_library),
        cmocka_unit_test_setup_teardown(a_year_ago_is_a_year_ago, open_library, close_library),
        cmocka_unit_test_setup_teardown(the_period_under_way_is_known, open_library, close_library),
        cmocka_unit_test_setup_teardown(dates_are_days, open_library, close_library),
        cmocka_unit_test_setup_teardown(texts_answer_questions, open_library, close_library),
        cmocka_unit_test_setup_teardown(distances_and_the_nearest, open_library, close_library),
        cmocka_unit_test_setup_teardown(the_nearest_of_many_is_the_nearest, open_library,
                                        close_library),
        cmocka_unit_test_setup_teardown(random_numbers_belong_to_units, open_library,
                                        close_library),
        cmocka_unit_test_setup_teardown(random_numbers_follow_their_law, open_library,
                                        close_library),
        cmocka_unit_test_setup_teardown(value_functions_go_through_their_points, open_library,
                                        close_library),
        cmocka_unit_test_setup_teardown(lists_of_columns_leave_missing_out, open_library,
                                        close_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
