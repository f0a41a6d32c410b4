/* SPDX-License-Identifier: Apache-2.0 */
/** @file Random numbers: published answers of Philox, and moments within known standard errors. */
#include "mera_test.h"

#include "base/math.h"
#include "draws/random.h"

/* kat_vectors of Random123 1.14 (Salmon et al.), philox4x32 with 10 rounds. */
static void philox_gives_the_published_words(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], word[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t word[4];
        mera_philox4x32(known[i].counter, known[i].key, word);
        assert_memory_equal(word, known[i].word, sizeof word);
    }
}

static void a_number_is_a_function_of_seed_stream_and_draw(void **state)
{
    (void)state;
    mera_stream a = mera_stream_of(7, 3, UINT64_C(1) << 33), b = a;
    mera_stream other[] = {mera_stream_of(8, 3, UINT64_C(1) << 33),
                           mera_stream_of(7, 4, UINT64_C(1) << 33), mera_stream_of(7, 3, 0),
                           mera_stream_of(UINT64_C(7) << 32 | 7, 3, UINT64_C(1) << 33)};
    for (int i = 0; i < 100; i++) {
        const uint64_t x = mera_stream_bits(&a);
        assert_true(x == mera_stream_bits(&b));
        for (size_t o = 0; o < 4; o++) {
            assert_true(x != mera_stream_bits(&other[o]));
        }
    }
}

static void uniforms_never_reach_0_or_1(void **state)
{
    (void)state;
    assert_true(mera_uniform_of(0) == 0x1p-53);
    assert_true(mera_uniform_of(UINT64_MAX) == 1 - 0x1p-53);
}

/* Python 3.11, statistics.NormalDist().inv_cdf. */
static void the_normal_quantile_is_right_in_all_three_parts(void **state)
{
    (void)state;
    assert_close(mera_normal_quantile(0.975), 1.9599639845400542355, 1e-15);
    assert_close(mera_normal_quantile(0.6), 0.25334710313579978, 1e-15);
    assert_close(mera_normal_quantile(1e-3), -3.0902323061678135, 1e-15);
    assert_close(mera_normal_quantile(1e-15), -7.9413453261709970, 1e-15);
    assert_true(mera_normal_quantile(0.5) == 0);
}

typedef struct moments {
    double mean, variance;
} moments;

enum { N_DRAWS = 200000 };

static moments moments_of(double (*one)(mera_stream *, double), double parameter)
{
    double sum = 0, squares = 0;
    for (uint64_t d = 0; d < N_DRAWS; d++) {
        mera_stream s = mera_stream_of(11, 0, d);
        const double x = one(&s, parameter);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / N_DRAWS;
    return (moments){mean, squares / N_DRAWS - mean * mean};
}

static double one_uniform(mera_stream *s, double unused)
{
    (void)unused;
    return mera_stream_uniform(s);
}

static double one_normal(mera_stream *s, double unused)
{
    (void)unused;
    return mera_stream_normal(s);
}

static double one_gamma(mera_stream *s, double shape)
{
    return mera_exp(mera_stream_log_gamma(s, shape));
}

/* 5 standard errors: of a mean sqrt(v / N), of a variance sqrt((m4 - v^2) / N), m4 the fourth
 * central moment. */
static void assert_moments(moments m, double mean, double variance, double fourth)
{
    assert_true(fabs(m.mean - mean) < 5 * sqrt(variance / N_DRAWS));
    assert_true(fabs(m.variance - variance) <
                5 * sqrt((fourth - variance * variance) / N_DRAWS) + 1e-4 * variance);
}

static void variates_have_their_moments(void **state)
{
    (void)state;
    static const double shape[] = {0.05, 0.3, 1, 2.5, 40};
    assert_moments(moments_of(one_uniform, 0), 0.5, 1.0 / 12, 1.0 / 80);
    assert_moments(moments_of(one_normal, 0), 0, 1, 3);
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
        const double a = shape[i]; /* of a gamma: mean a, variance a, fourth moment 3 a^2 + 6 a */
        assert_moments(moments_of(one_gamma, a), a, a, 3 * a * a + 6 * a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_words),
        cmocka_unit_test(a_number_is_a_function_of_seed_stream_and_draw),
        cmocka_unit_test(uniforms_never_reach_0_or_1),
        cmocka_unit_test(the_normal_quantile_is_right_in_all_three_parts),
        cmocka_unit_test(variates_have_their_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
