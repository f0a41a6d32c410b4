/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Results side by side: a base and a variant scored for real, compared by hand.
 */
#include "run_fixture.h"

#include "analysis/compare.h"

static const char *const compare_yaml =
    "mera: 1\nid: t\nunits: {key: key}\ntitle: Base\n"
    "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
    "steps: {normalise: none, aggregate: arithmetic}\n"
    "framework:\n"
    "  id: root\n"
    "  nodes:\n"
    "    - {id: left, weight: 3, indicators: [a]}\n"
    "    - {id: right, weight: 1, indicators: [b]}\n"
    "variants:\n"
    "  other: {set: {framework.left.weight: 1, framework.right.weight: 3.0}}\n";

/* base 3a + b: A 13, B 11, C 9, D 10; other a + 3b: A 7, B 9, C 15, D 14 (over 4) */
static const char *const compare_table = "key,a,b\nA,4,1\nB,3,2\nC,1.5,4.5\nD,2,4\n";

typedef struct compare_fixture {
    run_fixture *f[2];
    mera_compare_side side[2];
} compare_fixture;

static int compare_setup(void **state)
{
    static compare_fixture made; /* cmocka runs the tests of a group one after the other */

    for (size_t i = 0; i < 2; i++) {
        void *fixture;

        assert_int_equal(run_setup(&fixture), 0);
        made.f[i] = fixture;
    }
    *state = &made;
    return 0;
}

static int compare_teardown(void **state)
{
    compare_fixture *c = *state;

    for (size_t i = 0; i < 2; i++) {
        void *fixture = c->f[i];

        run_teardown(&fixture);
    }
    return 0;
}

static const mera_comparison *compare_made(compare_fixture *c, const char *second_table)
{
    const mera_comparison *made;

    c->f[1]->variant = "other";
    run_must(c->f[0], compare_yaml, compare_table);
    run_must(c->f[1], compare_yaml, second_table);
    for (size_t i = 0; i < 2; i++) {
        c->side[i] =
            (mera_compare_side){.label = i == 0 ? "base" : "other", .result = c->f[i]->result};
    }
    assert_int_equal(mera_compare(c->side, 2, 2, c->f[0]->arena, c->f[0]->diags, &made), MERA_OK);
    return made;
}

static void ranks_and_moves_by_hand(void **state)
{
    const mera_comparison *made = compare_made(*state, compare_table);
    /* base A B D C; other C D B A: the opposite order */
    const double base[] = {1, 2, 4, 3}, other[] = {4, 3, 1, 2};

    assert_int_equal(made->n_units, 4);
    for (size_t u = 0; u < 4; u++) {
        assert_true(made->unit[u].rank[0] == base[u]);
        assert_true(made->unit[u].rank[1] == other[u]);
    }
    assert_close(made->unit[0].score[0], 3.25, 1e-15);
    assert_close(made->unit[0].score[1], 1.75, 1e-15);
    assert_true(made->unit[0].largest_move == 3);
    const mera_compare_pair *pair = &made->pair[0];
    assert_int_equal(made->n_pairs, 1);
    assert_close(pair->spearman, -1, 1e-15);
    assert_close(pair->kendall, -1, 1e-15);
    assert_close(pair->mean_shift, 2, 1e-15);
    assert_true(pair->max_shift == 3);
    assert_int_equal(pair->n_moved, 4);
    assert_int_equal(pair->mover[0], 0);
    assert_int_equal(pair->mover[1], 2);
    assert_int_equal(pair->mover[2], 1);
    assert_int_equal(pair->top, 2);
    assert_int_equal(pair->top_common, 0);
}

static void only_settings_that_differ_are_named(void **state)
{
    const mera_comparison *made = compare_made(*state, compare_table);

    assert_int_equal(made->n_settings, 2);
    assert_string_equal(made->setting[0].path, "framework.left.weight");
    assert_string_equal(made->setting[0].value[0], "3");
    assert_string_equal(made->setting[0].value[1], "1");
    assert_null(made->setting[0].origin[0]);
    assert_string_equal(made->setting[0].origin[1], "variant 'other'");
    assert_string_equal(made->setting[1].path, "framework.right.weight");
    assert_int_equal(made->setting[1].at[0].line, 11);
}

static void units_are_matched_by_key(void **state)
{
    const mera_comparison *made = compare_made(*state, "key,a,b\nE,9,9\nD,2,4\nA,4,1\n");

    assert_int_equal(made->n_units, 5);
    assert_string_equal(made->unit[4].key, "E");
    assert_missing(made->unit[4].rank[0]);
    assert_true(made->unit[4].rank[1] == 1);
    assert_missing(made->unit[1].score[1]);
    assert_missing(made->unit[4].largest_move);
    assert_int_equal(made->pair[0].n_common, 2);
}

/** A is first and D third of four, D second and A third of the other three: of the two that both
 * rank, A and D change places. */
static void moves_are_counted_among_units_that_both_rank(void **state)
{
    const mera_comparison *made = compare_made(*state, "key,a,b\nE,9,9\nD,2,4\nA,4,1\n");

    assert_true(made->unit[0].rank[0] == 1 && made->unit[0].rank[1] == 3);
    assert_true(made->unit[3].rank[0] == 3 && made->unit[3].rank[1] == 2);
    assert_true(made->unit[0].move[1] == -1);
    assert_true(made->unit[3].move[1] == 1);
    assert_missing(made->unit[1].move[1]);
    assert_true(made->unit[0].largest_move == 1);
    assert_true(made->pair[0].mean_shift == 1 && made->pair[0].max_shift == 1);
    assert_int_equal(made->pair[0].n_moved, 2);
    assert_close(made->medoid_distance, 1, 1e-15);
}

static void equal_places_stay_equal_when_counted_anew(void **state)
{
    compare_fixture *c = *state;
    const double mean_of_ties[] = {1.5, 1.5, 3, 4.5, 4.5}, other[] = {NAN, 1, 2, 4, 3};
    const double anew[] = {NAN, 1, 2, 3, 3}, as_it_was[] = {NAN, 1, 2, 4, 3};
    mera_compare_common common;

    assert_int_equal(mera_compare_common_new(5, c->f[0]->arena, &common), MERA_OK);
    mera_compare_common_of(&common, mean_of_ties, mean_of_ties);
    assert_ptr_equal(common.place[0], mean_of_ties);
    mera_compare_common_of(&common, mean_of_ties, other);
    assert_missing(common.place[0][0]);
    assert_missing(common.place[1][0]);
    for (size_t u = 1; u < 5; u++) {
        assert_true(common.place[0][u] == anew[u]);
        assert_true(common.place[1][u] == as_it_was[u]);
    }
}

static void orders_and_the_medoid_by_hand(void **state)
{
    compare_fixture *c = *state;
    const mera_comparison *made;
    (void)compare_made(c, compare_table);
    /* places of the two orders are 2 apart on average: of base, other, other the second is nearest
     */
    const mera_compare_side side[] = {c->side[0], c->side[1], c->side[1]};

    assert_int_equal(mera_compare(side, 3, 0, c->f[0]->arena, c->f[0]->diags, &made), MERA_OK);
    assert_int_equal(made->n_orders, 2);
    assert_int_equal(made->order_of[0], 0);
    assert_int_equal(made->order_of[1], 1);
    assert_int_equal(made->order_of[2], 1);
    assert_int_equal(made->medoid, 1);
    assert_close(made->medoid_distance, 1, 1e-15);
    assert_int_equal(made->n_pairs, 3);
}

static void many_sides_are_paired_with_the_first_only(void **state)
{
    enum { SIDES = MERA_COMPARE_ALL_PAIRS + 1 };
    compare_fixture *c = *state;
    const mera_comparison *made;
    mera_compare_side side[SIDES];
    (void)compare_made(c, compare_table);
    for (size_t i = 0; i < SIDES; i++) {
        side[i] = c->side[i % 2];
    }

    assert_int_equal(mera_compare(side, SIDES, 0, c->f[0]->arena, c->f[0]->diags, &made), MERA_OK);
    assert_int_equal(made->n_pairs, SIDES - 1);
    for (size_t i = 0; i < made->n_pairs; i++) {
        assert_int_equal(made->pair[i].a, 0);
        assert_int_equal(made->pair[i].b, i + 1);
    }
    assert_int_equal(made->n_orders, 2);
}

static void one_side_is_no_comparison(void **state)
{
    compare_fixture *c = *state;
    const mera_comparison *made;

    assert_int_equal(mera_compare(c->side, 1, 0, c->f[0]->arena, c->f[0]->diags, &made),
                     MERA_EUSAGE);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, compare_setup, compare_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(ranks_and_moves_by_hand),
        RUN_TEST(only_settings_that_differ_are_named),
        RUN_TEST(units_are_matched_by_key),
        RUN_TEST(moves_are_counted_among_units_that_both_rank),
        RUN_TEST(equal_places_stay_equal_when_counted_anew),
        RUN_TEST(orders_and_the_medoid_by_hand),
        RUN_TEST(many_sides_are_paired_with_the_first_only),
        RUN_TEST(one_side_is_no_comparison),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
