/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The Mersenne Twister, seeded as R's RNG.c does.
 *
 * source  Matsumoto and Nishimura, ACM Transactions on Modeling and Computer Simulation 8 (1998) 3
 */
#include "r_uniform.h"

enum { R_N = 624, R_M = 397 };

r_uniform r_uniform_seed(uint32_t seed)
{
    r_uniform r = {.at = R_N};
    for (int i = 0; i < 51;
         i++) { /* the last of them is the place in the state, which begins anew */
        seed = 69069 * seed + 1;
    }
    for (size_t i = 0; i < R_N; i++) {
        seed = 69069 * seed + 1;
        r.state[i] = seed;
    }
    return r;
}

double r_uniform_next(r_uniform *r)
{
    for (size_t i = 0; r->at == R_N && i < R_N; i++) {
        const uint32_t y = (r->state[i] & 0x80000000u) | (r->state[(i + 1) % R_N] & 0x7fffffffu);
        r->state[i] = r->state[(i + R_M) % R_N] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0dfu : 0);
    }
    r->at = r->at == R_N ? 0 : r->at;
    uint32_t y = r->state[r->at++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    y ^= y >> 18;
    return y * 2.3283064365386963e-10;
}
