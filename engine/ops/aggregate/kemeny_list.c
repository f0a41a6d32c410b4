/* SPDX-License-Identifier: Apache-2.0 */
/** @file All best rankings of aggregate.kemeny in words. */
#include "base/text.h"
#include "ops/aggregate/kemeny.h"
#include "ops/support.h"

static void list_ranking(const mera_op_ctx *ctx, const uint32_t *ranking, const size_t *unit,
                         size_t n, mera_text *out)
{
    char name[MERA_UNIT_TEXT];
    for (size_t p = 0; p < n; p++) {
        mera_text_addf(out, "%s%s", p == 0 ? "" : " > ",
                       ctx->unit_name != NULL ? ctx->unit_name[unit[ranking[p]]]
                                              : mera_op_unit(ctx, unit[ranking[p]], name));
    }
}

mera_code mera_kemeny_note_all(const mera_op *op, const mera_op_ctx *ctx, const mera_kemeny *best,
                               const size_t *unit, size_t n, size_t first)
{
    mera_text text = {.arena = ctx->arena};
    for (size_t r = 0; r < (size_t)best->optima; r++) {
        mera_text_add(&text, r == 0 ? "" : "; ");
        list_ranking(ctx, best->ranking + r * n, unit, n, &text);
    }
    const char *all = mera_text_string(&text);
    MERA_TRY_PTR(all);
    mera_op_note(ctx, "kemeny", "%s: %s has %.0f best orders for places %zu to %zu: %s",
                 mera_op_subject(op, ctx), op->name, best->optima, first + 1, first + n, all);
    return MERA_OK;
}
