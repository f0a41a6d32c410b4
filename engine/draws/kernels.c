/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The kernels of draws/kernels.h in the compiler's vector types. The build compiles this file once
 * a vector width; MERA_KERNELS names the table each copy fills.
 */
#include "draws/kernels.h"

#include <stdbool.h>
#include <string.h>

#include "draws/kernels_network.h"
#include "draws/kernels_pairs.h"
#include "draws/kernels_vector.h"

#ifndef MERA_KERNELS
#define MERA_KERNELS mera_kernels_baseline
#define MERA_KERNELS_NAME "baseline"
#endif

/* ---- random numbers ---- */

/* Four words of Philox for each lane, in 64-bit lanes whose upper halves mean nothing. */
static inline void philox_lanes(words c[4], uint64_t seed)
{
    const words a = (words){0} + 0xD2511F53u, b = (words){0} + 0xCD9E8D57u;
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
        const words p = words_mul(c[0], a), q = words_mul(c[2], b);
        c[0] = q >> 32 ^ c[1] ^ (uint64_t)k0;
        c[1] = q;
        c[2] = p >> 32 ^ c[3] ^ (uint64_t)k1;
        c[3] = p;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
}

static inline reals uniform_of(words low, words high)
{
    const words bits = (low & 0xFFFFFFFFu) | high << 32;
    return (reals)(bits >> 12 | (uint64_t)0x3FF << 52) - 1 + 0x1p-53;
}

static void uniforms(uint64_t seed, uint32_t stream, uint64_t first, size_t k, double *u)
{
    for (size_t v = 0; v < VECTORS; v++) {
        words draw = {0};
        for (size_t l = 0; l < LANES; l++) {
            draw[l] = first + v * LANES + l;
        }
        for (size_t j = 0; j < k; j += 2) {
            words c[4] = {(words){0} + (uint64_t)(j / 2), (words){0} + (uint64_t)stream,
                          draw & 0xFFFFFFFFu, draw >> 32};
            philox_lanes(c, seed);
            *(reals *)(u + j * MERA_TILE + v * LANES) = uniform_of(c[0], c[1]);
            if (j + 1 < k) {
                *(reals *)(u + (j + 1) * MERA_TILE + v * LANES) = uniform_of(c[2], c[3]);
            }
        }
    }
}

/*
 * With x = 2^e m, sqrt(1/2) <= m < sqrt(2) and s = (m - 1) / (m + 1):
 * ln x = e ln 2 + 2 (s + s^3 / 3 + s^5 / 5 + ...), where 10 terms leave out less than 2^-54 s.
 */
static inline reals minus_log_of(reals x)
{
    const words bits = (words)x, half = (words){0} + 0x3FE6A09E667F3BCDu;
    const whole e = (whole)(bits - half) >> 52;
    const reals m = (reals)(bits - ((words)e << 52));
    const reals power = (reals)(e + (int64_t)0x4338000000000000) - 0x1.8p52;
    const reals f = m - 1, s = f / (2 + f), q = s * s, half_square = 0.5 * f * f;
    const reals p = q * q; /* even and odd terms apart: two short chains */
    reals even = p * (2.0 / 19) + 2.0 / 15, odd = p * (2.0 / 21) + 2.0 / 17;
    even = even * p + 2.0 / 11;
    odd = odd * p + 2.0 / 13;
    even = even * p + 2.0 / 7;
    odd = odd * p + 2.0 / 9;
    even = even * p + 2.0 / 3;
    odd = odd * p + 2.0 / 5;
    const reals r = q * (even + q * odd);
    /* f - f^2/2 + s (f^2/2 + r) is the logarithm of 1 + f without the rounding of s in front */
    const reals small = s * (half_square + r) + power * 0x1.a39ef35793c76p-33;
    return half_square - small - f - power * 0x1.62e42feep-1;
}

static void minus_log(double *x, size_t n)
{
    for (size_t i = 0; i < n; i += LANES) {
        reals *at = (reals *)(x + i);
        *at = minus_log_of(*at);
    }
}

static void to_shares(double *x, size_t k)
{
    for (size_t v = 0; v < VECTORS; v++) {
        reals sum = {0};
        for (size_t j = 0; j < k; j++) {
            sum += *(reals *)(x + j * MERA_TILE + v * LANES);
        }
        for (size_t l = 0; l < LANES; l++) {
            sum[l] = sum[l] == 0 ? 1 : sum[l];
        }
        for (size_t j = 0; j < k; j++) {
            *(reals *)(x + j * MERA_TILE + v * LANES) /= sum;
        }
    }
}

/* ---- scores ---- */

enum { WIDE = VECTORS < 2 ? 1 : 2 }; /* vectors a row of the block in registers */

/* Columns that go by at a time: their part of a tile's weights stays in the nearest cache, that of
 * some panels in the next. Sums wait in y meanwhile, which changes no bit of them. */
enum { PRODUCT_DEEP = 256, PRODUCT_NEAR = 16 };

static inline void product_block(const double *restrict z, size_t k, const double *restrict w,
                                 double *restrict y, bool first)
{
    reals sum[MERA_PANEL][WIDE];
    for (size_t i = 0; i < MERA_PANEL; i++) {
        for (size_t v = 0; v < WIDE; v++) {
            sum[i][v] = first ? (reals){0} : *(const reals *)(y + i * MERA_TILE + v * LANES);
        }
    }
    for (size_t j = 0; j < k; j++) {
        reals weight[WIDE];
        for (size_t v = 0; v < WIDE; v++) {
            weight[v] = *(const reals *)(w + j * MERA_TILE + v * LANES);
        }
        for (size_t i = 0; i < MERA_PANEL; i++) {
            for (size_t v = 0; v < WIDE; v++) {
                sum[i][v] += weight[v] * z[j * MERA_PANEL + i];
            }
        }
    }
    for (size_t i = 0; i < MERA_PANEL; i++) {
        for (size_t v = 0; v < WIDE; v++) {
            *(reals *)(y + i * MERA_TILE + v * LANES) = sum[i][v];
        }
    }
}

/* Columns j .. j + deep - 1 of some panels, all tiles: a tile's weights stay while panels go by. */
static void product_part(const double *z, size_t n_panels, size_t k, size_t j, size_t deep,
                         const double *w, double *y, size_t y_stride, size_t n_tiles)
{
    for (size_t t = 0; t < n_tiles; t++) {
        for (size_t v = 0; v < VECTORS; v += WIDE) {
            for (size_t p = 0; p < n_panels; p++) {
                product_block(z + (p * k + j) * MERA_PANEL, deep,
                              w + (t * k + j) * MERA_TILE + v * LANES,
                              y + t * y_stride + p * MERA_PANEL * MERA_TILE + v * LANES, j == 0);
            }
        }
    }
}

static void product(const double *z, size_t n_panels, size_t k, const double *w, double *y,
                    size_t y_stride, size_t n_tiles)
{
    for (size_t p = 0; p < n_panels; p += PRODUCT_NEAR) {
        const size_t near = n_panels - p < PRODUCT_NEAR ? n_panels - p : PRODUCT_NEAR;
        size_t j = 0;
        do {
            const size_t deep = k - j < PRODUCT_DEEP + PRODUCT_DEEP / 2 ? k - j : PRODUCT_DEEP;
            product_part(z + p * k * MERA_PANEL, near, k, j, deep, w,
                         y + p * MERA_PANEL * MERA_TILE, y_stride, n_tiles);
            j += deep;
        } while (j < k);
    }
}

/* ---- places ---- */

static int keys(const double *y, size_t n, int ascending, uint64_t mask, double *key)
{
    const reals most = (reals){0} + 0x1.fffffffffffffp1023;
    whole odd = {0};
    for (size_t i = 0; i < n; i++) {
        for (size_t v = 0; v < VECTORS; v++) {
            const reals x = *(const reals *)(y + i * MERA_TILE + v * LANES);
            const reals turned = ascending ? x + 0.0 : 0.0 - x; /* one zero */
            const whole good = (whole)(turned <= most) & (whole)(turned >= -most);
            const words bits = ((words)turned & (words)good) | ((words)most & ~(words)good);
            odd |= ~good;
            *(words *)(key + i * MERA_TILE + v * LANES) = (bits & ~mask) | (uint64_t)i;
        }
    }
    int any = 0;
    for (size_t l = 0; l < LANES; l++) {
        any |= odd[l] != 0;
    }
    return any;
}

/* Lanes, a bit each, in which two rows one after the other differ by the unit alone. */
static uint32_t keys_near(const double *key, size_t n, uint64_t mask)
{
    words same[VECTORS] = {{0}};
    uint32_t near = 0;
    for (size_t p = 1; p < n; p++) {
        for (size_t v = 0; v < VECTORS; v++) {
            const words here = *(const words *)(key + p * MERA_TILE + v * LANES);
            const words before = *(const words *)(key + (p - 1) * MERA_TILE + v * LANES);
            same[v] |= (words)(((here ^ before) & ~mask) == 0);
        }
    }
    for (size_t l = 0; l < MERA_TILE; l++) {
        near |= (uint32_t)(same[l / LANES][l % LANES] != 0) << l;
    }
    return near;
}

/* Rows of 8 lanes by unit from columns by lane that stand n apart. */
static void places_turn(const uint16_t *column, size_t n, uint16_t *place, size_t lanes)
{
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        eights x[8], y[8];
        for (size_t l = 0; l < 8; l++) {
            x[l] = *(const eights *)(column + l * n + i);
        }
        for (size_t step = 0; step < 3; step++) { /* each interleaves the upper and lower half */
            for (size_t l = 0; l < 4; l++) {
                y[2 * l] = eights_low(x[l], x[l + 4]);
                y[2 * l + 1] = eights_high(x[l], x[l + 4]);
            }
            memcpy(x, y, sizeof x);
        }
        for (size_t u = 0; u < 8; u++) {
            *(eights *)(place + (i + u) * lanes) = x[u];
        }
    }
    for (; i < n; i++) {
        for (size_t l = 0; l < 8; l++) {
            place[i * lanes + l] = column[l * n + i];
        }
    }
}

enum { PLACES_NEAR = 4 }; /* lanes whose columns stay in the nearest cache */

static uint32_t places(const double *key, size_t n, uint64_t mask, uint16_t *place, size_t lanes,
                       uint16_t *column)
{
    for (size_t near = 0; near < MERA_TILE; near += PLACES_NEAR) {
        const uint64_t *at = (const uint64_t *)(const void *)(key + near);
        uint16_t *to = column + near * n;
        for (size_t p = 0; p < n; p++, at += MERA_TILE) {
            for (size_t l = 0; l < PLACES_NEAR; l++) {
                to[l * n + (at[l] & mask)] = (uint16_t)(p + 1);
            }
        }
    }
    for (size_t l = 0; l < MERA_TILE; l += 8) {
        places_turn(column + l * n, n, place + l, lanes);
    }
    return keys_near(key, n, mask);
}

static void histogram(const uint16_t *place, size_t n_draws, size_t n, uint32_t *spare,
                      uint32_t *count)
{
    uint32_t *restrict a = spare, *restrict b = spare + n + 2, *restrict c = b + n + 2;
    uint32_t *restrict d = c + n + 2;
    size_t l = 0;
    memset(spare, 0, 4 * (n + 2) * sizeof *spare);
    for (; l + 4 <= n_draws; l += 4) {
        a[place[l]]++;
        b[place[l + 1]]++;
        c[place[l + 2]]++;
        d[place[l + 3]]++;
    }
    for (; l < n_draws; l++) {
        a[place[l]]++;
    }
    for (size_t p = 0; p < n + 1; p++) {
        count[p] += a[p + 1] + b[p + 1] + c[p + 1] + d[p + 1];
    }
}

static void shifts(const uint16_t *place, size_t n, size_t lanes, const uint16_t *reference,
                   uint32_t *shift)
{
    for (size_t i = 0; i < n; i++) {
        const int32_t at = reference[i];
        for (size_t l = 0; l < lanes; l++) {
            const int32_t off = (int32_t)place[i * lanes + l] - at;
            shift[l] += (uint32_t)(off < 0 ? -off : off);
        }
    }
}

extern const mera_kernels MERA_KERNELS;
const mera_kernels MERA_KERNELS = {
    .name = MERA_KERNELS_NAME,
    .uniforms = uniforms,
    .minus_log = minus_log,
    .to_shares = to_shares,
    .product = product,
    .keys = keys,
    .network = network,
    .places = places,
    .histogram = histogram,
    .pairs = pairs,
    .shifts = shifts,
};
