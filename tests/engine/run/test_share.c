/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Indicators taken from an earlier result, column by column: how many stages are made, and that
 * everything is as if nothing had been taken.
 */
#include "run_fixture.h"

#define SHARE_HEAD                                                                     \
    "mera: 1\nid: s\nunits: {key: key, groups: {size: size}}\ndata: [{}]\n"            \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher, denominate: "     \
    "{op: per_unit, by: pop}}\n  c: {direction: lower, treat: {op: clip, lower: 2}}\n" \
    "  d: {formula: a + c, unit: x, direction: higher}\n"
#define SHARE_TREE                                                                  \
    "framework: {id: root, nodes: [{id: one, indicators: {a: 1, b: 2}}, {id: two, " \
    "indicators: {c: 1, d: 1}}]}\n"
#define SHARE_PLAIN                                                                            \
    SHARE_HEAD "steps: {impute: {op: median, by: size}, treat: none, normalise: {op: minmax, " \
               "range: [0, 100]}, aggregate: arithmetic}\n" SHARE_TREE
#define SHARE_TABLES                                                                          \
    SHARE_HEAD "steps: {screen: {unit_coverage: 0.5}, impute: [{op: knn, k: 2, among: all}, " \
               "mean], treat: none, normalise: zscore, aggregate: arithmetic}\n" SHARE_TREE

static const char table[] = "key,a,b,c,pop,@size\n"
                            "A,3,6,1,2,s\nB,5,9,4,3,s\nC,9,.,2,4,s\nD,.,4,8,2,s\nE,6,13,5,5,l\n"
                            "F,7,14,.,7,l\nG,1,3,1,1,l\nH,4,8,9,2,l\nI,.,.,.,3,s\n";

enum { UNITS = 9, INDICATORS = 4, ALL = 4 * INDICATORS };

static void share_same_numbers(const double *x, const double *y)
{
    for (size_t i = 0; i < UNITS; i++) {
        assert_true(x[i] == y[i] || (isnan(x[i]) && isnan(y[i])));
    }
}

static void share_same(const mera_result *x, const mera_result *y)
{
    for (size_t k = 0; k < INDICATORS; k++) {
        for (size_t s = 0; s < MERA_N_STAGES; s++) {
            share_same_numbers(x->indicator[k].stage[s], y->indicator[k].stage[s]);
        }
        assert_memory_equal(x->indicator[k].state, y->indicator[k].state, UNITS);
        assert_true(x->indicator[k].screened_out == y->indicator[k].screened_out);
    }
    for (size_t k = 0; k < x->methodology->n_nodes; k++) {
        share_same_numbers(x->node[k].score, y->node[k].score);
        share_same_numbers(x->node[k].rank, y->node[k].rank);
        share_same_numbers(x->node[k].coverage, y->node[k].coverage);
    }
    assert_memory_equal(x->unit_screened, y->unit_screened, UNITS);
    assert_int_equal(x->n_fits, y->n_fits);
    for (size_t i = 0; i < x->n_fits; i++) { /* in the same order */
        assert_int_equal(x->fit[i].indicator, y->fit[i].indicator);
        assert_int_equal(x->fit[i].step, y->fit[i].step);
        assert_int_equal(x->fit[i].fitted.n, y->fit[i].fitted.n);
        assert_true(x->fit[i].fitted.v[0] == y->fit[i].fitted.v[0]);
    }
}

/* Scores the methodology with a change after it was scored as written; `made` stages are made. */
static void share_after(run_fixture *f, const char *yaml, const char *path, const char *text,
                        size_t made)
{
    mera_project *project;
    mera_plan *plan;
    const mera_result *after, *alone;
    run_must(f, yaml, table);
    assert_int_equal(f->result->stages_made, ALL);
    const mera_set set = {path, text};
    run_fixture own = {.arena = f->arena, .diags = f->diags, .engine = f->engine};
    own.set[0] = set;
    own.n_set = 1;
    if (run_open(&own, yaml, table) != MERA_OK) {
        fail_msg("%s", run_first_problem(&own));
    }
    project = own.project;
    assert_int_equal(mera_plan_open(project, f->data, f->diags, &plan), MERA_OK);
    if (mera_plan_score_after(plan, f->result, f->arena, f->diags, &after) != MERA_OK) {
        fail_msg("%s=%s: %s", path, text, run_first_problem(f));
    }
    assert_int_equal(mera_plan_score(plan, f->arena, f->diags, &alone), MERA_OK);
    if (after->stages_made != made) {
        fail_msg("%s=%s: %zu stages are made, not %zu", path, text, after->stages_made, made);
    }
    share_same(after, alone);
    mera_plan_close(plan);
    run_again(&own);
    run_again(f);
}

static void what_differs_is_made_and_nothing_else(void **state)
{
    run_fixture *f = *state;
    share_after(f, SHARE_PLAIN, "framework.one.weight", "5", 0);
    share_after(f, SHARE_PLAIN, "indicators.b.normalise", "zscore", 1);
    share_after(f, SHARE_PLAIN, "indicators.b.treat", "{op: clip, upper: 2.8}", 2);
    share_after(f, SHARE_PLAIN, "indicators.b.impute", "mean", 3);
    share_after(f, SHARE_PLAIN, "indicators.b.direction", "lower", 3);
    share_after(f, SHARE_PLAIN, "steps.normalise", "zscore", 4);
    share_after(f, SHARE_PLAIN, "steps.treat", "{op: clip, upper: 6}", 8);
    share_after(f, SHARE_PLAIN, "steps.impute", "mean", 12);
}

static void what_values_begin_with_is_made_whole(void **state)
{
    run_fixture *f = *state;
    share_after(f, SHARE_PLAIN, "indicators.d.formula", "a + 2 * c", ALL);
    share_after(f, SHARE_PLAIN, "indicators.b.denominate", "none", ALL);
    share_after(f, SHARE_PLAIN, "steps.screen", "{unit_coverage: 0.9}", ALL);
}

/* One imputer looks at all: when what is imputed differs in one, no other is sure to be the same.
 */
static void tables_are_filled_together(void **state)
{
    run_fixture *f = *state;
    share_after(f, SHARE_TABLES, "indicators.a.normalise", "{op: minmax, range: [0, 1]}", 1);
    share_after(f, SHARE_TABLES, "indicators.a.treat", "{op: clip, upper: 6}", 2);
    share_after(f, SHARE_TABLES, "indicators.a.impute", "mean", 12);
    share_after(f, SHARE_TABLES, "indicators.a.direction", "lower", 12);
    share_after(f, SHARE_TABLES, "steps.screen.unit_coverage", "0.9", ALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_differs_is_made_and_nothing_else, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(what_values_begin_with_is_made_whole, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(tables_are_filled_together, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
