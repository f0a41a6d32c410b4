/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Leave-one-out: the same numbers as of a methodology without the part, or a table without the
 * row; weights from data, imputing from other columns and screening are made anew; what cannot be
 * left out is named.
 */
#include "run_fixture.h"

#include <string.h>

#include "base/math.h"

#define HEAD "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\n"
#define STEPS "steps:\n  normalise: {op: minmax, range: [1, 100]}\n  aggregate: arithmetic\n"
#define INDICATORS                                                      \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n" \
    "  c: {direction: lower}\n  d: {direction: higher}\n"
#define MONEY "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n"
#define LIFE "    - {id: life, weight: 3, aggregate: geometric, indicators: {c: 1, d: 2}}\n"
#define INDEX "framework:\n  id: index\n  nodes:\n"

static const char table[] = "unit,a,b,c,d\n"
                            "u1,3,8,4,7\nu2,5,6,2,5\nu3,9,1,7,6\nu4,2,7,3,9\n"
                            "u5,6,5,5,1\nu6,7,3,1,4\nu7,1,9,6,8\nu8,4,4,8,2\n";

static const mera_left *left_find(const mera_leave_out *made, size_t index)
{
    for (size_t k = 0; k < made->n_left; k++) {
        if (made->left[k].index == index) {
            return &made->left[k];
        }
    }
    fail();
    return NULL;
}

static mera_leave_out left_must(run_fixture *f, mera_leave_what what)
{
    const mera_leave_ask ask = {.what = what};
    mera_leave_out made;
    assert_int_equal(mera_leave_out_of(f->plan, f->result, &ask, f->arena, f->diags, &made),
                     MERA_OK);
    assert_int_equal(made.n_left, made.n_asked);
    return made;
}

/* Scores of `left` are those of the fixture as it is now scored, which may lack unit `skip`. */
static void left_same(const run_fixture *f, const mera_left *left, size_t n, size_t skip)
{
    assert_null(left->failed);
    for (size_t i = 0; i < n; i++) {
        if (i != skip) {
            assert_true(left->score[i] == f->result->node[0].score[i - (i > skip)]);
            assert_true(left->place[i] == f->result->node[0].rank[i - (i > skip)]);
        }
    }
}

/* Each removal of `what` against its own methodology text. */
static void left_against(void **state, mera_leave_what what, const char *yaml,
                         const char *const *without, size_t first)
{
    run_fixture *f = *state;
    run_must(f, yaml, table);
    const mera_leave_out made = left_must(f, what);
    run_again(f);
    for (size_t k = 0; without[k] != NULL; k++) {
        run_must(f, without[k], table);
        left_same(f, left_find(&made, first + k), 8, SIZE_MAX);
        run_again(f);
    }
}

static void an_indicator_gives_its_weight_to_its_node(void **state)
{
    static const char *const without[] = {
        HEAD INDICATORS STEPS INDEX "    - {id: money, weight: 2, indicators: {b: 3}}\n" LIFE,
        HEAD INDICATORS STEPS INDEX "    - {id: money, weight: 2, indicators: {a: 1}}\n" LIFE,
        NULL};
    left_against(state, MERA_LEAVE_INDICATORS, HEAD INDICATORS STEPS INDEX MONEY LIFE, without, 0);
}

static void a_direction_goes_with_what_is_below_it(void **state)
{
    static const char *const without[] = {HEAD INDICATORS STEPS INDEX LIFE,
                                          HEAD INDICATORS STEPS INDEX MONEY, NULL};
    left_against(state, MERA_LEAVE_DIRECTIONS, HEAD INDICATORS STEPS INDEX MONEY LIFE, without, 1);
}

#define FLAT "framework: {id: index, weights: critic, indicators: "

static void weights_from_data_are_made_anew(void **state)
{
    static const char *const without[] = {HEAD INDICATORS STEPS FLAT "[b, c, d]}\n",
                                          HEAD INDICATORS STEPS FLAT "[a, c, d]}\n", NULL};
    left_against(state, MERA_LEAVE_INDICATORS, HEAD INDICATORS STEPS FLAT "[a, b, c, d]}\n",
                 without, 0);
}

static const char gaps[] = "unit,a,b,c,d\n"
                           "u1,3,8,4,7\nu2,5,6,2,5\nu3,9,.,7,6\nu4,2,7,3,9\n"
                           "u5,6,5,5,.\nu6,7,3,.,4\nu7,.,9,6,8\nu8,4,.,8,.\n";

#define IMPUTED                                                                        \
    "steps:\n  screen: {unit_coverage: 0.5}\n  impute: {op: knn, k: 2}\n  normalise: " \
    "minmax\n  aggregate: arithmetic\n"

/* Who is screened and what is imputed depend on all columns: u8 has enough only without b. */
static void screening_and_imputing_do_not_see_it(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS IMPUTED "framework: {id: index, indicators: [a, b, c, d]}\n", gaps);
    const mera_leave_out made = left_must(f, MERA_LEAVE_INDICATORS);
    const mera_left *b = left_find(&made, 1);
    run_again(f);
    run_must(f, HEAD INDICATORS IMPUTED "framework: {id: index, indicators: [a, c, d]}\n", gaps);
    left_same(f, b, 8, SIZE_MAX);
}

static void a_unit_takes_its_bounds_along(void **state)
{
    run_fixture *f = *state;
    mera_leave_out made;
    const char *row, *end;
    run_must(f, HEAD INDICATORS STEPS INDEX MONEY LIFE, table);
    made = left_must(f, MERA_LEAVE_UNITS);
    run_again(f);
    for (size_t u = 0; u < 8; u++) {
        row = strstr(table, mera_arena_printf(f->arena, "u%zu,", u + 1));
        end = strchr(row, '\n') + 1;
        run_must(f, HEAD INDICATORS STEPS INDEX MONEY LIFE,
                 mera_arena_printf(f->arena, "%.*s%s", (int)(row - table), table, end));
        left_same(f, left_find(&made, u), 8, u);
        assert_true(isnan(left_find(&made, u)->place[u]));
        run_again(f);
    }
}

/* Goalposts: nothing is fitted, so nobody changes places, though all below move up. */
static void moving_up_since_one_went_is_no_move(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD "indicators: {a: {direction: higher, goalposts: [0, 10]}}\n"
                  "steps: {normalise: goalposts, aggregate: arithmetic}\n"
                  "framework: {id: index, indicators: [a]}\n",
             table);
    const mera_leave_out made = left_must(f, MERA_LEAVE_UNITS);
    for (size_t k = 0; k < made.n_left; k++) {
        assert_true(made.left[k].mean_shift == 0);
        assert_true(made.left[k].unit == SIZE_MAX && made.left[k].n == 7);
        assert_true(fabs(made.left[k].spearman - 1) < 1e-12);
        assert_true(fabs(made.left[k].kendall - 1) < 1e-12);
    }
    assert_true(made.left[0].index == 0 && made.left[7].index == 7);
    assert_true(made.unit[2].by == SIZE_MAX && made.unit[2].highest == 1);
    assert_true(made.unit[6].lowest == 7 && made.unit[6].highest == 7);
}

static void the_largest_move_and_its_unit(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS INDEX MONEY LIFE, table);
    const mera_leave_out made = left_must(f, MERA_LEAVE_INDICATORS);
    for (size_t k = 0; k < made.n_left; k++) {
        const mera_left *left = &made.left[k];
        double sum = 0, largest = 0;
        for (size_t i = 0; i < 8; i++) {
            const double shift = left->place[i] - f->result->node[0].rank[i];
            assert_true(left->shift[i] == shift);
            sum += fabs(shift) / 8;
            largest = fmax(largest, fabs(shift));
        }
        assert_true(fabs(left->mean_shift - sum) < 1e-12);
        assert_true(fabs(left->largest) == largest && left->shift[left->unit] == left->largest);
        assert_true(k == 0 || made.left[k - 1].mean_shift >= left->mean_shift);
    }
    assert_true(fabs(left_find(&made, 1)->weight - 0.4 * 0.75) < 1e-15);
}

/* Without u1 column a is the same for all, which min-max refuses. */
static void what_cannot_be_left_out_is_named(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS "framework: {id: index, indicators: [a, b]}\n",
             "unit,a,b,c,d\nu1,3,8,4,7\nu2,5,6,2,5\nu3,5,1,7,6\nu4,5,7,3,9\n");
    const mera_leave_out made = left_must(f, MERA_LEAVE_UNITS);
    assert_int_equal(made.n_failed, 1);
    assert_int_equal(made.left[3].index, 0);
    assert_non_null(strstr(made.left[3].failed, "'a'"));
    assert_null(made.left[3].score);
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 0);
}

static void nothing_to_leave_out(void **state)
{
    run_fixture *f = *state;
    const mera_leave_ask ask = {.what = MERA_LEAVE_DIRECTIONS};
    mera_leave_out made;
    run_must(f, HEAD INDICATORS STEPS "framework: {id: index, indicators: [a, b]}\n", table);
    assert_int_equal(mera_leave_out_of(f->plan, f->result, &ask, f->arena, f->diags, &made),
                     MERA_EINPUT);
    assert_non_null(strstr(mera_diags_first_error(f->diags), "not two directions"));
}

static bool left_stop(void *context, uint64_t done, uint64_t until)
{
    (void)context;
    assert_int_equal(until, 4);
    return done < 2;
}

static void what_was_done_stays_when_it_is_stopped(void **state)
{
    run_fixture *f = *state;
    const mera_leave_ask ask = {.progress = left_stop};
    mera_leave_out made;
    run_must(f, HEAD INDICATORS STEPS INDEX MONEY LIFE, table);
    assert_int_equal(mera_leave_out_of(f->plan, f->result, &ask, f->arena, f->diags, &made),
                     MERA_OK);
    assert_int_equal(made.n_left, 2);
    assert_int_equal(made.n_asked, 4);
}

#define left_test(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        left_test(an_indicator_gives_its_weight_to_its_node),
        left_test(a_direction_goes_with_what_is_below_it),
        left_test(weights_from_data_are_made_anew),
        left_test(screening_and_imputing_do_not_see_it),
        left_test(a_unit_takes_its_bounds_along),
        left_test(moving_up_since_one_went_is_no_move),
        left_test(the_largest_move_and_its_unit),
        left_test(what_cannot_be_left_out_is_named),
        left_test(nothing_to_leave_out),
        left_test(what_was_done_stays_when_it_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
