/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Least squares by orthogonal factors: LAPACK's dgelsy (QR with pivoting, so that columns that
 * depend on others are found and give the solution of least norm) and dgeqrf.
 */
#include <lapacke.h>
#include <string.h>

#include "numeric/linear.h"

static mera_code squares_code(lapack_int info)
{
    if (info == LAPACK_WORK_MEMORY_ERROR || info == LAPACK_TRANSPOSE_MEMORY_ERROR) {
        return MERA_ENOMEM;
    }
    return info == 0 ? MERA_OK : MERA_ESYSTEM;
}

mera_code mera_least_squares(const double *a, size_t n, size_t k, const double *b, double tolerance,
                             mera_arena *arena, double *x, size_t *rank)
{
    const size_t rows = n > k ? n : k;
    double *copy, *right;
    lapack_int *pivot, found = 0;
    if (rank != NULL) {
        *rank = 0;
    }
    if (n == 0 || k == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(copy, arena, n * k);
    MERA_TRY_NEW(right, arena, rows);
    MERA_TRY_NEW(pivot, arena, k);
    memcpy(copy, a, n * k * sizeof *a);
    memcpy(right, b, n * sizeof *b);
    MERA_TRY(squares_code(LAPACKE_dgelsy(LAPACK_COL_MAJOR, (lapack_int)n, (lapack_int)k, 1, copy,
                                         (lapack_int)n, right, (lapack_int)rows, pivot, tolerance,
                                         &found)));
    memcpy(x, right, k * sizeof *x);
    if (rank != NULL) {
        *rank = (size_t)found;
    }
    return MERA_OK;
}

mera_code mera_reduce(const double *a, size_t n, size_t k, const double *b, mera_arena *arena,
                      double *r, double *c)
{
    double *both, *tau; /* (a, b) is factored as one table: its last column then holds Q' b */
    const size_t wide = k + 1, steps = n < wide ? n : wide;
    MERA_TRY_NEW(both, arena, n * wide);
    MERA_TRY_NEW(tau, arena, steps);
    memcpy(both, a, n * k * sizeof *a);
    memcpy(both + n * k, b, n * sizeof *b);
    MERA_TRY(squares_code(LAPACKE_dgeqrf(LAPACK_COL_MAJOR, (lapack_int)n, (lapack_int)wide, both,
                                         (lapack_int)n, tau)));
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < k; i++) {
            r[j * k + i] = i <= j ? both[j * n + i] : 0;
        }
        c[j] = both[k * n + j];
    }
    return MERA_OK;
}
