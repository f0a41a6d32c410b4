/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to aggregators: what is common to those that are no quasi-arithmetic mean.
 *
 * A child of weight 0 takes no part. At a unit where a child is missing the weights of the present
 * ones stand for all. Weights enter as shares of their sum, unless an operation says otherwise.
 */
#ifndef MERA_OPS_AGGREGATE_CHILDREN_H
#define MERA_OPS_AGGREGATE_CHILDREN_H

#include "mera/op.h"

/** Which way the result of a method whose published score falls with quality is handed on. */
enum { MERA_BETTER_HIGHER, MERA_BETTER_LOWER };

/** Names of these for parameters, NULL-terminated. */
extern const char *const mera_better_names[];

/** Does child j take part? */
static inline bool mera_child_counts(const mera_children *in, size_t j)
{
    return in->w[j] > 0;
}

/** The sum of the weights, in the order of the children. */
double mera_children_weight(const mera_children *in);

/** How many children take part. */
size_t mera_children_count(const mera_children *in);

/** present[i]: the weight of the children present at unit i. */
mera_code mera_children_present(const mera_children *in, mera_arena *arena, double **present);

/** y[i]: the weighted mean of the present children; missing where there is none. */
void mera_children_mean(const mera_children *in, const double *present, double *y);

/** The present children of unit i, in their order: values to v, weights to w (may be NULL). */
size_t mera_children_at(const mera_children *in, size_t i, double *v, double *w);

/** How many units have a child that is present. */
size_t mera_children_units(const mera_children *in, const double *present);

/** The number of a child by its id, or by its place from 1 when the ids are not known. */
mera_code mera_children_find(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                             const char *key, const char *name, size_t *out);

enum { MERA_CHILD_TEXT = 96 };

/** "child 'air'", or "child 2" (from 1) when ids are not at hand. */
const char *mera_child_text(const mera_op_ctx *ctx, size_t j, char out[MERA_CHILD_TEXT]);

/** Missing where no child is present; refuses a result that is not a finite number. */
mera_code mera_children_finish(const mera_op *op, const mera_op_ctx *ctx, const mera_children *in,
                               const double *present, double *y);

#endif
