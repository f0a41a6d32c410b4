/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: imputers that look at several indicators of a unit. */
#ifndef MERA_RUN_IMPUTE_TABLES_H
#define MERA_RUN_IMPUTE_TABLES_H

#include "run/stages.h"

enum { RUN_NO_NODE = -1 };

/** One table-wise imputation. */
typedef struct run_table_use {
    const run_use *use;
    long node; /**< the common node; RUN_NO_NODE: an indicator outside of the framework, alone */
    size_t *member, k; /**< indicators looked at, in the order of the methodology */
    uint8_t *fill;     /**< k: is it to be filled */
    double **y;        /**< k: all cells; NULL where nothing is filled */
} run_table_use;

typedef struct run_tables {
    run_table_use *v;
    size_t n;
} run_tables;

/** Computes table number `t` of the step; what it fills stays in its `y`. */
mera_code mera_run_impute_table(run_score *s, run_job *job, size_t t);

#endif
