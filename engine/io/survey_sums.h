/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Answers of a survey summed as they come, and what is estimated from the sums: a weighted mean,
 * its linearised standard error, the design effect. Memory does not grow with the number of
 * answers.
 */
#ifndef MERA_IO_SURVEY_SUMS_H
#define MERA_IO_SURVEY_SUMS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Sums over the answers to one question in one stratum of one unit. The primary sampling unit (PSU)
 * is the cluster, or the answer where there are no clusters; a and b are its sums of w and w y.
 */
typedef struct survey_sums {
    size_t n; /**< answers with a weight above 0 */
    double w, ww, wy, wyy;
    size_t n_psu;
    double a, b, aa, ab, bb;
} survey_sums;

/** One answer y of weight w > 0; its PSU is added apart. */
void survey_add(survey_sums *sums, double w, double y);

/** One PSU whose weights sum to a, weights times answers to b. */
void survey_add_psu(survey_sums *sums, double a, double b);

typedef struct survey_estimate {
    size_t n;
    double mean;   /**< NaN when n is 0 */
    double se;     /**< NaN when a single PSU says nothing of spread */
    double deff;   /**< NaN when n is 0 or the standard error is not known */
    double n_eff;  /**< n / deff */
    size_t lonely; /**< strata with one PSU among several strata */
} survey_estimate;

/**
 * Sum over w y / sum over w, by strata that are `stride` sums apart. Variance of the linearised
 * ratio with PSUs drawn with replacement within strata (Lohr, Sampling: Design and Analysis, 9.1
 * and 9.2; svymean of R's survey): z = (b - mean a) / W, sum over strata of n/(n - 1) sum (z -
 * mean z)^2. A stratum with one PSU is taken about the mean of all ("adjust" of R's survey).
 * `designed`: the design effect is the variance over that of a simple random sample; else, or where
 * all answers are the same, Kish's n sum w^2 / (sum w)^2.
 */
void survey_estimate_of(const survey_sums *const *strata, size_t n_strata, bool designed,
                        survey_estimate *out);

#endif
