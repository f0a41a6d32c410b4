/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to ops: comparison of every pair of units, child by child.
 *
 *     e_ab = ( sum w [a better] + 1/2 sum w [a and b equal] ) / sum w,   e_ab + e_ba = 1
 *
 * over the children that both units have; without such a child e_ab = 1/2, for nothing speaks for
 * either. With an indifference threshold a difference up to it counts as equal. With a veto a unit
 * that is worse than the other by more than it in any child cannot win: its e is at most 1/2.
 * Kept is 2 e_ab - 1, the lead of a over b, from -1 to 1. A lead within 1e-12 of 0 is rounding and
 * is 0.
 *
 * source  Munda, Nardo, Applied Economics 41 (2009) 1513; veto: Roy, Theory and Decision 31 (1991)
 */
#ifndef MERA_OPS_OUTRANK_H
#define MERA_OPS_OUTRANK_H

#include "mera/op.h"

/** What the operations that compare pairs share; their parameter structs begin with it. */
typedef struct mera_outrank_rule {
    double indifference;
    double veto;                           /**< NaN: none */
    mera_bands indifference_for, veto_for; /**< other ones of single children, by id */
} mera_outrank_rule;

#define MERA_OUTRANK_MAP(field, text)                                                           \
    {                                                                                           \
        .name = #field, .type = MERA_PARAM_BANDS, .offset = offsetof(mera_outrank_rule, field), \
        .fallback_text = "{}", .min = 0, .max = 1e12, .unit = "points", .help = (text)          \
    }

/** The entries of these in a parameter table; `rec` begins with the rule. */
#define MERA_OUTRANK_PARAMS                                                                   \
    MERA_F64(mera_outrank_rule, indifference, 0, 0, 1e12, "points",                           \
             "a difference between two units up to it counts as none"),                       \
        {.name = "veto",                                                                      \
         .type = MERA_PARAM_F64,                                                              \
         .offset = offsetof(mera_outrank_rule, veto),                                         \
         .nullable = true,                                                                    \
         .fallback = NAN,                                                                     \
         .min = 0,                                                                            \
         .max = 1e12,                                                                         \
         .unit = "points",                                                                    \
         .help = "who is worse by more than it in any child does not win; null for no veto"}, \
        MERA_OUTRANK_MAP(indifference_for,                                                    \
                         "other differences that count as none, by child: {air: 2}"),         \
        MERA_OUTRANK_MAP(veto_for, "other vetoes, by child: {air: 30}")

/** Units first..first+n-1 against unit `a`, all of them after a. lead[i] is that of a. */
typedef void (*mera_outrank_fn)(void *data, size_t a, size_t first, size_t n, const double *lead);

/**
 * Calls `visit` for blocks that hold every pair of units once, always in the same order.
 * MERA_EINPUT when the rule names a child that is not there; `op` is for that message only.
 */
mera_code mera_outrank_each(const mera_op *op, mera_op_ctx *ctx, const mera_children *in,
                            const mera_outrank_rule *rule, mera_outrank_fn visit, void *data);

#endif
