/* SPDX-License-Identifier: Apache-2.0 */
/** @file Weighers that learn from the data: what they refuse, warn of, and say; mistakes of peers.
 */
#include "weigh.h"

#define A                          \
    {                              \
        1, 1, 1, 1, -1, -1, -1, -1 \
    }
#define B                          \
    {                              \
        1, 1, 1, -1, 1, -1, -1, -1 \
    } /* correlates with A by .5 */
#define C                          \
    {                              \
        1, 1, -1, -1, -1, 1, 1, -1 \
    } /* with neither */

static const double a8[] = A, b8[] = B, c8[] = C;
static const double *const abc[] = {a8, b8, c8};

/* Tus and Aytac Adali, Opsearch 56 (2019) 528: the first criterion is a cost. Taken as it stands
 * (as pyrepo-mcda and others do) the weights are .157 .249 .168 .121 .154 .151: tests/golden.
 * Directed, by a separate program (Python): */
static void critic_needs_directed_values_and_then_gives_other_weights_than_peers(void **state)
{
    fixture *f = *state;
    const double cost[] = {-5000, -680, -2000, -600, -800};
    const double *const x[] = {cost,
                               (double[]){3, 5, 3, 4, 2},
                               (double[]){3, 3, 2, 3, 4},
                               (double[]){4, 2, 3, 1, 3},
                               (double[]){3, 2, 4, 2, 3},
                               (double[]){2, 1, 3, 2, 4}};
    const double expected[] = {0.18406640733144125, 0.21302897851094374, 0.14221416232050307,
                               0.158300641222839,   0.1683822212826746,  0.1340075893315984};
    double w[6];
    assert_int_equal(weigh(f, "weight.critic", "", x, 6, 5, w), MERA_OK);
    assert_column(w, expected, 6, 1e-14);
}

static void critic_does_not_mind_the_scale_of_a_child(void **state)
{
    fixture *f = *state;
    double scaled[8], w[3], v[3];
    for (size_t i = 0; i < 8; i++) {
        scaled[i] = 1000 * b8[i] + 7;
    }
    const double *const x[] = {a8, scaled, c8};
    assert_int_equal(weigh(f, "weight.critic", "", abc, 3, 8, w), MERA_OK);
    assert_int_equal(weigh(f, "weight.critic", "", x, 3, 8, v), MERA_OK);
    assert_column(v, w, 3, 1e-14);
}

static void critic_pairs_what_both_have(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){0, 1, 2, 3, NAN}, (double[]){0, 1, 2, NAN, 3},
                               (double[]){3, 1, 2, 0, 0}};
    double w[3];
    assert_int_equal(weigh(f, "weight.critic", "", x, 3, 5, w), MERA_OK);
    assert_int_equal(weigh(f, "weight.critic", "missing: complete", x, 3, 5, w), MERA_OK);
    const double *const few[] = {(double[]){0, 1, 2, NAN, NAN}, (double[]){NAN, NAN, 2, 5, 3}};
    assert_int_equal(weigh(f, "weight.critic", "", few, 2, 5, w), MERA_EINPUT);
    assert_message(f, "node 'n': weight.critic needs 3 units that have all values, and there are 1 "
                      "(the child 'a' has values at 3 of 5 units)");
}

static void a_child_that_does_not_vary_is_named(void **state)
{
    fixture *f = *state;
    const double *const x[] = {a8, (double[]){.1, .1, .1, .1, .1, .1, .1, .1}, c8};
    const char *const ops[] = {"weight.critic",        "weight.pca",
                               "weight.pc1",           "weight.inverse_covariance",
                               "weight.to_importance", "weight.max_information"};
    double w[3];
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        assert_int_equal(weigh(f, ops[i], "", x, 3, 8, w), MERA_EINPUT);
        assert_message(f, mera_arena_printf(f->arena,
                                            "node 'n': the child 'b' has the same value at all "
                                            "units, and %s learns weights from what varies",
                                            ops[i]));
        assert_hint(f, "leave the child out, or give weights by hand");
    }
}

static void deviation_gives_a_constant_child_exactly_0(void **state)
{
    fixture *f = *state;
    const double *const x[] = {a8, (double[]){.1, .1, .1, .1, .1, .1, .1, .1}};
    const char *const kinds[] = {"kind: sd", "kind: variance"};
    double w[2];
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(weigh(f, "weight.deviation", kinds[i], x, 2, 8, w), MERA_OK);
        assert_true(w[0] == 1 && w[1] == 0);
    }
    assert_int_equal(weigh(f, "weight.deviation", "", x + 1, 1, 8, w), MERA_OK);
    assert_true(w[0] == 1); /* an only child */
    const double *const none[] = {x[1], x[1]};
    assert_int_equal(weigh(f, "weight.deviation", "", none, 2, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n': weight.deviation gives no child a weight above 0");
}

static void a_coefficient_of_variation_needs_a_mean_above_0(void **state)
{
    fixture *f = *state;
    double w[2];
    assert_int_equal(weigh(f, "weight.deviation", "kind: cv", abc, 2, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n': the mean of the child 'a' is 0, and a coefficient of variation "
                      "needs one above 0");
}

static void signs_are_checked_and_the_way_out_is_said(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){1, 0, 2}, (double[]){1, -3, 2}};
    const char *const units[] = {"Омск", "Томск", "Тверь"};
    double w[2];
    f->ctx.unit_name = units;
    assert_int_equal(weigh(f, "weight.entropy", "", x, 2, 3, w), MERA_EINPUT);
    assert_message(f, "node 'n': the child 'b' is -3 at unit 'Томск', and weight.entropy needs "
                      "values of 0 or more");
    assert_hint(f, "normalise onto a range that starts at 0, 'range: [0, 100]'");
    assert_int_equal(weigh(f, "weight.merec", "", x, 2, 3, w), MERA_EINPUT);
    assert_message(f, "node 'n': the child 'a' is 0 at unit 'Томск', and weight.merec needs values "
                      "above 0");
    assert_hint(f, "normalise onto a range that starts above 0, 'range: [1, 100]'");
    assert_int_equal(weigh(f, "weight.deviation", "kind: gini", x, 2, 3, w), MERA_EINPUT);
    assert_int_equal(weigh(f, "weight.bod", "", x, 2, 3, w), MERA_EINPUT);
}

static void mixed_signs_on_the_first_component_are_said(void **state)
{
    fixture *f = *state;
    double minus[8], w[3];
    for (size_t i = 0; i < 8; i++) {
        minus[i] = -b8[i];
    }
    const double *const x[] = {a8, a8, minus};
    assert_int_equal(weigh(f, "weight.pc1", "", x, 3, 8, w), MERA_OK);
    assert_int_equal(weigh_warnings(f), 1);
    assert_said(f->diags, "on the first component these load against the others: 'c' (");
    assert_int_equal(weigh(f, "weight.pc1", "loadings: signed", x, 3, 8, w), MERA_EINPUT);
    assert_int_equal(weigh(f, "weight.pca", "", x, 3, 8, w), MERA_OK);
    assert_said(f->diags, "against the rest of their factor load 'c'; squares hide it");
}

static void signed_loadings_are_given_when_they_agree(void **state)
{
    fixture *f = *state;
    const double expected[] = {0.5, 0.5};
    double w[2];
    assert_int_equal(weigh(f, "weight.pc1", "loadings: signed", abc, 2, 8, w), MERA_OK);
    assert_column(w, expected, 2, 1e-15);
    assert_int_equal(weigh_warnings(f), 0);
}

static void components_of_few_units_are_warned_of(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){1, 2, 4}, (double[]){1, 3, 2}, (double[]){5, 3, 4}};
    double w[3];
    assert_int_equal(weigh(f, "weight.pca", "", x, 3, 3, w), MERA_OK);
    assert_said(f->diags, "node 'n': 3 units are few for components of 3 children");
}

static void negative_weights_of_inverse_covariance_are_never_silent(void **state)
{
    fixture *f = *state;
    const double big[] = {4, 3, 4, -1, 0, -5, -2, -3}; /* nearly 3 a + b */
    const double *const x[] = {a8, b8, big};
    double w[3];
    assert_int_equal(weigh(f, "weight.inverse_covariance", "", x, 3, 8, w), MERA_EINPUT);
    assert_said(f->diags, "weight.inverse_covariance gives weights below 0 to 'c' (");
    assert_int_equal(weigh(f, "weight.inverse_covariance", "negative: zero", x, 3, 8, w), MERA_OK);
    assert_true(w[2] == 0 && weigh_warnings(f) == 1);
    assert_int_equal(weigh(f, "weight.inverse_covariance", "negative: constrain", x, 3, 8, w),
                     MERA_OK);
    assert_said(f->diags, "it is solved again with weights of 0 or more");
    const double expected[] = {0.5, 0.5, 0}; /* the least variance of a and b alone */
    assert_column(w, expected, 3, 1e-14);
}

static void children_that_depend_on_each_other_have_no_inverse(void **state)
{
    fixture *f = *state;
    const double *const x[] = {a8, b8, a8};
    double w[3];
    assert_int_equal(weigh(f, "weight.inverse_covariance", "", x, 3, 8, w), MERA_EINPUT);
    assert_message(f, "node 'n': the children depend on each other, and their covariances have no "
                      "inverse (nearest are 'a' and 'c', correlation 1.0000; 8 units)");
}

static void an_only_child_weighs_1(void **state)
{
    fixture *f = *state;
    const char *const ops[] = {"weight.critic",        "weight.entropy",
                               "weight.merec",         "weight.pca",
                               "weight.pc1",           "weight.inverse_covariance",
                               "weight.deviation",     "weight.bod",
                               "weight.to_importance", "weight.max_information"};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        double w[1] = {0};
        assert_int_equal(weigh(f, ops[i], "", abc, 1, 8, w), MERA_OK);
        assert_true(w[0] == 1);
    }
}

static void share_bounds_that_contradict_themselves_are_refused(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){1, 2}, (double[]){2, 1}};
    double w[2];
    weigh_refuses(f, "weight.bod", "lower: 0.6; upper: 0.5");
    assert_message(f, "'lower' of weight.bod is 0.6, above 'upper', 0.5");
    assert_int_equal(weigh(f, "weight.bod", "lower: 0.6", x, 2, 2, w), MERA_EINPUT);
    assert_message(f, "node 'n': no weights give every one of 2 children a share from 0.6 to 1 of "
                      "a unit's score");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(critic_needs_directed_values_and_then_gives_other_weights_than_peers),
        OPS_TEST(critic_does_not_mind_the_scale_of_a_child),
        OPS_TEST(critic_pairs_what_both_have),
        OPS_TEST(a_child_that_does_not_vary_is_named),
        OPS_TEST(deviation_gives_a_constant_child_exactly_0),
        OPS_TEST(a_coefficient_of_variation_needs_a_mean_above_0),
        OPS_TEST(signs_are_checked_and_the_way_out_is_said),
        OPS_TEST(mixed_signs_on_the_first_component_are_said),
        OPS_TEST(signed_loadings_are_given_when_they_agree),
        OPS_TEST(components_of_few_units_are_warned_of),
        OPS_TEST(negative_weights_of_inverse_covariance_are_never_silent),
        OPS_TEST(children_that_depend_on_each_other_have_no_inverse),
        OPS_TEST(an_only_child_weighs_1),
        OPS_TEST(share_bounds_that_contradict_themselves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
