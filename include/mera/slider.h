/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The question of a slider: one weight moves, and where does everybody stand now, how surely? A
 * scored plan is made ready once; each answer is draws anew around the weights as they stand.
 */
#ifndef MERA_SLIDER_H
#define MERA_SLIDER_H

#include "mera/robust.h"

typedef struct mera_slider mera_slider;

/** A weight of the framework, on the scale in which the methodology writes it. */
typedef struct mera_slider_weight {
    size_t node, child; /**< number `child` of the children of `node` */
    double weight;      /**< 0 or more */
} mera_slider_weight;

/**
 * `ask` as for mera_robust_of(); certificates are worked out unless it says `draws_alone`, and
 * `kept` is not looked at. Factors of `uncertainty:` take no part: weights alone are drawn. The
 * plan and the result must outlive it. MERA_EUSAGE: no such node or period. Close it.
 */
mera_code mera_slider_open(mera_plan *plan, const mera_result *result, const mera_robust_ask *ask,
                           mera_slider **out);
void mera_slider_close(mera_slider *slider);

/**
 * Scores, places, intervals and bands with these weights instead of the written ones, all others as
 * they are: what mera_robust_of() gives of the same methodology with them set. Moves do not add up:
 * each starts from the methodology. `out` lives in `arena`, and as long as the slider.
 *
 * MERA_EUSAGE: no such child. MERA_EINPUT: a weight below 0 or not a number, no weight left in a
 * node, weights that an operation makes, or what mera_robust_of() refuses.
 */
mera_code mera_slider_at(mera_slider *slider, const mera_slider_weight *weight, size_t n,
                         mera_arena *arena, mera_diags *diags, mera_robust *out);

#endif
