/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Exact intervals of weights: the six cities of the reference table of methods
 * (../shared/golden/methods/README.md, where a scan of a grid gave the same), and many small random
 * tables against what re-weighting says on both sides of each end.
 */
#include "mera_test.h"

#include "mera/certificates.h"

static int arena_new(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int arena_free(void **state)
{
    mera_arena_free(*state);
    return 0;
}

enum { CITIES = 6, INDICATORS = 4 };

/* Directed and min-max onto 0..1. */
static const double income[] = {8. / 27, 21. / 27, 4. / 27, 1, 14. / 27, 0};
static const double pm25[] = {12. / 21, 18. / 21, 5. / 21, 1, 15. / 21, 0};
static const double life[] = {4.3 / 6.2, 5.6 / 6.2, 1.5 / 6.2, 1, 3.1 / 6.2, 0};
static const double rent[] = {.64, .2, .88, 0, .76, 1};
static const double *const cities[] = {income, pm25, life, rent};

static void intervals_of_six_cities(void **state)
{
    static const double weight[] = {.3, .2, .4, .1};
    static const double low[] = {.1915, 0, 0, 0}, high[] = {1, 1, .4801, .3468};
    const mera_columns columns = {CITIES, INDICATORS, cities};
    mera_stable_weight out[INDICATORS];
    assert_int_equal(mera_stable_weights_of(&columns, weight, *state, out), MERA_OK);
    for (size_t j = 0; j < INDICATORS; j++) {
        assert_true(fabs(out[j].low - low[j]) <= 5e-5);
        assert_true(fabs(out[j].high - high[j]) <= 5e-5);
        assert_close(out[j].weight, weight[j], 1e-15);
    }
    assert_true(out[0].low_pair[0] == 4 && out[0].low_pair[1] == 0); /* E before A, until then */
    assert_true(out[0].high_pair[0] == MERA_NOBODY);
}

/* ---- against re-weighting ---- */

enum { N = 7, K = 3 };

static double noise(uint64_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-53;
}

/* Do two units stand the other way round when weight j becomes a? */
static bool turned(const double *const *x, const double *w, size_t j, double a)
{
    double y[N] = {0}, z[N] = {0};
    for (size_t i = 0; i < N; i++) {
        for (size_t l = 0; l < K; l++) {
            y[i] += w[l] * x[l][i];
            z[i] += (l == j ? a : w[l] * (1 - a) / (1 - w[j])) * x[l][i];
        }
    }
    for (size_t p = 0; p < N * N; p++) {
        if ((y[p / N] > y[p % N]) != (z[p / N] > z[p % N])) {
            return true;
        }
    }
    return false;
}

static void the_order_holds_inside_and_turns_outside(void **state)
{
    size_t ends = 0;
    for (uint64_t round = 0; round < 300; round++) {
        double data[K][N], w[K], sum = 0;
        const double *const x[K] = {data[0], data[1], data[2]};
        const mera_columns columns = {N, K, x};
        mera_stable_weight out[K];
        for (size_t j = 0; j < K; j++) {
            w[j] = 0.05 + noise(1000 * round + j);
            sum += w[j];
            for (size_t i = 0; i < N; i++) {
                data[j][i] = noise(1000 * round + 10 * i + j + 100);
            }
        }
        for (size_t j = 0; j < K; j++) {
            w[j] /= sum;
        }
        assert_int_equal(mera_stable_weights_of(&columns, w, *state, out), MERA_OK);
        for (size_t j = 0; j < K; j++) {
            const double low = out[j].low, high = out[j].high, step = 1e-7;
            assert_true(low <= w[j] && w[j] <= high);
            assert_false(turned(x, w, j, low + (w[j] - low) * 1e-6));
            assert_false(turned(x, w, j, high - (high - w[j]) * 1e-6));
            assert_false(turned(x, w, j, (low + w[j]) / 2));
            assert_true(low == 0 || turned(x, w, j, low - step));
            assert_true(high == 1 || turned(x, w, j, high + step));
            ends += (low > 0) + (high < 1);
        }
    }
    assert_true(ends > 300);
}

static void ties_gaps_and_one_column_alone(void **state)
{
    const double a[] = {1, 0, 3, NAN}, b[] = {0, 1, 3, 9};
    const double *const x[] = {a, b};
    const mera_columns columns = {4, 2, x};
    mera_stable_weight out[2];
    assert_int_equal(mera_stable_weights_of(&columns, (double[]){2, 2}, *state, out), MERA_OK);
    assert_true(out[0].low == 0.5 && out[0].high == 0.5); /* a tie that parts at once */
    assert_int_equal(mera_stable_weights_of(&columns, (double[]){1, 0}, *state, out), MERA_OK);
    assert_true(isnan(out[0].low) && isnan(out[0].high));
    assert_true(out[1].low == 0 && out[1].high == 0.5);
    assert_int_equal(mera_stable_weights_of(&columns, (double[]){0, 0}, *state, out), MERA_EUSAGE);
    const double *const twins[] = {(double[]){1, 1, 2}, (double[]){4, 4, 5}};
    const mera_columns same = {3, 2, twins};
    assert_int_equal(mera_stable_weights_of(&same, (double[]){1, 1}, *state, out), MERA_OK);
    assert_true(out[0].low == 0 && out[0].high == 1); /* no weight parts twins */
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, arena_new, arena_free)
    const struct CMUnitTest tests[] = {
        HERE(intervals_of_six_cities),
        HERE(the_order_holds_inside_and_turns_outside),
        HERE(ties_gaps_and_one_column_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
