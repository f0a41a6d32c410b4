/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.constant -- fill gaps with a number the methodology names.
 *
 *     y = x, or value
 *
 * shape   x[n] -> y[n]
 * unit    x's
 * nulls   are filled
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3 (cold deck)
 */
#include "ops/support.h"

typedef struct {
    double value;
} constant_params;

static const mera_param constant_table[] = {
    {.name = "value",
     .type = MERA_PARAM_F64,
     .offset = offsetof(constant_params, value),
     .required = true,
     .help = "the number that stands for a missing one"},
    MERA_PARAMS_END,
};

static mera_code constant_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)ctx, (void)fitted;
    const constant_params *p = params;
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_is_present(x[i]) ? x[i] : p->value;
    }
    return MERA_OK;
}

const mera_op mera_op_impute_constant = {
    .name = "impute.constant",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with one number, the same for all units.",
    .formula = "y = x, or value where x is missing",
    .nulls = "are filled",
    .source = "OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3",
    .params = constant_table,
    .params_size = sizeof(constant_params),
    .apply = constant_apply,
};
