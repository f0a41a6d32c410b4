/* SPDX-License-Identifier: Apache-2.0 */
/** @file Is a computed table the one of the case? */
#ifndef CONFORMANCE_COMPARE_H
#define CONFORMANCE_COMPARE_H

#include "table.h"

/** How near is right, read from the sidecar's text. */
typedef struct tolerance {
    double bound; /**< "rel 1e-9", "abs 1e-8" */
    bool absolute;
    bool objective; /**< "compare the objective ...": other tables say how it was reached */
} tolerance;

tolerance tolerance_read(const char *text);

/** What was found. */
typedef struct finding {
    double largest;    /**< difference, as the tolerance measures it; infinite for a wrong cell */
    const char *where; /**< the cell of the largest difference, or what is wrong; NULL = none */
} finding;

/**
 * Compares a table with the file of the case, cell by cell, rows by the table's key and columns by
 * name, in any order. A relative difference is |a - b| / max(|b|, m / 1000), m the largest |b| of
 * the column, so that the rounding noise of a value near 0 does not count. mera has one missing
 * value: it equals R's NA, NaN, Inf and -Inf; where mera has an infinity it must be R's. Columns
 * that only the table has are passed over.
 */
finding compare_table(const table *got, const csv *want, tolerance how);

/**
 * Of an optimisation: the objective, the logarithm of a mean square gap or a sum with its sign
 * turned, is to be as small as the case's or smaller. How it was reached is not compared.
 */
finding compare_objective(const table *got, const csv *want, tolerance how);

/** The larger of two. */
finding finding_worse(finding a, finding b);

#endif
