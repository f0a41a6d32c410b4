/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Eigenvalues, singular values, Cholesky, linear equations: LAPACK (Anderson et al., LAPACK Users'
 * Guide, 3rd edition, 1999). The plain drivers dsyev and dgesvd are taken and not their faster
 * divide-and-conquer siblings: those call the C library's log, and the same bits are wanted.
 */
#include "numeric/linear.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

static mera_code linear_code(lapack_int info)
{
    if (info == LAPACK_WORK_MEMORY_ERROR || info == LAPACK_TRANSPOSE_MEMORY_ERROR) {
        return MERA_ENOMEM;
    }
    return info == 0 ? MERA_OK : info > 0 ? MERA_EINPUT : MERA_ESYSTEM;
}

/* Components whose magnitudes differ by rounding alone count as equal: the first of them decides.
 */
static double linear_sign(const double *v, size_t k)
{
    double largest = 0;
    for (size_t j = 0; j < k; j++) {
        largest = fmax(largest, fabs(v[j]));
    }
    for (size_t j = 0; j < k; j++) {
        if (fabs(v[j]) >= largest * (1 - 1e-9)) {
            return v[j] < 0 ? -1 : 1;
        }
    }
    return 1;
}

mera_code mera_eigen_symmetric(const double *a, size_t k, double *values, double *vectors)
{
    if (k == 0) {
        return MERA_OK;
    }
    memcpy(vectors, a, k * k * sizeof *a);
    const lapack_int info =
        LAPACKE_dsyev(LAPACK_COL_MAJOR, 'V', 'U', (lapack_int)k, vectors, (lapack_int)k, values);
    if (info != 0) {
        return info > 0 ? MERA_ESYSTEM : linear_code(info);
    }
    for (size_t f = 0; f < k / 2; f++) { /* LAPACK's order is ascending */
        const size_t g = k - 1 - f;
        const double value = values[f];
        values[f] = values[g];
        values[g] = value;
        for (size_t j = 0; j < k; j++) {
            const double component = vectors[f * k + j];
            vectors[f * k + j] = vectors[g * k + j];
            vectors[g * k + j] = component;
        }
    }
    for (size_t f = 0; f < k; f++) {
        const double sign = linear_sign(vectors + f * k, k);
        for (size_t j = 0; j < k; j++) {
            vectors[f * k + j] *= sign;
        }
    }
    return MERA_OK;
}

mera_code mera_cholesky(const double *a, size_t k, double *lower)
{
    if (k == 0) {
        return MERA_OK;
    }
    memcpy(lower, a, k * k * sizeof *a);
    /* the upper triangle by columns is the lower one by rows */
    MERA_TRY(
        linear_code(LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'U', (lapack_int)k, lower, (lapack_int)k)));
    for (size_t i = 0; i < k; i++) {
        for (size_t j = i + 1; j < k; j++) {
            lower[i * k + j] = 0;
        }
    }
    return MERA_OK;
}

mera_code mera_solve_definite(const double *a, size_t k, const double *b, mera_arena *arena,
                              double *x)
{
    double *copy;
    if (k == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(copy, arena, k * k);
    memcpy(copy, a, k * k * sizeof *a);
    memmove(x, b, k * sizeof *x);
    return linear_code(LAPACKE_dposv(LAPACK_COL_MAJOR, 'U', (lapack_int)k, 1, copy, (lapack_int)k,
                                     x, (lapack_int)k));
}

mera_code mera_solve(const double *a, size_t k, const double *b, mera_arena *arena, double *x)
{
    double *by_columns;
    lapack_int *pivot;
    if (k == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(by_columns, arena, k * k);
    MERA_TRY_NEW(pivot, arena, k);
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            by_columns[j * k + i] = a[i * k + j];
        }
    }
    memmove(x, b, k * sizeof *x);
    return linear_code(LAPACKE_dgesv(LAPACK_COL_MAJOR, (lapack_int)k, 1, by_columns, (lapack_int)k,
                                     pivot, x, (lapack_int)k));
}
