/* SPDX-License-Identifier: Apache-2.0 */
/** @file What imputers that look at several indicators of a unit have in common (table.h). */
#include "ops/impute/table.h"

#include <stdio.h>
#include <string.h>

const char *const mera_among_names[] = {"siblings", "all", NULL};

const char *mera_op_column(const mera_op_ctx *ctx, size_t j, char out[MERA_COLUMN_TEXT])
{
    if (ctx->child_name == NULL || ctx->child_name[j] == NULL) {
        snprintf(out, MERA_COLUMN_TEXT, "indicator %zu", j + 1);
    } else {
        snprintf(out, MERA_COLUMN_TEXT, "indicator '%.96s'", ctx->child_name[j]);
    }
    return out;
}

void mera_table_copy(const double *const *x, size_t k, size_t n, double *const *y)
{
    for (size_t j = 0; j < k; j++) {
        memcpy(y[j], x[j], n * sizeof *y[j]);
    }
}

void mera_table_warn_gaps(const mera_op *op, const mera_op_ctx *ctx, size_t j, size_t gaps,
                          const char *why)
{
    char column[MERA_COLUMN_TEXT];
    if (gaps > 0) {
        mera_warn(ctx->diags, "gaps-left", ctx->at, "%s: %s leaves %zu gap%s open: %s",
                  mera_op_column(ctx, j, column), op->name, gaps, gaps == 1 ? "" : "s", why);
        mera_hint(ctx->diags, "another imputer may follow in a list: 'impute: [..., median]'");
    }
}
