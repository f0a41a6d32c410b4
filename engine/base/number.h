/* SPDX-License-Identifier: Apache-2.0 */
/** @file Numbers and text: shortest round trip out, exact parsing in. Rounding is in
 * mera/rounding.h. */
#ifndef MERA_BASE_NUMBER_H
#define MERA_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/** Writes the shortest decimal that reads back as the same double ("0.1", "1e+21", "-0" as "0",
 * NaN as ""), NUL-terminated; returns the length. Plain notation for 1e-5 <= |x| < 1e17. */
size_t mera_number_write(double x, char out[32]);

/** Writes `x` with `digits` decimals, half up in decimal: for tables. */
size_t mera_number_write_fixed(double x, int digits, char out[64]);

/** Reads a whole text as a C number ("-1.5e3"), correctly rounded and without locale. False when
 * anything else is there; hexadecimal, "inf" and "nan" are not numbers here. */
bool mera_number_read(const char *text, size_t n, double *out);

#endif
