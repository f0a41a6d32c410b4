/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What imputers that look at several indicators of a unit have in common: which indicators they
 * see, and what they say of a column.
 */
#ifndef MERA_OPS_IMPUTE_TABLE_H
#define MERA_OPS_IMPUTE_TABLE_H

#include "ops/support.h"

enum { MERA_AMONG_SIBLINGS, MERA_AMONG_ALL };

/** The first member of the parameters of every table-wise operation; the plan reads it. */
typedef struct mera_table_params {
    int among;  /**< MERA_AMONG_... */
    int64_t up; /**< siblings: how many levels above an indicator their common node stands; 1 = its
                     own node */
} mera_table_params;

extern const char *const mera_among_names[];

/** The two parameters; `rec` has a mera_table_params named `table` as its first member. */
#define MERA_TABLE_PARAMS(rec)                                                                    \
    {.name = "among",                                                                             \
     .type = MERA_PARAM_ENUM,                                                                     \
     .offset = offsetof(rec, table.among),                                                        \
     .choices = mera_among_names,                                                                 \
     .help = "which indicators are looked at together: those below the same node, or all of the " \
             "framework"},                                                                        \
    {                                                                                             \
        .name = "up", .type = MERA_PARAM_INT, .offset = offsetof(rec, table.up), .fallback = 1,   \
        .min = 1, .max = 100, .help = "how many levels up that node is: 1 is the indicator's own" \
    }

enum { MERA_COLUMN_TEXT = 112 };

/** "indicator 'air'", or "indicator 3" (from 1) when ids are not at hand; cut to fit. */
const char *mera_op_column(const mera_op_ctx *ctx, size_t j, char out[MERA_COLUMN_TEXT]);

/** Is column j to be filled? */
static inline bool mera_table_fills(const mera_op_ctx *ctx, size_t j)
{
    return ctx->fill == NULL || ctx->fill[j] != 0;
}

/** y = x, column by column. */
void mera_table_copy(const double *const *x, size_t k, size_t n, double *const *y);

/** Warns of gaps of a column that could not be filled; says nothing of 0. `why` ends the message.
 */
void mera_table_warn_gaps(const mera_op *op, const mera_op_ctx *ctx, size_t j, size_t gaps,
                          const char *why);

#endif
