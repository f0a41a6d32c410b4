/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Contributions add up for every aggregator of the registry: baseline, children, rule and rounding
 * make the score of each unit. And the splits against others made by hand.
 */
#include "run_fixture.h"

#include "base/text.h"
#include "run/explain.h"

static const char *const split_table = "key,a,b,c,d,@size\n"
                                       "A,41,84,20,55,s\nB,63,22,10,61,s\nC,.,48,40,40,s\n"
                                       "D,95,11,10,72,l\nE,28,59,35,33,l\nF,77,40,25,.,l\n"
                                       "G,52,33,50,48,l\n";

/** Every aggregator, with what it needs to bind, twice where it has another face. */
static const char *const split_methods[] = {
    "ampi",
    "arithmetic",
    "bod",
    "{op: bod, lower: 0.05, upper: 0.7}",
    "borda",
    "{op: choquet, interactions: [a b 0.2, b c -0.1]}",
    "copeland",
    "{op: copeland, indifference: 3, veto: 25}",
    "{op: counting, cutoff: 50, k: 0.3}",
    "geometric",
    "harmonic",
    "kemeny",
    "max",
    "max_scaling",
    "{op: mean_min, alpha: 0.7, beta: 5}",
    "median",
    "min",
    "mpi",
    "{op: owa, exponent: 2.5}",
    "percentile_of_sum",
    "{op: power, exponent: -2}",
    "product",
    "promethee",
    "sum",
    "topsis",
    "{op: veto, thresholds: {a: 50, c: 20}}",
    "vikor",
    "waspas",
    "weighted_median",
    "{op: wowa, between: [0.2, 0.9]}",
    "wroclaw",
};
enum { SPLIT_METHODS = sizeof split_methods / sizeof *split_methods };

static const char *split_yaml(run_fixture *f, const char *aggregate, const char *more)
{
    return mera_arena_printf(
        f->arena,
        "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"
        "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n"
        "  c: {direction: higher}\n  d: {direction: higher}\n"
        "steps: {normalise: none}\n"
        "framework: {id: root, aggregate: %s, %sindicators: {a: 1, b: 2, c: 1.5, d: 0.5}}\n",
        aggregate, more);
}

static const mera_trace_node *split_of(run_fixture *f, size_t unit)
{
    const mera_trace_node *trace;

    assert_int_equal(mera_explain_unit(f->plan, f->result, unit, 0, 0, f->arena, f->diags, &trace),
                     MERA_OK);
    return trace;
}

static double split_sum(const mera_trace_node *node)
{
    double sum = node->baseline;

    for (size_t j = 0; j < node->n_children; j++) {
        const double part = node->child[j].points_added;

        assert_true(isnan(part) == isnan(node->child[j].contribution));
        sum += isnan(part) ? 0 : part;
    }
    return sum + node->rule + node->rounding;
}

/** All units of the result; returns how many were split. */
static size_t split_check(run_fixture *f, const char *what)
{
    size_t n = 0;

    for (size_t u = 0; u < f->data->n_units; u++) {
        const mera_trace_node *node = split_of(f, u);

        if (isnan(node->aggregate)) {
            assert_int_equal(node->split, MERA_SPLIT_NONE);
            continue;
        }
        const double sum = split_sum(node);
        if (!(fabs(sum - node->aggregate) <= 1e-12 * fmax(1, fabs(node->aggregate))) ||
            node->split == MERA_SPLIT_NONE) {
            print_error("%s, %s: %.17g, parts sum to %.17g (split %d)\n", what,
                        f->data->unit_key[u], node->aggregate, sum, (int)node->split);
            fail();
        }
        n++;
    }
    return n;
}

static bool split_names(const char *method, const char *op)
{
    const char *name = strchr(op, '.') + 1, *at = strstr(method, name);
    const size_t n = strlen(name);

    return at != NULL && (at == method || at[-1] == ' ') && (at[n] == '\0' || at[n] == ',');
}

static void every_aggregator_stands_in_the_list(void **state)
{
    run_fixture *f = *state;
    mera_registry *registry;

    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        bool found = op->step != MERA_STEP_AGGREGATE;

        for (size_t m = 0; m < SPLIT_METHODS && !found; m++) {
            found = split_names(split_methods[m], op->name);
        }
        if (!found) {
            print_error("%s is not split here\n", op->name);
            fail();
        }
    }
}

static void the_parts_of_every_aggregator_add_up(void **state)
{
    static const char *const more[] = {"", "round: 1, ", "floor: 30, round: 0, ",
                                       "missing: {rule: value, value: 35}, "};
    run_fixture *f = *state;

    for (size_t m = 0; m < SPLIT_METHODS; m++) {
        for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
            const char *what = mera_arena_printf(f->arena, "%s %s", split_methods[m], more[i]);

            run_must(f, split_yaml(f, split_methods[m], more[i]), split_table);
            assert_true(split_check(f, what) > 0);
            run_again(f);
        }
    }
}

static void the_parts_of_a_formula_add_up(void **state)
{
    run_fixture *f = *state;

    run_must(f,
             "mera: 1\nid: t\nunits: {key: key}\n"
             "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
             "steps: {normalise: none}\n"
             "framework: {id: root, formula: \"a * b + a\", round: 1, indicators: [a, b]}\n",
             "key,a,b\nA,2.5,5\nB,4,1\nC,1.5,3\n");
    assert_int_equal(split_check(f, "a formula"), 3);
    /* means 8/3 and 3; A: v(none) = 32/3, v(a) = 10, v(b) = 16, v(all) = 15 */
    const mera_trace_node *root = split_of(f, 0);
    assert_close(root->baseline, 32 / 3.0, 1e-12);
    assert_close(root->child[0].contribution, ((10 - 32 / 3.0) + (15 - 16)) / 2, 1e-12);
    assert_close(root->child[1].contribution, ((15 - 10) + (16 - 32 / 3.0)) / 2, 1e-12);
}

/** Shapley values are what they are by definition: here over 4 children by all 24 orders. */
static void shapley_values_by_all_orders(void **state)
{
    run_fixture *f = *state;
    static const double z[4] = {41, 84, 20, 55}, w[4] = {1, 2, 1.5, 0.5};
    double mean[4] = {(41 + 63 + 95 + 28 + 77 + 52) / 6.0, (84 + 22 + 48 + 11 + 59 + 40 + 33) / 7.0,
                      (20 + 10 + 40 + 10 + 35 + 25 + 50) / 7.0,
                      (55 + 61 + 40 + 72 + 33 + 48) / 6.0};
    double phi[4] = {0};

    for (size_t code = 0; code < 256; code++) {
        const size_t order[4] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
        double x[4], before;
        unsigned seen = 0;

        for (size_t i = 0; i < 4; i++) {
            seen |= 1u << order[i];
            x[i] = mean[i];
        }
        if (seen != 15) {
            continue;
        }
        before = 5 / (w[0] / x[0] + w[1] / x[1] + w[2] / x[2] + w[3] / x[3]);
        for (size_t i = 0; i < 4; i++) {
            x[order[i]] = z[order[i]];
            const double after = 5 / (w[0] / x[0] + w[1] / x[1] + w[2] / x[2] + w[3] / x[3]);

            phi[order[i]] += (after - before) / 24;
            before = after;
        }
    }
    run_must(f, split_yaml(f, "harmonic", ""), split_table);
    const mera_trace_node *root = split_of(f, 0);
    assert_int_equal(root->split, MERA_SPLIT_SHAPLEY);
    assert_int_equal(root->split_orders, 0);
    for (size_t j = 0; j < 4; j++) {
        assert_close(root->child[j].contribution, phi[j], 1e-12);
    }
}

/** Of a method that compares units: the unit is put to the means, the others stay. */
static void methods_that_compare_units_are_split_too(void **state)
{
    run_fixture *f = *state;

    /* two children; A beats all others but D in a and loses in b to all but D */
    run_must(f,
             "mera: 1\nid: t\nunits: {key: key}\n"
             "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
             "steps: {normalise: none}\n"
             "framework: {id: root, aggregate: borda, indicators: [a, b]}\n",
             "key,a,b\nA,9,1\nB,2,5\nC,4,6\nD,1,0\n");
    const mera_trace_node *root = split_of(f, 0);
    assert_int_equal(root->split, MERA_SPLIT_SHAPLEY);
    /* a: 9 is above 3 others, the mean 4 above 2 and level with one; b: 1 is above one, the mean 3
     * above one. Each comparison counts 1/2: the same in both orders of joining */
    assert_close(root->child[0].contribution, 0.25, 1e-14);
    assert_close(root->child[1].contribution, 0, 1e-14);
    assert_close(root->baseline, 0.5 * 2.5 + 0.5 * 1, 1e-14);
}

static void geometric_parts_are_told_in_points_too(void **state)
{
    run_fixture *f = *state;

    run_must(f, split_yaml(f, "geometric", "floor: 15, "), split_table);
    for (size_t u = 0; u < 7; u++) {
        const mera_trace_node *root = split_of(f, u);

        assert_int_equal(root->split, MERA_SPLIT_LOG);
        for (size_t j = 0; j < 4; j++) {
            const mera_trace_child *child = &root->child[j];

            assert_true(child->share == 0 ||
                        (child->points_added > 0) == (child->contribution > 0));
        }
    }
    /* D has 11 in b and 10 in c, which the floor lifts to 15 */
    const mera_trace_node *d = split_of(f, 3);
    assert_close(d->aggregate / (d->aggregate - d->rule), pow(15 / 10.0, 0.3) * pow(15 / 11.0, 0.4),
                 1e-12);
    /* c of D falls back to the floored value where there is no answer without it */
    run_again(f);
    run_must(f, split_yaml(f, "geometric", "floor: 15, "),
             "key,a,b,c,d,@size\nA,40,50,0,20,s\nB,20,30,50,40,s\n");
    const mera_trace_node *a = split_of(f, 0);
    assert_true(a->rule == 0);
    assert_close(a->child[2].contribution, 0.3 * (log(15) - log(25)), 1e-14);
}

static void a_veto_and_rounding_are_lines_of_their_own(void **state)
{
    run_fixture *f = *state;

    /* A: mean (41 + 168 + 30 + 27.5) / 5 = 53.3; a is below 50, so the least child, 20, counts */
    run_must(f, split_yaml(f, "{op: veto, thresholds: {a: 50}, effect: min}", ""), split_table);
    assert_close(split_of(f, 0)->rule, 20 - 53.3, 1e-12);
    run_again(f);
    run_must(f, split_yaml(f, "arithmetic", "round: 0, "), split_table);
    assert_close(split_of(f, 0)->rounding, 53 - 53.3, 1e-12);
    assert_true(split_of(f, 0)->rule == 0);
}

/** Twenty children: random orders, the error said, the sum as exact as ever, the same bits again.
 */
static void many_children_are_split_by_random_orders(void **state)
{
    enum { CHILDREN = 20, UNITS = 6 };
    run_fixture *f = *state;
    mera_text yaml = {.arena = f->arena}, table = {.arena = f->arena};
    const char *tail[] = {"harmonic", "copeland"};

    mera_text_add(&table, "key");
    for (int j = 0; j < CHILDREN; j++) {
        mera_text_addf(&table, ",i%d", j);
    }
    for (int u = 0; u < UNITS; u++) {
        mera_text_addf(&table, "\nU%d", u);
        for (int j = 0; j < CHILDREN; j++) {
            mera_text_addf(&table, ",%d", 10 + (u * 37 + j * 53 + u * j * 11) % 90);
        }
    }
    for (size_t m = 0; m < 2; m++) {
        yaml = (mera_text){.arena = f->arena};
        mera_text_add(&yaml, "mera: 1\nid: t\nunits: {key: key}\nindicators:\n");
        for (int j = 0; j < CHILDREN; j++) {
            mera_text_addf(&yaml, "  i%d: {direction: higher}\n", j);
        }
        mera_text_addf(&yaml, "steps: {normalise: none}\nframework:\n  id: root\n  aggregate: %s\n",
                       tail[m]);
        mera_text_add(&yaml, "  indicators: [i0");
        for (int j = 1; j < CHILDREN; j++) {
            mera_text_addf(&yaml, ", i%d", j);
        }
        mera_text_add(&yaml, "]\n");
        run_must(f, mera_text_string(&yaml), mera_text_string(&table));
        (void)split_check(f, tail[m]);
        const mera_trace_node *once = split_of(f, 1), *again = split_of(f, 1);
        assert_int_equal(once->split, MERA_SPLIT_SHAPLEY);
        assert_true(once->split_orders >= 16);
        assert_true(once->split_error > 0);
        for (size_t j = 0; j < CHILDREN; j++) {
            assert_true(once->child[j].points_added == again->child[j].points_added);
        }
        run_again(f);
    }
}

/** Of a sum the answer is known: random orders find it, whatever they are. */
static void random_orders_find_what_is_known(void **state)
{
    enum { CHILDREN = 16 };
    run_fixture *f = *state;
    mera_text yaml = {.arena = f->arena};

    mera_text_add(&yaml, "mera: 1\nid: t\nunits: {key: key}\nindicators:\n");
    for (int j = 0; j < CHILDREN; j++) {
        mera_text_addf(&yaml, "  i%d: {formula: \"x * %d\", unit: u, direction: higher}\n", j,
                       j + 1);
    }
    mera_text_add(&yaml, "steps: {normalise: none}\nframework:\n  id: root\n  aggregate: {op: "
                         "power, exponent: 1}\n  indicators: [i0");
    for (int j = 1; j < CHILDREN; j++) {
        mera_text_addf(&yaml, ", i%d", j);
    }
    mera_text_add(&yaml, "]\n");
    run_must(f, mera_text_string(&yaml), "key,x\nA,1\nB,2\nC,6\n");
    const mera_trace_node *root = split_of(f, 0); /* x is 1, its mean 3 */
    for (int j = 0; j < CHILDREN; j++) {
        assert_close(root->child[j].contribution, -2.0 * (j + 1) / CHILDREN, 1e-12);
    }
    assert_true(root->split_error < 1e-12);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(every_aggregator_stands_in_the_list),
        RUN_TEST(the_parts_of_every_aggregator_add_up),
        RUN_TEST(the_parts_of_a_formula_add_up),
        RUN_TEST(shapley_values_by_all_orders),
        RUN_TEST(methods_that_compare_units_are_split_too),
        RUN_TEST(geometric_parts_are_told_in_points_too),
        RUN_TEST(a_veto_and_rounding_are_lines_of_their_own),
        RUN_TEST(many_children_are_split_by_random_orders),
        RUN_TEST(random_orders_find_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
