/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Variance-based sensitivity: how much of the variance of an outcome is due to each uncertain
 * choice. Points and designs say what to run; from the outcomes of the runs come the indices.
 * docs/robustness.md defines the estimators.
 */
#ifndef MERA_SENSITIVITY_H
#define MERA_SENSITIVITY_H

#include "mera/error.h"

/* ---- points ------------------------------------------------------------------------------- */

/** Sobol' points of d dimensions, in Gray-code order. */
typedef struct mera_sobol_sequence mera_sobol_sequence;

/**
 * Joe and Kuo's (2008) direction numbers, to 32 bits. Scrambled by a seed as Owen (1995) does: each
 * bit is flipped by chance, the chance depending on the dimension and all bits before it; so every
 * point is uniform and nets stay nets. MERA_ELIMIT over 1,024 dimensions.
 */
mera_code mera_sobol_sequence_new(size_t d, bool scrambled, uint64_t seed, mera_arena *arena,
                                  mera_sobol_sequence **out);

/** x[i * d + j] of points first .. first + n - 1. Inside (0, 1) when scrambled; else point 0 is 0.
 */
void mera_sobol_points(const mera_sobol_sequence *s, uint32_t first, size_t n, double *x);

/* ---- designs ------------------------------------------------------------------------------ */

/**
 * Runs for indices of k inputs in groups: n of design A, n of B, and for each group n of A whose
 * inputs of the group are from B; with `swapped` then n of B with the group's from A.
 */
typedef struct mera_sobol_design {
    size_t n, k;
    const size_t *group; /**< of each input, from 0, none left out; NULL = each its own */
    size_t n_groups;     /**< when `group` is given */
    bool swapped;        /**< some estimators want it */
    uint64_t seed;
} mera_sobol_design;

/** How many runs that is. */
size_t mera_sobol_runs(const mera_sobol_design *design);

/** Inputs x[r * k + j], uniform in (0, 1), of runs first .. first + count - 1. MERA_ELIMIT over 512
 * inputs, MERA_EUSAGE when a group is none. */
mera_code mera_sobol_inputs(const mera_sobol_design *design, size_t first, size_t count,
                            mera_arena *arena, double *x);

/* ---- indices ------------------------------------------------------------------------------ */

/** An estimator of first-order or total indices. */
typedef struct mera_sobol_estimator {
    const char *name, *formula, *source;
    bool total, swapped;
} mera_sobol_estimator;

/** All of them, first-order ones first; NULL after the last. */
const mera_sobol_estimator *mera_sobol_estimator_get(size_t index);

/** Zero-initialised but for y, n, d: the defaults. */
typedef struct mera_sobol_ask {
    size_t n, d;               /**< runs of design A; inputs or groups */
    const double *y;           /**< outcomes of all runs, in the design's order; NaN = failed */
    bool swapped;              /**< the design has the swapped part */
    const char *first, *total; /**< estimators by name; NULL = "jansen" */
    size_t resamples;          /**< of the bootstrap; 0 = 500 */
    double mass;               /**< of the intervals; 0 = 0.95 */
    uint64_t seed;             /**< of the bootstrap */
} mera_sobol_ask;

typedef struct mera_interval {
    double value, low, high;
} mera_interval;

typedef struct mera_sobol_index {
    mera_interval first, total;
    bool first_sure, total_sure; /**< the interval lies above the dummy's: it is not 0 by chance */
} mera_sobol_index;

typedef struct mera_sobol {
    size_t n, failed; /**< rows used; rows left out since a run of theirs failed */
    double mean, variance;
    const mera_sobol_index *index;
    mera_interval dummy_first, dummy_total; /**< what an input without any effect would get */
} mera_sobol;

/**
 * Indices with percentile bootstrap intervals over rows of the design. A row in which any run
 * failed (is not finite) is left out whole and counted. Outcomes are centred first. Numbers are NaN
 * when fewer than 2 rows are left or nothing varies. MERA_EUSAGE: no such estimator, or it wants
 * the swapped part.
 */
mera_code mera_sobol_of(const mera_sobol_ask *ask, mera_arena *arena, mera_diags *diags,
                        mera_sobol *out);

/**
 * Sobol' indices of d inputs from y[n (d + 2)], the outcomes of n draws A, then of n draws B, then
 * for each input i of n draws A whose input i is from B:
 *
 *     first[i] = mean( (yB - c) (yABi - yA) ) / V    Saltelli et al., Computer Physics
 *                                                    Communications 181 (2010) 259, (b)
 *     total[i] = sum( (yA - yABi)^2 ) / (2 n V)      Jansen, ibid. 117 (1999) 35
 *     V        = variance of yA and yB together, divisor 2 n - 1
 *
 * With `centred` c is the mean of yA and yB; without it c is 0, as the formula is printed and as
 * COINr and others compute it, and then a constant added to all outcomes blurs the first indices.
 * They are estimates: with few draws a first one may fall below 0 or a total one below the first.
 * An outcome that does not vary, or that is missing anywhere, gives NaN. MERA_EUSAGE when n is 0.
 * mera_sobol_of() is the better one: this one repeats what others published.
 */
mera_code mera_sobol_indices(const double *y, size_t n, size_t d, bool centred, double *first,
                             double *total, double *variance);

#endif
