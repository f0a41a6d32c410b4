/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Statistics of one column of doubles, shared by the operations. Missing values (NaN) take no part.
 * Sums are taken in the order of the units, so a column has one mean, whatever the machine.
 */
#ifndef MERA_OPS_COLUMN_H
#define MERA_OPS_COLUMN_H

#include "mera/error.h"

/** How equal values share their places; the order is that of `rank: {ties: ...}`. */
typedef enum mera_tie_rule {
    MERA_TIE_MIN,   /**< all get the first of their places: 1 2 2 4 */
    MERA_TIE_MAX,   /**< all get the last: 1 3 3 4 */
    MERA_TIE_MEAN,  /**< all get the mean: 1 2.5 2.5 4 */
    MERA_TIE_DENSE, /**< as min, and no place is left out: 1 2 2 3 */
    MERA_TIE_FIRST, /**< each its own, in the order of the column: 1 2 3 4 */
} mera_tie_rule;

/** Names of the tie rules for parameters, NULL-terminated. */
extern const char *const mera_tie_names[];

/** Which skewness and excess kurtosis are meant (Joanes and Gill, The Statistician 47 (1998) 183;
 * e1071 numbers them 2, 1, 3). */
typedef enum mera_moment_kind {
    MERA_MOMENTS_CORRECTED,  /**< G1 and G2, corrected for bias: Excel, SAS, SPSS, COINr */
    MERA_MOMENTS_POPULATION, /**< g1 = m3 / m2^1.5 and g2 = m4 / m2^2 - 3 */
    MERA_MOMENTS_SAMPLE, /**< b1 = m3 / s^3 and b2 = m4 / s^4 - 3, s^2 over n - 1: Minitab, BMDP */
} mera_moment_kind;

/** Their names for parameters, NULL-terminated. */
extern const char *const mera_moment_names[];

/** Count, range and central moments: m2 = sum (x - mean)^2 / n, and so on. */
typedef struct mera_moments {
    mera_moment_kind kind; /**< what the two functions below give; corrected unless set */
    size_t n;
    double min, max, mean;
    double m2, m3, m4;
} mera_moments;

size_t mera_column_count(const double *x, size_t n);
double mera_column_sum(const double *x, size_t n);  /**< 0 when nothing is present */
double mera_column_mean(const double *x, size_t n); /**< NaN when nothing is present */

/** The least and the largest present value; returns how many are present. */
size_t mera_column_range(const double *x, size_t n, double *low, double *high);

/** Deviation from the mean: divisor n - 1 when `sample`, else n. NaN below two (one) values. */
double mera_column_sd(const double *x, size_t n, bool sample);

/** Deviation from `about` with divisor n - 1: the standard error of it as a guess of one more
 * value. NaN below two values. */
double mera_column_spread(const double *x, size_t n, double about);

/** Two passes: mean, then moments about it. All NaN when nothing is present. */
void mera_column_moments(const double *x, size_t n, mera_moments *out);

/** Skewness of m->kind; corrected: G1 = g1 sqrt(n(n-1))/(n-2). NaN below 3 values or when constant.
 */
double mera_moments_skewness(const mera_moments *m);

/** Excess kurtosis of m->kind; corrected: G2 = (n-1)((n+1)g2 + 6)/((n-2)(n-3)). NaN below 4 values
 * or when constant. */
double mera_moments_kurtosis(const mera_moments *m);

/** Sorts ascending, in place; holds no NaN. `scratch` has room for n. The same bytes always. */
void mera_sort(double *v, size_t n, double *scratch);

/** Puts the value of place k (from 0) where an ascending sort would, smaller ones before it. */
double mera_select(double *v, size_t n, size_t k);

/** The present values ascending, in `arena`. */
mera_code mera_column_sorted(const double *x, size_t n, mera_arena *arena, double **out,
                             size_t *n_out);

/** Indices of the present values in ascending order of value, equals in order of index. */
mera_code mera_column_order(const double *x, size_t n, mera_arena *arena, uint32_t **out,
                            size_t *n_out);

/** rank[n], another array than x: 1 = the least value; missing stays missing. */
mera_code mera_column_rank(const double *x, size_t n, mera_tie_rule ties, mera_arena *arena,
                           double *rank);

/** Median of the present values (mean of the middle two), NaN when none. */
mera_code mera_column_median(const double *x, size_t n, mera_arena *arena, double *out);

/** Quantile p (0 to 1) of ascending values, of Hyndman and Fan's (1996) type 1 to 9. NaN if n = 0.
 */
double mera_quantile_sorted(const double *sorted, size_t n, double p, int type);

/** How many of the ascending values are smaller than x, and how many equal it. */
size_t mera_sorted_below(const double *sorted, size_t n, double x, size_t *equal);

#endif
