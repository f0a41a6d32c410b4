/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to draws: an elastic program. Conditions g_c.w + margin <= 0 may be broken at a price,
 * and the weights among the allowed ones are sought that pay least:
 *
 *     minimise  sum over c of  price_c max(0, g_c.w + margin)
 *
 * The sum is convex and piecewise linear, so its least stands at a vertex of the pieces. The search
 * goes from vertex to vertex along edges, each time to the least on the whole line, over as many
 * kinks as that takes (as Barrodale and Roberts do for absolute deviations, SIAM J. Numer. Anal. 10
 * (1973) 839). Weights stay allowed all the way, whatever the prices: a new question is answered
 * from where the last one ended. A step costs (conditions + rows + unknowns) times unknowns.
 */
#ifndef MERA_DRAWS_ELASTIC_H
#define MERA_DRAWS_ELASTIC_H

#include "draws/allowed.h"

typedef struct mera_elastic {
    size_t m, k;
    double *g;     /**< [c * k + j]: to be filled, m of them, then mera_elastic_take() */
    double *price; /**< m: to be filled before mera_elastic_least() */
    double margin; /**< to be filled */
    double *x;     /**< the weights found, k, and unknowns of the allowed set behind them */
    double *value; /**< m: g.w + margin there */
    uint64_t work; /**< multiplications so far, to a factor: the same on every machine */
    mera_allowed_table allowed;
    size_t d;         /**< unknowns */
    double *dir;      /**< [slot * d + j]: leaves what stands in the slot, keeps the other slots */
    size_t *base;     /**< d: what holds with equality; SIZE_MAX = nothing, moves both ways */
    uint8_t *on;      /**< m: broken, and counted in the gradient */
    uint8_t *in_base; /**< unknowns, rows, conditions */
    double *gradient, *lean; /**< d: of the sum; of a constraint along each direction */
    double *slack;           /**< of unknowns and rows */
    double *slope;           /**< of unknowns, rows, conditions along the direction that is gone */
    struct elastic_kink *kink;
    size_t since; /**< exchanges since the directions were made anew */
} mera_elastic;

/** Room for `m` conditions over the allowed weights, starting at some of them. MERA_EINPUT: no
 * weights are allowed. */
mera_code mera_elastic_open(const mera_allowed_set *set, size_t m, mera_arena *arena,
                            mera_elastic *out);

/** The first `m` conditions are filled in. Weights stay where they are. */
void mera_elastic_take(mera_elastic *e, size_t m);

/** Goes to the least; *cost is what is paid there. False: rounding kept it from being sure. */
bool mera_elastic_least(mera_elastic *e, double *cost);

#endif
