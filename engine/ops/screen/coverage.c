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
 * tests does not matter. Units in `keep` and `drop` are not judged: the first stay, the others go.
 */
#include "base/text.h"
#include "ops/column.h"
#include "ops/support.h"

typedef struct {
    double unit_coverage, indicator_coverage, non_zero;
    mera_text_list keep, drop;
} coverage_params;

static const mera_param coverage_table[] = {
    MERA_F64(coverage_params, unit_coverage, 0, 0, 1, NULL,
             "least share of indicators a unit must have"),
    MERA_F64(coverage_params, indicator_coverage, 0, 0, 1, NULL,
             "least share of units an indicator must have"),
    MERA_F64(coverage_params, non_zero, 0, 0, 1, NULL,
             "least share of a unit's present values that are not 0"),
    {.name = "keep",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(coverage_params, keep),
     .fallback_text = "[]",
     .help = "keys of units that stay, whatever they have"},
    {.name = "drop",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(coverage_params, drop),
     .fallback_text = "[]",
     .help = "keys of units that go, whatever they have"},
    MERA_PARAMS_END,
};

/* Shares such as 13/20 against 0.65 must not fail by the last bit. */
static bool coverage_enough(size_t part, size_t whole, double least)
{
    return whole == 0 ? least <= 0 : (double)part >= least * (double)whole - 1e-9;
}

static bool coverage_lists(const mera_text_list *list, const char *unit)
{
    for (size_t i = 0; i < list->n; i++) {
        if (mera_streq(list->v[i], unit)) {
            return true;
        }
    }
    return false;
}

static mera_code coverage_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const coverage_params *p = params;
    mera_code rc = MERA_OK;
    for (size_t i = 0; i < p->keep.n; i++) {
        if (coverage_lists(&p->drop, p->keep.v[i])) {
            rc = mera_fail(ctx->diags, MERA_EINPUT, "said-twice", ctx->at,
                           "unit '%s' is in both 'keep' and 'drop' of %s", p->keep.v[i], op->name);
        }
    }
    return rc;
}

/* Sets what a list says of its units; one that no unit has is an error. */
static mera_code coverage_force(const mera_op *op, const mera_op_ctx *ctx, const char *key,
                                const mera_text_list *list, uint8_t verdict, size_t n,
                                uint8_t *keep_unit)
{
    const char *const *names = ctx->unit_key != NULL ? ctx->unit_key : ctx->unit_name;
    mera_code rc = MERA_OK;
    for (size_t u = 0; u < list->n; u++) {
        bool found = false;
        for (size_t i = 0; names != NULL && i < n; i++) {
            if (mera_streq(names[i], list->v[u])) {
                keep_unit[i] = verdict;
                found = true;
            }
        }
        if (found) {
            continue;
        }
        const char *near = names != NULL ? mera_nearest(list->v[u], names, n) : NULL;
        rc = mera_fail(ctx->diags, MERA_EINPUT, "unknown-unit", ctx->at,
                       "'%s' of %s names '%s', which is none of the units", key, op->name,
                       list->v[u]);
        if (near != NULL) {
            mera_hint(ctx->diags, "did you mean '%s'?", near);
        }
    }
    return rc;
}

static mera_code coverage_screen(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const double *const *x, size_t k, size_t n, uint8_t *keep_unit,
                                 uint8_t *keep_column)
{
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
    const mera_code keep = coverage_force(op, ctx, "keep", &p->keep, 1, n, keep_unit);
    const mera_code drop = coverage_force(op, ctx, "drop", &p->drop, 0, n, keep_unit);
    return keep != MERA_OK ? keep : drop;
}

const mera_op mera_op_screen_coverage = {
    .name = "screen.coverage",
    .step = MERA_STEP_SCREEN,
    .version = 1,
    .summary = "Leave out units and indicators with too little data.",
    .formula = "keep when the share of present values is at least the threshold",
    .nulls = "are what is counted",
    .conventions = "all shares are of the table before anything is left out; units in 'keep' and "
                   "'drop' are not judged",
    .source = "JRC, Your 10-Step Pocket Guide to Composite Indicators (2019), step 3",
    .params = coverage_table,
    .params_size = sizeof(coverage_params),
    .check = coverage_check,
    .screen = coverage_screen,
};
