/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Every operation of the registry is reached from a methodology file: the test walks the registry,
 * writes a methodology that uses the operation in its step, and scores it over eight cities in two
 * periods, once as given and once with the units in another order. What an operation asks for
 * (parameters, goalposts, anchors, units, groups, periods, a target) comes from the file, through
 * the binder and the plan, or does not come at all.
 */
#include "run_fixture.h"

enum { CITIES = 8, PERIODS = 2 };

/* Under a year each: income, rent, pm25, life; gaps in rent and pm25. */
static const char *const rows[PERIODS][CITIES] = {
    {"A,2020,n,32,31,18,81.2,6.1,100", "B,2020,n,45,42,12,82.5,6.6,200",
     "C,2020,n,28,.,25,78.4,5.2,150", "D,2020,s,51,47,9,83.1,6.9,80", "E,2020,s,38,28,.,80,6.4,90",
     "F,2020,s,24,22,30,76.9,4.8,70", "G,2020,n,36,35,16,79.5,6.3,60",
     "H,2020,s,30,27,22,78.8,5.5,50"},
    {"A,2021,n,33,30,17,81.4,6.2,101", "B,2021,n,46,43,11,82.6,6.5,201",
     "C,2021,n,29,25,24,78.9,5.3,152", "D,2021,s,52,.,8,83.3,7.0,81",
     "E,2021,s,37,29,14,80.3,6.3,91", "F,2021,s,25,21,29,77.2,4.9,71",
     "G,2021,n,35,36,15,79.9,6.2,61", "H,2021,s,31,26,.,78.7,5.7,51"},
};

/* What an operation is given where its defaults do not do. */
static const char *const given[][2] = {
    {"aggregate.choquet", "interactions: [income rent 0.2]"},
    {"aggregate.counting", "cutoff: 50, k: 0.3"},
    {"aggregate.mean_min", "alpha: 0.5"},
    {"aggregate.owa", "exponent: 2"},
    {"aggregate.power", "exponent: -1"},
    {"aggregate.veto", "thresholds: {income: 20}"},
    {"aggregate.wowa", "exponent: 2"},
    {"classify.bands", "bands: {C: -1000000, B: 1, A: 50}"},
    {"denominate.per_unit", "by: people"},
    {"impute.constant", "value: 20"},
    {"normalise.reference_unit", "unit: B"},
    {"normalise.value_piecewise", "values: [0, 50, 100], points: [0, 40, 100]"},
    {"treat.clip", "lower: 10, upper: 90"},
    {"weight.ahp", "matrix: ['income: 1 2 3 4', 'rent: 1/2 1 2 3', 'pm25: 1/3 1/2 1 2', "
                   "'life: 1/4 1/3 1/2 1']"},
    {"weight.budget", "points: [40 30 20 10, 10 20 30 40]"},
    {"weight.bwm", "best: life, worst: rent, best_to_others: {income: 2, rent: 4, pm25: 3}, "
                   "others_to_worst: {income: 2, pm25: 2, life: 4}"},
    {"weight.from_orderings", "statements: [E > B]"},
    {"weight.inverse_covariance", "negative: constrain"},
    {"weight.rank_order", "order: [life, income, pm25, rent]"},
    {"weight.regression", "anchor: wellbeing"},
    {"weight.shapley_r2", "anchor: wellbeing"},
    {"weight.swing", "points: {income: 100, rent: 20, pm25: 50, life: 80}"},
};

static const char *parameters(const mera_op *op)
{
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (strcmp(given[i][0], op->name) == 0) {
            return given[i][1];
        }
    }
    return "";
}

static const char *table(run_fixture *f, bool turned)
{
    const char *text = "key,period,@side,income,rent,pm25,life,wellbeing,people\n";
    for (size_t p = 0; p < PERIODS; p++) {
        for (size_t i = 0; i < CITIES; i++) {
            text = mera_arena_printf(f->arena, "%s%s\n", text,
                                     rows[p][turned ? (3 * i + 2) % CITIES : i]);
            assert_non_null(text);
        }
    }
    return text;
}

/* A step `key` as the methodology has it: the operation where it is its own, else what does. */
static const char *step(run_fixture *f, const mera_op *op, mera_step own, const char *usual)
{
    const char *params = parameters(op);
    return op->step != own
               ? usual
               : mera_arena_printf(
                     f->arena, "{op: %s%s%s%s}", strchr(op->name, '.') + 1,
                     params[0] != '\0' ? ", " : "", params,
                     op->step == MERA_STEP_IMPUTE && strstr(op->name, "group") ? ", by: side" : "");
}

static const char *methodology(run_fixture *f, const mera_op *op)
{
    const bool target = strcmp(op->name, "normalise.target") == 0;
    const bool scored = op->step != MERA_STEP_NORMALISE;
    const char *life = target ? "{target: [79, 81]}" : "higher";
    const char *classes =
        op->step != MERA_STEP_CLASSIFY
            ? ""
            : mera_arena_printf(f->arena, "classify: %s\n", step(f, op, MERA_STEP_CLASSIFY, ""));
    const char *life_normalise = scored
                                     ? ""
                                     : mera_arena_printf(f->arena, ", normalise: %s",
                                                         step(f, op, MERA_STEP_NORMALISE, "none"));
    return mera_arena_printf(
        f->arena,
        "mera: 1\nid: every\nunits: {key: key, period: period, groups: {side: side}}\n"
        "indicators:\n"
        "  income: {unit: k, direction: higher, denominate: %s}\n"
        "  rent: {unit: k, direction: lower}\n"
        "  pm25: {unit: ug, direction: lower}\n"
        "  life: {unit: years, direction: %s, goalposts: [50, 90]%s}\n"
        "steps:\n"
        "  screen: %s\n  impute: %s\n  treat: %s\n  normalise: {op: minmax, range: [1, 100]}\n"
        "  weights: %s\n  aggregate: %s\n"
        "framework:\n  id: index\n  indicators: {income: 3, rent: 1, pm25: 2, life: 4}\n%s",
        step(f, op, MERA_STEP_DENOMINATE, "none"), life, life_normalise,
        step(f, op, MERA_STEP_SCREEN, "none"), step(f, op, MERA_STEP_IMPUTE, "median"),
        step(f, op, MERA_STEP_TREAT, "none"), step(f, op, MERA_STEP_WEIGHT, "as_written"),
        step(f, op, MERA_STEP_AGGREGATE, "arithmetic"), classes);
}

/* Scores of all cities in the order of their keys, period after period; says what went wrong. */
static bool score(run_fixture *f, const mera_op *op, bool turned, double *y)
{
    static const char *const key[CITIES] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    if (run_score_text(f, methodology(f, op), table(f, turned)) != MERA_OK) {
        print_error("%s: %s\n", op->name, run_first_problem(f));
        return false;
    }
    for (size_t p = 0; p < PERIODS; p++) {
        for (size_t i = 0; i < CITIES; i++) {
            y[p * CITIES + i] = run_score_of(f, "index", key[i], p);
        }
    }
    return true;
}

static bool reached(run_fixture *f, const mera_op *op)
{
    double y[PERIODS * CITIES], z[PERIODS * CITIES];
    bool same = true;
    if (!score(f, op, false, y)) {
        return false;
    }
    run_again(f);
    if (!score(f, op, true, z)) {
        return false;
    }
    run_again(f);
    for (size_t c = 0; c < PERIODS * CITIES; c++) {
        const bool near = fabs(y[c] - z[c]) <= 1e-7 * fmax(1, fabs(y[c]));
        if (!isfinite(y[c]) || !near) {
            print_error("%s: city %zu has %.17g, and %.17g in another order\n", op->name, c, y[c],
                        z[c]);
            same = false;
        }
    }
    return same;
}

static void every_operation_is_reached_from_a_methodology(void **state)
{
    run_fixture *f = *state;
    mera_registry *registry;
    mera_arena *own = mera_arena_new();
    size_t wrong = 0;
    assert_non_null(own);
    assert_int_equal(mera_registry_new(own, &registry), MERA_OK);
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        wrong += reached(f, op) ? 0 : 1;
        run_again(f);
    }
    mera_arena_free(own);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_operation_is_reached_from_a_methodology, run_setup,
                                        run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
