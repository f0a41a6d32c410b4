/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Random numbers by counting: number i of stream s of draw d under a seed is a function of these
 * four and of nothing else. So any thread, machine or resumed run that comes to a draw finds the
 * same numbers there, and none has to be stored.
 *
 * source  Salmon, Moraes, Dror, Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC11 (2011):
 *         Philox4x32-10
 */
#ifndef MERA_DRAWS_RANDOM_H
#define MERA_DRAWS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/** Ten rounds of Philox on four words. */
void mera_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/** A walk through the numbers of one stream of one draw. */
typedef struct mera_stream {
    uint32_t key[2], counter[4]; /**< counter: index, stream, draw low, draw high */
    uint64_t ready[2];
    unsigned n_ready;
} mera_stream;

mera_stream mera_stream_of(uint64_t seed, uint32_t stream, uint64_t draw);

/** Goes to number `i` of its stream. */
void mera_stream_seek(mera_stream *s, uint64_t i);

uint64_t mera_stream_bits(mera_stream *s);
double mera_stream_uniform(mera_stream *s); /**< inside (0, 1): (i + 1/2) 2^-52 */
double mera_stream_normal(mera_stream *s);  /**< of mean 0 and variance 1, one uniform each */

/** The uniform in (0, 1) made of 64 random bits. */
double mera_uniform_of(uint64_t bits);

/**
 * The x with P(Z <= x) = p of the normal distribution, relative error about 1e-16; p in (0, 1).
 *
 * source  Wichura, Applied Statistics 37 (1988) 477, algorithm AS 241 (PPND16)
 */
double mera_normal_quantile(double p);

/**
 * The logarithm of a gamma variate of this shape > 0 (scale 1): by Marsaglia and Tsang, ACM TOMS 26
 * (2000) 363; below shape 1 as that of shape + 1 times u^(1 / shape), which a logarithm can hold
 * where the variate itself would be 0.
 */
double mera_stream_log_gamma(mera_stream *s, double shape);

#endif
