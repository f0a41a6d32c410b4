/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to draws: complete rows of a table, by rows, higher always better. */
#ifndef MERA_DRAWS_LINEAR_TABLE_H
#define MERA_DRAWS_LINEAR_TABLE_H

#include "mera/certificates.h"

typedef struct mera_rows {
    size_t n, k;
    size_t *unit; /**< numbers in the table */
    double *z;    /**< z[i * k + j] */
    double size;  /**< of the largest value */
} mera_rows;

mera_code mera_rows_of(const mera_columns *columns, mera_arena *arena, mera_rows *out);

/** The same; one that is not there lacks a value, which is said. */
mera_code mera_rows_must_find(const mera_rows *rows, size_t unit, mera_diags *diags, size_t *row);

/** Leads up to this count as none: 1e-7 of the largest value in size. */
double mera_rows_margin(const mera_rows *rows);

/** Are two rows the same? Then no weights tell them apart. */
bool mera_rows_same(const mera_rows *rows, size_t a, size_t b);

/** Weights of sum 1. MERA_EUSAGE when one is negative or all are 0. */
mera_code mera_rows_shares(const mera_rows *rows, const double *w, mera_arena *arena, double **out);

/** Scores by these weights and rows in their order, best first, equals by number. */
mera_code mera_rows_order(const mera_rows *rows, const double *w, mera_arena *arena, double **score,
                          size_t **order);

#endif
