/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How sure a place is: many draws of weights over a table of normalised columns, and what the
 * places in them add up to. docs/robustness.md defines the numbers.
 *
 * Draw number d of a seed is the same for any number of threads, any size of block, any vector
 * width, and in a run that was stopped and taken up again; sums over draws are of whole numbers, so
 * what they add up to is the same too. Memory does not grow with the number of draws.
 */
#ifndef MERA_ROBUSTNESS_H
#define MERA_ROBUSTNESS_H

#include "mera/error.h"
#include "mera/rounding.h"

/* ---- laws of weights ---------------------------------------------------------------------- */

typedef enum mera_law_kind {
    MERA_LAW_FIXED,     /**< the given shares in every draw */
    MERA_LAW_UNIFORM,   /**< all shares equally likely: -ln u / sum, uniform on the simplex */
    MERA_LAW_DIRICHLET, /**< Dirichlet(concentration * given shares): their mean is the given */
    MERA_LAW_RANGE,     /**< given (1 + range u), u uniform in (-1, 1), rescaled to sum 1 */
    MERA_LAW_POLYTOPE,  /**< all shares within bounds and orders equally likely: hit-and-run */
} mera_law_kind;

/** Share `above` is at least `ratio` times share `below` (children from 0). */
typedef struct mera_weight_order {
    size_t above, below;
    double ratio; /**< 0 stands for 1 */
} mera_weight_order;

/** How the shares of one node's children vary. Zero-initialised: not at all. */
typedef struct mera_law {
    mera_law_kind kind;
    mera_at at;               /**< for messages */
    double concentration;     /**< DIRICHLET: > 0; the larger the nearer to the given */
    double range;             /**< RANGE: above 0, below 1 */
    const double *low, *high; /**< POLYTOPE: of each share; NULL = 0 and 1 */
    const mera_weight_order *order;
    size_t n_orders;
} mera_law;

/** A child: a column, or a node further down. */
typedef struct mera_weight_part {
    bool is_node;
    size_t index;  /**< of the column or the node */
    double weight; /**< given; >= 0, taken as a share of the children's sum */
} mera_weight_part;

/** A weighted power mean of its children, the present ones where some are missing. */
typedef struct mera_weight_node {
    size_t n;
    const mera_weight_part *part;
    mera_law law;
    double power;           /**< 1 = arithmetic, 0 = geometric, -1 = harmonic, ... */
    mera_rounding rounding; /**< of its value */
} mera_weight_node;

/* ---- draws -------------------------------------------------------------------------------- */

enum { MERA_TOPS = 8 };

/** What is to be drawn. Lent: columns and nodes must outlive the draws. */
typedef struct mera_draws_ask {
    size_t n, k;                    /**< units, columns */
    const double *const *z;         /**< z[j][i]: directed, normalised; NaN = missing */
    const char *const *column_name; /**< for messages; or NULL */
    const mera_weight_node *node;   /**< node 0 is the root; children come after their parents */
    size_t n_nodes;
    bool lower_is_better;
    uint64_t seed;
    unsigned threads; /**< 0 = all processors */
    size_t block;     /**< draws a job takes; 0 = chosen. Changes nothing in the results */
    const char
        *kernels; /**< "baseline", "avx2", "avx512"; NULL = the best. Changes nothing either */
    size_t top[MERA_TOPS]; /**< count draws in which a place is at most so much */
    size_t n_top;
    bool no_pairs; /**< do not count who beats whom; there are no bands then */
    bool central;  /**< sum up the weights with which each unit is first */
} mera_draws_ask;

typedef struct mera_draws mera_draws;

/**
 * Draws over a table. Units without any present column have no place and take no part. MERA_EINPUT:
 * a law that cannot be met, a value a mean has no answer for, a node without children; MERA_EUSAGE:
 * an ask that contradicts itself; MERA_ELIMIT: over 65,000 units. Close them.
 */
mera_code mera_draws_open(const mera_draws_ask *ask, mera_diags *diags, mera_draws **out);
void mera_draws_close(mera_draws *draws);

/** Called between blocks; false stops the run, which keeps what was done. */
typedef bool (*mera_progress_fn)(void *context, uint64_t done, uint64_t until);

/** Adds the draws up to number `until` (from 0, exclusive). `progress` may be NULL. */
mera_code mera_draws_run(mera_draws *draws, uint64_t until, mera_progress_fn progress,
                         void *context);

/** How many draws have been added. */
uint64_t mera_draws_done(const mera_draws *draws);

/** The state as bytes in `arena`, to go on with later. */
mera_code mera_draws_save(const mera_draws *draws, mera_arena *arena, void **bytes, size_t *size);

/** Takes up a saved state. MERA_EINPUT when it is not of the same ask (seed, table, laws, counts).
 */
mera_code mera_draws_restore(mera_draws *draws, const void *bytes, size_t size, mera_diags *diags);

/** Weights of the columns in draws first .. first + count - 1: w[d * k + j], each draw summing to 1
 * (over all ways down the tree). */
mera_code mera_draws_weights(const mera_draws *draws, uint64_t first, size_t count, double *w);

/* ---- scores from outside ------------------------------------------------------------------ */

/**
 * As mera_draws_open(), for scores that are made elsewhere: by runs in which more than weights
 * varies. Of the ask n, lower_is_better, threads, top, no_pairs, seed (a mark of a saved state) and
 * kernels count. `reference` are the n scores that shifts are from; a NaN there is a unit without
 * place.
 */
mera_code mera_draws_open_scores(const mera_draws_ask *ask, const double *reference,
                                 mera_diags *diags, mera_draws **out);

/** Adds the next `count` draws, score[d * n + i]; NaN: no place in that draw. Best by hundreds. */
mera_code mera_draws_add_scores(mera_draws *draws, size_t count, const double *score);

/** The same from places place[d * n + i], from 1, equals sharing the least; n + 1: none. tied[d]
 * is 1 when units share a place in that draw, else 0. */
mera_code mera_draws_add_places(mera_draws *draws, size_t count, const uint16_t *place,
                                const uint8_t *tied);

/* ---- what they add up to ------------------------------------------------------------------ */

/** Where one band ends and the next begins, units standing in order of median place. */
typedef enum mera_band_rule {
    MERA_BANDS_LEADER, /**< before the first unit that the band's first one surely beats */
    MERA_BANDS_CHAIN   /**< where all above surely beat all below */
} mera_band_rule;

/** Zero-initialised: the defaults. */
typedef struct mera_sureness {
    double mass; /**< of the interval of places; 0 = 0.9, that is 5 % to 95 % */
    double sure; /**< two units are in order when one beats the other in this share; 0 = 0.95 */
    mera_band_rule bands;
} mera_sureness;

/** One unit. Places are counted from 1; equal scores share the least. */
typedef struct mera_place_summary {
    uint32_t reference; /**< place by the given weights; 0 = none */
    double median, low,
        high; /**< least place p with P(place <= p) at least 1/2, (1 - mass)/2, ... */
    double mean;
    double first;           /**< share of draws in which it is first */
    uint64_t unplaced;      /**< draws in which it has no score */
    uint32_t band;          /**< from 1; 0 = not counted */
    uint32_t not_sure;      /**< units whose order to it is not sure */
    double top[MERA_TOPS];  /**< share of draws with a place of at most ask.top[t] */
    uint32_t central_place; /**< its place by its own central weights; 0 = it never is first */
} mera_place_summary;

typedef struct mera_draws_summary {
    uint64_t draws;
    uint64_t tied;     /**< draws in which some units share a place */
    double mean_shift; /**< mean over draws and units of |place - reference place| */
    double max_shift;  /**< largest mean over units of a draw */
    size_t n;          /**< units, as asked */
    const mera_place_summary *unit;
    size_t n_bins,
        bin; /**< histogram[i * n_bins + b]: draws with a place in (b bin, (b + 1) bin] */
    const uint32_t *histogram;
    const double *beats;  /**< [i * n + k] share of draws in which i is before k; or NULL */
    uint64_t beats_draws; /**< draws those shares are of */
    size_t n_bands;
    const double
        *central; /**< [i * k + j] mean weights of draws with i first, NaN = none; or NULL */
} mera_draws_summary;

mera_code mera_draws_summarise(const mera_draws *draws, const mera_sureness *how, mera_arena *arena,
                               mera_draws_summary *out);

#endif
