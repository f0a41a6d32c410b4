/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to analysis: main effects. */
#ifndef MERA_ANALYSIS_MAIN_EFFECT_H
#define MERA_ANALYSIS_MAIN_EFFECT_H

#include "mera/error.h"

/**
 * Var(E[y | x]) / Var(y) by a penalised natural cubic spline with at most `knots` (2 or more)
 * knots; NaN below 3 units, with a missing value, or when x or y does not vary.
 */
mera_code mera_main_effect(const double *x, const double *y, size_t n, size_t knots,
                           mera_arena *arena, double *share);

#endif
