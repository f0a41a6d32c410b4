/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to ops/impute: fills gaps with the one fitted number. */
#ifndef MERA_OPS_IMPUTE_FILL_H
#define MERA_OPS_IMPUTE_FILL_H

#include "ops/support.h"

static inline mera_code fill_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)params, (void)ctx;
    const double value = fitted->v[0];
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(x[i]) ? x[i] : value;
    }
    return MERA_OK;
}

#endif
