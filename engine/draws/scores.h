/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From a tree of weighted means over columns to scores of units in tiles of draws. A tree of means
 * of one power without rounding is one matrix product for the units that have all values;
 * everything else is evaluated node by node, its draws side by side.
 */
#ifndef MERA_DRAWS_SCORES_H
#define MERA_DRAWS_SCORES_H

#include "draws/laws.h"

enum { MERA_SCORER_NEAR = 16 }; /**< panels at a time */

typedef struct mera_scorer {
    size_t rows;                 /**< units of the table */
    size_t n, k;                 /**< units that have a value, columns */
    const double *const *column; /**< the table's; it outlives the scorer */
    const double **added; /**< as its mean adds it up, all units; NULL = to be made from it */
    uint8_t *used;        /**< 1 = some node asks for the column */
    uint8_t *whole;       /**< 1 = so it is, of every unit, and its mean has an answer */
    size_t *unit;         /**< their numbers in the table: complete ones first */
    size_t n_complete;    /**< those the product serves */
    size_t n_panels;
    double *panel; /**< of these, by panels (draws/kernels.h); NULL = made as they are needed */
    double *z;     /**< of the others: z[(i - n_complete) * k + j]; NaN = missing */
    const mera_weight_node *node;
    size_t n_nodes;
    mera_sampler *sampler; /**< by node */
    bool single;           /**< the root's shares are the columns' weights, in their order */
    bool ascending;        /**< places go by rising score (and falling is turned) */
} mera_scorer;

/** Scratch of one thread. */
typedef struct mera_scorer_space {
    mera_walk *walk;  /**< by node */
    double **share;   /**< by node: parts * 16 */
    double *factor;   /**< n_nodes * 16: weight of each node in the index */
    double *value;    /**< n_nodes * 16: values of one unit */
    uint8_t *present; /**< n_nodes */
} mera_scorer_space;

mera_code mera_scorer_make(const mera_draws_ask *ask, mera_arena *arena, mera_diags *diags,
                           mera_scorer *out);
/** As mera_scorer_make(). What is known of columns that are those of another scorer (NULL = none)
 * is taken over from it, which must outlive this one. */
mera_code mera_scorer_make_like(const mera_draws_ask *ask, const mera_scorer *like,
                                mera_arena *arena, mera_diags *diags, mera_scorer *out);
/** Makes what columns add up to, where it is not the columns themselves, for scorers like it. */
mera_code mera_scorer_add_up(mera_scorer *s, mera_arena *arena);
mera_code mera_scorer_space_new(const mera_scorer *s, mera_arena *arena, mera_scorer_space *out);

/** Makes the panels, once for all draws. */
mera_code mera_scorer_pack(mera_scorer *s, mera_arena *arena);

/** y[t][i * 16 + lane] of the units that the product serves, tiles of w and y as in the kernel.
 * Without panels they are made in `room`, MERA_SCORER_NEAR * MERA_PANEL * k. */
void mera_scorer_product(const mera_scorer *s, const mera_kernels *kernels, const double *w,
                         double *y, size_t stride, size_t n_tiles, double *room);

/** What a mean of this power adds up. */
double mera_scorer_transform(double power, double x);

/** Shares of all nodes, and the columns' weights w[j * 16 + lane], in draws first .. first + 15. */
void mera_scorer_weights(const mera_scorer *s, const mera_kernels *kernels, uint64_t seed,
                         uint64_t first, mera_scorer_space *space, double *w);

/** The columns' weights from the shares of all nodes in `space`: each way down the tree adds its
 * product. */
void mera_scorer_down(const mera_scorer *s, mera_scorer_space *space, double *w);

/** y[i * 16 + lane] of the units the product does not serve, from the shares in `space`. */
void mera_scorer_rest(const mera_scorer *s, mera_scorer_space *space, double *y);

/** The score that a number of the root stands for: it is compared before its inverse is taken. */
double mera_scorer_value(const mera_scorer *s, double y);

#endif
