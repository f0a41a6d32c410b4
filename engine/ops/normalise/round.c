/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * normalise.round -- round in decimal, as published methods do between steps.
 *
 *     y = x to `digits` decimals
 *
 * shape   x[n] -> y[n]
 * unit    x's
 * nulls   stay missing
 * source  PNUD Brasil, Atlas do Desenvolvimento Humano (2013): sub-indices half up to 3 decimals
 */
#include "mera/op.h"
#include "mera/rounding.h"

typedef struct {
    int64_t digits;
    int mode;
} round_params;

static const char *const round_mode[] = {"half_up", "half_even", NULL};
static const mera_param round_table[] = {
    MERA_INT(round_params, digits, 3, -12, 12, "decimals; negative ones round to tens, hundreds"),
    MERA_ENUM(round_params, mode, 0, round_mode, "where an exact half goes"),
    MERA_PARAMS_END,
};

static mera_code round_apply(const mera_op *op, const void *params, mera_op_ctx *ctx,
                             const mera_fitted *fitted, const double *x, size_t n, double *y)
{
    (void)op, (void)ctx, (void)fitted;
    const round_params *p = params;
    const mera_rounding how = {p->mode == 0 ? MERA_ROUND_HALF_UP : MERA_ROUND_HALF_EVEN,
                               (int)p->digits};
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_round(x[i], how);
    }
    return MERA_OK;
}

const mera_op mera_op_normalise_round = {
    .name = "normalise.round",
    .step = MERA_STEP_NORMALISE,
    .version = 1,
    .summary = "Round in decimal.",
    .formula = "y = x to digits decimals",
    .nulls = "stay missing",
    .conventions = "half up is away from zero, judged on the number's 15 significant digits",
    .source = "PNUD Brasil, Atlas do Desenvolvimento Humano no Brasil (2013)",
    .params = round_table,
    .params_size = sizeof(round_params),
    .apply = round_apply,
};
