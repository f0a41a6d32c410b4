/* SPDX-License-Identifier: Apache-2.0 */
/** @file Weighers that ask people: names, judgements, what is refused and what is reported. */
#include "weigh.h"

static const double *const none[] = {NULL, NULL, NULL, NULL};

static void names_of_children_are_checked(void **state)
{
    fixture *f = *state;
    const char *const children[] = {"income", "air"};
    double w[2];
    f->ctx.child_name = children;
    assert_int_equal(weigh(f, "weight.swing", "points: {incom: 3, air: 1}", none, 2, 0, w),
                     MERA_EINPUT);
    const mera_diag *first = mera_diags_get(f->diags, 0);
    assert_string_equal(first->message,
                        "'points' of weight.swing names 'incom', which is no child of node 'n'");
    assert_string_equal(first->hint, "did you mean 'income'?");
    assert_message(f, "'points' of weight.swing says nothing of the child 'income' of node 'n'");
}

static void an_order_names_every_child_once(void **state)
{
    fixture *f = *state;
    double w[3];
    assert_int_equal(weigh(f, "weight.rank_order", "order: [a, b = a]", none, 3, 0, w),
                     MERA_EINPUT);
    assert_message(f, "'order' of weight.rank_order names 'a' twice");
    assert_int_equal(weigh(f, "weight.rank_order", "order: [a, b]", none, 3, 0, w), MERA_EINPUT);
    assert_message(f, "'order' of weight.rank_order says nothing of the child 'c' of node 'n'");
}

static void budgets_report_spread_and_agreement(void **state)
{
    fixture *f = *state;
    double w[3];
    /* ranks 1 2 3, 1 2 3, 2 1 3: rank sums 4 5 9, S = 14, W = 12 * 14 / (9 * 24) = .7778 */
    assert_int_equal(
        weigh(f, "weight.budget", "points: [20 30 50, 10 20 70, 30 20 50]", none, 3, 0, w),
        MERA_OK);
    assert_said(f->diags, "node 'n': points of 3 experts, Kendall's W 0.7778: 'a' mean 20, sd 10, "
                          "10 to 30; 'b' mean 23.33, sd 5.774, 20 to 30; 'c' mean 56.67, sd 11.55, "
                          "50 to 70");
}

static void agreement_is_1_with_equal_ranks_also_when_tied(void **state)
{
    fixture *f = *state;
    double w[3];
    /* ranks 1.5 1.5 3 twice: S = 4.5, and 4 * 24 - 2 * 12 = 72: corrected 54 / 72 * ... = .75, 1 */
    assert_int_equal(
        weigh(f, "weight.budget", "points: [25 25 50, 20 20 60]; ties: plain", none, 3, 0, w),
        MERA_OK);
    assert_said(f->diags, "Kendall's W 0.7500");
    assert_int_equal(weigh(f, "weight.budget", "points: [25 25 50, 20 20 60]", none, 3, 0, w),
                     MERA_OK);
    assert_said(f->diags, "Kendall's W 1.0000");
}

static void a_budget_is_spent_to_the_point(void **state)
{
    fixture *f = *state;
    double w[3];
    weigh_refuses(f, "weight.budget", "points: [Anna: 20 30 40]");
    assert_message(f,
                   "the row 'Anna: 20 30 40' in 'points' of weight.budget adds up to 90; allowed "
                   "are points of 0 or more that add up to 100");
    weigh_refuses(f, "weight.budget", "points: [20 30 50, 50 50]");
    assert_message(f, "the row '50 50' in 'points' of weight.budget has 2 numbers, the first row "
                      "has 3");
    weigh_refuses(f, "weight.budget", "points: [20 x 80]");
    assert_message(f,
                   "the row '20 x 80' in 'points' of weight.budget holds 'x'; allowed are numbers "
                   "and fractions like 1/3");
    assert_int_equal(weigh(f, "weight.budget", "points: [50 50]", none, 3, 0, w), MERA_EINPUT);
    assert_message(f, "'points' of weight.budget has 2 numbers a row, 'columns' 0 names, and node "
                      "'n' has 3 children");
}

static void consistency_is_reported(void **state)
{
    fixture *f = *state;
    double w[3];
    assert_int_equal(weigh(f, "weight.ahp", "matrix: [1 3 5, 1/3 1 2, 1/5 1/2 1]", none, 3, 0, w),
                     MERA_OK);
    assert_said(f->diags,
                "node 'n': consistency ratio 0.003185 (l_max 3.003695, random index 0.58)");
    assert_int_equal(weigh_warnings(f), 0);
    /* RI = (1.7699 * 3 - 4.3513) / 2 = .4792, CI = .0018473 */
    assert_int_equal(weigh(f, "weight.ahp",
                           "random_index: alonso_lamata; matrix: [1 3 5, 1/3 1 2, 1/5 1/2 1]", none,
                           3, 0, w),
                     MERA_OK);
    assert_said(f->diags,
                "node 'n': consistency ratio 0.003855 (l_max 3.003695, random index 0.4792)");
}

static void the_worst_three_judgements_are_named(void **state)
{
    fixture *f = *state;
    double w[4];
    /* a > b > d by 2 and 2, yet d > a by 2: a circle off by a factor of 8 */
    assert_int_equal(
        weigh(f, "weight.ahp", "matrix: [1 2 1 1/2, 1/2 1 1 2, 1 1 1 1, 2 1/2 1 1]", none, 4, 0, w),
        MERA_OK);
    assert_int_equal(weigh_warnings(f), 1);
    assert_said(f->diags, "the worst three are 'a', 'b' and 'd', which contradict each other by a "
                          "factor of 8");
}

static void contradicting_pairs_are_refused(void **state)
{
    fixture *f = *state;
    weigh_refuses(f, "weight.ahp", "matrix: [1 3, 3 1]");
    assert_message(f, "'matrix' of weight.ahp says 3 in row 1, column 2 and 3 in row 2, column 1; "
                      "allowed are a number above 0 and its inverse");
    weigh_refuses(f, "weight.ahp", "matrix: [1 2 3, 1/2 1 1]");
    assert_message(f, "'matrix' of weight.ahp has 2 rows of 3 numbers; it takes as many rows as "
                      "numbers, once for each expert");
    weigh_refuses(f, "weight.ahp", "matrix: [1 2, 1/0 1]");
}

/* A principal eigenvector: A w = l w to the last digits, for a matrix that is not consistent. */
static void the_eigenvector_solves_its_equation(void **state)
{
    fixture *f = *state;
    const double a[4][4] = {{1, 2, 5, 1.0 / 3}, {0.5, 1, 4, 2}, {0.2, 0.25, 1, 1}, {3, 0.5, 1, 1}};
    double w[4], l[4];
    assert_int_equal(weigh(f, "weight.ahp",
                           "matrix: [1 2 5 1/3, 1/2 1 4 2, 1/5 1/4 1 1, 3 1/2 1 1]", none, 4, 0, w),
                     MERA_OK);
    for (size_t i = 0; i < 4; i++) {
        l[i] = 0;
        for (size_t j = 0; j < 4; j++) {
            l[i] += a[i][j] * w[j] / w[i];
        }
        assert_close(l[i], l[0], 1e-13);
    }
}

static void best_and_worst_are_two_children(void **state)
{
    fixture *f = *state;
    double w[3];
    assert_int_equal(weigh(f, "weight.bwm",
                           "best: a; worst: a; best_to_others: {b: 2}; others_to_worst: {b: 2}",
                           none, 3, 0, w),
                     MERA_EINPUT);
    assert_message(f, "'best' and 'worst' of weight.bwm are both 'a'");
    assert_int_equal(weigh(f, "weight.bwm",
                           "best: a; worst: c; best_to_others: {b: 2}; others_to_worst: {b: 2}",
                           none, 3, 0, w),
                     MERA_EINPUT);
    assert_said(f->diags,
                "'best_to_others' of weight.bwm says nothing of the child 'c' of node 'n'");
}

static void best_worst_judgements_report_their_consistency(void **state)
{
    fixture *f = *state;
    double w[3];
    assert_int_equal(
        weigh(f, "weight.bwm",
              "best: c; worst: a; best_to_others: {a: 8, b: 2}; others_to_worst: {b: 5, c: 8}",
              none, 3, 0, w),
        MERA_OK);
    /* |2 * 5 - 8| / (64 - 8) */
    assert_said(f->diags, "xi 0.035714 (0 = the judgements agree fully), input-based consistency "
                          "ratio 0.0357");
}

/* ---- statements about units ---- */

static const char *const towns[] = {"Омск", "Томск", "Тверь"};

static void contradicting_statements_are_named_with_their_shortfall(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){4, 2, 0}, (double[]){3, 1, 5}};
    double w[2];
    f->ctx.unit_name = towns;
    assert_int_equal(weigh(f, "weight.from_orderings",
                           "statements: [Томск > Омск]; margin: 0; start: equal", x, 2, 3, w),
                     MERA_OK);
    assert_said(f->diags,
                "no weights of 0 or more fulfil all 1 statements of weight.from_orderings; "
                "short fall 'Томск > Омск' (by 2)");
}

static void a_statement_needs_two_known_units(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){4, 2, 0}, (double[]){3, 1, NAN}};
    double w[2];
    assert_int_equal(weigh(f, "weight.from_orderings", "statements: [A > B]", x, 2, 3, w),
                     MERA_EINPUT);
    assert_message(f, "node 'n': weight.from_orderings needs the names of units, and they are not "
                      "known here");
    f->ctx.unit_name = towns;
    assert_int_equal(weigh(f, "weight.from_orderings", "statements: [Томск > Омс]", x, 2, 3, w),
                     MERA_EINPUT);
    assert_message(f, "'statements' of weight.from_orderings names 'Омс', which is no unit here");
    assert_hint(f, "did you mean 'Омск'?");
    assert_int_equal(weigh(f, "weight.from_orderings", "statements: [Омск]", x, 2, 3, w),
                     MERA_EINPUT);
    assert_message(f, "'Омск' in 'statements' of weight.from_orderings is no statement; allowed is "
                      "'A > B'");
    assert_int_equal(weigh(f, "weight.from_orderings", "statements: [Омск > Тверь]", x, 2, 3, w),
                     MERA_EINPUT);
    assert_message(f,
                   "node 'n': every statement of weight.from_orderings is of a unit that lacks a "
                   "value");
}

static void a_statement_holds_in_every_period(void **state)
{
    fixture *f = *state;
    const char *const twice[] = {"A", "B", "A", "B"};
    /* period 1 asks w_a >= w_b, period 2 asks w_b >= w_a / 2: with margin 0 the start (1, 1) fits
     */
    const double *const x[] = {(double[]){1, 0, 0, 1}, (double[]){0, 1, 2, 0}};
    double w[2];
    f->ctx.unit_name = twice;
    assert_int_equal(
        weigh(f, "weight.from_orderings", "statements: [A > B]; margin: 0", x, 2, 4, w), MERA_OK);
    assert_close(w[0], 0.5, 1e-12);
    /* now period 2 asks w_b >= 2 w_a: against period 1; the least shortfall is on one of the two */
    const double *const y[] = {(double[]){1, 0, 0, 2}, (double[]){0, 1, 1, 0}};
    assert_int_equal(
        weigh(f, "weight.from_orderings", "statements: [A > B]; margin: 0", y, 2, 4, w), MERA_OK);
    assert_said(f->diags, "no weights of 0 or more fulfil all 2 statements");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(names_of_children_are_checked),
        OPS_TEST(an_order_names_every_child_once),
        OPS_TEST(budgets_report_spread_and_agreement),
        OPS_TEST(agreement_is_1_with_equal_ranks_also_when_tied),
        OPS_TEST(a_budget_is_spent_to_the_point),
        OPS_TEST(consistency_is_reported),
        OPS_TEST(the_worst_three_judgements_are_named),
        OPS_TEST(contradicting_pairs_are_refused),
        OPS_TEST(the_eigenvector_solves_its_equation),
        OPS_TEST(best_and_worst_are_two_children),
        OPS_TEST(best_worst_judgements_report_their_consistency),
        OPS_TEST(contradicting_statements_are_named_with_their_shortfall),
        OPS_TEST(a_statement_needs_two_known_units),
        OPS_TEST(a_statement_holds_in_every_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
