/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The Human Development Index of three countries in 2021: goalposts with caps, a logarithm, a mean
 * below a geometric mean, rounding at the end.
 *
 * source  UNDP, Human Development Report 2021/22, statistical annex, table 1 (inputs as in the
 *         composite indices time series; published HDI: Norway 0.961, Switzerland 0.962, Chad
 *         0.394) and technical note 1; the unrounded values were calculated beside it
 */
#include "run_fixture.h"

static const char *const hdi_yaml =
    "mera: 1\nid: hdi\nunits: {key: iso3}\n"
    "indicators:\n"
    "  le:  {direction: higher, goalposts: [20, 85]}\n"
    "  eys: {direction: higher, goalposts: [0, 18]}\n"
    "  mys: {direction: higher, goalposts: [0, 15]}\n"
    "  gni: {direction: higher, goalposts: [100, 75000], normalise: {log: true}}\n"
    "steps:\n"
    "  normalise: {op: goalposts, range: [0, 1], clamp: above}\n"
    "  aggregate: {op: geometric, missing: propagate}\n"
    "framework:\n"
    "  id: hdi\n"
    "  round: 3\n"
    "  nodes: [{id: education, weight: 1, aggregate: arithmetic, indicators: [eys, mys]}]\n"
    "  indicators: [le, gni]\n"
    "classify: {bands: {Low: 0, Medium: 0.55, High: 0.7, Very High: 0.8}}\n";

static const char *const hdi_table = "iso3,le,eys,mys,gni\n"
                                     "NOR,83.2339,18.18519974,13.00362968,64660.10622\n"
                                     "CHE,83.9872,16.50029945,13.85966015,66933.00454\n"
                                     "TCD,52.5254,8.035914334,2.57377421,1364.169417\n"
                                     "XXX,52.5254,.,2.57377421,1364.169417\n";

static void published_values_come_out(void **state)
{
    run_fixture *f = *state;

    run_must(f, hdi_yaml, hdi_table);
    assert_true(run_score_of(f, "hdi", "NOR", 0) == 0.961);
    assert_true(run_score_of(f, "hdi", "CHE", 0) == 0.962);
    assert_true(run_score_of(f, "hdi", "TCD", 0) == 0.394);
    assert_missing(run_score_of(f, "hdi", "XXX", 0));
    assert_true(run_rank_of(f, "hdi", "CHE") == 1);
    assert_true(run_rank_of(f, "hdi", "NOR") == 2);
    assert_true(run_rank_of(f, "hdi", "TCD") == 3);
}

static void unrounded_values_are_the_formula(void **state)
{
    run_fixture *f = *state;

    f->set[0] = (mera_set){"framework.round", "none"};
    f->n_set = 1;
    run_must(f, hdi_yaml, hdi_table);
    assert_close(run_score_of(f, "education", "NOR", 0), 0.9334543226666667, 1e-14);
    assert_close(run_score_of(f, "hdi", "NOR", 0), 0.9610863650595018, 1e-14);
    assert_close(run_score_of(f, "hdi", "CHE", 0), 0.9620502400939338, 1e-14);
    assert_close(run_score_of(f, "hdi", "TCD", 0), 0.39372635059346056, 1e-14);
    assert_close(run_stage_of(f, "gni", MERA_STAGE_NORMALISED, "TCD", 0), 0.3947283918456372,
                 1e-14);
    assert_true(run_stage_of(f, "eys", MERA_STAGE_NORMALISED, "NOR", 0) == 1); /* cut at 18 */
}

static void groups_follow_the_rounded_value(void **state)
{
    run_fixture *f = *state;
    const mera_node_result *hdi;

    run_must(f, hdi_yaml, hdi_table);
    hdi = &f->result->node[0];
    assert_string_equal(hdi->class_label.v[hdi->class_of[0]], "Very High");
    assert_string_equal(hdi->class_label.v[hdi->class_of[2]], "Low");
    assert_int_equal(hdi->class_of[3], -1);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(published_values_come_out),
        RUN_TEST(unrounded_values_are_the_formula),
        RUN_TEST(groups_follow_the_rounded_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
