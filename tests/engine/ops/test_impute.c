/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Imputers against what they can be worked out from by another road: EM against the closed form for
 * a monotone pattern and against a plain EM written out for two columns; neighbours against brute
 * force; regressions by hand; hot decks by what their draws must look like; panels by ages. COINr's
 * numbers are in test_coinr_gaps.c, properties in test_impute_properties.c.
 */
#include "properties.h"

enum { N = 20 };

/* Two columns that go together; the second has gaps at each fourth unit. */
static void monotone(double x[2][N], double *xs[2])
{
    for (size_t i = 0; i < N; i++) {
        x[0][i] = 10 + 5 * noise(i);
        x[1][i] = i % 4 == 1 ? NAN : 3 - 2 * x[0][i] + noise(i + 40);
    }
    xs[0] = x[0];
    xs[1] = x[1];
}

/* Anderson, Journal of the American Statistical Association 52 (1957) 200: where only the second
 * column has gaps, the maximum likelihood estimate is the regression over the complete units. */
static void em_of_a_monotone_pattern_is_a_regression(void **state)
{
    fixture *f = *state;
    double x[2][N], *xs[2], sx = 0, sy = 0, sxx = 0, sxy = 0, m = 0;
    double **y = ops_columns(f, 2, N);
    monotone(x, xs);
    for (size_t i = 0; i < N; i++) {
        if (!isnan(x[1][i])) {
            sx += x[0][i];
            sy += x[1][i];
            sxx += x[0][i] * x[0][i];
            sxy += x[0][i] * x[1][i];
            m++;
        }
    }
    const double slope = (sxy - sx * sy / m) / (sxx - sx * sx / m);
    assert_int_equal(
        ops_table(f, "impute.em", "tolerance: 1e-14", (const double *const *)xs, 2, N, y), MERA_OK);
    for (size_t i = 0; i < N; i++) {
        const double expected = sy / m + slope * (x[0][i] - sx / m);
        assert_close(y[1][i], isnan(x[1][i]) ? expected : x[1][i], 1e-10);
    }
}

/* Means, variances and covariance of two columns. */
typedef struct {
    double mean[2], s[3]; /* s: 00, 01, 11 */
} normal;

/* One round of EM for two columns, written out (Little and Rubin 2002, section 11.2). */
static normal em_round(double x[2][N], const normal *old)
{
    normal new = {{0, 0}, {0, 0, 0}};
    double second[3] = {0, 0, 0};
    for (size_t i = 0; i < N; i++) {
        double z[2] = {x[0][i], x[1][i]}, rest[2] = {0, 0};
        for (size_t j = 0; j < 2; j++) {
            const size_t o = 1 - j;
            const double own = old->s[2 * j], other = old->s[2 * o];
            if (isnan(x[j][i])) {
                const bool known = !isnan(x[o][i]);
                z[j] = old->mean[j] + (known ? old->s[1] / other * (x[o][i] - old->mean[o]) : 0);
                rest[j] = known ? own - old->s[1] * old->s[1] / other : own;
            }
        }
        const bool none = isnan(x[0][i]) && isnan(x[1][i]);
        new.mean[0] += z[0] / N;
        new.mean[1] += z[1] / N;
        second[0] += (z[0] * z[0] + rest[0]) / N;
        second[1] += (z[0] * z[1] + (none ? old->s[1] : 0)) / N;
        second[2] += (z[1] * z[1] + rest[1]) / N;
    }
    new.s[0] = second[0] - new.mean[0] * new.mean[0];
    new.s[1] = second[1] - new.mean[0] * new.mean[1];
    new.s[2] = second[2] - new.mean[1] * new.mean[1];
    return new;
}

static void em_agrees_with_em_written_out_for_two_columns(void **state)
{
    fixture *f = *state;
    double x[2][N], *xs[2], **y = ops_columns(f, 2, N);
    normal now = {{9, -15}, {10, 0, 30}};
    monotone(x, xs);
    x[0][2] = x[0][7] = x[0][18] = NAN;
    for (size_t round = 0; round < 3000; round++) {
        now = em_round(x, &now);
    }
    assert_int_equal(
        ops_table(f, "impute.em", "tolerance: 1e-14", (const double *const *)xs, 2, N, y), MERA_OK);
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < 2; j++) {
            const double conditional =
                now.mean[j] + now.s[1] / now.s[2 - 2 * j] * (x[1 - j][i] - now.mean[1 - j]);
            assert_close(y[j][i], isnan(x[j][i]) ? conditional : x[j][i], 1e-9);
        }
    }
}

static void em_says_when_it_did_not_come_to_rest_and_refuses_too_few_units(void **state)
{
    fixture *f = *state;
    double x[2][N], *xs[2], **y = ops_columns(f, 3, N);
    monotone(x, xs);
    assert_int_equal(
        ops_table(f, "impute.em", "max_iterations: 1", (const double *const *)xs, 2, N, y),
        MERA_OK);
    assert_int_equal(mera_diags_count(f->diags, MERA_WARNING), 1);
    const double *const few[] = {(double[]){1, 2, 4}, (double[]){2, NAN, 1}, (double[]){5, 3, 1}};
    assert_int_equal(ops_table(f, "impute.em", "", few, 3, 3, y), MERA_EINPUT);
    assert_said(f->diags, "3 units for the covariance of 3 indicators; impute.em needs more units "
                          "than indicators");
    assert_int_equal(ops_table(f, "impute.em", "ridge: 0.1", few, 3, 3, y), MERA_OK);
    assert_true(isfinite(y[1][1]));
}

/* All distances by their definition, the k-th least by counting. */
static double brute_neighbour(double x[3][N], size_t i, size_t j, size_t k)
{
    double d[N], range[3], sum = 0, count = 0;
    for (size_t c = 0; c < 3; c++) {
        double low = INFINITY, high = -INFINITY;
        for (size_t u = 0; u < N; u++) {
            low = fmin(low, x[c][u]);
            high = fmax(high, x[c][u]);
        }
        range[c] = high - low;
    }
    for (size_t u = 0; u < N; u++) {
        double squares = 0, common = 0;
        for (size_t c = 0; c < 3; c++) {
            const double difference = (x[c][u] - x[c][i]) / range[c];
            squares += isnan(difference) ? 0 : difference * difference;
            common += isnan(difference) ? 0 : 1;
        }
        d[u] = u == i || isnan(x[j][u]) || common == 0 ? INFINITY : sqrt(squares / common);
    }
    for (size_t u = 0; u < N; u++) {
        size_t nearer = 0;
        for (size_t v = 0; v < N; v++) {
            nearer += d[v] < d[u];
        }
        if (isfinite(d[u]) && nearer < k) {
            sum += x[j][u];
            count++;
        }
    }
    return sum / count;
}

static void neighbours_agree_with_brute_force(void **state)
{
    fixture *f = *state;
    double x[3][N], *xs[3] = {x[0], x[1], x[2]}, **y = ops_columns(f, 3, N);
    for (size_t j = 0; j < 3; j++) {
        for (size_t i = 0; i < N; i++) {
            x[j][i] = noise(77 * j + i) > 0.4 ? NAN : floor(10 * noise(30 * j + i));
        }
        x[j][j] = 4;
    }
    for (size_t k = 1; k < 7; k += 2) {
        const char *params = mera_arena_printf(f->arena, "k: %zu", k);
        assert_int_equal(ops_table(f, "impute.knn", params, (const double *const *)xs, 3, N, y),
                         MERA_OK);
        for (size_t i = 0; i < N; i++) {
            for (size_t j = 0; j < 3; j++) {
                const double expected = isnan(x[j][i]) ? brute_neighbour(x, i, j, k) : x[j][i];
                assert_true(isnan(expected) == isnan(y[j][i]));
                assert_true(isnan(expected) || fabs(y[j][i] - expected) <= 1e-12);
            }
        }
    }
}

/* The same seed gives the same donors, whatever the order; another seed others; every donor of a
 * random hot deck is drawn about as often (chi-squared with 9 degrees of freedom, 99.9 %: 27.9). */
static void hot_deck_draws_are_seeded_and_fair(void **state)
{
    enum { DONORS = 10, GAPS = 2000, ALL = DONORS + GAPS };
    fixture *f = *state;
    double *x = ops_columns(f, 1, ALL)[0], **y = ops_columns(f, 1, ALL);
    double **z = ops_columns(f, 1, ALL), chi = 0;
    size_t drawn[DONORS] = {0}, other = 0;
    const char **name = mera_arena_zero(f->arena, ALL, sizeof *name);
    assert_non_null(name);
    for (size_t i = 0; i < ALL; i++) {
        x[i] = i < DONORS ? (double)i : NAN;
        name[i] = mera_arena_printf(f->arena, "unit %zu", i);
    }
    f->ctx.unit_name = name;
    f->ctx.seed = 1;
    const double *const xs[] = {x};
    assert_int_equal(ops_table(f, "impute.hot_deck", "choose: random", xs, 1, ALL, y), MERA_OK);
    assert_int_equal(ops_table(f, "impute.hot_deck", "choose: random", xs, 1, ALL, z), MERA_OK);
    assert_memory_equal(y[0], z[0], ALL * sizeof(double));
    f->ctx.seed = 2;
    assert_int_equal(ops_table(f, "impute.hot_deck", "choose: random", xs, 1, ALL, z), MERA_OK);
    for (size_t i = DONORS; i < ALL; i++) {
        assert_true(y[0][i] >= 0 && y[0][i] < DONORS && y[0][i] == floor(y[0][i]));
        drawn[(size_t)y[0][i]]++;
        other += y[0][i] != z[0][i];
    }
    for (size_t d = 0; d < DONORS; d++) {
        const double off = (double)drawn[d] - (double)GAPS / DONORS;
        chi += off * off / ((double)GAPS / DONORS);
    }
    assert_true(chi < 27.9);
    assert_true(other > GAPS * 8 / 10); /* nine in ten on average */
}

static void a_nearest_hot_deck_takes_the_most_similar_units_value(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){0, 10, 20, 30, 12}, (double[]){5, 7, 9, NAN, NAN}};
    double **y = ops_columns(f, 2, 5);
    assert_int_equal(ops_table(f, "impute.hot_deck", "", x, 2, 5, y), MERA_OK);
    assert_true(y[1][3] == 9 && y[1][4] == 7);
}

/* The second predictor is twice the first: what is filled in is what the first alone gives. */
static void regression_bears_predictors_that_repeat_each_other(void **state)
{
    fixture *f = *state;
    const double a[] = {1, 2, 3, 4, 5, 6, 7}, b[] = {2, 4, 6, 8, 10, 12, 14};
    const double y7[] = {1.5, 3.5, 6, 8.5, 9, NAN, NAN};
    const double *const both[] = {a, b, y7}, *const one[] = {a, y7};
    double **y = ops_columns(f, 3, 7), **z = ops_columns(f, 2, 7);
    assert_int_equal(ops_table(f, "impute.regression", "", both, 3, 7, y), MERA_OK);
    assert_int_equal(ops_table(f, "impute.regression", "", one, 2, 7, z), MERA_OK);
    /* least squares by hand: mean x 3, mean y 5.7, slope 20 / 10 */
    assert_close(z[1][5], 5.7 + 2 * (6 - 3), 1e-12);
    assert_close(z[1][6], 5.7 + 2 * (7 - 3), 1e-12);
    assert_column(y[2], z[1], 7, 1e-12);
    assert_int_equal(ops_table(f, "impute.regression", "clip: observed", one, 2, 7, z), MERA_OK);
    assert_true(z[1][5] == 9 && z[1][6] == 9);
}

static void regression_says_when_there_are_too_few_units(void **state)
{
    fixture *f = *state;
    static const char *const names[] = {"income", "air", "rent"};
    const double *const x[] = {(double[]){1, 2, 3, 4}, (double[]){2, 1, 4, 3},
                               (double[]){1, 3, NAN, NAN}};
    double **y = ops_columns(f, 3, 4);
    f->ctx.child_name = names;
    assert_int_equal(ops_table(f, "impute.regression", "", x, 3, 4, y), MERA_EINPUT);
    assert_said(f->diags, "indicator 'rent'");
    assert_int_equal(ops_table(f, "impute.regression", "too_few: skip", x, 3, 4, y), MERA_OK);
    assert_missing(y[2][2]);
    assert_int_equal(ops_table(f, "impute.regression", "max_predictors: 1", x, 3, 4, y),
                     MERA_EINPUT); /* a line through two units has no residue to learn from */
}

/* Rows: 0..1 by column, the mean of what the unit has, back onto the column's scale. */
static void row_means_bring_indicators_onto_one_scale_and_mind_direction(void **state)
{
    fixture *f = *state;
    const mera_direction directions[] = {MERA_HIGHER, MERA_LOWER, MERA_HIGHER};
    const double *const x[] = {(double[]){0, 10, 5}, (double[]){100, 300, 200},
                               (double[]){1, 2, NAN}};
    double **y = ops_columns(f, 3, 3);
    f->ctx.child_direction = directions;
    assert_int_equal(ops_table(f, "impute.row_mean", "", x, 3, 3, y), MERA_OK);
    assert_close(y[2][2], 1 + 0.5 * (2 - 1), 1e-15); /* .5 and, from the other end, .5 */
}

/* Ages count in the periods' own unit: 2010 is 5 years from 2015 though it is the next period. */
static void a_panel_value_older_than_max_age_leaves_the_gap(void **state)
{
    fixture *f = *state;
    const double when[] = {2010, 2015, 2016, 2018};
    const double *const x[] = {(double[]){1}, (double[]){NAN}, (double[]){4}, (double[]){NAN}};
    static const struct {
        const char *op, *params;
        double second, last;
    } cases[] = {
        {"impute.panel_latest", "", 1, 4},
        {"impute.panel_latest", "max_age: 5", 1, 4},
        {"impute.panel_latest", "max_age: 4.9", NAN, 4},
        {"impute.panel_latest", "max_age: 1.9", NAN, NAN},
        {"impute.panel_linear", "", 1 + 3 * 5. / 6, 4},
        {"impute.panel_linear", "max_age: 5", 1 + 3 * 5. / 6, 4},
        {"impute.panel_linear", "max_age: 4; ends: false", NAN, NAN},
        {"impute.panel_constant", "max_age: 2", NAN, 4},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        double **y = ops_columns(f, 4, 1);
        int32_t from[4][1], *origin[4] = {from[0], from[1], from[2], from[3]};
        assert_int_equal(ops_panel(f, cases[c].op, cases[c].params, x, when, 4, 1, y, origin),
                         MERA_OK);
        assert_column_of(cases[c].params, y[1], &cases[c].second, 1, 1e-15);
        assert_column_of(cases[c].params, y[3], &cases[c].last, 1, 1e-15);
        assert_true(isnan(y[3][0]) || from[3][0] == 2);
        assert_true(from[0][0] == 0 && from[2][0] == 2);
    }
}

static void what_is_carried_backwards_is_asked_for(void **state)
{
    fixture *f = *state;
    const double when[] = {1, 2, 3};
    const double *const x[] = {(double[]){NAN}, (double[]){7}, (double[]){NAN}};
    double **y = ops_columns(f, 3, 1);
    assert_int_equal(ops_panel(f, "impute.panel_constant", "", x, when, 3, 1, y, NULL), MERA_OK);
    assert_true(y[0][0] == 7 && y[2][0] == 7);
    assert_int_equal(
        ops_panel(f, "impute.panel_constant", "backwards: false", x, when, 3, 1, y, NULL), MERA_OK);
    assert_missing(y[0][0]);
    assert_int_equal(ops_panel(f, "impute.panel_latest", "", x, when, 3, 1, y, NULL), MERA_OK);
    assert_missing(y[0][0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(em_of_a_monotone_pattern_is_a_regression),
        OPS_TEST(em_agrees_with_em_written_out_for_two_columns),
        OPS_TEST(em_says_when_it_did_not_come_to_rest_and_refuses_too_few_units),
        OPS_TEST(neighbours_agree_with_brute_force),
        OPS_TEST(hot_deck_draws_are_seeded_and_fair),
        OPS_TEST(a_nearest_hot_deck_takes_the_most_similar_units_value),
        OPS_TEST(regression_bears_predictors_that_repeat_each_other),
        OPS_TEST(regression_says_when_there_are_too_few_units),
        OPS_TEST(row_means_bring_indicators_onto_one_scale_and_mind_direction),
        OPS_TEST(a_panel_value_older_than_max_age_leaves_the_gap),
        OPS_TEST(what_is_carried_backwards_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
