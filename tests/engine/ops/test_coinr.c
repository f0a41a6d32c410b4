/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Operations against COINr 1.1.14 on R 4.2.2: the open golden cases of ../shared/golden/coinr
 * (functions/ on the columns of vectors_A.csv, treat/ on the ASEM data), at its tolerance of 1e-9.
 * A column whose expectation is empty is one where COINr stops; constant columns are refused here.
 */
#include "ops_test.h"

#include "ops/column.h"
#include "table.h"

static const table *golden(fixture *f, const char *name)
{
    const char *path =
        shared_path(f->arena, mera_arena_printf(f->arena, "golden/coinr/%s.csv", name));
    const table *t = table_read(f->arena, path);
    if (t == NULL) {
        print_message("skipped: there is no %s\n", path);
        skip();
    }
    return t;
}

static bool is_empty(const double *x, size_t n)
{
    return mera_column_count(x, n) == 0;
}

/* Runs an operation on each column of vectors_A that COINr has an answer for; returns how many. */
static size_t check_function(fixture *f, const char *name, const char *op, const char *params)
{
    const table *in = golden(f, "inputs/vectors_A");
    const table *expected = golden(f, mera_arena_printf(f->arena, "functions/%s", name));
    double *y = mera_arena_zero(f->arena, in->n, sizeof *y);
    size_t checked = 0;
    for (size_t j = 0; j < in->k; j++) {
        const double *want = table_column(expected, in->name[j]);
        if (strcmp(in->name[j], "constant") == 0 || want == NULL || is_empty(want, in->n)) {
            continue;
        }
        if (ops_run(f, op, params, in->x[j], in->n, y) != MERA_OK) {
            print_error("%s on %s: %s\n", op, in->name[j], mera_diags_get(f->diags, 0)->message);
            fail();
        }
        assert_column_of(in->name[j], y, want, in->n, 1e-9);
        checked++;
    }
    return checked;
}

static void normalisers_agree(void **state)
{
    fixture *f = *state;
    assert_int_equal(check_function(f, "minmax", "normalise.minmax", ""), 12);
    assert_int_equal(check_function(f, "dist2max", "normalise.minmax", "range: [0, 1]"), 12);
    assert_int_equal(check_function(f, "zscore", "normalise.zscore", ""), 12);
    assert_int_equal(check_function(f, "rank_min", "normalise.rank", "ties: min"), 12);
    assert_int_equal(check_function(f, "rank_max", "normalise.rank", "ties: max"), 12);
    assert_int_equal(check_function(f, "rank_average", "normalise.rank", ""), 12);
    assert_int_equal(check_function(f, "borda", "normalise.borda", "ties: min"), 12);
}

static void percentile_ranks_agree(void **state)
{
    fixture *f = *state;
    const char *op = "normalise.percentile_rank";
    assert_int_equal(check_function(f, "prank_min", op, ""), 12);
    assert_int_equal(check_function(f, "prank_max", op, "ties: max"), 12);
    assert_int_equal(check_function(f, "prank_average", op, "ties: mean"), 12);
}

static void goalposts_agree(void **state)
{
    fixture *f = *state;
    f->ctx.goalpost[0] = 1;
    f->ctx.goalpost[1] = 9;
    assert_int_equal(check_function(f, "goalposts", "normalise.goalposts", ""), 12);
}

static void imputers_agree(void **state)
{
    fixture *f = *state;
    assert_int_equal(check_function(f, "i_mean", "impute.mean", ""), 12);
    assert_int_equal(check_function(f, "i_median", "impute.median", ""), 12);
}

static void logarithms_agree(void **state)
{
    fixture *f = *state;
    assert_true(check_function(f, "log_CT", "treat.log", "shift_by: range") >= 11);
    assert_true(check_function(f, "log_CT_orig", "treat.log", "shift_by: minimum") >= 11);
}

static void winsorising_agrees(void **state)
{
    fixture *f = *state;
    const char *op = "treat.winsorise";
    assert_true(check_function(f, "winsorise_1", op, "max_points: 1") >= 11);
    assert_true(check_function(f, "winsorise_3", op, "max_points: 3") >= 11);
    assert_true(check_function(f, "winsorise_5", op, "") >= 11);
    assert_true(check_function(f, "winsorise_1_2", op, "skewness: 1; kurtosis: 2") >= 11);
}

static void skewness_and_kurtosis_agree(void **state)
{
    fixture *f = *state;
    const table *in = golden(f, "inputs/vectors_A");
    const table *expected = golden(f, "functions/skew_kurt");
    for (size_t i = 0; i < expected->n; i++) {
        mera_moments m;
        const double *x = table_column(in, expected->first[i]);
        assert_non_null(x);
        mera_column_moments(x, in->n, &m);
        const double found[] = {mera_moments_skewness(&m), mera_moments_kurtosis(&m)};
        const double want[] = {expected->x[1][i], expected->x[2][i]};
        assert_column_of(expected->first[i], found, want, 2, 1e-9);
    }
}

/* The rows of matrix_D with a value of 0 or below have no geometric and harmonic mean. */
static void weighted_means_agree(void **state)
{
    fixture *f = *state;
    const double w[] = {1, 2, 0.5, 3, 1};
    const table *in = golden(f, "inputs/matrix_D");
    const table *expected = golden(f, "functions/means");
    const char *const op[] = {"aggregate.arithmetic", "aggregate.geometric", "aggregate.harmonic"};
    const size_t first = in->k - 5;
    size_t checked = 0;
    for (size_t i = 0; i < in->n; i++) {
        const double *x[5];
        for (size_t j = 0; j < 5; j++) {
            x[j] = &in->x[first + j][i];
        }
        for (size_t o = 0; o < 3; o++) {
            double y;
            if (!isnan(expected->x[o][i])) {
                assert_int_equal(ops_aggregate(f, op[o], "", x, w, 5, 1, &y), MERA_OK);
                assert_close(y, expected->x[o][i], 1e-12);
                checked++;
            }
        }
    }
    assert_true(checked > 10);
}

static void check_treated(fixture *f, const char *name, const char *params)
{
    const table *in = golden(f, "pipeline/asem_example_all_steps.screened");
    const table *expected = golden(f, mera_arena_printf(f->arena, "treat/%s", name));
    double *y = mera_arena_zero(f->arena, in->n, sizeof *y);
    size_t checked = 0;
    assert_int_equal(in->n, expected->n);
    for (size_t j = 0; j < expected->k; j++) {
        const double *x = table_column(in, expected->name[j]);
        if (x == NULL || strcmp(expected->name[j], "uCode") == 0) {
            continue;
        }
        assert_int_equal(ops_run(f, "treat.winsorise", params, x, in->n, y), MERA_OK);
        assert_column_of(expected->name[j], y, expected->x[j], in->n, 1e-9);
        checked++;
    }
    assert_int_equal(checked, 49);
}

static void treated_asem_data_agree(void **state)
{
    fixture *f = *state;
    check_treated(f, "w5_logCT", "otherwise: log_ct");
    check_treated(f, "w1_logCT", "max_points: 1; otherwise: log_ct");
    check_treated(f, "w100_only", "max_points: 100");
}

static void counts_of_winsorised_points_agree(void **state)
{
    fixture *f = *state;
    const table *in = golden(f, "pipeline/asem_example_all_steps.screened");
    const table *details = golden(f, "treat/w5_logCT.details");
    const double *points = table_column(details, "winsorise.nwin");
    const double *skewness = table_column(details, "check_SkewKurt1.Skew");
    const double *kurtosis = table_column(details, "check_SkewKurt1.Kurt");
    const mera_op *op;
    const void *params = ops_bind(f, "treat.winsorise", "", &op);
    for (size_t i = 0; i < details->n; i++) {
        mera_fitted fitted;
        const double *x = table_column(in, details->first[i]);
        assert_int_equal(op->fit(op, params, &f->ctx, x, in->n, &fitted), MERA_OK);
        if (isnan(points[i])) {
            assert_true(fitted.v[4] == 0 && isnan(fitted.v[0]) && isnan(fitted.v[1]));
        } else {
            const double want[] = {points[i], skewness[i], kurtosis[i]};
            assert_column_of(details->first[i], fitted.v + 4, want, 3, 1e-9);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(normalisers_agree),
        OPS_TEST(percentile_ranks_agree),
        OPS_TEST(goalposts_agree),
        OPS_TEST(imputers_agree),
        OPS_TEST(logarithms_agree),
        OPS_TEST(winsorising_agrees),
        OPS_TEST(skewness_and_kurtosis_agree),
        OPS_TEST(weighted_means_agree),
        OPS_TEST(treated_asem_data_agree),
        OPS_TEST(counts_of_winsorised_points_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
