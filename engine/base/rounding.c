/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Rounding in decimal. Far from a tie the scaled number decides; near one the 15 significant digits
 * do, as they stand on paper. The result is an integer of at most 15 digits divided by a power of
 * ten that is exact, so it is the double nearest to the rounded decimal. Places run from 10^22 to
 * 10^-22; a place below the 15th significant digit leaves the number as it is.
 */
#include "mera/rounding.h"

#include "base/math.h"

#include <stdbool.h>
#include <stdio.h>

enum {
    ROUND_DIGITS = 15,
    ROUND_MAX_PLACE = 22, /* powers of ten up to here are doubles */
};

static const double round_power[ROUND_MAX_PLACE + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* |x| in units of the place, rounded by its 15 significant digits. */
static double round_by_digits(double magnitude, mera_rounding how)
{
    char text[32]; /* d.dddddddddddddde+XX; the separator, text[1], is not looked at */
    snprintf(text, sizeof text, "%.14e", magnitude);
    int exponent = 0;
    for (const char *c = text + 18; *c >= '0' && *c <= '9'; c++) {
        exponent = 10 * exponent + (*c - '0');
    }
    exponent = text[17] == '-' ? -exponent : exponent;

    const int kept = exponent + 1 + how.digits;
    if (kept < 0) {
        return 0;
    }
    double units = 0;
    int next = 0; /* 10 times the first digit that goes, plus 1 if any later one is not 0 */
    for (int i = 0; i < ROUND_DIGITS || i < kept; i++) {
        const int digit = i >= ROUND_DIGITS ? 0 : text[i == 0 ? 0 : i + 1] - '0';
        if (i < kept) {
            units = 10 * units + digit;
        } else if (i == kept) {
            next = 10 * digit;
        } else if (digit != 0) {
            next |= 1;
        }
    }
    const bool odd = fmod(units, 2) != 0;
    const bool up = next > 50 || (next == 50 && (how.mode == MERA_ROUND_HALF_UP || odd));
    return up ? units + 1 : units;
}

double mera_round(double x, mera_rounding how)
{
    if (how.mode == MERA_ROUND_NONE || how.digits > ROUND_MAX_PLACE || !isfinite(x)) {
        return x;
    }
    how.digits = how.digits < -ROUND_MAX_PLACE ? -ROUND_MAX_PLACE : how.digits;
    const double power = round_power[how.digits < 0 ? -how.digits : how.digits];
    const double magnitude = fabs(x);
    const double scaled = how.digits < 0 ? magnitude / power : magnitude * power;
    if (scaled >= 1e15) {
        return x;
    }
    double units = floor(scaled);
    const double from_tie = scaled - units - 0.5; /* exact: both have the same exponent or less */
    if (fabs(from_tie) > scaled * 1e-14) {        /* twice what 15 digits can move it */
        units += from_tie > 0 ? 1 : 0;
    } else {
        units = round_by_digits(magnitude, how);
    }
    const double rounded = how.digits < 0 ? units * power : units / power;
    return units == 0 ? 0 : copysign(rounded, x);
}
