/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to ops: what several operations say in the same words. */
#ifndef MERA_OPS_SUPPORT_H
#define MERA_OPS_SUPPORT_H

#include "mera/op.h"

enum { MERA_UNIT_TEXT = 96 };

/** "unit 'Омск'", or "unit 7" (from 1) when names are not at hand; cut to fit. */
const char *mera_op_unit(const mera_op_ctx *ctx, size_t i, char out[MERA_UNIT_TEXT]);

/** "indicator 'air'", or the operation's name when the subject is not known. */
const char *mera_op_subject(const mera_op *op, const mera_op_ctx *ctx);

/** The reference set holds no value at all. */
mera_code mera_op_refuse_empty(const mera_op *op, const mera_op_ctx *ctx);

/** All values of the reference set are the same; `what` cannot be done then. */
mera_code mera_op_refuse_constant(const mera_op *op, const mera_op_ctx *ctx, double value,
                                  const char *what);

/** Child j of a node has a value at unit i that the aggregator has no answer for. */
mera_code mera_op_refuse_child(const mera_op *op, const mera_op_ctx *ctx, size_t j, size_t i,
                               double value);

/** The result of an aggregator at unit i is not a finite number. */
mera_code mera_op_refuse_result(const mera_op *op, const mera_op_ctx *ctx, size_t i);

/** A value at unit i has no logarithm. */
mera_code mera_op_refuse_log(const mera_op *op, const mera_op_ctx *ctx, size_t i, double value);

/** Room for n fitted numbers in ctx->arena. */
mera_code mera_op_fitted(mera_op_ctx *ctx, size_t n, mera_fitted *out);

/** A note that is recorded once, however many periods and units lead to it. */
void mera_op_note(const mera_op_ctx *ctx, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Present or not, in one test that compilers turn into a mask. */
static inline bool mera_is_present(double x)
{
    return x == x;
}

#endif
