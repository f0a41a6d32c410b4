/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Mistakes found in libraries of the field, one test each: it fails when mera makes the mistake.
 * Named are the libraries seen to make it; the expected numbers are worked out by hand or by the
 * definition, not taken from mera.
 */
#include "properties.h"
#include "weigh.h"

#include "mera/robustness.h"
#include "mera/sensitivity.h"

/* ---- weights -------------------------------------------------------------------------------- */

/* pymcdm, pyrepo-mcda, scikit-criteria take CRITIC's correlations and deviations from what they are
 * given. A cost that goes with the benefits is then in conflict with them. Three units, two
 * indicators that say the same, one of them as a cost: directed, r = 1, and there is no conflict at
 * all with them, so all weight goes to what the third one tells. */
static void critic_takes_a_cost_for_what_it_means(void **state)
{
    fixture *f = *state;
    const double *const directed[] = {(double[]){0, 1, 2, 3}, (double[]){-30, -20, -10, 0},
                                      (double[]){1, 0, 0, 1}};
    /* sd .37267799624996495 (0, 1/3, 2/3, 1), twice, and .5; r = 1 and 0: C = sd * (0 + 1), twice,
     * and .5 * 2 */
    const double sd = sqrt(5. / 36), sum = 2 * sd + 1;
    const double expected[] = {sd / sum, sd / sum, 1 / sum};
    double w[3];
    assert_int_equal(weigh(f, "weight.critic", "", directed, 3, 4, w), MERA_OK);
    assert_column(w, expected, 3, 1e-14);
    const double *const undirected[] = {directed[0], (double[]){30, 20, 10, 0}, directed[2]};
    assert_int_equal(weigh(f, "weight.critic", "", undirected, 3, 4, w), MERA_OK);
    assert_true(fabs(w[2] - expected[2]) > 0.1); /* the mistake would be seen here */
}

/* The same libraries weigh by the deviation of raw values: what is counted in small units wins. */
static void deviations_do_not_know_the_unit_of_measure(void **state)
{
    fixture *f = *state;
    const double *const metres[] = {(double[]){1, 2, 4}, (double[]){10, 30, 20}};
    const double *const kilometres[] = {(double[]){.001, .002, .004}, (double[]){10, 30, 20}};
    /* on 0..1: (0, 1/3, 1) and (0, 1, 1/2): squares about the mean 14/81 and 1/6, of three */
    const double a = sqrt(14. / 81), b = sqrt(1. / 6);
    const double expected[] = {a / (a + b), b / (a + b)};
    double w[2];
    assert_int_equal(weigh(f, "weight.deviation", "scale: unit", metres, 2, 3, w), MERA_OK);
    assert_column(w, expected, 2, 1e-14);
    assert_int_equal(weigh(f, "weight.deviation", "scale: unit", kilometres, 2, 3, w), MERA_OK);
    assert_column(w, expected, 2, 1e-14);
    assert_int_equal(weigh(f, "weight.critic", "", metres, 2, 3, w), MERA_OK);
    double v[2];
    assert_int_equal(weigh(f, "weight.critic", "", kilometres, 2, 3, v), MERA_OK);
    assert_column(v, w, 2, 1e-14);
}

/* Several libraries give NaN for a share of 0, or add 1e-12 and the like inside the logarithm.
 * (0 0 0 8) has entropy 0 and (0 0 3 3) has ln 2 / ln 4 = 1/2: weights 2/3 and 1/3, all digits. */
static void entropy_bears_a_zero_and_adds_nothing_to_it(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){0, 0, 0, 8}, (double[]){0, 0, 3, 3}};
    const double expected[] = {2. / 3, 1. / 3};
    double w[2];
    assert_int_equal(weigh(f, "weight.entropy", "", x, 2, 4, w), MERA_OK);
    assert_column(w, expected, 2, 2e-16);
}

/* ---- aggregation ---------------------------------------------------------------------------- */

/* A «Copeland» that sums shares is Borda. Five judges of three units; the two rank differently. */
static void copeland_is_not_borda(void **state)
{
    const double a[] = {3, 2, 1}, b[] = {3, 2, 1}, c[] = {1, 3, 2}, d[] = {1, 3, 2},
                 e[] = {3, 2, 1};
    const double *const x[] = {a, b, c, d, e}, w[] = {1, 1, 1, 1, 1};
    const double copeland[] = {2, 0, -2}, borda[] = {6. / 5, 7. / 5, 2. / 5};
    double y[3];
    assert_int_equal(ops_aggregate(*state, "aggregate.copeland", "", x, w, 5, 3, y), MERA_OK);
    assert_column(y, copeland, 3, 0);
    assert_int_equal(ops_aggregate(*state, "aggregate.borda", "", x, w, 5, 3, y), MERA_OK);
    assert_column(y, borda, 3, 1e-15);
}

/* Mean-min with means of columns recycled down the rows: a unit's own mean is (90 + 110) / 2. */
static void mean_min_looks_at_a_units_own_mean(void **state)
{
    const double *const x[] = {(double[]){90, 60, 10}, (double[]){110, 100, 20}}, w[] = {1, 1};
    const double expected[] = {95, 70, 12.5}; /* mean - (mean - min) / 2 */
    double y[3];
    assert_int_equal(ops_aggregate(*state, "aggregate.mean_min", "alpha: 0.5", x, w, 2, 3, y),
                     MERA_OK);
    assert_column(y, expected, 3, 1e-15);
}

/* MPI with the penalty of one sign here and the other there, n here and n - 1 there. M 100, S of
 * (90, 110): 10 with n, 14.14 with n - 1. */
static void mpi_keeps_its_sign_and_its_divisor(void **state)
{
    static const struct {
        const char *op, *params;
        double expected;
    } cases[] = {
        {"aggregate.mpi", "", 99},
        {"aggregate.mpi", "penalty: upward", 101},
        {"aggregate.mpi", "deviation: sample", 98},
        {"aggregate.mpi", "deviation: sample; penalty: upward", 102},
        {"aggregate.ampi", "", 99},
        {"aggregate.ampi", "penalty: upward", 101},
        {"aggregate.ampi", "deviation: sample", 98},
        {"aggregate.ampi", "deviation: sample; penalty: upward", 102},
    };
    const double *const x[] = {(double[]){90}, (double[]){110}}, w[] = {1, 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double y;
        assert_int_equal(ops_aggregate(*state, cases[i].op, cases[i].params, x, w, 2, 1, &y),
                         MERA_OK);
        assert_close(y, cases[i].expected, 1e-15);
    }
}

/* ---- robustness and sensitivity
 * ---------------------------------------------------------------------------- */

enum { WEIGHTS = 4, DRAWN = 20000 };

/* Weights of four children by a law, draw after draw. */
static double *draw_weights(fixture *f, mera_law law)
{
    static const double column[] = {0, 1};
    static const double *const z[WEIGHTS] = {column, column, column, column};
    const mera_weight_part part[WEIGHTS] = {{.index = 0, .weight = 4},
                                            {.index = 1, .weight = 3},
                                            {.index = 2, .weight = 2},
                                            {.index = 3, .weight = 1}};
    const mera_weight_node node = {.n = WEIGHTS, .part = part, .law = law, .power = 1};
    const mera_draws_ask ask = {
        .n = 2, .k = WEIGHTS, .z = z, .node = &node, .n_nodes = 1, .seed = 7, .threads = 1};
    double *w = mera_arena_zero(f->arena, DRAWN * WEIGHTS, sizeof *w);
    mera_draws *draws;
    assert_non_null(w);
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_weights(draws, 0, DRAWN, w), MERA_OK);
    mera_draws_close(draws);
    return w;
}

/* Weights made by dividing uniforms by their sum avoid the extremes: a share is above 1/2 in 4 % of
 * the draws in place of (1 - 1/2)^3 = 12.5 %, its variance .0195 in place of 3/80. */
static void random_weights_are_uniform_on_the_simplex(void **state)
{
    const double *w = draw_weights(*state, (mera_law){.kind = MERA_LAW_UNIFORM});
    for (size_t j = 0; j < WEIGHTS; j++) {
        double mean = 0, square = 0, over = 0;
        for (size_t d = 0; d < DRAWN; d++) {
            const double share = w[d * WEIGHTS + j];
            mean += share / DRAWN;
            square += share * share / DRAWN;
            over += share > 0.5 ? 1. / DRAWN : 0;
        }
        assert_close(mean, 0.25, 0.005);
        assert_true(fabs(square - mean * mean - 3. / 80) < 0.001);
        assert_true(fabs(over - 0.125) < 0.01);
    }
}

/* Noisy weights divided by sums of columns: then those of a draw do not sum to 1, and all children
 * have one mean. */
static void noisy_weights_are_rescaled_draw_by_draw(void **state)
{
    const double *w = draw_weights(*state, (mera_law){.kind = MERA_LAW_RANGE, .range = 0.5});
    double mean[WEIGHTS] = {0};
    for (size_t d = 0; d < DRAWN; d++) {
        double sum = 0;
        for (size_t j = 0; j < WEIGHTS; j++) {
            sum += w[d * WEIGHTS + j];
            mean[j] += w[d * WEIGHTS + j] / DRAWN;
        }
        assert_close(sum, 1, 1e-12);
    }
    for (size_t j = 0; j < WEIGHTS; j++) {
        assert_true(fabs(mean[j] - (4 - (double)j) / 10) < 0.01);
    }
}

/* Sobol' estimators on outcomes that were not centred: 50 added to y, and S1 scatters ten times as
 * far. y = a + 2 b of uniform a and b has S1 = .2 and .8, whatever is added. */
static void sobol_indices_do_not_know_a_constant_added_to_the_outcome(void **state)
{
    enum { DRAWS = 256, INPUTS = 2 };
    double y[DRAWS * (INPUTS + 2)], far[DRAWS * (INPUTS + 2)];
    double first[2], total[2], v, first_far[2], total_far[2], v_far;
    const double exact[] = {.2, .8};
    (void)state;
    for (size_t i = 0; i < DRAWS; i++) {
        const double a = noise(i), b = noise(i + 1000), a2 = noise(i + 2000), b2 = noise(i + 3000);
        y[i] = a + 2 * b;
        y[DRAWS + i] = a2 + 2 * b2;
        y[2 * DRAWS + i] = a2 + 2 * b;
        y[3 * DRAWS + i] = a + 2 * b2;
    }
    for (size_t i = 0; i < DRAWS * (INPUTS + 2); i++) {
        far[i] = y[i] + 50;
    }
    assert_int_equal(mera_sobol_indices(y, DRAWS, INPUTS, true, first, total, &v), MERA_OK);
    assert_int_equal(mera_sobol_indices(far, DRAWS, INPUTS, true, first_far, total_far, &v_far),
                     MERA_OK);
    assert_column(total_far, total, 2, 1e-11);
    assert_column(first_far, first, 2, 1e-11);
    assert_column(first_far, exact, 2, 0.1);
    /* the mistake, on request, for whoever must repeat another tool's numbers */
    assert_int_equal(mera_sobol_indices(far, DRAWS, INPUTS, false, first_far, total_far, &v_far),
                     MERA_OK);
    assert_true(fabs(first_far[0] - exact[0]) > 0.2 || fabs(first_far[1] - exact[1]) > 0.2);
}

/* ---- COINr ---------------------------------------------------------------------------------- */

/* a_genmean() gives NA wherever a value is missing; the other means drop it and rescale. */
static void a_power_mean_drops_a_missing_child_as_other_means_do(void **state)
{
    const double *const x[] = {(double[]){3, NAN}, (double[]){4, 4}}, w[] = {1, 1};
    const double expected[] = {sqrt(12.5), 4};
    double y[2];
    assert_int_equal(ops_aggregate(*state, "aggregate.power", "exponent: 2", x, w, 2, 2, y),
                     MERA_OK);
    assert_column(y, expected, 2, 1e-15);
}

/* n_fracmax() of a cost divides -x by its maximum, and the worst unit scores highest. */
static void a_fraction_of_the_best_does_not_turn_a_cost_round(void **state)
{
    fixture *f = *state;
    const double minus[] = {-10, -20, -40}, expected[] = {1, 0.5, 0.25};
    double y[3];
    f->ctx.direction = MERA_LOWER;
    assert_int_equal(ops_run(f, "normalise.reference", "", minus, 3, y), MERA_OK);
    assert_column(y, expected, 3, 1e-15);
}

/* log_GII() works the transform out and returns its input. ln((max - 1)(x - min)/(max - min) + 1)
 */
static void the_logarithm_of_the_gii_is_taken(void **state)
{
    fixture *f = *state;
    const double x[] = {0, 5, 10}, expected[] = {0, log(5.5), log(10)};
    double y[3];
    assert_int_equal(ops_run(f, "treat.log", "shift_by: gii", x, 3, y), MERA_OK);
    assert_column(y, expected, 3, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(critic_takes_a_cost_for_what_it_means),
        OPS_TEST(deviations_do_not_know_the_unit_of_measure),
        OPS_TEST(entropy_bears_a_zero_and_adds_nothing_to_it),
        OPS_TEST(copeland_is_not_borda),
        OPS_TEST(mean_min_looks_at_a_units_own_mean),
        OPS_TEST(mpi_keeps_its_sign_and_its_divisor),
        OPS_TEST(random_weights_are_uniform_on_the_simplex),
        OPS_TEST(noisy_weights_are_rescaled_draw_by_draw),
        OPS_TEST(sobol_indices_do_not_know_a_constant_added_to_the_outcome),
        OPS_TEST(a_power_mean_drops_a_missing_child_as_other_means_do),
        OPS_TEST(a_fraction_of_the_best_does_not_turn_a_cost_round),
        OPS_TEST(the_logarithm_of_the_gii_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
