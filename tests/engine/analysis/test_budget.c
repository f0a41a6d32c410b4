/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The split of a budget against brute force and a bound that holds; costs and goals of a unit
 * against scoring with the values put in.
 */
#include "run_fixture.h"

#include "mera/budget.h"

enum { ITEMS = 6, OPTIONS = 3, TRIALS = 300 };

/* Numbers of a linear congruential generator: 1..n. */
static double draw(uint64_t *state, unsigned n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return 1 + (double)((*state >> 33) % n);
}

/* The best of all (options + 1)^items choices. */
static double brute(const mera_budget_item *item, size_t i, double left, double gain)
{
    double best = gain;
    if (i == ITEMS) {
        return gain;
    }
    best = brute(item, i + 1, left, gain);
    for (size_t o = 0; o < item[i].n; o++) {
        if (item[i].option[o].cost <= left) {
            const double x =
                brute(item, i + 1, left - item[i].option[o].cost, gain + item[i].option[o].gain);
            best = x > best ? x : best;
        }
    }
    return best;
}

static void draw_items(uint64_t *state, size_t n, mera_budget_option *option,
                       mera_budget_item *item)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t o = 0; o < OPTIONS; o++) {
            option[i * OPTIONS + o] =
                (mera_budget_option){draw(state, 40), draw(state, 1000) - 100};
        }
        item[i] = (mera_budget_item){OPTIONS, &option[i * OPTIONS]};
    }
}

/* Costs and gains of a split are those of its options, within the budget. */
static void assert_split(const mera_budget_item *item, size_t n, double budget,
                         const mera_budget_split *split)
{
    double cost = 0, gain = 0;
    for (size_t i = 0; i < n; i++) {
        if (split->chosen[i] != SIZE_MAX) {
            cost += item[i].option[split->chosen[i]].cost;
            gain += item[i].option[split->chosen[i]].gain;
        }
    }
    assert_true(cost == split->cost && gain == split->gain);
    assert_true(cost <= budget);
    assert_true(split->bound >= split->gain);
}

static void the_split_is_that_of_brute_force(void **state)
{
    run_fixture *f = *state;
    mera_budget_option option[ITEMS * OPTIONS];
    mera_budget_item item[ITEMS];
    mera_budget_split split;
    uint64_t seed = 1;
    for (int t = 0; t < TRIALS; t++) {
        draw_items(&seed, ITEMS, option, item);
        const double budget = draw(&seed, 120);
        assert_int_equal(mera_budget_best(item, ITEMS, budget, 0, f->arena, &split), MERA_OK);
        assert_split(item, ITEMS, budget, &split);
        assert_true(split.exact);
        assert_true(split.gain == brute(item, 0, budget, 0)); /* sums of whole numbers */
        assert_true(split.bound == split.gain);
    }
}

static void a_search_cut_short_has_a_bound_that_holds(void **state)
{
    enum { MANY = 200 };
    static mera_budget_option option[MANY * OPTIONS];
    static mera_budget_item item[MANY];
    run_fixture *f = *state;
    mera_budget_split whole, cut;
    uint64_t seed = 7;
    size_t n_cut = 0;
    for (int t = 0; t < 20; t++) {
        draw_items(&seed, MANY, option, item);
        assert_int_equal(mera_budget_best(item, MANY, 700, 0, f->arena, &whole), MERA_OK);
        assert_int_equal(mera_budget_best(item, MANY, 700, 20, f->arena, &cut), MERA_OK);
        assert_split(item, MANY, 700, &whole);
        assert_split(item, MANY, 700, &cut);
        assert_true(whole.exact);
        assert_true(cut.bound >= whole.gain && cut.gain <= whole.gain);
        n_cut += !cut.exact;
    }
    assert_true(n_cut > 0);
}

/* Lagrange's bound: for any price of money, what every item would gain at it. */
static double lagrange(const mera_budget_item *item, size_t n, double budget, double price)
{
    double bound = price * budget;
    for (size_t i = 0; i < n; i++) {
        double best = 0;
        for (size_t o = 0; o < item[i].n; o++) {
            const double x = item[i].option[o].gain - price * item[i].option[o].cost;
            best = x > best ? x : best;
        }
        bound += best;
    }
    return bound;
}

/* 60 towns with 40 indicators: by no price of money is more possible than the bound says, and the
 * split is within a thousandth of it. */
static void a_large_split_is_near_its_bound(void **state)
{
    enum { LARGE = 2400 };
    static mera_budget_option option[LARGE * OPTIONS];
    static mera_budget_item item[LARGE];
    run_fixture *f = *state;
    mera_budget_split split;
    uint64_t seed = 11;
    draw_items(&seed, LARGE, option, item);
    for (double budget = 100; budget <= 10000; budget *= 10) {
        double least = INFINITY;
        assert_int_equal(mera_budget_best(item, LARGE, budget, 0, f->arena, &split), MERA_OK);
        assert_split(item, LARGE, budget, &split);
        assert_true(split.exact);
        for (double price = 0.5; price < 2000; price *= 1.002) {
            const double bound = lagrange(item, LARGE, budget, price);
            least = bound < least ? bound : least;
        }
        assert_true(split.bound <= least * (1 + 1e-12));
        assert_true(split.gain >= 0.999 * least);
    }
}

static void nothing_to_split(void **state)
{
    run_fixture *f = *state;
    const mera_budget_option dear = {100, 5}, bad = {1, -1};
    const mera_budget_item item[] = {{1, &dear}, {1, &bad}, {0, NULL}};
    mera_budget_split split;
    assert_int_equal(mera_budget_best(item, 3, 50, 0, f->arena, &split), MERA_OK);
    assert_true(split.gain == 0 && split.cost == 0 && split.exact && split.bound == 0);
    assert_true(split.chosen[0] == SIZE_MAX && split.chosen[1] == SIZE_MAX);
}

/* ---- of a unit ---- */

#define YAML                                                           \
    "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 5\n"        \
    "indicators:\n  a: {direction: higher}\n  b: {direction: lower}\n" \
    "  d: {direction: higher, denominate: {by: p, per: 10}}\n"         \
    "steps: {normalise: {op: minmax, range: [0, 100]}}\n"              \
    "framework: {id: index, indicators: {a: 1, b: 2, d: 1}}\n"

static const char table[] = "unit,a,b,d,p\nu1,%s\nu2,5,6,5,20\nu3,9,1,6,30\nu4,0,10,9,15\n"
                            "u5,6,5,0,10\nu6,7,3,4,10\n";

static mera_priorities priorities_must(run_fixture *f, const char *own)
{
    char text[300];
    mera_priorities of;
    snprintf(text, sizeof text, table, own);
    run_must(f, YAML, text);
    assert_int_equal(mera_priorities_of(f->plan, f->result, &(mera_priorities_ask){.reach = 1},
                                        f->arena, f->diags, &of),
                     MERA_OK);
    assert_int_equal(of.n_possible, 3);
    return of;
}

/* a: 4 to 9, 5 to go, 100/9 points each, weight 1/4; b: 8 to 1, 100/9 each, weight 1/2; d: 1 to 6
 * per 10, 100/6 each, 1/4. */
static void what_is_bought_is_what_is_scored(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    const mera_price cost[] = {
        {0, SIZE_MAX, NAN, 4}, {1, SIZE_MAX, 7, 3}, {1, SIZE_MAX, 4, 9}, {1, SIZE_MAX, 0.5, 44}};
    mera_budget budget;
    assert_close(mera_price_of(&of.item[0], 0, cost, 4), 9 + 35 * 3 / 3.5, 1e-12); /* at 1 */
    assert_true(mera_price_at(&of.item[0], 0, 4, cost, 4) == 9);
    assert_close(mera_price_at(&of.item[0], 0, 7.5, cost, 4), 1.5, 1e-12);
    assert_true(isnan(mera_price_of(&of.item[0], 0, cost, 3))); /* the curve ends at 4 */
    assert_int_equal(
        mera_budget_of(f->plan, f->result, &of, cost, 4, 14, f->arena, f->diags, &budget), MERA_OK);
    /* b to 4 for 9 gains 200/9 and leaves 5: a quarter of a's way for 5 gains 1.25 / 36 */
    assert_int_equal(budget.n_priced, 2);
    assert_int_equal(budget.n, 2);
    assert_true(budget.spending[0].to == 4 && budget.spending[0].cost == 9);
    assert_true(budget.spending[1].to == 5.25 && budget.spending[1].cost == 5);
    assert_close(budget.gain, 200.0 / 9 + 125.0 / 36, 1e-12);
    assert_close(budget.together, budget.gain, 1e-12); /* a plain sum */
    assert_true(budget.exact && budget.cost == 14);
    run_again(f);
    const mera_priorities after = priorities_must(f, "5.25,4,2,20");
    assert_true(after.score == budget.score && after.place == budget.place[0]);
}

/* Prices per unit buy any part of the way. Brute force: every point of b's curve, or none, and the
 * rest on a in hundredths of its way. Gains are straight, so the bound is of every split. */
static void what_is_left_buys_part_of_a_step(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    const mera_price cost[] = {
        {0, SIZE_MAX, NAN, 4}, {1, SIZE_MAX, 7, 3}, {1, SIZE_MAX, 4, 9}, {1, SIZE_MAX, 1, 41}};
    static const double paid[] = {0, 3, 9, 41}, points[] = {0, 1, 4, 7};
    for (double sum = 0.5; sum < 62; sum += 0.5) {
        double best = 0;
        mera_budget budget;
        for (size_t o = 0; o < 4; o++) {
            for (int part = 0; part <= 1000; part++) {
                const double gain = points[o] * 100 / 18 + part * 5e-3 * 100 / 36;
                best = paid[o] + part * 0.02 <= sum + 1e-9 && gain > best ? gain : best;
            }
        }
        assert_int_equal(
            mera_budget_of(f->plan, f->result, &of, cost, 4, sum, f->arena, f->diags, &budget),
            MERA_OK);
        assert_close(budget.gain, best, 1e-9);
        assert_true(budget.cost <= sum * (1 + 1e-12) && !budget.of_straight && !budget.cut_short);
        assert_true(budget.bound >= budget.gain && (!budget.exact || budget.bound == budget.gain));
        assert_true(budget.bound <= budget.gain + 125.0 / 36 + 1e-9); /* a quarter of a's way */
    }
}

/* Of two prices per unit no split does better, and that is known. */
static void prices_per_unit_are_split_to_the_last_coin(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    const mera_price cost[] = {{0, SIZE_MAX, NAN, 4}, {1, SIZE_MAX, NAN, 2}};
    mera_budget budget;
    assert_int_equal(
        mera_budget_of(f->plan, f->result, &of, cost, 2, 15, f->arena, f->diags, &budget), MERA_OK);
    /* b's whole way of 7 costs 14; what is left buys a quarter of a unit of a */
    assert_true(budget.n == 2 && budget.exact && !budget.of_straight && budget.cost == 15);
    assert_true(budget.spending[0].to == 1 && budget.spending[1].to == 4.25);
    assert_close(budget.gain, 700.0 / 18 + 25.0 / 36, 1e-12);
    assert_int_equal(
        mera_budget_of(f->plan, f->result, &of, cost, 2, 1, f->arena, f->diags, &budget), MERA_OK);
    assert_true(budget.n == 1 && budget.exact && budget.spending[0].to == 7.5);
}

/* A geometric mean gains more by the first quarter than by the last: more than straight lines say.
 */
static void a_bound_of_straight_lines_is_said_to_be_one(void **state)
{
    static const char yaml[] = "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\n"
                               "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n"
                               "steps: {normalise: none, aggregate: geometric}\n"
                               "framework: {id: index, indicators: [a, b]}\n";
    const mera_price cost = {0, SIZE_MAX, NAN, 1};
    run_fixture *f = *state;
    mera_priorities of;
    mera_budget budget;
    run_must(f, yaml, "unit,a,b\nu1,1,4\nu2,25,4\nu3,25,4\nu4,25,4\n");
    assert_int_equal(mera_priorities_of(f->plan, f->result, &(mera_priorities_ask){.reach = 1},
                                        f->arena, f->diags, &of),
                     MERA_OK);
    assert_int_equal(
        mera_budget_of(f->plan, f->result, &of, &cost, 1, 3, f->arena, f->diags, &budget), MERA_OK);
    assert_true(budget.n == 1 && budget.spending[0].to == 4 && budget.cost == 3);
    assert_close(budget.gain, 2, 1e-12); /* from sqrt(1 * 4) to sqrt(4 * 4) */
    assert_true(budget.of_straight && !budget.exact && budget.bound >= budget.gain);
    assert_int_equal(
        mera_budget_of(f->plan, f->result, &of, &cost, 1, 99, f->arena, f->diags, &budget),
        MERA_OK);
    assert_true(budget.spending[0].to == 25 && budget.cost == 24);
    assert_close(budget.gain, 8, 1e-12);
}

static void a_goal_is_reached_and_no_more(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    mera_goal goal;
    char own[100];
    const double wanted = of.score + of.item[0].gain + 5;
    assert_int_equal(mera_goal_of(f->plan, f->result, &of, &(mera_goal_ask){.wanted = wanted},
                                  f->arena, f->diags, &goal),
                     MERA_OK);
    assert_true(goal.met);
    assert_int_equal(goal.n, 2);
    assert_close(goal.step[1].score, wanted, 1e-9);
    assert_true(goal.step[1].score >= wanted);
    double x[3] = {4, 8, 2};
    for (size_t i = 0; i < goal.n; i++) {
        x[goal.step[i].lift.indicator] = goal.step[i].lift.value;
    }
    snprintf(own, sizeof own, "%.17g,%.17g,%.17g,20", x[0], x[1], x[2]);
    run_again(f);
    char text[400];
    snprintf(text, sizeof text, table, own);
    run_must(f, YAML, text);
    assert_true(run_score_of(f, "index", "u1", 0) == goal.step[1].score);
}

static void a_goal_out_of_reach_and_one_that_is_met(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    mera_goal goal;
    assert_int_equal(mera_goal_of(f->plan, f->result, &of, &(mera_goal_ask){.wanted = 1000},
                                  f->arena, f->diags, &goal),
                     MERA_OK);
    assert_true(!goal.met && goal.n == 3);
    assert_int_equal(mera_goal_of(f->plan, f->result, &of, &(mera_goal_ask){.wanted = of.score},
                                  f->arena, f->diags, &goal),
                     MERA_OK);
    assert_true(goal.met && goal.n == 0);
}

/* a: 100/36 for one, which costs 4; b: 100/18 for one, 10; d has no price and is not wanted yet. */
static void a_goal_with_costs_is_cheap(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    const mera_price cost[] = {{0, SIZE_MAX, NAN, 4}, {1, SIZE_MAX, 7, 10}, {1, SIZE_MAX, 0, 80}};
    const mera_goal_ask ask = {.wanted = of.score + 20, .cost = cost, .n_costs = 3};
    mera_goal goal;
    assert_int_equal(mera_goal_of(f->plan, f->result, &of, &ask, f->arena, f->diags, &goal),
                     MERA_OK);
    assert_true(goal.met && goal.n == 2 && goal.n_priced == 2);
    assert_int_equal(goal.step[0].lift.indicator, 0);
    assert_true(goal.step[0].cost == 20 && goal.step[0].to == 9);
    assert_close(goal.cost, 20 + 10 * (20 - 500.0 / 36) * 18 / 100, 1e-8);
    assert_true(goal.score == goal.step[1].score && goal.end[0] == goal.score);
}

static void what_has_no_price_comes_last(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    const mera_price cost = {0, SIZE_MAX, NAN, 4};
    const mera_goal_ask ask = {.wanted = of.score + 20, .cost = &cost, .n_costs = 1};
    mera_goal goal;
    assert_int_equal(mera_goal_of(f->plan, f->result, &of, &ask, f->arena, f->diags, &goal),
                     MERA_OK);
    assert_true(goal.met && goal.n == 2 && goal.n_priced == 1 && goal.cost == 20);
    assert_int_equal(goal.step[1].lift.indicator, 1); /* b brings more than d */
    assert_true(isnan(goal.step[1].cost));
}

static void no_cost_is_said(void **state)
{
    run_fixture *f = *state;
    const mera_priorities of = priorities_must(f, "4,8,2,20");
    mera_budget budget;
    assert_int_equal(
        mera_budget_of(f->plan, f->result, &of, NULL, 0, 14, f->arena, f->diags, &budget),
        MERA_EINPUT);
    assert_non_null(strstr(run_first_problem(f), "has a cost"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_split_is_that_of_brute_force, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(a_search_cut_short_has_a_bound_that_holds, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_large_split_is_near_its_bound, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(nothing_to_split, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_is_bought_is_what_is_scored, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_is_left_buys_part_of_a_step, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(prices_per_unit_are_split_to_the_last_coin, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_bound_of_straight_lines_is_said_to_be_one, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_goal_is_reached_and_no_more, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(a_goal_out_of_reach_and_one_that_is_met, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_goal_with_costs_is_cheap, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_has_no_price_comes_last, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(no_cost_is_said, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
