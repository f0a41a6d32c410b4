/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to analysis: what the files that correlate share. */
#ifndef MERA_ANALYSIS_CORRELATION_H
#define MERA_ANALYSIS_CORRELATION_H

#include "analysis/chance.h"
#include "mera/statistics.h"

/** A column and its order. */
typedef struct correlation_column {
    const double *x;
    size_t n_present;
    bool tied;           /**< two present values are equal */
    uint32_t *order;     /**< rank correlations: present units, ascending */
    uint32_t *from, *to; /**< [unit]: places in `order` of the first value equal to its own, and
                              after the last */
    double *centred;     /**< without gaps only: the values (their ranks) less their mean */
    double square;       /**< sum of centred^2 */
} correlation_column;

/** One pair: what a kind of correlation makes of it. */
typedef struct correlation_pair {
    double r, p;
    uint32_t n;
} correlation_pair;

/** Memory of one worker for pairs of n units. */
typedef struct correlation_scratch {
    double *a, *b;                /**< n */
    uint32_t *unit, *place;       /**< n, for Kendall */
    uint64_t *bit;                /**< places taken, for Kendall */
    uint32_t *in_word, *in_block; /**< how many, by 64 and by 4,096 places */
    double *packed;               /**< [n][CORRELATION_LANES] */
} correlation_scratch;

enum { CORRELATION_LANES = 8, CORRELATION_WORD = 64, CORRELATION_BLOCK = 64 };

/** r, its chance, n of columns with gaps. */
void mera_correlation_pearson(const correlation_column *a, const correlation_column *b, size_t n,
                              correlation_scratch *scratch, correlation_pair *out);
void mera_correlation_spearman(const correlation_column *a, const correlation_column *b, size_t n,
                               correlation_scratch *scratch, correlation_pair *out, bool *tied);
/** With `tables` NULL no p. */
void mera_correlation_kendall(const correlation_column *a, const correlation_column *b,
                              const mera_chance_tables *tables, correlation_scratch *scratch,
                              correlation_pair *out);

#endif
