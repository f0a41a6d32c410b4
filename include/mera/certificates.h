/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Certificates: what holds for every weighting of a range, worked out, not sampled. All of them are
 * of weighted sums of columns where higher is better.
 */
#ifndef MERA_CERTIFICATES_H
#define MERA_CERTIFICATES_H

#include "mera/robustness.h"
#include "mera/statistics.h"

enum { MERA_NOBODY = -1 };

/** How far one weight may go, the others keeping their proportions, before two units change places.
 */
typedef struct mera_stable_weight {
    double weight;    /**< the share it has */
    double low, high; /**< the order is the same for every share between these; 0 or 1 = to the end;
                           NaN when it has all the weight, and the others have no proportions */
    long low_pair[2], high_pair[2]; /**< the units that tie at that end, the better one first;
                                         MERA_NOBODY where nobody does */
} mera_stable_weight;

/**
 * Of each column: the largest interval around its weight in which the weighted sums of all units
 * keep their order,
 *
 *     D(a) = a d_j + (1 - a) D0,   zero at a = D0 / (D0 - d_j)
 *
 * d_j the difference of two units in column j, D0 that on the others with their weights rescaled to
 * 1. Only units next to each other in the order can tie first, so k (n - 1) roots are all there
 * are. Two units that tie from the start and would part at once make low = high = weight; sums that
 * differ by less than 1e-12 of the largest are equal.
 *
 * weight[k] is 0 or more and is divided by its sum; units that lack a value take no part. `out` has
 * room for k. MERA_EUSAGE without columns or weight.
 *
 * source  textbook algebra; cf. Triantaphyllou and Sanchez, Decision Sciences 28 (1997) 151
 */
mera_code mera_stable_weights_of(const mera_columns *columns, const double *weight,
                                 mera_arena *arena, mera_stable_weight *out);

/* ---- pairs -------------------------------------------------------------------------------- */

/** Neighbours in the order of scores. */
typedef struct mera_epsilon {
    size_t upper, lower;
    double epsilon; /**< the order holds for all (1 - e) w + e v, v any weights, e <= epsilon */
    size_t column;  /**< that speaks most for the lower one; SIZE_MAX = none does: dominance */
} mera_epsilon;

/**
 * Epsilon robustness of neighbours, best first: w.d / (w.d - min d), or 1 when no d is negative;
 * 0 for equal scores of different rows. weight[k] is 0 or more and is divided by its sum; units
 * that lack a value take no part. MERA_EUSAGE without weight.
 *
 * source  Foster, McGillivray, Seth, Econometric Reviews 32 (2013) 35
 */
mera_code mera_epsilons_of(const mera_columns *columns, const double *weight, mera_arena *arena,
                           mera_epsilon **out, size_t *n_out);

/* ---- dominance ---------------------------------------------------------------------------- */

typedef struct mera_hasse_unit {
    size_t below, above, equal; /**< units it dominates, that dominate it, with an equal row */
    size_t incomparable;
    size_t level;  /**< 1 = nobody dominates it; else 1 + the deepest of those that do */
    double lpom;   /**< average place over all orders that respect dominance, approximately */
    bool complete; /**< false: a value is missing and nothing is said */
} mera_hasse_unit;

typedef struct mera_cover {
    size_t upper, lower; /**< upper dominates lower, and nobody stands between them */
} mera_cover;

typedef struct mera_hasse {
    const mera_hasse_unit *unit; /**< n */
    size_t n_complete, n_levels;
    size_t n_dominant, n_incomparable, n_equal; /**< pairs */
    const mera_cover *cover;                    /**< the edges of a Hasse diagram */
    size_t n_covers;
} mera_hasse;

/**
 * i dominates k when it is nowhere worse and somewhere better: then no weights put k before i.
 * Place by LPOM, 1 = best: m + 1 - (S + 1)(m + 1) / (m + 1 - U), S units below, U incomparable,
 * m in all, of which equal rows are one.
 *
 * source  Brueggemann et al., J. Chem. Inf. Comput. Sci. 44 (2004) 618
 */
mera_code mera_hasse_of(const mera_columns *columns, mera_arena *arena, mera_hasse *out);

/* ---- places that can be reached ----------------------------------------------------------- */

/** Weights that are allowed: w >= 0 of sum 1, and what is said here. Zero-initialised: all. */
typedef struct mera_allowed {
    const double *low, *high; /**< k each; NULL = 0 and 1 */
    const mera_weight_order *order;
    size_t n_orders;
    const mera_weight_node *node; /**< a tree over the columns, each below it once: what the laws
                                       of its nodes can draw; or NULL */
    size_t n_nodes;
} mera_allowed;

typedef struct mera_first {
    bool can;
    double margin; /**< largest lead over the next that any allowed weights give; below 0: behind */
    const double *w; /**< k weights with that lead */
} mera_first;

/**
 * Can the unit be first, and with which weights? A linear program. Differences up to 1e-7 of the
 * largest value in size count as none; equal rows share their place. `allowed` NULL = all weights.
 * MERA_EINPUT: no weights are allowed, or the unit lacks a value.
 */
mera_code mera_first_of(const mera_columns *columns, const mera_allowed *allowed, size_t unit,
                        mera_arena *arena, mera_diags *diags, mera_first *out);

typedef struct mera_reached {
    size_t place;    /**< reached, with these weights */
    size_t bound;    /**< no allowed weights go beyond this; equal to `place` when exact */
    const double *w; /**< k */
} mera_reached;

typedef struct mera_reach {
    mera_reached best, worst;
    size_t n; /**< units in the comparison */
} mera_reach;

/** A limit for one unit of many: n units together take some seconds at most, whatever n. */
#define MERA_REACH_QUICK SIZE_MAX

/**
 * Best and worst place of a unit over all allowed weights: branch and bound over elastic programs,
 * `limit` of them for each end (0 = 1e9 multiplications of theirs, a second or so), after which a
 * bound stays a bound: no clock is asked, so it is the same everywhere. A place counts as reached
 * when the leads it needs are above 1e-7 of the largest value in size: one that rests on an exact
 * tie is not. Errors as mera_first_of().
 *
 * source  Lorenz, Brauer, Lorenz, "Rank-optimal weighting" (2016)
 */
mera_code mera_reach_of(const mera_columns *columns, const mera_allowed *allowed, size_t unit,
                        size_t limit, mera_arena *arena, mera_diags *diags, mera_reach *out);

#endif
