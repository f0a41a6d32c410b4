/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What moves the places of a scored plan: the shares of the variance of places that are due to each
 * thing that `uncertainty:` leaves open (weights and factors). docs/robustness.md.
 */
#ifndef MERA_VARIANCE_H
#define MERA_VARIANCE_H

#include "mera/robust.h"
#include "mera/sensitivity.h"

/** What is asked. Zero-initialised but for `unit`: the whole index, the first period. */
typedef struct mera_variance_ask {
    size_t node, period;
    size_t unit;               /**< whose place; SIZE_MAX = the mean shift of all */
    size_t runs;               /**< at most; 0 = 20,000 */
    double wide;               /**< enough when no interval of a total index is wider; 0 = 0.1 */
    bool by_step;              /**< factors of one step of the pipeline as one */
    const char *first, *total; /**< estimators by name; NULL = "jansen" */
    unsigned threads;          /**< changes nothing in the results */
    mera_progress_fn progress; /**< told now and then how many runs are done, of the most there may
                                    be; false ends them, and the rows that are whole are told. May
                                    be NULL */
    void *context;             /**< of progress */
    bool keep;                 /**< make out->kept: all shifts and places, 2 bytes a unit and run */
    const void *kept; /**< what an earlier result kept: gone on with from there; or NULL. It is of
                           the same methodology, data, seed and inputs */
    size_t kept_size;
    size_t block; /**< rows at a time; 0 = chosen by what memory they take. Changes nothing in the
                       results */
} mera_variance_ask;

/** One thing that is open, or all of one step. */
typedef struct mera_variance_input {
    const char *id;      /**< "weights", a factor's, or a step's */
    const char *step;    /**< of the pipeline: "weights", "normalise", "aggregate", "data", ... */
    double first, total; /**< share of the variance of a unit's place; of all: see `sobol` */
} mera_variance_input;

/** Estimates after so many rows of the design. */
typedef struct mera_variance_stage {
    size_t rows, runs;
    double widest; /**< interval of a total index; NaN = nothing varies */
} mera_variance_stage;

/** A unit's own place. */
typedef struct mera_variance_unit {
    double mean, sd;     /**< of its place */
    const double *first; /**< per input; NaN = its place never changes */
    const double *total;
    size_t most; /**< the input of the largest total index; SIZE_MAX = none */
} mera_variance_unit;

typedef struct mera_variance {
    size_t node, period, unit;
    mera_uncertainty rules;
    size_t n_inputs;
    const mera_variance_input *input;
    mera_sobol sobol; /**< of the outcome asked for; index[i] of input[i] */
    size_t rows, runs;
    double wide;
    bool settled;     /**< intervals are as narrow as asked */
    bool stopped;     /**< progress ended it */
    const void *kept; /**< when asked for: bytes to go on from; another result goes on as if never
                         stopped. There too when it was stopped before it could tell anything */
    size_t kept_size;
    size_t n_stages;
    const mera_variance_stage *stage;
    uint64_t combinations, failed; /**< of choices made ready; runs without scores */
    size_t n_failures;
    const mera_robust_failure *failure;
    const size_t *order; /**< units with a place, best first */
    size_t n_ranked;
    const mera_variance_unit *place; /**< per unit of the data; NULL = too much memory */
} mera_variance;

/**
 * Runs a Sobol' design over the inputs, twice the rows each time, until the intervals are narrow
 * enough or the runs are used up. Weights are one input; their draw in row r of design A is number
 * r of their law, in B number 2^40 + r.
 *
 * Rows that were kept are all used, and counted as if they had been run: where a run with wider
 * intervals would have done with fewer, those of the result are narrower than asked.
 *
 * MERA_EUSAGE: no such node, period or estimator. MERA_EINPUT: fewer than two things are open,
 * nobody has a score, hardly a row is without a failed run, or what was kept is of something else.
 * The result lives in `arena`.
 */
mera_code mera_variance_of(mera_plan *plan, const mera_result *result, const mera_variance_ask *ask,
                           mera_arena *arena, mera_diags *diags, mera_variance *out);

#endif
