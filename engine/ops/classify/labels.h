/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to ops/classify: labels of n numbered classes. */
#ifndef MERA_OPS_CLASSIFY_LABELS_H
#define MERA_OPS_CLASSIFY_LABELS_H

#include "mera/op.h"

/** The given labels must be n, or none. */
static inline mera_code labels_check(const mera_op *op, const mera_text_list *given, int64_t n,
                                     mera_op_ctx *ctx)
{
    if (given->n != 0 && given->n != (size_t)n) {
        return mera_fail(ctx->diags, MERA_EINPUT, "wrong-length", ctx->at,
                         "'labels' of %s has %zu items for %lld classes", op->name, given->n,
                         (long long)n);
    }
    return MERA_OK;
}

/** The given labels, or "1", "2", ... */
static inline mera_code labels_make(const mera_text_list *given, int64_t n, mera_arena *arena,
                                    mera_text_list *out)
{
    if (given->n > 0) {
        *out = *given;
        return MERA_OK;
    }
    const char **label;
    MERA_TRY_NEW(label, arena, (size_t)n);
    for (int64_t i = 0; i < n; i++) {
        label[i] = mera_arena_printf(arena, "%lld", (long long)i + 1);
        MERA_TRY_PTR(label[i]);
    }
    *out = (mera_text_list){(size_t)n, label};
    return MERA_OK;
}

#endif
