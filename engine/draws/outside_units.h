/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to draws: places counted unit by unit. */
#ifndef MERA_DRAWS_OUTSIDE_UNITS_H
#define MERA_DRAWS_OUTSIDE_UNITS_H

#include "draws/internal.h"

/** Counts `count` draws, place[draw * n + unit], of a ranking without pairs, into the counts of the
 * first thread. */
mera_code mera_draws_count_units(const mera_draws *draws, size_t count, const uint16_t *place,
                                 const uint8_t *tied);

#endif
