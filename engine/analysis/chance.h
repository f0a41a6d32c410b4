/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How likely a correlation at least this far from 0 is, both ways, when nothing goes together: the
 * tests named at mera_correlations_of().
 */
#ifndef MERA_ANALYSIS_CHANCE_H
#define MERA_ANALYSIS_CHANCE_H

#include "mera/error.h"

enum { CHANCE_SPEARMAN_EXACT = 9, CHANCE_KENDALL_EXACT = 50, CHANCE_SPEARMAN_SERIES = 1290 };

/** P(|T| >= t) of Student's t with n - 2 degrees of freedom at t = r sqrt((n - 2) / (1 - r^2)). */
double mera_chance_t(double r, size_t n);

/** P(|Z| >= |z|) of the normal distribution. */
double mera_chance_normal(double z);

/** Tables of the exact tests. */
typedef struct mera_chance_tables {
    double *spearman[CHANCE_SPEARMAN_EXACT + 1]; /**< [n][s / 2]: P(S >= s), s even; NULL below 2 */
    double *kendall[CHANCE_KENDALL_EXACT];       /**< [n][k]: P(at most k exchanges) */
} mera_chance_tables;

mera_code mera_chance_tables_of(mera_arena *arena, mera_chance_tables *out);

/** Of Spearman's rho without ties, 2 <= n <= 1290. */
double mera_chance_spearman(const mera_chance_tables *tables, double rho, size_t n);

/** Of Kendall's tau without ties, 2 <= n < 50. */
double mera_chance_kendall(const mera_chance_tables *tables, double tau, size_t n);

/** Sums over the runs of t equal values of one column. */
typedef struct mera_tie_sums {
    double pairs;   /**< t (t - 1) */
    double triples; /**< t (t - 1)(t - 2) */
    double spread;  /**< t (t - 1)(2 t + 5) */
} mera_tie_sums;

/** Of Kendall's S, concordant less discordant pairs, by its variance under ties. */
double mera_chance_kendall_normal(double s, size_t n, const mera_tie_sums *a,
                                  const mera_tie_sums *b);

#endif
