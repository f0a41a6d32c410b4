/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What holds for a whole run, whatever the methodology: the order of units does not matter, twins
 * have the same score, units of measure and the scale of weights do not matter, and engines in one
 * process do not see each other.
 */
#include "run_fixture.h"

#include "base/text.h"

enum { UNITS = 9 };

/** x, y, people, size; NaN = a gap. */
static const double prop_x[UNITS][3] = {{41, 7, 20}, {63, 2.5, 10}, {NAN, 4, 40},
                                        {95, 1, 12}, {28, 9, 35},   {77, NAN, 25},
                                        {52, 3, 50}, {45, 6, 31},   {300, 5, 18}};

/** The table with units in an order, one of them twice under another key, columns scaled. */
static const char *prop_table(run_fixture *f, const size_t *order, size_t twin, double by_x,
                              double by_y)
{
    mera_text text = {.arena = f->arena};

    mera_text_add(&text, "key,x,y,people,@size");
    for (size_t k = 0; k < UNITS + (twin < UNITS); k++) {
        const size_t i = k < UNITS ? order[k] : twin;
        const double v[3] = {prop_x[i][0] * by_x, prop_x[i][1] * by_y, prop_x[i][2]};

        mera_text_addf(&text, k < UNITS ? "\nU%zu" : "\nTwin%zu", i);
        for (size_t c = 0; c < 3; c++) {
            if (isnan(v[c])) {
                mera_text_add(&text, ",.");
            } else {
                mera_text_addf(&text, ",%.17g", v[c]);
            }
        }
        mera_text_addf(&text, ",%s", i % 2 != 0 ? "s" : "l");
    }
    return mera_text_string(&text);
}

static const size_t prop_as_is[UNITS] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const size_t prop_mixed[UNITS] = {5, 0, 8, 3, 7, 1, 6, 2, 4};

/** Methodologies with most of what a run can do. */
static const char *const prop_steps[] = {
    "impute: {op: group_median, by: size}, treat: winsorise, normalise: minmax",
    "impute: mean, treat: {op: log}, normalise: {op: zscore, mean: 100, sd: 10}",
    "impute: {op: knn, k: 2}, normalise: {op: percentile_rank}",
    "normalise: {op: minmax, range: [1, 100]}",
};
static const char *const prop_nodes[] = {
    "aggregate: arithmetic, ", "aggregate: {op: power, exponent: 2}, ",
    "aggregate: copeland, ",   "aggregate: topsis, ",
    "weights: entropy, ",      "missing: {rule: propagate}, ",
};
enum {
    STEPS = sizeof prop_steps / sizeof *prop_steps,
    NODES = sizeof prop_nodes / sizeof *prop_nodes
};

static const char *prop_yaml(run_fixture *f, size_t steps, size_t node, const char *weights)
{
    return mera_arena_printf(f->arena,
                             "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"
                             "indicators:\n  x: {direction: higher}\n  y: {direction: lower}\n"
                             "  z: {formula: \"y / people\", unit: u, direction: higher}\n"
                             "steps: {%s}\nframework: {id: root, %sindicators: %s}\n",
                             prop_steps[steps], prop_nodes[node], weights);
}

static const char *const prop_weights = "{x: 1, y: 2, z: 1.5}";

typedef struct prop_scores {
    double score[UNITS], rank[UNITS];
} prop_scores;

static void prop_take(run_fixture *f, const char *yaml, const char *table, prop_scores *out)
{
    run_again(f);
    run_must(f, yaml, table);
    for (size_t i = 0; i < UNITS; i++) {
        const char *key = mera_arena_printf(f->arena, "U%zu", i);

        out->score[i] = run_score_of(f, "root", key, 0);
        out->rank[i] = run_rank_of(f, "root", key);
    }
}

/** Does another unit have the same score but for the last bits? Sums over units are in their order,
 * so which of two such is above may hang on it. */
static bool prop_tied(const prop_scores *a, size_t unit)
{
    for (size_t i = 0; i < UNITS; i++) {
        if (i != unit && fabs(a->score[i] - a->score[unit]) <= 1e-12 * fabs(a->score[unit])) {
            return true;
        }
    }
    return false;
}

static void prop_same(const prop_scores *a, const prop_scores *b, double tolerance,
                      const char *what)
{
    for (size_t i = 0; i < UNITS; i++) {
        const bool near = (isnan(a->score[i]) && isnan(b->score[i])) ||
                          fabs(a->score[i] - b->score[i]) <= tolerance * fmax(1, fabs(a->score[i]));
        const bool same =
            (isnan(a->rank[i]) && isnan(b->rank[i])) || a->rank[i] == b->rank[i] || prop_tied(a, i);

        if (!near || !same) {
            print_error("%s: U%zu has %.17g (place %g), then %.17g (place %g)\n", what, i,
                        a->score[i], a->rank[i], b->score[i], b->rank[i]);
            fail();
        }
    }
}

static void the_order_of_units_does_not_matter(void **state)
{
    run_fixture *f = *state;
    prop_scores as_is, mixed;

    for (size_t s = 0; s < STEPS; s++) {
        for (size_t n = 0; n < NODES; n++) {
            const char *yaml = prop_yaml(f, s, n, prop_weights);

            prop_take(f, yaml, prop_table(f, prop_as_is, UNITS, 1, 1), &as_is);
            prop_take(f, yaml, prop_table(f, prop_mixed, UNITS, 1, 1), &mixed);
            prop_same(&as_is, &mixed, 1e-12, yaml);
        }
    }
}

static void a_twin_has_the_same_score_and_place(void **state)
{
    run_fixture *f = *state;
    prop_scores scores;

    for (size_t s = 0; s < STEPS; s++) {
        for (size_t n = 0; n < NODES; n++) {
            for (size_t twin = 0; twin < 3; twin++) {
                const char *key = mera_arena_printf(f->arena, "Twin%zu", twin);

                prop_take(f, prop_yaml(f, s, n, prop_weights),
                          prop_table(f, prop_as_is, twin, 1, 1), &scores);
                const double score = run_score_of(f, "root", key, 0);
                assert_true((isnan(score) && isnan(scores.score[twin])) ||
                            fabs(score - scores.score[twin]) <= 1e-12 * fmax(1, fabs(score)));
                assert_true(isnan(score) || run_rank_of(f, "root", key) == scores.rank[twin]);
            }
        }
    }
}

/** Of methods that look at a unit alone with a fixed scale, a twin changes nobody's score. */
static void a_twin_of_nobody_at_an_end_changes_no_one(void **state)
{
    run_fixture *f = *state;
    prop_scores before, after;
    const char *yaml = prop_yaml(f, 3, 0, prop_weights);

    prop_take(f, yaml, prop_table(f, prop_as_is, UNITS, 1, 1), &before);
    prop_take(f, yaml, prop_table(f, prop_as_is, 7, 1, 1), &after);
    for (size_t i = 0; i < UNITS; i++) {
        assert_true(before.score[i] == after.score[i] ||
                    (isnan(before.score[i]) && isnan(after.score[i])));
    }
}

/** A dilution: kilometres or metres, persons or thousands. Logarithms in `treat` are left out: they
 * add 1 or a share of the range, and are no ratio scales. */
static void the_unit_of_measure_does_not_matter(void **state)
{
    static const size_t steps[] = {0, 2, 3};
    run_fixture *f = *state;
    prop_scores as_is, scaled;

    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        for (size_t n = 0; n < NODES; n++) {
            const char *yaml = prop_yaml(f, steps[s], n, prop_weights);

            prop_take(f, yaml, prop_table(f, prop_as_is, UNITS, 1, 1), &as_is);
            prop_take(f, yaml, prop_table(f, prop_as_is, UNITS, 1024, 0.125), &scaled);
            prop_same(&as_is, &scaled, 1e-12, yaml);
        }
    }
}

static void the_scale_of_weights_does_not_matter(void **state)
{
    run_fixture *f = *state;
    prop_scores as_is, scaled;

    for (size_t s = 0; s < STEPS; s++) {
        for (size_t n = 0; n < NODES; n++) {
            const char *table = prop_table(f, prop_as_is, UNITS, 1, 1);

            prop_take(f, prop_yaml(f, s, n, prop_weights), table, &as_is);
            prop_take(f, prop_yaml(f, s, n, "{x: 30, y: 60, z: 45}"), table, &scaled);
            prop_same(&as_is, &scaled, 1e-12, prop_nodes[n]);
        }
    }
}

/** Two engines open at once, each with a plan of its own, scored in turns. */
static void engines_in_one_process_do_not_see_each_other(void **state)
{
    run_fixture *f = *state, other = {.threads = 2};
    const char *one = prop_yaml(f, 0, 4, prop_weights), *two = prop_yaml(f, 1, 0, "[z, x]");
    const char *table = prop_table(f, prop_as_is, UNITS, 1, 1);
    prop_scores alone_one, alone_two;
    const mera_result *again;

    prop_take(f, one, table, &alone_one);
    prop_take(f, two, table, &alone_two);
    run_again(f);
    other.arena = mera_arena_new();
    other.diags = mera_diags_new(other.arena);
    assert_int_equal(run_bind(f, one, table), MERA_OK);
    assert_int_equal(run_bind(&other, two, table), MERA_OK);
    for (int turn = 0; turn < 3; turn++) {
        assert_int_equal(mera_plan_score(f->plan, f->arena, f->diags, &f->result), MERA_OK);
        assert_int_equal(mera_plan_score(other.plan, other.arena, other.diags, &again), MERA_OK);
        for (size_t i = 0; i < UNITS; i++) {
            assert_memory_equal(&f->result->node[0].score[i], &alone_one.score[i], sizeof(double));
            assert_memory_equal(&again->node[0].score[i], &alone_two.score[i], sizeof(double));
        }
    }
    run_again(&other);
    mera_arena_free(other.arena);
    /* and the first goes on when the other is closed */
    assert_int_equal(mera_plan_score(f->plan, f->arena, f->diags, &f->result), MERA_OK);
    assert_memory_equal(&f->result->node[0].score[0], &alone_one.score[0], sizeof(double));
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(the_order_of_units_does_not_matter),
        RUN_TEST(a_twin_has_the_same_score_and_place),
        RUN_TEST(a_twin_of_nobody_at_an_end_changes_no_one),
        RUN_TEST(the_unit_of_measure_does_not_matter),
        RUN_TEST(the_scale_of_weights_does_not_matter),
        RUN_TEST(engines_in_one_process_do_not_see_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
