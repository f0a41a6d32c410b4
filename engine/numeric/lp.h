/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Linear programs over lp_solve: maximise c.x subject to rows low <= a.x <= high and bounds of x.
 * A program may be changed and solved again; it starts from the last solution then. -INFINITY and
 * INFINITY stand for no limit.
 */
#ifndef MERA_NUMERIC_LP_H
#define MERA_NUMERIC_LP_H

#include "mera/error.h"

typedef struct mera_lp mera_lp;

typedef enum mera_lp_status {
    MERA_LP_OPTIMAL,
    MERA_LP_INFEASIBLE,
    MERA_LP_UNBOUNDED,
    MERA_LP_FAILED, /**< memory or numbers ran out */
} mera_lp_status;

/** k unknowns x >= 0, objective 0, no rows. NULL when memory ran out. Close it. */
mera_lp *mera_lp_open(size_t k);
/** NULL is allowed. */
void mera_lp_close(mera_lp *lp);

/* Each of these: false when memory ran out. */
bool mera_lp_objective(mera_lp *lp, const double *c);
bool mera_lp_bounds(mera_lp *lp, size_t j, double low, double high);
bool mera_lp_add_row(mera_lp *lp, const double *a, double low, double high);

/**
 * x[k] is written when the status is MERA_LP_OPTIMAL. The solver's tolerance is 1e-9; the equations
 * of the vertex it found are then solved again, so that x carries all its digits.
 */
mera_lp_status mera_lp_solve(mera_lp *lp, double *x);

#endif
