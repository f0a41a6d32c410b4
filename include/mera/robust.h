/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How sure the places of a scored plan are when its weights are a matter of choice: draws of
 * weights by the laws of `uncertainty:`, and what holds without drawing. docs/robustness.md.
 */
#ifndef MERA_ROBUST_H
#define MERA_ROBUST_H

#include "mera/certificates.h"
#include "mera/plan.h"

/** What is asked. Zero-initialised: the whole index, the first period, all as the methodology says.
 */
typedef struct mera_robust_ask {
    size_t node, period;
    uint64_t draws;   /**< 0 = the methodology's */
    size_t top;       /**< 0 = the methodology's */
    unsigned threads; /**< 0 = all processors; changes nothing in the results */
    bool anew;        /**< score the framework anew in each draw even where products will do: slow,
                           for tests */
    mera_progress_fn progress; /**< told now and then how far draws are; false ends them, and what
                                    was done is summed up. May be NULL */
    void *context;             /**< of progress */
    bool keep;        /**< make out->kept: it copies and hashes all counts, those of pairs too */
    const void *kept; /**< what an earlier result kept: gone on with from there; or NULL */
    size_t kept_size;
    bool draws_alone; /**< no certificates */
    size_t block;     /**< draws at a time; 0 = chosen by what memory they take. Changes nothing in
                           the results */
} mera_robust_ask;

/** Why something cannot be had the short way. */
typedef enum mera_robust_why {
    MERA_ROBUST_FINE,
    MERA_ROBUST_OPERATION, /**< the node is no mean of the kind that is needed */
    MERA_ROBUST_MISSING,   /**< values are missing, and its rule for that is not to rescale */
    MERA_ROBUST_FLOOR,     /**< it has a floor */
    MERA_ROBUST_THEN,      /**< it normalises its own score */
    MERA_ROBUST_AS_GIVEN,  /**< its weights are not divided by their sum */
    MERA_ROBUST_ONE_PART,  /**< it has one part with a weight */
    MERA_ROBUST_FEW_UNITS, /**< fewer than two units have all its parts */
    MERA_ROBUST_ASKED,     /**< the caller wants it so */
} mera_robust_why;

/** A part of the node: a child with a weight. */
typedef struct mera_robust_part {
    bool is_indicator;
    size_t index; /**< into the methodology's nodes or indicators */
    mera_stable_weight stable;
} mera_robust_part;

/** Draws that gave no scores. */
typedef struct mera_robust_failure {
    const char *choices; /**< "scale = zscore, mean = geometric"; "" = none in particular */
    const char *reason;
    uint64_t draws;
} mera_robust_failure;

typedef struct mera_robust {
    size_t node, period;
    mera_uncertainty rules;   /**< in force: what was asked over what the methodology says */
    double mass;              /**< share of draws that an interval of places holds */
    mera_robust_why why_anew; /**< why each draw scores the framework anew: for the node `which` */
    size_t which;
    bool joint;            /**< factors of `uncertainty:` were drawn with the weights */
    uint64_t combinations; /**< of their choices that were scored; those kept count once */
    uint64_t drawn;        /**< draws tried, fewer than rules.draws when progress ended them */
    const void *kept; /**< when asked for: bytes to go on from; another result goes on as if never
                         stopped */
    size_t kept_size;
    uint64_t failed; /**< draws that gave no scores: they are not among summary.draws */
    size_t n_failures;
    const mera_robust_failure *failure;
    mera_draws_summary summary;
    const double *score; /**< of the node, n_units; NaN = no place */
    const size_t *order; /**< units with a place, best first */
    size_t n_ranked;
    size_t n_narrow;          /**< of them, those with an interval of at most MERA_NARROW places */
    mera_robust_why why_none; /**< why there are no certificates */
    size_t n_parts;
    const mera_robust_part *part;
    size_t n_pairs;
    const mera_epsilon *pair; /**< neighbours, least sure first; columns are numbers of parts */
} mera_robust;

enum { MERA_NARROW = 10 };

/**
 * Draws weights and counts places at one node in one period. Where the node and all below it are
 * weighted power means that need nothing else, draws are products of tables; else the framework is
 * scored anew in each, over indicators that stay as they are. Both ways draw the same weights: a
 * child of weight 0 keeps it, and takes no part.
 *
 * Certificates are of the node's own children, for an arithmetic or geometric mean and units that
 * have all of them; they are of scores before rounding.
 *
 * MERA_EUSAGE: no such node or period. MERA_EINPUT: nobody has a score, a weight is negative, or
 * the framework has no answer under some of the weights. The result lives in `arena`.
 */
mera_code mera_robust_of(mera_plan *plan, const mera_result *result, const mera_robust_ask *ask,
                         mera_arena *arena, mera_diags *diags, mera_robust *out);

#endif
