/* SPDX-License-Identifier: Apache-2.0 */
/** @file Weighers, aggregators and checks of plugins: what they are given and what is refused. */
#include "lua_fixture.h"

#define PLUGIN(body) "return mera.plugin {\n  id = 't', version = '1.2.0', api = 1,\n" body "\n}\n"

static const double first[] = {10, 20, NAN, NAN}, second[] = {30, 20, 40, NAN};
static const double *const children[] = {first, second};
static const double weights[] = {1, 3};
static const char *const units[] = {"Апатиты", "Воркута", "Норильск", "Тикси"};
static const char *const names[] = {"air", "water"};
static const mera_children in = {.n = 4, .k = 2, .x = children, .w = weights, .total = 4};

static mera_op_ctx ctx_of(fixture *f)
{
    return (mera_op_ctx){.diags = f->diags,
                         .at = {"m.yaml", 9, 7, 0},
                         .arena = f->arena,
                         .input = children,
                         .n_inputs = 2,
                         .score = children,
                         .unit_name = units,
                         .child_name = names};
}

static void open_or_fail(fixture *f, const char *source)
{
    if (open_plugin(f, source, NULL, NULL) != MERA_OK) {
        print_error("%s\n", last_text(f));
        fail();
    }
}

/* ---- aggregators ------------------------------------------------------------------------- */

static mera_code aggregate(fixture *f, const char *function, double y[4])
{
    char source[1024];
    mera_op_ctx ctx = ctx_of(f);
    const mera_op *op;

    snprintf(source, sizeof source,
             PLUGIN("aggregators = { a = { summary = 'x', params = { share = { type = 'number', "
                    "default = 0.5, help = 'x' } }, aggregate = %s } }"),
             function);
    open_or_fail(f, source);
    op = op_named(f, "aggregate.t.a");
    return op->aggregate(op, defaults_of(f, op), &ctx, &in, y);
}

static void an_aggregator_gets_columns_weights_and_names(void **state)
{
    fixture *f = *state;
    double y[4];

    assert_int_equal(aggregate(f,
                               "function(c, p) assert(#c.columns == 2 and c.names[2] == 'water')"
                               " return mera.weighted_mean(c.columns, c.weights) * p.share end",
                               y),
                     MERA_OK);
    assert_close(y[0], 12.5, 1e-15);
    assert_close(y[1], 10, 1e-15);
    assert_close(y[2], 20, 1e-15);
    assert_missing(y[3]);
    assert_int_equal(mera_plugin_statistics(f->plugin).cells_missing, 1);
}

static void a_score_of_nothing_is_refused(void **state)
{
    double y[4];

    assert_int_equal(aggregate(*state, "function(c) return c.columns[1]:fill(0) end", y),
                     MERA_EINPUT);
    assert_printed(*state, "plugin 't' 1.2.0: at unit 'Тикси': aggregate gives 0.0 where no child "
                           "is present");
}

static void an_aggregator_returns_a_column(void **state)
{
    double y[4];

    assert_int_equal(aggregate(*state, "function(c) return c.columns end", y), MERA_EINPUT);
    assert_printed(*state, "aggregate returned a table; it must return a column of 4 values");
}

static void the_children_cannot_be_changed(void **state)
{
    double y[4];

    assert_int_equal(aggregate(*state, "function(c) c.columns = nil end", y), MERA_EINPUT);
    assert_printed(*state, "'c' is read-only");
}

/* ---- weighers ---------------------------------------------------------------------------- */

static mera_code weigh(fixture *f, const char *function, double w[2])
{
    char source[1024];
    mera_op_ctx ctx = ctx_of(f);
    const mera_op *op;

    snprintf(source, sizeof source, PLUGIN("weighers = { w = { summary = 'x', weigh = %s } }"),
             function);
    open_or_fail(f, source);
    op = op_named(f, "weight.t.w");
    return op->weigh(op, defaults_of(f, op), &ctx, &in, w);
}

static void a_weigher_returns_a_list(void **state)
{
    double w[2];

    assert_int_equal(
        weigh(*state, "function(c) return { c.columns[1]:sd(), c.columns[2]:sd() } end", w),
        MERA_OK);
    assert_close(w[0], 7.0710678118654755, 1e-15);
    assert_close(w[1], 10, 1e-15);
}

static void weights_must_be_weights(void **state)
{
    static const struct {
        const char *function, *said;
    } cases[] = {
        {"function() return { 1 } end", "weigh returned 1 weights for 2 children"},
        {"function() return { 1, -1 } end", "weight 2 of weigh is not a number of 0 or above"},
        {"function() return { 1, 0/0 } end", "weight 2 of weigh is not a number of 0 or above"},
        {"function() return { 0, 0 } end", "weights that are all 0"},
        {"function() return 3 end", "weigh returned a number; it must return a list of 2 weights"},
    };
    fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double w[2];

        assert_int_equal(weigh(f, cases[i].function, w), MERA_EINPUT);
        assert_printed(f, cases[i].said);
        mera_plugin_close(f->plugin);
        f->plugin = NULL;
    }
}

/* ---- checks ------------------------------------------------------------------------------ */

static mera_code examine(fixture *f, const char *function, mera_op_findings *found)
{
    char source[1024];
    mera_op_ctx ctx = ctx_of(f);
    const mera_op *op;

    snprintf(source, sizeof source,
             PLUGIN("checks = { c = { summary = 'x', reads = {'air'}, scores = {'health'},\n"
                    "check = %s } }"),
             function);
    open_or_fail(f, source);
    op = op_named(f, "check.t.c");
    return op->examine(op, defaults_of(f, op), &ctx, 4, found);
}

static void a_check_reports_findings_and_units(void **state)
{
    mera_op_findings found;

    assert_int_equal(examine(*state,
                             "function(d, p, s) return {\n"
                             "{ text = 'air is missing', where = d.air:is_missing() },\n"
                             "{ text = 'nobody', where = d.air:gt(100) },\n"
                             "{ text = 'low health', level = 'error', where = s.health:lt(15) },\n"
                             "{ text = 'by the way', level = 'note' } } end",
                             &found),
                     MERA_OK);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.v[0].severity, MERA_WARNING);
    assert_string_equal(found.v[0].text, "air is missing");
    assert_string_equal(found.v[0].units, "Норильск, Тикси");
    assert_int_equal(found.v[1].severity, MERA_ERROR);
    assert_string_equal(found.v[1].units, "Апатиты");
    assert_int_equal(found.v[2].severity, MERA_NOTE);
    assert_null(found.v[2].units);
}

static void a_check_may_find_nothing(void **state)
{
    mera_op_findings found;

    assert_int_equal(examine(*state, "function() end", &found), MERA_OK);
    assert_int_equal(found.n, 0);
}

static void findings_must_be_findings(void **state)
{
    static const struct {
        const char *function, *said;
    } cases[] = {
        {"function() return 'all is well' end", "check returned a string; it must return a list"},
        {"function() return { 'text' } end", "finding 1 is no table { text = ... }"},
        {"function() return { { level = 'note' } } end", "a finding has a 'text'"},
        {"function() return { { text = 'x', level = 'bad' } } end",
         "the level of a finding is 'note', 'warning' or 'error'"},
        {"function(d) return { { text = 'x', where = d.air:sorted() } } end",
         "'where' of a finding is a column that marks units by 1"},
        {"function(d) return { { text = 'x', where = d.water } } end",
         "check 'c' reads 'water' but declares only 'air'"},
    };
    fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mera_op_findings found;

        assert_int_equal(examine(f, cases[i].function, &found), MERA_EINPUT);
        assert_printed(f, cases[i].said);
        mera_plugin_close(f->plugin);
        f->plugin = NULL;
    }
}

/* ---- manifests --------------------------------------------------------------------------- */

static void claims_must_be_about_what_is_read(void **state)
{
    fixture *f = *state;

    assert_int_equal(
        open_plugin(f,
                    PLUGIN("indicators = { x = { unit = '1', reads = {'a'}, optional = {'b'},\n"
                           "monotone = { c = 'up', a = 'sideways' }, periods = 'some',\n"
                           "compute = function(d) return d.a end } }"),
                    NULL, NULL),
        MERA_EINPUT);
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 4);
    assert_int_equal(
        open_plugin(f, PLUGIN("checks = { x = { summary = 'x', check = print } }"), NULL, NULL),
        MERA_EINPUT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_aggregator_gets_columns_weights_and_names),
        CASE(a_score_of_nothing_is_refused),
        CASE(an_aggregator_returns_a_column),
        CASE(the_children_cannot_be_changed),
        CASE(a_weigher_returns_a_list),
        CASE(weights_must_be_weights),
        CASE(a_check_reports_findings_and_units),
        CASE(a_check_may_find_nothing),
        CASE(findings_must_be_findings),
        CASE(claims_must_be_about_what_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
