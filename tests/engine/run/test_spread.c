/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Standard errors of imputed values, imputer by imputer. Expected numbers are computed from the
 * formulas with rational numbers by a program of its own; that of EM is the maximum likelihood of
 * one column with gaps, sqrt(RSS / n) of its regression (Little and Rubin, 2002, section 7.2).
 */
#include "run_fixture.h"

#define SPREAD_HEAD                                                                         \
    "mera: 1\nid: s\nunits: {key: key, groups: {size: size}}\ndata: [{}]\n"                 \
    "indicators: {a: {direction: higher}, b: {direction: higher}, c: {direction: lower}}\n" \
    "framework: {id: root, indicators: {a: 1, b: 1, c: 1}}\n"
#define SPREAD_STEPS(imputer) \
    SPREAD_HEAD "steps: {impute: " imputer ", normalise: none, aggregate: arithmetic}\n"

static const char table[] = "key,a,b,c,@size\n"
                            "A,3,6.5,1,s\nB,5,9,4,s\nC,9,19,2,s\nD,2,4,8,s\nE,6,13,5,l\n"
                            "F,7,13.5,7,l\nG,1,3,1,l\nH,4,8,9,l\nI,8,.,3,s\nJ,5.5,.,6,l\n";

enum { UNITS = 10, FULL = 8 };

/* Standard errors of b, made beside the scores. */
static const double *spread_of(run_fixture *f, const char *yaml, const char *cells)
{
    const mera_score_with with = {.spread = true};
    if (f->project != NULL) {
        run_again(f);
    }
    if (run_bind(f, yaml, cells) != MERA_OK ||
        mera_plan_score_with(f->plan, &with, f->arena, f->diags, &f->result) != MERA_OK) {
        fail_msg("%s", run_first_problem(f));
    }
    return f->result->indicator[1].spread;
}

static void spread_is(run_fixture *f, const char *yaml, double i, double j)
{
    const double *spread = spread_of(f, yaml, table);
    for (size_t k = 0; k < FULL; k++) {
        assert_true(isnan(spread[k]));
    }
    assert_close(spread[FULL], i, 1e-9 * i);
    assert_close(spread[FULL + 1], j, 1e-9 * j);
}

static void each_imputer_knows_its_error(void **state)
{
    run_fixture *f = *state;
    spread_is(f, SPREAD_STEPS("mean"), 5.378528742004772, 5.378528742004772);
    spread_is(f, SPREAD_STEPS("median"), 5.483742205048353, 5.483742205048353);
    spread_is(f, SPREAD_STEPS("{op: regression}"), 0.7779360814943012, 0.7779360814943012);
    spread_is(f, SPREAD_STEPS("{op: em}"), 0.6150124728870892, 0.6150124728870892);
    spread_is(f, SPREAD_STEPS("{op: knn, k: 3}"), 5.033222956847166, 2.4664414311581235);
    spread_is(f, SPREAD_STEPS("{op: knn, k: 3, weights: distance}"), 5.1213652352007495,
              2.240013298860929);
    spread_is(f, SPREAD_STEPS("{op: row_mean, normalise: false}"), sqrt(12.5), 0.25 * sqrt(2));
    spread_is(f, SPREAD_STEPS("{op: hot_deck, choose: random}"), 5.378528742004772,
              5.378528742004772);
}

/* Of six and a half, nine, nineteen, four; of thirteen, thirteen and a half, three, eight. */
static void groups_have_errors_of_their_own(void **state)
{
    run_fixture *f = *state;
    spread_is(f, SPREAD_STEPS("{op: group_mean, by: size}"), sqrt(129.6875 / 3), sqrt(72.6875 / 3));
    spread_is(f, SPREAD_STEPS("{op: hot_deck, choose: random, by: size}"), sqrt(129.6875 / 3),
              sqrt(72.6875 / 3));
    /* too small a group learns from all, and has the error of all */
    spread_is(f, SPREAD_STEPS("{op: mean, by: size, reference: {min_units: 5, fallback: all}}"),
              5.378528742004772, 5.378528742004772);
    spread_is(f,
              SPREAD_STEPS("{op: hot_deck, choose: random, by: size, reference: {min_units: 6, "
                           "fallback: all}}"),
              5.378528742004772, 5.378528742004772);
}

static void what_is_not_known_stays_unknown(void **state)
{
    run_fixture *f = *state;
    const double *constant = spread_of(f, SPREAD_STEPS("{op: constant, value: 3}"), table);
    assert_true(isnan(constant[FULL]));
    const double *donor = spread_of(f, SPREAD_STEPS("{op: knn, k: 1}"), table);
    assert_true(isnan(donor[FULL]));
    assert_null(spread_of(f, SPREAD_STEPS("none"), table));
}

/* Two units jump by 4 in two years and by 1 in one, and by 2 in one: (16/2 + 1 + 4) / 3 a year. */
static void walks_grow_with_time(void **state)
{
    static const char panel[] =
        "key,period,a,b,c,@size\n"
        "A,2010,1,1,1,s\nA,2011,1,.,1,s\nA,2012,1,5,1,s\nA,2013,1,6,1,s\nA,2016,1,.,1,s\n"
        "B,2010,2,.,1,s\nB,2011,2,7,1,s\nB,2012,2,9,1,s\nB,2013,2,.,1,s\nB,2016,2,.,1,s\n";
    enum { N = 2 };
    run_fixture *f = *state;
    const double pace = sqrt(13.0 / 3);
    const double *linear = spread_of(f, SPREAD_STEPS("panel_linear"), panel);
    assert_close(linear[1 * N], pace * sqrt(0.5), 1e-12); /* A in 2011, between 2010 and 2012 */
    assert_close(linear[4 * N], pace * sqrt(3), 1e-12);   /* A in 2016, carried from 2013 */
    assert_close(linear[0 * N + 1], pace, 1e-12);         /* B in 2010, backwards */
    assert_close(linear[4 * N + 1], pace * 2, 1e-12);     /* B in 2016, carried from 2012 */
    assert_true(isnan(linear[2 * N]));
    const double *latest = spread_of(f, SPREAD_STEPS("panel_latest"), panel);
    assert_close(latest[1 * N], pace, 1e-12);
    assert_true(isnan(latest[1])); /* nothing is known before */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_imputer_knows_its_error, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(groups_have_errors_of_their_own, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_known_stays_unknown, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(walks_grow_with_time, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
