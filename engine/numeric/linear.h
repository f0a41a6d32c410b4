/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Linear algebra over LAPACK. Square matrices are k x k by rows, a[i * k + j]; tables of n units
 * and k columns are stored by columns, a[j * n + i], as the engine's columns are.
 *
 * MERA_EINPUT here says that the matrix does not allow it (singular, not positive definite) and is
 * silent: only the caller knows the names of the columns. MERA_ESYSTEM: the library gave up.
 */
#ifndef MERA_NUMERIC_LINEAR_H
#define MERA_NUMERIC_LINEAR_H

#include "mera/error.h"

/**
 * Eigenvalues of a symmetric matrix, the largest first, and vectors[f * k + j], component j of
 * vector f: of length 1, its component of largest magnitude positive (the first of equals).
 */
mera_code mera_eigen_symmetric(const double *a, size_t k, double *values, double *vectors);

/**
 * Singular values of a table by columns, the largest first, and right vectors[f * k + j], f <
 * min(n, k), with the signs that LAPACK's dgesdd leaves: those of R's prcomp(). The last digits may
 * differ between C libraries; take the signs, not the numbers, where bytes matter.
 */
mera_code mera_singular(const double *a, size_t n, size_t k, mera_arena *arena, double *values,
                        double *vectors);

/** The lower triangle L of a = L L', by rows, zeros above. MERA_EINPUT when not positive definite.
 */
mera_code mera_cholesky(const double *a, size_t k, double *lower);

/** Solves a x = b for a symmetric positive definite matrix. */
mera_code mera_solve_definite(const double *a, size_t k, const double *b, mera_arena *arena,
                              double *x);

/** Solves a x = b for any square matrix by rows. */
mera_code mera_solve(const double *a, size_t k, const double *b, mera_arena *arena, double *x);

/**
 * The x of least norm that minimises |a x - b| for a table by columns. `rank` (may be NULL) counts
 * columns that are independent: singular directions below `tolerance` times the largest do not
 * count.
 */
mera_code mera_least_squares(const double *a, size_t n, size_t k, const double *b, double tolerance,
                             mera_arena *arena, double *x, size_t *rank);

/**
 * The triangle R of a = Q R and c = Q' b, k x k by columns: |R x - c| and |a x - b| have the same
 * minima, whatever constrains x. Needs n >= k.
 */
mera_code mera_reduce(const double *a, size_t n, size_t k, const double *b, mera_arena *arena,
                      double *r, double *c);

/** Minimises |a x - b| subject to x >= 0 for a table by columns. */
mera_code mera_nnls(const double *a, size_t n, size_t k, const double *b, mera_arena *arena,
                    double *x);

/**
 * Minimises |a x| subject to x >= 0 and sum x = 1: the point of the convex hull of the columns that
 * is nearest to the origin.
 */
mera_code mera_nearest_hull(const double *a, size_t n, size_t k, mera_arena *arena, double *x);

/**
 * Minimises |x| subject to g x >= h, g m x k by rows. MERA_EINPUT when no x fulfils all.
 */
mera_code mera_least_distance(const double *g, const double *h, size_t m, size_t k,
                              mera_arena *arena, double *x);

#endif
