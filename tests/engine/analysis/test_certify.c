/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Certificates of a scored plan against brute force: the same methodology scored with other
 * weights, set from outside, at many points of what the laws allow.
 */
#include "run_fixture.h"

#include "mera/certify.h"

#define HEAD "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 7\n"
#define STEPS "steps:\n  normalise: {op: minmax, range: [1, 100]}\n"
#define INDICATORS                                                      \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n" \
    "  c: {direction: lower}\n  d: {direction: higher}\n  e: {direction: higher}\n"
#define NODES                                                  \
    "  nodes:\n"                                               \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n" \
    "    - {id: life, weight: 3, indicators: {c: 1, d: 2, e: 0}}\n"
#define TREE "framework:\n  id: index\n" NODES

enum { UNITS = 8 };
static const char table[] = "unit,a,b,c,d,e\n"
                            "u1,3,8,4,7,1\nu2,5,6,2,5,2\nu3,9,1,7,6,9\nu4,2,7,3,9,4\n"
                            "u5,6,5,5,1,5\nu6,7,3,1,4,6\nu7,1,9,6,8,3\nu8,4,4,8,2,7\n";

static mera_certified certify_must(run_fixture *f, const mera_certify_ask *ask)
{
    mera_certified got;
    const mera_code code = mera_certify_of(f->plan, f->result, ask, f->arena, f->diags, &got);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    return got;
}

/* Shares of money, of a in it, of c in life. */
static void certify_score(run_fixture *f, const char *yaml, const double share[3])
{
    char text[2][32];
    static const char *const path[] = {"framework.money.weight", "framework.life.weight",
                                       "framework.money.indicators", "framework.life.indicators"};
    char inside[2][96];
    run_again(f);
    snprintf(text[0], sizeof text[0], "%.12f", share[0]);
    snprintf(text[1], sizeof text[1], "%.12f", 1 - share[0]);
    snprintf(inside[0], sizeof inside[0], "{a: %.12f, b: %.12f}", share[1], 1 - share[1]);
    snprintf(inside[1], sizeof inside[1], "{c: %.12f, d: %.12f}", share[2], 1 - share[2]);
    f->n_set = 4;
    f->set[0] = (mera_set){path[0], text[0]};
    f->set[1] = (mera_set){path[1], text[1]};
    f->set[2] = (mera_set){path[2], inside[0]};
    f->set[3] = (mera_set){path[3], inside[1]};
    run_must(f, yaml, table);
    f->n_set = 0;
}

typedef struct ends {
    size_t best[UNITS], worst[UNITS];
} ends;

/* Places over a grid of shares, steps + 1 points between low and high of each. */
static ends certify_scan(run_fixture *f, const char *yaml, double low[3], double high[3], int steps)
{
    ends e;
    for (size_t i = 0; i < UNITS; i++) {
        e.best[i] = UNITS;
        e.worst[i] = 1;
    }
    int at[3];
    for (at[0] = 0; at[0] <= steps; at[0]++) {
        for (at[1] = 0; at[1] <= (high[1] > low[1] ? steps : 0); at[1]++) {
            for (at[2] = 0; at[2] <= (high[2] > low[2] ? steps : 0); at[2]++) {
                double share[3];
                for (int j = 0; j < 3; j++) {
                    share[j] = low[j] + (high[j] - low[j]) * at[j] / steps;
                }
                certify_score(f, yaml, share);
                for (size_t i = 0; i < UNITS; i++) {
                    const size_t place = (size_t)f->result->node[0].rank[i];
                    e.best[i] = place < e.best[i] ? place : e.best[i];
                    e.worst[i] = place > e.worst[i] ? place : e.worst[i];
                }
            }
        }
    }
    return e;
}

/* A grid may miss a corner that gives a place, never find one beyond. With what is found here it
 * misses none. */
static void certify_like_scan(run_fixture *f, const char *yaml, double low[3], double high[3],
                              int steps, bool whole)
{
    run_must(f, yaml, table);
    const mera_certified got = certify_must(f, &(mera_certify_ask){.limit = 1000});
    assert_true(got.whole == whole);
    assert_int_equal(got.n_units, UNITS);
    assert_int_equal(got.n_cut, 0);
    int moves = 0;
    const ends scan = certify_scan(f, yaml, low, high, steps);
    for (size_t r = 0; r < UNITS; r++) {
        const mera_certified_unit *u = &got.unit[r];
        assert_int_equal(u->reach.best.place, scan.best[u->unit]);
        assert_int_equal(u->reach.worst.place, scan.worst[u->unit]);
        assert_true(u->first.can == (scan.best[u->unit] == 1));
        moves += u->reach.best.place < u->reach.worst.place;
    }
    assert_true(moves > 2); /* else nothing was looked for */
    run_again(f);
}

static void places_over_weights_of_every_level_are_those_of_a_scan(void **state)
{
    /* money 0.4, a 0.25, c 1/3; within 25 %: 0.4 1.25 / (0.4 1.25 + 0.6 0.75), ... */
    double low[3] = {0.3 / 1.05, 0.1875 / 1.125, 0.25 / (0.25 + 2.5 / 3)};
    double high[3] = {0.5 / 0.95, 0.3125 / 0.875, (1.25 / 3) / (1.25 / 3 + 0.5)};
    certify_like_scan(*state,
                      HEAD INDICATORS STEPS TREE "uncertainty: {weights: {law: range, r: 0.25}}\n",
                      low, high, 8, true);
}

static void places_of_a_geometric_mean_are_over_its_own_weights(void **state)
{
    /* not quite to the corners: there units at the floor are equal, and places that rest on a tie
     * do not count as reached */
    double low[3] = {0.001, 0.25, 1. / 3}, high[3] = {0.999, 0.25, 1. / 3};
    certify_like_scan(*state,
                      HEAD INDICATORS STEPS
                      "framework:\n  id: index\n  aggregate: {op: geometric, floor: 20}\n" NODES
                      "uncertainty: {weights: {law: simplex}}\n",
                      low, high, 400, false);
}

static void fixed_laws_bounds_and_orders_are_kept(void **state)
{
    double low[3] = {0.2, 0.25, 0}, high[3] = {0.5, 0.25, 0.5};
    certify_like_scan(*state,
                      HEAD INDICATORS STEPS TREE
                      "uncertainty:\n  nodes:\n    money: {law: fixed}\n"
                      "    index: {law: bounds, bounds: {money: {low: 0.2}}, order: life > money}\n"
                      "    life: {law: bounds, order: d > c}\n",
                      low, high, 40, true);
}

static size_t certify_places(const run_fixture *f)
{
    size_t order = 0;
    for (size_t i = 0; i < UNITS; i++) {
        order = order * UNITS + (size_t)f->result->node[0].rank[i] - 1;
    }
    return order;
}

static size_t certify_order_with(run_fixture *f, const char *yaml, int which, double share)
{
    double shares[3] = {0.4, 0.25, 1. / 3};
    shares[which] = share;
    certify_score(f, yaml, shares);
    return certify_places(f);
}

static void a_weight_inside_a_part_holds_the_order_of_the_whole(void **state)
{
    run_fixture *f = *state;
    const char *yaml = HEAD INDICATORS STEPS TREE;
    run_must(f, yaml, table);
    const size_t order = certify_places(f);
    const mera_certified got = certify_must(f, &(mera_certify_ask){0});
    assert_int_equal(got.n_weights, 6);
    assert_int_equal(got.n_without, 0);
    static const size_t at[] = {0, 2, 4}; /* money; a in money; c in life */
    for (int which = 0; which < 3; which++) {
        const mera_certified_weight *w = &got.weight[at[which]];
        const mera_stable_weight *s = &w->stable;
        assert_int_equal(w->order_of, 0);
        assert_true(s->low < s->weight && s->weight < s->high);
        assert_true(certify_order_with(f, yaml, which, fmax(0, s->low + 1e-6)) == order);
        assert_true(certify_order_with(f, yaml, which, fmin(1, s->high - 1e-6)) == order);
        if (s->low > 0) {
            assert_true(certify_order_with(f, yaml, which, s->low - 1e-6) != order);
        }
        if (s->high < 1) {
            assert_true(certify_order_with(f, yaml, which, s->high + 1e-6) != order);
        }
    }
    run_again(f);
}

static void below_a_geometric_mean_the_order_is_the_parts_own(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS "framework:\n  id: index\n  aggregate: geometric\n" NODES,
             table);
    const mera_certified got = certify_must(f, &(mera_certify_ask){0});
    assert_int_equal(got.weight[0].order_of, 0);
    assert_int_equal(got.weight[2].order_of, 1);
    assert_int_equal(got.weight[4].order_of, 2);
}

static void one_unit_is_told_with_its_weights(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS TREE "uncertainty: {weights: {law: simplex}}\n", table);
    const mera_certified got = certify_must(f, &(mera_certify_ask){.one = true, .unit = 2});
    for (size_t r = 0; r < got.n_units; r++) {
        assert_true(got.unit[r].looked_for == (got.unit[r].unit == 2));
        if (got.unit[r].looked_for) {
            double sum = 0;
            assert_int_equal(got.n_columns, 4);
            for (size_t j = 0; j < got.n_columns; j++) {
                sum += got.unit[r].reach.best.w[j];
            }
            assert_close(sum, 1, 1e-9);
            assert_int_equal(got.unit[r].reach.best.place, 1); /* a alone puts u3 first */
            assert_true(got.unit[r].first.can);
        }
    }
}

static void what_is_no_mean_says_so(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS "framework:\n  id: index\n  aggregate: median\n" NODES,
             table);
    const mera_certified got = certify_must(f, &(mera_certify_ask){0});
    assert_int_equal(got.why_none, MERA_ROBUST_OPERATION);
    assert_null(got.unit);
    assert_int_equal(got.n_without, 1);
    assert_int_equal(got.without[0].node, 0);
    assert_int_equal(got.n_weights, 4); /* of the two parts */
}

static void bad_asks_are_refused(void **state)
{
    run_fixture *f = *state;
    mera_certified got;
    run_must(f, HEAD INDICATORS STEPS TREE, table);
    const mera_certify_ask bad[] = {{.node = 9}, {.period = 1}, {.one = true, .unit = UNITS}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(mera_certify_of(f->plan, f->result, &bad[i], f->arena, f->diags, &got),
                         MERA_EUSAGE);
    }
}

static bool certify_stop(void *context, uint64_t done, uint64_t until)
{
    assert_int_equal(until, UNITS);
    return done < *(uint64_t *)context;
}

static void units_that_were_done_when_it_is_stopped_are_told(void **state)
{
    run_fixture *f = *state;
    uint64_t most = 2;
    const mera_certify_ask ask = {.threads = 1, .progress = certify_stop, .context = &most};
    mera_certified whole, part;
    run_must(f, HEAD INDICATORS STEPS TREE, table);
    assert_int_equal(mera_certify_of(f->plan, f->result, &(mera_certify_ask){.threads = 3},
                                     f->arena, f->diags, &whole),
                     MERA_OK);
    assert_int_equal(mera_certify_of(f->plan, f->result, &ask, f->arena, f->diags, &part), MERA_OK);
    assert_true(part.stopped && !whole.stopped);
    assert_int_equal(part.n_looked_for, 2);
    for (size_t r = 0; r < UNITS; r++) {
        assert_true(part.unit[r].looked_for == (r < 2));
        assert_int_equal(part.unit[r].place, whole.unit[r].place);
        assert_int_equal(part.unit[r].reach.best.place, r < 2 ? whole.unit[r].reach.best.place : 0);
        if (r < 2) { /* however many threads */
            assert_memory_equal(part.unit[r].reach.best.w, whole.unit[r].reach.best.w,
                                whole.n_columns * sizeof(double));
        }
    }
}

#define CERTIFY_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CERTIFY_TEST(places_over_weights_of_every_level_are_those_of_a_scan),
        CERTIFY_TEST(places_of_a_geometric_mean_are_over_its_own_weights),
        CERTIFY_TEST(fixed_laws_bounds_and_orders_are_kept),
        CERTIFY_TEST(a_weight_inside_a_part_holds_the_order_of_the_whole),
        CERTIFY_TEST(below_a_geometric_mean_the_order_is_the_parts_own),
        CERTIFY_TEST(one_unit_is_told_with_its_weights),
        CERTIFY_TEST(what_is_no_mean_says_so),
        CERTIFY_TEST(units_that_were_done_when_it_is_stopped_are_told),
        CERTIFY_TEST(bad_asks_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
