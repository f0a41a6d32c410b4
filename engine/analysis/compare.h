/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Results side by side: variants of a methodology or different ones. Who moved, by how much, how
 * far the orders agree, and which settings differ. Units are matched by key.
 *
 *     Spearman's rho   correlation of ranks, ties share the mean of their places
 *     Kendall's tau-b  (C - D) / sqrt((C + D + Ta)(C + D + Tb)), C, D pairs in equal, opposite
 * order
 *
 * source  Kendall, Rank Correlation Methods (1948); Knight, JASA 61 (1966) for n log n counting
 */
#ifndef MERA_ANALYSIS_COMPARE_H
#define MERA_ANALYSIS_COMPARE_H

#include "mera/similar.h"

/** With more sides than these only pairs with the first are compared. */
enum { MERA_COMPARE_ALL_PAIRS = 16 };

/** Sides whose Kendall's tau-b is this or more give nearly the same order. */
#define MERA_COMPARE_NEAR 0.95

/** Orders squared times units up to which clusters are looked for. */
enum { MERA_COMPARE_CLUSTERED = 20000000 };

/** Places of two sides among the units that both rank: who has no data on one side moves nobody. */
typedef struct mera_compare_common {
    size_t n_units;
    const double *place[2]; /**< as they are when both rank the same units; else counted anew, equal
                                 ones sharing the least; NaN = not ranked in both */
    double *room[2];
    uint32_t *count;
} mera_compare_common;

mera_code mera_compare_common_new(size_t n_units, mera_arena *arena, mera_compare_common *out);

/** Fills in `place`, which holds until the next call, from places of `n_units` (NaN = none). */
void mera_compare_common_of(mera_compare_common *common, const double *a, const double *b);

/** One side. */
typedef struct mera_compare_side {
    const char *label; /**< "base", "variant equal", a methodology's id */
    const mera_result *result;
    size_t node;   /**< of that result's methodology; 0 = the root */
    size_t period; /**< of that result */
} mera_compare_side;

/** A unit that some side knows. */
typedef struct mera_compare_unit {
    const char *key, *name;
    const double *score; /**< n_sides; NaN = missing there */
    const double *rank;  /**< n_sides; NaN = not ranked there */
    const double *move;  /**< n_sides: places gained against side 0, among the units that both rank;
                              NaN = it is not among them */
    double largest_move; /**< largest |move[k]|; NaN when it cannot be told */
} mera_compare_unit;

/** Two sides, `a` before `b`. */
typedef struct mera_compare_pair {
    size_t a, b;
    size_t n_common;   /**< units ranked in both */
    double spearman;   /**< NaN with fewer than two common units or when one side is all ties */
    double kendall;    /**< likewise */
    double mean_shift; /**< mean |place b - place a|, both among the common units */
    double max_shift;
    size_t n_moved;      /**< common units whose place differs */
    size_t top;          /**< how many best units were looked at: min(10, n_common) unless asked */
    size_t top_common;   /**< of them in the best of both */
    const size_t *mover; /**< unit indices, largest move first (then unit order); all that moved */
} mera_compare_pair;

/** A leaf of the effective methodologies that is not the same in all sides. */
typedef struct mera_compare_setting {
    const char *path;          /**< "framework.health.weight" */
    const char *const *value;  /**< n_sides, as written; NULL = not set there */
    const char *const *origin; /**< n_sides: "--set", "variant 'equal'", ...; NULL = the file */
    const mera_at *at;         /**< n_sides */
} mera_compare_setting;

typedef struct mera_comparison {
    size_t n_sides;
    const mera_compare_side *side;
    size_t n_units;
    const mera_compare_unit *unit; /**< as in side 0's data, then those only others know */
    size_t n_pairs;
    const mera_compare_pair *pair; /**< (0,1), (0,2), ..., then (1,2), ... while there are
                                        MERA_COMPARE_ALL_PAIRS sides or fewer, else the first row */
    const size_t *order_of;   /**< n_sides: the first side that has the same places; its own number
                                   when no earlier one has; NULL = not looked at */
    size_t n_orders;          /**< that differ */
    const size_t *cluster_of; /**< n_sides: the first side of the cluster it is in; NULL = not
                                 looked at, with too many orders */
    size_t n_clusters;
    size_t medoid; /**< the side nearest to all: least mean |place - place| of common units, summed
                        over the others; of equals the first */
    double
        medoid_distance; /**< that sum, a mean over the other sides; NaN when it cannot be told */
    size_t n_settings;
    const mera_compare_setting *setting; /**< in the order of the trees, without titles and texts */
} mera_comparison;

/** Compares two or more sides; `top` 0 means 10. MERA_EUSAGE with fewer than two. */
mera_code mera_compare(const mera_compare_side *side, size_t n_sides, size_t top, mera_arena *arena,
                       mera_diags *diags, const mera_comparison **out);

/** A unit among its similar units on one side. */
typedef struct mera_compare_among {
    double place;  /**< 1 + how many of them score better; NaN = the unit has no score */
    double median; /**< their median score; NaN = nobody has one */
    size_t n;      /**< of them, those with a score */
} mera_compare_among;

/** A unit beside its similar units: those that the base makes comparable with it. */
typedef struct mera_compare_beside {
    size_t unit;                     /**< of the comparison */
    mera_similar similar;            /**< numbers of units are those of the comparison too */
    const mera_compare_among *among; /**< n_sides */
} mera_compare_beside;

/**
 * One set for all sides, so that sides can be compared: mera_similar_of() of side 0 in the period
 * shown, whose plan is `plan`. MERA_EINPUT: side 0 does not know the unit, or as there. Lives in
 * `arena`.
 */
mera_code mera_compare_beside_of(const mera_plan *plan, const mera_comparison *comparison,
                                 size_t unit, mera_arena *arena, mera_diags *diags,
                                 mera_compare_beside *out);

/** Fills in orders and the medoid of a comparison whose units are there. */
mera_code mera_compare_orders(mera_comparison *comparison, mera_arena *arena);

/** Fills in clusters of a comparison whose orders are there. */
mera_code mera_compare_clusters(mera_comparison *comparison, mera_arena *arena);

/** Spearman's rho of two columns over the rows where both are present; NaN when not defined. */
mera_code mera_spearman(const double *a, const double *b, size_t n, mera_arena *scratch,
                        double *rho);

/** Kendall's tau-b, likewise. */
mera_code mera_kendall(const double *a, const double *b, size_t n, mera_arena *scratch,
                       double *tau);

/** What differs between effective methodologies. */
mera_code mera_compare_settings(const mera_value *const *tree, size_t n, mera_arena *arena,
                                const mera_compare_setting **out, size_t *n_out);

#endif
