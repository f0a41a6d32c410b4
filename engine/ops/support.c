/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Refusals in common words. Each names the subject, the unit where there is one, what was found,
 * and a way out.
 */
#include "ops/support.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

const char *mera_op_unit(const mera_op_ctx *ctx, size_t i, char out[MERA_UNIT_TEXT])
{
    if (ctx->unit_name == NULL || ctx->unit_name[i] == NULL) {
        snprintf(out, MERA_UNIT_TEXT, "unit %zu", i + 1);
        return out;
    }
    int room = MERA_UNIT_TEXT - (int)sizeof "unit ''";
    const char *name = ctx->unit_name[i];
    if (strlen(name) > (size_t)room) { /* cut before a character, not inside it */
        while (room > 0 && ((unsigned char)name[room] & 0xC0) == 0x80) {
            room--;
        }
    }
    snprintf(out, MERA_UNIT_TEXT, "unit '%.*s'", room, name);
    return out;
}

const char *mera_op_subject(const mera_op *op, const mera_op_ctx *ctx)
{
    return ctx->subject != NULL ? ctx->subject : op->name;
}

mera_code mera_op_refuse_empty(const mera_op *op, const mera_op_ctx *ctx)
{
    const mera_code rc =
        mera_fail(ctx->diags, MERA_EINPUT, "no-values", ctx->at,
                  "%s has no value in the reference set of %s", mera_op_subject(op, ctx), op->name);
    mera_hint(ctx->diags, "screen it out, or choose a wider reference set (reference: {by, period, "
                          "fallback})");
    return rc;
}

mera_code mera_op_refuse_constant(const mera_op *op, const mera_op_ctx *ctx, double value,
                                  const char *what)
{
    char found[32];
    mera_number_write(value, found);
    return mera_fail(ctx->diags, MERA_EINPUT, "constant-column", ctx->at,
                     "%s is %s everywhere in the reference set of %s and cannot be %s",
                     mera_op_subject(op, ctx), found, op->name, what);
}

mera_code mera_op_refuse_child(const mera_op *op, const mera_op_ctx *ctx, size_t j, size_t i,
                               double value)
{
    char unit[MERA_UNIT_TEXT], found[32], number[24];
    const bool named = ctx->child_name != NULL && ctx->child_name[j] != NULL;
    const bool positive = value == 0 || (op->flags & MERA_OP_POSITIVE) != 0;
    mera_number_write(value, found);
    snprintf(number, sizeof number, "%zu", j + 1);
    const mera_code rc = mera_fail(
        ctx->diags, MERA_EINPUT, "no-mean", ctx->at,
        "%s has no %s at %s: its child %s%s%s is %s there, allowed is %s", mera_op_subject(op, ctx),
        op->name, mera_op_unit(ctx, i, unit), named ? "'" : "", named ? ctx->child_name[j] : number,
        named ? "'" : "", found, positive ? "above 0" : "0 or above");
    mera_hint(ctx->diags, "raise low scores with 'floor: 1', or normalise onto a range above 0, "
                          "'range: [1, 100]'");
    return rc;
}

mera_code mera_op_refuse_result(const mera_op *op, const mera_op_ctx *ctx, size_t i)
{
    char unit[MERA_UNIT_TEXT];
    return mera_fail(ctx->diags, MERA_EINPUT, "not-finite", ctx->at,
                     "%s: %s gives no finite number at %s", mera_op_subject(op, ctx), op->name,
                     mera_op_unit(ctx, i, unit));
}

mera_code mera_op_refuse_log(const mera_op *op, const mera_op_ctx *ctx, size_t i, double value)
{
    char unit[MERA_UNIT_TEXT], found[32];
    mera_number_write(value, found);
    return mera_fail(ctx->diags, MERA_EINPUT, "no-logarithm", ctx->at,
                     "%s is %s at %s, which has no logarithm (%s needs values above 0)",
                     mera_op_subject(op, ctx), found, mera_op_unit(ctx, i, unit), op->name);
}

mera_code mera_op_fitted(mera_op_ctx *ctx, size_t n, mera_fitted *out)
{
    out->v = mera_arena_zero(ctx->arena, n, sizeof *out->v);
    out->n = n;
    return out->v != NULL ? MERA_OK : MERA_ENOMEM;
}

void mera_op_note(const mera_op_ctx *ctx, const char *id, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    char *text = length >= 0 ? mera_arena_alloc(ctx->arena, (size_t)length + 1, 1) : NULL;
    if (text != NULL) {
        vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    va_end(again);
    va_end(arguments);
    if (text == NULL) {
        return; /* memory is out, which the operation meets next */
    }
    for (size_t i = 0; ctx->diags != NULL && i < mera_diags_size(ctx->diags); i++) {
        if (mera_streq(mera_diags_get(ctx->diags, i)->message, text)) {
            return;
        }
    }
    if (ctx->diags != NULL) {
        mera_note(ctx->diags, id, ctx->at, "%s", text);
    }
}
