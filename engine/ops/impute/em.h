/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to ops/impute: the table that EM works on, its units sorted by what they have. */
#ifndef MERA_OPS_IMPUTE_EM_H
#define MERA_OPS_IMPUTE_EM_H

#include "ops/impute/table.h"

typedef struct {
    mera_table_params table;
    double tolerance;
    int64_t max_iterations;
    double ridge;
    int64_t min_present;
} em_params;

/** Units that have the same columns. */
typedef struct {
    size_t *known, n_known, *gap, n_gap;
    size_t *row, n_rows;
    double *weight; /* [gap * n_known + known]: S_mo S_oo^-1 */
} em_pattern;

typedef struct {
    const mera_op *op;
    const em_params *p;
    mera_op_ctx *ctx;
    size_t k, n;            /* columns that take part; units with a value in one of them */
    size_t *column;         /* k: their numbers in the table */
    double *center, *width; /* k: z = (x - center) / width */
    double *z;              /* [column * n + unit] */
    double *mu, *s;         /* k, k x k */
    em_pattern *pattern;
    size_t n_patterns;
} em_run;

/** Takes the columns that vary, in deviations from their means, and starts mu and S. */
mera_code mera_em_columns(em_run *run, const double *const *x, size_t k, size_t n);

/** Sorts units by what they have; a unit without anything teaches nothing. */
mera_code mera_em_patterns(em_run *run, size_t n);

#endif
