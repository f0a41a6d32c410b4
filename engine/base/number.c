/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Numbers and text. Reading takes Clinger's exact shortcut where digits and power of ten are
 * doubles (PLDI 1990), then decimal.c, and at last, beside a tie, the C library's strtod in the C
 * locale, whatever the program's is. Writing takes the digits of decimal.c.
 */
#include "base/number.h"

#include "base/decimal.h"
#include "base/math.h"
#include "mera/rounding.h"

#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NUMBER_KEPT_DIGITS = 19, /* of a scanned decimal; a uint64_t holds them */
    NUMBER_FAST_DIGITS = 15,
    NUMBER_FAST_POWER = 22,
    NUMBER_ENOUGH_DIGITS = 770, /* a tie between two doubles has at most 767 digits */
    NUMBER_FIXED_DIGITS = 20,
    NUMBER_FIXED_WHOLE = 40, /* larger numbers are written with an exponent */
};

static const double number_power[NUMBER_FAST_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* A decimal as scanned: digits * 10^exponent. */
typedef struct number_decimal {
    uint64_t digits;
    long significant; /* digits without leading zeros */
    long exponent;
    bool negative;
} number_decimal;

static void number_add_digit(number_decimal *decimal, char c, bool fraction)
{
    if (decimal->significant > 0 || c != '0') {
        decimal->significant++;
    }
    if (decimal->significant <= NUMBER_KEPT_DIGITS) {
        decimal->digits = decimal->digits * 10 + (uint64_t)(c - '0');
        decimal->exponent -= fraction;
    } else {
        decimal->exponent += !fraction;
    }
}

static bool number_scan_exponent(const char *at, const char *end, number_decimal *decimal)
{
    bool negative = false;
    if (at < end && (*at == '+' || *at == '-')) {
        negative = *at++ == '-';
    }
    if (at == end) {
        return false;
    }
    int exponent = 0;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        exponent = exponent < 100000 ? exponent * 10 + (*at - '0') : exponent;
    }
    decimal->exponent += negative ? -exponent : exponent;
    return true;
}

static bool number_scan(const char *at, const char *end, number_decimal *decimal)
{
    if (at < end && (*at == '-' || *at == '+')) {
        decimal->negative = *at++ == '-';
    }
    size_t n_digits = 0;
    bool fraction = false;
    for (; at < end; at++) {
        if (*at >= '0' && *at <= '9') {
            number_add_digit(decimal, *at, fraction);
            n_digits++;
        } else if (*at == '.' && !fraction) {
            fraction = true;
        } else {
            break;
        }
    }
    if (n_digits == 0) {
        return false;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        return number_scan_exponent(at + 1, end, decimal);
    }
    return at == end;
}

/* The significant digits of a scanned text as one integer, then its exponent: "-123e-5". Where
 * there are more than decide, a last digit says whether the others are all 0. */
static void number_condense(const char *at, const number_decimal *decimal, char out[800])
{
    char *to = out;
    if (decimal->negative) {
        *to++ = '-';
    }
    bool rest = false;
    for (long n = 0; n < decimal->significant; at++) {
        if (*at < '0' || *at > '9' || (n == 0 && *at == '0')) {
            continue;
        }
        if (n < NUMBER_ENOUGH_DIGITS) {
            *to++ = *at;
        }
        rest = rest || (n >= NUMBER_ENOUGH_DIGITS && *at != '0');
        n++;
    }
    long n = decimal->significant;
    if (n > NUMBER_ENOUGH_DIGITS) {
        *to++ = rest ? '1' : '0';
        n = NUMBER_ENOUGH_DIGITS + 1;
    }
    const long beyond = n > NUMBER_KEPT_DIGITS ? n - NUMBER_KEPT_DIGITS : 0;
    snprintf(to, 24, "e%ld", decimal->exponent - beyond);
}

/* By the C library. newlocale() gives its built-in "C" and makes nothing. */
static bool number_read_slow(const char *text, const number_decimal *decimal, double *out)
{
    char digits[800];
    number_condense(text, decimal, digits);
    const locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    const double number = strtod_l(digits, NULL, c);
    freelocale(c);
    if (!isfinite(number)) {
        return false;
    }
    *out = number;
    return true;
}

/* Digits and power are doubles exactly, so the one operation rounds once (Clinger 1990). */
static bool number_read_exact(const number_decimal *decimal, double *out)
{
    const long power = labs(decimal->exponent);
    if (decimal->significant > NUMBER_FAST_DIGITS || power > NUMBER_FAST_POWER) {
        return false;
    }
    const double digits = (double)decimal->digits;
    *out = decimal->exponent < 0 ? digits / number_power[power] : digits * number_power[power];
    return true;
}

static bool number_read_wide(const number_decimal *decimal, double *out)
{
    return decimal->significant <= NUMBER_KEPT_DIGITS && labs(decimal->exponent) < 1000 &&
           mera_decimal_nearest((mera_decimal){decimal->digits, (int)decimal->exponent}, out);
}

bool mera_number_read(const char *text, size_t n, double *out)
{
    number_decimal decimal = {0, 0, 0, false};
    if (!number_scan(text, text + n, &decimal)) {
        return false;
    }
    double size = 0;
    if (decimal.significant > 0 && !number_read_exact(&decimal, &size) &&
        !number_read_wide(&decimal, &size)) {
        return number_read_slow(text, &decimal, out);
    }
    *out = decimal.negative ? -size : size;
    return true;
}

/* Writes an integer's digits, returns how many. */
static size_t number_put_digits(uint64_t number, char digits[20])
{
    char reversed[20];
    size_t n = 0;
    do {
        reversed[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (size_t i = 0; i < n; i++) {
        digits[i] = reversed[n - 1 - i];
    }
    return n;
}

static char *number_put(char *out, const char *bytes, size_t n)
{
    memcpy(out, bytes, n);
    return out + n;
}

static char *number_put_zeros(char *out, int n)
{
    for (int i = 0; i < n; i++) {
        *out++ = '0';
    }
    return out;
}

/* digits[0].digits[1..n-1] * 10^exponent without an exponent. */
static char *number_put_plain(char *out, const char *digits, size_t n, int exponent)
{
    if (exponent < 0) {
        out = number_put(out, "0.", 2);
        out = number_put_zeros(out, -exponent - 1);
        return number_put(out, digits, n);
    }
    const size_t whole = (size_t)exponent + 1;
    if (whole >= n) {
        out = number_put(out, digits, n);
        return number_put_zeros(out, (int)(whole - n));
    }
    out = number_put(out, digits, whole);
    *out++ = '.';
    return number_put(out, digits + whole, n - whole);
}

/* d.ddd * 10^exponent with an exponent: "1.5e-7", "1e+21". */
static char *number_put_scientific(char *out, const char *digits, size_t n, int exponent)
{
    *out++ = digits[0];
    if (n > 1) {
        *out++ = '.';
        out = number_put(out, digits + 1, n - 1);
    }
    *out++ = 'e';
    *out++ = exponent < 0 ? '-' : '+';
    char power[20];
    const size_t n_power = number_put_digits((uint64_t)abs(exponent), power);
    return number_put(out, power, n_power);
}

/* Writes what has no digits: NaN, the infinities (no result holds one) and zero of either sign. */
static size_t number_write_special(double x, char out[32])
{
    const char *name = isnan(x) ? "" : x == 0 ? "0" : x > 0 ? "inf" : "-inf";
    const size_t n = strlen(name);
    memcpy(out, name, n + 1);
    return n;
}

/* The digits of a positive number, and the exponent of the first. */
static size_t number_digits(double size, char digits[20], int *exponent)
{
    const bool whole = size < 0x1p53 && size == floor(size);
    const mera_decimal decimal = whole ? (mera_decimal){(uint64_t)size, 0} : mera_decimal_of(size);
    const size_t n = number_put_digits(decimal.digits, digits);
    *exponent = decimal.exponent + (int)n - 1;
    return n;
}

size_t mera_number_write(double x, char out[32])
{
    if (x == 0 || !isfinite(x)) {
        return number_write_special(x, out);
    }
    char digits[20];
    int exponent = 0;
    const size_t n = number_digits(fabs(x), digits, &exponent);
    char *at = out;
    if (x < 0) {
        *at++ = '-';
    }
    if (exponent >= -5 && exponent < 17) {
        at = number_put_plain(at, digits, n, exponent);
    } else {
        at = number_put_scientific(at, digits, n, exponent);
    }
    *at = '\0';
    return (size_t)(at - out);
}

/* Makes "12.5" or "12" one with `places` decimals; digits beyond them are below the 15th. */
static char *number_set_places(char *start, char *end, int places)
{
    const char *dot = memchr(start, '.', (size_t)(end - start));
    if (dot == NULL && places > 0) {
        dot = end;
        *end++ = '.';
    }
    const int decimals = dot == NULL ? 0 : (int)(end - dot) - 1;
    if (places == 0) {
        return end - (decimals > 0 ? decimals + 1 : 0);
    }
    return decimals > places ? end - (decimals - places) : number_put_zeros(end, places - decimals);
}

size_t mera_number_write_fixed(double x, int digits, char out[64])
{
    const int kept = digits > NUMBER_FIXED_DIGITS ? NUMBER_FIXED_DIGITS : digits;
    const double rounded = mera_round(x, (mera_rounding){MERA_ROUND_HALF_UP, kept});
    if (!isfinite(rounded)) {
        return mera_number_write(rounded, out);
    }
    char shortest[20] = "0";
    int exponent = 0;
    const size_t n = rounded == 0 ? 1 : number_digits(fabs(rounded), shortest, &exponent);
    if (exponent >= NUMBER_FIXED_WHOLE) {
        return mera_number_write(rounded, out);
    }
    char *at = out;
    if (rounded < 0) {
        *at++ = '-';
    }
    at = number_put_plain(at, shortest, n, exponent);
    at = number_set_places(out, at, kept < 0 ? 0 : kept);
    *at = '\0';
    return (size_t)(at - out);
}
