/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rounding in decimal, as published methods do it between levels. */
#ifndef MERA_ROUNDING_H
#define MERA_ROUNDING_H

typedef enum mera_rounding_mode {
    MERA_ROUND_NONE,
    MERA_ROUND_HALF_UP, /**< away from zero, as on paper */
    MERA_ROUND_HALF_EVEN,
} mera_rounding_mode;

typedef struct mera_rounding {
    mera_rounding_mode mode;
    int digits; /**< decimals; may be negative */
} mera_rounding;

/**
 * Rounds in decimal: the double is first taken as its 15 significant digits, so that 0.6175 kept
 * in binary as 0.61749999999999994 rounds up to 0.618 as on paper. NaN stays NaN.
 */
double mera_round(double x, mera_rounding how);

#endif
