/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first: aims by hand, gains against the table with the value put in, how sure against
 * weights that do not vary.
 */
#include "run_fixture.h"

#include "mera/budget.h"
#include "priorities_yaml.h"

#define MINMAX "steps: {normalise: {op: minmax, range: [1, 100]}}\n"
#define ZSCORE "steps: {normalise: zscore, impute: median}\n"

/* %s: what u1 has */
static const char table[] = "unit,a,b,c,d,p\n"
                            "u1,%s\nu2,5,6,2,5,20\nu3,9,1,7,6,30\nu4,2,7,3,9,15\n"
                            "u5,6,5,5,1,10\nu6,7,3,1,4,10\nu7,1,9,6,8,40\nu8,4,4,8,2,10\n";

static void priorities_score(run_fixture *f, const char *yaml, const char *own)
{
    char text[600];
    snprintf(text, sizeof text, table, own);
    run_must(f, yaml, text);
}

static mera_priorities priorities_must(run_fixture *f, const mera_priorities_ask *ask)
{
    mera_priorities of;
    const mera_code code = mera_priorities_of(f->plan, f->result, ask, f->arena, f->diags, &of);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    return of;
}

static const mera_priority *priorities_item(const run_fixture *f, const mera_priorities *of,
                                            const char *id)
{
    for (size_t i = 0; i < of->n; i++) {
        if (strcmp(f->result->methodology->indicator[of->item[i].indicator].id, id) == 0) {
            return &of->item[i];
        }
    }
    fail_msg("no item %s", id);
    return NULL;
}

/* Of 7 similar units a quarter is the best two: a 9 and 7, b 1 and 3, c 5 and then 3, 6 at a
 * distance of 1, d per 10 of p 6, 4 (u4, u6), 2.5, 2, ... */
static void aims_are_values_that_a_quarter_has_reached(void **state)
{
    run_fixture *f = *state;
    priorities_score(f, HEAD INDICATORS MINMAX TREE, "3,8,1,7,35");
    const mera_priorities of = priorities_must(f, &(mera_priorities_ask){0});
    assert_int_equal(of.similar.n, 7);
    assert_true(priorities_item(f, &of, "a")->to == 7);
    assert_int_equal(priorities_item(f, &of, "a")->n_there, 2);
    assert_true(priorities_item(f, &of, "b")->to == 3);
    assert_true(priorities_item(f, &of, "c")->to == 3); /* from below */
    assert_int_equal(priorities_item(f, &of, "c")->n_there, 3);
    assert_close(priorities_item(f, &of, "d")->to, 4, 1e-12);
    assert_close(priorities_item(f, &of, "d")->lift.value, 14, 1e-12);
    run_again(f);
}

/* What is asked for may lie beyond all similar units, and is lifted to exactly; of an indicator
 * that is better already nothing is lifted. */
static void what_is_asked_for_may_be_beyond_them(void **state)
{
    const mera_aim aim[] = {{0, 20}, {1, 9}, {3, 7.5}};
    run_fixture *f = *state;
    priorities_score(f, HEAD INDICATORS MINMAX TREE, "3,8,1,7,35");
    const mera_priorities of = priorities_must(f, &(mera_priorities_ask){.aim = aim, .n_aims = 3});
    const mera_priority *a = priorities_item(f, &of, "a"), *d = priorities_item(f, &of, "d");
    assert_true(a->asked && a->to == 20 && a->lift.value == 20);
    assert_int_equal(a->n_there, 0);
    assert_int_equal(priorities_item(f, &of, "b")->end, MERA_PRIORITY_THERE);
    assert_true(!priorities_item(f, &of, "c")->asked && priorities_item(f, &of, "c")->to == 3);
    assert_true(d->asked);
    assert_close(d->lift.value, 7.5 * 35 / 10, 1e-12); /* the amount of 7.5 per 10 */
    const double gain = a->gain, before = of.score;
    run_again(f);
    priorities_score(f, HEAD INDICATORS MINMAX TREE, "20,8,1,7,35");
    assert_true(run_score_of(f, "index", "u1", 0) - before == gain);
}

static void what_nobody_can_change_is_not_lifted(void **state)
{
    run_fixture *f = *state;
    priorities_score(f,
                     HEAD "indicators:\n  a: {direction: higher, actionable: false}\n"
                          "  b: {direction: lower, actionable: true}\n"
                          "  c: {direction: higher}\n  d: {direction: higher}\n" MINMAX TREE,
                     "3,8,1,7,35");
    const mera_priorities of = priorities_must(f, &(mera_priorities_ask){0});
    mera_goal goal;
    assert_int_equal(priorities_item(f, &of, "a")->end, MERA_PRIORITY_GIVEN);
    assert_true(isnan(priorities_item(f, &of, "a")->to));
    assert_int_equal(priorities_item(f, &of, "b")->end, MERA_PRIORITY_POSSIBLE);
    assert_int_equal(mera_goal_of(f->plan, f->result, &of, &(mera_goal_ask){.wanted = 1000},
                                  f->arena, f->diags, &goal),
                     MERA_OK);
    for (size_t i = 0; i < goal.n; i++) {
        assert_int_not_equal(goal.step[i].lift.indicator, 0);
    }
}

static void the_best_of_them_and_from_above(void **state)
{
    run_fixture *f = *state;
    priorities_score(f, HEAD INDICATORS MINMAX TREE, "9,8,9,7,35");
    const mera_priorities of = priorities_must(f, &(mera_priorities_ask){.reach = 1});
    assert_int_equal(priorities_item(f, &of, "a")->end, MERA_PRIORITY_THERE);
    assert_true(isnan(priorities_item(f, &of, "a")->gain));
    assert_true(priorities_item(f, &of, "b")->to == 1);
    assert_true(priorities_item(f, &of, "c")->to == 5);
    assert_close(priorities_item(f, &of, "d")->to, 6, 1e-12);
    run_again(f);
}

/* Where a lower score is better a quarter of the seven has come down to a 2 (1, 2), up to b 7 (9,
 * 7), and, from above, away from the range 4 to 5 of c by 3 (u6, u8). */
static void where_a_lower_score_is_better_aims_are_on_the_other_side(void **state)
{
    run_fixture *f = *state;
    priorities_score(f, HEAD INDICATORS MINMAX TREE "  better: lower\n", "3,6,6,7,35");
    const mera_priorities of = priorities_must(f, &(mera_priorities_ask){0});
    assert_true(priorities_item(f, &of, "a")->to == 2);
    assert_int_equal(priorities_item(f, &of, "a")->n_there, 2);
    assert_true(priorities_item(f, &of, "b")->to == 7);
    assert_true(priorities_item(f, &of, "c")->to == 8);
    assert_int_equal(priorities_item(f, &of, "c")->n_there, 2);
    for (size_t i = 0; i < of.n_possible; i++) {
        assert_true(of.item[i].gain > 0 && of.item[i].place <= of.place);
    }
    run_again(f);
}

/* Gains of every item against the table with its value put in, for fits that move with it. */
static void promises_are_kept(run_fixture *f, const char *yaml, const double own[5])
{
    char before[200], after[200];
    snprintf(before, sizeof before, "%.17g,%.17g,%.17g,%.17g,%.17g", own[0], own[1], own[2], own[3],
             own[4]);
    priorities_score(f, yaml, before);
    const mera_priorities of = priorities_must(f, &(mera_priorities_ask){.reach = 1});
    assert_true(of.n_possible >= 3);
    for (size_t i = 0; i < of.n_possible; i++) {
        double x[5];
        const mera_priority *item = &of.item[i];
        memcpy(x, own, sizeof x);
        x[item->indicator] = item->lift.value;
        snprintf(after, sizeof after, "%.17g,%.17g,%.17g,%.17g,%.17g", x[0], x[1], x[2], x[3],
                 x[4]);
        run_again(f);
        priorities_score(f, yaml, after);
        const double change = run_score_of(f, "index", "u1", 0) - of.score;
        assert_true((f->result->methodology->node[0].lower_is_better ? -change : change) ==
                    item->index_gain);
        assert_true(run_rank_of(f, "index", "u1") == item->place);
        assert_true(item->gain >= 0 && (i == 0 || item->gain <= of.item[i - 1].gain));
    }
    run_again(f);
}

static void a_lifted_value_gives_what_was_promised(void **state)
{
    static const double own[] = {3, 8, 1, 7, 35}, worst[] = {0.5, 11, 12, 0, 35};
    static const char *const yaml[] = {
        HEAD INDICATORS MINMAX TREE,
        HEAD INDICATORS ZSCORE TREE,
        HEAD INDICATORS "steps: {normalise: rank}\n" TREE,
        HEAD INDICATORS MINMAX "framework:\n  id: index\n  aggregate: geometric\n"
                               "  weights: critic\n  indicators: [a, b, c, d]\n",
    };
    promises_are_kept(*state, HEAD INDICATORS ZSCORE TREE "  better: lower\n", own);
    for (size_t i = 0; i < sizeof yaml / sizeof *yaml; i++) {
        promises_are_kept(*state, yaml[i], own);
        promises_are_kept(*state, yaml[i], worst); /* the bounds of fits move; d is 0 */
    }
}

static void a_missing_value_is_put_in(void **state)
{
    run_fixture *f = *state;
    priorities_score(f, HEAD INDICATORS ZSCORE TREE, "3,8,1,.,35");
    const mera_priorities of = priorities_must(f, &(mera_priorities_ask){.reach = 1});
    const mera_priority *d = priorities_item(f, &of, "d");
    assert_int_equal(d->end, MERA_PRIORITY_POSSIBLE);
    assert_true((d->state & MERA_IMPUTED) != 0);
    assert_close(d->lift.value, 21, 1e-12);
    run_again(f);
    priorities_score(f, HEAD INDICATORS ZSCORE TREE, "3,8,1,.,.");
    const mera_priorities none = priorities_must(f, &(mera_priorities_ask){.reach = 1});
    assert_int_equal(priorities_item(f, &none, "d")->end, MERA_PRIORITY_MISSING);
    run_again(f);
}

/* Weights that do not vary: who is first as things stand is first in every draw. */
static void fixed_weights_are_sure(void **state)
{
    static const char *const yaml[] = {
        HEAD INDICATORS MINMAX TREE,
        HEAD INDICATORS MINMAX TREE "  then: {op: minmax, range: [0, 10]}\n",
        HEAD INDICATORS MINMAX TREE "  aggregate: {op: topsis}\n",
    };
    run_fixture *f = *state;
    for (size_t y = 0; y < 3; y++) {
        char text[1500];
        snprintf(text, sizeof text, "%suncertainty: {weights: {law: fixed}}\n", yaml[y]);
        priorities_score(f, text, "3,8,1,7,35");
        const mera_priorities of = priorities_must(f, &(mera_priorities_ask){.top = 2});
        assert_true(of.surety.draws > 0);
        assert_int_equal(of.n_possible, 4);
        for (size_t i = 0; i < of.n_possible; i++) {
            assert_true(of.item[i].sure == (i < 2 ? 1 : 0));
        }
        run_again(f);
    }
}

/* With the share of money from 0.3 to 0.5 in four parts of the draws and a gain of a against c that
 * turns at 0.4, half of the draws have either first. */
static void how_sure_is_a_share_of_weightings(void **state)
{
    run_fixture *f = *state;
    priorities_score(f,
                     HEAD "indicators:\n  a: {direction: higher}\n  b: {direction: lower}\n"
                          "steps: {normalise: {op: minmax, range: [0, 100]}}\n"
                          "framework: {id: index, indicators: {a: 1, b: 1}}\n"
                          "uncertainty: {nodes: {index: {law: bounds, bounds: {a: {low: 0.2, "
                          "high: 0.7}}}}}\n",
                     "5,5,1,1,1");
    /* a: from 5 to 9 is 4/8 of the range; b: from 5 to 1 is 4/8: equal at 1/2, and a has 0.2 of the
     * 0.5 that its share ranges over */
    const mera_priorities of =
        priorities_must(f, &(mera_priorities_ask){.reach = 1, .top = 1, .draws = 4000});
    const double a = priorities_item(f, &of, "a")->sure, b = priorities_item(f, &of, "b")->sure;
    assert_close(a + b, 1, 1e-12);
    assert_true(fabs(a - 0.4) < 4 * sqrt(0.4 * 0.6 / 4000)); /* 4 standard errors */
}

/** Ends the draws at its last call. */
static bool priorities_stop(void *context, uint64_t done, uint64_t until)
{
    size_t *calls = context;
    assert_true(done<until && * calls> 0);
    return --*calls > 0;
}

/* Shares are those of as many draws as were done; gains do not know of it. */
static void draws_that_were_done_are_told_when_stopped(void **state)
{
    run_fixture *f = *state;
    priorities_score(f, HEAD INDICATORS MINMAX TREE, "3,8,1,7,35");
    for (size_t k = 1; k <= 3; k++) {
        size_t calls = k;
        const mera_priorities part = priorities_must(
            f, &(mera_priorities_ask){
                   .top = 2, .draws = 4000, .progress = priorities_stop, .context = &calls});
        assert_int_equal(calls, 0);
        assert_true(part.surety.asked == 4000 && part.surety.draws < 4000);
        assert_true((part.surety.draws == 0) == (k == 1) &&
                    (part.surety.why_not != NULL) == (k == 1));
        const mera_priorities whole =
            priorities_must(f, &(mera_priorities_ask){.top = 2, .draws = part.surety.draws});
        assert_int_equal(part.n_possible, 4);
        for (size_t i = 0; i < part.n; i++) {
            assert_true(part.item[i].indicator == whole.item[i].indicator);
            assert_true(part.item[i].gain == whole.item[i].gain);
            assert_true(k == 1 ? isnan(part.item[i].sure)
                               : part.item[i].sure == whole.item[i].sure);
        }
    }
}

static void refusals(void **state)
{
    run_fixture *f = *state;
    mera_priorities of;
    priorities_score(f, HEAD INDICATORS MINMAX TREE, ".,.,.,.,.");
    assert_int_equal(
        mera_priorities_of(f->plan, f->result, &(mera_priorities_ask){0}, f->arena, f->diags, &of),
        MERA_EINPUT);
    assert_non_null(strstr(run_first_problem(f), "has no score"));
    assert_int_equal(mera_priorities_of(f->plan, f->result, &(mera_priorities_ask){.unit = 8},
                                        f->arena, f->diags, &of),
                     MERA_EUSAGE);
    assert_int_equal(mera_priorities_of(f->plan, f->result,
                                        &(mera_priorities_ask){.unit = 1, .reach = 1.5}, f->arena,
                                        f->diags, &of),
                     MERA_EUSAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(aims_are_values_that_a_quarter_has_reached, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(what_is_asked_for_may_be_beyond_them, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(what_nobody_can_change_is_not_lifted, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(the_best_of_them_and_from_above, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(where_a_lower_score_is_better_aims_are_on_the_other_side,
                                        run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(a_lifted_value_gives_what_was_promised, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_missing_value_is_put_in, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(fixed_weights_are_sure, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(draws_that_were_done_are_told_when_stopped, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(how_sure_is_a_share_of_weightings, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(refusals, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
