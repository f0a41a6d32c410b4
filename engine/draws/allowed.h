/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to draws: weights that are allowed, as rows of a linear program and by themselves.
 */
#ifndef MERA_DRAWS_ALLOWED_H
#define MERA_DRAWS_ALLOWED_H

#include "mera/certificates.h"
#include "numeric/lp.h"

typedef struct mera_allowed_set {
    const mera_allowed *rules;
    size_t k;      /**< weights: the first unknowns of a program */
    size_t n_free; /**< unknowns behind them: the scale of each node that has one */
    size_t
        *under; /**< [node * k + column]: the part that the column stands below; SIZE_MAX = none */
    double *given;             /**< [node * widest + part]: shares as written */
    double *value;             /**< scratch: of nodes */
    struct allowed_part *part; /**< scratch: of one node */
    size_t widest;
} mera_allowed_set;

#define MERA_ALLOWED_NEAR 1e-12 /* of a sum of shares */

/** Are its parts' weights their given shares times an unknown scale? */
bool mera_allowed_has_scale(const mera_weight_node *node);

/** `rules` NULL = all weights. */
mera_code mera_allowed_open(const mera_allowed *rules, size_t k, mera_arena *arena,
                            mera_allowed_set *out);

/** Adds rows and bounds to a program of `width` unknowns, k + n_free of them ours; `row` is
 * scratch. False when memory ran out. */
bool mera_allowed_rows(const mera_allowed_set *set, mera_lp *lp, double *row, size_t width);

/** The same as rows row.x >= low, or = low; every unknown is 0 or more besides. */
typedef struct mera_allowed_table {
    size_t d; /**< unknowns: k + n_free */
    size_t n;
    double *row; /**< [c * d + j] */
    double *low;
    bool *equal;
} mera_allowed_table;

mera_code mera_allowed_table_of(const mera_allowed_set *set, mera_arena *arena,
                                mera_allowed_table *out);

/** Some x[d] that fulfils them: the weights as written where these do (without a tree equal ones),
 * else what a program finds. MERA_EINPUT: no weights are allowed. */
mera_code mera_allowed_point(const mera_allowed_set *set, const mera_allowed_table *table,
                             mera_arena *arena, double *x);

/** Can mera_allowed_most() tell? Not where shares have a stated order. */
bool mera_allowed_is_closed(const mera_allowed_set *set);

/**
 * The largest g.w over the allowed weights, from the leaves up: a node is worth what its shares,
 * at their best, make of what its parts are worth. Within bounds the best parts get as much as the
 * others' least leaves (a continuous knapsack, Dantzig 1957); of `range` the best parts get the
 * most and the others the least, and some number of best ones is best. NaN: no weights are allowed.
 */
double mera_allowed_most(const mera_allowed_set *set, const double *g);

/** Says what MERA_EINPUT of a program means: no weights are allowed. */
mera_code mera_allowed_refuse(mera_code rc, mera_diags *diags);

#endif
