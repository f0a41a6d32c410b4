/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Changes split into causes: by hand where two causes act on each other, and that they add up
 * whatever the aggregator, the gaps and the methods.
 */
#include "run_fixture.h"

#include "analysis/change.h"

static const char table[] = "key,period,a,b\n"
                            "A,1,10,5\nB,1,0,1\nC,1,20,9\n"
                            "A,2,15,.\nB,2,0,2\nC,2,40,8\n";

static const char *change_yaml(run_fixture *f, const char *aggregate, const char *weight)
{
    return mera_arena_printf(f->arena,
                             "mera: 1\nid: t\nunits: {key: key, period: period}\nperiod: all\n"
                             "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
                             "steps: {impute: {op: median}, normalise: {op: minmax, range: [1, "
                             "101]}}\n"
                             "framework: {id: root, aggregate: %s, nodes: [{id: x, weight: %s, "
                             "indicators: [a]}, {id: y, weight: 1, indicators: [b]}]}\n",
                             aggregate, weight);
}

static double change_total(const double *by)
{
    double sum = 0;
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        sum += by[c];
    }
    return sum;
}

static const mera_changed *change_within(run_fixture *f, size_t unit, size_t orders)
{
    const mera_changed_end from = {.plan = f->plan, .result = f->result, .period = 0};
    const mera_changed_end to = {.plan = f->plan, .result = f->result, .period = 1};
    const mera_changed_ask ask = {.unit = unit, .orders = orders, .seed = 1};
    const mera_changed *made;
    const mera_code code = mera_change_of(&from, &to, &ask, f->arena, f->diags, &made);
    if (code != MERA_OK) {
        fail_msg("%s", run_first_problem(f));
    }
    return made;
}

/* Points of a: (x - min) / (max - min) * 100 + 1, bounds 0 to 20 and then 0 to 40. A has 10 and
 * then 15: 51, 76 on the new value with the old bounds, 26 the other way round, 38.5. Half of
 * (76 - 51) + (38.5 - 26) is its own, half of (26 - 51) + (38.5 - 76) the bounds'. b of A is a gap
 * filled with the median 5: 51 before; on bounds 2 to 8 it is 51 again; own bounds 1 to 9. */
static void two_causes_share_what_they_do_together(void **state)
{
    run_fixture *f = *state;
    run_must(f, change_yaml(f, "arithmetic", "3"), table);
    const mera_changed *made = change_within(f, 0, 1);
    assert_close(made->part[0].by[MERA_CAUSE_OWN], 0.75 * 18.75, 1e-12);
    assert_close(made->part[0].by[MERA_CAUSE_BOUNDS], 0.75 * -31.25, 1e-12);
    assert_close(made->node[1].by[MERA_CAUSE_OWN], 18.75, 1e-12);
    assert_true(fabs(made->part[1].by[MERA_CAUSE_OWN]) == 0);
    assert_close(change_total(made->node[0].by), 0.75 * -12.5, 1e-12);
    assert_close(made->node[0].frozen, 0.75 * 25, 1e-12);
    assert_true(made->bounds_move && made->same_method && isnan(made->noise));
}

static void a_filled_gap_is_not_the_units_own(void **state)
{
    run_fixture *f = *state;
    run_must(f, change_yaml(f, "arithmetic", "3"),
             "key,period,a,b\nA,1,10,4\nB,1,0,0\nC,1,20,10\n"
             "A,2,10,.\nB,2,0,0\nC,2,20,10\n"); /* the median of 0 and 10 is 5 */
    const mera_changed *made = change_within(f, 0, 1);
    assert_close(made->node[0].by[MERA_CAUSE_IMPUTED], 0.25 * 10, 1e-12);
    assert_true(fabs(made->node[0].by[MERA_CAUSE_OWN]) == 0);
    assert_close(made->imputed[1], 0.25, 1e-12);
}

static void splits_add_up_whatever_the_aggregator(void **state)
{
    static const char *const op[] = {"arithmetic", "geometric", "harmonic", "{op: topsis}"};
    run_fixture *f = *state;
    for (size_t i = 0; i < sizeof op / sizeof *op; i++) {
        run_must(f, change_yaml(f, op[i], "2"), table);
        const mera_changed *all = change_within(f, SIZE_MAX, 3);
        assert_int_equal(all->n, 3);
        for (size_t u = 0; u < all->n; u++) {
            const mera_changed_row *row = &all->row[u];
            const mera_changed *one = change_within(f, all->unit[u], 3);
            assert_close(change_total(row->by), row->after - row->before, 1e-12);
            assert_close(change_total(one->node[0].by), row->after - row->before, 1e-12);
            for (size_t c = 0; c < MERA_N_CAUSES; c++) { /* in short as in full */
                assert_true(fabs(one->node[0].by[c] - row->by[c]) < 1e-12);
            }
        }
        run_again(f);
    }
}

/* Another weighting of the same points: (3 * 51 + 51) / 4 and (51 + 51) / 2; C has 101 and 101;
 * B 1 and 1. With unequal points of A in period 2: 38.5 and 51. */
static void weights_are_a_cause_of_their_own(void **state)
{
    run_fixture *f = *state;
    run_must(f, change_yaml(f, "arithmetic", "3"), table);
    run_fixture before = *f;
    f->plan = NULL;
    f->project = NULL;
    f->engine = NULL;
    run_must(f, change_yaml(f, "arithmetic", "1"), table);
    const mera_changed_end from = {.plan = before.plan, .result = before.result, .period = 1};
    const mera_changed_end to = {.plan = f->plan, .result = f->result, .period = 1};
    const mera_changed_ask ask = {.unit = 0, .orders = 2};
    const mera_changed *made;
    assert_int_equal(mera_change_of(&from, &to, &ask, f->arena, f->diags, &made), MERA_OK);
    assert_false(made->same_method);
    assert_close(made->node[0].by[MERA_CAUSE_WEIGHTS], (38.5 + 51) / 2 - (3 * 38.5 + 51) / 4,
                 1e-12);
    assert_true(fabs(made->node[0].by[MERA_CAUSE_METHOD]) < 1e-12);
    mera_plan_close(before.plan);
    mera_project_close(before.project);
    mera_engine_close(before.engine);
}

static void a_unit_without_two_scores_is_refused(void **state)
{
    run_fixture *f = *state;
    const mera_changed *made;
    f->set[0] = (mera_set){"steps.impute", "none"};
    f->n_set = 1;
    run_must(f, change_yaml(f, "arithmetic", "3"),
             "key,period,a,b\nA,1,10,4\nB,1,0,0\nA,2,1,2\n"
             "B,2,2,3\nC,2,10,6\n");
    const mera_changed_end from = {.plan = f->plan, .result = f->result, .period = 0};
    const mera_changed_end to = {.plan = f->plan, .result = f->result, .period = 1};
    const mera_changed_ask ask = {.unit = 2, .orders = 1};
    assert_int_equal(mera_change_of(&from, &to, &ask, f->arena, f->diags, &made), MERA_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_causes_share_what_they_do_together, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_filled_gap_is_not_the_units_own, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(splits_add_up_whatever_the_aggregator, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(weights_are_a_cause_of_their_own, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(a_unit_without_two_scores_is_refused, run_setup,
                                        run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
