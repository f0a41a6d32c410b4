/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How sure priorities are under other methods: against the orders that each choice has by itself,
 * with the share of draws that make it; draws without an answer; errors of the data; what is left
 * out; the same at any number of threads.
 */
#include "run_fixture.h"

#include "mera/perimeter.h"
#include "priorities_yaml.h"

#define MINMAX "{op: minmax, range: [1, 100]}"
#define STEPS(normalise, aggregate) "steps: {normalise: " normalise ", aggregate: " aggregate "}\n"
#define FIXED "uncertainty:\n  weights: {law: fixed}\n"

enum { UNITS = 8, ITEMS = 4, DRAWS = 1000 };

static const char table[] = "unit,a,b,c,d,p\n"
                            "u1,3,8,1,7,35\nu2,5,6,2,5,20\nu3,9,1,7,6,30\nu4,2,7,3,9,15\n"
                            "u5,6,5,5,1,10\nu6,7,3,1,4,10\nu7,1,9,6,8,40\nu8,4,4,8,2,10\n";

/** What came of indicators, by their numbers. */
typedef struct sure_made {
    double sure[ITEMS], gain[ITEMS];
    mera_surety surety;
} sure_made;

static sure_made sure_of(run_fixture *f, const char *yaml, const mera_priorities_ask *ask)
{
    sure_made made;
    mera_priorities of;
    run_must(f, yaml, table);
    const mera_code code = mera_priorities_of(f->plan, f->result, ask, f->arena, f->diags, &of);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    assert_int_equal(of.n, ITEMS);
    for (size_t i = 0; i < of.n; i++) {
        made.sure[of.item[i].indicator] = of.item[i].sure;
        made.gain[of.item[i].indicator] = of.item[i].gain;
    }
    made.surety = of.surety;
    run_again(f);
    return made;
}

static const mera_priorities_ask first_two = {.top = 2, .draws = DRAWS};

/** Is it one of the two with the largest gain? */
static bool sure_first(const sure_made *made, size_t i)
{
    size_t better = 0;
    for (size_t j = 0; j < ITEMS; j++) {
        better += made->gain[j] > made->gain[i];
    }
    return made->gain[i] > 0 && better < 2;
}

/* Each choice of a setting by itself puts the same values in; a draw has the order of its choice,
 * and every second draw makes either: within 4 standard errors, the same draws for all. */
static void orders_are_those_of_the_choices(void **state)
{
    static const struct {
        const char *both, *one, *other;
    } cases[] = {
        {STEPS(MINMAX, "arithmetic") TREE FIXED
         "  factors: {x: {set: steps.normalise, choices: [" MINMAX ", rank]}}\n",
         STEPS(MINMAX, "arithmetic") TREE FIXED, STEPS("rank", "arithmetic") TREE FIXED},
        {STEPS(MINMAX, "arithmetic") TREE FIXED
         "  factors: {x: {set: steps.aggregate, choices: [arithmetic, harmonic]}}\n",
         STEPS(MINMAX, "arithmetic") TREE FIXED, STEPS(MINMAX, "harmonic") TREE FIXED},
        /* one scores a unit by itself, the other beside all units */
        {STEPS(MINMAX, "arithmetic") TREE
         "  aggregate: geometric\n" FIXED
         "  factors: {x: {set: framework.aggregate, choices: [geometric, topsis]}}\n",
         STEPS(MINMAX, "arithmetic") TREE "  aggregate: geometric\n" FIXED,
         STEPS(MINMAX, "arithmetic") TREE "  aggregate: topsis\n" FIXED},
    };
    bool differ = false;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char yaml[3][1500];
        snprintf(yaml[0], sizeof yaml[0], "%s%s", HEAD INDICATORS, cases[k].both);
        snprintf(yaml[1], sizeof yaml[1], "%s%s", HEAD INDICATORS, cases[k].one);
        snprintf(yaml[2], sizeof yaml[2], "%s%s", HEAD INDICATORS, cases[k].other);
        const sure_made both = sure_of(*state, yaml[0], &first_two);
        const sure_made one = sure_of(*state, yaml[1], &first_two);
        const sure_made other = sure_of(*state, yaml[2], &first_two);
        double share = NAN; /* of the draws that took the first choice */
        assert_true(both.surety.methods && both.surety.failed == 0);
        assert_int_equal(both.surety.draws, DRAWS);
        assert_true(!one.surety.methods);
        for (size_t i = 0; i < ITEMS; i++) {
            const bool x = sure_first(&one, i), y = sure_first(&other, i);
            assert_true(one.sure[i] == (x ? 1 : 0) && other.sure[i] == (y ? 1 : 0));
            if (x == y) {
                assert_true(both.sure[i] == (x ? 1 : 0));
                continue;
            }
            const double own = x ? both.sure[i] : 1 - both.sure[i];
            assert_true(isnan(share) || fabs(own - share) < 1e-12);
            assert_true(fabs(own - 0.5) < 4 * sqrt(0.25 / DRAWS));
            share = own;
            differ = true;
        }
    }
    assert_true(differ);
}

/** Shares of a perimeter's indicators, by their numbers. */
static void sure_perimeter(run_fixture *f, const char *yaml, double sure[ITEMS])
{
    static const size_t unit[] = {0, 3, 6};
    static const double share[] = {1, 2, 1};
    const mera_perimeter_ask ask = {.members = {3, unit, share}, .draws = DRAWS, .top = 2};
    mera_perimeter of;
    run_must(f, yaml, table);
    assert_int_equal(mera_perimeter_of(f->plan, f->result, &ask, f->arena, f->diags, &of), MERA_OK);
    assert_int_equal(of.n, ITEMS);
    for (size_t i = 0; i < of.n; i++) {
        sure[of.item[i].indicator] = of.item[i].sure;
    }
    run_again(f);
}

/* Two choices that are the same: every draw scores anew, and comes to what weights alone give. */
static void choices_that_are_the_same_change_nothing(void **state)
{
    static const char *const tail[] = {"", "  then: {op: minmax, range: [0, 10]}\n"};
    for (size_t k = 0; k < 2; k++) {
        char weights[1500], both[1700];
        double one[ITEMS], two[ITEMS];
        bool unsure = false;
        snprintf(weights, sizeof weights, "%s%s%s",
                 HEAD INDICATORS STEPS(MINMAX, "arithmetic") TREE, tail[k],
                 "uncertainty:\n  weights: {law: range, r: 0.9}\n");
        snprintf(both, sizeof both,
                 "%s  factors: {x: {set: steps.normalise, choices: [" MINMAX ", " MINMAX "]}}\n",
                 weights);
        const sure_made a = sure_of(*state, weights, &first_two);
        const sure_made b = sure_of(*state, both, &first_two);
        sure_perimeter(*state, weights, one);
        sure_perimeter(*state, both, two);
        for (size_t i = 0; i < ITEMS; i++) {
            assert_true(a.sure[i] == b.sure[i] && one[i] == two[i]);
            unsure = unsure || (one[i] > 0 && one[i] < 1 && a.sure[i] > 0 && a.sure[i] < 1);
        }
        assert_true(unsure);
    }
}

/* Points below 0 have no geometric mean: those draws do not count, and it is said. */
static void draws_without_an_answer_do_not_count(void **state)
{
    const sure_made one =
        sure_of(*state, HEAD INDICATORS STEPS("zscore", "arithmetic") TREE FIXED, &first_two);
    const sure_made both =
        sure_of(*state,
                HEAD INDICATORS STEPS("zscore", "arithmetic") TREE FIXED
                "  factors: {x: {set: steps.aggregate, choices: [arithmetic, geometric]}}\n",
                &first_two);
    assert_null(both.surety.why_not);
    assert_non_null(both.surety.why_failed);
    assert_true(fabs((double)both.surety.failed / DRAWS - 0.5) < 4 * sqrt(0.25 / DRAWS));
    for (size_t i = 0; i < ITEMS; i++) {
        assert_true(both.sure[i] == one.sure[i]);
    }
    const sure_made none =
        sure_of(*state,
                HEAD INDICATORS STEPS("zscore", "arithmetic") TREE FIXED
                "  factors: {x: {set: steps.aggregate, choices: [geometric, harmonic]}}\n",
                &first_two);
    assert_non_null(none.surety.why_not);
    for (size_t i = 0; i < ITEMS; i++) {
        assert_true(isnan(none.sure[i]) && none.gain[i] == one.gain[i]);
    }
}

/* A choice that opens with nothing is a mistake: gains stand, and it is said where it is written.
 */
static void a_mistaken_choice_is_told_with_its_place(void **state)
{
    const sure_made one =
        sure_of(*state, HEAD INDICATORS STEPS("zscore", "arithmetic") TREE FIXED, &first_two);
    const sure_made wrong =
        sure_of(*state,
                HEAD INDICATORS STEPS("zscore", "arithmetic") TREE FIXED
                "  factors: {x: {set: steps.normalise, choices: [zscore, {op: rank, depth: 3}]}}\n",
                &first_two);
    assert_non_null(wrong.surety.why_not);
    assert_non_null(strstr(wrong.surety.why_not, "'depth' is not a parameter"));
    assert_non_null(strstr(wrong.surety.why_not, "m.yaml:"));
    for (size_t i = 0; i < ITEMS; i++) {
        assert_true(isnan(wrong.sure[i]) && wrong.gain[i] == one.gain[i]);
    }
}

/* One of three, or none, is left out, and its indicator then brings nothing; of all four each is
 * among the first four whenever it counts. */
static void what_is_left_out_brings_nothing(void **state)
{
    static const char yaml[] = HEAD INDICATORS STEPS(MINMAX, "arithmetic") TREE FIXED
        "  factors: {x: {drop: one, of: [a, b, c]}}\n";
    const sure_made made =
        sure_of(*state, yaml, &(mera_priorities_ask){.top = ITEMS, .draws = DRAWS});
    double sum = 0;
    for (size_t i = 0; i < 3; i++) {
        assert_true(fabs(made.sure[i] - 0.75) < 4 * sqrt(0.75 * 0.25 / DRAWS));
        sum += 1 - made.sure[i];
    }
    assert_true(made.sure[3] == 1);
    assert_true(fabs(sum - 0.75) < 4 * sqrt(0.75 * 0.25 / DRAWS)); /* at most one in each draw */
}

#define NOISE(error)                                                                               \
    HEAD INDICATORS STEPS(MINMAX, "arithmetic") TREE FIXED "  factors:\n    x: {noise: {a: " error \
                                                           ", b: " error ", c: " error "}}\n"

/* Errors far below the gaps between values turn no order; large ones do. */
static void errors_of_the_data_blur_the_order(void **state)
{
    const mera_priorities_ask ask = {.top = 2, .draws = 96};
    const sure_made exact =
        sure_of(*state, HEAD INDICATORS STEPS(MINMAX, "arithmetic") TREE FIXED, &ask);
    const sure_made little = sure_of(*state, NOISE("0.0001"), &ask);
    const sure_made much = sure_of(*state, NOISE("3"), &ask);
    bool turned = false;
    for (size_t i = 0; i < ITEMS; i++) {
        assert_true(little.sure[i] == exact.sure[i]);
        turned = turned || (much.sure[i] > 0.05 && much.sure[i] < 0.95);
    }
    assert_true(turned);
}

static void the_same_for_any_number_of_threads(void **state)
{
    static const char *const yaml[] = {
        NOISE("2") "    y: {set: steps.normalise, choices: [" MINMAX ", zscore]}\n",
        HEAD INDICATORS STEPS(MINMAX, "arithmetic") TREE
        "uncertainty:\n  factors:\n    x: {set: steps.normalise.range.1, range: [50, 150]}\n"
        "    y: {drop: 0.2}\n",
        HEAD INDICATORS STEPS(MINMAX, "arithmetic") TREE
        "  aggregate: geometric\n"
        "uncertainty:\n  factors:\n    x: {set: steps.normalise, choices: [" MINMAX ", rank]}\n"
        "    y: {set: framework.aggregate, choices: [geometric, topsis, harmonic]}\n",
    };
    for (size_t k = 0; k < sizeof yaml / sizeof *yaml; k++) {
        mera_priorities_ask ask = {.top = 2, .draws = 200, .threads = 1};
        const sure_made one = sure_of(*state, yaml[k], &ask);
        bool unsure = false;
        for (ask.threads = 2; ask.threads <= 8; ask.threads *= 2) {
            const sure_made many = sure_of(*state, yaml[k], &ask);
            assert_int_equal(many.surety.failed, one.surety.failed);
            for (size_t i = 0; i < ITEMS; i++) {
                assert_true(many.sure[i] == one.sure[i]);
                unsure = unsure || (one.sure[i] > 0 && one.sure[i] < 1);
            }
        }
        assert_true(unsure);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(orders_are_those_of_the_choices, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(choices_that_are_the_same_change_nothing, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(draws_without_an_answer_do_not_count, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_mistaken_choice_is_told_with_its_place, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(what_is_left_out_brings_nothing, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(errors_of_the_data_blur_the_order, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(the_same_for_any_number_of_threads, run_setup,
                                        run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
