/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * screen.coverage -- keep units and indicators of which enough is known.
 *
 *     unit i stays       when present(i) / indicators >= unit_coverage
 *                        and  nonzero(i) / present(i) >= non_zero
 *     indicator j stays  when present(j) / units      >= indicator_coverage
 *
 * shape   x[k][n] -> keep_unit[n], keep_column[k]
 * nulls   are what is counted
 * source  JRC, Your 10-Step Pocket Guide to Composite Indicators (2019), step 3; COINr's Screen()
 *
 * All shares are of the table as it stands before anything is left out, so the order of the two
 * tests does not matter.
 */
#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    double unit_coverage, indicator_coverage, non_zero;
} coverage_params;

static const mera_param coverage_table[] = {
    MERA_F64(coverage_params, unit_coverage, 0, 0, 1, NULL,
             "least share of indicators a unit must have"),
    MERA_F64(coverage_params, indicator_coverage, 0, 0, 1, NULL,
             "least share of units an indicator must have"),
    MERA_F64(coverage_params, non_zero, 0, 0, 1, NULL,
             "least share of a unit's present values that are not 0"),
    MERA_PARAMS_END,
};

/* Shares such as 13/20 against 0.65 must not fail by the last bit. */
static bool coverage_enough(size_t part, size_t whole, double least)
{
    return whole == 0 ? least <= 0 : (double)part >= least * (double)whole - 1e-9;
}

static mera_code coverage_screen(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const double *const *x, size_t k, size_t n, uint8_t *keep_unit,
                                 uint8_t *keep_column)
{
    (void)op;
    const coverage_params *p = params;
    size_t *present, *nonzero;
    MERA_TRY_NEW(present, ctx->arena, n);
    MERA_TRY_NEW(nonzero, ctx->arena, n);
    for (size_t j = 0; j < k; j++) {
        const size_t units = mera_column_count(x[j], n);
        keep_column[j] = coverage_enough(units, n, p->indicator_coverage);
        for (size_t i = 0; i < n; i++) {
            present[i] += mera_is_present(x[j][i]);
            nonzero[i] += mera_is_present(x[j][i]) && x[j][i] != 0;
        }
    }
    for (size_t i = 0; i < n; i++) {
        keep_unit[i] = coverage_enough(present[i], k, p->unit_coverage) &&
                       coverage_enough(nonzero[i], present[i], p->non_zero);
    }
    return MERA_OK;
}

const mera_op mera_op_screen_coverage = {
    .name = "screen.coverage",
    .step = MERA_STEP_SCREEN,
    .version = 1,
    .summary = "Leave out units and indicators with too little data.",
    .formula = "keep when the share of present values is at least the threshold",
    .nulls = "are what is counted",
    .conventions = "all shares are of the table before anything is left out",
    .source = "JRC, Your 10-Step Pocket Guide to Composite Indicators (2019), step 3",
    .params = coverage_table,
    .params_size = sizeof(coverage_params),
    .screen = coverage_screen,
};
