/* SPDX-License-Identifier: Apache-2.0 */
/** @file Singular vectors with the signs that LAPACK's dgesdd leaves (numeric/linear.h). */
#include "numeric/linear.h"

#include <lapacke.h>
#include <string.h>

mera_code mera_singular(const double *a, size_t n, size_t k, mera_arena *arena, double *values,
                        double *vectors)
{
    const size_t r = n < k ? n : k;
    double *copy, *u, *vt;
    if (r == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(copy, arena, n * k);
    MERA_TRY_NEW(u, arena, n * r);
    MERA_TRY_NEW(vt, arena, r * k);
    memcpy(copy, a, n * k * sizeof *a);
    const lapack_int info =
        LAPACKE_dgesdd(LAPACK_COL_MAJOR, 'S', (lapack_int)n, (lapack_int)k, copy, (lapack_int)n,
                       values, u, (lapack_int)n, vt, (lapack_int)r);
    if (info != 0) {
        return info == LAPACK_WORK_MEMORY_ERROR ? MERA_ENOMEM : MERA_ESYSTEM;
    }
    for (size_t f = 0; f < r; f++) {
        for (size_t j = 0; j < k; j++) {
            vectors[f * k + j] = vt[j * r + f];
        }
    }
    return MERA_OK;
}
