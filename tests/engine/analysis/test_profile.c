/* SPDX-License-Identifier: Apache-2.0 */
/** @file One territory on a page: every number of it by hand. */
#include "run_fixture.h"

#include "mera/profile.h"

#define HEAD \
    "mera: 1\nid: t\nunits: {key: unit, period: period, groups: {size: size}}\ndata: [{}]\n"
#define REST                                                                                     \
    "indicators:\n  a: {direction: higher}\n  b: {direction: lower}\n  c: {direction: higher}\n" \
    "steps: {impute: median, normalise: {op: minmax, range: [0, 100], reference: {period: "      \
    "all}}}\n"                                                                                   \
    "framework:\n  id: index\n  nodes:\n"                                                        \
    "    - {id: one, weight: 1, indicators: [a]}\n"                                              \
    "    - {id: two, weight: 3, indicators: {b: 1, c: 2}}\n"                                     \
    "similar: {by: size, least: 1}\n"

/* Bounds over both years: a 0..10, b 0..10, c 0..10. */
static const char table[] = "unit,period,@size,a,b,c\n"
                            "u1,2019,s,0,10,5\nu2,2019,s,5,5,5\nu3,2019,s,5,5,5\n"
                            "u4,2019,s,5,5,5\nu5,2019,b,5,5,5\n"
                            "u1,2020,s,8,9,.\nu2,2020,s,2,0,10\nu3,2020,s,4,2,0\n"
                            "u4,2020,s,6,4,4\nu5,2020,b,10,6,6\n";

static mera_profile profile_must(run_fixture *f, const char *yaml, const char *unit,
                                 const char *period)
{
    mera_profile of;
    run_must(f, yaml, table);
    const mera_profile_ask ask = {.unit = mera_dataset_unit(f->data, unit),
                                  .period = strcmp(period, "2020") == 0 ? 1 : 0};
    const mera_code code = mera_profile_of(f->plan, f->result, &ask, f->arena, f->diags, &of);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    return of;
}

static void directions_beside_similar_units(void **state)
{
    run_fixture *f = *state;
    const mera_profile of = profile_must(f, HEAD REST, "u1", "2020");
    assert_int_equal(of.n_parts, 2);
    assert_close(of.part[0].share, 0.25, 1e-15);
    assert_close(of.part[0].score, 80, 1e-12);
    assert_close(of.part[0].similar, 40, 1e-12); /* of 20, 40, 60 */
    assert_close(of.part[0].median, 60, 1e-12);  /* of those, 80 and 100 */
    assert_close(of.part[0].low, 20, 1e-12);
    assert_close(of.part[0].high, 100, 1e-12);
    assert_true(of.part[0].place == 2);
    assert_int_equal(of.part[0].n_ranked, 5);
    assert_close(of.part[0].before, 0, 1e-12);
    /* two: c is imputed: the median of 0, 4, 6, 10 is 5; (10 + 2 * 50) / 3 */
    assert_close(of.part[1].score, 110.0 / 3, 1e-12);
}

/* Where a lower score is better, points of an indicator are judged so too: of u1's 8, 2, 4, 6, 10
 * only 10 is worse; a pulls it down, b up. */
static void where_a_lower_score_is_better(void **state)
{
    run_fixture *f = *state;
    const mera_profile of = profile_must(
        f,
        HEAD "indicators:\n  a: {direction: higher}\n  b: {direction: lower}\n"
             "steps: {normalise: {op: minmax, range: [0, 100], reference: {period: all}}}\n"
             "framework: {id: index, better: lower, indicators: {a: 1, b: 1}}\n"
             "similar: {by: size, least: 1}\n",
        "u1", "2020");
    assert_int_equal(of.n_parts, 2);
    assert_true(of.part[0].lower_is_better && of.part[0].place == 4);
    assert_true(of.part[1].place == 1);
    assert_int_equal(of.n_weak, 1);
    assert_int_equal(of.weak[0].indicator, 0);
    assert_int_equal(of.weak[0].n_worse, 0);
    assert_int_equal(of.n_strong, 1);
    assert_int_equal(of.strong[0].indicator, 1);
    assert_int_equal(of.strong[0].n_worse, 3);
}

static void strengths_weaknesses_and_data(void **state)
{
    run_fixture *f = *state;
    const mera_profile of = profile_must(f, HEAD REST, "u1", "2020");
    assert_int_equal(of.n_strong, 1); /* a: better than all three; c is not its own */
    assert_int_equal(of.strong[0].indicator, 0);
    assert_int_equal(of.strong[0].n_worse, 3);
    assert_true(of.strong[0].similar == 4);
    assert_close(of.strong[0].pull, 0.25 * 40, 1e-12);
    assert_int_equal(of.n_weak, 1); /* b: worse than all three */
    assert_int_equal(of.weak[0].indicator, 1);
    assert_int_equal(of.weak[0].n_worse, 0);
    assert_close(of.weak[0].pull, 0.25 * (10 - 80), 1e-12);
    assert_int_equal(of.data.n, 3);
    assert_int_equal(of.data.observed, 2);
    assert_int_equal(of.data.imputed, 1);
    assert_int_equal(of.data.missing, 0);
    assert_close(of.data.coverage, 0.5, 1e-12); /* c has half of the weight */
}

static void the_period_before(void **state)
{
    run_fixture *f = *state;
    const mera_profile of = profile_must(f, HEAD REST, "u1", "2020");
    assert_int_equal(of.before, 0);
    assert_close(of.score_before, 0.25 * 0 + 0.75 * (0 + 2 * 50) / 3, 1e-12);
    assert_true(of.place_before == 5);
    assert_true(of.similar_place == of.place || of.similar_place < of.place);
    run_again(f);
    assert_true(profile_must(f, HEAD REST, "u1", "2019").before == SIZE_MAX);
}

static void an_interval_only_where_the_methodology_says_how(void **state)
{
    run_fixture *f = *state;
    assert_false(profile_must(f, HEAD REST, "u2", "2020").sure);
    run_again(f);
    const mera_profile of = profile_must(
        f, HEAD REST "uncertainty: {draws: 1000, weights: {law: fixed}}\n", "u2", "2020");
    assert_true(of.sure);
    assert_true(of.low == of.place && of.high == of.place); /* nothing varies */
    assert_int_equal(of.n_banded, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(directions_beside_similar_units, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(where_a_lower_score_is_better, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(strengths_weaknesses_and_data, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(the_period_before, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(an_interval_only_where_the_methodology_says_how, run_setup,
                                        run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
