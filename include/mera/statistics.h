/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Statistics of columns of numbers: what a column looks like, how columns go together, how a series
 * moves in time, how units stand to each other. Missing values (NaN) take no part. Nothing here
 * knows a methodology; mera/analysis.h does.
 *
 * Results live in the arena given. The same bytes come out for any number of threads.
 */
#ifndef MERA_STATISTICS_H
#define MERA_STATISTICS_H

#include "mera/methodology.h"

/** Columns side by side over the same units: x[j][i]. */
typedef struct mera_columns {
    size_t n; /**< units */
    size_t k; /**< columns */
    const double *const *x;
} mera_columns;

/* ---- one column ------------------------------------------------------------------------- */

typedef struct mera_column_statistics {
    size_t n, n_present;
    size_t n_nonzero; /**< present and not 0 */
    size_t n_unique;  /**< different values */
    size_t n_same;    /**< units that share the value which most have */
    double min, max, mean, median;
    double sd;                 /**< divisor n - 1 */
    double skewness, kurtosis; /**< bias-corrected G1 and G2 (excess) */
} mera_column_statistics;

mera_code mera_statistics_of(const double *x, size_t n, mera_arena *arena,
                             mera_column_statistics *out);

/** Data of each unit over the columns; arrays of n. */
typedef struct mera_availability {
    size_t *n_missing;
    size_t *n_zero;
    double *present;  /**< share of the columns that have a value */
    double *non_zero; /**< share of those that is not 0; NaN when there is none */
} mera_availability;

mera_code mera_availability_of(const mera_columns *columns, mera_arena *arena,
                               mera_availability *out);

/**
 * Places of values: the largest is 1, or the least when `lower_is_better`; missing ones have none.
 * With `group` (a code per unit, -1 = none) places are those inside the unit's group.
 */
mera_code mera_places_of(const double *x, size_t n, const int32_t *group, bool lower_is_better,
                         mera_ties ties, mera_arena *arena, double *place);

/* ---- columns together ------------------------------------------------------------------- */

typedef enum mera_correlation_kind {
    MERA_PEARSON,
    MERA_SPEARMAN, /**< of ranks made anew for each pair, ties sharing their mean */
    MERA_KENDALL,  /**< tau-b */
} mera_correlation_kind;

/** "pearson", "spearman", "kendall". */
const char *mera_correlation_name(mera_correlation_kind kind);

typedef struct mera_correlations {
    size_t rows, columns; /**< of the matrices: columns of a, columns of b */
    double *r;   /**< [i * columns + j]; NaN where a column does not vary or under 2 pairs */
    double *p;   /**< two-sided; NULL when not asked for; NaN below 3 pairs */
    uint32_t *n; /**< units that have both */
} mera_correlations;

/** What to do about chances. */
typedef enum mera_chance {
    MERA_CHANCE_NONE, /**< no p-values */
    MERA_CHANCE_TEST, /**< the test customary for the kind, below */
} mera_chance;

/**
 * Correlations of each column of `a` with each of `b` over the units that have both; `b` NULL is
 * `a` itself, and then p on the diagonal is 0. p-values are those of
 *
 *     Pearson   t with n - 2 degrees of freedom
 *     Spearman  without ties Edgeworth's series, exact up to 9 units; with ties or above 1,290
 *               units t
 *     Kendall   without ties and below 50 units exact; else normal with the variance of ties
 *
 * source  Best, Roberts, Applied Statistics 24 (1975) 377, AS 89; Kendall, Rank Correlation
 *         Methods (1970), 3-5. `threads` 0 is all processors.
 */
mera_code mera_correlations_of(const mera_columns *a, const mera_columns *b,
                               mera_correlation_kind kind, mera_chance chance, unsigned threads,
                               mera_arena *arena, mera_correlations *out);

/**
 * Cronbach's alpha: k^2 times the mean covariance of two columns over the sum of all covariances.
 * NaN below two columns. `pairwise`: each covariance over the units that have both; else over the
 * units that have all.
 */
mera_code mera_cronbach_of(const mera_columns *columns, bool pairwise, mera_arena *arena,
                           double *alpha);

/** Kaiser, Meyer and Olkin's measure of sampling adequacy, over the units that have all columns. */
typedef struct mera_adequacy {
    double kmo;     /**< NaN when the correlation matrix has no inverse */
    double *column; /**< k: of each */
    size_t n;
} mera_adequacy;

mera_code mera_adequacy_of(const mera_columns *columns, mera_arena *arena, mera_adequacy *out);

/** Which way a component points. */
typedef enum mera_sign_rule {
    MERA_SIGN_LARGEST, /**< its loading of largest magnitude is positive */
    MERA_SIGN_AS_IS,   /**< as LAPACK's dgesdd leaves it, which is what R's prcomp gives */
} mera_sign_rule;

/** Principal components of the columns, each brought to mean 0 and deviation 1. */
typedef struct mera_principal {
    size_t n; /**< units that have all columns */
    size_t k, n_components;
    double *loading;    /**< [component * k + column], of length 1 */
    double *sd;         /**< of each component: the root of its eigenvalue */
    double *share;      /**< of the variance */
    double *cumulative; /**< of the variance, with the components before */
} mera_principal;

/** MERA_EINPUT, silently, with under two whole units or a column that does not vary over them. */
mera_code mera_principal_of(const mera_columns *columns, mera_sign_rule signs, mera_arena *arena,
                            mera_principal *out);

/* ---- series in time --------------------------------------------------------------------- */

typedef enum mera_trend_kind {
    /** (last / first)^(1 / (t_last - t_first)) - 1 over the present points, a share; 0 when both
     * are equal, +infinity from 0 upwards, NaN across a sign */
    MERA_TREND_CAGR,
    /** a year in %: with three points or more the slope of least squares over the fitted first
     * value, with two their plain change over the first; 0 when all are equal */
    MERA_TREND_CHANGE,
} mera_trend_kind;

typedef struct mera_trend_rule {
    mera_trend_kind kind;
    double per;          /**< CHANGE: for so many years; 0 counts as 1 */
    size_t latest;       /**< only so many points, up to the last present one; 0 = all */
    bool interpolate;    /**< gaps between present points are filled linearly first */
    const uint8_t *fill; /**< which of them (not 0), a number for each point; NULL = all */
} mera_trend_rule;

typedef struct mera_trend {
    double value;          /**< NaN with fewer than two points */
    double present;        /**< share of the points that have a value */
    double first, last;    /**< times of the first and last one; NaN with fewer than two */
    double present_latest; /**< the same of the `latest` points; NaN when not asked for */
    double first_latest;
} mera_trend;

/** Of y[n] at times t[n], ascending. */
mera_code mera_trend_of(const double *y, const double *t, size_t n, const mera_trend_rule *rule,
                        mera_arena *scratch, mera_trend *out);

/**
 * out[n] = y[n] with gaps filled linearly between the present points around them: those with
 * fill[i] not 0, or all when `fill` is NULL. Nothing is carried beyond the ends. out may be y.
 */
void mera_series_fill(const double *y, const double *t, size_t n, const uint8_t *fill, double *out);

/* ---- units against each other ----------------------------------------------------------- */

/**
 * e[a * n + b]: the weight of the columns in which unit a is better than b, and half of those where
 * they are equal, over the weight of the columns that both have; 1/2 when there are none, 0 on the
 * diagonal. Higher is better.
 *
 * source  Munda, Nardo, Applied Economics 41 (2009) 1513
 */
mera_code mera_outranking_of(const mera_columns *columns, const double *weight, mera_arena *arena,
                             double *e);

/** Ordered pairs of which one is at least as good in every column and better in one. */
typedef struct mera_dominance {
    size_t n_units;  /**< that have every column; the others take no part */
    size_t n_pairs;  /**< dominating */
    size_t n_strict; /**< of them better in every column */
    double share;    /**< n_pairs of the n (n - 1) / 2 there are; NaN below two units */
} mera_dominance;

mera_code mera_dominance_of(const mera_columns *columns, mera_arena *arena, mera_dominance *out);

/* ---- weights ---------------------------------------------------------------------------- */

/**
 * Weights in the whole: made to sum to 1 among the children of one parent, times those of all
 * ancestors; a root has 1. parent[i] is SIZE_MAX for a root and need not come before i; a chain of
 * parents has no circle.
 */
mera_code mera_effective_weights(const size_t *parent, const double *weight, size_t n,
                                 mera_arena *arena, double *effective);

/** The index under the weights w[k] of its parts: writes y[n]. Any code but MERA_OK means that
 * these weights have no index. */
typedef mera_code (*mera_index_fn)(const double *w, double *y, void *data);

/** Which weights are looked for. */
typedef struct mera_weight_search {
    mera_columns parts;         /**< what weighs, over the n units of the index */
    mera_index_fn index;        /**< however it comes from its parts, over any levels */
    void *data;                 /**< for index */
    mera_correlation_kind kind; /**< how importance is measured: cor(part, index) */
    const double *target;       /**< k shares of the sum of correlations, of any scale; NULL: the
                                     largest sum of correlations */
    const double *start;        /**< k weights to start from as well; NULL = none */
    double lower, upper;        /**< of a weight, where weights sum to 1; both 0: 0 and 1 */
    size_t max_evaluations;     /**< of the index; 0 = 20,000 */
} mera_weight_search;

typedef struct mera_weights_found {
    double *w;           /**< k, sum 1 */
    double *correlation; /**< k, with the index they give */
    double *share;       /**< k, of the sum of correlations */
    double value;        /**< mean square gap to the target; without one the sum of correlations */
    size_t evaluations;
} mera_weights_found;

/**
 * Weights under which the parts correlate with the index as they are meant to, or as much as they
 * can, whatever makes the index: weight.to_importance and weight.max_information are faster where
 * it is the weighted mean of a node's own children. Walks by Subplex from the target, from equal
 * weights and from `start`, and again from the best of them until nothing is gained; with rank
 * correlations, which move by steps, the best that was met need not be the best there is.
 *
 * errors  MERA_EINPUT when no weights that were tried have an index
 * source  Becker, Saisana, Paruolo and Vandecasteele, Ecological Indicators 80 (2017) 12
 */
mera_code mera_weights_seek(const mera_weight_search *search, mera_arena *arena,
                            mera_weights_found *out);

#endif
