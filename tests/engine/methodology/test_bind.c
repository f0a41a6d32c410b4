/* SPDX-License-Identifier: Apache-2.0 */
/** @file Indicators and steps of a bound methodology: what is inherited, what is typed. */
#include <stdlib.h>

#include "fixture.h"

/* The parameter of a use as a number, by its name. */
static double param(const mera_use *use, const char *name)
{
    for (const mera_param *p = use->op->params; p->name != NULL; p++) {
        const char *at = (const char *)use->params + p->offset;
        if (strcmp(p->name, name) == 0 && p->type == MERA_PARAM_F64) {
            return *(const double *)(const void *)at;
        }
        if (strcmp(p->name, name) == 0 && p->type == MERA_PARAM_INT) {
            return (double)*(const int64_t *)(const void *)at;
        }
        if (strcmp(p->name, name) == 0 && p->type == MERA_PARAM_ENUM) {
            return *(const int *)(const void *)at;
        }
    }
    fail_msg("no parameter %s", name);
    return 0;
}

static const double *range_of(const mera_use *use)
{
    for (const mera_param *p = use->op->params; p->name != NULL; p++) {
        if (strcmp(p->name, "range") == 0) {
            return ((const mera_f64_list *)(const void *)((const char *)use->params + p->offset))
                ->v;
        }
    }
    fail_msg("no range");
    return NULL;
}

static const mera_indicator *indicator(const mera_methodology *m, const char *id)
{
    const size_t index = mera_methodology_indicator(m, id);
    assert_int_not_equal(index, SIZE_MAX);
    return &m->indicator[index];
}

static void the_head_is_kept(void **state)
{
    const mera_methodology *m =
        fixture_ok(*state, "mera: 1\nid: towns\nversion: 2026.10\ntitle: Качество жизни\nseed: 42\n"
                           "description: {en: What towns are like}\n"
                           "indicators: {income: {direction: higher}}\n"
                           "framework: {id: q, indicators: [income]}\n");
    assert_string_equal(m->id, "towns");
    assert_string_equal(m->version, "2026.10");
    assert_string_equal(m->title.ru, "Качество жизни");
    assert_null(m->title.en);
    assert_string_equal(mera_title_in(m->title, "en"), "Качество жизни");
    assert_string_equal(m->description, "What towns are like");
    assert_int_equal(m->seed, 42);
    assert_int_equal(strlen(m->sha256), 64);
    assert_string_equal(m->path, "m.yaml");
    assert_int_equal(mera_methodology_indicator(m, "none"), SIZE_MAX);
}

static void an_indicator_says_where_its_values_come_from(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state,
        "mera: 1\nid: towns\nindicators:\n"
        "  income: {direction: higher, unit: roubles, source: survey, reference: table 5}\n"
        "  air: {direction: lower, column: air index, range: [0, 500], goalposts: [null, 14]}\n"
        "  green: {direction: {target: 0.5}, unit: '%', formula: parks / area}\n"
        "  cars: {direction: {target: [250, 330]}, denominate: {by: population, per: 1000}}\n"
        "framework: {id: q, indicators: [income, air, green, cars]}\n");
    const mera_indicator *income = indicator(m, "income");
    assert_int_equal(income->kind, MERA_FROM_COLUMN);
    assert_string_equal(income->column, "income");
    assert_string_equal(income->source_kind, "survey");
    assert_string_equal(income->reference, "table 5");
    assert_string_equal(income->title.en, "income");
    assert_int_equal(income->direction, MERA_HIGHER);
    assert_missing(income->goalpost[0]);
    assert_int_equal(income->normalise.n, 0);

    const mera_indicator *air = indicator(m, "air");
    assert_string_equal(air->column, "air index");
    assert_string_equal(air->unit, "");
    assert_int_equal(air->direction, MERA_LOWER);
    assert_missing(air->goalpost[0]);
    assert_true(air->goalpost[1] == 14 && air->range[0] == 0 && air->range[1] == 500);
    assert_int_equal(air->source_at.line, 5);

    const mera_indicator *green = indicator(m, "green");
    assert_int_equal(green->kind, MERA_FROM_FORMULA);
    assert_string_equal(green->formula, "parks / area");
    assert_int_equal(green->source_at.line, 6);
    assert_int_equal(green->source_at.column, 57);
    assert_int_equal(green->direction, MERA_TARGET);
    assert_true(green->target[0] == 0.5 && green->target[1] == 0.5);

    const mera_indicator *cars = indicator(m, "cars");
    assert_true(cars->target[0] == 250 && cars->target[1] == 330);
    assert_int_equal(cars->denominate.n, 1);
    assert_string_equal(cars->denominate.v[0].op->name, "denominate.per_unit");
    assert_true(param(&cars->denominate.v[0], "per") == 1000);
}

static void defaults_of_steps_hold_for_indicators_that_say_nothing(void **state)
{
    const mera_methodology *m =
        fixture_ok(*state, FIXTURE_HEAD "units: {key: k, groups: {size: s}}\n"
                                        "steps:\n"
                                        "  screen: {unit_coverage: 0.65}\n"
                                        "  impute: {op: group_median, by: size}\n"
                                        "  treat: [winsorise, {op: clip, lower: 0}]\n"
                                        "  normalise: {op: minmax, range: [0, 1]}\n" FIXTURE_TAIL);
    const mera_indicator *income = indicator(m, "income");
    assert_string_equal(m->screen.op->name, "screen.coverage");
    assert_true(param(&m->screen, "unit_coverage") == 0.65);
    assert_int_equal(income->impute.n, 1);
    assert_string_equal(income->impute.v[0].reference.by, "size");
    assert_true(income->impute.v[0].reference.fallback_all);
    assert_int_equal(income->impute.v[0].reference.min_units, 1);
    assert_int_equal(income->treat.n, 2);
    assert_string_equal(income->treat.v[1].op->name, "treat.clip");
    assert_true(range_of(&income->normalise.v[0])[1] == 1);
    assert_int_equal(income->normalise.v[0].reference.period, MERA_PERIOD_OWN);
    assert_false(income->normalise.v[0].reference.fallback_all);
    assert_ptr_equal(income->normalise.v, indicator(m, "air")->normalise.v);
}

static void an_indicator_changes_single_parameters_of_a_default(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, "mera: 1\nid: towns\nindicators:\n"
                "  same: {direction: higher, normalise: {clamp: both}}\n"
                "  other: {direction: higher, normalise: {op: zscore, mean: 100}}\n"
                "  chain: {direction: higher, normalise: [rank, {op: scale, factor: 2}]}\n"
                "  none: {direction: higher, normalise: none}\n"
                "  rounded: {direction: higher, round: 1}\n"
                "steps:\n"
                "  normalise: {op: minmax, range: [0, 10], round: 3, reference: {period: all}}\n"
                "framework: {id: q, indicators: [same, other, chain, none, rounded]}\n");
    const mera_use *same = &indicator(m, "same")->normalise.v[0];
    assert_true(range_of(same)[1] == 10 && param(same, "clamp") == 1);
    assert_int_equal(same->reference.period, MERA_PERIOD_ALL);
    assert_int_equal(same->round.digits, 3);
    const mera_use *other = &indicator(m, "other")->normalise.v[0];
    assert_string_equal(other->op->name, "normalise.zscore");
    assert_true(param(other, "mean") == 100);
    assert_int_equal(other->round.digits, 3);
    assert_int_equal(other->reference.period, MERA_PERIOD_ALL);
    assert_int_equal(indicator(m, "chain")->normalise.n, 2);
    assert_int_equal(indicator(m, "chain")->normalise.v[1].round.mode, MERA_ROUND_NONE);
    assert_int_equal(indicator(m, "none")->normalise.n, 0);
    assert_int_equal(indicator(m, "rounded")->normalise.v[0].round.digits, 1);
    assert_int_equal(indicator(m, "rounded")->normalise.v[0].round.mode, MERA_ROUND_HALF_UP);
}

static void rounding_without_a_normaliser_gets_one_that_does_nothing(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, "mera: 1\nid: t\nindicators: {a: {direction: higher, round: {digits: 2, mode: "
                "half_even}}}\nframework: {id: q, indicators: [a]}\n");
    assert_int_equal(m->indicator[0].normalise.n, 1);
    assert_string_equal(m->indicator[0].normalise.v[0].op->name, "normalise.none");
    assert_int_equal(m->indicator[0].normalise.v[0].round.mode, MERA_ROUND_HALF_EVEN);
}

static void the_reference_set_is_read(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, "mera: 1\nid: t\nunits: {key: k, groups: {size: s}}\n"
                "indicators:\n"
                "  a: {direction: higher, normalise: {op: minmax, reference: {by: size, period: "
                "2019, min_units: 5, fallback: error}}}\n"
                "  b: {direction: higher, normalise: {op: minmax, reference: {frozen: "
                "bounds.csv}}}\n"
                "framework: {id: q, indicators: [a, b]}\n");
    const mera_reference *a = &m->indicator[0].normalise.v[0].reference;
    assert_string_equal(a->by, "size");
    assert_int_equal(a->period, MERA_PERIOD_NAMED);
    assert_string_equal(a->label, "2019");
    assert_int_equal(a->min_units, 5);
    assert_false(a->fallback_all);
    assert_string_equal(m->indicator[1].normalise.v[0].reference.frozen, "bounds.csv");
}

/* Loads two indicators whose only problem is the step given. */
static void step_refused(void **state, const char *step, const char *message, const char *hint)
{
    fixture *f = *state;
    char text[1000];
    snprintf(text, sizeof text, FIXTURE_HEAD "steps: {%s}\n" FIXTURE_TAIL, step);
    fixture_refused(f, mera_arena_strdup(f->arena, text), message);
    if (hint != NULL) {
        assert_string_equal(mera_diags_get(f->diags, 0)->hint, hint);
    }
    f->diags = mera_diags_new(f->arena);
    f->n_files = 0;
}

static void a_step_that_cannot_be_used_is_refused_once(void **state)
{
    step_refused(state, "normalise: minmaks",
                 "unknown operation 'minmaks' for the step "
                 "'normalise'",
                 "did you mean 'minmax'?");
    step_refused(state, "normalise: {range: [0, 1]}",
                 "'normalise' has no 'op' here, and there is none to inherit", NULL);
    step_refused(state, "aggregate: none",
                 "node 'quality' is aggregated by nothing: 'none' is not an aggregation", NULL);
    step_refused(state, "impute: {op: mean, by: size}",
                 "there is no grouping 'size' in 'units: groups:'", "there are no groupings");
    step_refused(state, "weights: guess", "unknown operation 'guess' for the step 'weight'", NULL);
    step_refused(state, "treat: a.b",
                 "the operation 'a.b' is of the plugin 'a', which 'plugins' "
                 "does not name",
                 "add it at the top of the file: plugins: [a]");
}

static const mera_param own_by_table[] = {{.name = "by", .type = MERA_PARAM_TEXT, .help = "own"},
                                          {.name = NULL}};
static const mera_op own_by = {.name = "normalise.own_by",
                               .step = MERA_STEP_NORMALISE,
                               .version = 1,
                               .summary = "Has a parameter that is called as a shared key.",
                               .params = own_by_table,
                               .params_size = sizeof(const char *)};

static void a_parameter_goes_before_a_shared_key_of_its_name(void **state)
{
    fixture *f = *state;
    assert_int_equal(mera_registry_add(f->registry, &own_by, f->diags), MERA_OK);
    const mera_methodology *m = fixture_ok(
        f, FIXTURE_HEAD
        "units: {key: k, groups: {size: s}}\n"
        "steps: {normalise: {op: own_by, by: any, reference: {by: size}}}\n" FIXTURE_TAIL);
    const mera_use *use = &m->indicator[0].normalise.v[0];
    assert_string_equal(*(const char *const *)use->params, "any");
    assert_string_equal(use->reference.by, "size");
}

static void an_error_says_whose_it_is(void **state)
{
    fixture *f = *state;
    fixture_refused(f,
                    "mera: 1\nid: t\nindicators:\n"
                    "  a: {direction: higher, normalise: {op: minmax, rnage: [0, 1]}}\n"
                    "framework: {id: q, indicators: [a]}\n",
                    "'rnage' is not a parameter of normalise.minmax; its parameters are range, "
                    "clamp, log, constant");
    const mera_diag *said = mera_diags_get(f->diags, 0);
    assert_int_equal(said->n_frames, 1);
    assert_string_equal(said->frames[0].text, "in step 'normalise' of indicator 'a'");
    assert_int_equal(said->frames[0].at.line, 4);
    assert_int_equal(said->at.column, 50);
}

static const char *const derived_reads[] = {"hdd", NULL};
static const mera_op derived = {.name = "derive.arctic.cold_load",
                                .step = MERA_STEP_DERIVE,
                                .version = 1,
                                .summary = "Cold load.",
                                .plugin = "arctic",
                                .direction = MERA_LOWER,
                                .unit = "degree-days",
                                .range = {0, 12000},
                                .title_ru = "Нагрузка холода",
                                .reads = derived_reads};

static void an_indicator_of_a_plugin_brings_what_it_declares(void **state)
{
    fixture *f = *state;
    assert_int_equal(mera_registry_add(f->registry, &derived, f->diags), MERA_OK);
    const mera_methodology *m = fixture_ok(
        f, "mera: 1\nid: t\nplugins: [{use: arctic, version: '>=1 <2', with: {cold: -15}}]\n"
           "indicators:\n"
           "  cold: {from: arctic.cold_load}\n"
           "  warm: {from: {op: arctic.cold_load}, direction: higher, unit: d, title: W, range: "
           "[0, 1]}\n"
           "framework: {id: q, indicators: [cold, warm]}\n");
    assert_int_equal(m->n_plugins, 1);
    assert_string_equal(m->plugin[0].version, ">=1 <2");
    assert_true(mera_value_get(m->plugin[0].with, "cold")->number == -15);
    const mera_indicator *cold = indicator(m, "cold"), *warm = indicator(m, "warm");
    assert_int_equal(cold->kind, MERA_FROM_OP);
    assert_ptr_equal(cold->derive.op, &derived);
    assert_int_equal(cold->direction, MERA_LOWER);
    assert_string_equal(cold->unit, "degree-days");
    assert_string_equal(cold->title.ru, "Нагрузка холода");
    assert_true(cold->range[1] == 12000);
    assert_int_equal(warm->direction, MERA_HIGHER);
    assert_string_equal(warm->unit, "d");
    assert_string_equal(warm->title.en, "W");
    assert_true(warm->range[1] == 1);
}

static void a_plugin_that_lacks_the_indicator_is_told_from_one_not_loaded(void **state)
{
    fixture *f = *state;
    const char *text = "mera: 1\nid: t\nplugins: [arctic]\n"
                       "indicators: {cold: {from: arctic.coldload}}\n"
                       "framework: {id: q, indicators: [cold]}\n";
    fixture_refused(f, text,
                    "the indicator 'arctic.coldload' is not known: the plugin 'arctic' is not "
                    "loaded");
    f->diags = mera_diags_new(f->arena);
    assert_int_equal(mera_registry_add(f->registry, &derived, f->diags), MERA_OK);
    fixture_refused(f, NULL,
                    "the plugin 'arctic' has no indicator 'coldload' for the step 'derive'");
    assert_string_equal(mera_diags_get(f->diags, 0)->hint, "did you mean 'arctic.cold_load'?");
}

static void an_indicator_that_nothing_uses_is_warned_of(void **state)
{
    fixture *f = *state;
    fixture_ok(f, "mera: 1\nid: t\nindicators:\n"
                  "  a: {direction: higher}\n"
                  "  in_formula: {direction: higher}\n"
                  "  denominator: {direction: higher}\n"
                  "  b: {direction: higher, unit: x, formula: in_formula * 2}\n"
                  "  c: {direction: higher, denominate: {by: denominator}}\n"
                  "  formula: {direction: higher}\n"
                  "framework: {id: q, indicators: [a, b, c]}\n");
    assert_int_equal(mera_diags_size(f->diags), 1);
    assert_int_equal(mera_diags_get(f->diags, 0)->severity, MERA_WARNING);
    assert_string_equal(mera_diags_get(f->diags, 0)->message,
                        "the indicator 'formula' is defined and used nowhere");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(the_head_is_kept),
        fixture_test(an_indicator_says_where_its_values_come_from),
        fixture_test(defaults_of_steps_hold_for_indicators_that_say_nothing),
        fixture_test(an_indicator_changes_single_parameters_of_a_default),
        fixture_test(rounding_without_a_normaliser_gets_one_that_does_nothing),
        fixture_test(the_reference_set_is_read),
        fixture_test(a_step_that_cannot_be_used_is_refused_once),
        fixture_test(a_parameter_goes_before_a_shared_key_of_its_name),
        fixture_test(an_error_says_whose_it_is),
        fixture_test(an_indicator_of_a_plugin_brings_what_it_declares),
        fixture_test(a_plugin_that_lacks_the_indicator_is_told_from_one_not_loaded),
        fixture_test(an_indicator_that_nothing_uses_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
