/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Numbers behind Sobol' points. Dimension 0 has none; dimension j >= 1 has a polynomial, its bits
 * the coefficients, of degree g, and g first direction numbers, packed one dimension after another.
 */
#ifndef MERA_DRAWS_SOBOL_TABLE_H
#define MERA_DRAWS_SOBOL_TABLE_H

#include <stdint.h>

enum { MERA_SOBOL_DIMENSIONS = 1024 };

extern const uint16_t mera_sobol_polynomial[];
extern const uint16_t mera_sobol_start[];

#endif
