/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One node's aggregate from its children: floor, the rule for missing children, the aggregator or
 * formula, the least share of weight that must be present, rounding. It sees rows only, so the
 * same code scores a framework and splits a score into contributions.
 */
#include "base/math.h"
#include "base/text.h"
#include "ops/kernel.h"
#include "run/internal.h"

#include <string.h>

/** What a missing child counts as; NaN = it is left to the aggregator. */
static double missing_stands_for(const mera_node *node)
{
    switch (node->missing) {
    case MERA_MISSING_ZERO:
        return 0;
    case MERA_MISSING_VALUE:
        return node->missing_value;
    case MERA_MISSING_SKIP:
        return mera_run_neutral(node->aggregate.op);
    case MERA_MISSING_RENORMALISE:
    case MERA_MISSING_PROPAGATE:
        break;
    }
    return NAN;
}

double mera_run_neutral(const mera_op *op)
{
    if (op == NULL) {
        return NAN;
    }
    if (mera_streq(op->name, "aggregate.sum") || mera_streq(op->name, "aggregate.arithmetic")) {
        return 0;
    }
    if (mera_streq(op->name, "aggregate.product") || mera_streq(op->name, "aggregate.geometric")) {
        return 1;
    }
    return NAN;
}

double mera_run_counted(const mera_node *node, double value)
{
    if (isnan(value)) {
        return missing_stands_for(node);
    }
    return !isnan(node->floor) && value < node->floor ? node->floor : value;
}

/** One child after floor and rule: its own array when neither changes it. */
static mera_code missing_prepare(const mera_node *node, const double *x, size_t n,
                                 mera_arena *scratch, const double **out)
{
    const double fill = missing_stands_for(node);
    const bool floors = !isnan(node->floor);
    double *y;

    *out = x;
    if (!floors && (isnan(fill) || mera_run_count_missing(x, n) == 0)) {
        return MERA_OK;
    }
    y = mera_arena_alloc(scratch, n, sizeof *y);
    MERA_TRY_PTR(y);
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_run_counted(node, x[i]);
    }
    *out = y;
    return MERA_OK;
}

/** Weight of missing children per row, or NULL when no rule asks for it. */
static mera_code missing_weight(const mera_node *node, const run_table *table, mera_arena *scratch,
                                double **out)
{
    const bool asks = node->missing == MERA_MISSING_PROPAGATE ||
                      node->missing == MERA_MISSING_SKIP || node->min_present > 0;

    *out = NULL;
    if (!asks) {
        return MERA_OK;
    }
    MERA_TRY_NEW(*out, scratch, table->n);
    for (size_t j = 0; j < table->k; j++) {
        const double w = table->w[j], *x = table->x[j];

        for (size_t i = 0; i < table->n; i++) {
            (*out)[i] += isnan(x[i]) ? w : 0;
        }
    }
    return MERA_OK;
}

/** Takes back the aggregate where too little was present. */
static void missing_refuse(const mera_node *node, const run_table *table, const double *weight,
                           double *y)
{
    const double slack = 1e-9; /* shares such as 2/3 against 0.6666666667 */
    double total = 0;

    for (size_t j = 0; j < table->k; j++) {
        total += table->w[j];
    }
    for (size_t i = 0; i < table->n; i++) {
        const bool none = node->missing == MERA_MISSING_SKIP && weight[i] >= total;
        const bool some = node->missing == MERA_MISSING_PROPAGATE && weight[i] > 0;
        const bool few = weight[i] > (1 - node->min_present + slack) * total;

        if (none || some || few) {
            y[i] = NAN;
        }
    }
}

static mera_code missing_formula(const run_node *node, const run_table *table, const size_t *child,
                                 mera_op_ctx *ctx, double *y)
{
    const size_t n_reads = mera_formula_n_reads(node->formula);
    const double **column;
    double *nothing = NULL;

    MERA_TRY_NEW(column, ctx->arena, n_reads);
    for (size_t r = 0; r < n_reads; r++) {
        for (size_t j = 0; j < table->k; j++) {
            if (child[j] == node->formula_child[r]) {
                column[r] = table->x[j];
            }
        }
        if (column[r] == NULL && nothing == NULL) { /* a child that screening left out */
            MERA_TRY_NEW(nothing, ctx->arena, table->n);
            (void)mera_run_fill(nothing, table->n, NAN);
        }
        column[r] = column[r] != NULL ? column[r] : nothing;
    }
    return mera_formula_run(node->formula, column, table->n, node->subject, NULL, ctx->arena,
                            ctx->diags, y);
}

double *mera_run_fill(double *y, size_t n, double value)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = value;
    }
    return y;
}

mera_code mera_run_aggregate(const run_node *node, const run_table *table, const size_t *child,
                             const char *const *unit_name, mera_op_ctx *ctx, double *y)
{
    const mera_node *def = node->node;
    const mera_op *op = def->aggregate.op;
    run_table ready = *table;
    mera_children in = {.n = table->n, .k = table->k, .w = table->w, .total = table->total};
    double *weight;

    MERA_TRY_NEW(ready.x, ctx->arena, table->k);
    for (size_t j = 0; j < table->k; j++) {
        MERA_TRY(missing_prepare(def, table->x[j], table->n, ctx->arena, &ready.x[j]));
    }
    in.x = ready.x;
    ctx->unit_name = unit_name;
    if (def->formula != NULL) {
        MERA_TRY(missing_formula(node, &ready, child, ctx, y));
    } else if (op->transform != NULL) {
        MERA_TRY(mera_mean_kernel(op, def->aggregate.params, ctx, &in, ctx->arena, y));
    } else {
        MERA_TRY(op->aggregate(op, def->aggregate.params, ctx, &in, y));
    }
    MERA_TRY(missing_weight(def, table, ctx->arena, &weight));
    if (weight != NULL) {
        missing_refuse(def, table, weight, y);
    }
    (void)mera_run_clean(y, NULL, table->n);
    if (def->round.mode != MERA_ROUND_NONE) {
        for (size_t i = 0; i < table->n; i++) {
            y[i] = mera_round(y[i], def->round);
        }
    }
    return MERA_OK;
}
