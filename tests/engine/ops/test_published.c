/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Single operations against published indices, at the exactness that the READMEs of ../shared/data
 * state: what an index needs of each operation, without the rest of the engine.
 */
#include "ops_test.h"

#include "mera/rounding.h"
#include "ops/column.h"
#include "table.h"

static const table *data(fixture *f, const char *file)
{
    const char *path = shared_path(f->arena, mera_arena_printf(f->arena, "data/%s", file));
    const table *t = table_read(f->arena, path);
    if (t == NULL) {
        print_message("skipped: there is no %s\n", path);
        skip();
    }
    return t;
}

static double *column(fixture *f, const table *t, const char *name, double sign, double missing)
{
    const double *x = table_column(t, name);
    double *copy = mera_arena_zero(f->arena, t->n, sizeof *copy);
    assert_non_null(x);
    for (size_t i = 0; i < t->n; i++) {
        copy[i] = x[i] == missing ? NAN : sign * x[i];
    }
    return copy;
}

static void round_half_up(double *x, size_t n, int digits)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = mera_round(x[i], (mera_rounding){MERA_ROUND_HALF_UP, digits});
    }
}

static void run(fixture *f, const char *op, const char *params, const double *x, size_t n,
                double *y)
{
    if (ops_run(f, op, params, x, n, y) != MERA_OK) {
        print_error("%s: %s\n", op, mera_diags_get(f->diags, 0)->message);
        fail();
    }
}

/* CDC SVI 2018: 15 percentile ranks of 3,142 counties, income per head as 1 - P. */
static void svi_percentiles_are_equal(void **state)
{
    static const char *const variable[] = {"POV",   "UNEMP",  "PCI",    "NOHSDP", "AGE65",
                                           "AGE17", "DISABL", "SNGPNT", "MINRTY", "LIMENG",
                                           "MUNIT", "MOBILE", "CROWD",  "NOVEH",  "GROUPQ"};
    fixture *f = *state;
    const table *t = data(f, "us_svi_2018_county/SVI2018_US_COUNTY.csv");
    double *y = mera_arena_zero(f->arena, t->n, sizeof *y);
    assert_int_equal(t->n, 3142);
    for (size_t v = 0; v < sizeof variable / sizeof *variable; v++) {
        const bool income = strcmp(variable[v], "PCI") == 0;
        f->ctx.direction = income ? MERA_LOWER : MERA_HIGHER;
        const double *x =
            column(f, t, mera_arena_printf(f->arena, "EP_%s", variable[v]), income ? -1 : 1, -999);
        run(f, "normalise.percentile_rank", "reverse: complement", x, t->n, y);
        round_half_up(y, t->n, 4);
        const char *epl = mera_arena_printf(f->arena, "EPL_%s", variable[v]);
        assert_column_of(epl, y, column(f, t, epl, 1, -999), t->n, 1e-15);
    }
}

/* PNUD 2013: (espvida - 25) / 60 half up to 3 decimals; income in logarithms, capped at 1. */
static void idhm_sub_indices_and_total_are_exact(void **state)
{
    fixture *f = *state;
    const table *t = data(f, "br_idhm_1991_2010/municipios.csv");
    double *life = mera_arena_zero(f->arena, t->n, sizeof *life);
    double *income = mera_arena_zero(f->arena, t->n, sizeof *income);
    double *total = mera_arena_zero(f->arena, t->n, sizeof *total);
    const double third[] = {1, 1, 1};
    assert_int_equal(t->n, 16695);
    f->ctx.goalpost[0] = 25;
    f->ctx.goalpost[1] = 85;
    run(f, "normalise.goalposts", "range: [0, 1]", table_column(t, "espvida"), t->n, life);
    round_half_up(life, t->n, 3);
    assert_column_of("idhm_l", life, table_column(t, "idhm_l"), t->n, 1e-15);
    f->ctx.goalpost[0] = 8;
    f->ctx.goalpost[1] = 4033;
    run(f, "normalise.goalposts", "range: [0, 1]; log: true; clamp: above", table_column(t, "rdpc"),
        t->n, income);
    round_half_up(income, t->n, 3);
    assert_column_of("idhm_r", income, table_column(t, "idhm_r"), t->n, 1e-15);
    const double *const children[] = {life, income, table_column(t, "idhm_e")};
    assert_int_equal(ops_aggregate(f, "aggregate.geometric", "", children, third, 3, t->n, total),
                     MERA_OK);
    round_half_up(total, t->n, 3);
    assert_column_of("idhm", total, table_column(t, "idhm"), t->n, 1e-15);
}

/* UK Data Service 2011: quintiles of the published score; their order is that of the scores. */
static void townsend_quintiles_are_equal(void **state)
{
    fixture *f = *state;
    const table *t = data(f, "uk_townsend_2011_ward/scores.csv");
    const double *published = table_column(t, "quintile");
    int32_t *class_of = mera_arena_zero(f->arena, t->n, sizeof *class_of);
    mera_text_list labels;
    const mera_op *op;
    const void *params = ops_bind(f, "classify.quantiles", "", &op);
    assert_int_equal(t->n, 9481);
    assert_int_equal(
        op->classify(op, params, &f->ctx, table_column(t, "TDS"), NULL, t->n, class_of, &labels),
        MERA_OK);
    for (size_t i = 0; i < t->n; i++) {
        assert_int_equal(class_of[i] + 1, (int)published[i]);
    }
}

/* Welsh Government 2019: deciles of the published ranks. */
static void wimd_deciles_are_equal(void **state)
{
    static const char *const domain[] = {"IMD", "Income", "Health", "Housing"};
    fixture *f = *state;
    const table *t = data(f, "wales_wimd_2019/wimd2019_lsoa.csv");
    int32_t *class_of = mera_arena_zero(f->arena, t->n, sizeof *class_of);
    mera_text_list labels;
    const mera_op *op;
    const void *params = ops_bind(f, "classify.rank_groups", "", &op);
    for (size_t d = 0; d < sizeof domain / sizeof *domain; d++) {
        const double *rank = table_column(t, mera_arena_printf(f->arena, "%s_rank", domain[d]));
        const double *decile = table_column(t, mera_arena_printf(f->arena, "%s_decile", domain[d]));
        assert_int_equal(op->classify(op, params, &f->ctx, NULL, rank, t->n, class_of, &labels),
                         MERA_OK);
        for (size_t i = 0; i < t->n; i++) {
            assert_int_equal(class_of[i] + 1, (int)decile[i]);
        }
    }
}

/* UNDP 2021/22: three goalposts, a cap at 1 before the mean of schooling, a geometric mean. */
static void hdi_of_2021_is_equal(void **state)
{
    fixture *f = *state;
    const table *t = data(f, "undp_hdi_2010_2021/hdi.csv");
    static const char *const name[] = {"le_2021", "eys_2021", "mys_2021", "gnipc_2021"};
    static const double post[][2] = {{20, 85}, {0, 18}, {0, 15}, {100, 75000}};
    const double equal[] = {1, 1, 1};
    double *y[4], *education = mera_arena_zero(f->arena, t->n, sizeof *education);
    double *hdi = mera_arena_zero(f->arena, t->n, sizeof *hdi);
    for (size_t j = 0; j < 4; j++) {
        y[j] = mera_arena_zero(f->arena, t->n, sizeof *y[j]);
        memcpy(f->ctx.goalpost, post[j], sizeof post[j]);
        run(f, "normalise.goalposts", j == 3 ? "range: [0, 1]; log: true" : "range: [0, 1]",
            table_column(t, name[j]), t->n, y[j]);
    }
    const double *const schooling[] = {y[1], y[2]};
    const double *const children[] = {y[0], education, y[3]};
    assert_int_equal(
        ops_aggregate(f, "aggregate.arithmetic", "", schooling, equal, 2, t->n, education),
        MERA_OK);
    assert_int_equal(ops_aggregate(f, "aggregate.geometric", "", children, equal, 3, t->n, hdi),
                     MERA_OK);
    round_half_up(hdi, t->n, 3);
    const double *published = table_column(t, "hdi_2021");
    size_t checked = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (!isnan(published[i])) {
            assert_close(hdi[i], published[i], 1e-15);
            checked++;
        }
    }
    assert_int_equal(checked, 191);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(svi_percentiles_are_equal),    OPS_TEST(idhm_sub_indices_and_total_are_exact),
        OPS_TEST(townsend_quintiles_are_equal), OPS_TEST(wimd_deciles_are_equal),
        OPS_TEST(hdi_of_2021_is_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
