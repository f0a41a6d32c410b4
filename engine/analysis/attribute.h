/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Which change moved whom: the move of a unit between two sides, in places and in score, shared out
 * over the changes that lead from one to the other.
 *
 * A change's part is its Shapley value: what it adds to the changes made before it, as a mean over
 * all orders in which they may be made. Parts add up to the move. Up to `exact` changes all sets of
 * them are scored; with more, orders are drawn, each looked at together with its reverse, and a
 * part has a standard error. Sets are scored once, and those that differ in weights only share
 * their indicators.
 *
 * source  Shapley, Contributions to the Theory of Games II (1953) 307; Castro, Gomez, Tejada,
 *         Computers & Operations Research 36 (2009) 1726
 */
#ifndef MERA_ANALYSIS_ATTRIBUTE_H
#define MERA_ANALYSIS_ATTRIBUTE_H

#include "analysis/blend.h"
#include "analysis/compare.h"
#include "mera/robustness.h"

/** Defaults and limits. */
enum {
    MERA_ATTRIBUTE_EXACT = 8,   /**< changes */
    MERA_ATTRIBUTE_ORDERS = 32, /**< drawn with more: half of them reverses */
    MERA_ATTRIBUTE_MOST = 64,   /**< changes; more are not attributed */
};

typedef struct mera_attribute_ask {
    mera_engine *engine;
    const char *const *file; /**< data given instead of the methodologies' own */
    size_t n_files;
    size_t from, to; /**< sides */
    size_t exact; /**< up to so many changes all sets are scored; 0 = MERA_ATTRIBUTE_EXACT, which is
                       the most */
    size_t orders; /**< 0 = MERA_ATTRIBUTE_ORDERS; taken down to an even number, 4 or more */
    uint64_t seed;
    mera_progress_fn progress; /**< told before each run how many are done; false ends them: parts
                                    are of the orders that were done, or there are none. May be
                                    NULL */
    void *context;             /**< of progress */
} mera_attribute_ask;

/** What one change did. */
typedef struct mera_attribute_part {
    mera_step_between change;
    const double *rank;  /**< per unit of the comparison: places; positive = to a better one. Places
                              are counted among the units that both sides rank; NaN when a unit is
                              not among them or has no place in some set of changes */
    const double *score; /**< likewise */
    const double *rank_error, *score_error; /**< standard errors; 0 when exact */
} mera_attribute_part;

typedef struct mera_attribution {
    size_t from, to;
    size_t n;
    const mera_attribute_part *part;
    const double *move; /**< per unit: places gained in all, among the units that both sides rank;
                             NULL without parts */
    bool exact;
    size_t n_orders;             /**< drawn; 0 when exact */
    size_t n_scored, n_shared;   /**< methodologies scored between the sides; of them those whose
                                      indicators were there already */
    size_t n_runs, n_runs_asked; /**< sets between the sides that were looked at, one as often as
                                    orders pass it; fewer than asked when progress ended them */
    bool stopped;                /**< progress ended it */
    const char *why_not; /**< there are no parts: a set of changes that cannot be scored, too many,
                            or stopped; NULL = there are */
} mera_attribution;

/** Nothing differs: no parts. The answer lives in `arena`. */
mera_code mera_attribute_moves(const mera_comparison *comparison, const mera_attribute_ask *ask,
                               mera_arena *arena, mera_attribution *out);

#endif
