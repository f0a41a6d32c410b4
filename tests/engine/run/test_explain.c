/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Why a number is what it is: the trace of a unit and of a weight, by hand.
 */
#include "run_fixture.h"

#include "run/explain.h"

#define EXPLAIN_HEAD                                               \
    "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"    \
    "indicators:\n"                                                \
    "  a: {direction: higher}\n"                                   \
    "  b: {direction: lower, denominate: {by: people, per: 10}}\n" \
    "  c: {formula: a + people, unit: points, direction: higher}\n"

static const char *const explain_table = "key,a,b,people,@size\n"
                                         "A,1,4,20,s\n"
                                         "B,3,2,10,s\n"
                                         "C,.,8,40,s\n"
                                         "D,5,1,10,l\n";

static const mera_trace_node *explain_unit(run_fixture *f, const char *unit)
{
    const mera_trace_node *trace;

    assert_int_equal(mera_explain_unit(f->plan, f->result, mera_dataset_unit(f->data, unit), 0, 0,
                                       f->arena, f->diags, &trace),
                     MERA_OK);
    return trace;
}

static void a_trace_goes_down_to_the_cells(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             EXPLAIN_HEAD "steps: {impute: {op: mean, by: size}, normalise: minmax, aggregate: "
                          "arithmetic}\n"
                          "framework: {id: root, nodes: [{id: left, weight: 3, indicators: {a: 1, "
                          "b: 3}}], indicators: {c: 1}}\n",
             explain_table);
    const mera_trace_node *root = explain_unit(f, "C");
    assert_int_equal(root->n_children, 2);
    assert_string_equal(root->child[0].id, "left");
    assert_close(root->child[0].share, 0.75, 1e-15);
    const mera_trace_node *left = root->child[0].node;
    const mera_trace_indicator *a = left->child[0].indicator;
    const mera_trace_indicator *b = left->child[1].indicator;
    assert_close(left->child[1].index_share, 0.75 * 0.75, 1e-15);
    /* a of C is the mean of group s: 2 */
    assert_missing(a->stage[MERA_STAGE_RAW]);
    assert_close(a->stage[MERA_STAGE_IMPUTED], 2, 1e-15);
    assert_int_equal(a->raw_state, MERA_ABSENT);
    assert_int_equal(a->state, MERA_ABSENT | MERA_IMPUTED);
    assert_int_equal(a->n_steps, 2);
    assert_string_equal(a->step[0].op->name, "impute.mean");
    assert_true(a->step[0].changed);
    assert_string_equal(a->step[0].reference, "2 values of group 's'");
    assert_close(a->step[0].fit->fitted.v[0], 2, 1e-15);
    assert_string_equal(a->step[1].reference, "4 values of all units");
    assert_close(a->step[1].after, 25, 1e-15); /* (2 - 1) / (5 - 1) */
    /* b of C: 8 / 40 * 10 = 2, the same as of A and B; D has 1 */
    assert_string_equal(b->step[0].op->name, "denominate.per_unit");
    assert_string_equal(b->step[0].cell[0].name, "people");
    assert_close(b->step[0].cell[0].value, 40, 1e-15);
    assert_close(b->step[0].after, 2, 1e-15);
    assert_close(b->stage[MERA_STAGE_NORMALISED], 0, 1e-15);
    assert_int_equal(b->rank, 2);
    assert_int_equal(b->n_present, 4);
}

static void a_formula_shows_what_it_read(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             EXPLAIN_HEAD "steps: {normalise: none, aggregate: arithmetic}\n"
                          "framework: {id: root, indicators: [c, a, b]}\n",
             explain_table);
    const mera_trace_indicator *c = explain_unit(f, "A")->child[0].indicator;
    assert_int_equal(c->n_cells, 2);
    assert_string_equal(c->cell[0].name, "a");
    assert_true(c->cell[0].is_indicator);
    assert_close(c->cell[0].value, 1, 1e-15);
    assert_false(c->cell[1].is_indicator);
    assert_close(c->cell[1].value, 20, 1e-15);
    assert_string_equal(c->step[0].params, "a + people");
    assert_null(c->step[0].op);
}

static double explain_sum(const mera_trace_node *node)
{
    double sum = 0;

    for (size_t j = 0; j < node->n_children; j++) {
        sum += isnan(node->child[j].contribution) ? 0 : node->child[j].contribution;
    }
    return sum;
}

static const char *explain_yaml(run_fixture *f, const char *aggregate)
{
    return mera_arena_printf(f->arena,
                             EXPLAIN_HEAD "steps: {normalise: {op: minmax, range: [1, 10]}}\n"
                                          "framework: {id: root, aggregate: %s, indicators: {a: 1, "
                                          "b: 2, c: 1}}\n",
                             aggregate);
}

static void contributions_add_up_to_the_distance_from_the_mean(void **state)
{
    static const char *const linear[] = {"arithmetic", "sum", "{op: arithmetic, missing: zero}"};
    static const char *const others[] = {"harmonic", "median", "min", "{op: power, exponent: 2}"};
    run_fixture *f = *state;

    for (size_t i = 0; i < 3; i++) {
        run_must(f, explain_yaml(f, linear[i]), explain_table);
        for (size_t u = 0; u < 4; u++) {
            const mera_trace_node *root = explain_unit(f, f->data->unit_key[u]);

            assert_int_equal(root->split, MERA_SPLIT_LINEAR);
            assert_close(root->baseline + explain_sum(root), root->aggregate, 1e-14);
        }
        run_again(f);
    }
    for (size_t i = 0; i < 4; i++) {
        run_must(f, explain_yaml(f, others[i]), explain_table);
        for (size_t u = 0; u < 4; u++) {
            const mera_trace_node *root = explain_unit(f, f->data->unit_key[u]);

            assert_int_equal(root->split, MERA_SPLIT_SHAPLEY);
            assert_close(root->baseline + explain_sum(root), root->aggregate, 1e-13);
        }
        run_again(f);
    }
}

static void geometric_contributions_multiply(void **state)
{
    run_fixture *f = *state;

    run_must(f, explain_yaml(f, "geometric"), explain_table);
    const mera_trace_node *root = explain_unit(f, "D");
    assert_int_equal(root->split, MERA_SPLIT_LOG);
    assert_close(log(root->baseline) + explain_sum(root), log(root->aggregate), 1e-14);
}

static void a_linear_contribution_by_hand(void **state)
{
    run_fixture *f = *state;

    /* a: 1, 3, 5 of four; mean 3. At A: share 1/2, contribution (1 - 3) / 2 */
    run_must(f,
             EXPLAIN_HEAD "steps: {normalise: none, aggregate: arithmetic}\n"
                          "framework: {id: root, indicators: [a, b]}\n",
             explain_table);
    const mera_trace_node *root = explain_unit(f, "A");
    assert_close(root->child[0].mean, 3, 1e-15);
    assert_close(root->child[0].contribution, -1, 1e-15);
    /* C lacks a: b takes the whole weight */
    root = explain_unit(f, "C");
    assert_true(root->child[0].share == 0);
    assert_true(root->child[1].share == 1);
    assert_missing(root->child[0].contribution);
}

static void a_weight_says_where_it_comes_from(void **state)
{
    run_fixture *f = *state;
    const mera_weight_trace *trace;

    f->set[0] = (mera_set){"framework.left.weight", "3"};
    f->n_set = 1;
    run_must(f,
             EXPLAIN_HEAD
             "steps: {normalise: none, aggregate: arithmetic}\n"
             "framework:\n"
             "  id: root\n"
             "  nodes: [{id: left, weight: 1, indicators: {a: 1, b: 3}}, {id: right, weight: 1, "
             "indicators: {b: 1, c: 1}}]\n",
             explain_table);
    assert_int_equal(mera_explain_weight(f->result, "left", f->arena, f->diags, &trace), MERA_OK);
    assert_int_equal(trace->n_paths, 1);
    assert_true(trace->path[0].link[0].stated == 3);
    assert_true(trace->path[0].link[0].sum == 4);
    assert_close(trace->index_share, 0.75, 1e-15);
    assert_string_equal(trace->path[0].link[0].origin, "--set");
    /* b stands under both: 0.75 * 3/4 + 0.25 * 1/2 */
    assert_int_equal(mera_explain_weight(f->result, "b", f->arena, f->diags, &trace), MERA_OK);
    assert_int_equal(trace->n_paths, 2);
    assert_close(trace->index_share, 0.75 * 0.75 + 0.25 * 0.5, 1e-15);
    assert_int_equal(trace->path[0].link[0].at.line, 11);
    assert_int_equal(mera_explain_weight(f->result, "lefd", f->arena, f->diags, &trace),
                     MERA_EUSAGE);
    assert_said(f->diags, "'lefd' is neither a node nor an indicator of methodology 't'");
}

static void places_outside_the_result_are_refused(void **state)
{
    run_fixture *f = *state;
    const mera_trace_node *trace;

    run_must(f,
             EXPLAIN_HEAD "steps: {normalise: none, aggregate: arithmetic}\n"
                          "framework: {id: root, indicators: [a, b]}\n",
             explain_table);
    assert_int_equal(mera_explain_unit(f->plan, f->result, 4, 0, 0, f->arena, f->diags, &trace),
                     MERA_EUSAGE);
}

/* z-scores of 1, 3, 5: -1, 0, 1; times 10 and 50: 40, 50, 60. Of b, where lower is better, per
 * person: 2, 2, 2, 1; D has (1.75 - 1) / 0.5 = 1.5. */
static void a_chain_is_told_from_one_operation_to_the_next(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             EXPLAIN_HEAD "steps: {normalise: [zscore, {op: scale, factor: 10, offset: 50}]}\n"
                          "framework: {id: root, indicators: [a, b]}\n",
             explain_table);
    const mera_trace_node *root = explain_unit(f, "D");
    const mera_trace_step *a = root->child[0].indicator->step;
    const mera_trace_step *b = root->child[1].indicator->step + 1;
    assert_string_equal(a[0].op->name, "normalise.zscore");
    assert_false(a[0].inner);
    assert_close(a[0].before, 5, 1e-15);
    assert_close(a[0].after, 1, 1e-15);
    assert_close(a[1].before, 1, 1e-15);
    assert_close(a[1].after, 60, 1e-15);
    assert_close(b[0].before, 1, 1e-15);
    assert_close(b[0].after, 1.5, 1e-14);
    assert_close(b[1].after, 65, 1e-14);
    assert_true(a[0].changed && a[1].changed && b[0].changed);
}

static void a_reference_set_is_told_by_its_members(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             EXPLAIN_HEAD "steps: {impute: {op: mean, by: size}, normalise: minmax}\n"
                          "framework: {id: root, indicators: [a]}\n",
             explain_table);
    const mera_trace_step *step = explain_unit(f, "C")->child[0].indicator->step;
    assert_int_equal(step[0].n_members, 2); /* A and B: of C's size, with a value */
    assert_int_equal(step[0].member[0], 0);
    assert_int_equal(step[0].member[1], 1);
    assert_int_equal(step[1].n_members, 4); /* C too, with the value filled in */
    assert_int_equal(step[1].member[2], 2);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(a_trace_goes_down_to_the_cells),
        RUN_TEST(a_chain_is_told_from_one_operation_to_the_next),
        RUN_TEST(a_reference_set_is_told_by_its_members),
        RUN_TEST(a_formula_shows_what_it_read),
        RUN_TEST(contributions_add_up_to_the_distance_from_the_mean),
        RUN_TEST(geometric_contributions_multiply),
        RUN_TEST(a_linear_contribution_by_hand),
        RUN_TEST(a_weight_says_where_it_comes_from),
        RUN_TEST(places_outside_the_result_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
