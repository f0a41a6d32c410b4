/* SPDX-License-Identifier: Apache-2.0 */
/** @file Philox4x32-10 and what is made of its words, one draw at a time. */
#include "draws/random.h"

#include <string.h>

#include "base/math.h"

enum { PHILOX_ROUNDS = 10 };

void mera_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]}, k[2] = {key[0], key[1]};
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        const uint64_t a = (uint64_t)c[0] * 0xD2511F53u, b = (uint64_t)c[2] * 0xCD9E8D57u;
        const uint32_t next[4] = {(uint32_t)(b >> 32) ^ c[1] ^ k[0], (uint32_t)b,
                                  (uint32_t)(a >> 32) ^ c[3] ^ k[1], (uint32_t)a};
        memcpy(c, next, sizeof c);
        k[0] += 0x9E3779B9u;
        k[1] += 0xBB67AE85u;
    }
    memcpy(out, c, sizeof c);
}

mera_stream mera_stream_of(uint64_t seed, uint32_t stream, uint64_t draw)
{
    return (mera_stream){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                         .counter = {0, stream, (uint32_t)draw, (uint32_t)(draw >> 32)}};
}

void mera_stream_seek(mera_stream *s, uint64_t i)
{
    s->counter[0] = (uint32_t)(i / 2);
    s->n_ready = 0;
    if (i % 2 == 1) {
        (void)mera_stream_bits(s);
    }
}

uint64_t mera_stream_bits(mera_stream *s)
{
    if (s->n_ready == 0) {
        uint32_t word[4];
        mera_philox4x32(s->counter, s->key, word);
        s->counter[0]++;
        s->ready[1] = word[0] | (uint64_t)word[1] << 32; /* given first */
        s->ready[0] = word[2] | (uint64_t)word[3] << 32;
        s->n_ready = 2;
    }
    return s->ready[--s->n_ready];
}

double mera_uniform_of(uint64_t bits)
{
    const uint64_t one_to_two = bits >> 12 | (uint64_t)0x3FF << 52;
    double x;
    memcpy(&x, &one_to_two, sizeof x);
    return x - 1 + 0x1p-53; /* both steps are exact */
}

double mera_stream_uniform(mera_stream *s)
{
    return mera_uniform_of(mera_stream_bits(s));
}

double mera_stream_normal(mera_stream *s)
{
    return mera_normal_quantile(mera_stream_uniform(s));
}

/* Polynomials by rising powers. */
static double random_ratio(const double above[8], const double below[8], double x)
{
    double a = 0, b = 0;
    for (int i = 7; i >= 0; i--) {
        a = a * x + above[i];
        b = b * x + below[i];
    }
    return a / b;
}

double mera_normal_quantile(double p)
{
    static const double centre[2][8] = {
        {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
         1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
         3.3430575583588128105e+4, 2.5090809287301226727e+3},
        {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
         2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
         5.2264952788528545610e+3}};
    static const double middle[2][8] = {
        {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
         3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
         2.27238449892691845833e-2, 7.74545014278341407640e-4},
        {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
         1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
         1.05075007164441684324e-9}};
    static const double tail[2][8] = {
        {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
         2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
         2.71155556874348757815e-5, 2.01033439929228813265e-7},
        {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
         7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
         2.04426310338993978564e-15}};
    const double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        return q * random_ratio(centre[0], centre[1], 0.180625 - q * q);
    }
    const double r = sqrt(-mera_log(q < 0 ? p : 1 - p));
    const double x = r <= 5 ? random_ratio(middle[0], middle[1], r - 1.6)
                            : random_ratio(tail[0], tail[1], r - 5);
    return q < 0 ? -x : x;
}

double mera_stream_log_gamma(mera_stream *s, double shape)
{
    if (shape < 1) {
        const double power = mera_log(mera_stream_uniform(s)) / shape;
        return mera_stream_log_gamma(s, shape + 1) + power;
    }
    const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double x = mera_stream_normal(s), root = 1 + c * x;
        if (root <= 0) {
            continue;
        }
        const double v = root * root * root, log_v = 3 * mera_log(root);
        if (mera_log(mera_stream_uniform(s)) < 0.5 * x * x + d - d * v + d * log_v) {
            return mera_log(d) + log_v;
        }
    }
}
