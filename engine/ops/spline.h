/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Natural cubic splines of one column: straight beyond the outer knots, so that what they say of
 * the ends is not the accident of one unit.
 *
 * source  Hastie, Tibshirani and Friedman, The Elements of Statistical Learning (2009), 5.2.1
 */
#ifndef MERA_OPS_SPLINE_H
#define MERA_OPS_SPLINE_H

#include "mera/error.h"

/** A basis without its constant: x, and one function for each knot but the last two. */
typedef struct mera_spline {
    const double *knot; /**< ascending */
    size_t knots;
    size_t p; /**< functions: knots - 1; 0 when x does not vary */
} mera_spline;

/** Knots at `wanted` (2 or more) evenly spaced quantiles of x, equal ones once. */
mera_code mera_spline_knots(const double *x, size_t n, size_t wanted, mera_arena *arena,
                            mera_spline *out);

/** The functions at x[n]: p columns of n. */
void mera_spline_columns(const mera_spline *spline, const double *x, size_t n, double *column);

/** int f_a'' f_b'' over all pairs of functions: p x p. */
void mera_spline_penalty(const mera_spline *spline, double *out);

/**
 * Centres p columns of n and makes them orthonormal, in order and in place. Those that add nothing
 * to earlier ones are left out; returns how many remain, at the front. `inverse` (p x p by rows, or
 * NULL) gets the combinations of the old columns that the new ones are.
 */
size_t mera_orthonormal(double *column, size_t n, size_t p, double *inverse);

#endif
