/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Twins: an operation in C and the same in Lua give the same numbers, fitted on one set and applied
 * to another, with gaps and ties. Normalisers are those of twins.lua; means are formulas of a node.
 */
#include "lua_fixture.h"

enum { N = 40, M = 25 };

static double noise(uint64_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-53;
}

/* Between 1 and 100, a third of them whole numbers that repeat, some missing. */
static void column(double *x, size_t n, uint64_t from, bool gaps)
{
    for (size_t i = 0; i < n; i++) {
        const double value = 1 + 99 * noise(from + i);
        x[i] = gaps && i % 6 == 4 ? NAN : i % 3 == 0 ? ceil(value / 20) * 20 : value;
    }
}

static void assert_same(const char *what, const double *y, const double *z, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!(isnan(z[i]) ? isnan(y[i]) : fabs(y[i] - z[i]) <= 1e-13 * fmax(1, fabs(z[i])))) {
            print_error("%s [%zu]: Lua gives %.17g, C %.17g\n", what, i, y[i], z[i]);
            fail();
        }
    }
}

static void run(fixture *f, const mera_op *op, const double *sample, const double *x, double *y)
{
    mera_op_ctx ctx = {.diags = f->diags,
                       .arena = f->arena,
                       .subject = "indicator 'x'",
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN}};
    mera_fitted fitted = {.n = 0};
    const void *params = defaults_of(f, op);
    assert_int_equal(op->fit(op, params, &ctx, sample, N, &fitted), MERA_OK);
    if (op->apply(op, params, &ctx, &fitted, x, M, y) != MERA_OK) {
        print_error("%s\n", last_text(f));
        fail();
    }
}

static const char *twins_source(fixture *f)
{
    char *text = mera_arena_zero(f->arena, 1 << 16, 1);
    FILE *file = fopen(MERA_SOURCE_DIR "/tests/engine/lua/twins.lua", "rb");
    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    (void)fclose(file);
    return text;
}

static void normalisers_agree(void **state)
{
    fixture *f = *state;
    mera_registry *registry;
    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    if (open_plugin(f, twins_source(f), NULL, NULL) != MERA_OK) {
        print_error("%s\n", last_text(f));
        fail();
    }
    assert_int_equal(mera_plugin_n_ops(f->plugin), 3);
    for (size_t i = 0; i < mera_plugin_n_ops(f->plugin); i++) {
        const mera_op *lua = mera_plugin_op(f->plugin, i);
        const char *name = strrchr(lua->name, '.') + 1;
        const mera_op *c = mera_registry_find(registry, MERA_STEP_NORMALISE, name);
        assert_non_null(c);
        for (uint64_t round = 0; round < 20; round++) {
            double sample[N], x[M], y[M], z[M];
            column(sample, N, 1000 * round, true);
            column(x, M, 1000 * round + 500, true);
            run(f, lua, sample, x, y);
            run(f, c, sample, x, z);
            assert_same(name, y, z, M);
        }
    }
}

/* A formula over the children, and the aggregator with weights 2 and 1. */
static void assert_mean(fixture *f, mera_formulas *formulas, const char *text, const char *op_name)
{
    static const char *const names[] = {"a", "b"};
    static const double w[] = {2, 1};
    mera_formula *formula = NULL;
    mera_registry *registry;
    double a[M], b[M], y[M], z[M];
    const double *columns[2];
    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    column(a, M, 7000, false);
    column(b, M, 8000, false);
    assert_int_equal(
        mera_formula_compile(formulas, text, MERA_NOWHERE, names, 2, f->arena, f->diags, &formula),
        MERA_OK);
    for (size_t i = 0; i < mera_formula_n_reads(formula); i++) {
        columns[i] = *mera_formula_read(formula, i) == 'a' ? a : b;
    }
    assert_int_equal(mera_formula_run(formula, columns, M, "node 'n'", NULL, f->arena, f->diags, y),
                     MERA_OK);
    const double *const x[] = {a, b};
    const mera_children in = {.n = M, .k = 2, .x = x, .w = w, .total = 3};
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .subject = "node 'n'"};
    const mera_op *op = mera_registry_find(registry, MERA_STEP_AGGREGATE, op_name);
    assert_int_equal(mera_op_aggregate(op, defaults_of(f, op), &ctx, &in, z), MERA_OK);
    assert_same(op_name, y, z, M);
}

static void means_agree_with_formulas_of_a_node(void **state)
{
    fixture *f = *state;
    const mera_lua_limits limits = {.instructions = 2000000, .bytes = 16 << 20};
    mera_formulas *formulas;
    assert_int_equal(mera_formulas_open(&limits, &formulas), MERA_OK);
    assert_mean(f, formulas, "(2 * a + b) / 3", "arithmetic");
    assert_mean(f, formulas, "exp((2 * log(a) + log(b)) / 3)", "geometric");
    assert_mean(f, formulas, "3 / (2 / a + 1 / b)", "harmonic");
    assert_mean(f, formulas, "min(a, b)", "min");
    mera_formulas_close(formulas);
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        HERE(normalisers_agree),
        HERE(means_agree_with_formulas_of_a_node),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
