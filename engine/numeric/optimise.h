/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Minimisation within bounds, over NLopt: where no closed solution is known. Linear and quadratic
 * programs have better doors: numeric/lp.h, mera_nnls(), mera_nearest_hull().
 */
#ifndef MERA_NUMERIC_OPTIMISE_H
#define MERA_NUMERIC_OPTIMISE_H

#include "mera/error.h"

/** The value at x[k], and its gradient when asked for (not NULL). */
typedef double (*mera_objective_fn)(const double *x, double *gradient, void *data);

typedef struct mera_problem {
    size_t k;
    mera_objective_fn objective;
    void *data;
    const double *lower, *upper; /**< k bounds each */
    double total;                /**< sum x must be this; NaN = free */
    bool blind;       /**< the objective has no gradient: Subplex; `total` must be NaN then */
    double tolerance; /**< relative change of x at which to stop */
    size_t max_evaluations;
} mera_problem;

typedef struct mera_minimum {
    double value;
    size_t evaluations;
    bool converged;
} mera_minimum;

/**
 * Walks from x[k] downhill to a local minimum, and leaves it in x. The start must lie within the
 * bounds. MERA_ENOMEM, or MERA_ESYSTEM when the objective gave no number.
 */
mera_code mera_minimise(const mera_problem *problem, double *x, mera_minimum *out);

#endif
