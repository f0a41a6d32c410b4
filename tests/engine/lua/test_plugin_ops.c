/* SPDX-License-Identifier: Apache-2.0 */
/** @file Plugins' operations over a column: fit and apply, and what they may return. */
#include "lua_fixture.h"

#define PLUGIN(body) "return mera.plugin {\n  id = 't', version = '1.2.0', api = 1,\n" body "\n}\n"

static const char *const unit_names[] = {"Апатиты", "Воркута", "Норильск", "Тикси"};

/* ---- operations over a column ------------------------------------------------------------ */

#define NORMALISER(fields) PLUGIN("  normalisers = { n = { summary = 'Test.', " fields " } }")

static mera_code normalise(fixture *f, const char *source, const double *sample, size_t n_sample,
                           const double *x, size_t n, double *y)
{
    mera_op_ctx ctx = {.diags = f->diags,
                       .at = {"m.yaml", 9, 7, 0},
                       .arena = f->arena,
                       .subject = "indicator 'cold'",
                       .unit_name = unit_names};
    mera_fitted fitted = {.n = 0};
    const mera_op *op;
    const void *params;

    if (open_plugin(f, source, NULL, NULL) != MERA_OK) {
        print_error("%s\n", last_text(f));
        fail();
    }
    op = op_named(f, "normalise.t.n");
    params = defaults_of(f, op);
    if (op->fit != NULL) {
        MERA_TRY(op->fit(op, params, &ctx, sample, n_sample, &fitted));
    }
    return op->apply(op, params, &ctx, &fitted, x, n, y);
}

static void a_normaliser_fits_on_one_set_and_applies_to_another(void **state)
{
    fixture *f = *state;
    const double sample[] = {0, 10, NAN}, x[] = {5, NAN, 20};
    double y[3];

    assert_int_equal(
        normalise(f,
                  NORMALISER("params = { top = { type = 'number', default = 100 } },\n"
                             "fitted = {'lo', 'hi'},\n"
                             "fit = function(x) return {lo = x:lowest(), hi = x:highest()} end,\n"
                             "apply = function(x, p, f) return (x - f.lo) / (f.hi - f.lo) * p.top "
                             "end"),
                  sample, 3, x, 3, y),
        MERA_OK);
    assert_close(y[0], 50, 0);
    assert_missing(y[1]);
    assert_close(y[2], 200, 0);
    assert_string_equal(mera_plugin_op(f->plugin, 0)->fitted[1], "hi");
    assert_null(mera_plugin_op(f->plugin, 0)->fitted[2]);
}

static void a_normaliser_may_write_over_its_input(void **state)
{
    fixture *f = *state;
    double x[] = {5, NAN, 20};

    assert_int_equal(
        normalise(f, NORMALISER("apply = function(x) return x:max(6) * x end"), x, 3, x, 3, x),
        MERA_OK);
    assert_close(x[0], 30, 0);
    assert_close(x[2], 400, 0);
}

static void assert_normalise_fails(fixture *f, const char *source, const char *text)
{
    const double x[] = {5, NAN, 20};
    double y[3];

    assert_int_equal(normalise(f, source, x, 3, x, 3, y), MERA_EINPUT);
    assert_printed(f, text);
    mera_plugin_close(f->plugin);
    f->plugin = NULL;
}

static void what_fit_and_apply_return_is_checked(void **state)
{
    fixture *f = *state;

    assert_normalise_fails(f, NORMALISER("apply = function(x) return x:fill(1) end"),
                           "at unit 'Воркута': apply gives 1.0 where the value is missing; a "
                           "normaliser keeps missing values");
    assert_normalise_fails(f, NORMALISER("apply = function(x) return 3 end"),
                           "apply returned a number; it must return a column of 3 values");
    assert_normalise_fails(f, NORMALISER("apply = function(x, p, f) return x * f end"),
                           "operator '*' between a column and a nil");
    assert_normalise_fails(f,
                           NORMALISER("fit = function(x) return {a = 1} end,\n"
                                      "apply = function(x) return x end"),
                           "fit returned a table; it must return a column, or a table whose names "
                           "stand in 'fitted'");
    assert_normalise_fails(f,
                           NORMALISER("fitted = {'a', 'b'}, fit = function(x) return {a = 1} end,\n"
                                      "apply = function(x) return x end"),
                           "fit must return a number 'b'; it is not there");
    assert_normalise_fails(f,
                           NORMALISER("fitted = {'a'}, fit = function(x) return {a = 0/0} end,\n"
                                      "apply = function(x) return x end"),
                           "fit must return a number 'a'; it is missing");
    assert_normalise_fails(f,
                           NORMALISER("fitted = {'a'}, fit = function(x) return {a = 1} end,\n"
                                      "apply = function(x, p, f) return x * f.knee end"),
                           "'f.knee' is not known");
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        HERE(a_normaliser_fits_on_one_set_and_applies_to_another),
        HERE(a_normaliser_may_write_over_its_input),
        HERE(what_fit_and_apply_return_is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
