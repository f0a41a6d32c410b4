/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Treatment and imputation against COINr: the families treat, impute and impute_panel of its golden
 * cases, at the tolerance of each. Cases marked as defects are left out.
 */
#include "coinr_test.h"

#include "ops/column.h"

/* ---- treat ------------------------------------------------------------------------------- */

/* One column of a case: treated values, and what the table of details says. */
static void check_treated_column(fixture *f, const char *name, const char *op, const char *params,
                                 const double *x, const table *expected, const table *details)
{
    const mera_op *found;
    const void *bound = ops_bind(f, op, params, &found);
    double *y = mera_arena_zero(f->arena, expected->n, sizeof *y);
    mera_fitted fitted;
    assert_int_equal(found->fit(found, bound, &f->ctx, x, expected->n, &fitted), MERA_OK);
    assert_int_equal(found->apply(found, bound, &f->ctx, &fitted, x, expected->n, y), MERA_OK);
    assert_column_of(name, y, table_column(expected, name), expected->n, 1e-9);
    const size_t row = details != NULL ? coinr_row(details, "iCode", name) : SIZE_MAX;
    if (row == SIZE_MAX || strcmp(op, "treat.chain") != 0) {
        return;
    }
    static const char *const key[] = {"winsorise.nwin",       "check_SkewKurt0.Skew",
                                      "check_SkewKurt0.Kurt", "check_SkewKurt1.Skew",
                                      "check_SkewKurt1.Kurt", "check_SkewKurt2.Skew",
                                      "check_SkewKurt2.Kurt"};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        const double *want = table_column(details, key[i]);
        if (want != NULL) {
            assert_column_of(key[i], fitted.v + 14 + i, want + row, 1, 1e-9);
        }
    }
}

static void check_treated(fixture *f, const char *name, const char *data, const char *op,
                          const char *params)
{
    const table *in = coinr_table(f, data);
    const table *expected = coinr_golden(f, "treat", name);
    const table *details =
        coinr_golden(f, "treat", mera_arena_printf(f->arena, "%s.details", name));
    for (size_t j = 1; j < expected->k; j++) {
        const double *x = coinr_like(f, in, expected, expected->name[j]);
        check_treated_column(f, expected->name[j], op, params, x, expected, details);
    }
    assert_int_equal(expected->k, 50);
}

static void chains_of_treatments_agree(void **state)
{
    fixture *f = *state;
    const char *op = "treat.chain";
    check_treated(f, "w5_logCT", COINR_SCREENED, op, "");
    check_treated(f, "w1_logCT", COINR_SCREENED, op, "max_points: 1");
    check_treated(f, "w3_logCTplus_1_2", COINR_SCREENED, op,
                  "max_points: 3; skewness: 1; kurtosis: 2; then: log_ct_plus");
    check_treated(f, "w100_only", COINR_SCREENED, op, "max_points: 100; then: none");
    check_treated(f, "w0_logCTorig", COINR_SCREENED, op, "max_points: 0; then: log_ct_orig");
    check_treated(f, "w0_boxcox05", COINR_SCREENED, op, "max_points: 0; then: boxcox; lambda: 0.5");
    check_treated(f, "combine_w2_logCT", COINR_SCREENED, op, "max_points: 2; combine: true");
    check_treated(f, "na_w5_logCT", COINR_GAPS, op, "");
    check_treated(f, "na_w2_logCTorig_15_3", COINR_GAPS, op,
                  "max_points: 2; skewness: 1.5; kurtosis: 3; then: log_ct_orig");
    check_treated(f, "qtreat_D", COINR_GAPS, op, "max_points: 1; skewness: 1.5; kurtosis: 3");
}

static void winsorising_and_a_transform_agree(void **state)
{
    fixture *f = *state;
    const char *op = "treat.winsorise";
    check_treated(f, "w3_logCTplus_1_2", COINR_SCREENED, op,
                  "max_points: 3; skewness: 1; kurtosis: 2; otherwise: log_ct_plus");
    check_treated(f, "w0_logCTorig", COINR_SCREENED, op, "max_points: 0; otherwise: log_ct_orig");
    check_treated(f, "w0_boxcox05", COINR_SCREENED, op,
                  "max_points: 0; otherwise: boxcox; lambda: 0.5");
    check_treated(f, "combine_w2_logCT", COINR_SCREENED, op,
                  "max_points: 2; otherwise: log_ct; combine: true");
    check_treated(f, "qtreat_D", COINR_GAPS, op,
                  "max_points: 1; skewness: 1.5; kurtosis: 3; otherwise: log_ct");
}

static void treatments_of_single_indicators_agree(void **state)
{
    fixture *f = *state;
    const table *in = coinr_table(f, COINR_SCREENED);
    const table *expected = coinr_golden(f, "treat", "indiv_A");
    const table *details = coinr_golden(f, "treat", "indiv_A.details");
    for (size_t j = 1; j < expected->k; j++) {
        const char *name = expected->name[j];
        const double *x = coinr_like(f, in, expected, name);
        const char *params = strcmp(name, "Flights") == 0    ? "first: none; then: none"
                             : strcmp(name, "Goods") == 0    ? "max_points: 0"
                             : strcmp(name, "Research") == 0 ? "max_points: 2; then: log_ct_orig"
                                                             : "";
        check_treated_column(f, name, "treat.chain", params, x, expected,
                             strcmp(name, "Flights") == 0 ? NULL : details);
    }
}

/* ---- impute ------------------------------------------------------------------------------ */

/* The columns of indicators under one parent, or of all when `parent` is NULL. */
static size_t table_of(fixture *f, const table *in, const table *meta, const table *expected,
                       const char *parent, const double **x, const char **name)
{
    static mera_direction direction[64];
    size_t k = 0;
    for (size_t j = 1; j < expected->k; j++) {
        const char *indicator = expected->name[j];
        if (parent == NULL || strcmp(coinr_text(meta, indicator, "Parent"), parent) == 0) {
            name[k] = indicator;
            direction[k] =
                coinr_number(meta, indicator, "Direction") < 0 ? MERA_LOWER : MERA_HIGHER;
            x[k++] = coinr_like(f, in, expected, indicator);
        }
    }
    f->ctx.child_name = name;
    f->ctx.child_direction = direction;
    return k;
}

static size_t check_table(fixture *f, const char *golden_name, const char *op, const char *params,
                          const char *parent, double rel)
{
    const table *in = coinr_table(f, COINR_GAPS), *meta = coinr_table(f, COINR_META);
    const table *expected = coinr_golden(f, "impute", golden_name);
    const double *x[64];
    const char *name[64];
    const size_t k = table_of(f, in, meta, expected, parent, x, name);
    double **y = ops_columns(f, k, expected->n);
    if (ops_table(f, op, params, x, k, expected->n, y) != MERA_OK) {
        print_error("%s of %s: %s\n", op, parent, mera_diags_get(f->diags, 0)->message);
        fail();
    }
    for (size_t j = 0; j < k; j++) {
        assert_column_of(name[j], y[j], table_column(expected, name[j]), expected->n, rel);
    }
    return k;
}

static void check_pillars(fixture *f, const char *name, const char *op, const char *params,
                          double rel)
{
    static const char *const pillar[] = {"Physical", "ConEcFin", "Political", "Instit",
                                         "P2P",      "Environ",  "Social",    "SusEcFin"};
    size_t k = 0;
    for (size_t i = 0; i < sizeof pillar / sizeof *pillar; i++) {
        k += check_table(f, name, op, params, pillar[i], rel);
    }
    assert_int_equal(k, 49);
}

static void imputing_by_rows_agrees(void **state)
{
    fixture *f = *state;
    assert_int_equal(check_table(f, "row_mean_all", "impute.row_mean", "", NULL, 1e-9), 49);
    check_pillars(f, "row_mean_level2", "impute.row_mean", "", 1e-9);
}

static void imputing_by_em_agrees(void **state)
{
    fixture *f = *state;
    check_pillars(f, "em_level2_A", "impute.em", "", 1e-6);
}

static void imputing_by_columns_agrees(void **state)
{
    fixture *f = *state;
    const table *in = coinr_table(f, COINR_GAPS), *expected = coinr_golden(f, "impute", "mean");
    double *y = mera_arena_zero(f->arena, expected->n, sizeof *y);
    for (size_t j = 1; j < expected->k; j++) {
        const double *x = coinr_like(f, in, expected, expected->name[j]);
        assert_int_equal(ops_run(f, "impute.mean", "", x, expected->n, y), MERA_OK);
        assert_column_of(expected->name[j], y, expected->x[j], expected->n, 1e-9);
    }
}

/* Fits and applies group by group, as the plan does with `by:`. */
static void check_grouped(fixture *f, const char *name, const char *op, const char *group)
{
    const table *in = coinr_table(f, COINR_GAPS), *expected = coinr_golden(f, "impute", name);
    const char *const *label = in->text[coinr_place(in, group)];
    const size_t code = coinr_place(expected, "uCode");
    for (size_t j = 1; j < expected->k; j++) {
        const double *x = coinr_like(f, in, expected, expected->name[j]);
        for (size_t i = 0; i < expected->n; i++) {
            double part[64], want[64], y[64];
            const char *own = label[coinr_row(in, "uCode", expected->text[code][i])];
            size_t n = 0;
            for (size_t u = 0; u < expected->n; u++) {
                if (strcmp(label[coinr_row(in, "uCode", expected->text[code][u])], own) == 0) {
                    part[n] = x[u];
                    want[n++] = expected->x[j][u];
                }
            }
            assert_int_equal(ops_run(f, op, "", part, n, y), MERA_OK);
            assert_column_of(expected->name[j], y, want, n, 1e-9);
        }
    }
}

static void imputing_by_groups_agrees(void **state)
{
    fixture *f = *state;
    check_grouped(f, "mean_grp_GDP", "impute.group_mean", "GDP_group");
    check_grouped(f, "median_grp_Pop", "impute.group_median", "Pop_group");
}

/* ---- impute_panel ------------------------------------------------------------------------ */

enum { PANEL_UNITS = 51, PANEL_YEARS = 5, PANEL_FIRST = 2018 };

/* A column of a panel as periods x units, in the order of units of `like`'s first year. */
static double **panel_of(fixture *f, const table *t, const char *const *unit, const char *name)
{
    double **x = ops_columns(f, PANEL_YEARS, PANEL_UNITS);
    const double *year = table_column(t, "Time"), *value = table_column(t, name);
    const size_t code = coinr_place(t, "uCode");
    for (size_t i = 0; i < t->n; i++) {
        for (size_t u = 0; u < PANEL_UNITS; u++) {
            if (strcmp(t->text[code][i], unit[u]) == 0) {
                x[(size_t)year[i] - PANEL_FIRST][u] = value[i];
            }
        }
    }
    return x;
}

static void panel_check_column(fixture *f, const table *in, const table *expected,
                               const table *years, const char *name, const char *op,
                               const char *params)
{
    static const double when[PANEL_YEARS] = {2018, 2019, 2020, 2021, 2022};
    int32_t origin[PANEL_YEARS][PANEL_UNITS], *from[PANEL_YEARS];
    const char *const *unit =
        in->text[coinr_place(in, "uCode")]; /* the first year's rows come first */
    double **x = panel_of(f, in, unit, name), **y = ops_columns(f, PANEL_YEARS, PANEL_UNITS);
    double **want = panel_of(f, expected, unit, name);
    double **source = years != NULL ? panel_of(f, years, unit, name) : NULL;
    for (size_t p = 0; p < PANEL_YEARS; p++) {
        from[p] = origin[p];
    }
    assert_int_equal(
        ops_panel(f, op, params, (const double *const *)x, when, PANEL_YEARS, PANEL_UNITS, y, from),
        MERA_OK);
    for (size_t p = 0; p < PANEL_YEARS; p++) {
        assert_column_of(name, y[p], want[p], PANEL_UNITS, 1e-9);
        for (size_t u = 0; source != NULL && u < PANEL_UNITS; u++) {
            const bool open = isnan(y[p][u]);
            assert_true(open ? isnan(source[p][u]) : source[p][u] == when[origin[p][u]]);
        }
    }
}

static void check_panel(fixture *f, const char *name, const char *op, const char *params,
                        bool years)
{
    const table *in = coinr_golden(f, "inputs", "asem_panel_na_A");
    const table *expected = coinr_golden(f, "impute_panel", name);
    const table *source =
        years ? coinr_golden(f, "impute_panel", mera_arena_printf(f->arena, "%s.years", name))
              : NULL;
    size_t checked = 0;
    for (size_t j = 0; j < expected->k; j++) {
        const char *column = expected->name[j];
        if (strcmp(column, "uCode") != 0 && strcmp(column, "Time") != 0) {
            const mera_arena_mark mark = mera_arena_mark_now(f->arena);
            panel_check_column(f, in, expected, source, column, op, params);
            mera_arena_rewind(f->arena, mark);
            checked++;
        }
    }
    assert_int_equal(checked, 49);
}

static void imputing_over_periods_agrees(void **state)
{
    fixture *f = *state;
    check_panel(f, "latest", "impute.panel_latest", "", true);
    check_panel(f, "latest_max2", "impute.panel_latest", "max_age: 2", true);
    check_panel(f, "linear", "impute.panel_linear", "", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(chains_of_treatments_agree),
        OPS_TEST(winsorising_and_a_transform_agree),
        OPS_TEST(treatments_of_single_indicators_agree),
        OPS_TEST(imputing_by_rows_agrees),
        OPS_TEST(imputing_by_em_agrees),
        OPS_TEST(imputing_by_columns_agrees),
        OPS_TEST(imputing_by_groups_agrees),
        OPS_TEST(imputing_over_periods_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
