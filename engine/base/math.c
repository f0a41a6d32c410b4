/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * exp, log and their family by tables (P. T. P. Tang, ACM TOMS 15 (1989) 144 and 16 (1990) 378).
 * One logarithm good to about 2^-68 as a sum of two doubles serves log, log1p, log10, pow and cbrt;
 * one exponential that takes such a sum serves exp, pow and cbrt. Only +, -, *, / and integer
 * operations on the bits: no contraction, no library function whose last bit may differ.
 * A NaN that comes out is the canonical one.
 */
#include "base/math.h"

#include "base/math_tables.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { MATH_ROWS = 128, MATH_ROW_BITS = 7 };

#define MATH_SHIFT 0x1.8p52          /* x + this - this is x rounded to an integer, |x| < 2^51 */
#define MATH_SPLITTER 0x1.0000002p27 /* 2^27 + 1 */

/* A number as an unevaluated sum, |lo| at most half an ulp of hi. */
typedef struct math_pair {
    double hi, lo;
} math_pair;

static inline uint64_t math_bits(double x)
{
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double math_double(uint64_t bits)
{
    double x = 0;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* a + b exactly, when |a| >= |b| or a is 0 (Dekker 1971). */
static inline math_pair math_fast_sum(double a, double b)
{
    const double sum = a + b;
    return (math_pair){sum, a - sum + b};
}

/* a * b exactly (Veltkamp, Dekker 1971), for factors below 2^996. */
static inline math_pair math_product(double a, double b)
{
    const double ca = MATH_SPLITTER * a, cb = MATH_SPLITTER * b;
    const double a1 = ca - (ca - a), b1 = cb - (cb - b);
    const double a2 = a - a1, b2 = b - b1;
    const double product = a * b;
    return (math_pair){product, a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2};
}

/* The product of two pairs, to about 2^-100. */
static inline math_pair math_pair_product(math_pair a, math_pair b)
{
    const math_pair head = math_product(a.hi, b.hi);
    return math_fast_sum(head.hi, head.lo + (a.hi * b.lo + a.lo * b.hi));
}

/* 2^exponent * (power + power * rest) near either end of the range. Where the result is subnormal
 * the sum must be rounded once and at its last place: adding the power of two whose last place that
 * is does it. */
static double math_scale_edge(double power, double rest, int64_t exponent)
{
    const double value = power + power * rest;
    if (exponent > 0) { /* 1023 or 1024, the latter no double's exponent */
        return value * 0x1p1023 * math_double((uint64_t)(exponent - 1023 + 1023) << 52);
    }
    if (exponent > -1022 || (exponent == -1022 && value >= 1)) {
        return value * math_double((uint64_t)(exponent + 1023) << 52);
    }
    const double lost = power - value + power * rest;
    const double grid = math_double((uint64_t)(-1022 - exponent + 1023) << 52);
    const double sum = grid + value;
    const double rounded = sum + (grid - sum + value + lost) - grid;
    return rounded * 0x1p-1022 * math_double((uint64_t)(exponent + 1022 + 1023) << 52);
}

/* e^(x + tail), for |x| < 746 and |tail| below an ulp of x. With x = k ln2/128 + r:
 * 2^(k/128) * e^r, where |r| < 0.0028 and six terms of e^r leave out less than 2^-60. */
static inline double math_exp_pair(double x, double tail)
{
    const double shifted = x * MATH_128_BY_LN2 + MATH_SHIFT;
    const double k = shifted - MATH_SHIFT;
    const double r = x - k * MATH_LN2_BY_128_HI - k * MATH_LN2_BY_128_LO + tail;
    const int64_t n = (int64_t)(math_bits(shifted) << 13) >> 13; /* k; the rest are MATH_SHIFT's */
    const math_exp_row row = math_exp_table[n & (MATH_ROWS - 1)];
    const int64_t exponent = n >> MATH_ROW_BITS;
    const double r2 = r * r;
    const double high = 1.0 / 24 + r * (1.0 / 120);
    const double rest = row.rest + r + r2 * (0.5 + r * (1.0 / 6) + r2 * high);
    if (exponent < -1000 || exponent > 1022) { /* -1000: power * rest is not subnormal */
        return math_scale_edge(row.power, rest, exponent);
    }
    const double scaled = math_double(math_bits(row.power) + ((uint64_t)exponent << 52));
    return scaled + scaled * rest;
}

/* base + log(1 + r), where |r| < 2^-7.8 and `base` is 0 or larger than r in size:
 * r - r^2/2 + r^3/3 - ... + r^9/9, with r^2/2 in two parts, the first exact, and later terms in
 * one. */
static inline math_pair math_log_series(math_pair r, double base, double base_lo)
{
    const double r1 = r.hi + 0x1.8p19 - 0x1.8p19; /* a multiple of 2^-33, at most 26 bits */
    const double half_square = 0.5 * r1 * r1;
    const double half_square_lo = 0.5 * (r.hi - r1) * (r1 + r.hi);
    const double q = r.hi * r.hi;
    const double low = 1.0 / 3 - r.hi * 0.25;
    const double mid = 0.2 - r.hi * (1.0 / 6);
    const double top = 1.0 / 7 - r.hi * 0.125 + q * (1.0 / 9);
    const double series = r.hi * q * (low + q * (mid + q * top));

    const math_pair a = math_fast_sum(base, r.hi);
    const math_pair b = math_fast_sum(a.hi, -half_square);
    const double small = r.lo - r.lo * r.hi - half_square_lo + base_lo;
    return math_fast_sum(b.hi, a.lo + b.lo + small + series);
}

/* log(x + tail) for a positive normal x; `raise` is added to the exponent, |tail| at most half an
 * ulp of x and 0 where x is over 2^1000. With x = 2^k z: k ln2 + log(c) + log(1 + r), and
 * r = z/c - 1 is known exactly. */
static inline math_pair math_log_pair(double x, double tail, int raise)
{
    const uint64_t bits = math_bits(x);
    const uint64_t moved = bits - MATH_LOG_OFFSET;
    const math_log_row row = math_log_table[moved >> (52 - MATH_ROW_BITS) & (MATH_ROWS - 1)];
    const int64_t exponent = (int64_t)moved >> 52;
    const double k = (double)(exponent + raise);
    const double z = math_double(bits - ((uint64_t)exponent << 52));

    const double z_hi = math_double(math_bits(z) & ~(uint64_t)0x1FFF); /* 40 bits: products exact */
    const double z_tail = tail == 0 ? 0 : tail * math_double((uint64_t)(1023 - exponent) << 52);
    const double r_hi = z_hi * row.inverse - 1.0;
    const math_pair r = math_fast_sum(r_hi, (z - z_hi + z_tail) * row.inverse);
    /* k ln2 + log(c) is exact in its first part: multiples of 2^-42. */
    return math_log_series(r, k * MATH_LN2_HI + row.log_hi, k * MATH_LN2_LO + row.log_lo);
}

/* As math_log_pair(), for any positive finite x. */
static inline math_pair math_log_of(double x)
{
    if (x < 0x1p-1022) {
        return math_log_pair(x * 0x1p52, 0, -52);
    }
    return math_log_pair(x, 0, 0);
}

static inline double math_exp(double x)
{
    if (fabs(x) < 708) {
        return math_exp_pair(x, 0);
    }
    if (isnan(x)) {
        return NAN;
    }
    if (x > 710) {
        return HUGE_VAL;
    }
    return x < -746 ? 0 : math_exp_pair(x, 0);
}

/* What the logarithms say of arguments that have none: call it for x <= 0, infinite or NaN. */
static double math_log_edge(double x)
{
    if (x == 0) {
        return -HUGE_VAL;
    }
    return x > 0 ? x : NAN;
}

static inline double math_log(double x)
{
    return x > 0 && x < HUGE_VAL ? math_log_of(x).hi : math_log_edge(x);
}

double mera_exp(double x)
{
    return math_exp(x);
}

double mera_log(double x)
{
    return math_log(x);
}

void mera_exp_n(const double *x, size_t n, double *y)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = math_exp(x[i]);
    }
}

/* ---- many at a time ---- */

/* Wider where the processor can, by the loader's choice; without fma the bits are the same. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__OPTIMIZE__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MATH_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define MATH_WIDE
#endif

enum { MATH_BLOCK = 32 };

/* Positive normal numbers below 2^1000: as math_log_pair(), without a branch. */
static inline double math_log_plain(double x)
{
    const uint64_t bits = math_bits(x), moved = bits - MATH_LOG_OFFSET;
    const math_log_row row = math_log_table[moved >> (52 - MATH_ROW_BITS) & (MATH_ROWS - 1)];
    const uint64_t exponent = ((moved + (UINT64_C(1) << 62)) >> 52) - 1024; /* also below 0 */
    const double k = math_double(exponent + math_bits(MATH_SHIFT)) - MATH_SHIFT;
    const double z = math_double(bits - (exponent << 52));
    const double z_hi = math_double(math_bits(z) & ~(uint64_t)0x1FFF);
    const math_pair r = math_fast_sum(z_hi * row.inverse - 1.0, (z - z_hi) * row.inverse);
    return math_log_series(r, k * MATH_LN2_HI + row.log_hi, k * MATH_LN2_LO + row.log_lo).hi;
}

MATH_WIDE static void math_log_block(const double *restrict x, double *restrict y)
{
    for (size_t i = 0; i < MATH_BLOCK; i++) {
        y[i] = math_log_plain(x[i]);
    }
}

static bool math_log_all_plain(const double *x)
{
    unsigned odd = 0;
    for (size_t i = 0; i < MATH_BLOCK; i++) {
        odd += !((x[i] >= 0x1p-1022) & (x[i] < 0x1p1000));
    }
    return odd == 0;
}

void mera_log_n(const double *x, size_t n, double *y)
{
    size_t i = 0;
    for (; i + MATH_BLOCK <= n; i += MATH_BLOCK) {
        if (math_log_all_plain(x + i)) {
            double block[MATH_BLOCK]; /* y may be x */
            math_log_block(x + i, block);
            memcpy(y + i, block, sizeof block);
            continue;
        }
        for (size_t j = i; j < i + MATH_BLOCK; j++) {
            y[j] = math_log(x[j]);
        }
    }
    for (; i < n; i++) {
        y[i] = math_log(x[i]);
    }
}

double mera_log10(double x)
{
    if (!(x > 0 && x < HUGE_VAL)) {
        return math_log_edge(x);
    }
    const math_pair by_ln10 = {MATH_LOG10_E_HI, MATH_LOG10_E_LO};
    return math_pair_product(math_log_of(x), by_ln10).hi;
}

double mera_log1p(double x)
{
    if (!(x > -1 && x < HUGE_VAL)) {
        return math_log_edge(x == -1 ? 0 : x);
    }
    if (fabs(x) < 0x1p-54) {
        return x;
    }
    if (fabs(x) < 0x1p-9) {
        return math_log_series((math_pair){x, 0}, 0, 0).hi;
    }
    const double sum = 1.0 + x;
    double lost = 1.0 - sum + x;
    if (x >= 1) {
        lost = x < 0x1p60 ? x - sum + 1.0 : 0;
    }
    return math_log_pair(sum, lost, 0).hi;
}

double mera_cbrt(double x)
{
    if (x == 0 || !isfinite(x)) {
        return isnan(x) ? NAN : x;
    }
    const math_pair third = {MATH_THIRD_HI, MATH_THIRD_LO};
    const math_pair log = math_pair_product(math_log_of(fabs(x)), third);
    return copysign(math_exp_pair(log.hi, log.lo), x);
}

static bool math_is_integer(double y)
{
    return floor(y) == y;
}

static bool math_is_odd(double y)
{
    return math_is_integer(y) && !math_is_integer(0.5 * y);
}

/* pow where x is 0, infinite or |y| infinite (C17, F.10.4.4); neither is NaN, x is not 1, y not 0.
 */
static double math_pow_edge(double x, double y)
{
    const double size = fabs(x);
    if (isinf(y)) {
        if (size == 1) {
            return 1;
        }
        return (size > 1) == (y > 0) ? HUGE_VAL : 0;
    }
    const double result = (size == 0) == (y < 0) ? HUGE_VAL : 0;
    return math_is_odd(y) ? copysign(result, x) : result;
}

/* x^y for positive finite x, finite y. */
static double math_pow_positive(double x, double y)
{
    if (fabs(y) < 0x1p-65) {
        return 1; /* |y log x| < 2^-55 */
    }
    const math_pair log = math_log_of(x);
    if (log.hi == 0) {
        return 1;
    }
    if (fabs(y) > 0x1p64) { /* |log x| > 2^-54: out of range, and too large for math_product() */
        return (log.hi > 0) == (y > 0) ? HUGE_VAL : 0;
    }
    const math_pair power = math_pair_product(log, (math_pair){y, 0});
    if (power.hi > 710) {
        return HUGE_VAL;
    }
    return power.hi < -746 ? 0 : math_exp_pair(power.hi, power.lo);
}

double mera_pow(double x, double y)
{
    if (y == 0 || x == 1) {
        return 1;
    }
    if (isnan(x) || isnan(y)) {
        return NAN;
    }
    if (x == 0 || isinf(x) || isinf(y)) {
        return math_pow_edge(x, y);
    }
    if (x > 0) {
        return math_pow_positive(x, y);
    }
    if (!math_is_integer(y)) {
        return NAN;
    }
    const double size = math_pow_positive(-x, y);
    return math_is_odd(y) ? -size : size;
}
