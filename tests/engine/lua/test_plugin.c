/* SPDX-License-Identifier: Apache-2.0 */
/** @file Running plugins: indicators, parameters, versions, and their errors. */
#include "lua_fixture.h"

#define PLUGIN(body) "return mera.plugin {\n  id = 't', version = '1.2.0', api = 1,\n" body "\n}\n"
#define INDICATOR(reads, function)                                                            \
    PLUGIN("  indicators = { load = { unit = 'days', direction = 'lower', range = {0, 10},\n" \
           "    reads = " reads ",\n    " function " } }")

static const double degree_days[] = {100, 200, NAN, 50}, population[] = {10, 0, 5, 25};
static const char *const unit_names[] = {"Апатиты", "Воркута", "Норильск", "Тикси"};

/* Opens a plugin and computes its indicator over four units and the columns hdd, population. */
static mera_code derive(fixture *f, const char *source, double y[4])
{
    const double *const input[] = {degree_days, population};
    mera_op_ctx ctx = {.diags = f->diags,
                       .at = {"m.yaml", 9, 7, 0},
                       .arena = f->arena,
                       .subject = "indicator 'cold'",
                       .input = input,
                       .n_inputs = 2,
                       .unit_name = unit_names};
    const mera_lua_limits limits = {.instructions = 1000000};
    const mera_op *op;

    if (f->plugin == NULL && open_plugin(f, source, NULL, &limits) != MERA_OK) {
        print_error("%s\n", last_text(f));
        fail();
    }
    op = op_named(f, "derive.t.load");
    return op->derive(op, defaults_of(f, op), &ctx, 4, y);
}

static void assert_derive_fails(fixture *f, const char *source, mera_code code, const char *text)
{
    double y[4];

    assert_int_equal(derive(f, source, y), code);
    assert_printed(f, text);
}

/* ---- indicators -------------------------------------------------------------------------- */

static void an_indicator_computes_whole_columns(void **state)
{
    fixture *f = *state;
    double y[4];

    assert_int_equal(derive(f,
                            INDICATOR("{'hdd', 'population'}",
                                      "compute = function(d, p) return d.hdd / d.population end"),
                            y),
                     MERA_OK);
    assert_close(y[0], 10, 0);
    assert_missing(y[1]);
    assert_missing(y[2]);
    assert_close(y[3], 2, 0);
    assert_int_equal(mera_plugin_statistics(f->plugin).calls, 1);
    assert_int_equal(mera_plugin_statistics(f->plugin).cells_made, 4);
    assert_int_equal(mera_plugin_statistics(f->plugin).cells_missing, 2);
    assert_int_equal(mera_plugin_statistics(f->plugin).cells_undefined, 1);
    assert_int_equal(mera_plugin_statistics(f->plugin).cells_out_of_range, 0);
    assert_true(mera_plugin_statistics(f->plugin).instructions > 0);
    assert_true(mera_plugin_statistics(f->plugin).peak_bytes > 1000);
}

static void an_indicator_may_compute_unit_by_unit(void **state)
{
    fixture *f = *state;
    double y[4];

    assert_int_equal(
        derive(f,
               INDICATOR("{'hdd', 'population'}", "compute_unit = function(u, p)\n"
                                                  "if u.hdd == nil then return nil end\n"
                                                  "return u.hdd / u.population end"),
               y),
        MERA_OK);
    assert_close(y[0], 10, 0);
    assert_missing(y[1]);
    assert_missing(y[2]);
    assert_close(y[3], 2, 0);
    assert_int_equal(mera_plugin_statistics(f->plugin).cells_undefined, 1);
}

static void the_operation_describes_itself(void **state)
{
    fixture *f = *state;
    const mera_op *op;

    assert_int_equal(
        open_plugin(f, INDICATOR("{'hdd'}", "compute = function(d) return d.hdd end"), NULL, NULL),
        MERA_OK);
    op = op_named(f, "derive.t.load");
    assert_int_equal(op->step, MERA_STEP_DERIVE);
    assert_int_equal(op->version, 10200);
    assert_string_equal(op->unit, "days");
    assert_int_equal(op->direction, MERA_LOWER);
    assert_close(op->range[1], 10, 0);
    assert_string_equal(op->reads[0], "hdd");
    assert_null(op->reads[1]);
    assert_string_equal(op->plugin, "t");
    assert_true((op->flags & MERA_OP_SERIAL) != 0);
    assert_string_equal(mera_plugin_id(f->plugin), "t");
    assert_string_equal(mera_plugin_version(f->plugin), "1.2.0");
    assert_int_equal(strlen(mera_plugin_sha256(f->plugin)), 64);
}

static void reading_an_undeclared_column_is_an_error(void **state)
{
    assert_derive_fails(
        *state,
        INDICATOR("{'population'}", "compute = function(d) return d.hdd / d.population end"),
        MERA_EINPUT,
        "plugins/t/plugin.lua:5: error: plugin 't' 1.2.0: indicator 'load' reads "
        "'hdd' but declares only 'population'; add it to reads [plugin-error]");
}

static void so_it_is_unit_by_unit(void **state)
{
    assert_derive_fails(
        *state, INDICATOR("{'hdd', 'population'}", "compute_unit = function(u) return u.area end"),
        MERA_EINPUT,
        "at unit 'Апатиты': indicator 'load' reads 'area' but declares only 'hdd', "
        "'population'");
}

static void an_error_tells_the_way_inside_the_plugin(void **state)
{
    fixture *f = *state;
    double y[4];

    assert_int_equal(derive(f,
                            "local function ratio(a, b)\n  return a / b.missing\nend\n"
                            "return mera.plugin { id = 't', version = '1.2.0', api = 1, indicators "
                            "= { load = {\n unit = 'x', reads = {'hdd'},\n compute = function(d)\n"
                            "  local r = ratio(d.hdd, {})\n  return r end } } }",
                            y),
                     MERA_EINPUT);
    assert_string_equal(
        last_text(f),
        "plugins/t/plugin.lua:2: error: plugin 't' 1.2.0: operator '/' between a column and a nil: "
        "it takes columns and numbers [plugin-error]\n"
        "    2 |   return a / b.missing\n"
        "    2  in function 'ratio'\n"
        "    7  in the function that starts on line 6\n");
}

static void an_error_at_a_unit_names_it(void **state)
{
    assert_derive_fails(
        *state,
        INDICATOR("{'hdd', 'population'}", "compute_unit = function(u) return u.hdd + 1 end"),
        MERA_EINPUT,
        "plugin 't' 1.2.0: at unit 'Норильск': attempt to perform arithmetic on a "
        "nil value (field 'hdd')");
}

static void a_wrong_return_is_an_error(void **state)
{
    static const char *const cases[][2] = {
        {"return nil", "compute returned nothing; it must return a column of 4 values"},
        {"return 5", "compute returned a number; it must return a column of 4 values"},
        {"return {}", "compute returned a table; it must return a column of 4 values"},
        {"return d.hdd:sorted()", "compute returned a column of 3 values; there are 4 units"},
        {"d.hdd = 5", "the columns a plugin reads cannot be changed"},
        {"return p.knee", "'p.knee' is not known"},
        {"p.x = 1", "'p' is read-only"},
        {"error({})", "error raised with a table instead of a text"},
        {"error('two\\nlines')", "plugin 't' 1.2.0: two lines [plugin-error]"},
        {"error()", "plugin 't' 1.2.0: nil [plugin-error]"},
    };
    fixture *f = *state;
    char source[512];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(source, sizeof source,
                 INDICATOR("{'hdd', 'population'}", "compute = function(d, p) %s end"),
                 cases[i][0]);
        assert_derive_fails(f, source, MERA_EINPUT, cases[i][1]);
        mera_plugin_close(f->plugin);
        f->plugin = NULL;
    }
}

static void a_wrong_return_at_a_unit_is_an_error(void **state)
{
    assert_derive_fails(*state,
                        INDICATOR("{'hdd'}", "compute_unit = function(u) return u.hdd and {} end"),
                        MERA_EINPUT, "at unit 'Апатиты': compute_unit returned a table");
}

static void a_column_cannot_be_kept_for_the_next_call(void **state)
{
    fixture *f = *state;
    double y[4];
    const char *source = "local kept\nreturn mera.plugin { id = 't', version = '1', api = 1, "
                         "indicators = { load = {\n unit = 'x', reads = {'hdd'},\n compute = "
                         "function(d) kept = kept or d.hdd return kept end } } }";

    assert_int_equal(derive(f, source, y), MERA_OK);
    assert_int_equal(derive(f, source, y), MERA_EINPUT);
    assert_printed(f, "this column belongs to an earlier call; columns cannot be kept");
}

static void a_view_cannot_be_kept_either(void **state)
{
    fixture *f = *state;
    double y[4];
    const char *source = "local kept\nreturn mera.plugin { id = 't', version = '1', api = 1, "
                         "indicators = { load = {\n unit = 'x', reads = {'hdd'},\n compute = "
                         "function(d) kept = kept or d return kept.hdd end } } }";

    assert_int_equal(derive(f, source, y), MERA_OK);
    assert_int_equal(derive(f, source, y), MERA_EINPUT);
}

static void a_loop_without_end_is_a_limit_and_names_the_plugin(void **state)
{
    fixture *f = *state;
    double y[4];
    const char *source = INDICATOR("{'hdd'}", "compute = function(d)\n while true do end end");

    assert_derive_fails(f, source, MERA_ELIMIT,
                        "plugins/t/plugin.lua:6: error: plugin 't' 1.2.0: stopped after 1008000 "
                        "instructions, the limit for one call; is there a loop that never ends? "
                        "[script-limit]");
    assert_int_equal(derive(f, source, y), MERA_ELIMIT); /* and it is not run again */
}

static void too_much_memory_is_a_limit(void **state)
{
    fixture *f = *state;
    const mera_lua_limits limits = {.bytes = 2 << 20};

    assert_int_equal(open_plugin(f,
                                 "local t, s = {}, ('x'):rep(60000)\n"
                                 "while true do t[#t + 1] = s .. #t end",
                                 NULL, &limits),
                     MERA_ELIMIT);
    assert_printed(f, "stopped at its limit of memory, 2.0 MiB");
}

static void the_same_call_twice_gives_the_same_bytes(void **state)
{
    fixture *f = *state;
    double a[4], b[4];
    const char *source = INDICATOR(
        "{'hdd', 'population'}",
        "compute = function(d) return (d.hdd:log() * 1.1 + d.population:rank()):exp() end");

    assert_int_equal(derive(f, source, a), MERA_OK);
    assert_int_equal(derive(f, source, b), MERA_OK);
    assert_memory_equal(a, b, sizeof a);
}

/* ---- parameters -------------------------------------------------------------------------- */

#define WITH_PARAMS                                                                             \
    "return mera.plugin { id = 't', version = '1.0', api = 1,\n"                                \
    " params = { knee = { type = 'number', default = 2, min = 1, max = 9, help = 'a knee' },\n" \
    "   days = { type = 'integer', default = 3 }, on = { type = 'boolean', default = true },\n" \
    "   how = { type = 'choice', choices = {'up', 'down'}, default = 'down' },\n"               \
    "   word = { type = 'text', default = 'w' } },\n"                                           \
    " indicators = { load = { unit = 'x', reads = {'hdd'}, compute = function(d, p)\n"          \
    "   assert(math.type(p.days) == 'integer' and p.on == true and p.word == 'w')\n"            \
    "   return d.hdd * p.knee + (p.how == 'up' and 1 or 0) end } } }"

static mera_value *map_of(fixture *f, const char *key, const char *text)
{
    mera_value *map = mera_arena_zero(f->arena, 1, sizeof *map), *value;
    mera_entry *entry = mera_arena_zero(f->arena, 1, sizeof *entry);

    assert_int_equal(mera_value_scalar(f->arena, text, false, (mera_at){"m.yaml", 4, 9, 0}, &value),
                     MERA_OK);
    *entry = (mera_entry){key, {"m.yaml", 4, 3, 0}, value};
    *map = (mera_value){.kind = MERA_VALUE_MAP, .at = entry->at, .n = 1, .entries = entry};
    return map;
}

static void parameters_have_their_defaults(void **state)
{
    fixture *f = *state;
    double y[4];

    assert_int_equal(derive(f, WITH_PARAMS, y), MERA_OK);
    assert_close(y[3], 100, 0);
}

static void with_changes_them_for_all_uses(void **state)
{
    fixture *f = *state;
    double y[4];

    assert_int_equal(open_plugin(f, WITH_PARAMS, map_of(f, "knee", "4"), NULL), MERA_OK);
    assert_int_equal(derive(f, WITH_PARAMS, y), MERA_OK);
    assert_close(y[3], 200, 0);
}

static void a_use_may_still_say_otherwise(void **state)
{
    fixture *f = *state;
    const double *const input[] = {degree_days};
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .input = input, .n_inputs = 1};
    const mera_op *op;
    void *params;
    double y[4];

    assert_int_equal(open_plugin(f, WITH_PARAMS, map_of(f, "knee", "4"), NULL), MERA_OK);
    op = op_named(f, "derive.t.load");
    assert_int_equal(
        mera_op_bind(op, map_of(f, "how", "up"), NULL, MERA_NOWHERE, f->arena, f->diags, &params),
        MERA_OK);
    assert_int_equal(op->derive(op, params, &ctx, 4, y), MERA_OK);
    assert_close(y[3], 201, 0);
}

static void wrong_parameters_are_refused_by_the_common_binder(void **state)
{
    fixture *f = *state;

    assert_int_equal(open_plugin(f, WITH_PARAMS, map_of(f, "kne", "4"), NULL), MERA_EINPUT);
    assert_said(f->diags, "'kne' is not a parameter of plugin 't'");
    assert_int_equal(open_plugin(f, WITH_PARAMS, map_of(f, "knee", "40"), NULL), MERA_EINPUT);
    assert_said(f->diags, "'knee' of plugin 't' is 40");
    assert_int_equal(open_plugin(f, WITH_PARAMS, map_of(f, "how", "sideways"), NULL), MERA_EINPUT);
    assert_null(f->plugin);
}

/* ---- versions ---------------------------------------------------------------------------- */

static void a_version_meets_a_wish_or_not(void **state)
{
    static const struct {
        const char *wish;
        bool holds;
    } cases[] = {
        {">=1.2 <2", true}, {">=1.2.0", true}, {">1.2", false},     {"<1.2.1", true},
        {"1.2", true},      {"1", true},       {"=1.3", false},     {"<=1.2", true},
        {">=2", false},     {"", true},        {">=1,<1.2", false},
    };
    fixture *f = *state;

    open_plugin(f, INDICATOR("{'hdd'}", "compute = function(d) return d.hdd end"), NULL, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(mera_plugin_satisfies(f->plugin, cases[i].wish, MERA_NOWHERE, f->diags),
                         cases[i].holds);
    }
    assert_int_equal(mera_diags_size(f->diags), 0);
    assert_false(mera_plugin_satisfies(f->plugin, ">=1.x", MERA_NOWHERE, f->diags));
    assert_printed(f, "'>=1.x' is not a wish for a version; write one like \">=1.2 <2\"");
}

static void two_plugins_share_nothing(void **state)
{
    fixture *f = *state;
    const char *source = INDICATOR("{'hdd'}", "compute = function(d) return d.hdd end");
    mera_plugin *other;
    double y[4];

    assert_int_equal(mera_plugin_open("plugins/u", source, strlen(source), NULL, NULL, MERA_NOWHERE,
                                      f->arena, f->diags, &other),
                     MERA_OK);
    derive(f, INDICATOR("{'hdd'}", "compute = function() while true do end end"), y);
    mera_plugin_close(f->plugin);
    f->plugin = other;
    assert_int_equal(derive(f, "", y), MERA_OK);
    assert_close(y[0], 100, 0);
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        HERE(an_indicator_computes_whole_columns),
        HERE(an_indicator_may_compute_unit_by_unit),
        HERE(the_operation_describes_itself),
        HERE(reading_an_undeclared_column_is_an_error),
        HERE(so_it_is_unit_by_unit),
        HERE(an_error_tells_the_way_inside_the_plugin),
        HERE(an_error_at_a_unit_names_it),
        HERE(a_wrong_return_is_an_error),
        HERE(a_wrong_return_at_a_unit_is_an_error),
        HERE(a_column_cannot_be_kept_for_the_next_call),
        HERE(a_view_cannot_be_kept_either),
        HERE(a_loop_without_end_is_a_limit_and_names_the_plugin),
        HERE(too_much_memory_is_a_limit),
        HERE(the_same_call_twice_gives_the_same_bytes),
        HERE(parameters_have_their_defaults),
        HERE(with_changes_them_for_all_uses),
        HERE(a_use_may_still_say_otherwise),
        HERE(wrong_parameters_are_refused_by_the_common_binder),
        HERE(a_version_meets_a_wish_or_not),
        HERE(two_plugins_share_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
