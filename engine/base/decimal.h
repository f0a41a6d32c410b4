/* SPDX-License-Identifier: Apache-2.0 */
/** @file Between doubles and decimals, a decimal being an integer and a power of ten. */
#ifndef MERA_BASE_DECIMAL_H
#define MERA_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/** digits * 10^exponent. */
typedef struct mera_decimal {
    uint64_t digits;
    int exponent;
} mera_decimal;

/** The decimal with the fewest digits that reads back as `x`; of several the nearest to it.
 * `x` is positive and finite. There are at most 17 digits, and the last is not 0. */
mera_decimal mera_decimal_of(double x);

/** The double nearest to a decimal that is not 0. False when 128 bits of the power of ten cannot
 * tell (ties, and what lies next to one), or outside the normal range. */
bool mera_decimal_nearest(mera_decimal decimal, double *out);

#endif
