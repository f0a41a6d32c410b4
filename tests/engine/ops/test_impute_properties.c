/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What every imputer that looks at several indicators or at several periods must hold to: what was
 * observed stays to the last bit, neither the order of units nor that of indicators matters,
 * another unit of measure gives the same values in the other unit, twins get the same, what comes
 * out is finite. Imputers of one column are in test_column_properties.c.
 */
#include "properties.h"

enum { K = 4, N = 24, PERIODS = 6, UNITS = 7 };

static bool takes_table(const mera_op *op)
{
    return op->table != NULL;
}

static bool takes_panel(const mera_op *op)
{
    return op->panel != NULL;
}

static const variant table_variants[] = {
    {"impute.em", ""},
    {"impute.em", "ridge: 0.01; min_present: 2"},
    {"impute.hot_deck", ""},
    {"impute.hot_deck", "choose: random"},
    {"impute.knn", ""},
    {"impute.knn", "k: 2; weights: distance; distance: manhattan; standardise: deviation"},
    {"impute.regression", ""},
    {"impute.regression", "predictors: [c1, c3]; clip: observed"},
    {"impute.regression", "max_predictors: 1"},
    {"impute.row_mean", ""},
    {NULL, NULL},
};

static const exemption table_exemptions[] = {
    {"impute.hot_deck", "twins", "each unit draws a donor of its own by its name",
     "choose: random"},
    {NULL, NULL, NULL, NULL},
};
static const walk tables = {takes_table, table_variants, table_exemptions, 6};

static const variant panel_variants[] = {
    {"impute.panel_constant", ""},
    {"impute.panel_constant", "max_age: 1; backwards: false"},
    {"impute.panel_latest", ""},
    {"impute.panel_latest", "max_age: 2"},
    {"impute.panel_linear", ""},
    {"impute.panel_linear", "max_age: 2; ends: false"},
    {NULL, NULL},
};
static const exemption no_exemptions[] = {{NULL, NULL, NULL, NULL}};
static const walk panels = {takes_panel, panel_variants, no_exemptions, 3};

typedef struct {
    double x[K][N + 1];
    const char *unit[N + 1], *column[K];
    mera_direction direction[K];
    size_t n;
} sheet;

/* Columns that go together a little, each fourth value or so missing, no unit without any. */
static sheet *sheet_make(fixture *f)
{
    static const char *const names[K] = {"c0", "c1", "c2", "c3"};
    sheet *s = mera_arena_zero(f->arena, 1, sizeof *s);
    assert_non_null(s);
    s->n = N;
    for (size_t j = 0; j < K; j++) {
        s->column[j] = names[j];
        s->direction[j] = j == 2 ? MERA_LOWER : MERA_HIGHER;
        for (size_t i = 0; i < N; i++) {
            const double common = noise(i + 300), own = noise(100 * j + i);
            const bool gap = (i + j) % 5 == 0 && i % 4 == j;
            s->x[j][i] = gap ? NAN : (double)(j + 1) * (50 + 30 * common + 10 * own);
            s->unit[i] = mera_arena_printf(f->arena, "u%zu", i);
        }
    }
    s->unit[N] = "twin";
    return s;
}

static const char *fill(fixture *f, const mera_op *op, const char *params, const sheet *s,
                        double **y)
{
    const double *x[K];
    for (size_t j = 0; j < K; j++) {
        x[j] = s->x[j];
    }
    f->ctx.seed = 42;
    f->ctx.unit_name = s->unit;
    f->ctx.child_name = s->column;
    f->ctx.child_direction = s->direction;
    return ops_table(f, op->name, params, x, K, s->n, y) == MERA_OK ? NULL : what_it_says(f);
}

static const char *check_observed(fixture *f, const mera_op *op, const char *params)
{
    const sheet *s = sheet_make(f);
    double **y = ops_columns(f, K, N);
    const char *seen = fill(f, op, params, s, y);
    size_t gaps = 0;
    for (size_t j = 0; j < K && seen == NULL; j++) {
        for (size_t i = 0; i < N && seen == NULL; i++) {
            gaps += isnan(s->x[j][i]);
            seen = !isnan(s->x[j][i]) ? differs_in_bits(f, &y[j][i], &s->x[j][i], 1)
                   : isfinite(y[j][i])
                       ? NULL
                       : mera_arena_printf(f->arena, "column %zu [%zu] is %g", j, i, y[j][i]);
        }
    }
    assert_true(gaps >= 4 || seen != NULL);
    return seen;
}

static void what_was_observed_stays_and_every_gap_is_filled(void **state)
{
    property_holds(*state, &tables, "observed and filled", check_observed);
}

static const char *check_units(fixture *f, const mera_op *op, const char *params)
{
    const sheet *s = sheet_make(f);
    sheet *t = sheet_make(f);
    double **y = ops_columns(f, K, N), **z = ops_columns(f, K, N), expected[N];
    for (size_t i = 0; i < N; i++) {
        const size_t from = (7 * i + 5) % N;
        t->unit[i] = s->unit[from];
        for (size_t j = 0; j < K; j++) {
            t->x[j][i] = s->x[j][from];
        }
    }
    const char *seen = fill(f, op, params, s, y);
    seen = seen != NULL ? seen : fill(f, op, params, t, z);
    for (size_t j = 0; j < K && seen == NULL; j++) {
        for (size_t i = 0; i < N; i++) {
            expected[i] = y[j][(7 * i + 5) % N];
        }
        seen = differs(f, z[j], expected, N, 1e-9);
    }
    return seen;
}

static void the_order_of_units_does_not_matter(void **state)
{
    property_holds(*state, &tables, "order of units", check_units);
}

static const char *check_columns(fixture *f, const mera_op *op, const char *params)
{
    static const size_t from[K] = {2, 0, 3, 1};
    const sheet *s = sheet_make(f);
    sheet *t = sheet_make(f);
    double **y = ops_columns(f, K, N), **z = ops_columns(f, K, N);
    for (size_t j = 0; j < K; j++) {
        memcpy(t->x[j], s->x[from[j]], sizeof t->x[j]);
        t->column[j] = s->column[from[j]];
        t->direction[j] = s->direction[from[j]];
    }
    const char *seen = fill(f, op, params, s, y);
    seen = seen != NULL ? seen : fill(f, op, params, t, z);
    for (size_t j = 0; j < K && seen == NULL; j++) {
        seen = differs(f, z[j], y[from[j]], N, 1e-9);
    }
    return seen;
}

static void the_order_of_indicators_does_not_matter(void **state)
{
    property_holds(*state, &tables, "order of indicators", check_columns);
}

/* One indicator in thousands: the others' gaps get the same, its own the same in thousands. */
static const char *check_measure(fixture *f, const mera_op *op, const char *params)
{
    const sheet *s = sheet_make(f);
    sheet *t = sheet_make(f);
    double **y = ops_columns(f, K, N), **z = ops_columns(f, K, N);
    for (size_t i = 0; i < N; i++) {
        t->x[1][i] *= 0.001;
    }
    const char *seen = fill(f, op, params, s, y);
    seen = seen != NULL ? seen : fill(f, op, params, t, z);
    for (size_t i = 0; i < N; i++) {
        z[1][i] *= 1000;
    }
    for (size_t j = 0; j < K && seen == NULL; j++) {
        seen = differs(f, z[j], y[j], N, 1e-8);
    }
    return seen;
}

static void the_unit_of_measure_does_not_matter(void **state)
{
    property_holds(*state, &tables, "unit of measure", check_measure);
}

static const char *check_twins(fixture *f, const mera_op *op, const char *params)
{
    sheet *s = sheet_make(f);
    double **y = ops_columns(f, K, N + 1);
    const size_t like = 9;
    bool gap = false;
    s->n = N + 1;
    for (size_t j = 0; j < K; j++) {
        s->x[j][N] = s->x[j][like];
        gap = gap || isnan(s->x[j][like]);
    }
    assert_true(gap);
    const char *seen = fill(f, op, params, s, y);
    for (size_t j = 0; j < K && seen == NULL; j++) {
        seen = differs_in_bits(f, &y[j][N], &y[j][like], 1);
    }
    return seen;
}

static void twins_get_the_same_to_the_last_bit(void **state)
{
    property_holds(*state, &tables, "twins", check_twins);
}

static const char *check_bits(fixture *f, const mera_op *op, const char *params)
{
    const sheet *s = sheet_make(f);
    double **y = ops_columns(f, K, N), **z = ops_columns(f, K, N);
    const char *seen = fill(f, op, params, s, y);
    seen = seen != NULL ? seen : fill(f, op, params, s, z);
    for (size_t j = 0; j < K && seen == NULL; j++) {
        seen = differs_in_bits(f, z[j], y[j], N);
    }
    return seen;
}

static void the_same_table_gives_the_same_bits(void **state)
{
    property_holds(*state, &tables, "determinism", check_bits);
}

/* Fail the first allocation, then the second, until one call gets through. */
static const char *check_memory(fixture *f, const mera_op *op, const char *params)
{
    const sheet *s = sheet_make(f);
    mera_arena *whole = f->arena;
    const mera_op *same;
    const void *bound = ops_bind(f, op->name, params, &same);
    double **y = ops_columns(f, K, N);
    const double *x[K] = {s->x[0], s->x[1], s->x[2], s->x[3]};
    const char *seen = fill(f, op, params, s, y);
    mera_code rc = MERA_ENOMEM;
    for (size_t n = 0; rc != MERA_OK && seen == NULL; n++) {
        f->ctx.arena = mera_arena_new_failing_at(n);
        rc = f->ctx.arena != NULL ? op->table(op, bound, &f->ctx, x, K, N, y) : MERA_ENOMEM;
        mera_arena_free(f->ctx.arena);
        if ((rc != MERA_OK && rc != MERA_ENOMEM) || n > 20000) {
            seen = mera_arena_printf(whole, "code %d at allocation %zu", (int)rc, n);
        }
    }
    f->ctx.arena = whole;
    return seen;
}

static void memory_may_end_anywhere(void **state)
{
    property_holds(*state, &tables, "memory", check_memory);
}

/* ---- over periods ---- */

typedef struct {
    double x[PERIODS][UNITS];
} panel;

static panel *panel_make(fixture *f)
{
    panel *s = mera_arena_zero(f->arena, 1, sizeof *s);
    assert_non_null(s);
    for (size_t p = 0; p < PERIODS; p++) {
        for (size_t i = 0; i < UNITS; i++) {
            s->x[p][i] = i == 6 || noise(50 * p + i) > 0.1 ? NAN : 10 + noise(900 + 50 * p + i);
        }
    }
    s->x[2][0] = 11;
    return s;
}

static const char *carry(fixture *f, const mera_op *op, const char *params, const panel *s,
                         double shift, double **y)
{
    double when[PERIODS] = {2000, 2001, 2003, 2004, 2008, 2009};
    const double *x[PERIODS];
    for (size_t p = 0; p < PERIODS; p++) {
        when[p] += shift;
        x[p] = s->x[p];
    }
    return ops_panel(f, op->name, params, x, when, PERIODS, UNITS, y, NULL) == MERA_OK
               ? NULL
               : what_it_says(f);
}

/* Nothing is invented: within what the unit had; and nothing for who never had any. */
static const char *check_panel(fixture *f, const mera_op *op, const char *params)
{
    const panel *s = panel_make(f);
    double **y = ops_columns(f, PERIODS, UNITS);
    const char *seen = carry(f, op, params, s, 0, y);
    for (size_t i = 0; i < UNITS && seen == NULL; i++) {
        double low = INFINITY, high = -INFINITY;
        for (size_t p = 0; p < PERIODS; p++) {
            low = fmin(low, s->x[p][i]);
            high = fmax(high, s->x[p][i]);
        }
        for (size_t p = 0; p < PERIODS && seen == NULL; p++) {
            if (!isnan(s->x[p][i])) {
                seen = differs_in_bits(f, &y[p][i], &s->x[p][i], 1);
            } else if (!isnan(y[p][i]) && !(y[p][i] >= low && y[p][i] <= high)) {
                seen = mera_arena_printf(f->arena, "period %zu, unit %zu is %g", p, i, y[p][i]);
            }
        }
    }
    return seen;
}

static void panels_fill_between_what_a_unit_had(void **state)
{
    property_holds(*state, &panels, "observed and filled", check_panel);
}

/* Units do not know of each other, nor years of the calendar's beginning. */
static const char *check_panel_order(fixture *f, const mera_op *op, const char *params)
{
    const panel *s = panel_make(f);
    panel *t = panel_make(f);
    double **y = ops_columns(f, PERIODS, UNITS), **z = ops_columns(f, PERIODS, UNITS);
    for (size_t p = 0; p < PERIODS; p++) {
        for (size_t i = 0; i < UNITS; i++) {
            t->x[p][i] = 1000 * s->x[p][(3 * i + 1) % UNITS];
        }
    }
    const char *seen = carry(f, op, params, s, 0, y);
    seen = seen != NULL ? seen : carry(f, op, params, t, 17, z);
    for (size_t p = 0; p < PERIODS && seen == NULL; p++) {
        double expected[UNITS];
        for (size_t i = 0; i < UNITS; i++) {
            expected[i] = 1000 * y[p][(3 * i + 1) % UNITS];
        }
        seen = differs(f, z[p], expected, UNITS, 1e-12);
    }
    return seen;
}

static void panels_know_no_order_no_unit_and_no_era(void **state)
{
    property_holds(*state, &panels, "order of units", check_panel_order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(what_was_observed_stays_and_every_gap_is_filled),
        OPS_TEST(the_order_of_units_does_not_matter),
        OPS_TEST(the_order_of_indicators_does_not_matter),
        OPS_TEST(the_unit_of_measure_does_not_matter),
        OPS_TEST(twins_get_the_same_to_the_last_bit),
        OPS_TEST(the_same_table_gives_the_same_bits),
        OPS_TEST(memory_may_end_anywhere),
        OPS_TEST(panels_fill_between_what_a_unit_had),
        OPS_TEST(panels_know_no_order_no_unit_and_no_era),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
