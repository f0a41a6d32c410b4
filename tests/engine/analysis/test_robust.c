/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From a scored plan to draws and certificates: products against the framework scored anew, chances
 * and stable weights against scoring with other weights set from outside.
 */
#include "run_fixture.h"

#include "mera/robust.h"

#define HEAD "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 7\n"
#define STEPS "steps:\n  normalise: {op: minmax, range: [1, 100]}\n"
#define TREE                                                   \
    "framework:\n  id: index\n  nodes:\n"                      \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n" \
    "    - {id: life, weight: 3, indicators: {c: 1, d: 2, e: 0}}\n"
#define INDICATORS                                                      \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n" \
    "  c: {direction: lower}\n  d: {direction: higher}\n  e: {direction: higher}\n"

static const char table[] = "unit,a,b,c,d,e\n"
                            "u1,3,8,4,7,1\nu2,5,6,2,5,2\nu3,9,1,7,6,9\nu4,2,7,3,9,4\n"
                            "u5,6,5,5,1,5\nu6,7,3,1,4,6\nu7,1,9,6,8,3\nu8,4,4,8,2,7\n";
static const char gaps[] = "unit,a,b,c,d,e\n"
                           "u1,3,8,4,7,1\nu2,5,.,2,5,2\nu3,9,1,7,6,9\nu4,2,7,.,.,4\n"
                           "u5,6,5,5,1,5\nu6,.,3,1,4,6\nu7,1,9,6,8,3\nu8,.,.,.,.,7\n";

static mera_robust robust_must(run_fixture *f, const mera_robust_ask *ask)
{
    mera_robust robust;
    const mera_code code = mera_robust_of(f->plan, f->result, ask, f->arena, f->diags, &robust);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    return robust;
}

/* Draws with a place; there may be fewer bins than units, some of whom have none. */
static uint64_t robust_count_at(const mera_robust *x, size_t unit, size_t b)
{
    return b < x->summary.n_bins ? x->summary.histogram[unit * x->summary.n_bins + b] : 0;
}

static void robust_same(const mera_robust *x, const mera_robust *y)
{
    assert_int_equal(x->summary.n, y->summary.n);
    for (size_t i = 0; i < x->summary.n; i++) {
        for (size_t b = 0; b < x->summary.n; b++) {
            assert_int_equal(robust_count_at(x, i, b), robust_count_at(y, i, b));
        }
    }
    assert_close(x->summary.mean_shift, y->summary.mean_shift, 1e-14);
    assert_close(x->summary.max_shift, y->summary.max_shift, 1e-14);
    for (size_t i = 0; i < x->summary.n; i++) {
        assert_int_equal(x->summary.unit[i].reference, y->summary.unit[i].reference);
        assert_int_equal(x->summary.unit[i].band, y->summary.unit[i].band);
    }
}

static const char *const frameworks[] = {
    TREE,
    TREE "uncertainty: {weights: {law: dirichlet, concentration: 5}}\n",
    TREE "uncertainty: {weights: {law: simplex}, nodes: {money: {law: fixed}}}\n",
    TREE "uncertainty: {nodes: {index: {law: bounds, bounds: {money: {high: 0.6}}},\n"
         "  life: {law: bounds, order: d > c}}}\n",
    "framework:\n  id: index\n  aggregate: geometric\n  nodes:\n"
    "    - {id: money, weight: 2, aggregate: {op: power, exponent: 0.5}, indicators: {a: 1, b: "
    "3}}\n"
    "    - {id: life, weight: 3, aggregate: harmonic, round: 3, indicators: {c: 1, d: 2, e: 0}}\n",
};

static void products_place_as_the_framework_scored_anew(void **state)
{
    run_fixture *f = *state;
    for (size_t t = 0; t < sizeof frameworks / sizeof *frameworks; t++) {
        for (int hole = 0; hole < 2; hole++) {
            char yaml[2000];
            snprintf(yaml, sizeof yaml, "%s%s%s%s", HEAD, INDICATORS, STEPS, frameworks[t]);
            run_must(f, yaml, hole ? gaps : table);
            const mera_robust products =
                robust_must(f, &(mera_robust_ask){.draws = 1000, .threads = 2});
            const mera_robust anew =
                robust_must(f, &(mera_robust_ask){.draws = 1000, .anew = true});
            assert_int_equal(products.why_anew, MERA_ROBUST_FINE);
            assert_int_equal(anew.why_anew, MERA_ROBUST_ASKED);
            assert_int_equal(products.n_ranked, hole ? 7 : 8); /* u8 has e alone, of no weight */
            assert_true(products.summary.mean_shift > 0);
            robust_same(&products, &anew);
            for (size_t i = 0; i < f->result->n_units; i++) {
                const double rank = f->result->node[0].rank[i];
                assert_true(products.summary.unit[i].reference == (isnan(rank) ? 0 : rank));
            }
            run_again(f);
        }
    }
}

/* With the share of `money` equally likely from `low` to `high`, a chance is a length: scored at
 * 400 of them. */
static void chance_is_length(run_fixture *f, const char *yaml, double low, double high)
{
    enum { STEPS_OF_SHARE = 400 };
    double first[8] = {0};
    f->n_set = 2;
    for (int s = 0; s < STEPS_OF_SHARE; s++) {
        const double share = low + (high - low) * (s + 0.5) / STEPS_OF_SHARE;
        char money[32], life[32];
        snprintf(money, sizeof money, "%.6f", share);
        snprintf(life, sizeof life, "%.6f", 1 - share);
        f->set[0] = (mera_set){"framework.money.weight", money};
        f->set[1] = (mera_set){"framework.life.weight", life};
        run_must(f, yaml, table);
        for (size_t i = 0; i < 8; i++) {
            first[i] += (f->result->node[0].rank[i] == 1) / (double)STEPS_OF_SHARE;
        }
        run_again(f);
    }
    f->n_set = 0;
    run_must(f, yaml, table);
    const mera_robust robust = robust_must(f, &(mera_robust_ask){.node = 0});
    assert_int_equal(robust.summary.draws, 20000);
    int several = 0;
    for (size_t i = 0; i < 8; i++) {
        several += first[i] > 0.05;
        assert_close(robust.summary.unit[i].first, first[i], 0.015); /* 4 standard errors */
    }
    assert_true(several >= 2); /* else nothing was told apart */
}

#define CHANCE \
    HEAD INDICATORS STEPS TREE "uncertainty: {draws: 20000, weights: {law: fixed}, nodes: "

static void a_chance_is_the_length_of_weights_that_give_it(void **state)
{
    run_fixture *f = *state;
    chance_is_length(f, CHANCE "{index: {law: simplex}}}\n", 0, 1);
}

/* life >= 0.5 money: at most two thirds for money; chains of one free share draw it anew. */
static void bounds_and_orders_cut_the_weights_that_count(void **state)
{
    run_fixture *f = *state;
    chance_is_length(f,
                     CHANCE "{index: {law: bounds, bounds: {money: {low: 0.1}}, "
                            "order: 2 life >= money}}}\n",
                     0.1, 2. / 3);
}

static void an_order_with_a_part_of_no_weight_is_left_out_and_told(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD INDICATORS STEPS TREE "uncertainty: {nodes: {life: {law: bounds, order: [e > c, "
                                        "d > c]}}}\n",
             table);
    const mera_robust robust = robust_must(f, &(mera_robust_ask){.draws = 100});
    assert_int_equal(robust.summary.draws, 100);
    assert_non_null(strstr(run_first_problem(f), "names 'e', which has no weight"));
}

static bool stop_soon(void *context, uint64_t done, uint64_t until)
{
    uint64_t *stop = context;
    return done < *stop && done < until;
}

/* Stopped, kept, taken up: the same as never stopped; by products, anew and with factors. */
static void a_run_that_was_stopped_goes_on_as_if_it_had_not(void **state)
{
    static const char *const factors =
        TREE "uncertainty:\n  factors:\n    mean: {set: framework.aggregate, choices: "
             "[arithmetic, geometric]}\n    scale: {set: steps.normalise.range, choices: "
             "[[1, 100], [-100, 100]]}\n";
    run_fixture *f = *state;
    for (int way = 0; way < 3; way++) {
        char yaml[2000];
        snprintf(yaml, sizeof yaml, "%s%s%s%s", HEAD, INDICATORS, STEPS, way < 2 ? TREE : factors);
        run_must(f, yaml, table);
        mera_robust_ask ask = {.draws = 40000, .anew = way == 1, .keep = true};
        const mera_robust whole = robust_must(f, &ask);
        uint64_t stop = 1;
        ask.progress = stop_soon;
        ask.context = &stop;
        const mera_robust part = robust_must(f, &ask);
        assert_true(part.drawn > 0 && part.drawn < 40000);
        ask.kept = part.kept;
        ask.kept_size = part.kept_size;
        stop = UINT64_MAX;
        const mera_robust both = robust_must(f, &ask);
        assert_int_equal(both.drawn, 40000);
        assert_int_equal(both.failed, whole.failed);
        assert_true((way == 2) == (whole.failed > 0));
        assert_int_equal(both.n_failures, whole.n_failures);
        assert_int_equal(both.kept_size, whole.kept_size);
        assert_memory_equal(both.kept, whole.kept, whole.kept_size);
        robust_same(&both, &whole);
        run_again(f);
    }
}

/* By products, anew and with factors, some draws of which fail: however many draws are made at a
 * time, and on how many threads. */
static void draws_at_a_time_change_nothing(void **state)
{
    static const char *const factors =
        TREE "uncertainty:\n  factors:\n    mean: {set: framework.aggregate, choices: "
             "[arithmetic, geometric, harmonic]}\n    scale: {set: steps.normalise.range, choices: "
             "[[1, 100], [-100, 100]]}\n    noise: {noise: {a: 0.4, c: 1}}\n";
    run_fixture *f = *state;
    for (int way = 0; way < 3; way++) {
        char yaml[2000];
        snprintf(yaml, sizeof yaml, "%s%s%s%s", HEAD, INDICATORS, STEPS, way < 2 ? TREE : factors);
        run_must(f, yaml, table);
        mera_robust_ask ask = {.draws = 500, .anew = way == 1, .keep = true};
        const mera_robust whole = robust_must(f, &ask);
        for (ask.block = 17; ask.block < 300; ask.block *= 11) {
            ask.threads = ask.block == 17 ? 1 : 8;
            const mera_robust pieces = robust_must(f, &ask);
            assert_int_equal(pieces.kept_size, whole.kept_size);
            assert_memory_equal(pieces.kept, whole.kept, whole.kept_size);
            robust_same(&pieces, &whole);
        }
        run_again(f);
    }
}

static void kept_draws_of_something_else_or_damaged_are_refused(void **state)
{
    run_fixture *f = *state;
    mera_robust other;
    run_must(f, HEAD INDICATORS STEPS TREE, table);
    const mera_robust first = robust_must(f, &(mera_robust_ask){.draws = 500, .keep = true});
    char *damaged = mera_arena_alloc(f->arena, first.kept_size, 1);
    for (size_t at = 0; at < first.kept_size; at += 97) {
        memcpy(damaged, first.kept, first.kept_size);
        damaged[at] ^= 1;
        assert_int_equal(
            mera_robust_of(
                f->plan, f->result,
                &(mera_robust_ask){.draws = 500, .kept = damaged, .kept_size = first.kept_size},
                f->arena, f->diags, &other),
            MERA_EINPUT);
    }
    for (size_t n = 0; n < first.kept_size; n += 61) {
        assert_int_equal(
            mera_robust_of(f->plan, f->result,
                           &(mera_robust_ask){.draws = 500, .kept = first.kept, .kept_size = n},
                           f->arena, f->diags, &other),
            MERA_EINPUT);
    }
    assert_int_equal(mera_robust_of(f->plan, f->result,
                                    &(mera_robust_ask){.draws = 500,
                                                       .node = 1,
                                                       .kept = first.kept,
                                                       .kept_size = first.kept_size},
                                    f->arena, f->diags, &other),
                     MERA_EINPUT);
}

static size_t order_of(const run_fixture *f)
{
    size_t order = 0;
    for (size_t i = 0; i < 8; i++) {
        order = order * 8 + (size_t)f->result->node[0].rank[i] - 1;
    }
    return order;
}

static size_t order_with_share(run_fixture *f, const char *yaml, double money)
{
    char own[64], other[64];
    snprintf(own, sizeof own, "%.12f", money);
    snprintf(other, sizeof other, "%.12f", 1 - money);
    run_again(f);
    f->n_set = 2;
    f->set[0] = (mera_set){"framework.money.weight", own};
    f->set[1] = (mera_set){"framework.life.weight", other};
    run_must(f, yaml, table);
    return order_of(f);
}

static void the_order_holds_inside_a_stable_interval_and_not_beyond(void **state)
{
    static const char *const ways[] = {"arithmetic", "geometric"};
    run_fixture *f = *state;
    for (int way = 0; way < 2; way++) {
        char yaml[2000];
        snprintf(yaml, sizeof yaml, "%s%s%s  aggregate: %s\n%s", HEAD, INDICATORS, STEPS, ways[way],
                 TREE);
        f->n_set = 0;
        run_must(f, yaml, table);
        const size_t order = order_of(f);
        const mera_robust robust = robust_must(f, &(mera_robust_ask){.draws = 100});
        assert_int_equal(robust.why_none, MERA_ROBUST_FINE);
        assert_int_equal(robust.n_parts, 2);
        const mera_stable_weight money = robust.part[0].stable;
        assert_close(money.weight, 0.4, 1e-15);
        assert_true(money.low > 0 && money.low < 0.4 && money.high > 0.4 && money.high < 1);
        assert_true(order_with_share(f, yaml, money.low + 1e-6) == order);
        assert_true(order_with_share(f, yaml, money.low - 1e-6) != order);
        assert_true(order_with_share(f, yaml, money.high - 1e-6) == order);
        assert_true(order_with_share(f, yaml, money.high + 1e-6) != order);
        run_again(f);
    }
}

static void what_is_no_mean_is_scored_anew_and_says_why(void **state)
{
    static const struct {
        const char *tree;
        mera_robust_why anew, none;
    } cases[] = {
        {"framework: {id: index, aggregate: median, indicators: [a, b, c]}\n",
         MERA_ROBUST_OPERATION, MERA_ROBUST_OPERATION},
        {"framework: {id: index, floor: 20, indicators: [a, b, c]}\n", MERA_ROBUST_FLOOR,
         MERA_ROBUST_FINE},
        {"framework: {id: index, then: {op: minmax}, indicators: [a, b, c]}\n", MERA_ROBUST_THEN,
         MERA_ROBUST_THEN},
        {"framework: {id: index, missing: propagate, indicators: [a, b, c]}\n", MERA_ROBUST_MISSING,
         MERA_ROBUST_FINE},
        {"framework: {id: index, indicators: [a]}\n", MERA_ROBUST_FINE, MERA_ROBUST_ONE_PART},
    };
    run_fixture *f = *state;
    for (size_t t = 0; t < sizeof cases / sizeof *cases; t++) {
        char yaml[2000];
        snprintf(yaml, sizeof yaml, "%s%s%s%s", HEAD, INDICATORS, STEPS, cases[t].tree);
        run_must(f, yaml, gaps);
        const mera_robust robust = robust_must(f, &(mera_robust_ask){.draws = 200});
        assert_int_equal(robust.why_anew, cases[t].anew);
        assert_int_equal(robust.why_none, cases[t].none);
        assert_int_equal(robust.summary.draws, 200);
        for (size_t i = 0; i < f->result->n_units; i++) {
            const double rank = f->result->node[0].rank[i];
            assert_true(robust.summary.unit[i].reference == (isnan(rank) ? 0 : rank));
        }
        run_again(f);
    }
}

static void fixed_weights_move_nobody(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS TREE "uncertainty: {weights: {law: fixed}, top: 2}\n", table);
    const mera_robust robust = robust_must(f, &(mera_robust_ask){.draws = 500});
    assert_true(robust.rules.said);
    assert_int_equal(robust.rules.n_top, 1);
    assert_true(robust.summary.mean_shift == 0);
    assert_int_equal(robust.summary.n_bands, 8);
    for (size_t i = 0; i < 8; i++) {
        const mera_place_summary *unit = &robust.summary.unit[i];
        assert_true(unit->low == unit->reference && unit->high == unit->reference);
        assert_true(unit->top[0] == (unit->reference <= 2));
    }
}

static void nobody_with_a_score_is_refused(void **state)
{
    run_fixture *f = *state;
    mera_robust robust;
    run_must(f,
             HEAD "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
                  "framework: {id: index, missing: propagate, indicators: [a, b]}\n",
             "unit,a,b,c,d,e\nu1,.,1,1,1,1\nu2,1,.,1,1,1\nu3,2,.,1,1,1\n");
    assert_int_equal(mera_robust_of(f->plan, f->result, &(mera_robust_ask){.draws = 100}, f->arena,
                                    f->diags, &robust),
                     MERA_EINPUT);
    assert_non_null(strstr(run_first_problem(f), "nobody has a score at 'index'"));
    assert_int_equal(mera_robust_of(f->plan, f->result, &(mera_robust_ask){.node = 9}, f->arena,
                                    f->diags, &robust),
                     MERA_EUSAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(products_place_as_the_framework_scored_anew, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_chance_is_the_length_of_weights_that_give_it, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(bounds_and_orders_cut_the_weights_that_count, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(an_order_with_a_part_of_no_weight_is_left_out_and_told,
                                        run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(the_order_holds_inside_a_stable_interval_and_not_beyond,
                                        run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_is_no_mean_is_scored_anew_and_says_why, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_run_that_was_stopped_goes_on_as_if_it_had_not, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(draws_at_a_time_change_nothing, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(kept_draws_of_something_else_or_damaged_are_refused,
                                        run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(fixed_weights_move_nobody, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(nobody_with_a_score_is_refused, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
