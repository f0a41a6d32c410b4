/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first in several units: promises against the table with the values put in, a
 * perimeter of one against its unit, and the split of a budget over indicators and units against
 * all splits there are.
 */
#include "run_fixture.h"

#include "mera/budget.h"

#define YAML                                                           \
    "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 5\n"        \
    "indicators:\n  a: {direction: higher}\n  b: {direction: lower}\n" \
    "  d: {direction: higher, denominate: {by: p, per: 10}}\n"         \
    "steps: {normalise: {op: minmax, range: [1, 100]}}\n"              \
    "framework:\n  id: index\n  aggregate: geometric\n  nodes:\n"      \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n"         \
    "    - {id: life, weight: 3, indicators: {d: 1}}\n"

enum { TOWNS = 3, INDICATORS = 3 };

/* a, b, d, p of the perimeter's towns; the last sets the bounds of b, so that lifting it moves
 * everybody */
static const double own[TOWNS][4] = {{3, 8, 7, 35}, {5, 6, 5, 20}, {2, 10, 3, 15}};
static const char rest[] = "r1,9,1,6,30\nr2,6,5,1,10\nr3,7,3,4,10\nr4,1,9,6,8\nr5,4,4,8,20\n";

/* Scores the table with values put in. */
static void score_with(run_fixture *f, const mera_lift *lift, size_t n)
{
    char text[900];
    int at = snprintf(text, sizeof text, "unit,a,b,d,p\n");
    for (size_t u = 0; u < TOWNS; u++) {
        double x[4];
        memcpy(x, own[u], sizeof x);
        for (size_t i = 0; i < n; i++) {
            if (lift[i].unit == u) {
                x[lift[i].indicator] = lift[i].value;
            }
        }
        at += snprintf(text + at, sizeof text - (size_t)at, "t%zu,%.17g,%.17g,%.17g,%.17g\n", u + 1,
                       x[0], x[1], x[2], x[3]);
    }
    snprintf(text + at, sizeof text - (size_t)at, "%s", rest);
    run_must(f, YAML, text);
}

static const size_t unit[TOWNS] = {0, 1, 2};
static const double weight[TOWNS] = {5, 2, 1}, share[TOWNS] = {0.625, 0.25, 0.125};

static mera_perimeter perimeter_must(run_fixture *f)
{
    const mera_perimeter_ask ask = {.members = {TOWNS, unit, weight}, .reach = 1, .draws = 320};
    mera_perimeter of;
    score_with(f, NULL, 0);
    assert_int_equal(mera_perimeter_of(f->plan, f->result, &ask, f->arena, f->diags, &of), MERA_OK);
    return of;
}

static double mean_score(const run_fixture *f)
{
    double mean = 0;
    for (size_t u = 0; u < TOWNS; u++) {
        mean += share[u] * f->result->node[0].score[u];
    }
    return mean;
}

static void a_perimeter_gets_what_was_promised(void **state)
{
    run_fixture *f = *state;
    const mera_perimeter of = perimeter_must(f);
    const double before = mean_score(f);
    assert_close(of.score, before, 1e-12);
    assert_int_equal(of.n, INDICATORS);
    assert_true(of.n_steps >= 6);
    for (size_t i = 0; i < of.n; i++) {
        run_again(f);
        score_with(f, of.item[i].lift, of.item[i].n);
        assert_close(mean_score(f) - before, of.item[i].gain, 1e-12);
        assert_true(i == 0 || of.item[i].gain <= of.item[i - 1].gain);
    }
    double last = INFINITY;
    for (size_t i = 0; i < of.n_steps; i++) {
        const mera_priority *item = &of.of[of.step[i].member].item[of.step[i].item];
        run_again(f);
        score_with(f, &item->lift, 1);
        assert_close(mean_score(f) - before, item->among_gain, 1e-12);
        assert_true(item->among_gain <= last);
        last = item->among_gain;
    }
}

static void a_perimeter_of_one_is_its_unit(void **state)
{
    run_fixture *f = *state;
    const double one = 7;
    const mera_perimeter_ask ask = {.members = {1, &unit[1], &one}, .reach = 1, .draws = 320};
    mera_perimeter of;
    mera_priorities alone;
    score_with(f, NULL, 0);
    assert_int_equal(mera_perimeter_of(f->plan, f->result, &ask, f->arena, f->diags, &of), MERA_OK);
    assert_int_equal(mera_priorities_of(f->plan, f->result,
                                        &(mera_priorities_ask){.unit = 1, .reach = 1, .draws = 320},
                                        f->arena, f->diags, &alone),
                     MERA_OK);
    assert_int_equal(of.n, alone.n_possible);
    for (size_t i = 0; i < of.n; i++) {
        assert_int_equal(of.item[i].indicator, alone.item[i].indicator);
        assert_true(of.item[i].gain == alone.item[i].gain);
        assert_true(of.item[i].most_gain == alone.item[i].gain);
        assert_true(of.item[i].sure == alone.item[i].sure);
    }
}

/* The best sum of gains of all choices of one step, or none, per indicator and town. */
static double brute(const mera_budget_item *item, size_t n, double left)
{
    double best = n == 0 ? 0 : brute(item + 1, n - 1, left);
    for (size_t o = 0; n > 0 && o < item->n; o++) {
        if (item->option[o].cost <= left) {
            const double x =
                item->option[o].gain + brute(item + 1, n - 1, left - item->option[o].cost);
            best = x > best ? x : best;
        }
    }
    return best;
}

/* The steps of an indicator of a town, each scored by itself with the table changed: a at 2 for one
 * of its unit, but at 5 in t2; d at points of a curve. */
static mera_budget_item steps_of(run_fixture *f, const mera_priorities *of,
                                 const mera_priority *item, double before, double *room,
                                 mera_budget_option *option)
{
    const double now = item->value, to = item->to;
    size_t n = 0;
    for (size_t s = 1; item->indicator == 0 && s <= 4; s++) {
        room[n] = s == 4 ? to : now + (to - now) * (double)s / 4;
        option[n].cost = (room[n] - now) * (of->unit == 1 ? 5 : 2);
        n++;
    }
    for (size_t s = 0; item->indicator == 2 && s < 2; s++) {
        room[n] = s == 0 ? 3 : 5;
        option[n].cost = s == 0 ? 4 : 11;
        n += room[n] > now && room[n] <= to;
    }
    for (size_t s = 0; s < n; s++) {
        mera_lift lift = item->lift;
        lift.value = item->indicator == 2 ? room[s] * own[of->unit][3] / 10 : room[s];
        run_again(f);
        score_with(f, &lift, 1);
        option[s].gain = mean_score(f) - before;
    }
    return (mera_budget_item){n, option};
}

enum { PARTS = 24 };

/* The same with any sixth of a quarter of what has a price per unit, gains on the straight line. */
static mera_budget_item parts_of(const mera_budget_item *item, mera_budget_option *option)
{
    for (size_t p = 1; item->n == 4 && p <= PARTS; p++) {
        const size_t s = (p - 1) / 6;
        const double from = s > 0 ? item->option[s - 1].gain : 0;
        option[p - 1] =
            (mera_budget_option){item->option[3].cost * (double)p / PARTS,
                                 from + (item->option[s].gain - from) * (double)(p - 6 * s) / 6};
    }
    return item->n == 4 ? (mera_budget_item){PARTS, option} : *item;
}

/* At least what the best of all splits into steps gains, and nothing in between above the bound. */
static void assert_split(const mera_budget *split, const mera_budget_item *item, size_t n,
                         double sum)
{
    mera_budget_option option[TOWNS * INDICATORS][PARTS];
    mera_budget_item parts[TOWNS * INDICATORS];
    for (size_t i = 0; i < n; i++) {
        parts[i] = parts_of(&item[i], option[i]);
    }
    assert_true(split->gain >= brute(item, n, sum) - 1e-12);
    assert_true(split->bound >= brute(parts, n, sum) - 1e-12);
    assert_true(split->bound >= split->gain && split->cost <= sum * (1 + 1e-12));
    assert_true(!split->exact || split->bound == split->gain);
}

static void the_split_over_towns_is_that_of_brute_force(void **state)
{
    enum { MOST = TOWNS * INDICATORS, STEPS = 4 };
    run_fixture *f = *state;
    const mera_price cost[] = {
        {0, SIZE_MAX, NAN, 2}, {0, 1, NAN, 5}, {2, SIZE_MAX, 3, 4}, {2, SIZE_MAX, 5, 11}};
    mera_budget_option option[MOST][STEPS];
    mera_budget_item item[MOST];
    double room[STEPS];
    size_t n = 0;
    const mera_perimeter of = perimeter_must(f);
    const double before = mean_score(f);
    for (size_t u = 0; u < TOWNS; u++) {
        for (size_t i = 0; i < of.of[u].n_possible; i++, n++) {
            item[n] = steps_of(f, &of.of[u], &of.of[u].item[i], before, room, option[n]);
        }
    }
    for (double sum = 3; sum < 45; sum += 3.5) {
        mera_budget split;
        run_again(f);
        const mera_perimeter again = perimeter_must(f);
        assert_int_equal(
            mera_budget_over(f->plan, f->result, &again, cost, 4, sum, f->arena, f->diags, &split),
            MERA_OK);
        assert_split(&split, item, n, sum);
        mera_lift lift[MOST];
        for (size_t i = 0; i < split.n; i++) {
            lift[i] = split.spending[i].lift;
            assert_int_equal(lift[i].unit, unit[split.spending[i].member]);
        }
        run_again(f);
        score_with(f, lift, split.n);
        assert_close(mean_score(f) - before, split.together, 1e-12);
        assert_close(mean_score(f), split.score, 1e-12);
        for (size_t u = 0; u < TOWNS; u++) {
            assert_true(f->result->node[0].rank[u] == split.place[u]);
        }
    }
}

static mera_goal goal_must(run_fixture *f, const mera_perimeter *of, double wanted, bool each)
{
    const mera_goal_ask ask = {.wanted = wanted, .each = each};
    mera_goal goal;
    assert_int_equal(mera_goal_over(f->plan, f->result, of, &ask, f->arena, f->diags, &goal),
                     MERA_OK);
    return goal;
}

/* Scores the table with what reaches the goal. */
static void score_goal(run_fixture *f, const mera_goal *goal)
{
    mera_lift lift[TOWNS * INDICATORS];
    assert_true(goal->n <= TOWNS * INDICATORS);
    for (size_t i = 0; i < goal->n; i++) {
        lift[i] = goal->step[i].lift;
    }
    run_again(f);
    score_with(f, lift, goal->n);
}

static void the_mean_comes_to_its_goal(void **state)
{
    run_fixture *f = *state;
    const mera_perimeter of = perimeter_must(f);
    const double wanted = of.score + 10;
    const mera_goal goal = goal_must(f, &of, wanted, false);
    assert_true(goal.met && goal.n > 0);
    assert_close(goal.now, of.score, 1e-12);
    assert_true(goal.score >= wanted);
    assert_close(goal.score, wanted, 1e-6);
    for (size_t i = 0; i + 1 < goal.n; i++) { /* nothing but the last is lifted in part */
        assert_true(goal.step[i].score < wanted);
        assert_true(goal.step[i].to == of.of[goal.step[i].member].item[goal.step[i].item].to);
    }
    score_goal(f, &goal);
    assert_close(mean_score(f), goal.score, 1e-12);
}

/* Lifting the last town moves the bounds of b under the first, which has to be lifted on. */
static void each_comes_to_the_goal(void **state)
{
    run_fixture *f = *state;
    const mera_perimeter of = perimeter_must(f);
    const mera_goal goal = goal_must(f, &of, 55, true);
    assert_true(goal.met && goal.each);
    for (size_t i = 1; i < goal.n; i++) {
        assert_true(goal.step[i - 1].member <= goal.step[i].member);
    }
    score_goal(f, &goal);
    for (size_t u = 0; u < TOWNS; u++) {
        assert_true(f->result->node[0].score[u] >= 55);
        assert_true(f->result->node[0].score[u] == goal.end[u]);
        assert_true(f->result->node[0].rank[u] == goal.place[u]);
    }
}

static void a_goal_beyond_all_is_not_met_and_the_nearest_is_told(void **state)
{
    run_fixture *f = *state;
    const mera_perimeter of = perimeter_must(f);
    const mera_goal mean = goal_must(f, &of, 1000, false), each = goal_must(f, &of, 1000, true);
    assert_true(!mean.met && !each.met);
    assert_true(mean.score > of.score && mean.score < 1000);
    assert_true(mean.score == mean.step[mean.n - 1].score);
    for (size_t i = 0; i < each.n; i++) {
        assert_true(each.step[i].to == of.of[each.step[i].member].item[each.step[i].item].to);
    }
    score_goal(f, &each);
    assert_close(mean_score(f), each.score, 1e-12);
}

static void what_is_no_perimeter_is_refused(void **state)
{
    run_fixture *f = *state;
    const double none[TOWNS] = {1, 0, 1};
    mera_perimeter of;
    score_with(f, NULL, 0);
    assert_int_equal(mera_perimeter_of(f->plan, f->result,
                                       &(mera_perimeter_ask){.members = {TOWNS, unit, none}},
                                       f->arena, f->diags, &of),
                     MERA_EUSAGE);
    assert_non_null(strstr(run_first_problem(f), "not above 0"));
    assert_int_equal(
        mera_perimeter_of(f->plan, f->result, &(mera_perimeter_ask){0}, f->arena, f->diags, &of),
        MERA_EUSAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_perimeter_gets_what_was_promised, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_perimeter_of_one_is_its_unit, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(the_split_over_towns_is_that_of_brute_force, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(the_mean_comes_to_its_goal, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(each_comes_to_the_goal, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(a_goal_beyond_all_is_not_met_and_the_nearest_is_told,
                                        run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_is_no_perimeter_is_refused, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
