/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Main effects, Shapley shares and the importance of parts of a node: by hand, against relaimpo's
 * published answer, and against the same definitions in exact fractions or by another road.
 */
#include "run_fixture.h"

#include "analysis/main_effect.h"
#include "mera/analysis.h"
#include "ops/covariance.h"
#include "ops/shapley.h"
#include "swiss.h"

/* ---- Shapley shares of R2 ---- */

static mera_regressors swiss_regressors(mera_arena *arena)
{
    static double column[SWISS_COLUMNS][SWISS_UNITS], r[25], ry[5];
    const double *x[SWISS_COLUMNS];
    mera_covariance c;
    swiss_columns(column);
    for (int j = 0; j < SWISS_COLUMNS; j++) {
        x[j] = column[j];
    }
    assert_int_equal(
        mera_covariance_of(x, SWISS_COLUMNS, SWISS_UNITS, MERA_CASES_COMPLETE, arena, &c), MERA_OK);
    for (int a = 0; a < 5; a++) {
        ry[a] = c.correlation[a + 1];
        for (int b = 0; b < 5; b++) {
            r[a * 5 + b] = c.correlation[(a + 1) * SWISS_COLUMNS + b + 1];
        }
    }
    return (mera_regressors){.k = 5, .r = r, .ry = ry};
}

/* LMG of relaimpo for this regression: 0.0571, 0.1712, 0.2601, 0.1056, 0.1128 of R2 0.7067; more
 * digits by all 120 orders in exact fractions. */
static const double swiss_lmg[] = {0.057091220768091255, 0.17117302890023417, 0.2601346786243846,
                                   0.10557015037349367, 0.11276592292652184};

static void shapley_shares_of_the_swiss_districts(void **state)
{
    run_fixture *f = *state;
    const mera_regressors x = swiss_regressors(f->arena);
    double share[5], r2;
    assert_int_equal(mera_shapley_exact(&x, f->arena, share, &r2), MERA_OK);
    assert_close(r2, 0.7067350015927255, 1e-12);
    for (int j = 0; j < 5; j++) {
        assert_close(share[j], swiss_lmg[j], 1e-11);
    }
}

static void shapley_shares_from_random_orders(void **state)
{
    run_fixture *f = *state;
    const mera_regressors x = swiss_regressors(f->arena);
    double share[5], again[5], error[5], r2, sum = 0;
    assert_int_equal(mera_shapley_sampled(&x, 4000, 7, f->arena, share, error, &r2), MERA_OK);
    assert_int_equal(mera_shapley_sampled(&x, 4000, 7, f->arena, again, error, &r2), MERA_OK);
    assert_close(r2, 0.7067350015927255, 1e-12);
    for (int j = 0; j < 5; j++) {
        assert_true(share[j] == again[j]);
        assert_true(error[j] > 0 && error[j] < 0.002);
        assert_true(fabs(share[j] - swiss_lmg[j]) < 4 * error[j]); /* 4 standard errors */
        sum += share[j];
    }
    assert_close(sum, r2, 1e-12); /* every order sums to R2 */
}

static void a_twin_column_shares_and_adds_nothing(void **state)
{
    run_fixture *f = *state;
    /* two copies of one column with r = 0.6, and one without correlation to it, r = 0.5 */
    const double r[] = {1, 1, 0, 1, 1, 0, 0, 0, 1}, ry[] = {0.6, 0.6, 0.5};
    const mera_regressors x = {.k = 3, .r = r, .ry = ry};
    double share[3], r2;
    assert_int_equal(mera_shapley_exact(&x, f->arena, share, &r2), MERA_OK);
    assert_close(r2, 0.61, 1e-14);
    assert_close(share[0], 0.18, 1e-14);
    assert_close(share[1], 0.18, 1e-14);
    assert_close(share[2], 0.25, 1e-14);
}

/* ---- main effects ---- */

/* Another road: Green and Silverman's cardinal splines (Q, R and second derivatives at the knots)
 * on the same ten knots, GCV to its last digits. Three of the five are straight: r2. */
static void main_effects_of_the_swiss_districts(void **state)
{
    static const double known[] = {0.3140952096732794, 0.41716447050059063, 0.4406156467239235,
                                   0.540946682301669, 0.17351892732486227};
    run_fixture *f = *state;
    static double column[SWISS_COLUMNS][SWISS_UNITS];
    swiss_columns(column);
    for (int j = 0; j < 5; j++) {
        double share;
        assert_int_equal(
            mera_main_effect(column[j + 1], column[0], SWISS_UNITS, 10, f->arena, &share), MERA_OK);
        assert_close(share, known[j], 1e-6);
    }
}

static void a_straight_line_is_explained_whole_and_a_curve_too(void **state)
{
    run_fixture *f = *state;
    double x[41], line[41], curve[41], share;
    for (int i = 0; i < 41; i++) {
        x[i] = i - 20;
        line[i] = 7 - 3 * x[i];
        curve[i] = x[i] * x[i]; /* correlation 0 */
    }
    assert_int_equal(mera_main_effect(x, line, 41, 10, f->arena, &share), MERA_OK);
    assert_close(share, 1, 1e-9);
    assert_int_equal(mera_main_effect(x, curve, 41, 10, f->arena, &share), MERA_OK);
    assert_true(share > 0.99 && share <= 1);
}

static void no_main_effect_without_variation_or_with_gaps(void **state)
{
    run_fixture *f = *state;
    const double x[] = {1, 2, 3, 4}, same[] = {5, 5, 5, 5}, gap[] = {1, NAN, 2, 3};
    double share = 0;
    assert_int_equal(mera_main_effect(x, same, 4, 10, f->arena, &share), MERA_OK);
    assert_missing(share);
    assert_int_equal(mera_main_effect(same, x, 4, 10, f->arena, &share), MERA_OK);
    assert_missing(share);
    assert_int_equal(mera_main_effect(x, gap, 4, 10, f->arena, &share), MERA_OK);
    assert_missing(share);
    assert_int_equal(mera_main_effect(x, x, 2, 10, f->arena, &share), MERA_OK);
    assert_missing(share);
}

/* ---- of a node ---- */

static const char *const flat_yaml =
    "mera: 1\nid: t\nunits: {key: key}\n"
    "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
    "steps: {normalise: none, aggregate: arithmetic}\n"
    "framework: {id: root, indicators: {a: 3, b: 1}}\n";
/* all four combinations: a and b do not go together */
static const char *const flat_table = "key,a,b\nA,-1,-1\nB,-1,1\nC,1,-1\nD,1,1\n";

static mera_importance_of_node node_importance(run_fixture *f, const char *id, bool indicators,
                                               mera_sheet *sheet)
{
    const mera_importance_ask ask = {.indicators = indicators};
    mera_importance_of_node made;
    const size_t node = mera_methodology_node(f->result->methodology, id);
    assert_int_equal(mera_sheet_of(f->result, 0, MERA_STAGE_NORMALISED, f->arena, sheet), MERA_OK);
    assert_int_equal(mera_importance_in(f->result, sheet, node, &ask, f->arena, &made), MERA_OK);
    return made;
}

/* y = (3 a + b) / 4: variances 9/16 and 1/16 of 10/16 */
static void two_parts_that_do_not_go_together_by_hand(void **state)
{
    run_fixture *f = *state;
    mera_sheet sheet;
    run_must(f, flat_yaml, flat_table);
    const mera_importance_of_node made = node_importance(f, "root", false, &sheet);
    const double nominal[] = {0.75, 0.25}, share[] = {0.9, 0.1};
    assert_int_equal(made.n_units, 4);
    assert_int_equal(made.n, 2);
    assert_true(made.exact);
    assert_close(made.r2, 1, 1e-14);
    for (int j = 0; j < 2; j++) {
        assert_close(made.part[j].nominal, nominal[j], 1e-15);
        assert_close(made.part[j].r2, share[j], 1e-14);
        assert_close(made.part[j].main_effect, share[j], 1e-9);
        assert_close(made.part[j].linear, share[j], 1e-14);
        assert_close(made.part[j].shapley, share[j], 1e-14);
        assert_true(made.part[j].shapley_error == 0);
    }
    assert_close(made.divergence, 1 / 3.0 - 1 / 9.0, 1e-8);
}

static void a_constant_part_counts_nothing_and_says_so(void **state)
{
    run_fixture *f = *state;
    mera_sheet sheet;
    run_must(f, flat_yaml, "key,a,b\nA,1,5\nB,2,5\nC,3,5\nD,7,5\n");
    const mera_importance_of_node made = node_importance(f, "root", false, &sheet);
    assert_close(made.part[0].shapley, 1, 1e-14);
    assert_close(made.r2, 1, 1e-14);
    assert_missing(made.part[1].r);
    assert_missing(made.part[1].main_effect);
    assert_missing(made.part[1].shapley);
    assert_true(made.part[1].linear == 0);
}

static void two_units_are_too_few(void **state)
{
    run_fixture *f = *state;
    mera_sheet sheet;
    run_must(f, flat_yaml, "key,a,b\nA,1,5\nB,2,7\nC,3,.\n");
    const mera_importance_of_node made = node_importance(f, "root", false, &sheet);
    assert_int_equal(made.n_units, 2);
    assert_missing(made.r2);
    assert_missing(made.divergence);
    assert_missing(made.part[0].r);
    assert_missing(made.part[1].linear);
}

static const char *const deep_yaml =
    "mera: 1\nid: t\nunits: {key: key}\n"
    "indicators:\n  a: &i {direction: higher}\n  b: *i\n  c: *i\n  d: *i\n"
    "steps: {normalise: none, aggregate: arithmetic}\n"
    "framework:\n  id: root\n  nodes:\n"
    "    - {id: left, weight: 3, indicators: {a: 1, b: 3}}\n"
    "    - {id: right, weight: 1, indicators: {b: 1, c: 4}}\n"
    "    - {id: none, weight: 0, indicators: [d]}\n";

static size_t sheet_place(const mera_sheet *sheet, const char *id)
{
    for (size_t c = 0; c < sheet->k; c++) {
        if (strcmp(sheet->id[c], id) == 0) {
            return c;
        }
    }
    fail();
    return 0;
}

/* an indicator under two nodes weighs 3/4 * 3/4 + 1/4 * 1/5 */
static void a_sheet_knows_parents_levels_and_weights(void **state)
{
    run_fixture *f = *state;
    mera_sheet sheet;
    run_must(f, deep_yaml, "key,a,b,c,d\nA,4,1,2,1\nB,3,2,9,2\nC,1,4,3,7\n");
    assert_int_equal(mera_sheet_of(f->result, 0, MERA_STAGE_NORMALISED, f->arena, &sheet), MERA_OK);
    assert_int_equal(sheet.k, 8);
    assert_int_equal(sheet.n_nodes, 4);
    const size_t b = sheet_place(&sheet, "b"), left = sheet_place(&sheet, "left");
    assert_int_equal(sheet.parent[b], left);
    assert_true(sheet.parent[0] == SIZE_MAX);
    assert_int_equal(sheet.level[b], 1);
    assert_int_equal(sheet.level[left], 2);
    assert_int_equal(sheet.level[0], 3);
    assert_close(sheet.weight[left], 0.75, 1e-15);
    assert_close(sheet.effective[b], 9 / 16.0 + 1 / 20.0, 1e-15);
    assert_true(sheet.effective[sheet_place(&sheet, "d")] == 0);
    assert_true(sheet.x[b][2] == 4);
    assert_int_equal(mera_sheet_of(f->result, 1, MERA_STAGE_NORMALISED, f->arena, &sheet),
                     MERA_EUSAGE);
}

static void indicators_below_a_node_have_their_shares(void **state)
{
    run_fixture *f = *state;
    mera_sheet sheet;
    run_must(f, deep_yaml, "key,a,b,c,d\nA,4,1,2,1\nB,3,2,9,2\nC,1,4,3,7\nD,5,8,1,3\nE,2,2,5,5\n");
    const mera_importance_of_node made = node_importance(f, "root", true, &sheet);
    assert_int_equal(made.n, 3); /* d weighs nothing */
    assert_string_equal(sheet.id[made.part[1].column], "b");
    assert_close(made.part[1].nominal, 9 / 16.0 + 1 / 20.0, 1e-15);
    double linear = 0, shapley = 0;
    for (size_t j = 0; j < made.n; j++) {
        linear += made.part[j].linear;
        shapley += made.part[j].shapley;
    }
    assert_close(linear, 1, 1e-12); /* the index is the weighted mean */
    assert_close(shapley, 1, 1e-9);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        TEST(shapley_shares_of_the_swiss_districts),
        TEST(shapley_shares_from_random_orders),
        TEST(a_twin_column_shares_and_adds_nothing),
        TEST(main_effects_of_the_swiss_districts),
        TEST(a_straight_line_is_explained_whole_and_a_curve_too),
        TEST(no_main_effect_without_variation_or_with_gaps),
        TEST(two_parts_that_do_not_go_together_by_hand),
        TEST(a_constant_part_counts_nothing_and_says_so),
        TEST(two_units_are_too_few),
        TEST(a_sheet_knows_parents_levels_and_weights),
        TEST(indicators_below_a_node_have_their_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
