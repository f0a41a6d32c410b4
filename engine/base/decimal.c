/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Between doubles and decimals with powers of ten of 128 bits.
 *
 * To the shortest decimal that reads back, by Schubfach (R. Giulietti, "The Schubfach way to render
 * doubles", 2020): the double and the ends of the interval that rounds to it are scaled to about 17
 * digits, and the interval holds a decimal one digit shorter or not.
 *
 * From a decimal: a product of 64 and 128 bits, wrong by less than 1 in its 128th bit, tells the
 * nearest double unless it lies beside the middle of two (the idea of D. Lemire, "Number parsing at
 * a gigabyte per second", 2021). The caller has another way for those.
 */
#include "base/decimal.h"

#include "base/number_tables.h"

#include <stdbool.h>
#include <string.h>

enum {
    DECIMAL_MANTISSA = 52,
    DECIMAL_BIAS = 1023 + 52,
};

__extension__ typedef unsigned __int128 decimal_wide;

/* floor(log2(10^e)), right for |e| <= 1233. */
static int decimal_log2_pow10(int e)
{
    return (e * 1741647) >> 19;
}

/* floor(log10(2^q)), or floor(log10(3/4 * 2^q)): right for |q| <= 1500 and 1270. */
static int decimal_log10_pow2(int q, bool three_quarters)
{
    return (q * 1262611 - (three_quarters ? 524031 : 0)) >> 22;
}

/* The upper 64 bits of g * c, with a sticky last bit: "round to odd" keeps every comparison right.
 */
static uint64_t decimal_scale(number_power128 g, uint64_t c)
{
    const decimal_wide low = (decimal_wide)g.lo * c;
    const decimal_wide sum = (decimal_wide)g.hi * c + (uint64_t)(low >> 64);
    return (uint64_t)(sum >> 64) | ((uint64_t)sum > 1);
}

/* Four times the double and the ends of its interval, scaled. */
typedef struct decimal_interval {
    uint64_t low, value, high;
} decimal_interval;

/* The nearest whole decimal inside the interval; both neighbours may be. */
static uint64_t decimal_pick(decimal_interval v)
{
    const uint64_t s = v.value / 4;
    const bool below_inside = v.low <= 4 * s;
    const bool above_inside = 4 * s + 4 <= v.high;
    if (below_inside != above_inside) {
        return s + above_inside;
    }
    const uint64_t middle = 4 * s + 2;
    return s + (v.value > middle || (v.value == middle && (s & 1) != 0));
}

static mera_decimal decimal_shortest(uint64_t c, int q, bool closer_below)
{
    const int k = decimal_log10_pow2(q, closer_below);
    const int shift = q + decimal_log2_pow10(-k) + 1;
    const number_power128 g = number_powers[-k - NUMBER_POWER_FIRST];
    const bool odd = c % 2 != 0; /* then the ends round away from the double */
    const decimal_interval v = {
        .low = decimal_scale(g, (4 * c - 2 + closer_below) << shift) + odd,
        .value = decimal_scale(g, (4 * c) << shift),
        .high = decimal_scale(g, (4 * c + 2) << shift) - odd,
    };
    const uint64_t tens = v.value / 40;
    if (tens > 0) {
        const bool below_inside = v.low <= 40 * tens;
        const bool above_inside = 40 * tens + 40 <= v.high;
        if (below_inside != above_inside) {
            return (mera_decimal){tens + above_inside, k + 1};
        }
    }
    return (mera_decimal){decimal_pick(v), k};
}

mera_decimal mera_decimal_of(double x)
{
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    const uint64_t hidden = (uint64_t)1 << DECIMAL_MANTISSA;
    const uint64_t fraction = bits & (hidden - 1);
    const int exponent = (int)(bits >> DECIMAL_MANTISSA);
    mera_decimal decimal = exponent == 0
                               ? decimal_shortest(fraction, 1 - DECIMAL_BIAS, false)
                               : decimal_shortest(hidden | fraction, exponent - DECIMAL_BIAS,
                                                  fraction == 0 && exponent > 1);
    while (decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent++;
    }
    return decimal;
}

bool mera_decimal_nearest(mera_decimal decimal, double *out)
{
    if (decimal.exponent < NUMBER_POWER_FIRST || decimal.exponent > NUMBER_POWER_LAST) {
        return false;
    }
    const number_power128 g = number_powers[decimal.exponent - NUMBER_POWER_FIRST];
    const int zeros = __builtin_clzll(decimal.digits);
    const uint64_t digits = decimal.digits << zeros;
    const decimal_wide low = (decimal_wide)g.lo * digits;
    const decimal_wide product = (decimal_wide)g.hi * digits + (uint64_t)(low >> 64);
    const int top = product >> 127 != 0 ? 127 : 126; /* its highest bit */
    const int drop = top - DECIMAL_MANTISSA;
    const int exponent = top + 64 + decimal_log2_pow10(decimal.exponent) - 127 - zeros;
    if (exponent < -1022 || exponent > 1022) {
        return false;
    }
    const decimal_wide half = (decimal_wide)1 << (drop - 1);
    const decimal_wide rest = product & (2 * half - 1);
    if (rest + 1 >= half && rest <= half + 1) {
        return false;
    }
    /* With its hidden bit the mantissa adds 1 to the exponent field; rounding up may add another.
     */
    const uint64_t mantissa = (uint64_t)(product >> drop) + (rest > half);
    const uint64_t bits = ((uint64_t)(exponent + 1022) << DECIMAL_MANTISSA) + mantissa;
    memcpy(out, &bits, sizeof bits);
    return true;
}
